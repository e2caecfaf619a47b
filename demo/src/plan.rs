//! 活动计划: which squad does what on a day, with whom, and what is tried there that must be refused.

use domain::calendar::Calendar;
use jiff::Timestamp;
use jiff::civil::{Date, Weekday};
use uuid::Uuid;

use super::agenda::{after, at, days_after};
use super::census::{Census, Person};
use super::dice::Dice;
use super::themes::{PATROL, RESCUE, THEMES, Theme};

/// An activity from its publication to the attesting of its records.
#[derive(Debug)]
pub struct Plan {
    /// Its number in the story, from 0.
    pub number: u64,
    /// Its id.
    pub id: Uuid,
    /// The squad that organises it.
    pub squad: usize,
    /// What is done.
    pub theme: &'static Theme,
    /// Whether it was called at short notice.
    pub emergency: bool,
    /// Whether it may endanger who takes part.
    pub dangerous: bool,
    /// Whether people check in and out.
    pub checks: bool,
    /// Who signs up, as places in the census.
    pub people: Vec<usize>,
    /// What is tried.
    pub trial: Trial,
    /// When it is published.
    pub publish_at: Timestamp,
    /// When people sign up.
    pub enlist_at: Timestamp,
    /// When it starts.
    pub starts_at: Timestamp,
    /// How long it lasts.
    pub minutes: u32,
    /// When its records are made.
    pub record_at: Timestamp,
    /// When they are attested.
    pub attest_at: Timestamp,
    /// When what was forgotten is found.
    pub found_at: Timestamp,
}

/// What is tried at an activity against a rule, or goes another way than planned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trial {
    /// Nothing.
    None,
    /// To publish it after its start.
    NotAhead,
    /// To sign up when all places are taken.
    Full,
    /// To record before it has ended.
    Future,
    /// To record more hours than it lasted.
    Outside,
    /// To record more than the time between check-in and check-out.
    Longer,
    /// To attest what one recorded.
    SelfAttested,
    /// To attest as a recorder.
    Role,
    /// To record who did not sign up.
    NotSignedUp,
    /// Some records are forgotten for weeks; who asks for the backfill tries to approve it too.
    Backfill,
    /// To record the same time twice.
    Overlap,
    /// To start with one person uninsured.
    Uninsured,
    /// To sign a minor up for dangerous work.
    MinorInDanger,
    /// One person cancels.
    SignUpCancelled,
    /// The weather does not hold.
    Cancelled,
    /// 应急: it has begun when it is published.
    Emergency,
}

/// One round of trials; more than half of all activities see none.
const TRIALS: [Trial; 24] = [
    Trial::None,
    Trial::NotAhead,
    Trial::None,
    Trial::SelfAttested,
    Trial::Uninsured,
    Trial::Backfill,
    Trial::Full,
    Trial::None,
    Trial::Future,
    Trial::Outside,
    Trial::Longer,
    Trial::None,
    Trial::Role,
    Trial::NotSignedUp,
    Trial::None,
    Trial::Overlap,
    Trial::MinorInDanger,
    Trial::SignUpCancelled,
    Trial::Emergency,
    Trial::Cancelled,
    Trial::None,
    Trial::None,
    Trial::None,
    Trial::None,
];

/// Makes the plans of one day.
pub struct Planner<'a> {
    /// Everybody.
    pub census: &'a mut Census,
    /// The day before on which the plans are made.
    pub today: Date,
    /// The day of the activities.
    pub day: Date,
    /// Dice of this day.
    pub dice: Dice,
    /// Plans made before.
    pub made: u64,
}

