//! 执行台账: every resolution with its notice, its execution and what supervision found.

mod fold;
mod query;
mod rows;
mod steps;
#[cfg(test)]
mod tests;

pub use query::{Entry, Filter, get, list, objection_texts};
pub use rows::{ObjectionText, Resolution};
pub use steps::{Step, StepKind};

use crate::{Half, Projection, Share, TableDef};

/// The read model *execution ledger*.
pub struct ExecutionLedger;

impl Projection for ExecutionLedger {
    const NAME: &'static str = "execution_ledger";
    const REVISION: u32 = 5;
    const TABLES: &'static [TableDef] =
        &[TableDef::of::<Resolution>(), TableDef::of::<ObjectionText>()];
    const SHARE: Share = Share { half: Half::First, work: 409 };
}
