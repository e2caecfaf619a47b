//! The thread that puts down regular marks as the log grows.

use std::ops::ControlFlow;
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;

use event_store::{EventStore, Position};
use tokio::runtime::Handle;
use tokio::sync::watch;

use super::mark::Reached;
use crate::{AsOf, Goal, ProjectionError};

/// How long the thread waits before it asks a log again that could not be read.
const PAUSE: Duration = Duration::from_secs(5);

/// The thread. Dropping it stops it, keeps nothing of the mark at hand, and blocks until then.
pub struct Marker {
    stop: watch::Sender<bool>,
    thread: Option<JoinHandle<()>>,
}

impl Marker {
    /// Starts the thread, which follows `position` of the log, best where the read models of the present stand: what
    /// they need goes before. `handle` runs what the store does asynchronously.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub fn spawn(
        as_of: Arc<AsOf>,
        store: Arc<dyn EventStore>,
        handle: Handle,
        position: watch::Receiver<Position>,
    ) -> std::io::Result<Self> {
        let (stop, stopped) = watch::channel(false);
        let mut thread = Thread { as_of, store, handle, position, stopped };
        let thread =
            std::thread::Builder::new().name("as-of".into()).spawn(move || thread.run())?;
        Ok(Self { stop, thread: Some(thread) })
    }

    /// Waits until the thread has ended because nobody moves the position any more.
    #[cfg(test)]
    pub(crate) fn join(mut self) {
        self.thread.take().map(JoinHandle::join).transpose().unwrap();
    }
}

impl Drop for Marker {
    fn drop(&mut self) {
        self.stop.send_replace(true);
        if self.thread.take().is_some_and(|thread| thread.join().is_err()) {
            tracing::error!("the thread of the read models of the past had died");
        }
    }
}

struct Thread {
    as_of: Arc<AsOf>,
    store: Arc<dyn EventStore>,
    handle: Handle,
    position: watch::Receiver<Position>,
    stopped: watch::Receiver<bool>,
}

impl Thread {
    fn run(&mut self) {
        loop {
            let go_on = match self.follow() {
                Ok(go_on) => go_on,
                Err(error) if error.may_pass() => self.rest(),
                Err(ProjectionError::CalledOff) => return,
                Err(error) => {
                    tracing::error!(reason = error.chain(), "no more marks are put down");
                    return;
                }
            };
            if go_on.is_break() {
                return;
            }
        }
    }

    /// Puts down mark after mark, until told to stop.
    fn follow(&mut self) -> Result<ControlFlow<()>, ProjectionError> {
        loop {
            let marks = self.as_of.marks(&*self.store, &self.handle)?;
            let (from, every) = (marks.newest().position, self.as_of.every);
            let mut reached = Reached::at(from);
            while reached.events < every {
                // No two events share a position, so there are no more events than positions.
                let Some(head) = self.wait_for(reached.position, every - reached.events) else {
                    return Ok(ControlFlow::Break(()));
                };
                let goal = Goal { position: head, time: None };
                reached.read_on(&*self.store, &self.handle, &goal, every)?;
            }
            let (store, stopped) = (&*self.store, &self.stopped);
            self.as_of
                .mark(store, &self.handle, from, reached.position, &mut |_| !*stopped.borrow())?;
        }
    }

    /// Waits until the log may have grown by so many events; none when told to stop, or when nobody moves the position.
    fn wait_for(&mut self, after: Position, events: u64) -> Option<Position> {
        let Self { position, stopped, handle, .. } = self;
        handle.block_on(async {
            tokio::select! {
                biased;
                _ = stopped.wait_for(|&stop| stop) => None,
                there = position.wait_for(|&at| at.0.saturating_sub(after.0) >= events) => {
                    there.ok().map(|at| *at)
                }
            }
        })
    }

    fn rest(&mut self) -> ControlFlow<()> {
        let stopped = &mut self.stopped;
        self.handle.block_on(async {
            match tokio::time::timeout(PAUSE, stopped.wait_for(|&stop| stop)).await {
                Ok(_) => ControlFlow::Break(()),
                Err(_) => ControlFlow::Continue(()),
            }
        })
    }
}
