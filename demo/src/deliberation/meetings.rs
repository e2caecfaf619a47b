//! 议事会: called, held, and its minutes sealed the day after.

use std::sync::Arc;

use application::{Appointee, Clock as _, CommandOutcome, NewMeeting, Present};
use domain::meeting::{
    AgendaItem, Ballots, Body, Choice, Count, CountingList, Electorate, Event, Form, Matter,
    Minute, Occasion, Outcome, ReportMinutes, Share, Vote,
};
use domain::{Area, MeetingId, PersonId, ResolutionId, county_date};
use jiff::ToSpan as _;

use super::course::{Course, Step};
use super::office::Office;
use super::planted::{Failing, Planted, STAGED};
use super::sitting::{Called, Held, Sitting};
use super::village::{Topic, Village};
use super::village_action::VillageAction;
use crate::action::{Action, Next};
use crate::agenda::{at, days_after};
use crate::dice::Dice;
use crate::error::DemoError;
use crate::stage::text;
use crate::story::Story;

/// Hour of the day at which villages meet.
const EVENING: u32 = 19;
/// Topics of one agenda.
const MOST_TOPICS: usize = 6;
/// An owner's area, in hundredths of a square metre.
const FLAT: u32 = 9_000;
/// Owners of an estate who never come.
const ABSENT_OWNERS: u32 = 4;
/// Owners of each of the two buildings that vote on a list of their own.
const ON_A_LIST: u32 = 4;
/// Village, month and topic whose votes are counted before they are cast.
const EARLY: (usize, i8, u8) = (1, 4, 2);

impl Story {
    fn sitting_dice(&self, village: &Village, sitting: &Sitting, what: &str) -> Dice {
        let month = u64::try_from(sitting.month).unwrap_or(0);
        Dice::new(self.stage.seed, what, village.number as u64 * 100 + month)
    }

    pub(super) async fn convene(
        &self,
        village: Arc<Village>,
        mut sitting: Sitting,
    ) -> Result<Next, DemoError> {
        let mut dice = self.sitting_dice(&village, &sitting, "convene");
        let (agenda, announced) = {
            let mut waiting = village.waiting();
            let great = waiting.issues.iter().any(|topic| topic.subject.is_great());
            if great && sitting.body == Body::Council {
                sitting.body = Body::Representatives;
            }
            let count = waiting.issues.len().min(MOST_TOPICS);
            let agenda: Vec<Topic> = waiting.issues.drain(..count).collect();
            (agenda, waiting.resolutions.clone())
        };
        let items = agenda.iter().map(|topic| {
            Ok(AgendaItem {
                title: text(topic.subject.title)?,
                issue: Some(topic.issue),
                ratifies: topic.ratifies,
                matter: if dice.percent(15) { Matter::Major } else { Matter::Ordinary },
                listed: None,
                secret: false,
                required: None,
            })
        });
        let starts_at = at(sitting.held_on, EVENING, 0);
        let new = NewMeeting {
            station: village.unit.clone(),
            body: sitting.body,
            agenda: items.collect::<Result<_, DemoError>>()?,
            form: Form::Room,
            starts_at,
            occasion: dice.percent(50).then_some(Occasion::PartyDay),
            place: text(&format!("{}援法议事室", village.name))?,
            reports: announced.iter().copied().collect(),
            electorate: (sitting.body == Body::Owners).then(|| electorate(&village)),
        };
        let caller =
            self.named(&village, Office::Secretary, &format!("meeting-{}", sitting.month))?;
        let (id, _) = self.stage.app.convene_meeting(new, &caller).await?;
        let called = Box::new(Called { sitting, id, agenda, announced });
        Ok(vec![(starts_at, Action::Deliberate(VillageAction::Meet(village, called)))])
    }

