use axum::extract::State;
use axum::response::Response;
use domain::permission::Act;
use domain::resolution::Stage;
use domain::{PersonId, ResolutionId, UnitCode};
use projections::models::execution_ledger;
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

type LedgerPage = RowPage<execution_ledger::Entry>;
type LedgerRow = Row<execution_ledger::Entry>;
type ResolutionObjectionPage = RowPage<execution_ledger::ObjectionText>;
type StepPage = RowPage<execution_ledger::Step>;

pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(list(routes!(list_resolutions), Act::ReadDeliberation))
        .routes(one(routes!(read_resolution), Act::ReadDeliberation))
        .routes(list(routes!(list_resolution_steps), Act::ReadDeliberation))
        .routes(list(routes!(list_resolution_objections), Act::ReadDeliberation))
}

filter! {
    /// Which resolutions.
    Resolutions {
        /// Only of this unit and those below it; the account's own where it sees no more.
        station: UnitCode,
        /// Only those that have come so far.
        stage: Stage,
        /// 人员编号: only those that this person executes.
        executor: PersonId,
        /// 执行逾期: `true`: only those in execution whose last day has passed.
        overdue: bool,
    }
}

/// 执行台账。Lists every resolution and how far it has come, the latest decided first.
#[utoipa::path(get, path = "/resolutions", tag = "read", params(View, Resolutions),
    responses((status = 200, body = LedgerPage)))]
async fn list_resolutions(
    State(state): State<AppState>,
    Account(actor): Account,
    Viewed { view, filter }: Viewed<Resolutions>,
) -> Result<Response, Problem> {
    let Resolutions { station: within, stage, executor, overdue } = filter;
    let overdue = overdue == Some(true);
    let filter = execution_ledger::Filter { within, stage, executor, overdue };
    let found = state.queries.resolutions(&actor, filter, &view.list()).await?;
    state.listed(&view, found).await
}

/// 查阅一项决议。Reads one resolution of the execution ledger.
#[utoipa::path(get, path = "/resolutions/{resolution}", tag = "read", params(View),
    responses((status = 200, body = LedgerRow)))]
async fn read_resolution(
    State(state): State<AppState>,
    PathParam(resolution): PathParam<ResolutionId>,
    Account(actor): Account,
    Viewed { view, .. }: Viewed<Unfiltered>,
) -> Result<Response, Problem> {
    let found = state.queries.resolution(&actor, resolution, view.moment()).await?;
    state.shown(&view, found)
}

/// 办理经过。Lists what happened to a resolution, step by step, and what shows it.
///
/// 材料本身见 `/evidence/{digest}`。The bytes are under `/evidence/{digest}`.
#[utoipa::path(get, path = "/resolutions/{resolution}/steps", tag = "read", params(View),
    responses((status = 200, body = StepPage)))]
async fn list_resolution_steps(
    State(state): State<AppState>,
    PathParam(resolution): PathParam<ResolutionId>,
    Account(actor): Account,
    Viewed { view, .. }: Viewed<Unfiltered>,
) -> Result<Response, Problem> {
    let found = state.queries.resolution_steps(&actor, resolution, &view.list()).await?;
    state.listed(&view, found).await
}

/// 异议内容。Lists what the objections to a resolution say, and the latest answers.
///
/// 不显示异议人。Never who objected.
#[utoipa::path(get, path = "/resolutions/{resolution}/objections", tag = "read", params(View),
    responses((status = 200, body = ResolutionObjectionPage)))]
async fn list_resolution_objections(
    State(state): State<AppState>,
    PathParam(resolution): PathParam<ResolutionId>,
    Account(actor): Account,
    Viewed { view, .. }: Viewed<Unfiltered>,
) -> Result<Response, Problem> {
    let found = state.queries.resolution_objections(&actor, resolution, &view.list()).await?;
    state.listed(&view, found).await
}
