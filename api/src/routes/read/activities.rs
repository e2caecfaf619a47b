use axum::extract::State;
use axum::response::Response;
use domain::activity::Kind;
use domain::permission::Act;
use domain::{ActivityId, UnitCode};
use projections::models::activity_board::{self, State as ActivityState};
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

type ActivityPage = RowPage<activity_board::Board>;
type ActivityRow = Row<activity_board::Board>;
type ParticipantPage = RowPage<activity_board::Participant>;

pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(list(routes!(list_activities), Act::ReadUnits))
        .routes(one(routes!(read_activity), Act::ReadUnits))
        .routes(list(routes!(list_participants), Act::ReadVolunteers))
}

filter! {
    /// Which activities.
    Activities {
        /// Only of this 组织单位; the account's own where it sees no more.
        organiser: UnitCode,
        /// Only those that have come so far.
        state: ActivityState,
        /// Only this 服务类别, for example `legal_publicity`.
        kind: Kind,
    }
}

/// 活动公告板。Lists activities, the latest start first.
#[utoipa::path(get, path = "/activities", tag = "read", params(View, Activities),
    responses((status = 200, body = ActivityPage)))]
async fn list_activities(
    State(state): State<AppState>,
    Account(actor): Account,
    Viewed { view, filter }: Viewed<Activities>,
) -> Result<Response, Problem> {
    let Activities { organiser, state: so_far, kind } = filter;
    let filter = activity_board::Filter { organiser, state: so_far, kind };
    let found = state.queries.activities(&actor, filter, &view.list()).await?;
    state.listed(&view, found).await
}

/// 查阅一项活动。Reads one activity.
#[utoipa::path(get, path = "/activities/{activity}", tag = "read", params(View),
    responses((status = 200, body = ActivityRow)))]
async fn read_activity(
    State(state): State<AppState>,
    PathParam(activity): PathParam<ActivityId>,
    Account(actor): Account,
    Viewed { view, .. }: Viewed<Unfiltered>,
) -> Result<Response, Problem> {
    let found = state.queries.activity(&actor, activity, view.moment()).await?;
    state.shown(&view, found)
}

/// 活动参加者。Lists who signed up or is insured, by number.
#[utoipa::path(get, path = "/activities/{activity}/participants", tag = "read", params(View),
    responses((status = 200, body = ParticipantPage)))]
async fn list_participants(
    State(state): State<AppState>,
    PathParam(activity): PathParam<ActivityId>,
    Account(actor): Account,
    Viewed { view, .. }: Viewed<Unfiltered>,
) -> Result<Response, Problem> {
    let found = state.queries.participants(&actor, activity, &view.list()).await?;
    state.listed(&view, found).await
}
