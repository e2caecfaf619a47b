//! What changed since a mark.
//!
//! Beside the versions of a table `t` stands `t_changed` in a small database of its own: the rows that changed since a mark,
//! as they are then or as they were before they went. A view `t` shows those and, of the rows as of the mark, the others.
//! Both sides have the same columns, so that SQLite looks a condition up in both and merges what is in order.

use event_store::Position;
use rusqlite::{Connection, Result};

use super::tables::{Table, tables};
use super::versions::temporarily;

pub(super) fn create(conn: &Connection) -> Result<()> {
    let tables =
        tables().map(|table| table.create("changed", "_gone INTEGER NOT NULL", &table.key()));
    conn.execute_batch(&format!("BEGIN; {} COMMIT;", tables.collect::<String>()))
}

/// Lets a connection see the read models as of the mark, and makes what it writes part of what changed since. It does not
/// see that.
pub(super) fn take(conn: &Connection, mark: Position) -> Result<()> {
    temporarily(conn, |table| table.shows(&table.as_of(mark)) + &table.changes())
}

/// Lets a connection see the read models as of the mark, with what changed since.
pub(super) fn show(conn: &Connection, mark: Position) -> Result<()> {
    temporarily(conn, |table| table.shows(&table.changed(mark)))
}

impl Table {
    fn changed(&self, mark: Position) -> String {
        let (name, as_of, columns) = (self.name, self.as_of(mark), self.columns(""));
        let same = self.same_key("now", "held");
        format!(
            "{as_of} AND NOT EXISTS (SELECT 1 FROM {name}_changed AS now WHERE {same})
             UNION ALL SELECT {columns} FROM {name}_changed WHERE NOT _gone"
        )
    }

    fn changes(&self) -> String {
        let (name, columns) = (self.name, self.columns(""));
        let (new, old) = (self.columns("NEW."), self.columns("OLD."));
        format!(
            "CREATE TEMP TRIGGER {name}_put INSTEAD OF INSERT ON {name} BEGIN
               INSERT INTO {name}_changed ({columns}, _gone) VALUES ({new}, 0);
             END;
             CREATE TEMP TRIGGER {name}_removed INSTEAD OF DELETE ON {name} BEGIN
               INSERT OR REPLACE INTO {name}_changed ({columns}, _gone) VALUES ({old}, 1);
             END;"
        )
    }
}
