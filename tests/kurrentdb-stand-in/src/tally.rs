//! What a node has done since it was made.

use tokio::sync::watch;

/// What a node has done since it was made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Sockets accepted.
    pub connections: u64,
    /// Calls of Streams/Append whose events came in whole.
    pub appends: u64,
    /// Calls of Streams/Read.
    pub reads: u64,
    /// Events of reads that were handed to the transport.
    pub events_sent: u64,
    /// Calls of Gossip/Read.
    pub gossips: u64,
}

/// A tally that can be awaited.
pub(super) struct Counter(watch::Sender<Tally>);

impl Counter {
    pub fn new() -> Self {
        Self(watch::Sender::new(Tally::default()))
    }

    pub fn count(&self, what: impl FnOnce(&mut Tally)) {
        self.0.send_modify(what);
    }

    pub fn now(&self) -> Tally {
        *self.0.borrow()
    }

    pub async fn until(&self, enough: impl FnMut(&Tally) -> bool) -> Tally {
        *self.0.subscribe().wait_for(enough).await.unwrap()
    }
}
