//! The read models as of any moment.
//!
//! One database keeps every version of a row that a *mark* has seen, with the marks between which it held: see [`versions`].
//! A mark is put down every so many events as the log grows ([`Marker`]), and where somebody asks between two of them:
//! what lies between is folded and kept, so whoever asks again only reads. Nothing is copied, whatever the size.

mod folder;
mod mark;
mod marker;
mod versions;

use std::collections::VecDeque;
use std::path::Path;
use std::slice;
use std::sync::OnceLock;
use std::time::Duration;

use event_store::{EventStore, Landmark, Position};
use rusqlite::{Connection, OpenFlags};
use tokio::runtime::Handle;
use tokio::sync::{Mutex, MutexGuard};

pub use marker::Marker;

use crate::catch_up::catch_up;
use crate::projection::ALL;
use crate::read_models::{Use, Watch, connect};
use crate::{Goal, Limits, Progress, ProjectionError, ReadModels, Until, checkpoints};
use folder::Folder;
use mark::{Marks, Reached};
use versions::Step;

/// Moments between two regular marks that are kept; the oldest go first.
const MOST_ASKED: usize = if cfg!(test) { 3 } else { 16 };

/// 64 MB of write-ahead log, in pages, before it is moved into the database; room for the pages that a mark touches, so that
/// none is written twice.
const WRITING: &str = "PRAGMA wal_autocheckpoint = 16384; PRAGMA cache_size = -128000;";

/// What changed up to a mark is written when all of it is folded, so that the fold reads what the mark before has seen.
const LIMITS: Limits =
    Limits { cached_rows: 20_000, dirty_rows: usize::MAX, commit_events: u64::MAX };

/// The read models of the past, in a folder of their own.
pub struct AsOf {
    folder: Folder,
    every: u64,
    /// Writes to the database, one at a time and in turn.
    writer: Mutex<Writer>,
    /// The database was made from the log at hand.
    ours: OnceLock<()>,
}

#[derive(Default)]
struct Writer {
    /// The fold that stands at the newest mark.
    newest: Option<ReadModels>,
    /// Marks somebody asked for, the oldest first.
    asked: VecDeque<Position>,
}

impl AsOf {
    /// Events between two marks, unless it is said otherwise.
    pub const EVERY: u64 = 8_192;

    /// Opens the folder, creating it; what read models of other revisions left is removed. A mark is put down after
    /// `every` events, at least one.
    ///
    /// # Errors
    /// When the folder cannot be made or read, or another program has it open.
    pub fn open(folder: impl AsRef<Path>, every: u64) -> Result<Self, ProjectionError> {
        let (folder, every) = (Folder::open(folder.as_ref())?, every.max(1));
        Ok(Self { folder, every, writer: Mutex::default(), ours: OnceLock::new() })
    }

