//! Counting the log, so that read models that have seen another number of events are found.

use std::time::{Duration, Instant};

use event_store::{EventStore, Position, StoreError};

/// Events counted at once.
const PAGE: u32 = 4096;
/// How long one request counts; the next goes on from there.
const COUNTING: Duration = Duration::from_secs(2);

/// How many events the log holds up to a position, counted on as the log grows.
#[derive(Debug, Default, Clone, Copy)]
pub struct Tally {
    position: Position,
    events: u64,
}

impl Tally {
    /// Counts on towards a position; stops when time is over.
    pub async fn reach(
        &mut self,
        store: &dyn EventStore,
        goal: Position,
    ) -> Result<(), StoreError> {
        if goal < self.position {
            *self = Self::default();
        }
        let started = Instant::now();
        while self.position < goal && started.elapsed() < COUNTING {
            let page = store.read_all(self.position, PAGE).await?;
            let within = page.partition_point(|event| event.position <= goal);
            self.events += within as u64;
            let Some(last) = page[..within].last() else { break };
            self.position = last.position;
        }
        Ok(())
    }

    /// How many events there are up to a position; none when the count stands elsewhere.
    pub fn events_up_to(&self, position: Position) -> Option<u64> {
        (self.position == position).then_some(self.events)
    }
}

#[cfg(test)]
mod tests;
