//! 任职: who sits in which group and when, and that nobody supervises themselves or their family.
//!
//! After 村民委员会组织法 §32: members of the committees and their near relatives do not sit in the supervision
//! group; who sits for a committee in any group governs. Whichever of the two offices comes second is refused. Somebody in
//! office who becomes a relative keeps the office, and [`Standing`] tells every later rule of it. Who left counts until then.

use std::collections::BTreeSet;

use jiff::ToSpan;
use jiff::civil::Date;

use super::kinship::{Relative, others};
use super::seat::Seat;
use super::{Appointment, Event, Group, MemberAppointed, MemberLeft, Rejection, Station};
use crate::meeting::Body;
use crate::{Given, PersonId, Text};

/// Members of one group, at most.
pub(super) const LARGEST_GROUP: usize = 300;

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
    /// The same of their near relatives, as far as they were near then: the latest of those days.
    pub kin_governed_until: Option<Date>,
    /// Near relatives, also those who are not any more, whoever of the two declared it.
    pub relatives: Vec<Relative>,
}

impl Standing {
    /// Whether they are in office in the group.
    #[must_use]
    pub fn is_in(&self, group: Group) -> bool {
        self.groups.contains(&group)
    }

    /// Whether they call a body together: the council, who is in office in the leading group (基层援法议事工作方案 三(五)).
    ///
    /// # Errors
    /// When others have to call it.
    pub fn calls(&self, body: Body) -> Result<(), Rejection> {
        match body {
            Body::Council if !self.is_in(Group::LeadingGroup) => Err(Rejection::CalledByOthers {}),
            Body::Council | Body::Villagers | Body::Representatives | Body::Owners => Ok(()),
        }
    }

    /// Whether this is the person, or was a near relative of theirs on a day or after it.
    #[must_use]
    pub fn is_close_to(&self, other: PersonId, since: Date) -> bool {
        let mut relatives = self.relatives.iter();
        self.person == Some(other)
            || relatives.any(|one| one.person == other && one.is_since(since))
    }
}

impl Station {
    /// What a person is to the station on a day; [`Standing::default`] where no person is given.
    #[must_use]
    pub fn standing(&self, person: Option<PersonId>, on: Date) -> Standing {
        let Some(one) = person else { return Standing::default() };
        let held = self.seats.iter().filter(|seat| seat.member == one && seat.is_held_on(on));
        let groups: BTreeSet<Group> = held.map(|seat| seat.group).collect();
        let relatives: Vec<Relative> = self.kinship.of(one).collect();
        let of_kin = relatives.iter().filter_map(|kin| {
            let by = kin.until.map_or(on, |until| until.min(on));
            self.governed_until(kin.person, by)
        });
        Standing {
            person,
            groups: groups.into_iter().collect(),
            governed_until: self.governed_until(one, on),
            kin_governed_until: of_kin.max(),
            relatives,
        }
    }

    /// The last day, up to this one, on which somebody governed.
    fn governed_until(&self, person: PersonId, by: Date) -> Option<Date> {
        let governing = self.seats.iter().filter(|seat| seat.member == person && seat.governs());
        governing.filter_map(|seat| seat.last_held(by)).max()
    }

    /// Who is in office in a group on a day, by number. Somebody who left is listed for the days before; where the day of
    /// leaving is not on record, for none.
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
        if asked.group == Group::Supervision && asked.capacity.is_committee() {
            return Err(Rejection::CommitteeSupervises {});
        }
        self.rests_on_election(&asked, given)?;
        let Appointment { group, member, capacity, from, until, election, relatives, sealed_here } =
            asked;
        let relatives = others(member, relatives)?;
        let appointed = MemberAppointed {
            group,
            member,
            capacity,
            from,
            until,
            election,
            relatives,
            sealed: None,
            sealed_here,
        };
        let seat = Seat::of(&appointed);
        let beside = self.seats.iter().filter_map(|other| Some((other, other.meets(&seat)?)));
        for (other, first) in beside.clone() {
            self.may_sit_beside(&appointed, other, first)?;
        }
        if beside.filter(|(other, _)| other.group == group).count() >= LARGEST_GROUP {
            return Err(Rejection::GroupFull { limit: LARGEST_GROUP });
        }
        Ok(Event::MemberAppointed(Box::new(appointed)))
    }

    /// Whether an appointment may stand beside a seat that is held on the same days, from a first day on.
    fn may_sit_beside(
        &self,
        appointed: &MemberAppointed,
        other: &Seat,
        first: Date,
    ) -> Result<(), Rejection> {
        let (seat, member) = (Seat::of(appointed), appointed.member);
        if (other.member, other.group) == (member, seat.group) {
            let until = other.acts_until().unwrap_or(first);
            return Err(Rejection::AlreadyAppointed { member, until });
        }
        if !seat.opposes(other) {
            return Ok(());
        }
        if other.member == member {
            return Err(Rejection::SitsOnBothSides { member, other: other.group });
        }
        if appointed.relatives.contains(&other.member)
            || self.kinship.is_since(member, other.member, first)
        {
            return Err(Rejection::RelativeOnOtherSide { member, relative: other.member });
        }
        Ok(())
    }

    pub(super) fn leave(
        &self,
        group: Group,
        member: PersonId,
        reason: Text<200>,
        given: &Given<'_>,
    ) -> Result<Event, Rejection> {
        self.opened()?;
        if group == Group::Supervision {
            self.independent(given)?;
        }
        let today = given.today();
        let mut seats = self.seats.iter().filter(|seat| seat.may_be_left(today));
        if seats.any(|seat| (seat.group, seat.member) == (group, member)) {
            let left_on = Some(today);
            Ok(Event::MemberLeft(MemberLeft { group, member, reason, left_on }))
        } else {
            Err(Rejection::NotInGroup { member })
        }
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
    ends_in_time(from, until, given)
}

/// Refuses a last day beyond the years of a term that begins on a day.
pub(super) fn ends_in_time(from: Date, until: Date, given: &Given<'_>) -> Result<(), Rejection> {
    let years = *given.rulebook.rules.deliberation().term_years;
    let latest = from.saturating_add(i32::from(years).years());
    if until > latest { Err(Rejection::TermTooLong { latest, years }) } else { Ok(()) }
}
