use axum::extract::State;
use axum::response::Response;
use domain::permission::Act;
use domain::{Month, UnitCode};
use projections::models::monthly_report::{self, Figure};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::answer::problem::Problem;
use crate::answer::rows::RowPage;
use crate::openapi::operation::list;
use crate::request::account::Account;
use crate::request::filter::{Unfiltered, filter};
use crate::request::path::{Named, PathParams3, word};
use crate::request::query::{View, Viewed};
use crate::state::AppState;

type ReportEntryPage = RowPage<monthly_report::Entry>;
type ReportLinePage = RowPage<monthly_report::Line>;

pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(list(routes!(list_monthly_report), Act::ReadReports))
        .routes(list(routes!(list_monthly_report_entries), Act::ReadReports))
}

impl Named for Figure {
    fn named(name: &str, text: &str) -> Result<Self, Problem> {
        word(name, text, Self::ALL, Self::as_str, Self::zh)
    }
}

filter! {
    /// Whose report of which month.
    Which {
        /// Only this unit and those below it; the account's own where it sees no more.
        unit: UnitCode,
        /// 月份 (2022-03); the last full month unless told.
        month: Month,
    }
}

/// 月报。Lists every station, town and county with the figures of the month and of the year so far.
#[utoipa::path(get, path = "/reports/monthly", tag = "read", params(View, Which),
    responses((status = 200, body = ReportLinePage)))]
async fn list_monthly_report(
    State(state): State<AppState>,
    Account(actor): Account,
    Viewed { view, filter: Which { unit, month } }: Viewed<Which>,
) -> Result<Response, Problem> {
    let found = state.queries.monthly_report(&actor, unit, month, &view.list()).await?;
    state.listed(&view, found).await
}

/// 月报依据。Lists the events behind a figure, as stream and version.
#[utoipa::path(get, path = "/reports/monthly/{unit}/{month}/{figure}", tag = "read", params(View),
    responses((status = 200, body = ReportEntryPage)))]
async fn list_monthly_report_entries(
    State(state): State<AppState>,
    PathParams3(unit, month, figure): PathParams3<UnitCode, Month, Figure>,
    Account(actor): Account,
    Viewed { view, .. }: Viewed<Unfiltered>,
) -> Result<Response, Problem> {
    let (queries, list) = (&state.queries, view.list());
    let found = queries.monthly_report_entries(&actor, unit, month, figure, &list).await?;
    state.listed(&view, found).await
}
