//! Tables that keep all versions of a row.
//!
//! Behind a table `t` of the read models stands `t_version`: each row with the marks since which and until which it held.
//! A view `t` shows the rows as of one mark, in the schema `temp`, which SQLite searches first: folds and queries run
//! on it as they are. What a fold writes, triggers turn into versions. Lookups find a version by key as quickly as they
//! find a row, and a row that changes all the time has one version a mark.

use event_store::Position;
use rusqlite::{Connection, Result};

use super::mark::Mark;
use crate::projection::{ALL, ReadModel};
use crate::schema::{self, CHECKPOINT, CHECKPOINT_KEY};
use crate::table::{ColumnDef, IndexDef};

/// Until when a version holds that nothing has followed yet.
const FOR_NOW: u64 = i64::MAX as u64;

/// Views and triggers are no files.
const IN_MEMORY: &str = "PRAGMA temp_store = MEMORY;";

/// A table of the read models, or that of their checkpoints.
struct Table {
    name: &'static str,
    columns: &'static [ColumnDef],
    key_columns: usize,
    indexes: &'static [IndexDef],
}

fn tables() -> impl Iterator<Item = Table> {
    let own = Table {
        name: CHECKPOINT,
        columns: schema::CHECKPOINT_COLUMNS,
        key_columns: CHECKPOINT_KEY,
        indexes: &[],
    };
    let declared = ALL.iter().flat_map(|model: &ReadModel| model.tables);
    let declared = declared.map(|table| Table {
        name: table.name,
        columns: table.columns,
        key_columns: table.key_columns,
        indexes: table.indexes,
    });
    std::iter::once(own).chain(declared)
}

/// A step from one mark to the next.
#[derive(Debug, Clone, Copy)]
pub(super) struct Step {
    pub(super) from: Position,
    pub(super) to: Position,
    /// The mark after the new one, where there is one already.
    pub(super) next: Option<Position>,
    /// Whether the new mark was asked for.
    pub(super) asked: bool,
}

/// Creates what is not there, with the mark at the start of the log.
pub(super) fn create(conn: &Connection) -> Result<()> {
    let tx = conn.unchecked_transaction()?;
    for table in tables() {
        tx.execute_batch(&table.create())?;
    }
    let start = format!(
        "INSERT INTO {CHECKPOINT}_version (projection, revision, position, events, _since, _until, _asked)
         VALUES (?1, ?2, 0, 0, 0, {FOR_NOW}, 0)"
    );
    for model in ALL {
        tx.execute(&start, (model.name, model.revision))?;
    }
    tx.commit()
}

/// Lets a connection see the read models as of a mark.
pub(super) fn show(conn: &Connection, at: Position) -> Result<()> {
    conn.execute_batch(IN_MEMORY)?;
    conn.execute_batch(&tables().map(|table| table.view(at)).collect::<String>())
}

/// Lets a connection see the read models as of the mark from which a step goes, and makes what it writes part of the
/// mark to which it goes.
pub(super) fn take(conn: &Connection, step: &Step) -> Result<()> {
    conn.execute_batch(IN_MEMORY)?;
    let tables = tables().map(|table| table.view(step.from) + &table.triggers(step));
    conn.execute_batch(&format!("BEGIN; {} COMMIT;", tables.collect::<String>()))
}

/// Forgets a mark that was asked for. The versions before those that began with it hold until the next mark: who folds
/// on from an earlier one finds there what did not change. Its own go, or begin with the next mark if that sees them.
pub(super) fn forget(conn: &Connection, gone: Position, after: &Mark) -> Result<()> {
    let tx = conn.unchecked_transaction()?;
    tables().try_for_each(|table| tx.execute_batch(&table.forget(gone, after)))?;
    tx.commit()
}

impl Table {
    fn columns(&self, before: &str) -> String {
        let names: Vec<String> =
            self.columns.iter().map(|column| format!("{before}{}", column.name)).collect();
        names.join(", ")
    }

    fn key(&self) -> impl Iterator<Item = &'static str> {
        self.columns.iter().take(self.key_columns).map(|column| column.name)
    }

    fn create(&self) -> String {
        let (name, key) = (self.name, self.key().collect::<Vec<_>>().join(", "));
        let columns: String = self
            .columns
            .iter()
            .map(|column| {
                let null = if column.nullable { "" } else { " NOT NULL" };
                format!("{} {}{null}, ", column.name, column.sql_type)
            })
            .collect();
        let indexes: String = self
            .indexes
            .iter()
            .map(|index| {
                let (called, on) = (index.columns.join("_"), index.columns.join(", "));
                let only = index.only;
                format!("CREATE INDEX {name}_version_by_{called} ON {name}_version ({on}){only};")
            })
            .collect();
        format!(
            "CREATE TABLE {name}_version ({columns}
               _since INTEGER NOT NULL, _until INTEGER NOT NULL, _asked INTEGER NOT NULL,
               PRIMARY KEY ({key}, _since)) STRICT, WITHOUT ROWID;
             CREATE INDEX {name}_version_asked ON {name}_version (_since) WHERE _asked;
             {indexes}"
        )
    }

    /// Drops the view with its triggers, and creates it anew.
    fn view(&self, at: Position) -> String {
        let (name, columns) = (self.name, self.columns(""));
        format!(
            "DROP VIEW IF EXISTS temp.{name};
             CREATE TEMP VIEW {name} AS SELECT {columns} FROM main.{name}_version
             WHERE _since <= {at} AND _until > {at};",
            at = at.0
        )
    }

    fn forget(&self, gone: Position, after: &Mark) -> String {
        let (name, gone, next, asked) =
            (self.name, gone.0, after.position.0, u8::from(after.asked));
        let key = self.key().collect::<Vec<_>>().join(", ");
        let same: Vec<String> =
            self.key().map(|part| format!("began.{part} = {name}_version.{part}")).collect();
        format!(
            "UPDATE {name}_version SET _until = {next}
             FROM (SELECT {key} FROM {name}_version WHERE _asked AND _since = {gone}) AS began
             WHERE {same} AND {name}_version._until = {gone};
             DELETE FROM {name}_version WHERE _asked AND _since = {gone} AND _until <= {next};
             UPDATE {name}_version SET _since = {next}, _asked = {asked}
             WHERE _asked AND _since = {gone};",
            same = same.join(" AND ")
        )
    }

    fn triggers(&self, step: &Step) -> String {
        let (name, columns, new) = (self.name, self.columns(""), self.columns("NEW."));
        let Step { from, to, .. } = step;
        let (next, asked) = (step.next.map_or(FOR_NOW, |next| next.0), u8::from(step.asked));
        let ends = |row: &str| {
            let same: Vec<String> =
                self.key().map(|part| format!("{part} = {row}.{part}")).collect();
            format!(
                "UPDATE {name}_version SET _until = {to}
                 WHERE {} AND _since <= {from} AND _until > {from}",
                same.join(" AND "),
                to = to.0,
                from = from.0
            )
        };
        format!(
            "CREATE TEMP TRIGGER {name}_put INSTEAD OF INSERT ON {name} BEGIN
               {};
               INSERT INTO {name}_version ({columns}, _since, _until, _asked)
               VALUES ({new}, {to}, {next}, {asked});
             END;
             CREATE TEMP TRIGGER {name}_removed INSTEAD OF DELETE ON {name} BEGIN
               {};
             END;",
            ends("NEW"),
            ends("OLD"),
            to = to.0
        )
    }
}
