//! A meeting: who came, how they voted, and what its sealed minutes say.

use std::collections::HashMap;

use domain::meeting::{
    AttendanceTaken, Choice, Convened, Event, MinutesSealed, OpinionGiven, Outcome, Share,
    VotesCast,
};
use domain::{PersonId, ResolutionId};
use jiff::Timestamp;
use jiff::civil::Date;

use super::finding::Finding;
use super::rules::{self, Count};
use super::seen::Seen;
use super::topic::Topic;

/// A meeting as its stream tells it.
#[derive(Default)]
pub struct Meeting {
    /// How it was called.
    pub convened: Option<Box<Convened>>,
    /// When.
    pub convened_at: Timestamp,
    /// Its sealed minutes.
    pub sealed: Option<Box<MinutesSealed>>,
    /// Who came, with their area.
    present: HashMap<PersonId, u64>,
    topics: HashMap<u8, Topic>,
    /// What the rules forbid about how it was called and who came.
    findings: Vec<Finding>,
}

impl Meeting {
    /// Takes an event in.
    pub fn see(&mut self, event: &Event, seen: Seen<'_>) {
        match event {
            Event::Convened(convened) => {
                self.findings.extend(rules::convening(seen, convened));
                self.convened = Some(convened.clone());
                self.convened_at = seen.at();
            }
            Event::AttendanceTaken(taken) => self.attend(taken, seen),
            Event::OpinionGiven(given) => self.advise(given, seen),
            Event::VotesCast(cast) => self.vote(cast, seen),
            Event::TopicDecided(decided) => {
                if decided.outcome == Outcome::Adopted {
                    self.count(decided.topic, seen);
                }
            }
            Event::MinutesSealed(sealed) => {
                let adopted = sealed.topics.iter().filter(|it| it.outcome == Outcome::Adopted);
                adopted.for_each(|it| self.count(it.topic, seen));
                self.sealed = Some(sealed.clone());
                self.present = HashMap::new();
            }
            Event::MinutesCorrected(_) | Event::Cancelled(_) => {}
        }
    }

    fn attend(&mut self, taken: &AttendanceTaken, seen: Seen<'_>) {
        for one in &taken.present {
            let found =
                self.convened.as_ref().and_then(|it| rules::attending(seen, it, one.member));
            self.findings.extend(found);
            self.present.insert(one.member, one.area.map_or(0, |area| u64::from(area.0)));
        }
    }

    /// Takes a legal opinion in; one by somebody who is no adviser of the meeting is a finding and does not count.
    fn advise(&mut self, given: &OpinionGiven, seen: Seen<'_>) {
        let topic = self.topics.entry(given.topic).or_default();
        match self.convened.as_ref().and_then(|it| rules::advising(seen, it, given)) {
            Some(found) => topic.findings.push(found),
            None => {
                topic.opinions.insert(given.adviser, given.lawful);
            }
        }
    }

    fn vote(&mut self, cast: &VotesCast, seen: Seen<'_>) {
        let topic = self.topics.entry(cast.topic).or_default();
        for vote in &cast.votes {
            let area = self.present.get(&vote.member);
            if area.is_none() {
                topic.findings.push(rules::voter_absent(seen, vote.member));
            }
            if !topic.voters.insert(vote.member) {
                topic.findings.push(rules::voted_twice(seen, vote.member));
                continue;
            }
            let area = area.copied().unwrap_or_default();
            let add = |share: &mut Share| {
                (share.heads, share.area) = (share.heads + 1, share.area + area)
            };
            add(&mut topic.voted);
            if vote.choice == Choice::Agree {
                add(&mut topic.agree);
            }
        }
    }

    /// Recounts a topic that was adopted, from attendance and votes.
    fn count(&mut self, number: u8, seen: Seen<'_>) {
        let Some(convened) = &self.convened else { return };
        let present = self.came();
        let topic = self.topics.entry(number).or_default();
        if !std::mem::replace(&mut topic.counted, true) {
            let found = rules::adopting(seen, convened, number, present, topic);
            topic.findings.extend(found);
        }
    }

    /// What is wrong with putting a topic off: votes that decide it.
    pub fn deferring(&self, number: u8, seen: Seen<'_>) -> Option<Finding> {
        let (convened, topic) = (self.convened.as_ref()?, self.topics.get(&number)?);
        let count = Count::of(seen, convened, number, self.came(), topic)?;
        rules::deferring(seen, number, topic, &count)
    }

    /// Those who came and may vote.
    fn came(&self) -> Share {
        let may_vote =
            |who: &PersonId| self.convened.as_ref().is_some_and(|it| rules::may_attend(it, *who));
        let came = self.present.iter().filter(|(who, _)| may_vote(who));
        came.fold(Share::default(), |all, (_, area)| Share {
            heads: all.heads + 1,
            area: all.area + area,
        })
    }

    /// Who voted on a topic.
    pub fn voters(&self, number: u8) -> impl Iterator<Item = PersonId> {
        self.topics.get(&number).into_iter().flat_map(|topic| topic.voters.iter().copied())
    }

    /// What the rules forbid about the way to a decision on a topic.
    pub fn findings(&self, number: u8) -> impl Iterator<Item = &Finding> {
        let topic = self.topics.get(&number).into_iter().flat_map(|topic| &topic.findings);
        self.findings.iter().chain(topic)
    }

    /// Whether the sealed minutes say that a topic was adopted.
    pub fn adopted(&self, number: u8) -> bool {
        let minutes = self.sealed.iter().flat_map(|sealed| &sealed.topics);
        minutes.into_iter().any(|it| it.topic == number && it.outcome == Outcome::Adopted)
    }

    /// The day of the meeting, if its sealed minutes report on a resolution.
    pub fn reported(&self, resolution: ResolutionId) -> Option<Date> {
        let sealed = self.sealed.as_ref()?;
        let told = sealed.reports.iter().any(|report| report.resolution == resolution);
        told.then_some(sealed.held_on)
    }
}
