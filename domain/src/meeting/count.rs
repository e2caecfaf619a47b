//! 计票: quorum and majority of a body, in whole numbers.
//!
//! 民法典 §278: owners decide when those who take part are two thirds of all owners and have two thirds
//! of the whole area; more than half of those taking part must agree, in major matters three quarters,
//! by heads and by area alike; to take part is to vote, also by abstaining. The other bodies count heads
//! (村委会组织法 §22, §26), and there whoever is present takes part, whether voting or not.

use std::collections::BTreeMap;

use super::{Body, Choice, Convened, Matter, Outcome, Rejection, Share, Tally, place, rule};
use crate::rulebook::{BodyRule, Part};
use crate::{Given, PersonId};

/// Those who may vote and those who are there, under the body's rule.
pub(super) struct Floor<'a> {
    rule: &'a BodyRule,
    by_area: bool,
    /// Whether only who votes takes part; otherwise whoever is present does.
    by_votes: bool,
    present: &'a BTreeMap<PersonId, u64>,
    entitled: Share,
}

impl Convened {
    /// Whether area counts: only among an electorate that has some.
    pub(super) fn counts_area(&self, rule: &BodyRule) -> bool {
        rule.by_area && self.electorate.is_some()
    }

    pub(super) fn matter(&self, number: u8) -> Matter {
        let item = place(number).and_then(|place| self.agenda.get(place));
        item.map_or(Matter::Major, |item| item.matter)
    }
}

impl Tally {
    /// 参与表决: all who voted, also those who abstained.
    fn voted(&self) -> Share {
        [self.agree, self.against, self.abstain].iter().fold(Share::default(), |sum, part| Share {
            heads: sum.heads + part.heads,
            area: sum.area + part.area,
        })
    }
}

impl<'a> Floor<'a> {
    pub(super) fn of(
        convened: &Convened,
        present: &'a BTreeMap<PersonId, u64>,
        given: &Given<'a>,
    ) -> Result<Self, Rejection> {
        let rule = rule(convened.body, given)?;
        let by_area = convened.counts_area(rule);
        let entitled = match convened.electorate {
            Some(all) => Share { heads: all.heads, area: u64::from(all.area.0) },
            None => Share { heads: heads(convened.members.len()), area: 0 },
        };
        let by_votes = convened.body == Body::Owners;
        Ok(Self { rule, by_area, by_votes, present, entitled })
    }

    /// Whether a vote may begin. Where only who votes takes part, the quorum is checked when the votes are counted.
    pub(super) fn may_vote(&self) -> Result<(), Rejection> {
        if self.by_votes { Ok(()) } else { self.attended() }
    }

    /// Whether enough are there.
    pub(super) fn attended(&self) -> Result<(), Rejection> {
        let present = self.share(self.present.keys());
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
            self.attended()?;
            tally.present
        };
        let enough = self.is_met(self.rule.agreeing(matter), tally.agree, taking_part);
        Ok(if enough { Outcome::Adopted } else { Outcome::NotAdopted })
    }

    fn voted_enough(&self, voted: Share) -> Result<(), Rejection> {
        if self.is_met(self.rule.quorum, voted, self.entitled) {
            return Ok(());
        }
        let (voted, entitled) = (voted.heads, self.entitled.heads);
        Err(Rejection::TooFewVotes { voted, entitled, quorum: self.rule.quorum })
    }

    pub(super) fn tally(&self, votes: &BTreeMap<PersonId, Choice>) -> Tally {
        let of = |choice: Choice| {
            self.share(votes.iter().filter(|(_, chosen)| **chosen == choice).map(|(who, _)| who))
        };
        Tally {
            entitled: self.entitled,
            present: self.share(self.present.keys()),
            agree: of(Choice::Agree),
            against: of(Choice::Against),
            abstain: of(Choice::Abstain),
        }
    }

    fn is_met(&self, part: Part, have: Share, whole: Share) -> bool {
        part.is_met(have.heads.into(), whole.heads.into())
            && (!self.by_area || part.is_met(have.area, whole.area))
    }

    fn share<'p>(&self, people: impl Iterator<Item = &'p PersonId>) -> Share {
        people.fold(Share::default(), |share, one| Share {
            heads: share.heads + 1,
            area: share.area + self.present.get(one).copied().unwrap_or(0),
        })
    }
}

fn heads(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
