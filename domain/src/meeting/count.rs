//! 计票: quorum and majority of a body, in whole numbers.
//!
//! 民法典 §278: owners decide when those who take part are two thirds of all owners and have two thirds
//! of the whole area; more than half of those taking part must agree, in major matters three quarters,
//! by heads and by area alike; to take part is to vote, also by abstaining. The other bodies count heads
//! (村民委员会组织法 §22, §26), and there whoever is present when the vote is taken takes part, whether voting or not.

use std::collections::{BTreeMap, BTreeSet};

use super::attend::heads;
use super::topic::Topic;
use super::{
    AgendaItem, Ballots, Body, Choice, Convened, Matter, Outcome, Rejection, Share, Tally, place,
    rule,
};
use crate::rulebook::{BodyRule, Part};
use crate::{Given, PersonId};

/// Those who may vote, under the body's rule.
pub(super) struct Floor<'a> {
    rule: &'a BodyRule,
    by_area: bool,
    /// Whether only who votes takes part; otherwise whoever is present does.
    by_votes: bool,
    /// The area of everybody who came.
    areas: &'a BTreeMap<PersonId, u64>,
    entitled: Share,
}

impl Convened {
    /// Whether area counts: only among an electorate that has some.
    #[must_use]
    pub fn counts_area(&self, rule: &BodyRule) -> bool {
        rule.by_area && self.electorate.is_some()
    }

    /// A topic of the agenda.
    #[must_use]
    pub fn item(&self, number: u8) -> Option<&AgendaItem> {
        self.agenda.get(place(number)?)
    }

    /// Whether everybody who was there for any votes on a topic counts. Of meetings called before calls told what they
    /// require, whoever was there for the last votes does.
    #[must_use]
    pub fn counts_all_there(&self, number: u8) -> bool {
        self.item(number).is_some_and(|item| item.required.is_some())
    }

    pub(super) fn matter(&self, number: u8) -> Matter {
        self.item(number).map_or(Matter::Major, |item| item.matter)
    }

    pub(super) fn is_secret(&self, number: u8) -> bool {
        self.item(number).is_some_and(|item| item.secret)
    }
}

impl Tally {
    fn voted(&self) -> Share {
        self.agree.and(self.against).and(self.abstain)
    }
}

impl<'a> Floor<'a> {
    pub(super) fn of(
        convened: &Convened,
        areas: &'a BTreeMap<PersonId, u64>,
        given: &Given<'a>,
    ) -> Result<Self, Rejection> {
        let rule = rule(convened.body, given)?;
        let by_area = convened.counts_area(rule);
        let entitled = match convened.electorate {
            Some(all) => Share { heads: all.heads, area: u64::from(all.area.0) },
            None => Share { heads: heads(convened.members.len()), area: 0 },
        };
        let by_votes = convened.body == Body::Owners;
        Ok(Self { rule, by_area, by_votes, areas, entitled })
    }

    /// Whether a vote may begin or go on. Where only who votes takes part, the quorum is checked when the votes are counted.
    pub(super) fn may_vote(
        &self,
        topic: &Topic,
        here: impl Iterator<Item = PersonId>,
    ) -> Result<(), Rejection> {
        if self.by_votes {
            return Ok(());
        }
        let there: BTreeSet<PersonId> = here.chain(topic.votes.keys().copied()).collect();
        self.attended(self.share(&there).and(topic.listed().cast()))
    }

    /// Whether everybody who came was enough.
    pub(super) fn came(&self) -> Result<(), Rejection> {
        self.attended(self.share(self.areas.keys()))
    }

    fn attended(&self, present: Share) -> Result<(), Rejection> {
        if self.is_met(self.rule.quorum, present, self.entitled) {
            return Ok(());
        }
        let (present, entitled) = (present.heads, self.entitled.heads);
        Err(Rejection::NoQuorum { present, entitled, quorum: self.rule.quorum })
    }

