//! 计票: quorum and majority of a body, in whole numbers.
//!
//! 民法典 §278: owners decide when those who take part are two thirds of all owners and have two thirds
//! of the whole area; more than half of those taking part must agree, in major matters three quarters,
//! by heads and by area alike. Bodies with members count heads (村委会组织法 §22, §26). Who is present
//! takes part, whether voting or not.

use std::collections::BTreeMap;

use super::convene::rule;
use super::{Choice, Convened, Matter, Outcome, Rejection, Share, Tally, place};
use crate::rulebook::{BodyRule, Part};
use crate::{Given, PersonId};

/// Those who may vote and those who are there, under the body's rule.
pub(super) struct Floor<'a> {
    rule: &'a BodyRule,
    by_area: bool,
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
        Ok(Self { rule, by_area, present, entitled })
    }

    pub(super) fn quorum(&self) -> Result<(), Rejection> {
        let present = self.share(self.present.keys());
        if self.is_met(self.rule.quorum, present, self.entitled) {
            return Ok(());
        }
        let (present, entitled) = (present.heads, self.entitled.heads);
        Err(Rejection::NoQuorum { present, entitled, quorum: self.rule.quorum })
    }

    pub(super) fn outcome(&self, matter: Matter, agree: Share) -> Outcome {
        let present = self.share(self.present.keys());
        let enough = self.is_met(self.rule.agreeing(matter), agree, present);
        if enough { Outcome::Adopted } else { Outcome::NotAdopted }
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
