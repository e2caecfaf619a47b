//! 议事会: convened with an agenda, advised on the law, voted, and recorded in sealed minutes.
//!
//! Who may vote, how many must be present and how many must agree depends on the body, as the rulebook says
//! (村民委员会组织法 §21–26, 民法典 §278). People leave and come back; who is there when a topic is voted on counts for it.
//! A count may be opened again until the minutes are sealed; these never change. A meeting that is only on paper goes the same
//! way afterwards, and its minutes are sealed when a second person has held them against the paper.

mod attend;
mod backfill;
mod ballot;
mod convene;
mod count;
mod deliberate;
mod events;
mod leave;
mod minutes;
mod rejection;
#[cfg(test)]
mod tests;
mod topic;

pub use events::*;
pub use minutes::Adoption;
pub use rejection::Rejection;

use std::collections::{BTreeMap, BTreeSet, HashSet};

use crate::rulebook::BodyRule;
use crate::{Aggregate, Evidence, Given, IssueId, PersonId, Text, UnitCode};
use topic::Topic;

/// A meeting as its own history tells it.
#[derive(Debug, Clone, Default)]
pub struct Meeting {
    convened: Option<Box<Convened>>,
    /// Everybody who came, and the area of owners.
    came: BTreeMap<PersonId, u64>,
    /// Those of them who left and have not come back.
    gone: BTreeSet<PersonId>,
    /// Owners who have somebody there for them, and whom.
    proxies: BTreeMap<PersonId, PersonId>,
    /// What happened to each topic of the agenda, in its order.
    topics: Vec<Topic>,
    /// Minutes from paper that wait for a second person.
    asked: Option<Box<BackfillRequested>>,
    sealed: Option<Box<MinutesSealed>>,
    cancelled: bool,
}

/// What may be asked of a meeting.
#[derive(Debug, Clone)]
#[allow(missing_docs)]
pub enum Command {
    /// 召集; members and advisers are those in office at the station on the day. `prepared`: the issues that have gone
    /// the way of a great matter up to the assembly.
    Convene { asked: Box<Convened>, prepared: BTreeSet<IssueId> },
    /// 签到; who is there already stays so.
    TakeAttendance { present: Vec<Attendee> },
    /// 离会; with a proxy, the owners they are there for.
    Depart { people: Vec<PersonId> },
    /// 返会.
    Return { people: Vec<PersonId> },
    /// 法律意见.
    GiveOpinion { topic: u8, adviser: Option<PersonId>, lawful: bool, opinion: Text<1000> },
    /// 表决.
    CastVotes { topic: u8, votes: Vec<Vote> },
    /// 无记名投票.
    CastBallots { topic: u8, voters: Vec<PersonId> },
    /// 楼栋计票表; `reason`: why lists of buildings that have one are replaced or, without votes, taken away.
    TakeCountingLists {
        topic: u8,
        lists: Vec<CountingList>,
        evidence: Vec<Evidence>,
        reason: Option<Text<200>>,
    },
    /// 计票议定, by quorum and majority of the body.
    DecideTopic { topic: u8, count: Count },
    /// 重新计票.
    ReopenCount { topic: u8, reason: Text<200> },
    /// 会议记录封存; of a meeting from paper, 申请补录.
    SealMinutes { topics: Vec<Minute>, reports: Vec<ReportMinutes> },
    /// 核准补录.
    ApproveBackfill,
    /// 不予补录; what was entered can be mended or cancelled then.
    RefuseBackfill { reason: Text<200> },
    /// 会议记录更正.
    CorrectMinutes { topic: u8, correction: Text<500>, reason: Text<200> },
    /// 会议取消.
    Cancel { reason: Text<200> },
}

/// How the votes on a topic are to be counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Count {
    /// 暂缓: puts the topic off instead.
    pub defer: bool,
    /// Whether to count although some of those present have not voted.
    pub confirmed: bool,
    /// What came out of the box, after a secret vote.
    pub ballots: Option<Ballots>,
}

