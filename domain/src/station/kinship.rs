//! 近亲属: who is whose near relative, and until when.
//!
//! A declaration is always taken and adds to those before. A tie counts until the day on which its end is told, whenever it ended,
//! and a declaration after that lets it count again. Somebody else tells the end. It changes nothing about what was decided until then.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::{Event, KinshipEnded, Rejection, RelativesDeclared, Station};
use crate::{Given, PersonId};

/// Near relatives of one member, at most.
const MOST_RELATIVES: usize = 50;

/// Ties between people, whoever of the two declared them, each with the last day for which it counts where it ended.
#[derive(Debug, Clone, Default)]
pub(super) struct Kinship(BTreeMap<PersonId, BTreeMap<PersonId, Option<Date>>>);

/// Somebody near to somebody else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Relative {
    /// Who.
    pub person: PersonId,
    /// The last day for which that counts; none while they are.
    pub until: Option<Date>,
}

impl Relative {
    /// Whether they were near relatives on a day, or on one after it.
    #[must_use]
    pub fn is_since(&self, day: Date) -> bool {
        self.until.is_none_or(|until| until >= day)
    }
}

impl Kinship {
    pub(super) fn declare(&mut self, member: PersonId, relatives: &[PersonId]) {
        relatives.iter().for_each(|&relative| self.tie(member, relative, None));
    }

    pub(super) fn end(&mut self, ended: &KinshipEnded) {
        self.tie(ended.member, ended.relative, Some(ended.counts_until()));
    }

    fn tie(&mut self, one: PersonId, other: PersonId, until: Option<Date>) {
        for (who, whom) in [(one, other), (other, one)] {
            self.0.entry(who).or_default().insert(whom, until);
        }
    }

    /// Everybody who is, or was, near to somebody.
    pub(super) fn of(&self, one: PersonId) -> impl Iterator<Item = Relative> {
        let ties = self.0.get(&one).into_iter().flatten();
        ties.map(|(&person, &until)| Relative { person, until })
    }

    /// Whether two were near relatives on a day, or on one after it.
    pub(super) fn is_since(&self, one: PersonId, other: PersonId, day: Date) -> bool {
        self.of(one).any(|relative| relative.person == other && relative.is_since(day))
    }
}

impl Station {
    pub(super) fn declare_relatives(
        &self,
        member: PersonId,
        relatives: Vec<PersonId>,
    ) -> Result<Event, Rejection> {
        self.opened()?;
        let relatives = others(member, relatives)?;
        Ok(Event::RelativesDeclared(RelativesDeclared { member, relatives }))
    }

    pub(super) fn end_kinship(
        &self,
        member: PersonId,
        relative: PersonId,
        ended_on: Date,
        given: &Given<'_>,
    ) -> Result<Event, Rejection> {
        self.opened()?;
        let today = given.today();
        if ended_on > today {
            return Err(Rejection::KinshipAhead { today });
        }
        if given.actor.person.is_some_and(|person| [member, relative].contains(&person)) {
            return Err(Rejection::OwnKinship {});
        }
        let lasts = |tie: Relative| tie.person == relative && tie.until.is_none();
        if self.kinship.of(member).any(lasts) {
            let told_on = Some(today);
            Ok(Event::KinshipEnded(KinshipEnded { member, relative, ended_on, told_on }))
        } else {
            Err(Rejection::NotRelated { member, relative })
        }
    }
}

/// The relatives, each once and by number.
pub(super) fn others(
    member: PersonId,
    relatives: Vec<PersonId>,
) -> Result<Vec<PersonId>, Rejection> {
    let relatives: BTreeSet<PersonId> = relatives.into_iter().collect();
    if relatives.contains(&member) {
        return Err(Rejection::OwnRelative {});
    }
    if relatives.len() > MOST_RELATIVES {
        return Err(Rejection::TooManyRelatives { limit: MOST_RELATIVES });
    }
    Ok(relatives.into_iter().collect())
}
