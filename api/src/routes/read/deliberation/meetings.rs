use axum::extract::State;
use axum::response::Response;
use domain::permission::Act;
use domain::{MeetingId, UnitCode};
use jiff::civil::Date;
use projections::models::meeting_calendar::{self, Status};
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

type MeetingPage = RowPage<meeting_calendar::Meeting>;
type MinutesRow = Row<meeting_calendar::Minutes>;

pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(list(routes!(list_meetings), Act::ReadDeliberation))
        .routes(one(routes!(read_meeting), Act::ReadDeliberation))
}

filter! {
    /// Which meetings.
    Meetings {
        /// Only of this unit and those below it; the account's own where it sees no more.
        station: UnitCode,
        /// Only those that have come so far.
        status: Status,
        /// Only those that begin on this day (2022-03-04) or later.
        from: Date,
        /// Only those that begin on this day or before.
        until: Date,
    }
}

/// 议事会列表。Lists meetings, the latest to begin first.
#[utoipa::path(get, path = "/meetings", tag = "read", params(View, Meetings),
    responses((status = 200, body = MeetingPage)))]
async fn list_meetings(
    State(state): State<AppState>,
    Account(actor): Account,
    Viewed { view, filter }: Viewed<Meetings>,
) -> Result<Response, Problem> {
    let Meetings { station: within, status, from, until } = filter;
    let filter = meeting_calendar::Filter { within, status, from, until };
    let found = state.queries.meetings(&actor, filter, &view.list()).await?;
    state.listed(&view, found).await
}

/// 查阅一次议事会。Reads one meeting, with its agenda, votes and minutes.
#[utoipa::path(get, path = "/meetings/{meeting}", tag = "read", params(View),
    responses((status = 200, body = MinutesRow)))]
async fn read_meeting(
    State(state): State<AppState>,
    PathParam(meeting): PathParam<MeetingId>,
    Account(actor): Account,
    Viewed { view, .. }: Viewed<Unfiltered>,
) -> Result<Response, Problem> {
    let found = state.queries.meeting(&actor, meeting, view.moment()).await?;
    state.shown(&view, found)
}
