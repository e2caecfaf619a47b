use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

use event_store::{EventStore, Landmark, Position, Recorded, StoreError};
use jiff::Timestamp;
use projections::landmark;
use rusqlite::{Connection, OptionalExtension as _, Row};

/// Events read at once.
const PAGE: u32 = 4096;

/// What only this node remembers: API tokens and how far its policies came. Losing it loses no fact.
pub struct Node(Mutex<Connection>);

/// Figures that a node keeps of itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Remembered {
    /// The last moment at which the service ran by a clock that was beyond doubt, in microseconds since 1970.
    LastRan,
    /// How far the folder's own clock is ahead of the machine's, in microseconds: a played county lives in its own year.
    ClockDistance,
    /// 1 once a ledger was kept here.
    LedgerKept,
    /// How many persons the vault had ever known when it was last held against the log.
    VaultPersons,
    /// Which vault that was.
    Vault,
    /// The last moment at which a backup was made, in microseconds since 1970.
    LastBackup,
}

impl Remembered {
    fn name(self) -> &'static str {
        match self {
            Self::LastRan => "last_ran",
            Self::ClockDistance => "clock_distance",
            Self::LedgerKept => "ledger_kept",
            Self::VaultPersons => "vault_persons",
            Self::Vault => "vault",
            Self::LastBackup => "last_backup",
        }
    }
}

/// How far a follower of the log came.
struct Follower {
    name: String,
    position: Position,
    /// The event at that position; files of earlier programs do not name it.
    last: Option<Landmark>,
}

