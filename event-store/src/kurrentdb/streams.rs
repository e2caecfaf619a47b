//! What is remembered of each stream: how long it is, and which ids stand where.

use std::collections::HashMap;
use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex, PoisonError};

use lru::LruCache;
use uuid::Uuid;

use super::link::Link;
use super::read;
use crate::{NewEvent, StoreError, StreamId, Version};

/// Streams remembered; the least recently used goes first.
const REMEMBERED: NonZeroUsize = NonZeroUsize::new(20_000).unwrap();
/// Events read at once.
const PAGE: u32 = 1_000;

/// One stream's memory, held by whoever appends to it.
pub(super) type Slot = Arc<tokio::sync::Mutex<Known>>;

/// Memories by stream.
pub(super) struct Streams(Mutex<LruCache<StreamId, Slot>>);

impl Default for Streams {
    fn default() -> Self {
        Self(Mutex::new(LruCache::new(REMEMBERED)))
    }
}

impl Streams {
    pub(super) fn slot(&self, stream: &StreamId) -> Slot {
        let mut slots = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(slots.get_or_insert_ref(stream, Slot::default))
    }

    /// Takes in what somebody read, so that an append need not read it again.
    pub(super) fn overhear(&self, stream: &StreamId, after: Version, ids: &[Uuid]) {
        if let Ok(mut known) = self.slot(stream).try_lock()
            && known.version == after
        {
            known.extend(ids.iter().copied());
        }
    }
}

/// A stream up to a version.
#[derive(Default)]
pub(super) struct Known {
    pub(super) version: Version,
    ids: HashMap<Uuid, Version>,
}

impl Known {
    /// Takes in what follows.
    pub(super) fn extend(&mut self, ids: impl IntoIterator<Item = Uuid>) {
        for id in ids {
            self.version.0 += 1;
            self.ids.insert(id, self.version);
        }
    }

    /// Reads on to the stream's end.
    pub(super) async fn catch_up(
        &mut self,
        link: &Link,
        stream: &StreamId,
    ) -> Result<(), StoreError> {
        loop {
            let page = read::stream(link, stream, self.version, PAGE).await?;
            if page.is_empty() {
                return Ok(());
            }
            self.extend(page.into_iter().map(|event| event.id));
        }
    }

    /// Whether the very ids of a batch stand right after a version; gives that of the last.
    pub(super) fn standing(&self, after: Version, batch: &[NewEvent]) -> Option<Version> {
        let mut version = after;
        for event in batch {
            version.0 = version.0.checked_add(1)?;
            if self.ids.get(&event.id) != Some(&version) {
                return None;
            }
        }
        Some(version)
    }

    /// An id of a batch that stands in the stream.
    pub(super) fn taken(&self, batch: &[NewEvent]) -> Option<Uuid> {
        batch.iter().map(|event| event.id).find(|id| self.ids.contains_key(id))
    }
}
