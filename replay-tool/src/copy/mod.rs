//! Moving a whole history from one log to another, and showing that it arrived.
//!
//! A copy has the same streams, versions, ids, kinds, data, metadata and times in the same order; positions are an engine's
//! own. What the target holds must be the beginning of the source, so a copy that was cut off can be continued.

mod batch;
mod difference;
mod digest;
mod ends;
mod walk;

use event_store::{Position, Recorded};

pub use difference::Difference;
pub use digest::Digest;
pub use ends::{CopyError, Ends, Equal, Phase, Progress, Watch};

use batch::Batch;
use walk::{Met, Walk};

impl Ends<'_> {
    /// Appends to the target what it lacks, then reads and compares both ends.
    ///
    /// # Errors
    /// [`CopyError::Differs`] before anything is written where the target holds anything else than the beginning of the
    /// source. After any error the same call continues the copy.
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

    /// Appends the events that the walk has not reached yet, one append after the other, so that the order is that of the source.
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
