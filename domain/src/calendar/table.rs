//! Which days are worked: the table that ships with the program, and what the county adopted beside it.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;
use std::sync::LazyLock;

use jiff::civil::{Date, Weekday, date};

const SHIPPED: &str = include_str!("../../../data/cn-public-holidays-2004-2026.csv");
const HEADER: &str = "date,kind,name";
/// From this day of December on, the days belong to the notice of the year after: it has moved them (2005-12-31, 2018-12-29),
/// and no notice has ever moved the last days of its own year.
const LAST_DAYS_FROM: i8 = 24;
/// Days off by law in every year that have a fixed date, as (month, day): 元旦, 劳动节, 国庆节 (全国年节及纪念日放假办法 §2,
/// as revised on 2024-11-10).
const FIXED_DAYS: [(i8, i8); 6] = [(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)];

/// Which days are worked.
///
/// ```
/// use domain::calendar::Calendar;
/// use jiff::civil::date;
///
/// let calendar = Calendar::shipped();
/// assert!(!calendar.is_working_day(date(2021, 10, 1)), "国庆节");
/// assert!(calendar.is_working_day(date(2021, 10, 9)), "调休: a Saturday that is worked");
/// assert_eq!(calendar.plus_working_days(date(2021, 9, 30), 2), date(2021, 10, 9));
/// assert_eq!(calendar.working_days_after(date(2021, 9, 30), date(2021, 10, 9)), 2);
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Calendar {
    /// Announced days: whether each is worked.
    announced: BTreeMap<Date, bool>,
    /// Years whose notice is known.
    years: BTreeSet<i16>,
}

/// Why a holiday table is not taken. Lines count from 1, the header.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadCalendar {
    /// The first line is another.
    #[error("line 1: the header must be `{HEADER}`")]
    Header,
    /// A line with another number of fields.
    #[error("line {line}: three fields are needed, `{HEADER}`")]
    Fields {
        /// Where.
        line: usize,
    },
    /// A date that is none.
    #[error("line {line}: the date must be written YYYY-MM-DD")]
    Date {
        /// Where.
        line: usize,
    },
    /// Neither `holiday` nor `workday`.
    #[error("line {line}: the kind must be `holiday` or `workday`")]
    Kind {
        /// Where.
        line: usize,
    },
    /// A day that an earlier line already lists.
    #[error("line {line}: {date} is listed twice")]
    Twice {
        /// Where.
        line: usize,
        /// The day.
        date: Date,
    },
}

