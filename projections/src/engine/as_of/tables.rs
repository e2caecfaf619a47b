//! The tables of which the past is kept.

use crate::engine::projection::ReadModel;
use crate::engine::row::{ColumnDef, IndexDef};
use crate::engine::schema::{CHECKPOINT, CHECKPOINT_COLUMNS, CHECKPOINT_KEY};
use crate::models::ALL;

/// A table of the read models, or that of their checkpoints.
pub(super) struct Table {
    pub(super) name: &'static str,
    columns: &'static [ColumnDef],
    key_columns: usize,
    indexes: &'static [IndexDef],
}

pub(super) fn tables() -> impl Iterator<Item = Table> {
    let own = Table {
        name: CHECKPOINT,
        columns: CHECKPOINT_COLUMNS,
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

impl Table {
    /// The names of the columns, with this before each.
    pub(super) fn columns(&self, before: &str) -> String {
        let names: Vec<String> =
            self.columns.iter().map(|column| format!("{before}{}", column.name)).collect();
        names.join(", ")
    }

    /// The names of the key's columns.
    pub(super) fn key(&self) -> String {
        let names: Vec<&str> = self.key_columns().collect();
        names.join(", ")
    }

    /// A condition: rows of one and the other name have the same key.
    pub(super) fn same_key(&self, one: &str, other: &str) -> String {
        let same: Vec<String> =
            self.key_columns().map(|part| format!("{one}.{part} = {other}.{part}")).collect();
        same.join(" AND ")
    }

    /// Creates a table for such rows, with further columns, a key (both lists as SQL has them) and the same indexes.
    pub(super) fn create(&self, suffix: &str, further: &str, key: &str) -> String {
        let name = format!("{}_{suffix}", self.name);
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
                format!("CREATE INDEX {name}_by_{called} ON {name} ({on}){};", index.only)
            })
            .collect();
        format!(
            "CREATE TABLE {name} ({columns}{further}, PRIMARY KEY ({key})) STRICT, WITHOUT ROWID;
             {indexes}"
        )
    }

    fn key_columns(&self) -> impl Iterator<Item = &'static str> {
        self.columns.iter().take(self.key_columns).map(|column| column.name)
    }
}
