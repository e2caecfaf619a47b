//! 问题登记簿: every issue that was entered in a station's register, and what became of it.

mod fold;
mod query;
mod rows;
#[cfg(test)]
mod tests;

pub use query::{Entry, Filter, entry, get, list};
pub use rows::{Backfill, Issue, Photograph, Solution, Year};

use crate::{Half, Projection, Share, TableDef};

/// The read model *issue register*.
pub struct IssueRegister;

impl Projection for IssueRegister {
    const NAME: &'static str = "issue_register";
    const REVISION: u32 = 5;
    const TABLES: &'static [TableDef] =
        &[TableDef::of::<Issue>(), TableDef::of::<Photograph>(), TableDef::of::<Year>()];
    const SHARE: Share = Share { half: Half::Second, work: 2 };
}
