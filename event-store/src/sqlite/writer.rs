//! The one thread that writes. Whatever waits is committed together, by one sync of the disk.

use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use lru::LruCache;
use rusqlite::Connection;
use tokio::sync::{OwnedSemaphorePermit, mpsc, oneshot, watch};

use super::append::{Answer, LogTransaction, Row, Tail};
use super::convert::sql;
use super::standing::Standing;
use super::{FaultPoint, OpenError, SqliteOptions, open};
use crate::{
    AppendError, Expected, HaltReason, Health, NewEvent, Position, StoreError, StreamId, free_bytes,
};

/// A group ends after this many appends …
const MAX_GROUP: usize = 1_024;
/// … or this many bytes, so that nobody waits long for the neighbours.
const MAX_GROUP_BYTES: usize = 8 * 1024 * 1024;

/// How often a writer that pauses looks for work, and how often it tries whether it can write again.
const LOOK: Duration = Duration::from_millis(20);
const TRY: Duration = Duration::from_secs(1);

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
            .map_err(StoreError::of_system)?;
        match file.try_lock() {
            Ok(()) => Ok(Self { _file: file }),
            Err(TryLockError::WouldBlock) => Err(OpenError::InUse),
            Err(TryLockError::Error(e)) => Err(StoreError::of_system(e).into()),
        }
    }
}

/// What the thread owns.
pub(super) struct Writer {
    conn: Connection,
    tail: Tail,
    tail_is_known: bool,
    streams: LruCache<StreamId, Row>,
    head: watch::Sender<Position>,
    standing: Standing,
    options: SqliteOptions,
    /// Where the room is looked at, and when it last was.
    path: PathBuf,
    looked_at: Option<Instant>,
    /// Held to the very end.
    _lock: WriterLock,
}

impl Writer {
    /// Takes the lock and opens the log.
    pub(super) fn open(
        path: &Path,
        options: SqliteOptions,
        standing: Standing,
    ) -> Result<Self, OpenError> {
        let lock = WriterLock::take(path)?;
        let conn = open::for_writing(path, &options)?;
        let tail = Tail::load(&conn)?;
        let head = watch::Sender::new(tail.position);
        let streams = LruCache::new(options.cached_streams);
        let path = path.to_owned();
        let mut writer = Self {
            conn,
            tail,
            tail_is_known: true,
            streams,
            head,
            standing,
            options,
            path,
            looked_at: None,
            _lock: lock,
        };
        if let Err(full) = writer.look_for_room() {
            writer.standing.pause(HaltReason::after(&full));
        }
        Ok(writer)
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
        let _alarm = Alarm(self.standing.clone());
        while let Some(first) = self.next(&mut jobs) {
            let group = gather(first, &mut jobs);
            match self.standing.health() {
                Health::Halted(reason) => refuse(group, &AppendError::Halted(reason)),
                Health::Writing | Health::Paused(_) | Health::Unreachable(_) => self.serve(group),
            }
        }
        if !matches!(self.standing.health(), Health::Halted(_)) {
            self.tidy_up();
        }
    }

    /// Waits for a job. While the log pauses, it tries meanwhile whether it can write again.
    fn next(&mut self, jobs: &mut mpsc::UnboundedReceiver<Job>) -> Option<Job> {
        let mut tried = Instant::now();
        loop {
            if !matches!(self.standing.health(), Health::Paused(_)) {
                return jobs.blocking_recv();
            }
            match jobs.try_recv() {
                Ok(job) => return Some(job),
                Err(mpsc::error::TryRecvError::Disconnected) => return None,
                Err(mpsc::error::TryRecvError::Empty) => thread::sleep(LOOK),
            }
            if tried.elapsed() >= TRY {
                tried = Instant::now();
                self.try_to_write();
            }
        }
    }

    /// Commits a change of nothing, as durably as an append.
    fn try_to_write(&mut self) {
        self.looked_at = None;
        let tried = self.know_tail().and_then(|()| self.look_for_room()).and_then(|()| {
            self.conn.execute_batch("BEGIN IMMEDIATE").map_err(sql)?;
            self.write_nothing().and_then(|()| self.commit())
        });
        match tried {
            Ok(()) => {
                self.standing.wrote();
                self.checkpoint_if_due();
            }
            // Somebody else writes something, such as a backup's lock: that is no trouble of ours.
            Err(StoreError::Busy(_)) => self.roll_back(),
            Err(error) => self.recover_from(&error),
        }
    }

    fn write_nothing(&self) -> Result<(), StoreError> {
        let revision =
            self.conn.pragma_query_value(None, "user_version", |row| row.get::<_, i32>(0));
        let rewrite =
            |revision| self.conn.execute_batch(&format!("PRAGMA user_version = {revision}"));
        revision.and_then(rewrite).map_err(sql)
    }

