use application::stream_of;
use axum::extract::State;
use axum::response::Response;
use domain::permission::Act;
use domain::resolution::{Resolution, Stage};
use domain::{ResolutionId, county_date};
use jiff::civil::Date;
use projections::PageRequest;
use projections::models::execution_ledger::{self, Step};
use rusqlite::Connection;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::shape::{LedgerPage, LedgerRow, ResolutionObjectionPage, StepPage};
use crate::account::Account;
use crate::asked::take_some;
use crate::path::At;
use crate::problem::Problem;
use crate::query::{Unfiltered, View, Viewed};
use crate::routes::read::scope;
use crate::state::AppState;

pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(one))
        .routes(routes!(steps))
        .routes(routes!(objections))
}

/// Which resolutions.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Filter {
    /// Only of this unit and those below it; the account's own where it sees no more.
    station: Option<String>,
    /// `adopted`, `publicised`, `awaiting_correction`, `closed`, `executing`, `claimed`, `verified`, `completed` or
    /// `withdrawn`.
    stage: Option<String>,
    /// 人员编号: only those that this person executes.
    executor: Option<String>,
    /// 执行逾期: `true`: only those in execution whose last day has passed.
    overdue: Option<String>,
}

fn day(state: &AppState, view: &View) -> Date {
    county_date(view.as_of.unwrap_or_else(|| state.app.clock.now()))
}

/// 执行台账: every resolution and how far it has come, the latest decided first.
#[utoipa::path(get, path = "/resolutions", tag = "read", params(View, Filter),
    responses((status = 200, body = LedgerPage)))]
async fn list(
    State(state): State<AppState>,
    Account(actor): Account,
    Viewed { view, filter }: Viewed<Filter>,
) -> Result<Response, Problem> {
    let wanted = execution_ledger::Filter {
        within: scope::station(&state, &actor, filter.station.as_ref())?,
        stage: scope::word("stage", filter.stage.as_ref(), Stage::ALL, Stage::as_str)?,
        executor: take_some("executor", filter.executor.as_ref())?,
        overdue: scope::flag("overdue", filter.overdue.as_ref())? == Some(true),
    };
    let today = day(&state, &view);
    let query = move |connection: &Connection, page: &PageRequest| {
        execution_ledger::list(connection, today, &wanted, page)
    };
    state.reads.list(&view, query).await
}

impl AppState {
    async fn may_read(
        &self,
        actor: &domain::Actor,
        resolution: ResolutionId,
    ) -> Result<(), Problem> {
        let station = self.app.station_of_resolution(resolution).await?;
        Ok(self.app.permit(actor, Act::ReadDeliberation, Some(&station), None)?)
    }
}

/// 一项决议 in the ledger.
#[utoipa::path(get, path = "/resolutions/{resolution}", tag = "read", params(View),
    responses((status = 200, body = LedgerRow)))]
async fn one(
    State(state): State<AppState>,
    At(resolution): At<ResolutionId>,
    Account(actor): Account,
    Viewed { view, .. }: Viewed<Unfiltered>,
) -> Result<Response, Problem> {
    state.may_read(&actor, resolution).await?;
    let today = day(&state, &view);
    let query = move |connection: &_| execution_ledger::get(connection, resolution, today);
    state.reads.one(&view, query).await
}

/// 办理经过: what happened to it, step by step, and what shows it; the bytes are under `/evidence/{digest}`.
#[utoipa::path(get, path = "/resolutions/{resolution}/steps", tag = "read", params(View),
    responses((status = 200, body = StepPage)))]
async fn steps(
    State(state): State<AppState>,
    At(resolution): At<ResolutionId>,
    Account(actor): Account,
    Viewed { view, .. }: Viewed<Unfiltered>,
) -> Result<Response, Problem> {
    state.may_read(&actor, resolution).await?;
    let stream = stream_of::<Resolution>(&resolution.to_string())?;
    let history = state.reads.history(&view, &stream).await?;
    state.reads.told(&view, history.iter().filter_map(Step::of).collect())
}

/// 异议内容: what the objections say and the latest answers; never who objected.
#[utoipa::path(get, path = "/resolutions/{resolution}/objections", tag = "read", params(View),
    responses((status = 200, body = ResolutionObjectionPage)))]
async fn objections(
    State(state): State<AppState>,
    At(resolution): At<ResolutionId>,
    Account(actor): Account,
    Viewed { view, .. }: Viewed<Unfiltered>,
) -> Result<Response, Problem> {
    state.may_read(&actor, resolution).await?;
    let query = move |connection: &Connection, page: &PageRequest| {
        execution_ledger::objection_texts(connection, resolution, page)
    };
    state.reads.list(&view, query).await
}
