//! The log in one SQLite file: durable, embedded, written by one process.
//!
//! One thread writes and commits whatever waits by one sync ([`writer`]); others read, each on its own
//! connection ([`readers`]). Beside the file lie `-wal` and `-shm`, which SQLite needs, and `-lock`, which says
//! that somebody writes; all stay there after the store is closed.

mod append;
mod backup;
mod convert;
mod open;
mod options;
mod pages;
mod readers;
mod standing;
#[cfg(test)]
mod tests;
mod writer;

use std::path::Path;
use std::sync::{Mutex, PoisonError};
use std::thread::JoinHandle;

use async_trait::async_trait;
use tokio::sync::{mpsc, oneshot, watch};

pub use backup::BackupError;
pub use open::{OpenError, sqlite_uri};
pub use options::{FaultPoint, Faults, SqliteOptions};

use crate::admission::{AppendBudget, check_batch};
use crate::{
    AppendError, Appended, EventStore, Expected, HaltReason, Health, NewEvent, Position, Recorded,
    StoreError, StreamId, Version,
};
use open::Access;
use readers::Readers;
use standing::Standing;
use writer::{Job, Writer};

/// The log in a SQLite file. Dropping it answers what waits, then closes the file.
pub struct SqliteStore {
    access: Access,
    readers: Readers,
    head: watch::Receiver<Position>,
    standing: Standing,
    budget: AppendBudget,
    jobs: Mutex<Option<mpsc::UnboundedSender<Job>>>,
    writer: Mutex<Option<JoinHandle<()>>>,
    /// Keeps the channel of a read-only store open, where no writer moves it.
    _still: Option<watch::Sender<Position>>,
}

impl SqliteStore {
    /// Opens the log at `path` for reading and writing, and makes it if there is none.
    ///
    /// Blocks while it reads the disk; what a crash left is recovered.
    ///
    /// # Errors
    /// [`OpenError::InUse`] when somebody else writes to it; see [`OpenError`] for the others.
    pub fn open(path: impl AsRef<Path>, options: SqliteOptions) -> Result<Self, OpenError> {
        let path = std::path::absolute(path).map_err(StoreError::of_system)?;
        let standing = Standing::new(Health::Writing);
        let writer = Writer::open(&path, options.clone(), standing.clone())?;
        let access = Access::WithWriter(path);
        let readers = Readers::start(&access, &options)?;
        let head = writer.watch();
        let (jobs, waiting) = mpsc::unbounded_channel();
        let thread = writer.start(waiting).map_err(StoreError::of_system)?;
        Ok(Self {
            access,
            readers,
            head,
            standing,
            budget: AppendBudget::new(),
            jobs: Mutex::new(Some(jobs)),
            writer: Mutex::new(Some(thread)),
            _still: None,
        })
    }

    /// Opens the log at `path` for an auditor: creates nothing, writes nothing, hinders no writer.
    ///
    /// Appends answer [`AppendError::Halted`] with [`HaltCause::ReadOnly`](crate::HaltCause::ReadOnly). Reads see what a writer
    /// appends meanwhile; [`watch_head`](EventStore::watch_head) stays at the head found now.
    ///
    /// Within one process SQLite shares its state between openers: open the writer first, or close the auditor's
    /// store before. Between processes the order is free.
    ///
    /// # Errors
    /// See [`OpenError`].
    pub fn open_read_only(path: impl AsRef<Path>) -> Result<Self, OpenError> {
        let access = Access::onlooker(path.as_ref())?;
        let conn = access.connect()?;
        open::expect_log(&conn)?;
        let (still, head) = watch::channel(pages::Pages::new(conn).head()?);
        let reason = HaltReason::read_only();
        Ok(Self {
            readers: Readers::start(&access, &SqliteOptions::default())?,
            access,
            head,
            standing: Standing::new(Health::Halted(reason)),
            budget: AppendBudget::new(),
            jobs: Mutex::new(None),
            writer: Mutex::new(None),
            _still: Some(still),
        })
    }

    /// Copies the log to a new file while appends go on; gives the position up to which the copy is complete.
    ///
    /// `progress` hears pages done and pages in all. Blocks: call it where that is allowed. The write-ahead log is
    /// not reused while the copy is made, so it grows by what is appended meanwhile.
    ///
    /// # Errors
    /// [`BackupError::Exists`] rather than overwrite; see [`BackupError`] for the others.
    pub fn backup(
        &self,
        to: &Path,
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<Position, BackupError> {
        backup::copy(&self.access, to, progress)
    }

    /// Answers what waits, writes everything into the one file, lets go of the lock. Blocks for that long.
    ///
    /// Afterwards every call answers [`StoreError::Closed`]. Closing twice does nothing.
    pub fn close(&self) {
        self.readers.close();
        self.budget.close();
        drop(self.jobs.lock().unwrap_or_else(PoisonError::into_inner).take());
        let writer = self.writer.lock().unwrap_or_else(PoisonError::into_inner).take();
        if writer.is_some_and(|thread| thread.join().is_err()) {
            tracing::error!("the writing thread of the event log had died");
        }
    }
}

impl SqliteStore {
    /// Never waits, so that no caller holds the queue open while the store closes.
    fn enqueue(&self, job: Job) -> Result<(), StoreError> {
        let jobs = self.jobs.lock().unwrap_or_else(PoisonError::into_inner);
        let jobs = jobs.as_ref().ok_or(StoreError::Closed)?;
        jobs.send(job).map_err(|_| StoreError::Closed)
    }
}

impl Drop for SqliteStore {
    fn drop(&mut self) {
        self.close();
    }
}

#[async_trait]
impl EventStore for SqliteStore {
    async fn append(
        &self,
        stream: &StreamId,
        expected: Expected,
        events: Vec<NewEvent>,
    ) -> Result<Appended, AppendError> {
        let bytes = check_batch(&events)?;
        if let Health::Halted(reason) = self.standing.health() {
            return Err(AppendError::Halted(reason));
        }
        let _reserved = self.budget.reserve(bytes).await?;
        let (reply, answer) = oneshot::channel();
        let job = Job { stream: stream.clone(), expected, events, bytes, _reserved, reply };
        self.enqueue(job)?;
        answer.await.map_err(|_| AppendError::OutcomeUnknown(StoreError::Closed))?
    }

    async fn read_stream(
        &self,
        stream: &StreamId,
        after: Version,
        limit: u32,
    ) -> Result<Vec<Recorded>, StoreError> {
        let stream = stream.clone();
        self.readers.run(move |pages| pages.stream(&stream, after, limit)).await
    }

    async fn read_all(&self, after: Position, limit: u32) -> Result<Vec<Recorded>, StoreError> {
        self.readers.run(move |pages| pages.all(after, limit)).await
    }

    async fn head(&self) -> Result<Position, StoreError> {
        self.readers.run(|pages| pages.head()).await
    }

    fn watch_head(&self) -> watch::Receiver<Position> {
        self.head.clone()
    }

    fn health(&self) -> Health {
        self.standing.health()
    }
}
