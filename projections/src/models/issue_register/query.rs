use domain::issue::Stage;
use domain::{IssueId, UnitCode};
use rusqlite::Connection;

use super::{Issue, Photograph};
use crate::described;
use crate::engine::query::{Direction, MAX_PAGE, Page, PageRequest, QueryError, Select, find};

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
    /// Only what was passed on to this unit or one below it (承办单位).
    pub receiver: Option<UnitCode>,
    /// Only what was passed on and is not replied to yet (转办待回复), or only the others.
    pub awaits_reply: Option<bool>,
    /// Only those whose reply became overdue (转办逾期), or only the others.
    pub routing_overdue: Option<bool>,
}

described! {
    /// 登记簿一项 an issue, with the paper that it was entered from.
    pub struct Entry as "IssueEntry" {
        /// 议题 the issue
        #[serde(flatten)]
        pub issue: Issue,
        /// 补录材料 photographs of the register, where it was entered from paper
        pub photographs: Vec<Photograph>,
    }
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
    let awaits_reply = filter.awaits_reply.map(|waits| match waits {
        true => "(routed_at IS NOT NULL AND routing_replied_at IS NULL)",
        false => "(routed_at IS NULL OR routing_replied_at IS NOT NULL)",
    });
    Select::<Issue>::ordered(&["registered_at", "issue"], Direction::Descending)
        .within("station", filter.within.as_ref())
        .filter("stage", "=", filter.stage.map(Stage::as_str))?
        .filter_raw(unratified)
        .filter("answer_overdue", "=", filter.answer_overdue)?
        .within("receiver", filter.receiver.as_ref())
        .filter_raw(awaits_reply)
        .filter("routing_overdue", "=", filter.routing_overdue)?
        .page(conn, page)
}

/// One issue.
///
/// # Errors
/// See [`QueryError`].
pub fn get(conn: &Connection, issue: IssueId) -> Result<Option<Issue>, QueryError> {
    find(conn, &issue)
}

/// One issue with the photographs of its register.
///
/// # Errors
/// See [`QueryError`].
pub fn entry(conn: &Connection, issue: IssueId) -> Result<Option<Entry>, QueryError> {
    let Some(found) = get(conn, issue)? else { return Ok(None) };
    let page = PageRequest { after: None, limit: MAX_PAGE };
    let photographs = Select::<Photograph>::ordered(&["n"], Direction::Ascending)
        .filter("issue", "=", Some(issue.to_string()))?
        .page(conn, &page)?;
    Ok(Some(Entry { issue: found, photographs: photographs.items }))
}