/// What the recorder writes of a topic; either text may be missing, which is refused by name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Minute {
    /// Which topic.
    pub topic: u8,
    /// 过程.
    pub process: Option<Text<1000>>,
    /// 结果、处理意见.
    pub result: Option<Text<500>>,
}

impl Meeting {
    /// What it was convened as.
    #[must_use]
    pub fn convened(&self) -> Option<&Convened> {
        self.convened.as_deref()
    }

    /// The station's village.
    #[must_use]
    pub fn station(&self) -> Option<&UnitCode> {
        self.convened.as_ref().map(|convened| &convened.station)
    }

    /// 楼栋计票表 of a topic, the latest of each building; none where there is no such topic.
    #[must_use]
    pub fn counting_lists(&self, topic: u8) -> Option<&BTreeMap<Text<40>, Ballots>> {
        self.topic(topic).ok().map(|topic| &topic.lists)
    }

    /// Whether it was cancelled.
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        self.cancelled
    }

    /// The meeting, while it is neither sealed nor cancelled.
    fn running(&self) -> Result<&Convened, Rejection> {
        let convened = self.convened.as_deref().ok_or(Rejection::Unconvened {})?;
        if self.cancelled {
            return Err(Rejection::Cancelled {});
        }
        if self.sealed.is_some() {
            return Err(Rejection::Sealed {});
        }
        if self.asked.is_some() { Err(Rejection::AwaitsApproval {}) } else { Ok(convened) }
    }

    /// The same, from its day on.
    fn begun(&self, given: &Given<'_>) -> Result<&Convened, Rejection> {
        let convened = self.running()?;
        let on = convened.held_on();
        if given.today() < on { Err(Rejection::NotBegun { on }) } else { Ok(convened) }
    }

    fn topic(&self, number: u8) -> Result<&Topic, Rejection> {
        let found = place(number).and_then(|place| self.topics.get(place));
        found.ok_or(Rejection::UnknownTopic { topic: number, last: self.topics.len() })
    }

    fn undecided(&self, number: u8) -> Result<&Topic, Rejection> {
        let topic = self.topic(number)?;
        match topic.outcome {
            None => Ok(topic),
            Some(_) => Err(Rejection::TopicDecided { topic: number }),
        }
    }

    /// Those who are there now.
    fn here(&self) -> impl Iterator<Item = PersonId> + '_ {
        self.came.keys().copied().filter(|one| !self.gone.contains(one))
    }

    fn is_here(&self, member: PersonId) -> bool {
        self.came.contains_key(&member) && !self.gone.contains(&member)
    }

    /// Takes votes in; whoever is there now was there for the vote, and stays part of it, in however many parts it is taken down.
    fn voted(&mut self, number: u8, votes: impl Iterator<Item = (PersonId, Option<Choice>)>) {
        let here: Vec<PersonId> = self.here().collect();
        let all = self.convened().is_some_and(|it| it.counts_all_there(number));
        self.change(number, |topic| {
            topic.votes.extend(votes);
            if !all {
                topic.there.clear();
            }
            topic.there.extend(here);
        });
    }

    fn change(&mut self, number: u8, change: impl FnOnce(&mut Topic)) {
        if let Some(topic) = place(number).and_then(|place| self.topics.get_mut(place)) {
            change(topic);
        }
    }
}

fn place(number: u8) -> Option<usize> {
    usize::from(number).checked_sub(1)
}

/// How a body decides, by the rulebook in force. Refused for a body that the rulebook does not have.
fn rule<'a>(body: Body, given: &Given<'a>) -> Result<&'a BodyRule, Rejection> {
    let deliberation = given.rulebook.rules.deliberation();
    deliberation.body(body).ok_or(Rejection::NoRule { body })
}

