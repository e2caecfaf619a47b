//! Two logs, how far the work on them has come, and what comes of it.

use event_store::{AppendError, EventStore, Position, StoreError};
use tokio::runtime::Handle;

use super::difference::Difference;
use super::digest::Digest;

/// Two logs, of which one is to become what the other is.
pub struct Ends<'a> {
    /// The log that is read.
    pub source: &'a dyn EventStore,
    /// The log that is written.
    pub target: &'a dyn EventStore,
    /// What runs their async functions. Calls block: not for async code.
    pub handle: &'a Handle,
}

/// What is being done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// Both ends are read and compared.
    Compare,
    /// Events are appended.
    Append,
}

/// How far the work has come.
#[derive(Debug, Clone, Copy)]
pub struct Progress {
    /// What is being done.
    pub phase: Phase,
    /// The last event done with, by its position in the source.
    pub position: Position,
    /// Where the source ends.
    pub goal: Position,
    /// How many events of this phase are done.
    pub events: u64,
}

/// Hears how far the work has come.
pub type Watch<'a> = &'a mut dyn FnMut(Progress);

/// Two ends that are equal, record by record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Equal {
    /// Events in each.
    pub events: u64,
    /// How many of them were appended now.
    pub appended: u64,
    /// Over the records of the source.
    pub source: Digest,
    /// Over the records of the target.
    pub target: Digest,
    /// Where the source ended when this began; what came later is not in the target.
    pub goal: Position,
}

/// Why two ends are not equal.
#[derive(Debug, thiserror::Error)]
pub enum CopyError {
    /// The source cannot be read.
    #[error("cannot read the source")]
    Source(#[source] StoreError),
    /// The target cannot be read.
    #[error("cannot read the target")]
    Target(#[source] StoreError),
    /// The target did not take an event; the same call continues the copy.
    #[error("cannot write the target")]
    Append(#[source] AppendError),
    /// They differ.
    #[error("source and target differ at event {}", .0.number)]
    Differs(Box<Difference>),
}
