use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

use event_store::Position;
use rusqlite::{Connection, OptionalExtension as _};

/// What only this node remembers: API tokens and how far its policies came. Losing it loses no fact.
pub struct Node(Mutex<Connection>);

impl Node {
    /// Opens the node's file, made if it does not exist.
    ///
    /// # Errors
    /// When it cannot be opened or written.
    pub fn open(path: &Path) -> rusqlite::Result<Self> {
        let connection = Connection::open(path)?;
        connection.busy_timeout(std::time::Duration::from_secs(5))?;
        connection.pragma_update(None, "journal_mode", "WAL")?;
        connection.execute_batch(
            "CREATE TABLE IF NOT EXISTS follower (
                name TEXT PRIMARY KEY,
                position INTEGER NOT NULL
            ) STRICT",
        )?;
        Ok(Self(Mutex::new(connection)))
    }

    /// The connection; calls are short.
    pub fn connection(&self) -> MutexGuard<'_, Connection> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How far a follower of the log came.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn position(&self, follower: &str) -> rusqlite::Result<Position> {
        let stored: Option<i64> = self
            .connection()
            .query_row("SELECT position FROM follower WHERE name = ?1", [follower], |row| {
                row.get(0)
            })
            .optional()?;
        Ok(stored.and_then(|stored| u64::try_from(stored).ok()).map_or(Position::START, Position))
    }

    /// Remembers how far a follower came.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn reach(&self, follower: &str, position: Position) -> rusqlite::Result<()> {
        let position = i64::try_from(position.0).unwrap_or(i64::MAX);
        self.connection().execute(
            "INSERT INTO follower VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET position = ?2",
            (follower, position),
        )?;
        Ok(())
    }
}
