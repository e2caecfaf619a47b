use axum::extract::State;
use axum::response::Response;
use domain::IssueId;
use domain::issue::Stage;
use domain::permission::Act;
use projections::models::issue_register;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::shape::{IssuePage, IssueRow};
use crate::account::Account;
use crate::path::At;
use crate::problem::Problem;
use crate::query::{Unfiltered, View, Viewed};
use crate::routes::read::scope;
use crate::state::AppState;

pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(one))
}

/// Which issues.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Filter {
    /// Only of this unit and those below it; the account's own where it sees no more.
    station: Option<String>,
    /// `registered`, `triaged`, `accepted`, `scheduled`, `decided`, `settled`, `merged`, `rejected` or `routed_out`.
    stage: Option<String>,
    /// 急事特事待追认: `true`: only those that no meeting has ratified yet; `false`: only the others.
    unratified: Option<String>,
    /// 答复逾期: `true`: only those; `false`: only the others.
    answer_overdue: Option<String>,
}

/// 问题登记簿: the latest first; who asked stands in no list.
#[utoipa::path(get, path = "/issues", tag = "read", params(View, Filter),
    responses((status = 200, body = IssuePage)))]
async fn list(
    State(state): State<AppState>,
    Account(actor): Account,
    Viewed { view, filter }: Viewed<Filter>,
) -> Result<Response, Problem> {
    let wanted = issue_register::Filter {
        within: scope::station(&state, &actor, filter.station.as_ref())?,
        stage: scope::word("stage", filter.stage.as_ref(), Stage::ALL, Stage::as_str)?,
        unratified: scope::flag("unratified", filter.unratified.as_ref())?,
        answer_overdue: scope::flag("answer_overdue", filter.answer_overdue.as_ref())?,
    };
    state
        .reads
        .list(&view, move |connection, page| issue_register::list(connection, &wanted, page))
        .await
}

/// 一项议题.
#[utoipa::path(get, path = "/issues/{issue}", tag = "read", params(View),
    responses((status = 200, body = IssueRow)))]
async fn one(
    State(state): State<AppState>,
    At(issue): At<IssueId>,
    Account(actor): Account,
    Viewed { view, .. }: Viewed<Unfiltered>,
) -> Result<Response, Problem> {
    let station = state.app.station_of_issue(issue).await?;
    state.app.permit(&actor, Act::ReadDeliberation, Some(&station), None)?;
    state.reads.one(&view, move |connection| issue_register::get(connection, issue)).await
}
