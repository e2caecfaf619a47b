//! Moments between two marks that somebody asked for, each in a file of its own.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::slice;
use std::time::SystemTime;

use event_store::{EventStore, Position, sqlite_uri};
use jiff::Timestamp;
use rusqlite::Connection;
use tokio::runtime::Handle;
use tokio::sync::Mutex;

use super::mark::{LIMITS, last_seen};
use super::since;
use crate::engine::catch_up::catch_up;
use crate::engine::files::{close, discard, settle};
use crate::engine::read_models::Watch;
use crate::models::ALL;
use crate::{Goal, ProjectionError, ReadModels, open_reader};

/// Moments that are kept; what nobody asked for longest goes first.
const MOST: usize = if cfg!(test) { 3 } else { 64 };
/// The file that is being made.
const UNFINISHED: &str = "unfinished";
/// The file is thrown away when it does not become whole. A fold reads all over the past.
const MAKING: &str = "PRAGMA main.journal_mode = MEMORY; PRAGMA main.synchronous = OFF; PRAGMA past.cache_size = -64000;";

/// A moment that no mark stands at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Moment {
    /// The mark before it.
    pub(super) mark: Position,
    /// The last event that it sees.
    pub(super) at: Position,
    /// When the log learned that event.
    pub(super) recorded_at: Timestamp,
}

/// The files, in a folder of their own, beside the database that keeps the marks.
pub(super) struct Moments {
    folder: PathBuf,
    past: PathBuf,
    /// One is made at a time: whoever asks for the same meanwhile finds it.
    making: Mutex<()>,
}

impl Moments {
    pub(super) fn new(folder: PathBuf, past: &Path) -> Self {
        Self { folder, past: past.to_owned(), making: Mutex::default() }
    }

    /// A read-only connection to the read models as of the goal, where a moment is kept that is the last before it. `mark`
    /// is the last mark before the goal.
    pub(super) fn find(
        &self,
        mark: Position,
        goal: &Goal,
        store: &dyn EventStore,
        handle: &Handle,
    ) -> Result<Option<(Position, Connection)>, ProjectionError> {
        let within = |kept: &Moment| kept.mark == mark && goal.reaches(kept.at, kept.recorded_at);
        let kept = self.list()?.into_iter().filter(within).max_by_key(|kept| kept.at);
        let Some(kept) = kept else { return Ok(None) };
        let Some(conn) = self.open(kept, store, handle)? else { return Ok(None) };
        let next = handle.block_on(store.read_all(kept.at, 1))?;
        if next.first().is_some_and(|event| goal.holds(event)) {
            return Ok(None);
        }
        let touched = File::open(self.file(kept));
        if let Err(error) = touched.and_then(|file| file.set_modified(SystemTime::now())) {
            tracing::warn!(%error, "a moment of the past is forgotten sooner than it should be");
        }
        Ok(Some((kept.at, conn)))
    }

    /// A read-only connection to the read models as of a moment, which is folded unless it is kept.
    pub(super) fn fold(
        &self,
        moment: Moment,
        store: &dyn EventStore,
        handle: &Handle,
        watch: Watch<'_>,
    ) -> Result<Connection, ProjectionError> {
        let _turn = self.making.blocking_lock();
        if let Some(conn) = self.open(moment, store, handle)? {
            return Ok(conn);
        }
        fs::create_dir_all(&self.folder)?;
        let unfinished = self.folder.join(UNFINISHED);
        discard(&unfinished)?;
        let made = self.make(&unfinished, moment, store, handle, watch);
        settle(made, &unfinished, &self.file(moment))?;
        let conn = self.show(moment)?;
        if let Err(error) = self.forget_others(moment) {
            tracing::warn!(%error, "moments of the past that are too many could not be removed");
        }
        Ok(conn)
    }

    /// What is kept of a moment. A file that is no database of ours is nothing, nor is one that another history has filled.
    fn open(
        &self,
        moment: Moment,
        store: &dyn EventStore,
        handle: &Handle,
    ) -> Result<Option<Connection>, ProjectionError> {
        let shown = self.show(moment).and_then(|conn| Ok((last_seen(&conn)?, conn)));
        let (last, conn) = match shown {
            Ok((Some(last), conn)) => (last, conn),
            Ok((None, _)) => return Ok(None),
            Err(error) => {
                if self.file(moment).exists() {
                    tracing::warn!(%error, "a moment of the past cannot be read and is folded again");
                }
                return Ok(None);
            }
        };
        let stands_at = handle.block_on(last.position_in(store))?;
        Ok((stands_at == Some(moment.at)).then_some(conn))
    }

    fn show(&self, moment: Moment) -> Result<Connection, rusqlite::Error> {
        let conn = open_reader(&self.file(moment))?;
        self.attach(&conn)?;
        since::show(&conn, moment.mark)?;
        Ok(conn)
    }

    fn make(
        &self,
        file: &Path,
        moment: Moment,
        store: &dyn EventStore,
        handle: &Handle,
        watch: Watch<'_>,
    ) -> Result<(), ProjectionError> {
        let conn = Connection::open(file)?;
        conn.set_prepared_statement_cache_capacity(128);
        self.attach(&conn)?;
        conn.execute_batch(MAKING)?;
        since::create(&conn)?;
        since::take(&conn, moment.mark)?;
        let mut models = ReadModels::over(conn, file, ALL, LIMITS)?;
        let goal = Goal { position: moment.at, time: None };
        catch_up(slice::from_mut(&mut models), store, handle, &goal, watch)?;
        close(models.conn, file)
    }

    fn attach(&self, conn: &Connection) -> Result<(), rusqlite::Error> {
        conn.execute("ATTACH ?1 AS past", [sqlite_uri(&self.past, "?mode=ro")]).map(drop)
    }

    /// Whoever reads a file that goes keeps on reading it.
    fn forget_others(&self, moment: Moment) -> io::Result<()> {
        let others = self.list()?.into_iter().filter(|other| *other != moment);
        let files = others.map(|other| self.file(other));
        let files = files.map(|file| Ok((file.metadata()?.modified()?, file)));
        let mut files: Vec<_> = files.collect::<io::Result<_>>()?;
        files.sort_unstable();
        let most = files.len().saturating_sub(MOST - 1);
        files[..most].iter().try_for_each(|(_, file)| fs::remove_file(file))
    }

    fn list(&self) -> io::Result<Vec<Moment>> {
        let names = match fs::read_dir(&self.folder) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            names => names?,
        };
        let names = names.map(|entry| Ok(entry?.file_name()));
        let names: Vec<_> = names.collect::<io::Result<_>>()?;
        Ok(names.iter().filter_map(|name| Moment::named(name.to_str()?)).collect())
    }

    fn file(&self, moment: Moment) -> PathBuf {
        self.folder.join(moment.name())
    }
}

impl Moment {
    fn name(self) -> String {
        format!("{}-{}-{}.sqlite", self.mark, self.at, self.recorded_at.as_microsecond())
    }

    fn named(name: &str) -> Option<Self> {
        let mut parts = name.strip_suffix(".sqlite")?.splitn(3, '-');
        let mut position = || Some(Position(parts.next()?.parse().ok()?));
        let (mark, at) = (position()?, position()?);
        let recorded_at = Timestamp::from_microsecond(parts.next()?.parse().ok()?).ok()?;
        Some(Self { mark, at, recorded_at })
    }
}
