//! 法律意见、议定: a legal opinion comes before the vote where the rulebook asks for one, and the votes are counted when
//! everybody has voted, or whoever counts has said that the others will not.

use std::collections::BTreeSet;

use super::attend::heads;
use super::count::Floor;
use super::topic::Topic;
use super::{
    Count, CountReopened, Event, Matter, Meeting, OpinionGiven, Outcome, Rejection, Tally,
    TopicDecided,
};
use crate::{Given, PersonId, Text};

impl Meeting {
    pub(super) fn give_opinion(
        &self,
        topic: u8,
        adviser: Option<PersonId>,
        lawful: bool,
        opinion: Text<1000>,
    ) -> Result<Event, Rejection> {
        let advisers = &self.running()?.advisers;
        self.undecided(topic)?;
        let adviser = adviser.filter(|adviser| advisers.contains(adviser));
        let adviser = adviser.ok_or(Rejection::NotAnAdviser {})?;
        Ok(Event::OpinionGiven(OpinionGiven { topic, adviser, lawful, opinion }))
    }

    /// A topic that an adviser holds to be unlawful may be voted down or put off, but not adopted.
    pub(super) fn decide_topic(
        &self,
        number: u8,
        count: Count,
        given: &Given<'_>,
    ) -> Result<Event, Rejection> {
        let convened = self.begun(given)?;
        let topic = self.undecided(number)?;
        if !count.defer {
            convened.takes_vote(topic, given)?;
        }
        let (is_secret, matter) = (convened.is_secret(number), convened.matter(number));
        if count.ballots.is_some() && !is_secret {
            return Err(Rejection::OpenTopic { topic: number });
        }
        let floor = Floor::of(convened, &self.came, given)?;
        // Before its first count the box is opened for nothing else.
        let is_closed = is_secret && count.defer && !topic.counted && !topic.votes.is_empty();
        let votes = if is_secret && !is_closed {
            floor.opened(topic, count.ballots)?
        } else {
            floor.votes(topic)
        };
        let tally = floor.tally(topic, self.here(), votes);
        let (outcome, unvoted) = if count.defer {
            let stands = if is_closed {
                self.decided_by_the_box(topic, &floor, matter, &tally)
            } else {
                self.decided_by_votes(number, &floor, matter, &tally)
            };
            if stands {
                return Err(Rejection::Voted { topic: number });
            }
            (Outcome::Deferred, None)
        } else {
            let outcome = topic.decided(number, matter, &floor, &tally)?;
            (outcome, Some(self.unvoted(number, topic, count)?))
        };
        Ok(Event::TopicDecided(TopicDecided { topic: number, outcome, tally, unvoted }))
    }

    /// Whether the votes decide a topic, whatever those would say who were there and have not voted, or did so when it
    /// was counted first. Until then it may be put off.
    fn decided_by_votes(
        &self,
        number: u8,
        floor: &Floor<'_>,
        matter: Matter,
        tally: &Tally,
    ) -> bool {
        let Ok(topic) = self.topic(number) else { return false };
        let decided = topic.decided(number, matter, floor, tally);
        decided.is_ok_and(|outcome| {
            let silent = self.silent(topic);
            let late = silent.difference(&topic.there).copied().collect();
            topic.counted || !floor.could_turn(outcome, matter, tally, &silent, &late)
        })
    }

    /// The same of ballots that nobody has counted: they decide once everybody who was there has voted, unless an adviser's
    /// opinion keeps the topic from being adopted.
    fn decided_by_the_box(
        &self,
        topic: &Topic,
        floor: &Floor<'_>,
        matter: Matter,
        tally: &Tally,
    ) -> bool {
        let whoever = Tally { abstain: tally.abstain.and(floor.cast(topic)), ..*tally };
        self.silent(topic).is_empty()
            && topic.opinions.values().all(|lawful| *lawful)
            && floor.outcome(matter, &whoever).is_ok()
    }

    /// Who is there, or was there for a vote on a topic, and has not voted.
    fn silent(&self, topic: &Topic) -> BTreeSet<PersonId> {
        let there = self.here().chain(topic.there.iter().copied());
        there.filter(|one| !topic.votes.contains_key(one)).collect()
    }

    /// How many of those present have not voted; to be confirmed, unless there are none.
    fn unvoted(&self, number: u8, topic: &Topic, count: Count) -> Result<u32, Rejection> {
        let unvoted = heads(self.here().filter(|one| !topic.votes.contains_key(one)).count());
        if unvoted > 0 && !count.confirmed {
            let present = heads(self.here().count());
            return Err(Rejection::Unconfirmed { topic: number, unvoted, present });
        }
        Ok(unvoted)
    }

    pub(super) fn reopen_count(
        &self,
        topic: u8,
        reason: Text<200>,
        given: &Given<'_>,
    ) -> Result<Event, Rejection> {
        self.begun(given)?;
        match self.topic(topic)?.outcome {
            Some(_) => Ok(Event::CountReopened(CountReopened { topic, reason })),
            None => Err(Rejection::NotCounted { topic }),
        }
    }
}

impl Topic {
    fn decided(
        &self,
        topic: u8,
        matter: Matter,
        floor: &Floor<'_>,
        tally: &Tally,
    ) -> Result<Outcome, Rejection> {
        if self.is_silent() {
            return Err(Rejection::NoVotes { topic });
        }
        let outcome = floor.outcome(matter, tally)?;
        if outcome == Outcome::Adopted && self.opinions.values().any(|lawful| !lawful) {
            return Err(Rejection::Unlawful { topic });
        }
        Ok(outcome)
    }
}
