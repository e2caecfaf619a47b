//! The event log, opened for reading only.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{SyncSender, sync_channel};

use event_store::{EventStore as _, Position, Recorded, SqliteStore, StoreError};
use projections::Until;
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};
use tokio::runtime::{Builder, Handle, Runtime};

use crate::data_folder;
use crate::failure::Failure;

/// Events read at once.
const PAGE: u32 = 4_096;
/// Pages that may wait to be looked at.
const WAITING_PAGES: usize = 2;

/// The log of a data folder. Opening it creates and changes nothing.
pub struct Log {
    path: PathBuf,
    store: SqliteStore,
    runtime: Runtime,
}

impl Log {
    /// Opens the log of a data folder.
    pub fn open(data: &Path) -> Result<Self, Failure> {
        let path = data_folder::log(data);
        let store = SqliteStore::open_read_only(&path)
            .map_err(|source| Failure::OpenLog { path: path.clone(), source })?;
        let runtime = Builder::new_current_thread().build()?;
        Ok(Self { path, store, runtime })
    }

    /// The log as its port.
    pub fn store(&self) -> &SqliteStore {
        &self.store
    }

    /// What runs the port's async functions.
    pub fn handle(&self) -> &Handle {
        self.runtime.handle()
    }

    /// The position of the last event that belongs to a part of the log.
    pub fn end_of(&self, until: Until) -> Result<Position, Failure> {
        Ok(projections::resolve(&self.store, self.handle(), until)?)
    }

    /// Hands every event up to and with `last` to `each`, in order. The log is read on while `each` works.
    pub fn for_each(
        &self,
        last: Position,
        mut each: impl FnMut(&Recorded) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        std::thread::scope(|scope| {
            let (to, pages) = sync_channel(WAITING_PAGES);
            scope.spawn(move || self.feed(last, &to));
            pages.into_iter().try_for_each(|page| {
                page?.iter().take_while(|event| event.position <= last).try_for_each(&mut each)
            })
        })
    }

    /// Sends page after page until `last`, an error, or until nobody listens.
    fn feed(&self, last: Position, to: &SyncSender<Result<Vec<Recorded>, StoreError>>) {
        let mut after = Position::START;
        while after < last {
            let page = self.handle().block_on(self.store.read_all(after, PAGE));
            let end = page.as_ref().ok().and_then(|page| page.last()).map(|event| event.position);
            let nothing = matches!(&page, Ok(events) if events.is_empty());
            if nothing || to.send(page).is_err() {
                return;
            }
            let Some(position) = end else { return };
            after = position;
        }
    }

    /// All events of one stream.
    pub fn stream(&self, stream: &event_store::StreamId) -> Result<Vec<Recorded>, Failure> {
        let mut events: Vec<Recorded> = Vec::new();
        loop {
            let after = events.last().map_or(event_store::Version::NONE, |event| event.version);
            let page = self.runtime.block_on(self.store.read_stream(stream, after, PAGE))?;
            if page.is_empty() {
                return Ok(events);
            }
            events.extend(page);
        }
    }

    /// The file's own tables, for what the port does not show: the table of streams and events by id.
    ///
    /// As the store does for its readers: a log that was ever written keeps its `-wal` and `-shm` files, which are read but
    /// never made; one without them is a backup that nobody writes.
    pub fn tables(&self) -> Result<Connection, Failure> {
        let there = |suffix| data_folder::beside(&self.path, suffix).exists();
        let how = if there("-shm") && there("-wal") { "readonly_shm=1" } else { "immutable=1" };
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY
            | OpenFlags::SQLITE_OPEN_NO_MUTEX
            | OpenFlags::SQLITE_OPEN_URI;
        let uri = sqlite_uri(&self.path, how)?;
        let open = || {
            let conn = Connection::open_with_flags(uri, flags)?;
            conn.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
            conn.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
            conn.busy_timeout(std::time::Duration::from_secs(5))?;
            Ok(conn)
        };
        open().map_err(|source| Failure::OpenDatabase { path: self.path.clone(), source })
    }
}

/// The path as SQLite's URI: everything but plain characters is escaped, so that no name adds parameters.
pub fn sqlite_uri(path: &Path, parameters: &str) -> Result<String, Failure> {
    let path = std::path::absolute(path)?;
    let mut uri = String::from("file:");
    for &byte in path.as_os_str().as_encoded_bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'/' | b'.' | b'_' | b'-' => {
                uri.push(byte.into());
            }
            other => uri.push_str(&format!("%{other:02X}")),
        }
    }
    Ok(format!("{uri}?{parameters}"))
}
