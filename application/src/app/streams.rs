//! States of streams kept between commands, one writer at a time for each stream.

use std::any::Any;
use std::collections::HashMap;
use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex, PoisonError};

use domain::{Aggregate, PersonId};
use event_store::{EventStore, Position, StreamId, Version};
use lru::LruCache;
use projections::Fact;
use tokio::sync::{Mutex as AsyncMutex, MutexGuard};
use uuid::Uuid;

use super::error::Error;

/// Streams kept in memory; the least recently used goes first.
const KEPT: NonZeroUsize = NonZeroUsize::new(20_000).unwrap();
/// Events read at once.
const PAGE: u32 = 1000;

/// One stream's state, held by whoever decides on it.
pub type Slot = Arc<tokio::sync::Mutex<Option<Box<dyn Any + Send>>>>;

/// States by stream.
pub struct Streams(Mutex<LruCache<StreamId, Slot>>);

impl Default for Streams {
    fn default() -> Self {
        Self(Mutex::new(LruCache::new(KEPT)))
    }
}

impl Streams {
    /// The slot of a stream; empty where the stream was not read yet.
    pub fn slot(&self, stream: &StreamId) -> Slot {
        let mut slots = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(slots.get_or_insert_ref(stream, Slot::default))
    }
}

/// A stream's state up to a version.
pub struct Loaded<A> {
    /// The state.
    pub state: A,
    /// Up to which version.
    pub version: Version,
    /// Where the last event taken in stands in the log.
    pub position: Position,
    /// Where each event taken in stands, to know a command that was done already.
    pub ids: HashMap<Uuid, Version>,
}

impl<A: Aggregate> Default for Loaded<A> {
    fn default() -> Self {
        Self {
            state: A::default(),
            version: Version::NONE,
            position: Position::START,
            ids: HashMap::new(),
        }
    }
}

impl<A: Aggregate> Loaded<A> {
    /// Takes in what the stream has that the state has not.
    pub async fn catch_up(
        &mut self,
        store: &dyn EventStore,
        stream: &StreamId,
    ) -> Result<(), Error> {
        loop {
            let page = store.read_stream(stream, self.version, PAGE).await?;
            if page.is_empty() {
                return Ok(());
            }
            for recorded in &page {
                let fact = Fact::read(recorded)?;
                self.take_in(recorded.id, recorded.version, fact.event);
                self.position = recorded.position;
            }
        }
    }

    /// Takes one event in.
    pub fn take_in(&mut self, id: Uuid, version: Version, event: domain::Event) {
        if let Ok(event) = A::Event::try_from(event) {
            self.state.evolve(&event);
        }
        self.version = version;
        self.ids.insert(id, version);
    }
}

const TURNS: usize = 64;

/// Whoever does something about a person waits for the others who do. A person shares a turn with few others.
#[derive(Debug)]
pub struct Turns([AsyncMutex<()>; TURNS]);

impl Default for Turns {
    fn default() -> Self {
        Self([const { AsyncMutex::const_new(()) }; TURNS])
    }
}

impl Turns {
    /// The person's turn, until it is dropped.
    pub async fn of(&self, person: PersonId) -> MutexGuard<'_, ()> {
        self.0[(person.bits() % TURNS as u64) as usize].lock().await
    }
}
