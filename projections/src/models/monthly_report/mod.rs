//! 月报: what every station did in a month, each figure with the events behind it.
//!
//! A fact counts in the month in which the log learned it, so a past month never changes.

mod counting;
mod figure;
mod fold;
mod report;
mod resolutions;
mod rows;
mod sums;
#[cfg(test)]
mod tests;

pub use figure::Figure;
pub use report::{Line, MeetingMonths, Report, entries, report};
pub use rows::{Count, Entry, Issue, Minimum, MonthHeld, Resolution, Survey};
pub use sums::{Counts, Sums, SurveyRates};

use crate::{Half, Projection, Share, TableDef};

/// The read model *monthly report*.
pub struct MonthlyReport;

impl Projection for MonthlyReport {
    const NAME: &'static str = "monthly_report";
    const REVISION: u32 = 5;
    const TABLES: &'static [TableDef] = &[
        TableDef::of::<Count>(),
        TableDef::of::<Entry>(),
        TableDef::of::<Resolution>(),
        TableDef::of::<Issue>(),
        TableDef::of::<Survey>(),
        TableDef::of::<MonthHeld>(),
        TableDef::of::<Minimum>(),
    ];
    const SHARE: Share = Share { half: Half::First, work: 300 };
}
