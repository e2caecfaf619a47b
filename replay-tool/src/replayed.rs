//! Read models replayed from a part of the log.

use std::path::Path;

use event_store::{Position, sqlite_uri};
use jiff::Timestamp;
use projections::{AsOf, Progress, Until};
use rusqlite::{Connection, OpenFlags};
use tempfile::TempDir;

use crate::console::Console;
use crate::data_folder::{self, beside};
use crate::failure::Failure;
use crate::lang::Said;
use crate::log::Log;
use crate::moment::{Cut, county_exact};

/// A read database that was built from the log and that nobody writes any more.
pub struct Replayed {
    /// The read models.
    pub conn: Connection,
    /// The last event they have seen.
    pub position: Position,
    /// How many events they have seen.
    pub events: u64,
    /// When the log learned the last of them.
    pub recorded_at: Option<Timestamp>,
    /// The folder of the file, which is removed when this is dropped.
    _folder: Option<TempDir>,
}

impl Replayed {
    /// All read models as of a moment: from the auditor's cache, where there is one, else built from the beginning.
    pub fn cached(
        log: &Log,
        until: Until,
        cache: Option<&Path>,
        console: &mut Console<'_>,
    ) -> Result<Self, Failure> {
        let Some(cache) = cache else { return Self::as_of(log, until, console) };
        data_folder::make(cache)
            .map_err(|source| Failure::File { path: cache.to_owned(), source })?;
        let past = AsOf::open(cache, AsOf::EVERY)?;
        let bar = console.progress(Said::new("重放", "replay"), log.goal(until)?.position);
        let mut events = 0;
        let opened = past.at(log.store(), log.handle(), until, &mut |at: Progress| {
            events = at.events;
            bar.at(at.position);
        });
        console.done(bar, events);
        let (_, conn) = opened?;
        Self::of(conn).map_err(|source| Failure::OpenDatabase { path: cache.to_owned(), source })
    }

    /// Builds all read models as of a moment, into a file that goes away with this value.
    pub fn as_of(log: &Log, until: Until, console: &mut Console<'_>) -> Result<Self, Failure> {
        let folder = tempfile::Builder::new().prefix("replay-").tempdir()?;
        let path = folder.path().join("read.sqlite");
        build(log, &path, until, console)?;
        Ok(Self { _folder: Some(folder), ..Self::open(&path)? })
    }

    /// Opens a file that [`build`] has written.
    pub fn open(path: &Path) -> Result<Self, Failure> {
        Self::of(open_database(path)?)
            .map_err(|source| Failure::OpenDatabase { path: path.to_owned(), source })
    }

    fn of(conn: Connection) -> rusqlite::Result<Self> {
        let seen = projections::checkpoints(&conn)?;
        let seen = seen.into_iter().map(|line| line.folded).max_by_key(|at| at.position);
        let seen = seen.unwrap_or_default();
        let (position, events, recorded_at) = (seen.position, seen.events, seen.recorded_at);
        Ok(Self { conn, position, events, recorded_at, _folder: None })
    }

    /// The moment at which its figures hold: the one asked for, else that of its last event.
    pub fn moment(&self, cut: &Cut) -> Timestamp {
        cut.as_of.or(self.recorded_at).unwrap_or(Timestamp::UNIX_EPOCH)
    }

    /// As of which time, position and number of events.
    pub fn heading(&self, cut: &Cut) -> Said {
        let (position, events) = (self.position, self.events);
        let at = county_exact(self.moment(cut));
        Said::new(
            format!("截至{at},日志位置{position},共{events}件事件"),
            format!("as of {at}, position {position} of the log, {events} events"),
        )
    }
}

/// Opens a read database for reading, without leaving a trace.
///
/// A database that a service keeps up to date has a write-ahead log beside it. One without is opened as immutable, because
/// SQLite would otherwise put files of its own beside it.
pub fn open_database(path: &Path) -> Result<Connection, Failure> {
    let failed = |source| Failure::OpenDatabase { path: path.to_owned(), source };
    if beside(path, "-wal").exists() {
        return projections::open_reader(path).map_err(failed);
    }
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY
        | OpenFlags::SQLITE_OPEN_NO_MUTEX
        | OpenFlags::SQLITE_OPEN_URI;
    Connection::open_with_flags(sqlite_uri(path, "?immutable=1"), flags).map_err(failed)
}

/// Builds all read models from a part of the log into a file, which appears when it is whole.
pub fn build(
    log: &Log,
    path: &Path,
    until: Until,
    console: &mut Console<'_>,
) -> Result<(), Failure> {
    let bar = console.progress(Said::new("重放", "replay"), log.goal(until)?.position);
    let mut events = 0;
    let built =
        projections::rebuild_into(path, log.store(), log.handle(), until, &mut |at: Progress| {
            events = at.events;
            bar.at(at.position);
        });
    console.done(bar, events);
    Ok(built?)
}