    pub(super) fn outcome(&self, matter: Matter, tally: &Tally) -> Result<Outcome, Rejection> {
        let taking_part = if self.by_votes {
            let voted = tally.voted();
            self.voted_enough(voted)?;
            voted
        } else {
            self.attended(tally.present)?;
            tally.present
        };
        let enough = self.is_met(self.rule.agreeing(matter), tally.agree, taking_part);
        Ok(if enough { Outcome::Adopted } else { Outcome::NotAdopted })
    }

    /// Whether those who have not voted could turn an outcome; the `late` of them do not count as present yet.
    pub(super) fn could_turn(
        &self,
        outcome: Outcome,
        matter: Matter,
        tally: &Tally,
        unvoted: &BTreeSet<PersonId>,
        late: &BTreeSet<PersonId>,
    ) -> bool {
        let unvoted = self.share(unvoted);
        let whole = if self.by_votes {
            tally.voted().and(unvoted)
        } else {
            tally.present.and(self.share(late))
        };
        let agreed = |agree| self.is_met(self.rule.agreeing(matter), agree, whole);
        match outcome {
            Outcome::Adopted => !agreed(tally.agree),
            Outcome::NotAdopted => {
                self.is_met(self.rule.quorum, whole, self.entitled)
                    && agreed(tally.agree.and(unvoted))
            }
            Outcome::Deferred => false,
        }
    }

    fn voted_enough(&self, voted: Share) -> Result<(), Rejection> {
        if self.is_met(self.rule.quorum, voted, self.entitled) {
            return Ok(());
        }
        let (voted, entitled) = (voted.heads, self.entitled.heads);
        Err(Rejection::TooFewVotes { voted, entitled, quorum: self.rule.quorum })
    }

    /// The votes by name and those on the lists.
    pub(super) fn votes(&self, topic: &Topic) -> Ballots {
        let of = |choice: Choice| {
            let chosen = topic.votes.iter().filter(|(_, chosen)| **chosen == Some(choice));
            self.share(chosen.map(|(who, _)| who))
        };
        let named = Ballots {
            agree: of(Choice::Agree),
            against: of(Choice::Against),
            abstain: of(Choice::Abstain),
        };
        named.and(topic.listed())
    }

    /// Who voted by name or put a ballot into the box.
    pub(super) fn cast(&self, topic: &Topic) -> Share {
        self.share(topic.votes.keys())
    }

    /// What came out of the box, as many ballots as people voted, and the lists.
    pub(super) fn opened(
        &self,
        topic: &Topic,
        ballots: Option<Ballots>,
    ) -> Result<Ballots, Rejection> {
        let voted = self.cast(topic);
        let mut ballots = ballots.unwrap_or_default();
        if !self.by_area {
            ballots.drop_area();
        }
        let counted = ballots.cast();
        if counted.heads != voted.heads || counted.area != voted.area {
            let (counted, voted) = (counted.heads, voted.heads);
            return Err(Rejection::BallotsDiffer { counted, voted });
        }
        Ok(ballots.and(topic.listed()))
    }

    /// The count. Those present are those who were there when votes were taken down, or are there now if none were.
    pub(super) fn tally(
        &self,
        topic: &Topic,
        here: impl Iterator<Item = PersonId>,
        votes: Ballots,
    ) -> Tally {
        let there: BTreeSet<PersonId> = if topic.votes.is_empty() {
            here.collect()
        } else {
            topic.there.iter().chain(topic.votes.keys()).copied().collect()
        };
        let Ballots { agree, against, abstain } = votes;
        let present = self.share(&there).and(topic.listed().cast());
        Tally { entitled: self.entitled, present, agree, against, abstain }
    }

    fn is_met(&self, part: Part, have: Share, whole: Share) -> bool {
        part.is_met(have.heads.into(), whole.heads.into())
            && (!self.by_area || part.is_met(have.area, whole.area))
    }

    fn share<'p>(&self, people: impl IntoIterator<Item = &'p PersonId>) -> Share {
        people.into_iter().fold(Share::default(), |share, one| Share {
            heads: share.heads + 1,
            area: share.area + self.areas.get(one).copied().unwrap_or(0),
        })
    }
}
