use domain::issue::Stage;
use domain::{IssueId, UnitCode};
use rusqlite::Connection;

use super::Issue;
use crate::engine::query::{Direction, Page, PageRequest, QueryError, Select, find};

/// Which issues a list shows.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Only of this unit and those below it.
    pub within: Option<UnitCode>,
    /// Only at this stage.
    pub stage: Option<Stage>,
    /// Only those dealt with before a meeting that none has ratified yet (急事特事待追认), or only the others.
    pub unratified: Option<bool>,
    /// Only those whose answer became overdue, or only the others.
    pub answer_overdue: Option<bool>,
}

/// Issues, the latest registered first.
///
/// # Errors
/// See [`QueryError`].
pub fn list(
    conn: &Connection,
    filter: &Filter,
    page: &PageRequest,
) -> Result<Page<Issue>, QueryError> {
    let unratified = filter.unratified.map(|waits| match waits {
        true => "(expedited IS NOT NULL AND ratified_at IS NULL)",
        false => "(expedited IS NULL OR ratified_at IS NOT NULL)",
    });
    Select::<Issue>::ordered(&["registered_at", "issue"], Direction::Descending)
        .within("station", filter.within.as_ref())
        .filter("stage", "=", filter.stage.map(Stage::as_str))?
        .filter_raw(unratified)
        .filter("answer_overdue", "=", filter.answer_overdue)?
        .page(conn, page)
}

/// One issue.
///
/// # Errors
/// See [`QueryError`].
pub fn get(conn: &Connection, issue: IssueId) -> Result<Option<Issue>, QueryError> {
    find(conn, &issue)
}
