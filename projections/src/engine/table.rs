//! A table as the runner knows it.

use super::cache::{AnyCache, Cache};
use super::row::{ColumnDef, IndexDef, Row};

/// A table, whatever its rows are.
#[derive(Debug, Clone, Copy)]
pub struct TableDef {
    /// Name of the table.
    pub name: &'static str,
    /// What a row says.
    pub meaning: &'static str,
    /// All columns, those of the key first.
    pub columns: &'static [ColumnDef],
    /// How many columns the key has.
    pub key_columns: usize,
    /// Each further index.
    pub indexes: &'static [IndexDef],
    /// An empty cache for its rows.
    pub(crate) cache: fn() -> Box<dyn AnyCache>,
}

impl TableDef {
    /// The table of these rows.
    #[must_use]
    pub const fn of<R: Row>() -> Self {
        Self {
            name: R::TABLE,
            meaning: R::MEANING,
            columns: R::COLUMNS,
            key_columns: R::KEY_COLUMNS,
            indexes: R::INDEXES,
            cache: || Box::new(Cache::<R>::default()),
        }
    }

    /// `CREATE TABLE`, with the meanings as comments.
    #[must_use]
    pub fn create(&self) -> String {
        let columns: Vec<String> = self
            .columns
            .iter()
            .map(|column| {
                let null = if column.nullable { "" } else { " NOT NULL" };
                let meaning = column.meaning.trim().replace('\n', " ");
                format!("  {} {}{null}, -- {meaning}\n", column.name, column.sql_type)
            })
            .collect();
        let key: Vec<&str> = self.columns.iter().take(self.key_columns).map(|c| c.name).collect();
        format!(
            "CREATE TABLE {} (\n{}  PRIMARY KEY ({})\n) STRICT, WITHOUT ROWID",
            self.name,
            columns.concat(),
            key.join(", ")
        )
    }

    /// `CREATE INDEX` for each further index.
    pub fn create_indexes(&self) -> impl Iterator<Item = String> {
        self.indexes.iter().map(|index| {
            let (name, table) = (index.columns.join("_"), self.name);
            let columns = index.columns.join(", ");
            format!("CREATE INDEX {table}_by_{name} ON {table} ({columns}){}", index.only)
        })
    }
}
