//! The log as this store has seen it, and who looks out for what other nodes append.
//!
//! Looking out is asking again, ten times a second: the client's own subscription never ends, and never rests, once a
//! server ends it without an error. A look costs the position of KurrentDB's newest event; only where that moved is our
//! log read on, from where it was read to – which need not be an event of ours, so that what others write to the same
//! database is passed over once.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::{Notify, watch};

use super::frame::Stored;
use super::link::Link;
use super::times::Ends;
use super::{read, times};
use crate::{Position, StoreError};

/// Events read at once.
const PAGE: u32 = 4_096;
/// The least pause between two looks, so that many appends are read on together.
const BREATH: Duration = Duration::from_millis(5);
/// The longest pause after a failure.
const LONGEST_PAUSE: Duration = Duration::from_secs(5);

/// The log and how far it is known.
pub(super) struct Log {
    pub(super) link: Link,
    head: watch::Sender<Position>,
    seen: Mutex<Seen>,
    pub(super) ends: Ends,
    /// The head moved: there is something to read at once.
    moved: Notify,
}

/// How far the log was read, and the latest time up to there.
#[derive(Debug, Clone, Copy)]
pub(super) struct Seen {
    pub(super) position: Position,
    pub(super) at: i64,
}

impl Log {
    /// Finds out where the log stands.
    pub(super) async fn open(link: Link) -> Result<Self, StoreError> {
        let newest = read::newest(&link).await?;
        let (head, at) = match read::last(&link).await? {
            None => (Position::START, i64::MIN),
            Some(last) => (last.position, times::of_event(&link, &last).await?),
        };
        let seen = Seen { position: newest.max(head), at };
        Ok(Self {
            link,
            head: watch::Sender::new(head),
            seen: Mutex::new(seen),
            ends: Ends::default(),
            moved: Notify::new(),
        })
    }

    pub(super) fn watch(&self) -> watch::Receiver<Position> {
        self.head.subscribe()
    }

    /// Asks where the log ends.
    pub(super) async fn find_head(&self) -> Result<Position, StoreError> {
        let last = read::last(&self.link).await?;
        self.reached(last.map_or(Position::START, |last| last.position));
        Ok(*self.head.borrow())
    }

    /// The events after a position.
    pub(super) async fn page(
        &self,
        after: Position,
        limit: u32,
    ) -> Result<Vec<Stored>, StoreError> {
        let mut head = *self.head.borrow();
        if after == head && after > Position::START {
            return read::beyond(&self.link, after, limit).await;
        }
        if after >= head {
            head = self.find_head().await?;
        }
        if after >= head {
            return Ok(Vec::new());
        }
        read::all(&self.link, after, limit, head).await
    }

    /// An event stands at this position.
    pub(super) fn reached(&self, position: Position) {
        let moved = self.head.send_if_modified(|head| {
            let moved = position > *head;
            *head = position.max(*head);
            moved
        });
        if moved {
            self.moved.notify_one();
        }
    }

    pub(super) fn seen(&self) -> Seen {
        *self.lock()
    }

    /// Looks out until the store is closed.
    pub(super) async fn look_out(self: Arc<Self>) {
        let every = self.link.options.look_out;
        let mut pause = every;
        loop {
            drop(tokio::time::timeout(pause, self.moved.notified()).await);
            tokio::time::sleep(BREATH).await;
            // A task of its own: the client dies of some malformed answers, the look-out must not.
            let log = Arc::clone(&self);
            let looked = tokio::spawn(async move { log.look().await }).await;
            pause = match looked.map_err(|died| StoreError::Io(Arc::new(died))).flatten() {
                Ok(()) => every,
                Err(error) => {
                    tracing::warn!(%error, "cannot look at the event log");
                    (pause * 2).min(LONGEST_PAUSE)
                }
            };
        }
    }

    /// Reads on from where the log was read to.
    async fn look(&self) -> Result<(), StoreError> {
        let (mut head, mut seen) = (*self.head.borrow(), self.seen());
        let newest = if head > seen.position { head } else { read::newest(&self.link).await? };
        while seen.position < newest {
            let page = read::all(&self.link, seen.position, PAGE, head).await?;
            for event in &page {
                seen = Seen { position: event.position, at: seen.at.max(event.at) };
            }
            if page.is_empty() {
                // Others' events alone, or an answer that was cut off: the log's end, asked for by itself, tells.
                head = self.find_head().await?;
                seen.position = if head > seen.position { seen.position } else { newest };
            } else {
                self.reached(seen.position);
            }
            *self.lock() = seen;
        }
        Ok(())
    }

    fn lock(&self) -> MutexGuard<'_, Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
