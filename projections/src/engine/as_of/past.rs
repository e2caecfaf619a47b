//! The database that keeps the marks, and what there is beside it.

use std::path::{Path, PathBuf};
use std::slice;
use std::sync::atomic::{AtomicBool, Ordering};

use event_store::{EventStore, Landmark, Position};
use rusqlite::{Connection, ErrorCode};
use tokio::runtime::Handle;
use tokio::sync::{Mutex, MutexGuard};

use super::folder::Folder;
use super::mark::{LIMITS, Marks, Reached, last_seen};
use super::moments::{Moment, Moments};
use super::versions;
use crate::engine::catch_up::catch_up;
use crate::engine::read_models::{Use, Watch, connect};
use crate::models::ALL;
use crate::{Goal, Progress, ProjectionError, ReadModels, Until, open_reader};

/// 64 MB of write-ahead log, in pages, before it is moved into the database; room for the pages that a mark touches, so that
/// none is written twice.
const WRITING: &str = "PRAGMA wal_autocheckpoint = 16384; PRAGMA cache_size = -128000;";

/// The read models of the past, in a folder of their own.
pub struct AsOf {
    database: PathBuf,
    moments: Moments,
    pub(super) every: u64,
    /// The fold that stands at the newest mark: marks are put down one at a time.
    newest: Mutex<Option<ReadModels>>,
    /// The database was made from the log at hand.
    ours: AtomicBool,
    folder: Folder,
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
        let folder = Folder::open(folder.as_ref())?;
        let database = folder.database();
        Ok(Self {
            moments: Moments::new(folder.moments(), &database),
            database,
            every: every.max(1),
            newest: Mutex::default(),
            ours: AtomicBool::new(false),
            folder,
        })
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
        let mut folded = 0;
        loop {
            let before = folded;
            let mut watch = |at: Progress| {
                folded = before + at.events;
                progress(Progress { goal: goal.position, events: folded, ..at });
                true
            };
            let (mark, next) = self.marks(store, handle)?.around(&goal);
            if let Some(found) = self.moments.find(mark, &goal, store, handle)? {
                return Ok(found);
            }
            let due = if next.is_some() { u64::MAX } else { self.every };
            let mut reached = Reached::at(mark);
            reached.read_on(store, handle, &goal, due)?;
            let Reached { position: at, recorded_at, events } = reached;
            let Some(recorded_at) = recorded_at else { return Ok((mark, self.at_mark(mark)?)) };
            if events < due {
                let moment = Moment { mark, at, recorded_at };
                return Ok((at, self.moments.fold(moment, store, handle, &mut watch)?));
            }
            self.mark(store, handle, mark, at, &mut watch)?;
        }
    }

    fn at_mark(&self, mark: Position) -> Result<Connection, rusqlite::Error> {
        let conn = open_reader(&self.database)?;
        versions::show(&conn, mark)?;
        Ok(conn)
    }

    /// Puts down the mark at `to`, unless there is a newer one than `from` by now.
    pub(crate) fn mark(
        &self,
        store: &dyn EventStore,
        handle: &Handle,
        from: Position,
        to: Position,
        watch: Watch<'_>,
    ) -> Result<(), ProjectionError> {
        let mut newest = self.newest(store, handle)?;
        if self.marks(store, handle)?.newest().position != from {
            return Ok(());
        }
        let mut models = match newest.take() {
            Some(models) => {
                versions::take(&models.conn, from, to)?;
                models
            }
            None => {
                let conn = self.connect()?;
                versions::take(&conn, from, to)?;
                ReadModels::over(conn, &self.database, ALL, LIMITS)?
            }
        };
        let goal = Goal { position: to, time: None };
        catch_up(slice::from_mut(&mut models), store, handle, &goal, watch)?;
        *newest = Some(models);
        Ok(())
    }

    /// A connection that writes.
    fn connect(&self) -> Result<Connection, ProjectionError> {
        let conn = connect(Use::Live, &self.database)?;
        conn.execute_batch(WRITING)?;
        Ok(conn)
    }

    /// The marks, of this log for certain.
    pub(super) fn marks(
        &self,
        store: &dyn EventStore,
        handle: &Handle,
    ) -> Result<Marks, ProjectionError> {
        if !self.ours.load(Ordering::Acquire) {
            drop(self.newest(store, handle)?);
        }
        Ok(Marks::read(&open_reader(&self.database)?)?)
    }

    /// The turn to put down a mark. Before the first one it is seen to that the database was made from this log.
    fn newest(
        &self,
        store: &dyn EventStore,
        handle: &Handle,
    ) -> Result<MutexGuard<'_, Option<ReadModels>>, ProjectionError> {
        let newest = self.newest.blocking_lock();
        if self.ours.load(Ordering::Acquire) {
            return Ok(newest);
        }
        let ours = match self.last()? {
            // What moments see after it, each of them tells.
            Some((Position::START, _)) => true,
            Some((mark, Some(last))) => handle.block_on(last.position_in(store))? == Some(mark),
            Some((_, None)) | None => false,
        };
        if !ours {
            self.folder.clear()?;
            versions::create(&self.connect()?)?;
        }
        self.ours.store(true, Ordering::Release);
        Ok(newest)
    }

    /// The newest mark of a database that is there and whole, and the last event it has seen.
    fn last(&self) -> Result<Option<(Position, Option<Landmark>)>, rusqlite::Error> {
        if !self.database.exists() {
            return Ok(None);
        }
        let newest = open_reader(&self.database).and_then(|conn| Marks::read(&conn));
        let last = newest.and_then(|marks| {
            let mark = marks.newest().position;
            Ok(Some((mark, last_seen(&self.at_mark(mark)?)?)))
        });
        last.or_else(|error| if is_damage(&error) { Ok(None) } else { Err(error) })
    }
}

/// Whether a database is not one of ours, or not whole: what failed otherwise may succeed later.
fn is_damage(error: &rusqlite::Error) -> bool {
    let is = error.sqlite_error_code();
    matches!(error, rusqlite::Error::QueryReturnedNoRows)
        || matches!(
            is,
            Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt | ErrorCode::Unknown)
        )
}
