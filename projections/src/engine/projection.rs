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
///
/// Two events in a log, the read model *quota* folded from them, and a question to it:
///
/// ```
/// use domain::unit::{Event, HeadcountDeclared, Kind, Registered};
/// use domain::{Actor, Metadata, Text, UnitCode};
/// use event_store::{EventStore as _, Expected, MemoryStore, NewEvent, StreamId};
/// use projections::models::quota::{self, Quota};
/// use projections::{Limits, ReadModel, ReadModels, Until};
/// use uuid::Uuid;
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let now: jiff::Timestamp = "2021-11-12T09:00:00+08:00".parse()?;
/// let (town, name, kind) = (UnitCode::new("330225105")?, Text::new("墙头镇")?, Kind::Town);
/// let history: [domain::Event; 2] = [
///     Event::Registered(Registered { unit: town.clone(), name, kind, parent: None }).into(),
///     Event::HeadcountDeclared(HeadcountDeclared { headcount: 40 }).into(),
/// ];
/// let (actor, command) = (Actor::resident(), Uuid::from_u128(1));
/// let metadata = serde_json::to_vec(&Metadata { actor, command, cause: None, import: None, rulebook: 0 })?;
/// let mut events = Vec::new();
/// for (id, event) in (1..).zip(&history) {
///     let (id, kind) = (Uuid::from_u128(id), event.kind().name.to_owned());
///     let (data, metadata) = (event.encode()?, metadata.clone());
///     events.push(NewEvent { id, kind, recorded_at: now, data, metadata });
/// }
/// let (store, runtime) = (MemoryStore::new(), tokio::runtime::Runtime::new()?);
/// let stream = StreamId::new(&format!("unit-{town}"))?;
/// runtime.block_on(store.append(&stream, Expected::NoStream, events))?;
///
/// let models = [ReadModel::of::<Quota>()];
/// let mut read = ReadModels::open_with(":memory:", &models, Limits::default())?;
/// read.run_until(&store, runtime.handle(), Until::Head, &mut |_| {})?;
/// let found = quota::get(read.connection(), &town, now)?.ok_or("no such unit")?;
/// // 60 % of 40 people.
/// assert_eq!((found.unit.headcount, found.required), (40, 24));
/// # Ok(())
/// # }
/// ```
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
