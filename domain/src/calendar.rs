//! Working days (工作日) as the State Council announces them: weekends, holidays and 调休.
//!
//! The table is data (`data/cn-public-holidays-2004-2026.csv`): a new year needs rows, not code.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use jiff::civil::{Date, Weekday};

const SHIPPED: &str = include_str!("../../data/cn-public-holidays-2004-2026.csv");
const HEADER: &str = "date,kind,name";

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
            calendar.years.insert(date.year());
        }
        Ok(calendar)
    }

    /// Whether the day is worked: as announced, else Monday to Friday.
    #[must_use]
    pub fn is_working_day(&self, day: Date) -> bool {
        let weekend = matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
        self.announced.get(&day).copied().unwrap_or(!weekend)
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

    /// Whether the table knows the year of this day; if not, only weekends are known.
    #[must_use]
    pub fn covers(&self, day: Date) -> bool {
        self.years.contains(&day.year())
    }
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
