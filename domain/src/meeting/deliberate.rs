//! 法律意见、议定: a legal opinion comes before the vote where the rulebook asks for one, and the votes are counted when
//! everybody has voted, or whoever counts has said that the others will not.

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

    /// Putting a topic off needs neither quorum nor votes; where the votes cast already decide, it cannot be put off. A
    /// topic that an adviser holds to be unlawful may be voted down or put off, but not adopted.
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
        let floor = Floor::of(convened, &self.came, given)?;
        let votes = if convened.is_secret(number) {
            floor.opened(topic, count.ballots)?
        } else if count.ballots.is_some() {
            return Err(Rejection::OpenTopic { topic: number });
        } else {
            floor.votes(topic)
        };
        let tally = floor.tally(topic, self.here(), votes);
        let counted = topic.decided(number, convened.matter(number), &floor, &tally);
        let (outcome, unvoted) = match (count.defer, counted) {
            (false, counted) => (counted?, Some(self.unvoted(number, topic, count)?)),
            (true, Ok(_)) => return Err(Rejection::Voted { topic: number }),
            (true, Err(_)) => (Outcome::Deferred, None),
        };
        Ok(Event::TopicDecided(TopicDecided { topic: number, outcome, tally, unvoted }))
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
