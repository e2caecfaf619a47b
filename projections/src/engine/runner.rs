//! The thread that keeps the read models up with the log.

use std::ops::ControlFlow;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use event_store::{EventStore, Position};
use tokio::runtime::Handle;
use tokio::sync::watch;

use crate::{Goal, ProjectionError, ReadModels, Until};

/// Pages that are folded on one thread before a second one helps.
const STEPS: u32 = 4;
/// How long the thread waits before it asks a log again that could not be read; longer each time.
const SHORTEST_PAUSE: Duration = Duration::from_millis(100);
const LONGEST_PAUSE: Duration = Duration::from_secs(10);

/// Whether the read models keep up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Health {
    /// They follow the log.
    Running,
    /// Much is left to fold, or to rebuild.
    CatchingUp {
        /// The last fact folded.
        position: Position,
        /// Where the log ended when this began.
        head: Position,
    },
    /// The log cannot be read at the moment, or room, memory or open files are lacking; it is tried again.
    Waiting {
        /// What happened, for the operator.
        reason: String,
    },
    /// They stand still until the service starts anew.
    Stopped {
        /// The projection that failed, where it was one.
        projection: Option<&'static str>,
        /// The fact at hand, or else the last one kept.
        position: Position,
        /// What happened, for the operator.
        reason: String,
    },
}

/// The live thread. Dropping it stops it.
pub struct Runner {
    position: watch::Receiver<Position>,
    health: Arc<Mutex<Health>>,
    stop: watch::Sender<bool>,
    thread: Option<JoinHandle<()>>,
}

impl Runner {
    /// Starts the thread; `handle` runs what the store does asynchronously.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub fn spawn(
        models: ReadModels,
        store: Arc<dyn EventStore>,
        handle: Handle,
    ) -> std::io::Result<Self> {
        // Where the read models stand in this log is not known before the thread has looked.
        let (published, position) = watch::channel(Position::START);
        let (stop, stopped) = watch::channel(false);
        let health = Arc::new(Mutex::new(Health::CatchingUp {
            position: Position::START,
            head: *store.watch_head().borrow(),
        }));
        let mut thread =
            Thread { models, store, handle, published, stopped, health: health.clone() };
        let thread = std::thread::Builder::new().name("read-models".into()).spawn(move || {
            // Also a panic in a fold must turn the health red.
            let guard = Guard { health: thread.health.clone() };
            thread.run();
            drop(guard);
            thread.keep_open();
        })?;
        Ok(Self { position, health, stop, thread: Some(thread) })
    }

    /// The position up to which queries see everything, as it moves: whoever wrote waits for it to reach the write.
    #[must_use]
    pub fn position(&self) -> watch::Receiver<Position> {
        self.position.clone()
    }

    /// Whether the read models keep up.
    #[must_use]
    pub fn health(&self) -> Health {
        lock(&self.health).clone()
    }

    /// Ends the thread after the batch at hand. Blocks for that long.
    pub fn stop(mut self) {
        self.end();
    }

    fn end(&mut self) {
        self.stop.send_replace(true);
        if self.thread.take().is_some_and(|thread| thread.join().is_err()) {
            tracing::error!("the thread of the read models had died");
        }
    }
}

impl Drop for Runner {
    fn drop(&mut self) {
        self.end();
    }
}

struct Thread {
    models: ReadModels,
    store: Arc<dyn EventStore>,
    handle: Handle,
    published: watch::Sender<Position>,
    stopped: watch::Receiver<bool>,
    health: Arc<Mutex<Health>>,
}

/// Marks the runner as stopped if its thread dies.
struct Guard {
    health: Arc<Mutex<Health>>,
}

impl Drop for Guard {
    fn drop(&mut self) {
        if std::thread::panicking() {
            let reason = "the thread of the read models died".to_owned();
            let position = Position::START;
            *lock(&self.health) = Health::Stopped { projection: None, position, reason };
        }
    }
}

