//! Reading the log and decoding it, on a thread of its own.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender};

use event_store::{EventStore, Landmark, Position, Recorded};
use jiff::Timestamp;
use tokio::runtime::Handle;

use crate::engine::wanted::Wanted;
use crate::{Fact, ProjectionError};

/// Events in a page.
pub(crate) const PAGE: u32 = 2_048;

/// A page of the log on its way to whoever folds it.
#[derive(Default)]
pub(crate) struct Page {
    /// The events that are read, decoded.
    pub(crate) facts: Vec<Fact>,
    /// Where every event of the page stands, whether it is read or not.
    positions: Vec<Position>,
    /// When the log learned the last of them, and what names it.
    pub(crate) last: Option<(Timestamp, Landmark)>,
}

impl Page {
    fn of(events: &[Recorded], wanted: &Wanted) -> Result<Self, ProjectionError> {
        let facts = events.iter().filter_map(|event| wanted.read(event).transpose());
        let name = |event: &Recorded| {
            let (stream, version, id) = (event.stream.clone(), event.version, event.id);
            (event.recorded_at, Landmark { stream, version, id })
        };
        Ok(Self {
            facts: facts.collect::<Result<_, _>>()?,
            positions: events.iter().map(|event| event.position).collect(),
            last: events.last().map(name),
        })
    }

    /// The last position, if there is an event.
    pub(crate) fn end(&self) -> Option<Position> {
        self.positions.last().copied()
    }

    /// How many events stand after a position.
    pub(crate) fn events_after(&self, position: Position) -> u64 {
        let before = self.positions.partition_point(|at| *at <= position);
        (self.positions.len() - before) as u64
    }

    #[cfg(test)]
    pub(crate) fn of_facts(facts: &[Fact], wanted: &Wanted) -> Self {
        Self {
            facts: facts.iter().filter(|fact| wanted.holds(fact)).cloned().collect(),
            positions: facts.iter().map(|fact| fact.position).collect(),
            last: facts.last().map(|fact| (fact.recorded_at, fact.into())),
        }
    }
}

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

/// One page of what is wanted after `after`, not beyond the goal; empty at the goal.
pub(crate) fn page(
    store: &dyn EventStore,
    handle: &Handle,
    after: Position,
    goal: &Goal,
    wanted: &Wanted,
) -> Result<Page, ProjectionError> {
    if after >= goal.position {
        return Ok(Page::default());
    }
    let events = handle.block_on(store.read_all(after, PAGE))?;
    Page::of(&events[..events.partition_point(|event| goal.holds(event))], wanted)
}

/// Sends every listener page after page until the goal, an error, which the first one learns, or until one listens no
/// more. Pages that were folded come back to be freed here: the fold is the longer of the two works, and memory goes
/// fastest where it came from.
pub(crate) fn feed(
    store: &dyn EventStore,
    handle: &Handle,
    mut after: Position,
    goal: &Goal,
    wanted: &Wanted,
    listeners: &[SyncSender<Result<Arc<Page>, ProjectionError>>],
    folded: &Receiver<Arc<Page>>,
) {
    loop {
        folded.try_iter().for_each(drop);
        let page = match page(store, handle, after, goal, wanted) {
            Ok(page) => Arc::new(page),
            Err(error) => {
                // Whoever does not listen any more has an error of their own to tell.
                drop(listeners.first().map(|first| first.send(Err(error))));
                return;
            }
        };
        let Some(end) = page.end() else { return };
        after = end;
        if listeners.iter().any(|to| to.send(Ok(Arc::clone(&page))).is_err()) {
            return;
        }
    }
}
