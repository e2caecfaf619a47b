//! 工作站名册: every station, how it stands with the five (五有), who sits in its groups, and what it added to the list.

mod fold;
mod query;
mod rows;
#[cfg(test)]
mod tests;

pub use query::{Filter, elected, evidence, get, holders, list, members, topics};
pub use rows::{Elected, ItemEvidence, Member, Station, Topic};

use crate::{Half, Projection, Share, TableDef};

/// The read model *station board*.
pub struct StationBoard;

impl Projection for StationBoard {
    const NAME: &'static str = "station_board";
    const REVISION: u32 = 6;
    const TABLES: &'static [TableDef] = &[
        TableDef::of::<Station>(),
        TableDef::of::<Member>(),
        TableDef::of::<Elected>(),
        TableDef::of::<ItemEvidence>(),
        TableDef::of::<Topic>(),
    ];
    const SHARE: Share = Share { half: Half::Second, work: 3 };
}
