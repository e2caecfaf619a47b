//! The log: one small port, an adapter per engine. Knows nothing of the domain.
//!
//! Read [`EventStore`] first: its comments are the contract that every adapter keeps and that one suite of
//! tests checks. [`MemoryStore`] forgets at the end of the process; [`SqliteStore`] is durable.

mod error;
mod event;
mod limits;
mod memory;
mod port;
mod sqlite;
mod stream_id;

pub use error::{AppendError, HaltCause, HaltReason, Health, Source, StoreError};
pub use event::{Appended, Expected, NewEvent, Position, Recorded, Version};
pub use limits::{MAX_BATCH, MAX_EVENT_BYTES, MAX_KIND_CHARS, MAX_PAGE_BYTES};
pub use memory::MemoryStore;
pub use port::EventStore;
pub use sqlite::{BackupError, FaultPoint, Faults, OpenError, SqliteOptions, SqliteStore};
pub use stream_id::{BadStreamId, StreamId};
