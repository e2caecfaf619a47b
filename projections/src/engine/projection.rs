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
    /// Its part in a rebuild of all read models.
    const SHARE: Share;
}

/// A read model's part in a rebuild, which folds on two threads at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Share {
    /// Which thread folds it. Each has about half of the work, of volunteering as of deliberation; a test says so.
    pub half: Half,
    /// How much work it is: milliseconds of a processor, once measured on logs of a third of a million events each, of
    /// volunteering and of deliberation. Only proportions matter.
    pub work: u32,
}

/// One of the two threads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Half {
    /// The one whose file becomes the read database.
    First,
    /// The one whose tables are moved over at the end.
    Second,
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
    /// Its part in a rebuild.
    pub share: Share,
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
            share: P::SHARE,
            reads: <P as Fold<Rows<'_>>>::READS,
            apply: |fact, rows| P::apply(fact, rows),
        }
    }
}