fn lock(health: &Mutex<Health>) -> std::sync::MutexGuard<'_, Health> {
    health.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Thread {
    fn run(&mut self) {
        let mut head = self.store.watch_head();
        let mut first = true;
        let mut pause = SHORTEST_PAUSE;
        loop {
            let seen = *head.borrow_and_update();
            let result = if first { self.catch_up() } else { self.follow(seen) };
            let go_on = match result {
                Ok(()) => {
                    (first, pause) = (false, SHORTEST_PAUSE);
                    self.say(Health::Running);
                    self.published.send_replace(self.models.position());
                    self.wait(&mut head)
                }
                Err(error) if error.may_pass() => {
                    let reason = error.chain();
                    tracing::warn!(reason, "read models wait");
                    self.say(Health::Waiting { reason });
                    let tried_after = pause;
                    pause = (pause * 2).min(LONGEST_PAUSE);
                    self.rest(tried_after)
                }
                Err(ProjectionError::CalledOff) => ControlFlow::Break("stopped"),
                Err(error) => return self.fail(&error),
            };
            if let ControlFlow::Break(reason) = go_on {
                return self.say_stopped(None, reason.into());
            }
        }
    }

    /// Tells those who wait for a position that none comes, and keeps the database open until the service ends: the last to
    /// close it takes its write-ahead log away, and on a full disk no reader could make another.
    fn keep_open(self) {
        let Self { models, handle, published, mut stopped, .. } = self;
        drop(published);
        // An error says that nobody is left to tell it.
        drop(handle.block_on(stopped.wait_for(|&stop| stop)));
        drop(models);
    }

    /// Waits before the same is tried again.
    fn rest(&mut self, pause: Duration) -> ControlFlow<&'static str> {
        let stopped = &mut self.stopped;
        self.handle.block_on(async {
            match tokio::time::timeout(pause, stopped.wait_for(|&stop| stop)).await {
                Ok(_) => ControlFlow::Break("stopped"),
                Err(_) => ControlFlow::Continue(()),
            }
        })
    }

    /// Folds what came since; a long way is gone with two threads.
    fn follow(&mut self, head: Position) -> Result<(), ProjectionError> {
        self.models.know_checkpoints()?;
        let goal = Goal { position: head, time: None };
        for _ in 0..STEPS {
            let before = self.models.position();
            if before >= head || *self.stopped.borrow() {
                return Ok(());
            }
            self.models.step(&*self.store, &self.handle, &goal)?;
            self.published.send_replace(self.models.position());
            if self.models.position() == before {
                return Ok(()); // the log has nothing more up to there
            }
        }
        self.catch_up()
    }

    fn catch_up(&mut self) -> Result<(), ProjectionError> {
        let Self { models, store, handle, stopped, health, .. } = self;
        models.run_watched(&**store, handle, Until::Head, &mut |at| {
            *lock(health) = Health::CatchingUp { position: at.position, head: at.goal };
            !*stopped.borrow()
        })
    }

    /// Waits until the log has grown.
    fn wait(&mut self, head: &mut watch::Receiver<Position>) -> ControlFlow<&'static str> {
        let stopped = &mut self.stopped;
        self.handle.block_on(async {
            tokio::select! {
                _ = stopped.wait_for(|&stop| stop) => ControlFlow::Break("stopped"),
                changed = head.changed() => match changed {
                    Ok(()) => ControlFlow::Continue(()),
                    Err(_) => ControlFlow::Break("the event log was closed"),
                },
            }
        })
    }

    fn fail(&self, error: &ProjectionError) {
        let reason = error.chain();
        let (projection, position) = error.place();
        tracing::error!(
            projection,
            position = position.map(|at| at.0),
            reason,
            "read models stopped"
        );
        let position = position.unwrap_or_else(|| self.models.position());
        self.say(Health::Stopped { projection, position, reason });
    }

    fn say_stopped(&self, projection: Option<&'static str>, reason: String) {
        self.say(Health::Stopped { projection, position: self.models.position(), reason });
    }

    fn say(&self, health: Health) {
        *lock(&self.health) = health;
    }
}
