use axum::extract::State;
use axum::response::Response;
use domain::ActivityId;
use domain::activity::Kind;
use domain::permission::Act;
use projections::models::activity_board::{self, State as Standing};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::scope;
use super::shape::{ActivityPage, ActivityRow, ParticipantPage};
use crate::account::Account;
use crate::path::At;
use crate::problem::Problem;
use crate::query::{Unfiltered, View, Viewed};
use crate::state::AppState;

pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(one)).routes(routes!(participants))
}

/// Which activities.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Filter {
    /// Only of this 组织单位; the account's own where it sees no more.
    organiser: Option<String>,
    /// `announced`, `running`, `closed` or `cancelled`.
    state: Option<String>,
    /// Only this 服务类别, for example `legal_publicity`.
    kind: Option<String>,
}

/// 活动公告板: the latest start first.
#[utoipa::path(get, path = "/activities", tag = "read", params(View, Filter),
    responses((status = 200, body = ActivityPage)))]
async fn list(
    State(state): State<AppState>,
    Account(actor): Account,
    Viewed { view, filter }: Viewed<Filter>,
) -> Result<Response, Problem> {
    let wanted = activity_board::Filter {
        organiser: scope::unit(
            &state,
            &actor,
            Act::ReadUnits,
            "organiser",
            filter.organiser.as_ref(),
        )?,
        state: scope::word("state", filter.state.as_ref(), Standing::ALL, Standing::as_str)?,
        kind: scope::word("kind", filter.kind.as_ref(), Kind::ALL, Kind::as_str)?,
    };
    state
        .reads
        .list(&view, move |connection, page| activity_board::list(connection, &wanted, page))
        .await
}

/// 一项活动.
#[utoipa::path(get, path = "/activities/{activity}", tag = "read", params(View),
    responses((status = 200, body = ActivityRow)))]
async fn one(
    State(state): State<AppState>,
    At(activity): At<ActivityId>,
    Account(actor): Account,
    Viewed { view, .. }: Viewed<Unfiltered>,
) -> Result<Response, Problem> {
    let organiser = state.app.organiser_of(activity).await?;
    state.app.permit(&actor, Act::ReadUnits, Some(&organiser), None)?;
    state.reads.one(&view, move |connection| activity_board::get(connection, activity)).await
}

/// 参加者: who signed up or is insured, by number.
#[utoipa::path(get, path = "/activities/{activity}/participants", tag = "read", params(View),
    responses((status = 200, body = ParticipantPage)))]
async fn participants(
    State(state): State<AppState>,
    At(activity): At<ActivityId>,
    Account(actor): Account,
    Viewed { view, .. }: Viewed<Unfiltered>,
) -> Result<Response, Problem> {
    let organiser = state.app.organiser_of(activity).await?;
    state.app.permit(&actor, Act::ReadVolunteers, Some(&organiser), None)?;
    state
        .reads
        .list(&view, move |connection, page| {
            activity_board::participants(connection, activity, page)
        })
        .await
}
