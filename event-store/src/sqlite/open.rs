//! Connections: who may open what, and with which settings.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

use super::SqliteOptions;
use super::convert::sql;
use crate::{Refused, StoreError};

/// "EVLG" in a file's header: this is one of our logs.
const APPLICATION_ID: i32 = 0x4556_4C47;
/// The revision of `schema.sql`.
const SCHEMA: i32 = 1;
/// How long a connection waits for another one's lock before it answers "busy".
const PATIENCE: Duration = Duration::from_secs(5);

/// Why a log could not be opened.
#[derive(Debug, Clone, thiserror::Error)]
pub enum OpenError {
    /// Another process, or another store in this one, writes to it.
    #[error("the event log is in use by another writer")]
    InUse,
    /// Opened for reading, but there is no such file.
    #[error("there is no event log at this place")]
    Missing,
    /// There may be one, but this user may not look.
    #[error("this user may not read the event log at this place")]
    Denied,
    /// A file of something else.
    #[error("the file is not an event log")]
    NotALog,
    /// Written by a program that knows more, or less, than this one.
    #[error("the event log has revision {found}, this program reads {known}")]
    Revision {
        /// What the file says.
        found: i32,
        /// What this program knows.
        known: i32,
    },
    /// Opened for reading, but a write-ahead log without its index lies beside it: open it once for
    /// writing, or make a copy with `backup`.
    #[error("the event log was copied while in use; make the copy by a backup instead")]
    HalfCopied,
    /// The place cannot be used as it is written, or does not let us in.
    #[error(transparent)]
    Refused(#[from] Refused),
    /// The engine failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// How connections for reading reach the file.
#[derive(Debug, Clone)]
pub(super) enum Access {
    /// Beside a writer of this process.
    WithWriter(PathBuf),
    /// As an onlooker that never creates nor writes a file, whoever else may write.
    Onlooker(PathBuf),
    /// As an onlooker to a file that nobody writes, such as a backup.
    Still(PathBuf),
}

impl Access {
    /// Finds out how to look at the log at `path` without touching anything.
    ///
    /// A log that was ever opened for writing keeps its `-wal` and `-shm` files (see [`configure`]), and an onlooker needs
    /// both. A backup has neither, and nobody writes to it.
    pub(super) fn onlooker(path: &Path) -> Result<Self, OpenError> {
        match path.metadata() {
            Ok(found) if found.is_file() => {}
            Err(error) if error.kind() == std::io::ErrorKind::PermissionDenied => {
                return Err(OpenError::Denied);
            }
            Ok(_) | Err(_) => return Err(OpenError::Missing),
        }
        if File::open(path).is_err_and(|error| error.kind() == std::io::ErrorKind::PermissionDenied)
        {
            return Err(OpenError::Denied);
        }
        let path = std::path::absolute(path).map_err(StoreError::of_system)?;
        let waiting = beside(&path, "-wal").metadata().map_or(0, |wal| wal.len());
        match (beside(&path, "-shm").exists(), beside(&path, "-wal").exists()) {
            (true, true) => Ok(Self::Onlooker(path)),
            (false, _) if waiting > 0 => Err(OpenError::HalfCopied),
            _ => Ok(Self::Still(path)),
        }
    }

    /// A new connection that cannot write.
    pub(super) fn connect(&self) -> Result<Connection, StoreError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY
            | OpenFlags::SQLITE_OPEN_NO_MUTEX
            | OpenFlags::SQLITE_OPEN_URI;
        let conn = match self {
            Self::WithWriter(path) => Connection::open_with_flags(sqlite_uri(path, ""), flags),
            Self::Onlooker(path) => {
                Connection::open_with_flags(sqlite_uri(path, "?readonly_shm=1"), flags)
            }
            Self::Still(path) => {
                Connection::open_with_flags(sqlite_uri(path, "?immutable=1"), flags)
            }
        };
        let conn = conn.map_err(sql)?;
        configure(&conn).map_err(sql)?;
        Ok(conn)
    }
}

/// A file next to the database: its path with `suffix` put after it.
pub(super) fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}

/// Opens the log at `path` for writing, and makes it if there is none. The caller holds the writer's lock.
pub(super) fn for_writing(path: &Path, options: &SqliteOptions) -> Result<Connection, OpenError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
        | OpenFlags::SQLITE_OPEN_CREATE
        | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let conn = Connection::open_with_flags(path, flags).map_err(sql)?;
    configure(&conn).map_err(sql)?;
    let fresh = identify(&conn)? == Identity::Nothing;
    durable(&conn).map_err(sql)?;
    if fresh {
        create(&conn).map_err(sql)?;
        sync_folder(path)?;
    }
    if let Some(pages) = options.max_pages {
        conn.pragma_update(None, "max_page_count", pages).map_err(sql)?;
    }
    settle(&conn)?;
    Ok(conn)
}

