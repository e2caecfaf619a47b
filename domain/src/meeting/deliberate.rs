//! 法律意见、表决、议定: a legal opinion comes before the vote, and the votes are counted once.

use super::attend::at_least_one_at_once;
use super::count::Floor;
use super::{
    Event, Matter, Meeting, OpinionGiven, Outcome, Rejection, Tally, Topic, TopicDecided, Vote,
    VotesCast, distinct,
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

    /// Takes the whole batch of votes or refuses it whole, so that no vote is lost unnoticed.
    pub(super) fn cast_votes(
        &self,
        topic: u8,
        votes: Vec<Vote>,
        given: &Given<'_>,
    ) -> Result<Event, Rejection> {
        let convened = self.begun(given)?;
        let asked = self.undecided(topic)?;
        if asked.opinions.is_empty() {
            return Err(Rejection::NoOpinion { topic });
        }
        Floor::of(convened, &self.present, given)?.may_vote()?;
        at_least_one_at_once(votes.len())?;
        distinct(votes.iter().map(|vote| vote.member))?;
        for &Vote { member, .. } in &votes {
            if !self.present.contains_key(&member) {
                return Err(Rejection::NotPresent { member });
            }
            if asked.votes.contains_key(&member) {
                return Err(Rejection::VotedAlready { member });
            }
        }
        Ok(Event::VotesCast(VotesCast { topic, votes }))
    }

    /// Putting a topic off needs neither quorum nor votes; where the votes cast already decide, it cannot be put off. A
    /// topic that an adviser holds to be unlawful may be voted down or put off, but not adopted.
    pub(super) fn decide_topic(
        &self,
        number: u8,
        defer: bool,
        given: &Given<'_>,
    ) -> Result<Event, Rejection> {
        let convened = self.begun(given)?;
        let topic = self.undecided(number)?;
        let floor = Floor::of(convened, &self.present, given)?;
        let tally = floor.tally(&topic.votes);
        let counted = topic.counted(number, convened.matter(number), &floor, &tally);
        let outcome = match (defer, counted) {
            (false, counted) => counted?,
            (true, Ok(_)) => return Err(Rejection::Voted { topic: number }),
            (true, Err(_)) => Outcome::Deferred,
        };
        Ok(Event::TopicDecided(TopicDecided { topic: number, outcome, tally }))
    }
}

impl Topic {
    fn counted(
        &self,
        topic: u8,
        matter: Matter,
        floor: &Floor<'_>,
        tally: &Tally,
    ) -> Result<Outcome, Rejection> {
        if self.votes.is_empty() {
            return Err(Rejection::NoVotes { topic });
        }
        let outcome = floor.outcome(matter, tally)?;
        if outcome == Outcome::Adopted && self.opinions.values().any(|lawful| !lawful) {
            return Err(Rejection::Unlawful { topic });
        }
        Ok(outcome)
    }
}
