//! How patient a store is.

use std::time::Duration;

/// Times of a store; the defaults suit a cluster in one town.
#[derive(Debug, Clone, Copy)]
pub struct KurrentOptions {
    /// How long one try waits for an answer, or for the next event of a page, before the connection counts as dead.
    pub attempt: Duration,
    /// How long a call tries again before it says that the log cannot be reached. Long enough to elect a leader.
    pub patience: Duration,
    /// How often the log is asked for what other nodes have appended.
    pub look_out: Duration,
}

impl Default for KurrentOptions {
    fn default() -> Self {
        Self {
            attempt: Duration::from_secs(10),
            patience: Duration::from_secs(20),
            look_out: Duration::from_millis(100),
        }
    }
}
