//! The one thread that writes. Whatever waits is committed together, by one sync of the disk.

use std::fs::{File, TryLockError};
use std::path::Path;
use std::sync::{Arc, OnceLock};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use lru::LruCache;
use rusqlite::Connection;
use tokio::sync::{OwnedSemaphorePermit, mpsc, oneshot, watch};

use super::append::{Answer, LogTransaction, Row, Tail};
use super::convert::sql;
use super::{FaultPoint, OpenError, SqliteOptions, open};
use crate::{AppendError, Expected, HaltReason, NewEvent, Position, StoreError, StreamId};

/// A group ends after this many appends …
const MAX_GROUP: usize = 1_024;
/// … or this many bytes, so that nobody waits long for the neighbours.
const MAX_GROUP_BYTES: usize = 8 * 1024 * 1024;

/// An append that waits for its answer.
pub(super) struct Job {
    pub(super) stream: StreamId,
    pub(super) expected: Expected,
    pub(super) events: Vec<NewEvent>,
    /// What the events weigh.
    pub(super) bytes: usize,
    /// Their part of the budget of the appends that wait; given back with the answer.
    pub(super) _reserved: OwnedSemaphorePermit,
    pub(super) reply: oneshot::Sender<Answer>,
}

/// Why a whole group was not stored, or may not have been.
enum Failure {
    /// Somebody holds the database; nothing was written, and trying again helps.
    Busy(StoreError),
    /// The engine failed before the commit: nothing is stored.
    Writing(StoreError),
    /// The engine failed in the commit: what was to be stored may be.
    Committing(StoreError, Vec<Answer>),
}

/// Held by a writer for as long as it may write: one process writes. SQLite's own locks are held only while it works, so
/// this is one of the operating system, beside the database, which ends with the process however that ends.
struct WriterLock {
    /// Closing the file lets go of the lock.
    _file: File,
}

impl WriterLock {
    /// Takes the lock of the database at `path`; at once, or not at all.
    fn take(path: &Path) -> Result<Self, OpenError> {
        let file = File::options()
            .create(true)
            .truncate(false)
            .read(true)
            .write(true)
            .open(open::beside(path, "-lock"))
            .map_err(|e| StoreError::Io(Arc::new(e)))?;
        match file.try_lock() {
            Ok(()) => Ok(Self { _file: file }),
            Err(TryLockError::WouldBlock) => Err(OpenError::InUse),
            Err(TryLockError::Error(e)) => Err(StoreError::Io(Arc::new(e)).into()),
        }
    }
}

/// What the thread owns.
pub(super) struct Writer {
    conn: Connection,
    tail: Tail,
    streams: LruCache<StreamId, Row>,
    head: watch::Sender<Position>,
    halt: Arc<OnceLock<HaltReason>>,
    options: SqliteOptions,
    /// Held to the very end.
    _lock: WriterLock,
}

impl Writer {
    /// Takes the lock and opens the log.
    pub(super) fn open(
        path: &Path,
        options: SqliteOptions,
        halt: Arc<OnceLock<HaltReason>>,
    ) -> Result<Self, OpenError> {
        let lock = WriterLock::take(path)?;
        let conn = open::for_writing(path, &options)?;
        let tail = Tail::load(&conn)?;
        let head = watch::Sender::new(tail.position);
        let streams = LruCache::new(options.cached_streams);
        Ok(Self { conn, tail, streams, head, halt, options, _lock: lock })
    }

    /// The head as the thread will move it.
    pub(super) fn watch(&self) -> watch::Receiver<Position> {
        self.head.subscribe()
    }

    /// Starts the thread. It ends when every sender of jobs is gone and the last job is answered.
    pub(super) fn start(
        self,
        jobs: mpsc::UnboundedReceiver<Job>,
    ) -> std::io::Result<JoinHandle<()>> {
        thread::Builder::new().name("event-log-writer".into()).spawn(move || self.run(jobs))
    }

    fn run(mut self, mut jobs: mpsc::UnboundedReceiver<Job>) {
        let _alarm = Alarm(Arc::clone(&self.halt));
        while let Some(first) = jobs.blocking_recv() {
            let group = gather(first, &mut jobs);
            match self.halt.get().cloned() {
                None => self.serve(group),
                Some(reason) => refuse(group, &AppendError::Halted(reason)),
            }
        }
        if self.halt.get().is_none() {
            self.tidy_up();
        }
    }

    fn serve(&mut self, group: Vec<Job>) {
        match self.store(&group) {
            Ok(answers) => {
                self.head.send_replace(self.tail.position);
                answer(group, answers);
                self.checkpoint_if_due();
            }
            Err(Failure::Busy(error)) => refuse(group, &error.into()),
            Err(Failure::Writing(error)) => {
                let reason = self.halt(&error);
                refuse(group, &AppendError::Halted(reason));
            }
            Err(Failure::Committing(error, answers)) => {
                let reason = self.halt(&error);
                let tell = |answer: Answer| match answer {
                    Ok(_) => Err(AppendError::OutcomeUnknown(error.clone())),
                    // A refusal may rest on a neighbour's events, which may not be there: say no more than is true.
                    Err(_) => Err(AppendError::Halted(reason.clone())),
                };
                answer(group, answers.into_iter().map(tell).collect());
            }
        }
    }