    /// A read-only connection to the read models as of `until`; what is missing is folded first, and `progress` hears how
    /// far that has come. Blocks: not for async code. Others may ask and the log may grow meanwhile: the connection goes
    /// on telling what it was opened for.
    ///
    /// # Errors
    /// See [`ProjectionError`].
    pub fn at(
        &self,
        store: &dyn EventStore,
        handle: &Handle,
        until: Until,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<(Position, Connection), ProjectionError> {
        let goal = until.goal(store, handle)?;
        if self.ours.get().is_some()
            && let Some(found) = self.found(store, handle, &goal)?
        {
            return Ok(found);
        }
        let mut writer = self.writer(store, handle)?;
        let mut folded = 0;
        loop {
            if let Some(found) = self.found(store, handle, &goal)? {
                return Ok(found);
            }
            let before = folded;
            self.approach(&mut writer, store, handle, &goal, &mut |at| {
                folded = before + at.events;
                progress(Progress { goal: goal.position, events: folded, ..at });
                true
            })?;
        }
    }

    /// The read models as of the goal, where a mark stands there.
    fn found(
        &self,
        store: &dyn EventStore,
        handle: &Handle,
        goal: &Goal,
    ) -> Result<Option<(Position, Connection)>, ProjectionError> {
        let conn = open_reader(self.folder.database())?;
        // The transaction lasts as long as the connection, which sees none of the changes after it.
        conn.execute_batch("BEGIN")?;
        let position = Marks::read(&conn)?.within(goal).position;
        let next = handle.block_on(store.read_all(position, 1))?;
        if next.first().is_some_and(|event| goal.holds(event)) {
            return Ok(None);
        }
        versions::show(&conn, position)?;
        Ok(Some((position, conn)))
    }

    /// Puts down the mark at the goal, or the next regular one on the way there.
    fn approach(
        &self,
        writer: &mut Writer,
        store: &dyn EventStore,
        handle: &Handle,
        goal: &Goal,
        watch: Watch<'_>,
    ) -> Result<(), ProjectionError> {
        let marks = self.marks()?;
        let from = marks.within(goal).position;
        let next = marks.after(from).map(|mark| mark.position);
        let most = if next.is_some() { u64::MAX } else { marks.due(self.every) };
        let mut reached = Reached::at(from);
        reached.read_on(store, handle, goal, most)?;
        let asked = reached.events < most;
        let step = Step { from, to: reached.position, next, asked };
        self.put(writer, store, handle, &step, watch)?;
        if asked { self.forget_oldest(writer) } else { Ok(()) }
    }

    /// The newest mark, and how many events after it the next regular one stands.
    fn next(
        &self,
        store: &dyn EventStore,
        handle: &Handle,
    ) -> Result<(Position, u64), ProjectionError> {
        let _writer = self.writer(store, handle)?;
        let marks = self.marks()?;
        Ok((marks.newest().position, marks.due(self.every)))
    }

    /// Puts down the regular mark at `to`, unless there is a newer one than `from` by now.
    pub(crate) fn mark(
        &self,
        store: &dyn EventStore,
        handle: &Handle,
        from: Position,
        to: Position,
        watch: Watch<'_>,
    ) -> Result<(), ProjectionError> {
        let mut writer = self.writer(store, handle)?;
        if self.marks()?.newest().position != from {
            return Ok(());
        }
        let step = Step { from, to, next: None, asked: false };
        self.put(&mut writer, store, handle, &step, watch)
    }

    /// Folds from one mark to another that is new.
    fn put(
        &self,
        writer: &mut Writer,
        store: &dyn EventStore,
        handle: &Handle,
        step: &Step,
        watch: Watch<'_>,
    ) -> Result<(), ProjectionError> {
        let kept = if step.next.is_none() { writer.newest.take() } else { None };
        let mut models = match kept.filter(|models| models.position() == step.from) {
            Some(models) => {
                versions::take(&models.conn, step)?;
                models
            }
            None => {
                let conn = self.connect()?;
                versions::take(&conn, step)?;
                ReadModels::over(conn, self.folder.database(), ALL, LIMITS)?
            }
        };
        let goal = Goal { position: step.to, time: None };
        catch_up(slice::from_mut(&mut models), store, handle, &goal, watch)?;
        if step.asked {
            writer.asked.push_back(step.to);
        }
        if step.next.is_none() {
            writer.newest = Some(models);
        }
        Ok(())
    }

    /// Forgets what was asked for longest ago, when it is too much. The newest mark stays: the log grows from there.
    fn forget_oldest(&self, writer: &mut Writer) -> Result<(), ProjectionError> {
        if writer.asked.len() <= MOST_ASKED {
            return Ok(());
        }
        let marks = self.marks()?;
        let Some(oldest) = writer.asked.iter().position(|&at| at < marks.newest().position) else {
            return Ok(());
        };
        let Some(gone) = writer.asked.remove(oldest) else { return Ok(()) };
        if let Some(after) = marks.after(gone) {
            versions::forget(&self.connect()?, gone, after)?;
        }
        Ok(())
    }

    /// A connection that writes. Who asks seldom waits until the write-ahead log is moved into the database.
    fn connect(&self) -> Result<Connection, ProjectionError> {
        let conn = connect(Use::Live, self.folder.database())?;
        conn.execute_batch(WRITING)?;
        Ok(conn)
    }

    fn marks(&self) -> Result<Marks, ProjectionError> {
        Ok(Marks::read(&open_reader(self.folder.database())?)?)
    }

    /// The turn to write. Before the first one it is seen to that the database was made from this log.
    fn writer(
        &self,
        store: &dyn EventStore,
        handle: &Handle,
    ) -> Result<MutexGuard<'_, Writer>, ProjectionError> {
        let mut writer = self.writer.blocking_lock();
        if self.ours.get().is_some() {
            return Ok(writer);
        }
        let known = match self.last().ok().flatten() {
            Some((marks, last)) => {
                let stands_at = handle.block_on(last.position_in(store))?;
                (stands_at == Some(marks.newest().position)).then_some(marks)
            }
            None => None,
        };
        match known {
            Some(marks) => writer.asked = marks.asked().collect(),
            None => {
                self.folder.clear()?;
                versions::create(&self.connect()?)?;
            }
        }
        self.ours.get_or_init(|| ());
        Ok(writer)
    }

    /// The marks of a database that is there, and the last event they have seen.
    fn last(&self) -> Result<Option<(Marks, Landmark)>, rusqlite::Error> {
        let conn = open_reader(self.folder.database())?;
        let marks = Marks::read(&conn)?;
        versions::show(&conn, marks.newest().position)?;
        let seen = checkpoints(&conn)?.into_iter().next();
        Ok(seen.and_then(|line| line.progressed.last).map(|last| (marks, last)))
    }
}

/// A connection that only reads a read database.
///
/// # Errors
/// What SQLite says.
pub fn open_reader(path: &Path) -> Result<Connection, rusqlite::Error> {
    let conn = Connection::open_with_flags(
        path,
        OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX,
    )?;
    conn.busy_timeout(Duration::from_secs(5))?;
    conn.set_prepared_statement_cache_capacity(128);
    Ok(conn)
}