    pub(super) async fn meet(
        &self,
        village: Arc<Village>,
        called: Called,
    ) -> Result<Next, DemoError> {
        let Called { sitting, id, agenda, announced } = called;
        let mut dice = self.sitting_dice(&village, &sitting, "meet");
        let present = coming(&village, sitting.body, &mut dice);
        let caller = self.of(&village, Office::Recorder)?;
        let attendance = self.stage.app.take_attendance(id, present, &caller).await?;
        let present = came(&attendance.done);
        let mut topics = Vec::new();
        for (number, topic) in (1..).zip(agenda) {
            let staged = number == 1 && village.number < STAGED || topic.ratifies;
            let lawful = staged || !dice.percent(4);
            let contested = !staged && dice.percent(5);
            self.give_opinion(&village, id, number, lawful).await?;
            if (village.number, sitting.month, number) == (5, 2, 1) {
                self.vote_unseen(&village, id, &present).await?;
            }
            let app = &self.stage.app;
            let early = lawful && (village.number, sitting.month, number) == EARLY;
            if lawful {
                let mut votes = votes(&present, contested, &mut dice);
                if early {
                    votes.truncate(1);
                }
                let caller = self.of(&village, Office::Recorder)?;
                app.cast_votes(id, number, votes, &caller).await?;
                if sitting.body == Body::Owners {
                    let lists = vec![building("2幢")?, building("3幢")?];
                    let caller = self.of(&village, Office::Recorder)?;
                    app.take_counting_lists(id, number, lists, &[], None, &caller).await?;
                }
            }
            let caller = self.of(&village, Office::Recorder)?;
            let count = Count { defer: !lawful, confirmed: early, ballots: None };
            let decided = app.decide_topic(id, number, count, &caller).await?;
            if early {
                let what = "未等表决完即计票 counted before the votes";
                let before = sitting.held_on.saturating_sub(1.days());
                let failing = Failing::after("decision.counted_early", before);
                let id = ResolutionId { meeting: id, topic: number };
                self.deliberation.plant(Planted::resolution(what, id, Some(failing)));
            }
            topics.push((topic, outcome(&decided)));
        }
        let known = village.waiting().to_report.clone();
        let reported = known.into_iter().filter(|(id, _)| announced.contains(id));
        let reported = reported.map(|(_, course)| course).collect();
        let sealed_at = at(days_after(sitting.held_on, 1), 10, 0);
        let held = Box::new(Held { sitting, id, topics, reported });
        Ok(vec![(sealed_at, Action::Deliberate(VillageAction::Seal(village, held)))])
    }

    pub(super) async fn give_opinion(
        &self,
        village: &Village,
        meeting: MeetingId,
        topic: u8,
        lawful: bool,
    ) -> Result<(), DemoError> {
        let opinion = if lawful {
            "方案不违反法律法规和村规民约,可以表决"
        } else {
            "方案涉及加重个别住户负担,应先征求其意见,修改后再议"
        };
        let caller = self.of(village, Office::Adviser)?;
        let app = &self.stage.app;
        app.give_opinion(meeting, topic, lawful, text(opinion)?, &caller).await?;
        Ok(())
    }

    /// A member who is not there cannot vote.
    async fn vote_unseen(
        &self,
        village: &Village,
        meeting: MeetingId,
        present: &[PersonId],
    ) -> Result<(), DemoError> {
        let members = village.seats.council.iter().copied();
        // With everybody there, somebody of another group tries.
        let others = village.seats.supervisors.iter().copied();
        let absent = members.chain(others).find(|member| !present.contains(member));
        let votes =
            absent.map(|member| Vote { member, choice: Choice::Agree }).into_iter().collect();
        let caller = self.of(village, Office::Recorder)?;
        let cast = self.stage.app.cast_votes(meeting, 1, votes, &caller).await;
        self.stage.refused("meeting.not_present", cast)
    }

    pub(super) async fn seal(&self, village: Arc<Village>, held: Held) -> Result<Next, DemoError> {
        let Held { sitting, id, topics, reported } = held;
        let minutes = (1..).zip(&topics).map(|(number, (topic, outcome))| {
            let process =
                format!("主持人介绍“{}”,与会人员逐一发言,法律顾问说明意见", topic.subject.title);
            Ok(Minute {
                topic: number,
                process: Some(text(&process)?),
                result: Some(match outcome {
                    Outcome::Adopted => text(topic.subject.remedy)?,
                    Outcome::NotAdopted => text("未获多数同意,不再办理")?,
                    Outcome::Deferred => text("修改方案后下次再议")?,
                }),
            })
        });
        let minutes = minutes.collect::<Result<_, DemoError>>()?;
        let reports = reported.iter().map(|course| {
            let findings = text("已落实,监督小组现场核实")?;
            Ok(ReportMinutes { resolution: course.id, findings })
        });
        let reports = reports.collect::<Result<_, DemoError>>()?;
        let caller = self.of(&village, Office::Recorder)?;
        self.stage.app.seal_minutes(id, minutes, reports, &caller).await?;
        self.find_unratified(&village, sitting.held_on);
        Ok(self.after_minutes(&village, &sitting, id, topics, reported))
    }

