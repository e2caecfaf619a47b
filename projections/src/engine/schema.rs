//! The tables of a read database, and the two that tell of them.

use event_store::{Landmark, Position, StreamId, Version};
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Result, Row, params};

use crate::engine::column::{self, Column as _};
use crate::engine::projection::ReadModel;
use crate::engine::row::ColumnDef;

const OWN_TABLES: &str = "
CREATE TABLE IF NOT EXISTS _checkpoint (
  projection TEXT NOT NULL PRIMARY KEY, -- 读模型 read model
  revision INTEGER NOT NULL,            -- 版本 revision of its fold and tables
  position INTEGER NOT NULL,            -- 日志位置 position of the last event it has seen
  events INTEGER NOT NULL,              -- 事件数 how many events it has seen
  recorded_at TEXT,                     -- 截至时间 when the log learned the last of them (UTC)
  stream TEXT,                          -- 末件事件流 stream of the last of them
  version INTEGER,                      -- 末件序号 its place in that stream
  event TEXT                            -- 末件编号 its id
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS _dictionary (
  table_name TEXT NOT NULL,  -- 表名 table
  number INTEGER NOT NULL,   -- 列序 number of the column, 0 for the table itself
  column_name TEXT NOT NULL, -- 列名 column, empty for the table itself
  type TEXT NOT NULL,        -- 类型 type of the column
  meaning TEXT NOT NULL,     -- 含义 meaning in Chinese and English
  projection TEXT NOT NULL,  -- 读模型 read model that keeps the table
  PRIMARY KEY (table_name, number)
) STRICT, WITHOUT ROWID;
";

pub(crate) const CHECKPOINT: &str = "_checkpoint";
pub(crate) const CHECKPOINT_KEY: usize = 1;

/// The columns of `_checkpoint`, as those of a read model's table.
pub(crate) const CHECKPOINT_COLUMNS: &[ColumnDef] = &[
    own_column("projection", "TEXT", false),
    own_column("revision", "INTEGER", false),
    own_column("position", "INTEGER", false),
    own_column("events", "INTEGER", false),
    own_column("recorded_at", "TEXT", true),
    own_column("stream", "TEXT", true),
    own_column("version", "INTEGER", true),
    own_column("event", "TEXT", true),
];

const fn own_column(name: &'static str, sql_type: &'static str, nullable: bool) -> ColumnDef {
    ColumnDef { name, sql_type, nullable, meaning: "" }
}

/// How far a projection has come.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Folded {
    /// Position of the last event it has seen, in the log that it was filled from.
    pub position: Position,
    /// How many events it has seen.
    pub events: u64,
    /// When the log learned the last of them.
    pub recorded_at: Option<Timestamp>,
    /// The last of them, to find it in a log that was moved.
    pub last: Option<Landmark>,
}

impl Folded {
    /// Whether it can be told where in a log it stands: at the start, or at an event that is named.
    #[must_use]
    pub fn is_placed(&self) -> bool {
        self.position == Position::START || self.last.is_some()
    }
}

/// The line of one projection in `_checkpoint`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    /// Which projection.
    pub projection: String,
    /// The revision of fold and tables that filled the rows.
    pub revision: u32,
    /// How far it has come.
    pub folded: Folded,
}

pub(crate) fn create_own_tables(conn: &Connection) -> Result<()> {
    conn.execute_batch(OWN_TABLES)?;
    if names_events(conn)? {
        return Ok(());
    }
    conn.execute_batch(
        "ALTER TABLE _checkpoint ADD COLUMN stream TEXT; ALTER TABLE _checkpoint ADD COLUMN version INTEGER;
         ALTER TABLE _checkpoint ADD COLUMN event TEXT;",
    )
}

/// Whether checkpoints say at which event they stand; those of earlier programs do not.
fn names_events(conn: &Connection) -> Result<bool> {
    let named = "SELECT 1 FROM pragma_table_info('_checkpoint') WHERE name = 'stream'";
    Ok(conn.query_row(named, [], |_| Ok(())).optional()?.is_some())
}

