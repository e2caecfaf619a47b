//! 每日收尾: what follows from the day, and what tomorrow and the days after bring.

use std::sync::Arc;

use domain::notice::Verdict;
use domain::{Minutes, Points};
use jiff::civil::{Date, Weekday, date};
use projections::Until;

use super::action::Action;
use super::agenda::{at, days_after};
use super::census::News;
use super::dice::Dice;
use super::error::DemoError;
use super::plan::{Planner, activities_in_hundred_days};
use super::story::Story;

/// The day on which the very active are known.
const PATROLS_FROM: Date = date(2021, 12, 12);
/// Activities take place from then on.
const SERVICE_FROM: Date = date(2021, 12, 2);
/// Days between a plan and its activity.
const AHEAD: u32 = 6;

impl Story {
    /// Policies, read models and scheduler follow until nothing more is due; then plans are made.
    pub(super) async fn end_of_day(&mut self, today: Date) -> Result<(), DemoError> {
        // Whoever looks finds at most 500 of a kind at once.
        loop {
            self.policies.catch_up().await?;
            self.catch_up_read_models().await?;
            if self.scheduler.tick().await? < 500 {
                break;
            }
        }
        self.policies.catch_up().await?;
        self.stage.app.state_readings().await?;
        let news = self.census.catch_up(&self.stage.app).await?;
        let mut dice = Dice::new(self.stage.seed, &format!("evening of {today}"), 0);
        self.match_newcomers(today, &news, &mut dice);
        self.follow_stars(today, &news);
        self.check_records(today);
        if today >= days_after(SERVICE_FROM, 0) {
            self.wish(today, &mut dice);
        }
        if today == PATROLS_FROM {
            self.find_very_active();
            self.cast_oddities();
        }
        self.plan_activities(today, dice);
        if today.tomorrow().is_ok_and(|tomorrow| tomorrow.day() == 1) {
            let day = days_after(today, 1);
            self.agenda.add(at(day, 9, 0), Action::PublishProgress(day));
        }
        Ok(())
    }

    /// The read models lie in a database that only one thread writes.
    pub(super) async fn catch_up_read_models(&mut self) -> Result<(), DemoError> {
        let Some(mut models) = self.read_models.take() else { return Ok(()) };
        let store = Arc::clone(&self.stage.app.store);
        let handle = tokio::runtime::Handle::current();
        let caught_up = tokio::task::spawn_blocking(move || {
            models.run_until(&*store, &handle, Until::Head, &mut |_| {}).map(|()| models)
        });
        self.read_models = Some(caught_up.await.map_err(application::Error::from)??);
        Ok(())
    }

    /// 实名比对 begins on 20 November; one in a hundred does not agree.
    fn match_newcomers(&mut self, today: Date, news: &News, dice: &mut Dice) {
        let begin = days_after(today, 1).max(date(2021, 11, 20));
        for who in news.registered.clone() {
            let day = days_after(begin, dice.below(3));
            self.agenda.add(at(day, 15, 0), Action::MatchRealName(who, !dice.percent(1)));
        }
    }

    /// Objections to some stars; the first to rise, and every thirtieth, has the records checked.
    fn follow_stars(&mut self, today: Date, news: &News) {
        // The star that no hours explain goes its own way.
        let odd = self.oddities.rewarded();
        for opened in news.opened.iter().filter(|opened| Some(opened.who) != odd) {
            let turn = self.turns.star_notices;
            self.turns.star_notices += 1;
            let notice = opened.notice.clone();
            let verdict = if turn % 40 == 2 { Verdict::Upheld } else { Verdict::Dismissed };
            if turn == 0 {
                self.agenda.add(at(days_after(today, 1), 9, 0), Action::CloseEarly(notice));
            } else if turn % 40 == 2 || turn % 12 == 1 {
                let action = Action::Object(notice, verdict);
                self.agenda.add(at(days_after(today, 2), 20, 0), action);
            }
        }
        for &who in news.risen.iter().filter(|who| Some(**who) != odd) {
            let turn = self.turns.stars;
            self.turns.stars += 1;
            self.agenda.add(at(days_after(today, 1), 11, 0), Action::Promote(who));
            if turn.is_multiple_of(30) {
                self.census.people[who].rests_until = days_after(today, 60);
                self.turns.checks.entry(days_after(today, 25)).or_default().push(who);
            }
        }
    }

