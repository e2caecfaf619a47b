use axum::extract::State;
use axum::response::Response;
use domain::county_date;
use projections::models::supervision_worklist::{self, Kind, WaitsFor};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::shape::TaskPage;
use crate::account::Account;
use crate::asked::take_some;
use crate::problem::Problem;
use crate::query::{View, Viewed};
use crate::routes::read::scope;
use crate::state::AppState;

pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(list))
}

/// Which tasks.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Filter {
    /// Only of this unit and those below it; the account's own where it sees no more.
    station: Option<String>,
    /// `leading_group`, `council`, `executor`, `supervision` or `town`.
    waits_for: Option<String>,
    /// What is to be done, for example `verify_completion`.
    kind: Option<String>,
    /// 人员编号: only what this person executes.
    executor: Option<String>,
    /// 逾期: `true`: only what should have been done before today.
    overdue: Option<String>,
}

/// 监督工作清单: what waits for whom, the longest first.
#[utoipa::path(get, path = "/worklist", tag = "read", params(View, Filter),
    responses((status = 200, body = TaskPage)))]
async fn list(
    State(state): State<AppState>,
    Account(actor): Account,
    Viewed { view, filter }: Viewed<Filter>,
) -> Result<Response, Problem> {
    let today = county_date(view.as_of.unwrap_or_else(|| state.app.clock.now()));
    let overdue = scope::flag("overdue", filter.overdue.as_ref())? == Some(true);
    let given = filter.waits_for.as_ref();
    let wanted = supervision_worklist::Filter {
        within: scope::station(&state, &actor, filter.station.as_ref())?,
        waits_for: scope::word("waits_for", given, WaitsFor::ALL, WaitsFor::as_str)?,
        kind: scope::word("kind", filter.kind.as_ref(), Kind::ALL, Kind::as_str)?,
        executor: take_some("executor", filter.executor.as_ref())?,
        overdue_on: overdue.then_some(today),
    };
    state
        .reads
        .list(&view, move |connection, page| supervision_worklist::list(connection, &wanted, page))
        .await
}
