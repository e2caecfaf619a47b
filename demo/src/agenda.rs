//! 日程: what is to be done, in the order of its time, and the county's wall clock.

use std::collections::BTreeMap;

use domain::start_of_day;
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp, ToSpan};

/// Actions by the moment they are due. Those of one moment are done together, in no order.
#[derive(Debug)]
pub struct Agenda<D>(BTreeMap<Timestamp, Vec<D>>);

impl<D> Default for Agenda<D> {
    fn default() -> Self {
        Self(BTreeMap::new())
    }
}

impl<D> Agenda<D> {
    /// Puts an action down.
    pub fn add(&mut self, at: Timestamp, action: D) {
        self.0.entry(at).or_default().push(action);
    }

    /// Puts several down.
    pub fn extend(&mut self, actions: impl IntoIterator<Item = (Timestamp, D)>) {
        for (at, action) in actions {
            self.add(at, action);
        }
    }

    /// Takes the actions of the earliest moment, if it lies before `end`.
    pub fn next_before(&mut self, end: Timestamp) -> Option<(Timestamp, Vec<D>)> {
        let earliest = self.0.first_entry().filter(|entry| *entry.key() < end)?;
        Some(earliest.remove_entry())
    }
}

/// A moment on the county's wall clock (UTC+8).
#[must_use]
pub fn at(day: Date, hour: u32, minute: u32) -> Timestamp {
    after(start_of_day(day), hour * 60 + minute)
}

/// So many minutes later.
#[must_use]
pub fn after(moment: Timestamp, minutes: u32) -> Timestamp {
    moment.checked_add(SignedDuration::from_mins(i64::from(minutes))).unwrap_or(moment)
}

/// So many days later.
#[must_use]
pub fn days_after(day: Date, days: u32) -> Date {
    day.saturating_add(i64::from(days).days())
}

#[cfg(test)]
mod tests;
