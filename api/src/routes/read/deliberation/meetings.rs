use axum::extract::State;
use axum::response::Response;
use domain::MeetingId;
use domain::permission::Act;
use projections::models::meeting_calendar::{self, Status};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::shape::{MeetingPage, MinutesRow};
use crate::account::Account;
use crate::path::At;
use crate::problem::Problem;
use crate::query::{Unfiltered, View, Viewed};
use crate::routes::read::scope;
use crate::state::AppState;

pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(one))
}

/// Which meetings.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Filter {
    /// Only of this unit and those below it; the account's own where it sees no more.
    station: Option<String>,
    /// `convened`, `sealed` or `cancelled`.
    status: Option<String>,
    /// Only those that begin on this day (2022-03-04) or later.
    from: Option<String>,
    /// Only those that begin on this day or before.
    until: Option<String>,
}

/// 议事会: the latest to begin first.
#[utoipa::path(get, path = "/meetings", tag = "read", params(View, Filter),
    responses((status = 200, body = MeetingPage)))]
async fn list(
    State(state): State<AppState>,
    Account(actor): Account,
    Viewed { view, filter }: Viewed<Filter>,
) -> Result<Response, Problem> {
    let wanted = meeting_calendar::Filter {
        within: scope::station(&state, &actor, filter.station.as_ref())?,
        status: scope::word("status", filter.status.as_ref(), Status::ALL, Status::as_str)?,
        from: scope::parsed("from", filter.from.as_ref(), "2022-03-04")?,
        until: scope::parsed("until", filter.until.as_ref(), "2022-03-04")?,
    };
    state
        .reads
        .list(&view, move |connection, page| meeting_calendar::list(connection, &wanted, page))
        .await
}

/// 一次议事会, with its agenda, votes and minutes.
#[utoipa::path(get, path = "/meetings/{meeting}", tag = "read", params(View),
    responses((status = 200, body = MinutesRow)))]
async fn one(
    State(state): State<AppState>,
    At(meeting): At<MeetingId>,
    Account(actor): Account,
    Viewed { view, .. }: Viewed<Unfiltered>,
) -> Result<Response, Problem> {
    let station = state.app.station_of_meeting(meeting).await?;
    state.app.permit(&actor, Act::ReadDeliberation, Some(&station), None)?;
    state.reads.one(&view, move |connection| meeting_calendar::minutes(connection, meeting)).await
}