/// How far each projection has come, by name.
///
/// # Errors
/// What SQLite says, also where the file is no read database.
pub fn checkpoints(conn: &Connection) -> Result<Vec<Checkpoint>> {
    let last = if names_events(conn)? { "stream, version, event" } else { "NULL, NULL, NULL" };
    let mut statement = conn.prepare_cached(&format!(
        "SELECT projection, revision, position, events, recorded_at, {last} FROM _checkpoint ORDER BY projection",
    ))?;
    let found = statement.query_map([], |row| {
        Ok(Checkpoint {
            projection: row.get(0)?,
            revision: row.get(1)?,
            folded: Folded {
                position: Position(column::read(row, 2)?),
                events: column::read(row, 3)?,
                recorded_at: column::read(row, 4)?,
                last: landmark(row, 5)?,
            },
        })
    })?;
    found.collect()
}

/// The event that three columns name: stream, version and id. None where they are not whole.
///
/// # Errors
/// When a column holds anything else.
pub fn landmark(row: &Row<'_>, first: usize) -> Result<Option<Landmark>> {
    let stream = row.get::<_, Option<String>>(first)?;
    let stream = stream.and_then(|name| StreamId::new(&name).ok());
    let version = column::read::<Option<u64>>(row, first + 1)?.map(Version);
    let id = row.get::<_, Option<String>>(first + 2)?.and_then(|id| id.parse().ok());
    let parts = stream.zip(version).zip(id);
    Ok(parts.map(|((stream, version), id)| Landmark { stream, version, id }))
}

pub(crate) fn save_checkpoint(conn: &Connection, model: &ReadModel, at: &Folded) -> Result<()> {
    let mut save =
        conn.prepare_cached("REPLACE INTO _checkpoint VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)")?;
    save.raw_bind_parameter(1, model.name)?;
    model.revision.bind(&mut save, 2)?;
    at.position.0.bind(&mut save, 3)?;
    at.events.bind(&mut save, 4)?;
    at.recorded_at.bind(&mut save, 5)?;
    let last = at.last.as_ref();
    save.raw_bind_parameter(6, last.map(|last| last.stream.as_str()))?;
    last.map(|last| last.version.0).bind(&mut save, 7)?;
    save.raw_bind_parameter(8, last.map(|last| last.id.to_string()))?;
    save.raw_execute().map(drop)
}

/// Removes what an earlier revision left, and creates the tables and their dictionary.
pub(crate) fn create(conn: &Connection, model: &ReadModel) -> Result<()> {
    drop_tables(conn, model)?;
    for table in model.tables {
        conn.execute_batch(&table.create())?;
        let mut add =
            conn.prepare_cached("REPLACE INTO _dictionary VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?;
        add.execute(params![table.name, 0, "", "table", table.meaning.trim(), model.name])?;
        for (number, column) in (1..).zip(table.columns) {
            let meaning = column.meaning.trim();
            add.execute(params![
                table.name,
                number,
                column.name,
                column.sql_type,
                meaning,
                model.name
            ])?;
        }
    }
    save_checkpoint(conn, model, &Folded::default())
}

pub(crate) fn create_indexes(conn: &Connection, model: &ReadModel) -> Result<()> {
    let indexes = model.tables.iter().flat_map(|table| table.create_indexes());
    indexes.into_iter().try_for_each(|sql| conn.execute_batch(&sql))
}

fn drop_tables(conn: &Connection, model: &ReadModel) -> Result<()> {
    let mut known =
        conn.prepare_cached("SELECT DISTINCT table_name FROM _dictionary WHERE projection = ?1")?;
    let names =
        known.query_map([model.name], |row| row.get(0))?.collect::<Result<Vec<String>>>()?;
    for name in names {
        conn.execute_batch(&format!("DROP TABLE IF EXISTS {name}"))?;
    }
    conn.execute("DELETE FROM _dictionary WHERE projection = ?1", [model.name]).map(drop)
}

/// Whether the database is as new.
pub(crate) fn is_empty(conn: &Connection) -> Result<bool> {
    let any = conn.query_row("SELECT 1 FROM _checkpoint LIMIT 1", [], |_| Ok(())).optional()?;
    Ok(any.is_none())
}
