//! How a store is opened.

use std::io;
use std::num::NonZeroUsize;
use std::sync::Arc;

/// Sizes of a store; the defaults suit one service on one machine.
#[derive(Clone)]
pub struct SqliteOptions {
    /// Threads that read, each with its own connection.
    pub readers: NonZeroUsize,
    /// Of how many streams the writer remembers the version.
    pub cached_streams: NonZeroUsize,
    /// Pages of 4 KiB in the write-ahead log before they are moved into the database.
    pub checkpoint_pages: u32,
    /// Bytes of the disk that are left free: with less, appends are refused as on a full one, so that what is needed to make
    /// room still has some.
    pub reserve: u64,
    /// The largest database, in pages of 4 KiB: stands in for a full disk.
    #[doc(hidden)]
    pub max_pages: Option<u32>,
    /// Called at every named point of the writer.
    #[doc(hidden)]
    pub faults: Option<Arc<dyn Faults>>,
}

impl Default for SqliteOptions {
    fn default() -> Self {
        Self {
            readers: at_least_one(2),
            cached_streams: at_least_one(100_000),
            checkpoint_pages: 4_000,
            reserve: 64 * 1024 * 1024,
            max_pages: None,
            faults: None,
        }
    }
}

fn at_least_one(n: usize) -> NonZeroUsize {
    NonZeroUsize::new(n).unwrap_or(NonZeroUsize::MIN)
}

/// A moment in the life of a group commit.
#[doc(hidden)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FaultPoint {
    /// A group is gathered; nothing of it is written.
    BeforeWrite,
    /// All rows are written, none is durable.
    BeforeCommit,
    /// The group is durable; nobody was told.
    AfterCommit,
    /// The write-ahead log is about to be moved into the database.
    BeforeCheckpoint,
}

/// Makes the writer fail, wait or die at a point, for tests.
#[doc(hidden)]
pub trait Faults: Send + Sync {
    /// An error here is taken as the engine's own at this point.
    ///
    /// # Errors
    /// Whatever the test wants.
    fn at(&self, point: FaultPoint) -> io::Result<()>;
}
