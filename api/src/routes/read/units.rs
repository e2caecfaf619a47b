use application::queries;
use axum::extract::State;
use axum::response::Response;
use domain::UnitCode;
use domain::permission::Act;
use domain::unit::Kind;
use projections::models::quota;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::answer::problem::Problem;
use crate::answer::rows::RowPage;
use crate::openapi::operation::list;
use crate::request::account::Account;
use crate::request::filter::filter;
use crate::request::query::{View, Viewed};
use crate::state::AppState;

type UnitPage = RowPage<queries::Unit>;
type DivisionPage = RowPage<queries::Division>;

pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(list(routes!(list_units), Act::ReadUnits))
        .routes(list(routes!(list_divisions), Act::ReadUnits))
}

filter! {
    /// Which units.
    Registered {
        /// Only this unit and those below it; the account's own where it sees no more.
        within: UnitCode,
        /// Only this 类别, for example `town`.
        kind: Kind,
    }
}

/// 单位名册。Lists units as they are registered; the county stands among the divisions.
///
/// 中文表头的CSV或XLSX可原样再导入。With Chinese headers (`lang=zh`), its CSV and XLSX are what the import of units reads.
#[utoipa::path(get, path = "/units", tag = "read", params(View, Registered),
    responses((status = 200, body = UnitPage)))]
async fn list_units(
    State(state): State<AppState>,
    Account(actor): Account,
    Viewed { view, filter: Registered { within, kind } }: Viewed<Registered>,
) -> Result<Response, Problem> {
    let filter = quota::Filter { within, kind, ..quota::Filter::default() };
    let found = state.queries.units(&actor, filter, &view.list()).await?;
    state.listed(&view, found).await
}

filter! {
    /// Which divisions.
    Divisions {
        /// Only this one and those below it; the account's own where it sees no more.
        within: UnitCode,
    }
}

/// 区划。Lists county, towns and villages.
///
/// 中文表头的CSV或XLSX可原样再导入。With Chinese headers (`lang=zh`), its CSV and XLSX are what the import of divisions reads.
#[utoipa::path(get, path = "/divisions", tag = "read", params(View, Divisions),
    responses((status = 200, body = DivisionPage)))]
async fn list_divisions(
    State(state): State<AppState>,
    Account(actor): Account,
    Viewed { view, filter: Divisions { within } }: Viewed<Divisions>,
) -> Result<Response, Problem> {
    let found = state.queries.divisions(&actor, within, &view.list()).await?;
    state.listed(&view, found).await
}
