//! The log: one small port, an adapter per engine. Knows nothing of the domain.
//!
//! Read [`EventStore`] first: its comments are the contract that every adapter keeps and that one suite of
//! tests checks. [`MemoryStore`] forgets at the end of the process; [`SqliteStore`] is durable; `KurrentStore` is a
//! cluster's. [`Place`] opens the one that an operator names.

mod admission;
#[cfg(feature = "contract")]
pub mod contract;
mod error;
mod event;
#[cfg(feature = "kurrentdb")]
mod kurrentdb;
mod landmark;
mod limits;
mod memory;
mod place;
mod port;
mod refused;
mod shortage;
mod sqlite;
mod stream_id;

#[cfg(feature = "kurrentdb")]
pub use self::kurrentdb::{KurrentOptions, KurrentStore, KurrentTarget};
pub use error::{AppendError, HaltCause, HaltReason, Health, Source, StoreError};
pub use event::{Appended, Expected, NewEvent, Position, Recorded, Version};
pub use landmark::Landmark;
pub use limits::{MAX_BATCH, MAX_BATCH_BYTES, MAX_EVENT_BYTES, MAX_KIND_CHARS, MAX_PAGE_BYTES};
pub use memory::MemoryStore;
pub use place::Place;
pub use port::EventStore;
pub use refused::Refused;
pub use shortage::{Shortage, free_bytes, is_shortage, shortage_of};
pub use sqlite::{
    BackupError, FaultPoint, Faults, OpenError, SqliteOptions, SqliteStore, sqlite_uri,
};
pub use stream_id::{BadStreamId, StreamId};