/// Refuses what is no log of ours. For connections that cannot write.
pub(super) fn expect_log(conn: &Connection) -> Result<(), OpenError> {
    match identify(conn)? {
        Identity::Log => Ok(()),
        Identity::Nothing => Err(OpenError::NotALog),
    }
}

#[derive(PartialEq)]
enum Identity {
    Nothing,
    Log,
}

/// Looks at the header and changes nothing: a file of somebody else must stay as it was.
fn identify(conn: &Connection) -> Result<Identity, OpenError> {
    let number = |pragma| conn.pragma_query_value(None, pragma, |row| row.get::<_, i32>(0));
    let application = match number("application_id") {
        Err(e) if e.sqlite_error_code() == Some(rusqlite::ErrorCode::NotADatabase) => {
            return Err(OpenError::NotALog);
        }
        other => other.map_err(sql)?,
    };
    let found = number("user_version").map_err(sql)?;
    let tables: i64 =
        conn.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0)).map_err(sql)?;
    match (application, found, tables) {
        (APPLICATION_ID, SCHEMA, _) => Ok(Identity::Log),
        (APPLICATION_ID, _, _) => Err(OpenError::Revision { found, known: SCHEMA }),
        (0, 0, 0) => Ok(Identity::Nothing),
        _ => Err(OpenError::NotALog),
    }
}

/// Settings of every connection. None reads the file: that is left to [`identify`], which knows what to say.
///
/// The last connection to close must not remove the `-wal` and `-shm` files: without them an onlooker
/// would have to create some. Checkpoints are the writer's work, where an error is seen.
fn configure(conn: &Connection) -> rusqlite::Result<()> {
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
    // Plans stay as they are when parameters change; without this every query is planned anew.
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    conn.set_prepared_statement_cache_capacity(32);
    conn.busy_timeout(PATIENCE)
}

/// Settings that make a commit survive the loss of power.
fn durable(conn: &Connection) -> rusqlite::Result<()> {
    // Read to its end: the change is committed after its only row. A journal that cannot be removed then would, after a
    // loss of power, undo all that was written since.
    let mut change = conn.prepare("PRAGMA journal_mode = WAL")?;
    let mut modes = change.query([])?;
    while modes.next()?.is_some() {}
    conn.pragma_update(None, "synchronous", "FULL")?;
    conn.pragma_update(None, "fullfsync", true)?;
    conn.pragma_update(None, "checkpoint_fullfsync", true)?;
    conn.pragma_update_and_check(None, "wal_autocheckpoint", 0, |_| Ok(()))?;
    // Not larger: SQLite walks through its whole cache at a commit that has split a page.
    conn.pragma_update(None, "cache_size", -16 * 1024) // KiB
}

fn create(conn: &Connection) -> rusqlite::Result<()> {
    conn.execute_batch(&format!(
        "BEGIN IMMEDIATE; {} PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {SCHEMA}; COMMIT;",
        include_str!("schema.sql")
    ))
}

/// Moves everything recovered from the write-ahead log into the database before anybody reads it.
///
/// After a failed sync the file may show a commit that the disk does not hold. Writing it anew makes it durable,
/// so that an event once seen never vanishes. It also leaves the index in a state that onlookers can use.
fn settle(conn: &Connection) -> Result<(), StoreError> {
    let busy: bool =
        conn.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0)).map_err(sql)?;
    if busy {
        tracing::warn!(
            "a reader kept the write-ahead log from being emptied while the event log was opened"
        );
    }
    Ok(())
}

/// A new file is durable only once its folder knows its name.
pub(super) fn sync_folder(path: &Path) -> Result<(), StoreError> {
    let parent = match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        Some(_) | None => Path::new("."),
    };
    File::open(parent).and_then(|folder| folder.sync_all()).map_err(StoreError::of_system)
}

/// The path as SQLite's URI, followed by parameters such as `?mode=ro`. Everything but plain characters is escaped, so that
/// no name adds parameters.
#[must_use]
pub fn sqlite_uri(path: &Path, parameters: &str) -> String {
    let mut uri = String::from("file:");
    for &byte in path.as_os_str().as_encoded_bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'/' | b'.' | b'_' | b'-' => {
                uri.push(byte.into());
            }
            other => uri.push_str(&format!("%{other:02X}")),
        }
    }
    uri + parameters
}