    /// Voids the oldest records until the first star is no longer deserved.
    fn check_records(&mut self, today: Date) {
        for who in self.turns.checks.remove(&today).unwrap_or_default() {
            let person = &self.census.people[who];
            let mut left = person.attested;
            for &(record, minutes) in &person.records {
                if left >= Minutes(60 * 100) {
                    left = Minutes(left.0 - minutes.0);
                    self.agenda.add(at(days_after(today, 1), 10, 0), Action::Void(who, record));
                }
            }
        }
    }

    /// Who wants to redeem points tomorrow, and who leaves.
    fn wish(&mut self, today: Date, dice: &mut Dice) {
        let all = u32::try_from(self.census.people.len()).unwrap_or(u32::MAX);
        let tomorrow = at(days_after(today, 1), 11, 0);
        for _ in 0..=all / 300 {
            let who = dice.below(all) as usize;
            let points = self.census.people[who].points;
            let offers = [("HEALTH", 3000), ("HOME-2H", 2000), ("BUS-10", 1000), ("LIBRARY", 500)];
            let affordable = offers.iter().find(|(_, cost)| points >= Points(*cost));
            match affordable {
                _ if self.census.people[who].withdrawn => {}
                Some((item, _)) => {
                    self.turns.redemptions += 1;
                    let undone = self.turns.redemptions % 12 == 3;
                    self.agenda.add(tomorrow, Action::Redeem(who, item, undone));
                }
                None if points == Points(0) && dice.percent(6) => {
                    self.agenda.add(tomorrow, Action::Overdraw(who));
                }
                None => {}
            }
        }
        let leaver = dice.below(all) as usize;
        let idle = days_after(self.census.people[leaver].busy_until, 45) < today;
        if dice.percent(5 + all / 250) && idle && !self.census.people[leaver].withdrawn {
            self.census.people[leaver].withdrawn = true;
            self.turns.withdrawals += 1;
            let erased = self.turns.withdrawals % 4 == 2;
            self.agenda.add(at(days_after(today, 1), 14, 0), Action::Withdraw(leaver, erased));
        }
    }

    /// 1.5 % of all, at least six, in teams of nine, patrol twice a week; the first of a team hardly ever miss it.
    fn find_very_active(&mut self) {
        let wanted = (self.census.people.len() * 15 / 1000).max(6);
        let mut squads: Vec<usize> = (0..self.census.of_squad.len()).collect();
        squads.sort_by_key(|&squad| std::cmp::Reverse(self.census.of_squad[squad].len()));
        squads.truncate(wanted.div_ceil(9).max(2));
        let each = wanted.div_ceil(squads.len());
        let mut dice = Dice::new(self.stage.seed, "zeal", 0);
        for &squad in &squads {
            let adults =
                self.census.of_squad[squad].iter().filter(|&&who| !self.census.people[who].minor);
            let team: Vec<usize> = adults.copied().take(each).collect();
            for (place, who) in team.into_iter().enumerate() {
                self.census.people[who].zeal = if place < 3 { 97 } else { dice.between(35, 95) };
            }
        }
        self.turns.patrols = squads;
    }

    /// Plans what takes place in six days.
    fn plan_activities(&mut self, today: Date, dice: Dice) {
        let day = days_after(today, AHEAD);
        if day < SERVICE_FROM {
            return;
        }
        let usual = activities_in_hundred_days(self.volunteers, day);
        let made = self.turns.plans;
        let mut planner = Planner { census: &mut self.census, today, day, dice, made };
        let mut plans = Vec::new();
        for (turn, &squad) in self.turns.patrols.iter().enumerate() {
            let evenings = if turn % 2 == 0 {
                [Weekday::Tuesday, Weekday::Friday]
            } else {
                [Weekday::Wednesday, Weekday::Saturday]
            };
            if evenings.contains(&day.weekday()) {
                plans.extend(
                    planner.patrol(squad, |number| self.stage.named(&format!("activity-{number}"))),
                );
            }
        }
        let ordinary = usual / 100 + u32::from(planner.dice.percent(usual % 100));
        for _ in 0..ordinary {
            let plan = planner.ordinary(self.turns.ordinary, |number| {
                self.stage.named(&format!("activity-{number}"))
            });
            self.turns.ordinary += u64::from(plan.is_some());
            plans.extend(plan);
        }
        self.turns.plans = planner.made;
        for plan in plans.into_iter().map(Arc::new) {
            self.agenda.add(plan.publish_at, Action::Publish(plan));
        }
    }
}
