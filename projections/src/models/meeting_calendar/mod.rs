//! 议事日历: every meeting with its topics and sealed minutes, and for every station the months that had one.

mod fold;
mod months;
mod query;
mod rows;
#[cfg(test)]
mod tests;
mod topics;

pub use months::{CalendarMonth, Missing, MonthState, calendar, months_without, owed};
pub use query::{Filter, Minutes, get, list, minutes};
pub use rows::{
    Correction, CountingList, Meeting, Month, Photograph, Report, Since, Status, Topic,
};

use crate::{Half, Projection, Share, TableDef};

/// The read model *meeting calendar*.
pub struct MeetingCalendar;

impl Projection for MeetingCalendar {
    const NAME: &'static str = "meeting_calendar";
    const REVISION: u32 = 4;
    const TABLES: &'static [TableDef] = &[
        TableDef::of::<Topic>(),
        TableDef::of::<Meeting>(),
        TableDef::of::<Month>(),
        TableDef::of::<Photograph>(),
        TableDef::of::<CountingList>(),
        TableDef::of::<Report>(),
        TableDef::of::<Correction>(),
        TableDef::of::<Since>(),
    ];
    const SHARE: Share = Share { half: Half::First, work: 11 };
}