/// Everybody once.
fn distinct(people: impl IntoIterator<Item = PersonId>) -> Result<(), Rejection> {
    let mut seen = HashSet::new();
    match people.into_iter().find(|person| !seen.insert(*person)) {
        Some(member) => Err(Rejection::NamedTwice { member }),
        None => Ok(()),
    }
}

impl Aggregate for Meeting {
    const CATEGORY: &'static str = "meeting";
    type Command = Command;
    type Event = Event;
    type Rejection = Rejection;

    fn decide(&self, command: Command, given: &Given<'_>) -> Result<Vec<Event>, Rejection> {
        let event = match command {
            Command::Convene { asked, prepared } => self.convene(asked, &prepared, given)?,
            Command::TakeAttendance { present } => return self.take_attendance(present, given),
            Command::Depart { people } => self.depart(&people, given)?,
            Command::Return { people } => self.come_back(&people, given)?,
            Command::GiveOpinion { topic, adviser, lawful, opinion } => {
                self.give_opinion(topic, adviser, lawful, opinion)?
            }
            Command::CastVotes { topic, votes } => self.cast_votes(topic, votes, given)?,
            Command::CastBallots { topic, voters } => self.cast_ballots(topic, voters, given)?,
            Command::TakeCountingLists { topic, lists, evidence, reason } => {
                self.take_lists(topic, lists, evidence, reason, given)?
            }
            Command::DecideTopic { topic, count } => self.decide_topic(topic, count, given)?,
            Command::ReopenCount { topic, reason } => self.reopen_count(topic, reason, given)?,
            Command::SealMinutes { topics, reports } => self.seal(&topics, reports, given)?,
            Command::ApproveBackfill => return self.approve_backfill(given),
            Command::RefuseBackfill { reason } => self.refuse_backfill(reason, given)?,
            Command::CorrectMinutes { topic, correction, reason } => {
                self.correct(topic, correction, reason)?
            }
            Command::Cancel { reason } => self.cancel(reason)?,
        };
        Ok(vec![event])
    }

    fn evolve(&mut self, event: &Event) {
        match event {
            Event::Convened(convened) => {
                self.topics = vec![Topic::default(); convened.agenda.len()];
                self.convened = Some(convened.clone());
            }
            Event::AttendanceTaken(taken) => {
                let areas = taken.present.iter().map(|one| (one.member, one.counted_area()));
                self.came.extend(areas);
                let proxies = taken.present.iter().filter_map(|one| Some((one.member, one.proxy?)));
                self.proxies.extend(proxies);
            }
            Event::Departed(departed) => self.gone.extend(&departed.members),
            Event::Returned(returned) => {
                self.gone.retain(|member| !returned.members.contains(member));
            }
            Event::OpinionGiven(given) => {
                self.change(given.topic, |topic| {
                    topic.opinions.insert(given.adviser, given.lawful);
                });
            }
            Event::VotesCast(cast) => {
                let votes = cast.votes.iter().map(|vote| (vote.member, Some(vote.choice)));
                self.voted(cast.topic, votes);
            }
            Event::BallotsCast(cast) => {
                self.voted(cast.topic, cast.voters.iter().map(|voter| (*voter, None)));
            }
            Event::CountingListsTaken(taken) => {
                self.change(taken.topic, |topic| topic.take(&taken.lists));
            }
            Event::TopicDecided(decided) => {
                self.change(decided.topic, |topic| {
                    topic.outcome = Some(decided.outcome);
                    topic.counted |= decided.outcome != Outcome::Deferred;
                });
            }
            Event::CountReopened(reopened) => {
                self.change(reopened.topic, |topic| topic.outcome = None);
            }
            Event::BackfillRequested(asked) => self.asked = Some(asked.clone()),
            Event::BackfillApproved(_) => {}
            Event::BackfillRefused(_) => self.asked = None,
            Event::MinutesSealed(sealed) => {
                (self.sealed, self.asked) = (Some(sealed.clone()), None);
            }
            Event::MinutesCorrected(_) => {}
            Event::Cancelled(_) => self.cancelled = true,
        }
    }
}
