//! A meeting: who came, how they voted, and what its sealed minutes say.

use std::collections::{BTreeSet, HashMap};

use domain::PersonId;
use domain::meeting::{Choice, Convened, Event, MinutesSealed, Outcome, Share, VotesCast};

use super::finding::Finding;
use super::rules;
use super::seen::Seen;

/// A meeting as its stream tells it.
#[derive(Default)]
pub struct Meeting {
    /// How it was called.
    pub convened: Option<Box<Convened>>,
    /// Its sealed minutes.
    pub sealed: Option<Box<MinutesSealed>>,
    /// Who came, with their area.
    present: HashMap<PersonId, u64>,
    topics: HashMap<u8, Topic>,
}

/// What happened to a topic.
#[derive(Default)]
pub struct Topic {
    /// Who voted.
    pub voters: BTreeSet<PersonId>,
    /// Heads and area that agreed.
    pub agree: Share,
    /// Whether the legal adviser's last opinion calls it lawful; none where there is no opinion.
    pub lawful: Option<bool>,
    /// What the rules forbid about the vote.
    pub findings: Vec<Finding>,
    counted: bool,
}

impl Meeting {
    /// Takes an event in.
    pub fn see(&mut self, event: &Event, seen: Seen<'_>) {
        match event {
            Event::Convened(convened) => self.convened = Some(convened.clone()),
            Event::AttendanceTaken(taken) => {
                let came = taken.present.iter();
                let area = |area: Option<domain::Area>| area.map_or(0, |area| u64::from(area.0));
                self.present.extend(came.map(|one| (one.member, area(one.area))));
            }
            Event::OpinionGiven(given) => {
                self.topics.entry(given.topic).or_default().lawful = Some(given.lawful);
            }
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

    fn vote(&mut self, cast: &VotesCast, seen: Seen<'_>) {
        let topic = self.topics.entry(cast.topic).or_default();
        for vote in &cast.votes {
            let area = self.present.get(&vote.member);
            if area.is_none() {
                topic.findings.push(rules::voter_absent(seen, vote.member));
            }
            if !topic.voters.insert(vote.member) {
                topic.findings.push(rules::voted_twice(seen, vote.member));
            } else if vote.choice == Choice::Agree {
                topic.agree.heads += 1;
                topic.agree.area += area.copied().unwrap_or_default();
            }
        }
    }

    /// Recounts a topic that was adopted, from attendance and votes.
    fn count(&mut self, number: u8, seen: Seen<'_>) {
        let Some(convened) = &self.convened else { return };
        let present = Share {
            heads: u32::try_from(self.present.len()).unwrap_or(u32::MAX),
            area: self.present.values().sum(),
        };
        let topic = self.topics.entry(number).or_default();
        if !std::mem::replace(&mut topic.counted, true) {
            let found = rules::counted(seen, convened, number, present, topic);
            topic.findings.extend(found);
        }
    }

    /// A topic, if anything happened to it.
    pub fn topic(&self, number: u8) -> Option<&Topic> {
        self.topics.get(&number)
    }

    /// Whether the sealed minutes say that a topic was adopted.
    pub fn adopted(&self, number: u8) -> bool {
        let minutes = self.sealed.iter().flat_map(|sealed| &sealed.topics);
        minutes.into_iter().any(|it| it.topic == number && it.outcome == Outcome::Adopted)
    }
}