    /// After an error: the transaction ends, and what is remembered of the log is read again. What passes lets the log pause;
    /// all else halts it.
    fn recover_from(&mut self, error: &StoreError) {
        self.roll_back();
        self.streams.clear();
        self.tail_is_known = false;
        match self.know_tail() {
            Ok(()) if error.is_shortage() => {
                self.standing.pause(HaltReason::after(error));
                // A commit that was reported as failed may stand all the same.
                self.head.send_replace(self.tail.position);
            }
            Ok(()) => drop(self.standing.halt(HaltReason::after(error))),
            Err(worse) if error.is_shortage() && worse.is_shortage() => {
                self.standing.pause(HaltReason::after(error));
            }
            Err(worse) => drop(self.standing.halt(HaltReason::after(&worse))),
        }
    }

    /// Reads the end of the log again after a failure.
    fn know_tail(&mut self) -> Result<(), StoreError> {
        if !self.tail_is_known {
            self.tail = Tail::load(&self.conn)?;
            self.tail_is_known = true;
        }
        Ok(())
    }

    /// Refuses to write where less than the reserve is left; looks once a second at most.
    fn look_for_room(&mut self) -> Result<(), StoreError> {
        if self.looked_at.is_some_and(|at| at.elapsed() < TRY) {
            return Ok(());
        }
        self.looked_at = Some(Instant::now());
        match free_bytes(&self.path) {
            Some(free) if free < self.options.reserve => {
                self.looked_at = None;
                let left = format!("{free} bytes are left, {} are kept free", self.options.reserve);
                Err(StoreError::Full(Arc::new(std::io::Error::other(left))))
            }
            _ => Ok(()),
        }
    }

    fn serve(&mut self, group: Vec<Job>) {
        match self.store(&group) {
            Ok(answers) => {
                self.standing.wrote();
                self.head.send_replace(self.tail.position);
                answer(group, answers);
                self.checkpoint_if_due();
            }
            Err(Failure::Busy(error)) => refuse(group, &error.into()),
            Err(Failure::Writing(error)) => {
                self.recover_from(&error);
                refuse(group, &self.not_stored(&error));
            }
            Err(Failure::Committing(error, answers)) => {
                self.recover_from(&error);
                let tell = |answer: Answer| match answer {
                    Ok(_) => Err(AppendError::OutcomeUnknown(error.clone())),
                    // A refusal may rest on a neighbour's events, which may not be there: say no more than is true.
                    Err(_) => Err(self.not_stored(&error)),
                };
                answer(group, answers.into_iter().map(tell).collect());
            }
        }
    }

    fn not_stored(&self, error: &StoreError) -> AppendError {
        match self.standing.health() {
            Health::Halted(reason) => AppendError::Halted(reason),
            Health::Writing | Health::Paused(_) | Health::Unreachable(_) => {
                AppendError::Store(error.clone())
            }
        }
    }

    /// Writes and commits a group; one answer for each job, in order.
    fn store(&mut self, group: &[Job]) -> Result<Vec<Answer>, Failure> {
        self.know_tail().map_err(Failure::Writing)?;
        self.look_for_room().map_err(Failure::Writing)?;
        self.conn.execute_batch("BEGIN IMMEDIATE").map_err(|e| match sql(e) {
            busy @ StoreError::Busy(_) => Failure::Busy(busy),
            other @ (StoreError::Full(_)
            | StoreError::Exhausted(_)
            | StoreError::Io(_)
            | StoreError::Corrupt(_)
            | StoreError::Unreachable(_)
            | StoreError::Closed) => Failure::Writing(other),
        })?;
        let answers = self.write(group).map_err(Failure::Writing)?;
        match self.commit() {
            Ok(()) => Ok(answers),
            Err(e) => Err(Failure::Committing(e, answers)),
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
    fn roll_back(&self) {
        if !self.conn.is_autocommit()
            && let Err(error) = self.conn.execute_batch("ROLLBACK")
        {
            tracing::warn!(%error, "rolling back a failed append failed too");
        }
    }

    /// Moves the write-ahead log into the database once it is long. Not left to SQLite, which hides its errors:
    /// a failed sync here would lose what was acknowledged, were the write-ahead log used again.
    fn checkpoint_if_due(&mut self) {
        if let Err(error) = self.checkpoint() {
            self.recover_from(&error);
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
        faults.at(point).map_err(StoreError::of_system)
    }
}

/// Turns health red should the thread ever die of a panic.
struct Alarm(Standing);

impl Drop for Alarm {
    fn drop(&mut self) {
        if thread::panicking() {
            self.0.halt(HaltReason::after(&StoreError::Closed));
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
