//! Where somebody stands in a history, whichever log holds it.

use std::fmt;

use uuid::Uuid;

use crate::{EventStore, Position, Recorded, StoreError, StreamId, Version};

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
    /// The event as a log holds it; none where the log does not.
    ///
    /// # Errors
    /// When the log cannot be read.
    pub async fn found_in(&self, store: &dyn EventStore) -> Result<Option<Recorded>, StoreError> {
        let before = Version(self.version.0.saturating_sub(1));
        let page = store.read_stream(&self.stream, before, 1).await?;
        Ok(page.into_iter().next().filter(|event| Self::from(event) == *self))
    }

    /// The position that a log gives the event; none where the log does not hold it.
    ///
    /// # Errors
    /// When the log cannot be read.
    pub async fn position_in(
        &self,
        store: &dyn EventStore,
    ) -> Result<Option<Position>, StoreError> {
        Ok(self.found_in(store).await?.map(|event| event.position))
    }
}

impl From<&Recorded> for Landmark {
    fn from(event: &Recorded) -> Self {
        Self { stream: event.stream.clone(), version: event.version, id: event.id }
    }
}

/// Stream and version: `unit-330225#3`.
impl fmt::Display for Landmark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}#{}", self.stream, self.version)
    }
}
