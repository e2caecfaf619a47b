//! What goes wrong at a node, because a test asked for it.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tonic::Status;

use super::wire::Connections;

/// How a call ends.
#[derive(Clone, Debug)]
pub enum How {
    /// The stream of the call is reset; other calls on the connection go on.
    ResetStream,
    /// The whole connection is closed, after what was sent before is out.
    CutConnection,
    /// Nothing more ever comes.
    Silence,
    /// With this status.
    Status(Status),
    /// The body ends as if all were well, but no status is given.
    EndWithoutTrailers,
}

/// Whether an append whose answer is lost was stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stored {
    /// It was.
    Yes,
    /// It was not.
    No,
}

/// What goes wrong at a node. Each fault is counted down and then gone.
pub struct Faults {
    connections: Arc<Connections>,
    planned: Mutex<Planned>,
}

#[derive(Default)]
struct Planned {
    lost_answers: VecDeque<(Stored, How)>,
    failing_appends: VecDeque<Status>,
    breaking_reads: VecDeque<(u64, How)>,
    delay: Duration,
}

/// What becomes of an append.
pub(super) enum AppendFault {
    None,
    Fails(Status),
    LosesAnswer(Stored, How),
}

impl Faults {
    pub(super) fn new(connections: Arc<Connections>) -> Self {
        Self { connections, planned: Mutex::default() }
    }

    /// The next append gets no proper answer, whether it was stored or not. Asked several times, it is the next
    /// several appends.
    pub fn lose_answer_of_next_append(&self, stored: Stored, how: How) {
        self.planned.lock().unwrap().lost_answers.push_back((stored, how));
    }

    /// The next `n` appends are answered with a status, and nothing is stored.
    pub fn fail_next_appends(&self, n: usize, status: Status) {
        self.planned.lock().unwrap().failing_appends.extend(std::iter::repeat_n(status, n));
    }

    /// Each of the next `n` reads ends after so many events, unless it ends by itself before.
    pub fn break_next_reads(&self, n: usize, after_events: u64, how: How) {
        self.planned
            .lock()
            .unwrap()
            .breaking_reads
            .extend(std::iter::repeat_n((after_events, how), n));
    }

    /// The node neither reads nor answers any more, while its sockets stay open and new ones are accepted.
    pub fn freeze(&self) {
        self.connections.freeze(true);
    }

    /// Ends [`freeze`](Self::freeze): whatever came in meanwhile is done and answered.
    pub fn thaw(&self) {
        self.connections.freeze(false);
    }

    /// Each event of a read comes so late, until this is set to zero.
    pub fn delay_reads(&self, delay: Duration) {
        self.planned.lock().unwrap().delay = delay;
    }

    /// Nothing that was planned happens any more.
    pub fn clear(&self) {
        *self.planned.lock().unwrap() = Planned::default();
    }

    pub(super) fn next_append(&self) -> AppendFault {
        let mut planned = self.planned.lock().unwrap();
        if let Some(status) = planned.failing_appends.pop_front() {
            return AppendFault::Fails(status);
        }
        planned
            .lost_answers
            .pop_front()
            .map_or(AppendFault::None, |(stored, how)| AppendFault::LosesAnswer(stored, how))
    }

    pub(super) fn next_read(&self) -> Option<(u64, How)> {
        self.planned.lock().unwrap().breaking_reads.pop_front()
    }

    pub(super) fn delay(&self) -> Duration {
        self.planned.lock().unwrap().delay
    }
}
