use std::time::Duration;

/// What a listener takes of its clients.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Connections open at once. One more takes the place of one that waits for its client; further clients wait in the
    /// queue of the operating system while all of them are being served.
    pub connections: usize,
    /// The head of a request is complete within this time after the connection was opened or its last answer given.
    pub head_within: Duration,
    /// Headers of one request, in number. More are answered with 431.
    pub headers: usize,
    /// Bytes of a connection that may wait to be parsed; what came in with the last of them may be as many again. A longer
    /// head is answered with 431.
    pub buffer: usize,
    /// A body has come so far as [`body_rate`](Self::body_rate) says, at any time from so long after its begin. Else
    /// whoever reads it hears an error.
    pub body_within: Duration,
    /// Bytes of a body that come at least within a second.
    pub body_rate: u64,
    /// The client takes a part of its answer within this time, however small. Else the connection is closed.
    pub write_within: Duration,
    /// Bytes that are read on of what nobody wants. More than any body that is accepted, so that whoever sends one may
    /// end before listening.
    pub drain_bytes: usize,
    /// How long what nobody wants is read on. Less than [`finish_within`](Self::finish_within), so that stopping cuts
    /// off nobody's answer.
    pub drain_within: Duration,
    /// How long running requests may take once the listener was told to stop.
    pub finish_within: Duration,
}

impl Default for Limits {
    /// What a service for a few thousand clients can bear.
    fn default() -> Self {
        Self {
            connections: 4096,
            head_within: Duration::from_secs(15),
            headers: 64,
            buffer: 64 * 1024,
            body_within: Duration::from_secs(10),
            body_rate: 1024,
            write_within: Duration::from_secs(20),
            drain_bytes: 32 * 1024 * 1024,
            drain_within: Duration::from_secs(8),
            finish_within: Duration::from_secs(10),
        }
    }
}
