//! Days of the county: UTC+8 all year, no summer time.

use std::fmt;

use jiff::{
    Timestamp, ToSpan,
    civil::Date,
    tz::{Offset, TimeZone},
};

fn zone() -> TimeZone {
    TimeZone::fixed(Offset::constant(8))
}

/// A moment as sentences tell it, by the clock of the county: `2021-11-30 12:00`, with seconds where there are any.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment(pub Timestamp);

impl From<Timestamp> for Moment {
    fn from(at: Timestamp) -> Self {
        Self(at)
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let local = Offset::constant(8).to_datetime(self.0);
        let form = if local.second() == 0 { "%F %H:%M" } else { "%F %H:%M:%S" };
        write!(f, "{}", local.strftime(form))
    }
}

/// The calendar day in the county at a moment.
#[must_use]
pub fn county_date(at: Timestamp) -> Date {
    Offset::constant(8).to_datetime(at).date()
}

/// The first moment of a day in the county.
///
/// Saturates at the ends of representable time (year ±9999), which no record reaches.
#[must_use]
pub fn start_of_day(day: Date) -> Timestamp {
    day.to_zoned(zone()).map_or(Timestamp::MAX, |zoned| zoned.timestamp())
}

/// The first moment after a day in the county: what is due "by the end of the day" is due before it.
#[must_use]
pub fn end_of_day(day: Date) -> Timestamp {
    day.tomorrow().map_or(Timestamp::MAX, start_of_day)
}

/// The day so many days later; day 0 is the day itself.
pub(crate) fn days_after(day: Date, days: u8) -> Date {
    day.saturating_add(i32::from(days).days())
}
