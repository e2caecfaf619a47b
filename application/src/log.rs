//! The event log, opened in one place.

use std::sync::Arc;
use std::time::Instant;

use async_trait::async_trait;
use event_store::{
    AppendError, Appended, EventStore, Expected, Health, NewEvent, OpenError, Place, Position,
    Recorded, StoreError, StreamId, Version,
};
use metrics::histogram;
use tokio::sync::watch;

use crate::files;

/// Name of the histogram of how long a durable append takes, by outcome.
pub const APPEND_SECONDS: &str = "yuanfa_append_seconds";

/// Opens the log at a place, its appends timed for `/metrics`. The folder of a file is made where there is none.
///
/// # Errors
/// See [`OpenError`].
pub async fn open(place: &Place) -> Result<Arc<dyn EventStore>, OpenError> {
    if let Some(folder) = place.file().as_deref().and_then(std::path::Path::parent) {
        files::create_folder(folder).map_err(|error| StoreError::Io(Arc::new(error)))?;
    }
    Ok(Arc::new(Timed(place.open().await?)))
}

/// A log whose appends are timed.
struct Timed(Arc<dyn EventStore>);

#[async_trait]
impl EventStore for Timed {
    async fn append(
        &self,
        stream: &StreamId,
        expected: Expected,
        events: Vec<NewEvent>,
    ) -> Result<Appended, AppendError> {
        let started = Instant::now();
        let appended = self.0.append(stream, expected, events).await;
        let outcome = if appended.is_ok() { "done" } else { "failed" };
        histogram!(APPEND_SECONDS, "outcome" => outcome).record(started.elapsed().as_secs_f64());
        appended
    }

    async fn read_stream(
        &self,
        stream: &StreamId,
        after: Version,
        limit: u32,
    ) -> Result<Vec<Recorded>, StoreError> {
        self.0.read_stream(stream, after, limit).await
    }

    async fn read_all(&self, after: Position, limit: u32) -> Result<Vec<Recorded>, StoreError> {
        self.0.read_all(after, limit).await
    }

    async fn head(&self) -> Result<Position, StoreError> {
        self.0.head().await
    }

    fn watch_head(&self) -> watch::Receiver<Position> {
        self.0.watch_head()
    }

    fn health(&self) -> Health {
        self.0.health()
    }
}
