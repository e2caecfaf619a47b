//! One node, apart from its sockets: what it is to be, what is to go wrong, what it has done.

use std::sync::Arc;

use tokio::sync::watch;
use tonic::Status;

use super::faults::Faults;
use super::refusals;
use super::shared::{Leader, Shared};
use super::tls::Tls;

/// How a server is to be.
#[derive(Clone, Debug)]
pub struct Options {
    /// Names and passwords of those who may call. Empty, everybody may.
    pub users: Vec<(String, String)>,
    /// Certificates, for connections that are secured.
    pub tls: Option<Tls>,
    /// Whether the server writes events of its own now and then, as the real one does.
    pub slip_in_system_events: bool,
    /// Whether the kernel acknowledges what came in as late as it likes, as between real machines. The official client
    /// leaves Nagle's algorithm on and sends an append in several pieces, so each takes 40 ms then.
    pub acknowledges_late: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self { users: Vec::new(), tls: None, slip_in_system_events: true, acknowledges_late: false }
    }
}

impl Options {
    /// With one user more.
    #[must_use]
    pub fn user(mut self, name: &str, password: &str) -> Self {
        self.users.push((name.to_owned(), password.to_owned()));
        self
    }

    /// With connections that are secured.
    #[must_use]
    pub fn tls(mut self, tls: Tls) -> Self {
        self.tls = Some(tls);
        self
    }
}

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

/// One node, apart from its sockets.
pub(super) struct NodeState {
    pub number: usize,
    pub shared: Arc<Shared>,
    pub options: Options,
    pub faults: Faults,
    pub counter: Counter,
}

impl NodeState {
    pub fn check_leader(&self) -> Result<(), Status> {
        match self.shared.leader(self.number) {
            Leader::Me => Ok(()),
            Leader::Other(address) => Err(refusals::not_leader(address)),
            Leader::Nobody => Err(refusals::no_leader()),
        }
    }

    /// A follower hands appends on to the leader, if there is one.
    pub fn check_writable(&self) -> Result<(), Status> {
        match self.shared.leader(self.number) {
            Leader::Me | Leader::Other(_) => Ok(()),
            Leader::Nobody => Err(refusals::not_ready()),
        }
    }
}
