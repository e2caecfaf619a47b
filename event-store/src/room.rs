//! Room for what waits to be written, so that many who append at once fill no memory.

use std::sync::Arc;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::StoreError;

/// What may wait, in KiB, an append counting for one at least: more than the largest batch, and no more than memory
/// bears. Who comes later waits for room.
const KIB: u32 = 128 * 1024;

/// Room in one store.
pub(crate) struct Room(Arc<Semaphore>);

impl Room {
    pub(crate) fn new() -> Self {
        Self(Arc::new(Semaphore::new(KIB as usize)))
    }

    /// Waits until there is room for so many bytes; it is taken until the permit goes.
    pub(crate) async fn take(&self, bytes: usize) -> Result<OwnedSemaphorePermit, StoreError> {
        let kib = u32::try_from(bytes.div_ceil(1024)).unwrap_or(KIB).min(KIB);
        Arc::clone(&self.0).acquire_many_owned(kib).await.map_err(|_| StoreError::Closed)
    }

    /// Nobody gets room any more.
    pub(crate) fn close(&self) {
        self.0.close();
    }
}
