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
    /// Puts a action down.
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
mod tests {
    use jiff::civil::date;

    use super::{Agenda, at};

    #[test]
    fn deeds_come_in_the_order_of_their_time_and_not_before_it() {
        let day = date(2021, 11, 30);
        let mut agenda = Agenda::default();
        agenda.add(at(day, 14, 0), "later");
        agenda.extend([(at(day, 9, 0), "first"), (at(day, 9, 0), "with it")]);
        assert_eq!(agenda.next_before(at(day, 9, 0)), None);
        assert_eq!(
            agenda.next_before(at(day, 12, 0)),
            Some((at(day, 9, 0), vec!["first", "with it"]))
        );
        assert_eq!(agenda.next_before(at(day, 12, 0)), None);
    }

    #[test]
    fn the_wall_clock_is_eight_hours_ahead() {
        assert_eq!(at(date(2021, 11, 23), 12, 0).to_string(), "2021-11-23T04:00:00Z");
    }
}
