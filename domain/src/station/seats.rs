//! 任职: who sits in which group and when, and that nobody supervises themselves or their family.
//!
//! 村委会组织法 §32: members of the committees and their near relatives do not sit in the supervision
//! group; who sits for a committee in any group governs. Whichever of the two offices comes second is refused. A
//! declaration of relatives is always taken and adds to those before. Somebody in office who becomes a relative keeps the
//! office, and [`Standing`] tells every later rule of it.

use std::collections::BTreeSet;

use jiff::ToSpan;
use jiff::civil::Date;

use super::seat::Seat;
use super::{
    Appointment, Event, Group, MemberAppointed, MemberLeft, Rejection, RelativesDeclared, Station,
};
use crate::{Given, PersonId, Text};

const LARGEST_GROUP: usize = 300;
const MOST_RELATIVES: usize = 50;

/// What the person behind an account is to a station today, for rules of other streams.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Standing {
    /// The person; none where the account is nobody's in particular.
    pub person: Option<PersonId>,
    /// The groups in which they are in office.
    pub groups: Vec<Group>,
    /// The last day on which they governed: sat in the leading group, or for a committee in any. Today for
    /// who still does; none for who never did.
    pub governed_until: Option<Date>,
    /// Near relatives, whoever of the two declared it.
    pub relatives: Vec<PersonId>,
}

impl Standing {
    /// Whether they are in office in the group.
    #[must_use]
    pub fn is_in(&self, group: Group) -> bool {
        self.groups.contains(&group)
    }

    /// Whether this is the person or a near relative of theirs.
    #[must_use]
    pub fn is_close_to(&self, other: PersonId) -> bool {
        self.person == Some(other) || self.relatives.contains(&other)
    }
}

impl Station {
    /// What a person is to the station on a day; [`Standing::default`] where no person is given.
    #[must_use]
    pub fn standing(&self, person: Option<PersonId>, on: Date) -> Standing {
        let Some(one) = person else { return Standing::default() };
        let theirs = || self.seats.iter().filter(|seat| seat.member == one);
        let held = theirs().filter(|seat| seat.is_held_on(on));
        let groups: BTreeSet<Group> = held.map(|seat| seat.group).collect();
        let governing = theirs().filter(|seat| seat.governs());
        let governed_until = governing.filter_map(|seat| seat.last_held(on)).max();
        let declaring = self.relatives.iter().filter(|(_, theirs)| theirs.contains(&one));
        let mut relatives = self.relatives.get(&one).cloned().unwrap_or_default();
        relatives.extend(declaring.map(|(&other, _)| other));
        Standing {
            person,
            groups: groups.into_iter().collect(),
            governed_until,
            relatives: relatives.into_iter().collect(),
        }
    }

    /// Who is in office in a group on a day, by number. Somebody who has left is not listed, not even for days before.
    #[must_use]
    pub fn members(&self, group: Group, on: Date) -> Vec<PersonId> {
        let seats = self.seats.iter().filter(|seat| seat.group == group && seat.is_held_on(on));
        let members: BTreeSet<PersonId> = seats.map(|seat| seat.member).collect();
        members.into_iter().collect()
    }

    pub(super) fn appoint(
        &self,
        asked: Appointment,
        given: &Given<'_>,
    ) -> Result<Event, Rejection> {
        self.opened()?;
        fits_a_term(asked.from, asked.until, given)?;
        let Appointment { group, member, capacity, from, until, relatives, sealed_here } = asked;
        let relatives = others(member, relatives)?;
        let appointed = MemberAppointed {
            group,
            member,
            capacity,
            from,
            until,
            relatives,
            sealed: None,
            sealed_here,
        };
        let seat = Seat::of(&appointed);
        if seat.supervises() && seat.is_committee() {
            return Err(Rejection::CommitteeSupervises {});
        }
        for other in self.seats.iter().filter(|other| other.meets(&seat)) {
            self.may_sit_beside(&appointed, &seat, other)?;
        }
        let beside = self.seats.iter().filter(|other| other.group == group && other.meets(&seat));
        if beside.count() >= LARGEST_GROUP {
            return Err(Rejection::GroupFull { limit: LARGEST_GROUP });
        }
        Ok(Event::MemberAppointed(Box::new(appointed)))
    }

    fn may_sit_beside(
        &self,
        appointed: &MemberAppointed,
        seat: &Seat,
        other: &Seat,
    ) -> Result<(), Rejection> {
        let member = seat.member;
        if (other.member, other.group) == (member, seat.group) {
            return Err(Rejection::AlreadyAppointed { member, until: other.until });
        }
        if !seat.opposes(other) {
            return Ok(());
        }
        if other.member == member {
            return Err(Rejection::SitsOnBothSides { member, other: other.group.zh() });
        }
        if appointed.relatives.contains(&other.member) || self.are_related(member, other.member) {
            return Err(Rejection::RelativeOnOtherSide { member, relative: other.member });
        }
        Ok(())
    }

    fn are_related(&self, one: PersonId, other: PersonId) -> bool {
        let declared = |by: PersonId, whom: PersonId| {
            self.relatives.get(&by).is_some_and(|theirs| theirs.contains(&whom))
        };
        declared(one, other) || declared(other, one)
    }

    pub(super) fn leave(
        &self,
        group: Group,
        member: PersonId,
        reason: Text<200>,
        given: &Given<'_>,
    ) -> Result<Event, Rejection> {
        self.opened()?;
        let today = given.today();
        let mut seats = self.seats.iter().filter(|seat| !seat.left && seat.until >= today);
        if seats.any(|seat| (seat.group, seat.member) == (group, member)) {
            let left_on = Some(today);
            Ok(Event::MemberLeft(MemberLeft { group, member, reason, left_on }))
        } else {
            Err(Rejection::NotInGroup { member })
        }
    }

    pub(super) fn declare_relatives(
        &self,
        member: PersonId,
        relatives: Vec<PersonId>,
    ) -> Result<Event, Rejection> {
        self.opened()?;
        let relatives = others(member, relatives)?;
        Ok(Event::RelativesDeclared(RelativesDeclared { member, relatives }))
    }
}

/// A term begins within a year of today and may end on the day of the year it began on.
fn fits_a_term(from: Date, until: Date, given: &Given<'_>) -> Result<(), Rejection> {
    let today = given.today();
    let (earliest, latest) = (today.saturating_sub(1.year()), today.saturating_add(1.year()));
    if !(earliest..=latest).contains(&from) {
        return Err(Rejection::TermFarOff { earliest, latest });
    }
    if until <= from {
        return Err(Rejection::Backwards {});
    }
    let years = *given.rulebook.rules.deliberation().term_years;
    let latest = from.saturating_add(i32::from(years).years());
    if until > latest { Err(Rejection::TermTooLong { latest, years }) } else { Ok(()) }
}

/// The relatives, each once and by number.
fn others(member: PersonId, relatives: Vec<PersonId>) -> Result<Vec<PersonId>, Rejection> {
    let relatives: BTreeSet<PersonId> = relatives.into_iter().collect();
    if relatives.contains(&member) {
        return Err(Rejection::OwnRelative {});
    }
    if relatives.len() > MOST_RELATIVES {
        return Err(Rejection::TooManyRelatives { limit: MOST_RELATIVES });
    }
    Ok(relatives.into_iter().collect())
}
