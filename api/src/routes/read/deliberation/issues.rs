use axum::extract::State;
use axum::response::Response;
use domain::issue::Stage;
use domain::permission::Act;
use domain::{IssueId, UnitCode};
use projections::models::issue_register;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::answer::problem::Problem;
use crate::answer::rows::{Row, RowPage};
use crate::openapi::operation::{list, one};
use crate::request::account::Account;
use crate::request::filter::{Unfiltered, filter};
use crate::request::path::PathParam;
use crate::request::query::{View, Viewed};
use crate::state::AppState;

type IssuePage = RowPage<issue_register::Issue>;
type IssueRow = Row<issue_register::Entry>;

pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(list(routes!(list_issues), Act::ReadDeliberation))
        .routes(one(routes!(read_issue), Act::ReadDeliberation))
}

filter! {
    /// Which issues.
    Issues {
        /// Only of this unit and those below it; the account's own where it sees no more.
        station: UnitCode,
        /// Only those that have come so far.
        stage: Stage,
        /// 急事特事待追认: `true`: only those that no meeting has ratified yet; `false`: only the others.
        unratified: bool,
        /// 答复逾期: `true`: only those; `false`: only the others.
        answer_overdue: bool,
        /// 转办待回复: `true`: only what was passed on and is not replied to yet; `false`: only the others.
        awaits_reply: bool,
        /// 转办逾期: `true`: only what was not replied to in time; `false`: only the others.
        routing_overdue: bool,
    }
}

/// 问题登记簿。Lists issues, the latest first.
///
/// 任何列表都不显示提出人。Who asked stands in no list.
#[utoipa::path(get, path = "/issues", tag = "read", params(View, Issues),
    responses((status = 200, body = IssuePage)))]
async fn list_issues(
    State(state): State<AppState>,
    Account(actor): Account,
    Viewed { view, filter }: Viewed<Issues>,
) -> Result<Response, Problem> {
    let filter = issue_register::Filter {
        within: filter.station,
        stage: filter.stage,
        unratified: filter.unratified,
        answer_overdue: filter.answer_overdue,
        receiver: None,
        awaits_reply: filter.awaits_reply,
        routing_overdue: filter.routing_overdue,
    };
    let found = state.queries.issues(&actor, filter, &view.list()).await?;
    state.listed(&view, found).await
}

/// 查阅一项议题。Reads one issue.
#[utoipa::path(get, path = "/issues/{issue}", tag = "read", params(View),
    responses((status = 200, body = IssueRow)))]
async fn read_issue(
    State(state): State<AppState>,
    PathParam(issue): PathParam<IssueId>,
    Account(actor): Account,
    Viewed { view, .. }: Viewed<Unfiltered>,
) -> Result<Response, Problem> {
    let found = state.queries.issue(&actor, issue, view.moment()).await?;
    state.shown(&view, found)
}
