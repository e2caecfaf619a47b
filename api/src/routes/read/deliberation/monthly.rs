use axum::extract::State;
use axum::response::Response;
use domain::permission::Act;
use domain::{Month, UnitCode, county_date};
use jiff::ToSpan as _;
use projections::models::monthly_report::{self, Figure};
use projections::{Page, PageRequest};
use rusqlite::Connection;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::shape::{ReportEntryPage, ReportLinePage};
use crate::account::Account;
use crate::path::{At3, Named, word};
use crate::problem::Problem;
use crate::query::{Unfiltered, View, Viewed};
use crate::routes::read::scope;
use crate::state::AppState;

pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(report)).routes(routes!(entries))
}

impl Named for Figure {
    fn named(name: &str, text: &str) -> Result<Self, Problem> {
        word(name, text, Self::ALL, Self::as_str)
    }
}

/// Whose report of which month.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Which {
    /// Only this unit and those below it; the account's own where it sees no more.
    unit: Option<String>,
    /// 月份 (2022-03); the last full month unless told.
    month: Option<String>,
}

/// 月报: every station, town and county, with the figures of the month and of the year so far.
#[utoipa::path(get, path = "/reports/monthly", tag = "read", params(View, Which),
    responses((status = 200, body = ReportLinePage)))]
async fn report(
    State(state): State<AppState>,
    Account(actor): Account,
    Viewed { view, filter }: Viewed<Which>,
) -> Result<Response, Problem> {
    let unit = scope::unit(&state, &actor, Act::ReadDeliberation, "unit", filter.unit.as_ref())?;
    let today = county_date(view.as_of.unwrap_or_else(|| state.app.clock.now()));
    let last_full = Month::of(today.first_of_month().saturating_sub(1.day()));
    let month = scope::parsed("month", filter.month.as_ref(), "2022-03")?.unwrap_or(last_full);
    let query = move |connection: &Connection, _: &PageRequest| {
        let report = monthly_report::report(connection, unit.as_ref(), month)?;
        Ok(Page { items: report.lines, next: None })
    };
    state.reads.list(&view, query).await
}

/// 月报依据: the events behind a figure, as stream and version.
#[utoipa::path(get, path = "/reports/monthly/{unit}/{month}/{figure}", tag = "read", params(View),
    responses((status = 200, body = ReportEntryPage)))]
async fn entries(
    State(state): State<AppState>,
    At3(unit, month, figure): At3<UnitCode, Month, Figure>,
    Account(actor): Account,
    Viewed { view, .. }: Viewed<Unfiltered>,
) -> Result<Response, Problem> {
    state.app.permit(&actor, Act::ReadDeliberation, Some(&unit), None)?;
    let query = move |connection: &Connection, page: &PageRequest| {
        monthly_report::entries(connection, Some(&unit), month, figure, page)
    };
    state.reads.list(&view, query).await
}
