use axum::extract::State;
use axum::response::Response;
use domain::PersonId;
use domain::permission::Act;
use projections::models::service_timeliness::{self, State as Standing};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::scope;
use super::shape::{OrganiserPage, RecordPage};
use crate::account::Account;
use crate::asked::take_some;
use crate::path::At;
use crate::problem::Problem;
use crate::query::{View, Viewed};
use crate::state::AppState;

pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(organisers))
        .routes(routes!(records))
        .routes(routes!(of_volunteer))
}

/// Which organisers.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Organiser {
    /// Only this 组织单位; the account's own where it sees no more.
    organiser: Option<String>,
}

/// 服务记录及时性: by organiser, how many records came in time, late, as backfill.
#[utoipa::path(get, path = "/service-timeliness", tag = "read", params(View, Organiser),
    responses((status = 200, body = OrganiserPage)))]
async fn organisers(
    State(state): State<AppState>,
    Account(actor): Account,
    Viewed { view, filter }: Viewed<Organiser>,
) -> Result<Response, Problem> {
    let organiser =
        scope::unit(&state, &actor, Act::ReadUnits, "organiser", filter.organiser.as_ref())?;
    let query = move |connection: &_, page: &_| {
        service_timeliness::organisers(connection, organiser.as_ref(), page)
    };
    state.reads.list(&view, query).await
}

/// Which records.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Records {
    /// Only this 组织单位; the account's own where it sees no more.
    organiser: Option<String>,
    /// Only of this 活动编号.
    activity: Option<String>,
    /// `requested`, `recorded`, `attested` or `voided`.
    state: Option<String>,
    /// `true`: only those recorded late; `false`: only those in time.
    late: Option<String>,
    /// `true`: only those under dispute; `false`: only the others.
    disputed: Option<String>,
}

/// 服务记录: every record that fits, by volunteer and number.
#[utoipa::path(get, path = "/service-timeliness/records", tag = "read", params(View, Records),
    responses((status = 200, body = RecordPage)))]
async fn records(
    State(state): State<AppState>,
    Account(actor): Account,
    Viewed { view, filter }: Viewed<Records>,
) -> Result<Response, Problem> {
    let wanted = service_timeliness::Filter {
        volunteer: None,
        organiser: scope::unit(
            &state,
            &actor,
            Act::ReadVolunteers,
            "organiser",
            filter.organiser.as_ref(),
        )?,
        activity: take_some("activity", filter.activity.as_ref())?,
        state: scope::word("state", filter.state.as_ref(), Standing::ALL, Standing::as_str)?,
        late: scope::flag("late", filter.late.as_ref())?,
        disputed: scope::flag("disputed", filter.disputed.as_ref())?,
    };
    state
        .reads
        .list(&view, move |connection, page| service_timeliness::records(connection, &wanted, page))
        .await
}

/// Which of a volunteer's records.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct OwnRecords {
    /// `requested`, `recorded`, `attested` or `voided`.
    state: Option<String>,
}

/// 一名志愿者的服务记录, by number.
#[utoipa::path(get, path = "/volunteers/{volunteer}/services", tag = "read", params(View, OwnRecords),
    responses((status = 200, body = RecordPage)))]
async fn of_volunteer(
    State(state): State<AppState>,
    At(volunteer): At<PersonId>,
    Account(actor): Account,
    Viewed { view, filter }: Viewed<OwnRecords>,
) -> Result<Response, Problem> {
    let unit = state.app.home_of(volunteer).await?;
    state.app.permit(&actor, Act::ReadVolunteers, Some(&unit), Some(volunteer))?;
    let wanted = service_timeliness::Filter {
        volunteer: Some(volunteer),
        state: scope::word("state", filter.state.as_ref(), Standing::ALL, Standing::as_str)?,
        ..service_timeliness::Filter::default()
    };
    state
        .reads
        .list(&view, move |connection, page| service_timeliness::records(connection, &wanted, page))
        .await
}
