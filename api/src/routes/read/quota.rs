use axum::extract::State;
use axum::response::Response;
use domain::UnitCode;
use domain::permission::Act;
use domain::unit::Kind;
use projections::models::quota;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::scope;
use super::shape::{QuotaPage, QuotaRow};
use crate::account::Account;
use crate::path::At;
use crate::problem::Problem;
use crate::query::{Unfiltered, View, Viewed};
use crate::state::AppState;

pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(one))
}

/// Which units.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Filter {
    /// Only this unit and those below it; the account's own where it sees no more.
    within: Option<String>,
    /// Only this 类别, for example `town`.
    kind: Option<String>,
}

/// 任务进度: every unit against its quota.
#[utoipa::path(get, path = "/quota", tag = "read", params(View, Filter),
    responses((status = 200, body = QuotaPage)))]
async fn list(
    State(state): State<AppState>,
    Account(actor): Account,
    Viewed { view, filter }: Viewed<Filter>,
) -> Result<Response, Problem> {
    let filter = quota::Filter {
        within: scope::unit(&state, &actor, Act::ReadUnits, "within", filter.within.as_ref())?,
        kind: scope::word("kind", filter.kind.as_ref(), &Kind::ALL, Kind::as_str)?,
    };
    let at = view.as_of.unwrap_or_else(|| state.app.clock.now());
    state
        .reads
        .list(&view, move |connection, page| quota::list(connection, at, &filter, page))
        .await
}

/// 一个单位的任务进度.
#[utoipa::path(get, path = "/quota/{unit}", tag = "read", params(View),
    responses((status = 200, body = QuotaRow)))]
async fn one(
    State(state): State<AppState>,
    At(unit): At<UnitCode>,
    Account(actor): Account,
    Viewed { view, .. }: Viewed<Unfiltered>,
) -> Result<Response, Problem> {
    state.app.permit(&actor, Act::ReadUnits, Some(&unit), None)?;
    let at = view.as_of.unwrap_or_else(|| state.app.clock.now());
    state.reads.one(&view, move |connection| quota::get(connection, &unit, at)).await
}
