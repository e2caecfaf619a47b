//! A meeting: who came, how they voted, and what its sealed minutes say.

use std::collections::{BTreeSet, HashMap, HashSet};

use domain::meeting::{
    AttendanceTaken, Choice, Convened, Event, MinutesSealed, OpinionGiven, Outcome, Required,
    Share, TopicDecided,
};
use domain::service::Recorder;
use domain::{PersonId, ResolutionId};
use jiff::Timestamp;
use jiff::civil::Date;

use super::finding::Finding;
use super::rules::{self, Count, Silent};
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
    /// Who wrote minutes from paper, and whether a second person approved them.
    asked: Option<Recorder>,
    approved: bool,
    /// Who came, with their area.
    came: HashMap<PersonId, u64>,
    /// Who of them left and has not come back.
    gone: HashSet<PersonId>,
    /// For how many owners somebody is there.
    proxies: HashMap<PersonId, u32>,
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
                for (number, item) in (1..).zip(&convened.agenda) {
                    let topic = self.topics.entry(number).or_default();
                    topic.required = Some(rules::required(seen, convened.body, item));
                    topic.findings.extend(rules::unlisted(seen, number, item));
                }
                self.convened = Some(convened.clone());
                self.convened_at = seen.at();
            }
            Event::AttendanceTaken(taken) => self.attend(taken, seen),
            Event::Departed(departed) => self.gone.extend(&departed.members),
            Event::Returned(returned) => {
                self.gone.retain(|one| !returned.members.contains(one));
            }
            Event::OpinionGiven(given) => self.advise(given, seen),
            Event::VotesCast(cast) => {
                let votes = cast.votes.iter().map(|vote| (vote.member, Some(vote.choice)));
                self.vote(cast.topic, votes, seen);
            }
            Event::BallotsCast(cast) => {
                self.vote(cast.topic, cast.voters.iter().map(|voter| (*voter, None)), seen);
            }
            Event::CountingListsTaken(taken) => {
                let topic = self.topics.entry(taken.topic).or_default();
                for list in &taken.lists {
                    let before = if list.count.is_empty() {
                        topic.lists.remove(&list.building)
                    } else {
                        topic.lists.insert(list.building.clone(), list.count)
                    };
                    let found = rules::replacing(seen, taken.topic, list, before);
                    topic.findings.extend(found);
                }
            }
            Event::TopicDecided(decided) => self.decide(decided, seen),
            Event::CountReopened(reopened) => {
                let topic = self.topics.entry(reopened.topic).or_default();
                (topic.counted, topic.stated) = (false, None);
                topic.about_count.clear();
            }
            Event::BackfillRequested(asked) => self.asked = Some(asked.by.clone()),
            Event::BackfillApproved(approved) => {
                let paper = self.convened.iter().filter_map(|it| it.paper.as_ref());
                let entered = paper.map(|paper| &paper.recorder).chain(&self.asked);
                self.findings.extend(rules::approving_backfill(seen, approved, entered));
                self.approved = true;
            }
            Event::BackfillRefused(_) => self.asked = None,
            Event::MinutesSealed(sealed) => {
                if self.is_backfilled() && !self.approved {
                    self.findings.push(rules::unapproved(seen));
                }
                let adopted = sealed.topics.iter().filter(|it| it.outcome == Outcome::Adopted);
                adopted.for_each(|it| self.count(it.topic, seen));
                self.sealed = Some(sealed.clone());
                self.came = HashMap::new();
                self.topics.values_mut().for_each(|topic| topic.there = BTreeSet::new());
            }
            Event::MinutesCorrected(_) | Event::Cancelled(_) => {}
        }
    }

    /// Whether it was entered later, from paper.
    pub fn is_backfilled(&self) -> bool {
        self.convened.as_ref().is_some_and(|convened| convened.paper.is_some())
    }

    fn attend(&mut self, taken: &AttendanceTaken, seen: Seen<'_>) {
        for one in &taken.present {
            let found =
                self.convened.as_ref().and_then(|it| rules::attending(seen, it, one.member));
            self.findings.extend(found);
            if let (Some(proxy), Some(convened)) = (one.proxy, &self.convened) {
                let held = self.proxies.entry(proxy).or_default();
                *held += 1;
                self.findings.extend(rules::representing(seen, convened, proxy, *held));
            }
            self.came.insert(one.member, one.area.map_or(0, |area| u64::from(area.0)));
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

    fn vote(
        &mut self,
        number: u8,
        votes: impl Iterator<Item = (PersonId, Option<Choice>)>,
        seen: Seen<'_>,
    ) {
        let here: BTreeSet<PersonId> = self.here().collect();
        let all = self.convened.as_ref().is_some_and(|it| it.counts_all_there(number));
        let topic = self.topics.entry(number).or_default();
        for (member, choice) in votes {
            if !here.contains(&member) {
                topic.findings.push(rules::voter_absent(seen, member));
            }
            if !topic.voters.insert(member) {
                topic.findings.push(rules::voted_twice(seen, member));
                continue;
            }
            topic.vote(self.came.get(&member).copied().unwrap_or_default(), choice);
            if choice == Some(Choice::Agree) {
                topic.in_favour.insert(member);
            }
        }
        if !all {
            topic.there.clear();
        }
        topic.there.extend(here);
    }

    /// Takes a decision in, and what is wrong with its count.
    fn decide(&mut self, decided: &TopicDecided, seen: Seen<'_>) {
        let Some(convened) = &self.convened else { return };
        let (number, tally) = (decided.topic, decided.tally);
        let topic = self.topics.entry(number).or_default();
        // Putting a topic off leaves its box closed.
        if convened.item(number).is_some_and(|item| item.secret) && !topic.is_closed(decided) {
            topic.stated = Some(tally.agree);
            let stated = tally.agree.and(tally.against).and(tally.abstain);
            topic.about_count.extend(rules::opening(seen, number, stated, topic.voted()));
        }
        if decided.outcome == Outcome::Adopted {
            self.count(number, seen);
        }
        let early = self.counted_early(decided, seen);
        let put_off = self.put_off(decided, seen);
        let topic = self.topics.entry(number).or_default();
        topic.about_count.extend(early.into_iter().chain(put_off));
        let before = topic.last_count.as_ref();
        topic.recounts.extend(before.and_then(|it| rules::recounting(seen, it, decided)));
        if decided.outcome != Outcome::Deferred {
            topic.last_count = Some(decided.clone());
        }
    }

    /// Recounts a topic that was adopted, from attendance and votes.
    fn count(&mut self, number: u8, seen: Seen<'_>) {
        let Some(convened) = &self.convened else { return };
        let present = self.there(number);
        let topic = self.topics.entry(number).or_default();
        if !std::mem::replace(&mut topic.counted, true) {
            let found = rules::adopting(seen, convened, number, present, topic);
            topic.about_count.extend(found);
        }
    }

    /// What is wrong with a count that those present who had not voted could have turned.
    fn counted_early(&self, decided: &TopicDecided, seen: Seen<'_>) -> Option<Finding> {
        decided.unvoted?;
        let (convened, topic) = (self.convened.as_ref()?, self.topics.get(&decided.topic)?);
        let there = self.there(decided.topic);
        let count = Count::of(seen, convened, decided.topic, there, topic)?;
        let here: BTreeSet<PersonId> = self.here().collect();
        rules::counting(seen, decided, &count, self.silent(topic, &here))
    }

    /// What is wrong with putting a topic off: votes that decide it.
    fn put_off(&self, decided: &TopicDecided, seen: Seen<'_>) -> Option<Finding> {
        if decided.outcome != Outcome::Deferred {
            return None;
        }
        let (convened, topic) = (self.convened.as_ref()?, self.topics.get(&decided.topic)?);
        let count = Count::of(seen, convened, decided.topic, self.there(decided.topic), topic)?;
        let secret = convened.item(decided.topic)?.secret && topic.is_closed(decided);
        let there = self.here().chain(topic.there.iter().copied()).collect();
        let is_closed = secret && !topic.voters.is_empty();
        rules::deferring(seen, topic, &count, decided.topic, self.silent(topic, &there), is_closed)
    }

    /// Those of some people who have not voted on a topic.
    fn silent(&self, topic: &Topic, people: &BTreeSet<PersonId>) -> Silent {
        let silent = people.difference(&topic.voters);
        // Where nobody voted by name, whoever is there counts as present.
        let late = |who: &&PersonId| !topic.voters.is_empty() && !topic.there.contains(who);
        Silent {
            all: self.share(silent.clone().copied()),
            late: self.share(silent.filter(late).copied()),
        }
    }

    /// Whether there is nothing to say of how a topic was counted.
    pub fn counted_well(&self, number: u8) -> bool {
        let well = |topic: &Topic| topic.about_count.is_empty() && topic.recounts.is_empty();
        self.topics.get(&number).is_none_or(well)
    }

    /// Those who are there.
    fn here(&self) -> impl Iterator<Item = PersonId> + '_ {
        self.came.keys().copied().filter(|one| !self.gone.contains(one))
    }

    /// Those who may vote and were there for the vote on a topic; before it, who is there.
    fn there(&self, number: u8) -> Share {
        let Some(topic) = self.topics.get(&number).filter(|topic| topic.voted().heads > 0) else {
            return self.share(self.here());
        };
        let there: BTreeSet<PersonId> = if topic.voters.is_empty() {
            self.here().collect()
        } else {
            topic.there.union(&topic.voters).copied().collect()
        };
        self.share(there.into_iter()).and(topic.listed().cast())
    }

    fn share(&self, people: impl Iterator<Item = PersonId>) -> Share {
        let may_vote =
            |who: &PersonId| self.convened.as_ref().is_some_and(|it| rules::may_attend(it, *who));
        people.filter(may_vote).fold(Share::default(), |all, who| Share {
            heads: all.heads + 1,
            area: all.area + self.came.get(&who).copied().unwrap_or_default(),
        })
    }

    /// What comes before the vote on a topic.
    pub fn required(&self, number: u8) -> Option<Required> {
        self.topics.get(&number)?.required
    }

    /// Who voted on a topic.
    pub fn voters(&self, number: u8) -> impl Iterator<Item = PersonId> {
        self.topics.get(&number).into_iter().flat_map(|topic| topic.voters.iter().copied())
    }

    /// Who voted for a topic; none where that is secret.
    pub fn in_favour(&self, number: u8) -> Option<impl Iterator<Item = PersonId>> {
        let secret = self.convened.as_ref()?.item(number)?.secret;
        let topic = self.topics.get(&number).filter(|_| !secret)?;
        Some(topic.in_favour.iter().copied())
    }

    /// What the rules forbid about the way to a decision on a topic.
    pub fn findings(&self, number: u8) -> impl Iterator<Item = &Finding> {
        let topic = self.topics.get(&number).into_iter();
        let topic = topic.flat_map(|topic| {
            topic.findings.iter().chain(&topic.recounts).chain(&topic.about_count)
        });
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
