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
    /// Last day of the term.
    until: Date,
    left: Option<Left>,
}

/// That they left before the end of the term.
#[derive(Debug, Clone, Copy)]
struct Left {
    /// The day, where it is on record.
    on: Option<Date>,
}

impl Seat {
    pub(super) fn of(appointed: &MemberAppointed) -> Self {
        let &MemberAppointed { group, member, capacity, from, until, .. } = appointed;
        Self { group, member, capacity, from, until, left: None }
    }

    pub(super) fn vacate(&mut self, left: &MemberLeft) {
        if (self.group, self.member) == (left.group, left.member) {
            self.left.get_or_insert(Left { on: left.left_on });
        }
    }

    /// The last day on which they act for the group: not any more on the day on which they leave. None for who left on a day
    /// that is not on record.
    pub(super) fn acts_until(&self) -> Option<Date> {
        let Some(left) = self.left else { return Some(self.until) };
        Some(left.on?.yesterday().ok()?.min(self.until))
    }

    pub(super) fn is_held_on(&self, day: Date) -> bool {
        self.acts_until().is_some_and(|last| (self.from..=last).contains(&day))
    }

    /// The first day on which both are held.
    pub(super) fn meets(&self, other: &Self) -> Option<Date> {
        let last = self.acts_until()?.min(other.acts_until()?);
        let first = self.from.max(other.from);
        (first <= last).then_some(first)
    }

    /// Whether it is not over on a day, and nobody left it.
    pub(super) fn may_be_left(&self, day: Date) -> bool {
        self.left.is_none() && self.until >= day
    }

    /// The last day, up to this one, on which it counts as held: the day of leaving too, and the whole term where that day is
    /// not on record.
    pub(super) fn last_held(&self, by: Date) -> Option<Date> {
        let left_on = self.left.and_then(|left| left.on).unwrap_or(self.until);
        let last = left_on.min(self.until).min(by);
        (self.from <= last).then_some(last)
    }

    pub(super) fn governs(&self) -> bool {
        self.group == Group::LeadingGroup || self.capacity.is_committee()
    }

    pub(super) fn supervises(&self) -> bool {
        self.group == Group::Supervision
    }

    pub(super) fn opposes(&self, other: &Self) -> bool {
        (self.supervises() && other.governs()) || (self.governs() && other.supervises())
    }
}
