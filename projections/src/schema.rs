//! The tables of a read database, and the two that tell of them.

use event_store::Position;
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Result, params};

use crate::column::{self, Column as _};
use crate::projection::ReadModel;

const OWN_TABLES: &str = "
CREATE TABLE IF NOT EXISTS _checkpoint (
  projection TEXT NOT NULL PRIMARY KEY, -- 读模型 read model
  revision INTEGER NOT NULL,            -- 版本 revision of its fold and tables
  position INTEGER NOT NULL,            -- 日志位置 position of the last event it has seen
  events INTEGER NOT NULL,              -- 事件数 how many events it has seen
  recorded_at TEXT                      -- 截至时间 when the log learned the last of them (UTC)
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

/// How far a projection has come.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Progressed {
    /// Position of the last event it has seen.
    pub position: Position,
    /// How many events it has seen.
    pub events: u64,
    /// When the log learned the last of them.
    pub recorded_at: Option<Timestamp>,
}

/// The line of one projection in `_checkpoint`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    /// Which projection.
    pub projection: String,
    /// The revision of fold and tables that filled the rows.
    pub revision: u32,
    /// How far it has come.
    pub progressed: Progressed,
}

pub(crate) fn create_own_tables(conn: &Connection) -> Result<()> {
    conn.execute_batch(OWN_TABLES)
}

/// How far each projection has come, by name.
///
/// # Errors
/// What SQLite says, also where the file is no read database.
pub fn checkpoints(conn: &Connection) -> Result<Vec<Checkpoint>> {
    let mut statement = conn.prepare_cached(
        "SELECT projection, revision, position, events, recorded_at FROM _checkpoint ORDER BY projection",
    )?;
    let found = statement.query_map([], |row| {
        Ok(Checkpoint {
            projection: row.get(0)?,
            revision: row.get(1)?,
            progressed: Progressed {
                position: Position(column::read(row, 2)?),
                events: column::read(row, 3)?,
                recorded_at: column::read(row, 4)?,
            },
        })
    })?;
    found.collect()
}

pub(crate) fn save_checkpoint(conn: &Connection, model: &ReadModel, at: &Progressed) -> Result<()> {
    let mut save = conn.prepare_cached("REPLACE INTO _checkpoint VALUES (?1, ?2, ?3, ?4, ?5)")?;
    save.raw_bind_parameter(1, model.name)?;
    model.revision.bind(&mut save, 2)?;
    at.position.0.bind(&mut save, 3)?;
    at.events.bind(&mut save, 4)?;
    at.recorded_at.bind(&mut save, 5)?;
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
    save_checkpoint(conn, model, &Progressed::default())
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