    /// What was adopted is to be done, what was put off waits for the next meeting, what was reported is done.
    fn after_minutes(
        &self,
        village: &Arc<Village>,
        sitting: &Sitting,
        meeting: MeetingId,
        topics: Vec<(Topic, Outcome)>,
        reported: Vec<Arc<Course>>,
    ) -> Next {
        let today = county_date(self.stage.clock.now());
        let mut dice = self.sitting_dice(village, sitting, "seal");
        let mut next = Next::new();
        for course in reported {
            village.waiting().to_report.remove(&course.id);
            let day = days_after(today, dice.between(1, 4));
            next.push((at(day, 11, 0), course.step(village, Step::Complete)));
        }
        for (number, (topic, outcome)) in (1..).zip(topics) {
            match outcome {
                Outcome::Adopted if topic.ratifies => {
                    let settle = VillageAction::Settle(Arc::clone(village), topic.issue);
                    next.push((at(days_after(today, 2), 15, 0), Action::Deliberate(settle)));
                }
                Outcome::Adopted => {
                    let id = ResolutionId { meeting, topic: number };
                    next.extend(self.begin(village, sitting.month, id, topic.subject));
                }
                Outcome::NotAdopted => {}
                Outcome::Deferred => village.waiting().issues.push(topic),
            }
        }
        next
    }
}

fn electorate(village: &Village) -> Electorate {
    let owners = u32::try_from(village.owners.len()).unwrap_or(0);
    let heads = owners + ABSENT_OWNERS + 2 * ON_A_LIST;
    Electorate { heads, area: Area(heads * FLAT) }
}

/// 计票表: one of a building's owners is against.
fn building(name: &str) -> Result<CountingList, DemoError> {
    let share = |heads: u32| Share { heads, area: u64::from(heads * FLAT) };
    let (agree, against) = (share(ON_A_LIST - 1), share(1));
    let count = Ballots { agree, against, abstain: Share::default() };
    Ok(CountingList { building: text(name)?, count })
}

/// Most of the council and all others come; every fourth owner sends the one before.
pub(super) fn coming(village: &Village, body: Body, dice: &mut Dice) -> Vec<Present> {
    let known = |who: &PersonId| Present { who: Appointee::Known(*who), area: None, proxy: None };
    match body {
        Body::Council => {
            let absent = dice.below(3) as usize;
            let present = village.seats.council.len().saturating_sub(absent);
            village.seats.council.iter().take(present).map(known).collect()
        }
        Body::Representatives => village.seats.representatives.iter().map(known).collect(),
        Body::Villagers | Body::Owners => {
            let new = |nth: usize| village.owners.get(nth).cloned().map(Appointee::New);
            let owner = |nth: usize| {
                let proxy = if nth % 4 == 3 { new(nth - 1) } else { None };
                Some(Present { who: new(nth)?, area: Some(Area(FLAT)), proxy })
            };
            (0..village.owners.len()).filter_map(owner).collect()
        }
    }
}

pub(super) fn came(attendance: &CommandOutcome) -> Vec<PersonId> {
    let taken = attendance.events.iter().filter_map(|event| {
        let domain::Event::Meeting(Event::AttendanceTaken(taken)) = event else { return None };
        Some(&taken.present)
    });
    taken.flatten().map(|attendee| attendee.member).collect()
}

fn outcome(decided: &CommandOutcome) -> Outcome {
    let mut outcomes = decided.events.iter().filter_map(|event| {
        let domain::Event::Meeting(Event::TopicDecided(decided)) = event else { return None };
        Some(decided.outcome)
    });
    outcomes.next().unwrap_or(Outcome::Deferred)
}

/// Nearly all agree, unless it is contested.
pub(super) fn votes(present: &[PersonId], contested: bool, dice: &mut Dice) -> Vec<Vote> {
    let against = if contested { present.len() * 2 / 3 } else { dice.below(2) as usize };
    let choice = |turn: usize| match turn {
        0 if !contested && against == 1 => Choice::Abstain,
        turn if turn < against => Choice::Against,
        _ => Choice::Agree,
    };
    let turns = present.iter().enumerate();
    turns.map(|(turn, &member)| Vote { member, choice: choice(turn) }).collect()
}
