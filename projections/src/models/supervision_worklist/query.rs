use domain::{PersonId, UnitCode};
use jiff::civil::Date;
use rusqlite::Connection;

use super::rows::{Kind, SupervisionChange, Task, WaitsFor};
use crate::engine::query::{Direction, Page, PageRequest, QueryError, Select};

/// Which tasks a list shows.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Only of this unit and those below it.
    pub within: Option<UnitCode>,
    /// Only what waits for them.
    pub waits_for: Option<WaitsFor>,
    /// Only this.
    pub kind: Option<Kind>,
    /// Only what this person executes.
    pub executor: Option<PersonId>,
    /// Only what should have been done before this day.
    pub overdue_on: Option<Date>,
}

/// Tasks, what has waited longest first.
///
/// # Errors
/// See [`QueryError`].
pub fn list(
    conn: &Connection,
    filter: &Filter,
    page: &PageRequest,
) -> Result<Page<Task>, QueryError> {
    Select::<Task>::ordered(&["since", "kind", "subject", "number"], Direction::Ascending)
        .within("station", filter.within.as_ref())
        .filter("waits_for", "=", filter.waits_for.map(WaitsFor::as_str))?
        .filter("kind", "=", filter.kind.map(Kind::as_str))?
        .filter("executor", "=", filter.executor.map(|person| person.to_string()))?
        .filter("due", "<", filter.overdue_on.map(|day| day.to_string()))?
        .page(conn, page)
}

/// Changes of a station's supervision group while something was executed, the latest first.
///
/// # Errors
/// See [`QueryError`].
pub fn supervision_changes(
    conn: &Connection,
    station: &UnitCode,
    page: &PageRequest,
) -> Result<Page<SupervisionChange>, QueryError> {
    Select::<SupervisionChange>::ordered(&["version", "resolution"], Direction::Descending)
        .filter("station", "=", Some(station.as_str()))?
        .page(conn, page)
}
