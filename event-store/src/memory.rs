//! A log in memory, for tests and trials: keeps the whole contract but durability.

use std::collections::{HashMap, HashSet};
use std::sync::{Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;
use jiff::Timestamp;
use tokio::sync::watch;
use uuid::Uuid;

use crate::admission::check_batch;
use crate::limits::{self, Page};
use crate::{
    AppendError, Appended, EventStore, Expected, Health, NewEvent, Position, Recorded, StoreError,
    StreamId, Version,
};

/// A log that ends with the process. Unbounded: it holds every event in memory.
pub struct MemoryStore {
    log: Mutex<Log>,
    head: watch::Sender<Position>,
}

#[derive(Default)]
struct Log {
    /// Every event; the one at index `i` has position `i + 1`.
    events: Vec<Recorded>,
    /// Indices into `events`, by stream and version.
    streams: HashMap<StreamId, Vec<usize>>,
    ids: HashSet<Uuid>,
}

impl Default for MemoryStore {
    fn default() -> Self {
        Self::new()
    }
}

impl MemoryStore {
    /// An empty log.
    #[must_use]
    pub fn new() -> Self {
        Self { log: Mutex::default(), head: watch::Sender::new(Position::START) }
    }

    /// No code panics while it holds the lock half-way, so a poisoned log is still a whole one.
    fn lock(&self) -> MutexGuard<'_, Log> {
        self.log.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Log {
    fn head(&self) -> Position {
        self.events.last().map_or(Position::START, |event| event.position)
    }

    fn stream(&self, stream: &StreamId) -> &[usize] {
        self.streams.get(stream).map_or(&[], Vec::as_slice)
    }

    fn append(
        &mut self,
        stream: &StreamId,
        expected: Expected,
        events: Vec<NewEvent>,
    ) -> Result<Appended, AppendError> {
        let actual = Version(self.stream(stream).len() as u64);
        if actual != expected.version() {
            return self.standing(stream, expected, &events).ok_or_else(|| AppendError::Conflict {
                stream: stream.clone(),
                expected,
                actual,
            });
        }
        if let Some(taken) = events.iter().find(|event| self.ids.contains(&event.id)) {
            return Err(AppendError::IdTaken { id: taken.id });
        }
        let mut version = actual;
        for event in events {
            version.0 += 1;
            self.push(stream, version, event);
        }
        Ok(Appended { last_version: version, last_position: self.head(), repeated: false })
    }

    /// Where the batch stands already, if it stands right after the expected version.
    fn standing(
        &self,
        stream: &StreamId,
        expected: Expected,
        events: &[NewEvent],
    ) -> Option<Appended> {
        let first = usize::try_from(expected.version().0).ok()?;
        let there = self.stream(stream).get(first..first.checked_add(events.len())?)?;
        let same = there.iter().zip(events).all(|(&at, event)| self.events[at].id == event.id);
        let last = &self.events[*there.last()?];
        same.then_some(Appended {
            last_version: last.version,
            last_position: last.position,
            repeated: true,
        })
    }

    fn push(&mut self, stream: &StreamId, version: Version, event: NewEvent) {
        // Cut to microseconds, as a durable log does.
        let cut = Timestamp::from_microsecond(limits::micros(event.recorded_at));
        let asked = cut.unwrap_or(event.recorded_at);
        let recorded_at = self.events.last().map_or(asked, |last| last.recorded_at.max(asked));
        self.ids.insert(event.id);
        self.streams.entry(stream.clone()).or_default().push(self.events.len());
        self.events.push(Recorded {
            position: Position(self.head().0 + 1),
            stream: stream.clone(),
            version,
            id: event.id,
            kind: event.kind,
            recorded_at,
            data: event.data,
            metadata: event.metadata,
        });
    }
}

fn page<'a>(events: impl Iterator<Item = &'a Recorded>, limit: u32) -> Vec<Recorded> {
    let mut page = Page::of(limit);
    let mut taken = Vec::new();
    for event in events {
        taken.push(event.clone());
        if page.full_after(event.data.len() + event.metadata.len() + event.kind.len()) {
            break;
        }
    }
    taken
}

/// The index of what follows the `after`-th thing.
fn index(after: u64) -> usize {
    usize::try_from(after).unwrap_or(usize::MAX)
}

#[async_trait]
impl EventStore for MemoryStore {
    async fn append(
        &self,
        stream: &StreamId,
        expected: Expected,
        events: Vec<NewEvent>,
    ) -> Result<Appended, AppendError> {
        check_batch(&events)?;
        let mut log = self.lock();
        let appended = log.append(stream, expected, events)?;
        self.head.send_replace(log.head());
        Ok(appended)
    }

    async fn read_stream(
        &self,
        stream: &StreamId,
        after: Version,
        limit: u32,
    ) -> Result<Vec<Recorded>, StoreError> {
        let log = self.lock();
        let rest = log.stream(stream).get(index(after.0)..).unwrap_or_default();
        Ok(page(rest.iter().map(|&at| &log.events[at]), limit))
    }

    async fn read_all(&self, after: Position, limit: u32) -> Result<Vec<Recorded>, StoreError> {
        let log = self.lock();
        Ok(page(log.events.get(index(after.0)..).unwrap_or_default().iter(), limit))
    }

    async fn head(&self) -> Result<Position, StoreError> {
        Ok(self.lock().head())
    }

    fn watch_head(&self) -> watch::Receiver<Position> {
        self.head.subscribe()
    }

    fn health(&self) -> Health {
        Health::Writing
    }
}
