//! 监督工作清单: what waits for whom, since when, and until when it should be done.

mod fold;
mod issues;
mod query;
mod resolutions;
mod rows;
#[cfg(test)]
mod tests;

pub use query::{Filter, list};
pub use rows::{Figures, Issue, Kind, Resolution, Task, WaitsFor};

use crate::Projection;
use crate::table::TableDef;

/// The read model *supervision worklist*.
pub struct SupervisionWorklist;

impl Projection for SupervisionWorklist {
    const NAME: &'static str = "supervision_worklist";
    const REVISION: u32 = 1;
    const TABLES: &'static [TableDef] = &[
        TableDef::of::<Task>(),
        TableDef::of::<Resolution>(),
        TableDef::of::<Issue>(),
        TableDef::of::<Figures>(),
    ];
}
