//! Moving a whole history from one log to another, and showing that it arrived.
//!
//! A copy has the same streams, versions, ids, kinds, data, metadata and times in the same order; positions are an engine's
//! own. What the target holds must be how the source begins, so a copy that was cut off anywhere is gone on with.

mod batch;
mod difference;
mod digest;
mod walk;

use event_store::{AppendError, EventStore, Position, Recorded, StoreError};
use tokio::runtime::Handle;

use batch::Batch;
pub use difference::Difference;
pub use digest::Digest;
use walk::{Met, Walk};

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
    /// The target did not take an event; the same copy again goes on.
    #[error("cannot write the target")]
    Append(#[source] AppendError),
    /// They differ.
    #[error("source and target differ at event {}", .0.number)]
    Differs(Box<Difference>),
}

impl Ends<'_> {
    /// Appends to the target what it lacks, then reads and compares both ends.
    ///
    /// # Errors
    /// [`CopyError::Differs`] before anything is written where the target holds anything else than the beginning of the
    /// source. After any error the same again goes on.
    pub fn copy(&self, watch: Watch<'_>) -> Result<Equal, CopyError> {
        let goal = self.handle.block_on(self.source.head()).map_err(CopyError::Source)?;
        let mut walk = self.walk(goal)?;
        match walk.go_on(watch)? {
            Met::End => Ok(walk.equal(0)),
            Met::Only(next) => {
                let appended = self.append(next, &mut walk, watch)?;
                let mut walk = self.walk(goal)?;
                match walk.go_on(watch)? {
                    Met::End => Ok(walk.equal(appended)),
                    Met::Only(source) => Err(walk.differs(Some(source), None)),
                }
            }
        }
    }

    /// Reads and compares both ends, and writes nothing.
    ///
    /// # Errors
    /// [`CopyError::Differs`] also where the target lacks an event.
    pub fn compare(&self, watch: Watch<'_>) -> Result<Equal, CopyError> {
        let goal = self.handle.block_on(self.source.head()).map_err(CopyError::Source)?;
        let mut walk = self.walk(goal)?;
        match walk.go_on(watch)? {
            Met::End => Ok(walk.equal(0)),
            Met::Only(source) => Err(walk.differs(Some(source), None)),
        }
    }

    fn walk(&self, goal: Position) -> Result<Walk<'_>, CopyError> {
        let head = self.handle.block_on(self.target.head()).map_err(CopyError::Target)?;
        Ok(Walk::new(self, goal, head))
    }

    /// Appends what the walk has not come to yet, one append after the other, so that the order is that of the source.
    fn append(
        &self,
        first: Recorded,
        walk: &mut Walk<'_>,
        watch: Watch<'_>,
    ) -> Result<u64, CopyError> {
        let (mut next, mut events) = (Some(first), 0);
        while let Some(first) = next.take() {
            let mut batch = Batch::of(first);
            while next.is_none()
                && let Some(event) = walk.next_of_source()?
            {
                next = batch.take(event);
            }
            events += batch.len();
            let position = batch.position;
            self.handle.block_on(batch.append_to(self.target)).map_err(CopyError::Append)?;
            watch(Progress { phase: Phase::Append, position, goal: walk.goal, events });
        }
        Ok(events)
    }
}
