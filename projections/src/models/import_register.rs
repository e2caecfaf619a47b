//! 导入登记: which tables were taken in, by whom, and what came of it.

use domain::import::{self, Table};
use domain::{ImportId, UnitCode};
use jiff::Timestamp;
use rusqlite::Connection;

use crate::TableDef;
use crate::engine::query::{Direction, Page, PageRequest, QueryError, Select, find};
use crate::engine::row::table;
use crate::{Fact, Fold, Half, Projection, Rows, Share, reads};

table! {
    /// 导入: a table that was taken in.
    pub struct Import in "import_register" {
        key {
            /// 导入编号 import
            import: ImportId,
        }
        /// 表名 what it lists
        kind: Table,
        /// 行数 rows that hold anything
        rows: u32,
        /// 单位代码 unit of the account; none for the county
        unit: Option<UnitCode>,
        /// 导入账号 account that imported
        #[example = "account-41"]
        account: String,
        /// 新增行数 rows that added somebody or something
        added: Option<u32>,
        /// 变更行数 rows that changed something known
        changed: Option<u32>,
        /// 未变行数 rows that said what was known
        unchanged: Option<u32>,
        /// 未导入行数 rows of which nothing was taken
        not_taken: Option<u32>,
        /// 撤销数 units or people of whom the facts were taken back
        undone: Option<u32>,
        /// 保留数 units or people of whom they stay
        stayed: Option<u32>,
        /// 撤销理由 why it was undone
        #[example = "用错了表"]
        undo_reason: Option<String>,
        /// 开始时间 when it began (UTC)
        began_at: Timestamp,
        /// 完成时间 when all rows were looked at (UTC); none: interrupted or under way
        finished_at: Option<Timestamp>,
        /// 撤销时间 when it was undone (UTC)
        undone_at: Option<Timestamp>,
    }
    index (began_at, import);
}

/// The read model *import register*.
pub struct ImportRegister;

impl Projection for ImportRegister {
    const NAME: &'static str = "import_register";
    const REVISION: u32 = 1;
    const TABLES: &'static [TableDef] = &[TableDef::of::<Import>()];
    const SHARE: Share = Share { half: Half::Second, work: 1 };
}

impl Fold<Rows<'_>> for ImportRegister {
    reads! { Rows<'_>: import }

    fn import(fact: &Fact, import: &ImportId, event: &import::Event, rows: &mut Rows<'_>) {
        use import::Event;
        match event {
            Event::Began(began) => rows.put(Import {
                import: *import,
                kind: began.table,
                rows: began.rows,
                unit: began.unit.clone(),
                account: fact.metadata.actor.id.to_string(),
                added: None,
                changed: None,
                unchanged: None,
                not_taken: None,
                undone: None,
                stayed: None,
                undo_reason: None,
                began_at: fact.recorded_at,
                finished_at: None,
                undone_at: None,
            }),
            Event::Finished(finished) => {
                rows.update::<Import, _>(import, |own| {
                    own.added = Some(finished.added);
                    own.changed = Some(finished.changed);
                    own.unchanged = Some(finished.unchanged);
                    own.not_taken = Some(finished.not_taken);
                    own.finished_at = Some(fact.recorded_at);
                });
            }
            Event::Undone(undone) => {
                rows.update::<Import, _>(import, |own| {
                    own.undone = Some(undone.undone);
                    own.stayed = Some(undone.stayed);
                    own.undo_reason = Some(undone.reason.to_string());
                    own.undone_at = Some(fact.recorded_at);
                });
            }
        }
    }
}

/// Which imports a list shows.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Only by accounts of this unit.
    pub unit: Option<UnitCode>,
    /// Only of this kind of table.
    pub kind: Option<Table>,
}

/// Imports, newest first.
///
/// # Errors
/// See [`QueryError`].
pub fn list(
    conn: &Connection,
    filter: &Filter,
    page: &PageRequest,
) -> Result<Page<Import>, QueryError> {
    Select::<Import>::ordered(&["began_at", "import"], Direction::Descending)
        .filter("unit", "=", filter.unit.as_ref().map(UnitCode::as_str))?
        .filter("kind", "=", filter.kind.map(Table::as_str))?
        .page(conn, page)
}

/// One import.
///
/// # Errors
/// See [`QueryError`].
pub fn get(conn: &Connection, import: ImportId) -> Result<Option<Import>, QueryError> {
    find::<Import>(conn, &import)
}

#[cfg(test)]
mod tests;
