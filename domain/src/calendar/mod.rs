//! 节假日安排: working days (工作日) as the State Council announces them: weekends, holidays and 调休.
//!
//! The years up to 2026 ship with the program (`data/cn-public-holidays-2004-2026.csv`). A year that it does not know is
//! adopted when its notice comes, as a fact like any other; what was counted before is provisional until then.

mod events;
mod table;
#[cfg(test)]
mod tests;

pub use events::{Adopted, Corrected, Event};
pub use table::{BadCalendar, Calendar, Days, days_of, year_of_notice};

use std::borrow::Cow;

use jiff::civil::{Date, date};

use crate::{Aggregate, Given, Text};
use table::is_weekend;

/// The calendar in force: what ships with the program, and what the county adopted since.
#[derive(Debug, Clone)]
pub struct Holidays {
    /// Not copied before something is adopted.
    calendar: Cow<'static, Calendar>,
    adopted: Vec<(i16, Text<80>)>,
}

impl Default for Holidays {
    fn default() -> Self {
        Self { calendar: Cow::Borrowed(Calendar::shipped()), adopted: vec![] }
    }
}

/// What may be asked of the calendar.
#[derive(Debug, Clone)]
pub enum Command {
    /// 采用节假日安排; where the year is known already, `reason` says why it changes.
    Adopt {
        /// The year.
        year: i16,
        /// 文号 of the notice.
        source: Text<80>,
        /// Days off and days worked.
        days: Days,
        /// 更正原因.
        reason: Option<Text<200>>,
    },
}

refusals! {
    /// Why a notice is not adopted.
    pub enum Rejection {
        Year { first: i16, last: i16 } "calendar.year" at "year" =>
            "年份应在{first}到{last}之间。", "The year must lie between {first} and {last}.";
        OtherYear { day: Date, first: Date, last: Date } "calendar.other_year" at "off" =>
            "{day}不属于该年的安排;可列入的日期为{first}至{last}。",
            "{day} is no day of which this notice speaks; those are {first} to {last}.";
        Both { day: Date } "calendar.both" at "worked" =>
            "{day}既列为放假又列为上班;每天只能列一次。",
            "{day} is listed as off and as worked; list each day once.";
        Weekday { day: Date } "calendar.weekday" at "worked" =>
            "{day}不是周六或周日,本来就上班;调休上班日只列周六、周日。",
            "{day} is no Saturday or Sunday and is worked anyway; list only weekend days that are worked.";
        Missing { day: Date } "calendar.missing" at "off" =>
            "{day}是法定节假日,应列为放假(全国年节及纪念日放假办法§2);请列全该年的放假日。",
            "{day} is off by law (全国年节及纪念日放假办法 §2); list all days off of the year.";
        Known { year: i16 } "calendar.known" at "reason" =>
            "{year}年的安排已有,内容不同;更正请说明原因。",
            "The notice for {year} is known and says something else; a correction needs a reason.";
    }
}

/// The first year of a notice that the program takes; the shipped table begins with 2004.
const FIRST_YEAR: i16 = 2004;
/// Notices come in the autumn before their year; nobody adopts one for later than this many years from now.
const YEARS_AHEAD: i16 = 2;

impl Holidays {
    /// The calendar in force.
    #[must_use]
    pub fn calendar(&self) -> &Calendar {
        &self.calendar
    }

    /// 文号 of the notice that the county adopted last for a year; none for one that ships with the program.
    #[must_use]
    pub fn source(&self, year: i16) -> Option<&Text<80>> {
        self.adopted.iter().rev().find(|(of, _)| *of == year).map(|(_, source)| source)
    }

    fn adopt(
        &self,
        year: i16,
        source: Text<80>,
        days: Days,
        reason: Option<Text<200>>,
        given: &Given<'_>,
    ) -> Result<Vec<Event>, Rejection> {
        plausible(year, &days, given.today().year())?;
        let known = self.calendar.notice(year);
        if known.as_ref() == Some(&days) {
            return Ok(vec![]);
        }
        let Days { off, worked } = days;
        Ok(vec![match (known, reason) {
            (None, _) => Event::Adopted(Adopted { year, source, off, worked }),
            (Some(_), None) => return Err(Rejection::Known { year }),
            (Some(_), Some(reason)) => {
                Event::Corrected(Corrected { year, source, off, worked, reason })
            }
        }])
    }
}

/// Whether a notice can say this of a year: its own days only, each once, with those off that are so by law.
fn plausible(year: i16, days: &Days, this_year: i16) -> Result<(), Rejection> {
    let last = this_year.saturating_add(YEARS_AHEAD);
    if !(FIRST_YEAR..=last).contains(&year) {
        return Err(Rejection::Year { first: FIRST_YEAR, last });
    }
    let own = days_of(year);
    if let Some(&day) = days.off.iter().chain(&days.worked).find(|day| !own.contains(day)) {
        return Err(Rejection::OtherYear { day, first: *own.start(), last: *own.end() });
    }
    if let Some(&day) = days.off.intersection(&days.worked).next() {
        return Err(Rejection::Both { day });
    }
    if let Some(&day) = days.worked.iter().find(|day| !is_weekend(**day)) {
        return Err(Rejection::Weekday { day });
    }
    let by_law = [date(year, 1, 1), date(year, 5, 1), date(year, 10, 1)];
    match by_law.into_iter().find(|day| !days.off.contains(day)) {
        Some(day) => Err(Rejection::Missing { day }),
        None => Ok(()),
    }
}

impl Aggregate for Holidays {
    const CATEGORY: &'static str = "calendar";
    type Command = Command;
    type Event = Event;
    type Rejection = Rejection;

    fn decide(&self, command: Command, given: &Given<'_>) -> Result<Vec<Event>, Rejection> {
        let Command::Adopt { year, source, days, reason } = command;
        self.adopt(year, source, days, reason, given)
    }

    fn evolve(&mut self, event: &Event) {
        let (year, source, off, worked) = match event {
            Event::Adopted(adopted) => {
                (adopted.year, &adopted.source, &adopted.off, &adopted.worked)
            }
            Event::Corrected(corrected) => {
                (corrected.year, &corrected.source, &corrected.off, &corrected.worked)
            }
        };
        let days = Days { off: off.clone(), worked: worked.clone() };
        self.calendar.to_mut().take_over(year, &days);
        self.adopted.push((year, source.clone()));
    }
}