impl Calendar {
    /// The calendar that ships with the program: 2004 to 2026.
    ///
    /// # Panics
    /// Never: the table is part of the program, and a test reads it.
    #[must_use]
    pub fn shipped() -> &'static Self {
        #[expect(clippy::expect_used, reason = "embedded when compiled and read by a test")]
        static CALENDAR: LazyLock<Calendar> =
            LazyLock::new(|| Calendar::from_csv(SHIPPED).expect("the shipped calendar reads"));
        &CALENDAR
    }

    /// Reads a table `date,kind,name`: dates as YYYY-MM-DD, kind `holiday` or `workday`.
    ///
    /// # Errors
    /// Names the first line that cannot be read and what would be accepted.
    pub fn from_csv(csv: &str) -> Result<Self, BadCalendar> {
        let mut lines = csv.trim_start_matches('\u{feff}').lines();
        if lines.next().map(str::trim) != Some(HEADER) {
            return Err(BadCalendar::Header);
        }
        let mut calendar = Self::default();
        for (index, text) in lines.enumerate().filter(|(_, text)| !text.trim().is_empty()) {
            let line = index + 2;
            let (date, worked) = announced_day(text, line)?;
            if calendar.announced.insert(date, worked).is_some() {
                return Err(BadCalendar::Twice { line, date });
            }
            calendar.years.insert(year_of_notice(date));
        }
        Ok(calendar)
    }

    /// Whether the day is worked: as announced, else Monday to Friday; while the notice of its year is not known, a day that
    /// is off by law every year is not.
    #[must_use]
    pub fn is_working_day(&self, day: Date) -> bool {
        let fixed = || !self.covers(day) && FIXED_DAYS.contains(&(day.month(), day.day()));
        self.announced.get(&day).copied().unwrap_or_else(|| !is_weekend(day) && !fixed())
    }

    /// The `n`-th working day after `day`, which itself does not count; `day` where `n` is 0.
    ///
    /// "Within 10 working days of the end" (民政部令第67号 §11) ends with `plus_working_days(end, 10)`.
    /// Saturates at the last representable day, 9999-12-31.
    #[must_use]
    pub fn plus_working_days(&self, day: Date, n: u32) -> Date {
        let mut reached = day;
        let mut left = n;
        while left > 0 {
            let Ok(next) = reached.tomorrow() else {
                return reached;
            };
            reached = next;
            left -= u32::from(self.is_working_day(reached));
        }
        reached
    }

    /// How many working days lie after `from` up to and including `to`; 0 unless `to` is later.
    #[must_use]
    pub fn working_days_after(&self, from: Date, to: Date) -> u32 {
        let mut days = 0;
        let mut reached = from;
        while reached < to {
            let Ok(next) = reached.tomorrow() else { break };
            reached = next;
            days += u32::from(self.is_working_day(reached));
        }
        days
    }

    /// Whether the notice is known that says of this day whether it is worked. The last days of December belong to the notice
    /// of the year after.
    #[must_use]
    pub fn covers(&self, day: Date) -> bool {
        self.years.contains(&year_of_notice(day))
    }

    /// Whether the notices are known for every day after `from` up to and including `to`: what was counted over them stands.
    #[must_use]
    pub fn covers_all(&self, from: Date, to: Date) -> bool {
        let first = from.tomorrow().unwrap_or(from).min(to);
        (year_of_notice(first)..=year_of_notice(to)).all(|year| self.years.contains(&year))
    }

    /// The first year without a notice whose days lie after `from` up to and including `to`.
    #[must_use]
    pub fn first_year_missing(&self, from: Date, to: Date) -> Option<i16> {
        let first = from.tomorrow().unwrap_or(from).min(to);
        (year_of_notice(first)..=year_of_notice(to)).find(|year| !self.years.contains(year))
    }

    /// The years whose notices are known, without a gap, from the first that is; none where no notice is.
    #[must_use]
    pub fn known_years(&self) -> Option<RangeInclusive<i16>> {
        let first = *self.years.first()?;
        let without_gap = (first..).zip(&self.years).take_while(|(next, year)| next == *year);
        let last = without_gap.last().map_or(first, |(_, &year)| year);
        Some(first..=last)
    }

    /// The last day until which working days can be counted for certain; none where no notice is known.
    #[must_use]
    pub fn known_until(&self) -> Option<Date> {
        self.known_years().map(|years| *days_of(*years.end()).end())
    }

    /// Years whose notice is known.
    pub fn years(&self) -> impl Iterator<Item = i16> {
        self.years.iter().copied()
    }

    /// What the notice of a year says: days off and days worked; none where it is not known.
    #[must_use]
    pub fn notice(&self, year: i16) -> Option<Days> {
        self.years.contains(&year).then(|| {
            let days = || self.announced.range(days_of(year));
            let those = |worked| move |(day, is): (&Date, &bool)| (*is == worked).then_some(*day);
            Days {
                off: days().filter_map(those(false)).collect(),
                worked: days().filter_map(those(true)).collect(),
            }
        })
    }

    /// Takes over what the notice of a year says, in place of what was known of that year.
    pub fn take_over(&mut self, year: i16, days: &Days) {
        self.announced.retain(|day, _| year_of_notice(*day) != year);
        self.announced.extend(days.off.iter().map(|day| (*day, false)));
        self.announced.extend(days.worked.iter().map(|day| (*day, true)));
        self.years.insert(year);
    }
}

/// What a notice lists.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Days {
    /// 放假: days off.
    pub off: BTreeSet<Date>,
    /// 调休上班: Saturdays and Sundays that are worked.
    pub worked: BTreeSet<Date>,
}

/// The year whose notice says whether a day is worked.
#[must_use]
pub fn year_of_notice(day: Date) -> i16 {
    let last_days = day.month() == 12 && day.day() >= LAST_DAYS_FROM;
    day.year().saturating_add(i16::from(last_days))
}

/// The days of which the notice of a year may speak, in order.
#[must_use]
pub fn days_of(year: i16) -> RangeInclusive<Date> {
    let year = year.clamp(1, 9999);
    date(year - 1, 12, LAST_DAYS_FROM)..=date(year, 12, LAST_DAYS_FROM - 1)
}

/// Whether a day is a Saturday or a Sunday.
pub(super) fn is_weekend(day: Date) -> bool {
    matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday)
}

fn announced_day(text: &str, line: usize) -> Result<(Date, bool), BadCalendar> {
    let fields: Vec<&str> = text.split(',').map(str::trim).collect();
    let &[date, kind, _name] = fields.as_slice() else {
        return Err(BadCalendar::Fields { line });
    };
    // jiff also reads date-times and week dates; the table is stricter.
    let date: Date =
        date.parse().ok().filter(|_| date.len() == 10).ok_or(BadCalendar::Date { line })?;
    match kind {
        "holiday" => Ok((date, false)),
        "workday" => Ok((date, true)),
        _ => Err(BadCalendar::Kind { line }),
    }
}

#[cfg(test)]
mod tests;
