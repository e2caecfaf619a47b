//! 积分银行: every volunteer's account, double entry against the issuer, and where each point came from.

mod fold;
mod lots;
mod query;
mod rows;
#[cfg(test)]
mod tests;

pub use query::{Statement, entries, get, list, lots, total};
pub use rows::{Account, AccountId, Entry, EntryKind, Lot, NEVER};

use crate::{Half, Projection, Share, TableDef};

/// The read model *points bank*.
pub struct PointsBank;

impl Projection for PointsBank {
    const NAME: &'static str = "points_bank";
    const REVISION: u32 = 4;
    const TABLES: &'static [TableDef] =
        &[TableDef::of::<Account>(), TableDef::of::<Lot>(), TableDef::of::<Entry>()];
    const SHARE: Share = Share { half: Half::First, work: 390 };
}
