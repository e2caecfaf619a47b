//! What an append passes before an adapter takes it up: the limits of a batch, and a budget of memory for what waits to be
//! written.

use std::collections::HashSet;
use std::sync::Arc;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::limits::{EVENT_OVERHEAD, MAX_BATCH, MAX_BATCH_BYTES, MAX_EVENT_BYTES, MAX_KIND_CHARS};
use crate::{AppendError, NewEvent, StoreError};

/// Refuses a batch that no store may take. Gives the bytes that the batch weighs.
pub(crate) fn check_batch(events: &[NewEvent]) -> Result<usize, AppendError> {
    if events.is_empty() {
        return Err(AppendError::Empty);
    }
    if events.len() > MAX_BATCH {
        return Err(AppendError::TooMany { got: events.len() });
    }
    let mut ids = HashSet::with_capacity(events.len());
    let (mut bytes, mut payload) = (0, 0);
    for event in events {
        let chars = event.kind.chars().count();
        if chars == 0 || chars > MAX_KIND_CHARS {
            return Err(AppendError::BadKind { chars });
        }
        let got = event.data.len() + event.metadata.len();
        if got > MAX_EVENT_BYTES {
            let kind = event.kind.clone();
            return Err(AppendError::TooLarge { limit: MAX_EVENT_BYTES, got, kind });
        }
        if !ids.insert(event.id) {
            return Err(AppendError::IdTaken { id: event.id });
        }
        payload += got;
        bytes += got + event.kind.len() + EVENT_OVERHEAD;
    }
    if payload > MAX_BATCH_BYTES {
        return Err(AppendError::BatchTooLarge { limit: MAX_BATCH_BYTES, got: payload });
    }
    Ok(bytes)
}

/// What may wait to be written in one store, in KiB: more than the largest batch, and no more than memory bears. An append
/// counts for one at least.
const KIB: u32 = 128 * 1024;

/// The bytes of the appends that wait to be written in one store. Who finds it spent waits.
pub(crate) struct AppendBudget(Arc<Semaphore>);

impl AppendBudget {
    pub(crate) fn new() -> Self {
        Self(Arc::new(Semaphore::new(KIB as usize)))
    }

    /// Waits until so many bytes are free; they are reserved until the permit goes.
    pub(crate) async fn reserve(&self, bytes: usize) -> Result<OwnedSemaphorePermit, StoreError> {
        let kib = u32::try_from(bytes.div_ceil(1024)).unwrap_or(KIB).min(KIB);
        Arc::clone(&self.0).acquire_many_owned(kib).await.map_err(|_| StoreError::Closed)
    }

    /// From now on everybody who waits or comes is told that the store is closed.
    pub(crate) fn close(&self) {
        self.0.close();
    }
}