impl Planner<'_> {
    /// An activity of a squad chosen by its size.
    pub fn ordinary(&mut self, turn: u64, name: impl Fn(u64) -> Uuid) -> Option<Plan> {
        let any = self.dice.below(u32::try_from(self.census.people.len()).unwrap_or(u32::MAX));
        let squad = self.census.people.get(any as usize)?.squad;
        let trial = TRIALS[usize::try_from(turn % 24).unwrap_or(0)];
        let planted = matches!(trial, Trial::Uninsured | Trial::MinorInDanger);
        let dangerous = planted || self.dice.percent(2);
        let wanted = self.dice.between(4, 16) as usize;
        let people = self.choose(squad, wanted, |person| !(dangerous && person.minor));
        let theme = if dangerous { &RESCUE } else { self.dice.pick(THEMES)? };
        let start = *self.dice.pick(&[(9, 0), (14, 0), (18, 0)])?;
        let minutes = *self.dice.pick(&[120, 120, 180, 180])?;
        let mut plan = self.plan(squad, theme, people, start, minutes, name)?;
        plan.trial = trial;
        plan.dangerous = dangerous;
        plan.checks = trial == Trial::Longer || self.dice.percent(35);
        if trial == Trial::Emergency {
            (plan.emergency, plan.checks) = (true, false);
            (plan.publish_at, plan.enlist_at) =
                (after(plan.starts_at, 20), after(plan.starts_at, 40));
        }
        Some(plan)
    }

    /// A patrol of a squad's very active, with two or three others.
    pub fn patrol(&mut self, squad: usize, name: impl Fn(u64) -> Uuid) -> Option<Plan> {
        let mut people = Vec::new();
        for &who in &self.census.of_squad[squad] {
            let zeal = self.census.people[who].zeal;
            if zeal > 0 && self.dice.percent(zeal) && self.is_free(who) {
                people.push(who);
            }
        }
        self.keep_busy(&people);
        let others = self.dice.between(1, 3) as usize;
        people.extend(self.choose(squad, others, |person| person.zeal == 0 && !person.minor));
        let minutes = *self.dice.pick(&[180, 210, 240])?;
        self.plan(squad, &PATROL, people, (18, 0), minutes, name)
    }

    fn is_free(&self, who: usize) -> bool {
        let person = &self.census.people[who];
        !person.withdrawn && person.busy_until < self.day && person.rests_until < self.day
    }

    /// One person is at one place a day.
    fn keep_busy(&mut self, people: &[usize]) {
        for &who in people {
            self.census.people[who].busy_until = self.day;
        }
    }

    fn choose(
        &mut self,
        squad: usize,
        wanted: usize,
        fits: impl Fn(&Person) -> bool,
    ) -> Vec<usize> {
        let mut chosen = Vec::new();
        for _ in 0..wanted * 3 {
            let Some(&who) = self.dice.pick(&self.census.of_squad[squad]) else { break };
            if chosen.len() < wanted && self.is_free(who) && fits(&self.census.people[who]) {
                self.keep_busy(&[who]);
                chosen.push(who);
            }
        }
        chosen
    }

    /// Fills in the times. Nothing takes place without two people.
    fn plan(
        &mut self,
        squad: usize,
        theme: &'static Theme,
        people: Vec<usize>,
        (hour, minute): (u32, u32),
        minutes: u32,
        name: impl Fn(u64) -> Uuid,
    ) -> Option<Plan> {
        if people.len() < 2 {
            return None;
        }
        let number = self.made;
        self.made += 1;
        let starts_at = at(self.day, hour, minute);
        let emergency = self.dice.percent(3);
        let published_on = days_after(self.today, self.dice.between(1, 3));
        let calendar = Calendar::shipped();
        let recorded_on = calendar.plus_working_days(self.day, self.dice.between(1, 6));
        let found_on = calendar.plus_working_days(self.day, self.dice.between(12, 15));
        Some(Plan {
            number,
            id: name(number),
            squad,
            theme,
            emergency,
            dangerous: false,
            checks: self.dice.percent(35),
            people,
            trial: Trial::None,
            publish_at: if emergency { at(self.day, 6, 0) } else { at(published_on, 9, 0) },
            enlist_at: if emergency {
                at(self.day, 7, 0)
            } else {
                at(days_after(published_on, 1), 12, 0)
            },
            starts_at,
            minutes,
            record_at: at(recorded_on, 16, 30),
            attest_at: at(days_after(recorded_on, self.dice.between(1, 4)), 10, 0),
            found_at: at(found_on, 15, 0),
        })
    }
}

impl Plan {
    /// When it ends.
    #[must_use]
    pub fn ends_at(&self) -> Timestamp {
        after(self.starts_at, self.minutes)
    }

    /// Who comes.
    #[must_use]
    pub fn present(&self) -> &[usize] {
        let cancelled = usize::from(self.trial == Trial::SignUpCancelled);
        &self.people[..self.people.len() - cancelled]
    }
}

/// How many ordinary activities take place on a day, in hundredths: more at weekends, when people are free.
#[must_use]
pub fn activities_in_hundred_days(volunteers: u32, day: Date) -> u32 {
    let usual = 35 + volunteers / 26;
    let weekend = matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
    if weekend { usual * 3 / 2 } else { usual }
}
