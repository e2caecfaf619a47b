//! The event log, opened for reading only.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{SyncSender, sync_channel};

use event_store::{
    EventStore, Place, Position, Recorded, StoreError, StreamId, Version, sqlite_uri,
};
use projections::{Goal, Until};
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};
use tokio::runtime::{Builder, Handle, Runtime};

use crate::data_folder;
use crate::failure::Failure;

/// Events read at once.
const PAGE: u32 = 4_096;
/// Pages that may wait to be looked at.
const WAITING_PAGES: usize = 2;

/// A log. Opening it creates and changes nothing.
pub struct Log {
    file: Option<PathBuf>,
    store: Arc<dyn EventStore>,
    runtime: Runtime,
}

impl Log {
    /// Opens the log at a place.
    pub fn open(place: &Place) -> Result<Self, Failure> {
        let runtime = Builder::new_current_thread().build()?;
        let store = runtime.block_on(place.open_read_only());
        let store = store.map_err(|source| Failure::open_log(place, source))?;
        Ok(Self { file: place.file(), store, runtime })
    }

    /// Opens another log for writing beside this one; a file is made where there is none, with its folder.
    pub fn open_target(&self, place: &Place) -> Result<Arc<dyn EventStore>, Failure> {
        if let Some(folder) = place.file().as_deref().and_then(Path::parent) {
            data_folder::make(folder)
                .map_err(|source| Failure::File { path: folder.to_owned(), source })?;
        }
        let store = self.runtime.block_on(place.open());
        store.map_err(|source| Failure::open_log(place, source))
    }

    /// The log as its port.
    pub fn store(&self) -> &dyn EventStore {
        &*self.store
    }

    /// Whether it is a SQLite file: its positions are dense, and it has a table of streams.
    pub fn is_file(&self) -> bool {
        self.file.is_some()
    }

    /// What runs the port's async functions.
    pub fn handle(&self) -> &Handle {
        self.runtime.handle()
    }

    /// Where a part of the log ends.
    pub fn goal(&self, until: Until) -> Result<Goal, Failure> {
        Ok(until.goal(self.store(), self.handle())?)
    }

    /// Hands every event of a part of the log to `each`, in order. The log is read on while `each` works.
    pub fn for_each(
        &self,
        goal: Goal,
        mut each: impl FnMut(&Recorded) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        std::thread::scope(|scope| {
            let (to, pages) = sync_channel(WAITING_PAGES);
            scope.spawn(move || self.feed(goal, &to));
            pages.into_iter().try_for_each(|page| page?.iter().try_for_each(&mut each))
        })
    }

    /// Sends page after page until the goal, an error, or until the receiver is gone.
    fn feed(&self, goal: Goal, to: &SyncSender<Result<Vec<Recorded>, StoreError>>) {
        let mut after = Position::START;
        while after < goal.position {
            let mut page = self.handle().block_on(self.store.read_all(after, PAGE));
            if let Ok(events) = &mut page {
                events.truncate(events.partition_point(|event| goal.holds(event)));
                let Some(last) = events.last() else { return };
                after = last.position;
            }
            let failed = page.is_err();
            if to.send(page).is_err() || failed {
                return;
            }
        }
    }

    /// One event of a stream, if it is there.
    pub fn event(&self, stream: &StreamId, version: Version) -> Result<Option<Recorded>, Failure> {
        let before = Version(version.0.saturating_sub(1));
        let found = self.runtime.block_on(self.store.read_stream(stream, before, 1))?;
        Ok(found.into_iter().find(|event| event.version == version))
    }

    /// All events of one stream.
    pub fn stream(&self, stream: &StreamId) -> Result<Vec<Recorded>, Failure> {
        let mut events: Vec<Recorded> = Vec::new();
        loop {
            let after = events.last().map_or(Version::NONE, |event| event.version);
            let page = self.runtime.block_on(self.store.read_stream(stream, after, PAGE))?;
            if page.is_empty() {
                return Ok(events);
            }
            events.extend(page);
        }
    }

    /// A SQLite file's own tables, for what the port does not show: the table of streams. None on another engine.
    ///
    /// As the store does for its readers: a log that was ever written keeps its `-wal` and `-shm` files, which are read but
    /// never made; one without them is a backup that nobody writes.
    pub fn tables(&self) -> Result<Option<Connection>, Failure> {
        let Some(path) = &self.file else { return Ok(None) };
        let there = |suffix| data_folder::beside(path, suffix).exists();
        let how = if there("-shm") && there("-wal") { "?readonly_shm=1" } else { "?immutable=1" };
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY
            | OpenFlags::SQLITE_OPEN_NO_MUTEX
            | OpenFlags::SQLITE_OPEN_URI;
        let uri = sqlite_uri(path, how);
        let open = || {
            let conn = Connection::open_with_flags(uri, flags)?;
            conn.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
            conn.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
            conn.busy_timeout(std::time::Duration::from_secs(5))?;
            Ok(Some(conn))
        };
        open().map_err(|source| Failure::OpenDatabase { path: path.clone(), source })
    }
}
