//! 会议记录: each topic with its process and its result, sealed once.

use std::collections::{BTreeMap, HashSet};

use jiff::civil::Date;

use super::{
    AgendaItem, BackfillRequested, Cancelled, Choice, Convened, Event, Meeting, Minute,
    MinutesCorrected, MinutesSealed, Outcome, Rejection, ReportMinutes, TopicMinutes, count::Floor,
};
use crate::service::Recorder;
use crate::{Given, PersonId, ResolutionId, Text};

/// What an event of the log may hold, less its metadata.
const LONGEST_MINUTES: usize = 60_000;

/// A topic that was adopted, and is to become a resolution.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Adoption<'a> {
    /// Its number on the agenda.
    pub topic: u8,
    /// What stood on the agenda.
    pub item: &'a AgendaItem,
    /// What is to be done.
    pub result: &'a Text<500>,
    /// Who voted on it, in whatever way.
    pub voters: Vec<PersonId>,
    /// Who voted for it; none where that is secret.
    pub in_favour: Option<Vec<PersonId>>,
}

impl Meeting {
    /// The sealed minutes.
    #[must_use]
    pub fn sealed(&self) -> Option<&MinutesSealed> {
        self.sealed.as_deref()
    }

    /// What became of each topic, once the minutes are sealed.
    pub fn outcomes(&self) -> impl Iterator<Item = (&TopicMinutes, &AgendaItem)> {
        let topics = self.sealed.iter().flat_map(|sealed| &sealed.topics);
        topics.filter_map(|minutes| Some((minutes, self.item(minutes.topic)?)))
    }

    /// The topics that become resolutions: adopted, and not only ratifying what was done before.
    pub fn adopted(&self) -> impl Iterator<Item = Adoption<'_>> {
        let adopted = self
            .outcomes()
            .filter(|(minutes, item)| minutes.outcome == Outcome::Adopted && !item.ratifies);
        adopted.map(|(minutes, item)| {
            let (topic, result) = (minutes.topic, &minutes.result);
            let votes = self.topic(topic).ok().map(|topic| &topic.votes);
            let voters = votes.into_iter().flat_map(|votes| votes.keys().copied()).collect();
            let in_favour = votes.filter(|_| !item.secret).map(in_favour);
            Adoption { topic, item, result, voters, in_favour }
        })
    }

    /// The day of the meeting, where its sealed minutes hold a report on a resolution's execution.
    #[must_use]
    pub fn reported(&self, resolution: &ResolutionId) -> Option<Date> {
        let sealed = self.sealed.as_ref()?;
        let reported = sealed.reports.iter().any(|report| report.resolution == *resolution);
        reported.then_some(sealed.held_on)
    }

    fn item(&self, topic: u8) -> Option<&AgendaItem> {
        self.convened.as_ref()?.item(topic)
    }

    /// Minutes in the order of the agenda. A meeting that put everything off had its quorum, or it was
    /// none and is cancelled.
    pub(super) fn seal(
        &self,
        written: &[Minute],
        reports: Vec<ReportMinutes>,
        given: &Given<'_>,
    ) -> Result<Event, Rejection> {
        let convened = self.begun(given)?;
        let recorder = given.actor.person.ok_or(Rejection::NoRecorder {})?;
        let outcomes = self.all_decided()?;
        if outcomes.iter().all(|outcome| *outcome == Outcome::Deferred) {
            Floor::of(convened, &self.came, given)?.came()?;
        }
        let mut minutes = self.one_each(written)?;
        let topics = (1..).zip(outcomes).map(|(topic, outcome)| {
            let Minute { process, result, .. } =
                minutes.remove(&topic).ok_or(Rejection::NoProcess { topic })?.clone();
            let process = process.ok_or(Rejection::NoProcess { topic })?;
            let result = result.ok_or(Rejection::NoResult { topic })?;
            Ok(TopicMinutes { topic, process, result, outcome })
        });
        let topics = topics.collect::<Result<_, Rejection>>()?;
        announced(convened, &reports)?;
        if convened.agenda.is_empty() && reports.is_empty() {
            return Err(Rejection::NoReport {});
        }
        let (held_on, recorder) = (convened.held_on(), Some(recorder));
        let sealed = MinutesSealed { held_on, recorder, topics, reports };
        let fits = serde_json::to_vec(&sealed).is_ok_and(|stored| stored.len() <= LONGEST_MINUTES);
        if !fits {
            return Err(Rejection::MinutesTooLong {});
        }
        Ok(if convened.paper.is_some() {
            let by = Recorder::of(given.actor);
            Event::BackfillRequested(Box::new(BackfillRequested { minutes: sealed, by }))
        } else {
            Event::MinutesSealed(Box::new(sealed))
        })
    }

    /// Refused once a vote has decided a topic, though its count be open again: what was decided is minuted. What was only
    /// copied from paper decides nothing before it is approved.
    pub(super) fn cancel(&self, reason: Text<200>) -> Result<Event, Rejection> {
        let copied = self.running()?.paper.is_some();
        if !copied && self.topics.iter().any(|topic| topic.counted) {
            return Err(Rejection::DecidedByVote {});
        }
        Ok(Event::Cancelled(Cancelled { reason }))
    }

    fn all_decided(&self) -> Result<Vec<Outcome>, Rejection> {
        let outcomes = (1..)
            .zip(&self.topics)
            .map(|(number, topic)| topic.outcome.ok_or(Rejection::Undecided { topic: number }));
        outcomes.collect()
    }

    fn one_each<'a>(&self, written: &'a [Minute]) -> Result<BTreeMap<u8, &'a Minute>, Rejection> {
        let mut minutes = BTreeMap::new();
        for minute in written {
            let topic = minute.topic;
            self.topic(topic)?;
            if minutes.insert(topic, minute).is_some() {
                return Err(Rejection::MinutedTwice { topic });
            }
        }
        Ok(minutes)
    }

    pub(super) fn correct(
        &self,
        topic: u8,
        correction: Text<500>,
        reason: Text<200>,
    ) -> Result<Event, Rejection> {
        match self.running() {
            Err(Rejection::Sealed {}) => {}
            Err(refusal) => return Err(refusal),
            Ok(_) => return Err(Rejection::NotSealed {}),
        }
        self.topic(topic)?;
        Ok(Event::MinutesCorrected(MinutesCorrected { topic, correction, reason }))
    }
}

fn in_favour(votes: &BTreeMap<PersonId, Option<Choice>>) -> Vec<PersonId> {
    let agreeing = votes.iter().filter(|(_, choice)| **choice == Some(Choice::Agree));
    agreeing.map(|(&voter, _)| voter).collect()
}

fn announced(convened: &Convened, reports: &[ReportMinutes]) -> Result<(), Rejection> {
    let mut seen = HashSet::new();
    for &ReportMinutes { resolution, .. } in reports {
        if !convened.reports.contains(&resolution) {
            return Err(Rejection::Unannounced { resolution });
        }
        if !seen.insert(resolution) {
            return Err(Rejection::ReportTwice { resolution });
        }
    }
    Ok(())
}