    /// Writes and commits a group; one answer for each job, in order.
    fn store(&mut self, group: &[Job]) -> Result<Vec<Answer>, Failure> {
        self.conn.execute_batch("BEGIN IMMEDIATE").map_err(|e| match sql(e) {
            busy @ StoreError::Busy(_) => Failure::Busy(busy),
            other @ (StoreError::Full(_)
            | StoreError::Io(_)
            | StoreError::Corrupt(_)
            | StoreError::Unreachable(_)
            | StoreError::Closed) => Failure::Writing(other),
        })?;
        let answers = self.write(group).map_err(|e| self.roll_back(Failure::Writing(e)))?;
        match self.commit() {
            Ok(()) => Ok(answers),
            Err(e) => Err(self.roll_back(Failure::Committing(e, answers))),
        }
    }

    fn write(&mut self, group: &[Job]) -> Result<Vec<Answer>, StoreError> {
        self.pass(FaultPoint::BeforeWrite)?;
        let mut transaction =
            LogTransaction { conn: &self.conn, tail: &mut self.tail, streams: &mut self.streams };
        group.iter().map(|job| transaction.append(&job.stream, job.expected, &job.events)).collect()
    }

    fn commit(&self) -> Result<(), StoreError> {
        self.pass(FaultPoint::BeforeCommit)?;
        self.conn.execute_batch("COMMIT").map_err(sql)?;
        self.pass(FaultPoint::AfterCommit)
    }

    /// Ends a failed transaction, so that readers and backups are not in its way. SQLite may have ended it already.
    fn roll_back(&self, failure: Failure) -> Failure {
        if !self.conn.is_autocommit()
            && let Err(error) = self.conn.execute_batch("ROLLBACK")
        {
            tracing::warn!(%error, "rolling back a failed append failed too");
        }
        failure
    }

    /// Moves the write-ahead log into the database once it is long. Not left to SQLite, which hides its errors:
    /// a failed sync here would lose what was acknowledged, were the write-ahead log used again.
    fn checkpoint_if_due(&mut self) {
        if let Err(error) = self.checkpoint() {
            self.halt(&error);
        }
    }

    fn checkpoint(&self) -> Result<(), StoreError> {
        let (pages, done) = self.wal("NOOP")?;
        if pages - done < i64::from(self.options.checkpoint_pages) {
            return Ok(());
        }
        self.pass(FaultPoint::BeforeCheckpoint)?;
        self.wal("PASSIVE").map(|_| ())
    }

    /// A checkpoint of the given mode: pages in the write-ahead log, and how many of them the database has.
    fn wal(&self, mode: &str) -> Result<(i64, i64), StoreError> {
        self.conn
            .prepare_cached(&format!("PRAGMA wal_checkpoint({mode})"))
            .and_then(|mut checkpoint| {
                checkpoint.query_row([], |row| Ok((row.get(1)?, row.get(2)?)))
            })
            .map_err(sql)
    }

    fn halt(&self, error: &StoreError) -> HaltReason {
        let reason = self.halt.get_or_init(|| HaltReason::after(error)).clone();
        tracing::error!(%reason, "the event log takes no more writes");
        reason
    }

    /// Leaves all of the log in the one file, so that a plain copy of it is whole.
    fn tidy_up(&self) {
        let done =
            self.conn.busy_timeout(Duration::ZERO).map_err(sql).and_then(|()| self.wal("TRUNCATE"));
        if let Err(error) = done {
            tracing::warn!(%error, "the write-ahead log was not emptied at the end; it will be at the next start");
        }
    }

    fn pass(&self, point: FaultPoint) -> Result<(), StoreError> {
        let Some(faults) = &self.options.faults else { return Ok(()) };
        faults.at(point).map_err(|e| {
            if e.kind() == std::io::ErrorKind::StorageFull {
                StoreError::Full(Arc::new(e))
            } else {
                StoreError::Io(Arc::new(e))
            }
        })
    }
}

/// Turns health red should the thread ever die of a panic.
struct Alarm(Arc<OnceLock<HaltReason>>);

impl Drop for Alarm {
    fn drop(&mut self) {
        if thread::panicking() {
            self.0.get_or_init(|| HaltReason::after(&StoreError::Closed));
        }
    }
}

/// The first job and whatever waits behind it.
fn gather(first: Job, jobs: &mut mpsc::UnboundedReceiver<Job>) -> Vec<Job> {
    let mut bytes = first.bytes;
    let mut group = vec![first];
    while group.len() < MAX_GROUP && bytes < MAX_GROUP_BYTES {
        let Ok(job) = jobs.try_recv() else { break };
        bytes += job.bytes;
        group.push(job);
    }
    group
}

fn refuse(group: Vec<Job>, error: &AppendError) {
    let answers = group.iter().map(|_| Err(error.clone())).collect();
    answer(group, answers);
}

fn answer(group: Vec<Job>, answers: Vec<Answer>) {
    for (job, answer) in group.into_iter().zip(answers) {
        // A caller who went away does not hear the answer; the events stand all the same.
        drop(job.reply.send(answer));
    }
}
