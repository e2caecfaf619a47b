//! Reading the log and decoding it, on a thread of its own.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender};

use event_store::{EventStore, Position, Recorded};
use jiff::Timestamp;
use tokio::runtime::Handle;

use crate::{Fact, ProjectionError};

/// Events in a page.
pub(crate) const PAGE: u32 = 2_048;

/// A page of facts on its way to whoever folds it.
pub(crate) type Page = Arc<Vec<Fact>>;

/// Up to where the log is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Until {
    /// All that is there when the work begins.
    Head,
    /// The event at this position, or the last one before it.
    Position(Position),
    /// What the log had learned by this time.
    Time(Timestamp),
}

/// Where reading ends in one log.
#[derive(Debug, Clone, Copy)]
pub struct Goal {
    /// No event after this position belongs to it; an event need not stand there.
    pub position: Position,
    /// No event that was learned later belongs to it.
    pub time: Option<Timestamp>,
}

impl Goal {
    /// Whether an event belongs to what is read. After the first that does not, none does.
    #[must_use]
    pub fn holds(&self, event: &Recorded) -> bool {
        self.reaches(event.position, event.recorded_at)
    }

    pub(crate) fn reaches(&self, position: Position, recorded_at: Timestamp) -> bool {
        position <= self.position && self.time.is_none_or(|time| recorded_at <= time)
    }
}

impl Until {
    /// Where this ends in the log as it is now. Blocks: not for async code.
    ///
    /// # Errors
    /// When the log cannot be read, or ends before a position asked for.
    pub fn goal(self, store: &dyn EventStore, handle: &Handle) -> Result<Goal, ProjectionError> {
        let head = handle.block_on(store.head())?;
        match self {
            Self::Head => Ok(Goal { position: head, time: None }),
            Self::Time(time) => Ok(Goal { position: head, time: Some(time) }),
            Self::Position(asked) if asked > head => {
                Err(ProjectionError::BeyondHead { asked, head })
            }
            Self::Position(position) => Ok(Goal { position, time: None }),
        }
    }
}

/// One page of facts after `after`, not beyond the goal; empty at the goal.
pub(crate) fn page(
    store: &dyn EventStore,
    handle: &Handle,
    after: Position,
    goal: &Goal,
) -> Result<Vec<Fact>, ProjectionError> {
    if after >= goal.position {
        return Ok(Vec::new());
    }
    let page = handle.block_on(store.read_all(after, PAGE))?;
    let wanted = page.iter().take_while(|recorded| goal.holds(recorded));
    wanted.map(|recorded| Fact::read(recorded).map_err(ProjectionError::from)).collect()
}

/// Sends every listener page after page until the goal, an error, which the first one learns, or until one listens no
/// more. Pages that were folded come back to be freed here: the fold is the longer of the two works, and memory goes
/// fastest where it came from.
pub(crate) fn feed(
    store: &dyn EventStore,
    handle: &Handle,
    mut after: Position,
    goal: &Goal,
    listeners: &[SyncSender<Result<Page, ProjectionError>>],
    folded: &Receiver<Page>,
) {
    loop {
        folded.try_iter().for_each(drop);
        let facts = match page(store, handle, after, goal) {
            Ok(facts) => Arc::new(facts),
            Err(error) => {
                // Whoever does not listen any more has an error of their own to tell.
                drop(listeners.first().map(|first| first.send(Err(error))));
                return;
            }
        };
        let Some(last) = facts.last() else { return };
        after = last.position;
        if listeners.iter().any(|to| to.send(Ok(Arc::clone(&facts))).is_err()) {
            return;
        }
    }
}