/// Why the followers cannot go on in a log.
#[derive(Debug, thiserror::Error)]
pub enum LogMismatch {
    /// The log does not hold what a follower has seen.
    #[error(
        "数据目录与事件日志不相符：自动办理已到 {0}，日志中没有这件事件。请用 --store 指明与此数据目录相符的日志，\
         或把二者从同一次备份恢复；如确知日志无误，可移走 node.sqlite，令牌须重新建立，自动办理从头核对，不会重复办理。 \
         The data folder belongs to another history than the log: the policies have come to {0}, which the log does not \
         hold. Name the log that belongs to this data folder with --store, or restore both from one backup. If you know \
         the log to be right, move node.sqlite away: tokens must then be made anew, and the policies go through \
         everything again without doing anything twice."
    )]
    OtherHistory(String),
    /// The log cannot be read.
    #[error("cannot read the event log")]
    Log(#[from] StoreError),
    /// The node's own file failed.
    #[error("the node's own file failed")]
    Node(#[from] rusqlite::Error),
}

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
                position INTEGER NOT NULL,
                stream TEXT,
                version INTEGER,
                event TEXT
            ) STRICT;
            CREATE TABLE IF NOT EXISTS remembered (
                what TEXT PRIMARY KEY,
                figure INTEGER NOT NULL
            ) STRICT;
            CREATE TABLE IF NOT EXISTS kept_evidence (
                digest BLOB PRIMARY KEY,
                kept_at INTEGER NOT NULL,
                removed INTEGER NOT NULL DEFAULT 0
            ) STRICT, WITHOUT ROWID;
            CREATE TABLE IF NOT EXISTS clock_confirmation (
                asked_at INTEGER NOT NULL,
                reason TEXT NOT NULL
            ) STRICT",
        )?;
        if !connection.column_exists(Some("main"), "follower", "stream")? {
            connection.execute_batch(
                "BEGIN IMMEDIATE; ALTER TABLE follower ADD COLUMN stream TEXT;
                 ALTER TABLE follower ADD COLUMN version INTEGER; ALTER TABLE follower ADD COLUMN event TEXT; COMMIT",
            )?;
        }
        Ok(Self(Mutex::new(connection)))
    }

    /// The connection; calls are short.
    pub fn connection(&self) -> MutexGuard<'_, Connection> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes the positions that this log gives to the events at which the followers stand: it may have been moved to
    /// another engine.
    ///
    /// # Errors
    /// [`LogMismatch::OtherHistory`] when it does not hold one of them.
    pub async fn follow_in(&self, store: &dyn EventStore) -> Result<(), LogMismatch> {
        for Follower { name, position, last } in self.followers()? {
            let found = match &last {
                Some(last) => {
                    last.position_in(store).await?.map(|position| (position, last.clone()))
                }
                None => standing_at(store, position).await?.map(|last| (position, last)),
            };
            let stood_at = || match &last {
                Some(last) => last.to_string(),
                None => format!("position {position}"),
            };
            let (position, last) = found.ok_or_else(|| LogMismatch::OtherHistory(stood_at()))?;
            self.save(&name, position, &last)?;
        }
        Ok(())
    }

    /// How far a follower of the log came.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn position(&self, follower: &str) -> rusqlite::Result<Position> {
        let query = "SELECT position FROM follower WHERE name = ?1";
        let stored = self.connection().query_row(query, [follower], |row| unsigned(row, 0));
        Ok(stored.optional()?.map_or(Position::START, Position))
    }

    /// Remembers how far a follower came.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn reach(&self, follower: &str, last: &Recorded) -> rusqlite::Result<()> {
        self.save(follower, last.position, &last.into())
    }

    /// Forgets how far all followers came: they begin anew.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn forget_followers(&self) -> rusqlite::Result<()> {
        self.connection().execute("DELETE FROM follower", []).map(drop)
    }

    /// What is remembered under a name; none where nothing is.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn remembered(&self, what: Remembered) -> rusqlite::Result<Option<i64>> {
        let query = "SELECT figure FROM remembered WHERE what = ?1";
        self.connection().query_row(query, [what.name()], |row| row.get(0)).optional()
    }

    /// Remembers a figure in place of the one before.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn remember(&self, what: Remembered, figure: i64) -> rusqlite::Result<()> {
        let put = "REPLACE INTO remembered VALUES (?1, ?2)";
        self.connection().execute(put, (what.name(), figure)).map(drop)
    }

    /// Leaves the statement that the clock is right as of now, for whoever writes to the log next.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn ask_to_confirm(&self, now: Timestamp, reason: &str) -> rusqlite::Result<()> {
        let put = "INSERT INTO clock_confirmation VALUES (?1, ?2)";
        self.connection().execute(put, (now.as_microsecond(), reason)).map(drop)
    }

    /// The last statement that the clock is right: as of when, and why.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn asked_to_confirm(&self) -> rusqlite::Result<Option<(i64, String)>> {
        let last = "SELECT asked_at, reason FROM clock_confirmation ORDER BY rowid DESC LIMIT 1";
        let read = |row: &Row<'_>| Ok((row.get(0)?, row.get(1)?));
        self.connection().query_row(last, [], read).optional()
    }

    /// Forgets all statements about the clock, because one of them stands in the log.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn has_confirmed(&self) -> rusqlite::Result<()> {
        self.connection().execute("DELETE FROM clock_confirmation", []).map(drop)
    }

    fn followers(&self) -> rusqlite::Result<Vec<Follower>> {
        let connection = self.connection();
        let mut query = connection.prepare(
            "SELECT name, position, stream, version, event FROM follower WHERE position > 0",
        )?;
        let followers = query.query_map([], |row| {
            let (name, position) = (row.get(0)?, Position(unsigned(row, 1)?));
            Ok(Follower { name, position, last: landmark(row, 2)? })
        })?;
        followers.collect()
    }

    fn save(&self, follower: &str, position: Position, last: &Landmark) -> rusqlite::Result<()> {
        let signed = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
        let Landmark { stream, version, id } = last;
        self.connection()
            .execute(
                "REPLACE INTO follower VALUES (?1, ?2, ?3, ?4, ?5)",
                (follower, signed(position.0), stream.as_str(), signed(version.0), id.to_string()),
            )
            .map(drop)
    }
}

fn unsigned(row: &Row<'_>, at: usize) -> rusqlite::Result<u64> {
    Ok(u64::try_from(row.get::<_, i64>(at)?).unwrap_or(0))
}

/// The event at exactly this position. A position that was remembered without its event is one of the log's first
/// engine; should another engine have an event there too, it is an earlier one, and nothing is skipped.
async fn standing_at(
    store: &dyn EventStore,
    position: Position,
) -> Result<Option<Landmark>, StoreError> {
    let mut after = Position::START;
    loop {
        let page = store.read_all(after, PAGE).await?;
        if let Some(event) = page.iter().find(|event| event.position >= position) {
            return Ok((event.position == position).then(|| event.into()));
        }
        let Some(last) = page.last() else { return Ok(None) };
        after = last.position;
    }
}
