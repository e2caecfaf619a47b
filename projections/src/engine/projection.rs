//! What a read model is to the runner.

use domain::Category;

use super::fact::Fact;
use super::fold::Fold;
use super::rows::Rows;
use super::table::TableDef;

/// A read model: its tables and the [`Fold`] that fills them.
///
/// The fold reads and writes its own tables only, knows no clock, and cannot fail: the same facts in the same order give
/// the same rows, however they are cut into batches.
pub trait Projection: for<'a> Fold<Rows<'a>> {
    /// Its name.
    const NAME: &'static str;
    /// Raised by whoever changes the tables or the fold: the rows are then rebuilt beside the old ones and swapped.
    const REVISION: u32;
    /// Its tables.
    const TABLES: &'static [TableDef];
}

/// A projection as a value.
#[derive(Debug, Clone, Copy)]
pub struct ReadModel {
    /// Its name.
    pub name: &'static str,
    /// Its revision.
    pub revision: u32,
    /// Its tables.
    pub tables: &'static [TableDef],
    /// The aggregates its fold reads.
    pub reads: &'static [Category],
    /// Its fold.
    pub apply: fn(&Fact, &mut Rows<'_>),
}

impl ReadModel {
    /// The read model of this projection.
    #[must_use]
    pub const fn of<P: Projection>() -> Self {
        Self {
            name: P::NAME,
            revision: P::REVISION,
            tables: P::TABLES,
            reads: <P as Fold<Rows<'_>>>::READS,
            apply: |fact, rows| P::apply(fact, rows),
        }
    }
}
