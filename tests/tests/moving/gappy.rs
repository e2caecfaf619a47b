use async_trait::async_trait;
use event_store::{
    AppendError, Appended, EventStore, Expected, Health, MemoryStore, NewEvent, Position, Recorded,
    StoreError, StreamId, Version,
};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use tokio::sync::watch;

const FIRST: u64 = 1_000;
const STEP: u64 = 37;

/// A log whose positions are as those of an engine that counts bytes: they begin somewhere and leave gaps, and it reads on
/// after an event or the start, but from nowhere else. It can be told to break after so many appends.
pub struct Gappy {
    inner: MemoryStore,
    head: watch::Sender<Position>,
    appends_left: AtomicU64,
}

impl Gappy {
    pub fn new() -> Self {
        Self::breaking_after(u64::MAX)
    }

    pub fn breaking_after(appends: u64) -> Self {
        let head = watch::Sender::new(Position::START);
        Self { inner: MemoryStore::new(), head, appends_left: AtomicU64::new(appends) }
    }

    pub fn mend(&self) {
        self.appends_left.store(u64::MAX, Ordering::Relaxed);
    }
}

fn shown(position: Position) -> Position {
    match position {
        Position::START => position,
        Position(dense) => Position(FIRST + STEP * dense),
    }
}

fn broken() -> StoreError {
    StoreError::Unreachable(Arc::new(std::io::Error::other("no answer")))
}

#[async_trait]
impl EventStore for Gappy {
    async fn append(
        &self,
        stream: &StreamId,
        expected: Expected,
        events: Vec<NewEvent>,
    ) -> Result<Appended, AppendError> {
        let take = |left: u64| left.checked_sub(1);
        if self.appends_left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, take).is_err() {
            return Err(broken().into());
        }
        let appended = self.inner.append(stream, expected, events).await?;
        self.head.send_replace(self.head().await?);
        Ok(Appended { last_position: shown(appended.last_position), ..appended })
    }

    async fn read_stream(
        &self,
        stream: &StreamId,
        after: Version,
        limit: u32,
    ) -> Result<Vec<Recorded>, StoreError> {
        let page = self.inner.read_stream(stream, after, limit).await?;
        Ok(page.into_iter().map(at_its_place).collect())
    }

    async fn read_all(&self, after: Position, limit: u32) -> Result<Vec<Recorded>, StoreError> {
        let dense = match after.0.checked_sub(FIRST) {
            None if after == Position::START => 0,
            _ if after > self.head().await? => return Ok(Vec::new()),
            Some(bytes) if bytes > 0 && bytes % STEP == 0 => bytes / STEP,
            _ => {
                let why = format!("no event stands at {after}");
                return Err(StoreError::Io(Arc::new(std::io::Error::other(why))));
            }
        };
        let page = self.inner.read_all(Position(dense), limit).await?;
        Ok(page.into_iter().map(at_its_place).collect())
    }

    async fn head(&self) -> Result<Position, StoreError> {
        Ok(shown(self.inner.head().await?))
    }

    fn watch_head(&self) -> watch::Receiver<Position> {
        self.head.subscribe()
    }

    fn health(&self) -> Health {
        Health::Writing
    }
}

fn at_its_place(event: Recorded) -> Recorded {
    Recorded { position: shown(event.position), ..event }
}
