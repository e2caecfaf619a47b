//! Tables that keep all versions of a row.
//!
//! Behind a table `t` of the read models stands `t_version`: each row with the marks since which and until which it held.
//! A view `t` shows the rows as of one mark, in the schema `temp`, which SQLite searches first: folds and queries run
//! on it as they are. What a fold writes, triggers turn into versions. Lookups find a version by key as quickly as they
//! find a row, and a row that changes all the time has one version a mark.

use event_store::Position;
use rusqlite::{Connection, Result};

use super::tables::{Table, tables};
use crate::engine::schema::CHECKPOINT;
use crate::models::ALL;

/// Until when a version holds that nothing has followed yet.
const FOR_NOW: u64 = i64::MAX as u64;

/// Views and triggers are no files.
const IN_MEMORY: &str = "PRAGMA temp_store = MEMORY;";

/// Creates what is not there, with the mark at the start of the log.
pub(super) fn create(conn: &Connection) -> Result<()> {
    let tx = conn.unchecked_transaction()?;
    for table in tables() {
        let key = format!("{}, _since", table.key());
        tx.execute_batch(&table.create(
            "version",
            "_since INTEGER NOT NULL, _until INTEGER NOT NULL",
            &key,
        ))?;
    }
    let start = format!(
        "INSERT INTO {CHECKPOINT}_version (projection, revision, position, events, _since, _until)
         VALUES (?1, ?2, 0, 0, 0, {FOR_NOW})"
    );
    for model in ALL {
        tx.execute(&start, (model.name, model.revision))?;
    }
    tx.commit()
}

/// Lets a connection see the read models as of a mark.
pub(super) fn show(conn: &Connection, at: Position) -> Result<()> {
    temporarily(conn, |table| table.shows(&table.as_of(at)))
}

/// Lets a connection see the read models as of the newest mark, and makes what it writes part of the one to which it goes.
pub(super) fn take(conn: &Connection, from: Position, to: Position) -> Result<()> {
    temporarily(conn, |table| table.shows(&table.as_of(from)) + &table.follows(to))
}

/// Puts views and triggers into the schema of this connection alone.
pub(super) fn temporarily(conn: &Connection, sql: impl Fn(Table) -> String) -> Result<()> {
    let sql: String = tables().map(sql).collect();
    conn.execute_batch(&format!("{IN_MEMORY} BEGIN; {sql} COMMIT;"))
}

impl Table {
    /// The rows as of a mark; `held` names their versions.
    pub(super) fn as_of(&self, at: Position) -> String {
        let (name, columns, at) = (self.name, self.columns(""), at.0);
        format!(
            "SELECT {columns} FROM {name}_version AS held WHERE _since <= {at} AND _until > {at}"
        )
    }

    /// Makes the table a view, dropping one that is there with its triggers.
    pub(super) fn shows(&self, rows: &str) -> String {
        let name = self.name;
        format!("DROP VIEW IF EXISTS temp.{name}; CREATE TEMP VIEW {name} AS {rows};")
    }

    fn follows(&self, to: Position) -> String {
        let (name, columns, new, to) = (self.name, self.columns(""), self.columns("NEW."), to.0);
        let ends = |row: &str| {
            let same = self.same_key(&format!("{name}_version"), row);
            format!("UPDATE {name}_version SET _until = {to} WHERE {same} AND _until = {FOR_NOW}")
        };
        format!(
            "CREATE TEMP TRIGGER {name}_put INSTEAD OF INSERT ON {name} BEGIN
               {};
               INSERT INTO {name}_version ({columns}, _since, _until)
               VALUES ({new}, {to}, {FOR_NOW});
             END;
             CREATE TEMP TRIGGER {name}_removed INSTEAD OF DELETE ON {name} BEGIN
               {};
             END;",
            ends("NEW"),
            ends("OLD"),
        )
    }
}
