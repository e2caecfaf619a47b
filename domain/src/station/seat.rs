use jiff::civil::Date;

use super::events::{Capacity, Group, MemberAppointed, MemberLeft};
use crate::PersonId;

/// Somebody's place in a group for a term.
#[derive(Debug, Clone)]
pub(super) struct Seat {
    pub(super) group: Group,
    pub(super) member: PersonId,
    pub(super) capacity: Capacity,
    pub(super) from: Date,
    /// Last day of the term, or the day on which the member left.
    pub(super) until: Date,
    pub(super) left: bool,
}

impl Seat {
    pub(super) fn of(appointed: &MemberAppointed) -> Self {
        let &MemberAppointed { group, member, capacity, from, until, .. } = appointed;
        Self { group, member, capacity, from, until, left: false }
    }

    /// Ends the seat on the day of leaving; at the end of the term where that day is not on record.
    pub(super) fn vacate(&mut self, left: &MemberLeft) {
        if !self.left && (self.group, self.member) == (left.group, left.member) {
            self.left = true;
            self.until = left.left_on.map_or(self.until, |day| day.min(self.until));
        }
    }

    pub(super) fn is_held_on(&self, day: Date) -> bool {
        !self.left && (self.from..=self.until).contains(&day)
    }

    pub(super) fn meets(&self, other: &Self) -> bool {
        !self.left && self.from <= other.until && other.from <= self.until
    }

    /// The last day, up to this one, on which it was held.
    pub(super) fn last_held(&self, by: Date) -> Option<Date> {
        let last = self.until.min(by);
        (self.from <= last).then_some(last)
    }

    pub(super) fn is_committee(&self) -> bool {
        matches!(self.capacity, Capacity::BranchSecretary | Capacity::CommitteeMember)
    }

    pub(super) fn governs(&self) -> bool {
        self.group == Group::LeadingGroup || self.is_committee()
    }

    pub(super) fn supervises(&self) -> bool {
        self.group == Group::Supervision
    }

    pub(super) fn opposes(&self, other: &Self) -> bool {
        (self.supervises() && other.governs()) || (self.governs() && other.supervises())
    }
}
