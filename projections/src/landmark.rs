//! Where somebody stands in a history, whichever log holds it.

use std::fmt;

use event_store::{EventStore, Position, Recorded, StoreError, StreamId, Version};
use rusqlite::Row;
use uuid::Uuid;

use crate::{Fact, column};

/// An event by what it is called in every copy of a history. A position is one log's own: moved to another engine, the
/// same event stands at another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Landmark {
    /// The stream it belongs to.
    pub stream: StreamId,
    /// Its place in that stream.
    pub version: Version,
    /// Its id.
    pub id: Uuid,
}

impl Landmark {
    /// The position that a log gives the event; none where the log does not hold it.
    ///
    /// # Errors
    /// When the log cannot be read.
    pub async fn position_in(
        &self,
        store: &dyn EventStore,
    ) -> Result<Option<Position>, StoreError> {
        let before = Version(self.version.0.saturating_sub(1));
        let page = store.read_stream(&self.stream, before, 1).await?;
        let found = page.first().filter(|event| Self::from(*event) == *self);
        Ok(found.map(|event| event.position))
    }

    /// From three columns of a row: stream, version and id. None where they are not whole.
    ///
    /// # Errors
    /// When a column holds anything else.
    pub fn read(row: &Row<'_>, first: usize) -> rusqlite::Result<Option<Self>> {
        let stream = row.get::<_, Option<String>>(first)?;
        let stream = stream.and_then(|name| StreamId::new(&name).ok());
        let version = column::read::<Option<u64>>(row, first + 1)?.map(Version);
        let id = row.get::<_, Option<String>>(first + 2)?.and_then(|id| id.parse().ok());
        let parts = stream.zip(version).zip(id);
        Ok(parts.map(|((stream, version), id)| Self { stream, version, id }))
    }
}

impl From<&Recorded> for Landmark {
    fn from(event: &Recorded) -> Self {
        Self { stream: event.stream.clone(), version: event.version, id: event.id }
    }
}

impl From<&Fact> for Landmark {
    fn from(fact: &Fact) -> Self {
        Self { stream: fact.stream.clone(), version: fact.version, id: fact.id }
    }
}

/// Stream and version: `unit-330225#3`.
impl fmt::Display for Landmark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}#{}", self.stream, self.version)
    }
}
