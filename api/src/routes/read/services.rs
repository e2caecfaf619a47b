use axum::extract::State;
use axum::response::Response;
use domain::permission::Act;
use domain::{ActivityId, PersonId, UnitCode};
use projections::models::service_timeliness::{self, State as RecordState};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::answer::problem::Problem;
use crate::answer::rows::RowPage;
use crate::openapi::operation::list;
use crate::request::account::Account;
use crate::request::filter::filter;
use crate::request::path::PathParam;
use crate::request::query::{View, Viewed};
use crate::state::AppState;

type OrganiserPage = RowPage<service_timeliness::ByOrganiser>;
type RecordPage = RowPage<service_timeliness::ServiceRecord>;

pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(list(routes!(list_timeliness), Act::ReadUnits))
        .routes(list(routes!(list_service_records), Act::ReadVolunteers))
        .routes(list(routes!(list_service_records_of_volunteer), Act::ReadVolunteers))
}

filter! {
    /// Which organisers.
    Organisers {
        /// Only this 组织单位; the account's own where it sees no more.
        organiser: UnitCode,
    }
}

/// 服务记录及时性。Counts by organiser how many records came in time, late, or as backfill.
#[utoipa::path(get, path = "/service-timeliness", tag = "read", params(View, Organisers),
    responses((status = 200, body = OrganiserPage)))]
async fn list_timeliness(
    State(state): State<AppState>,
    Account(actor): Account,
    Viewed { view, filter: Organisers { organiser } }: Viewed<Organisers>,
) -> Result<Response, Problem> {
    let found = state.queries.timeliness_by_organiser(&actor, organiser, &view.list()).await?;
    state.listed(&view, found).await
}

filter! {
    /// Which records.
    Records {
        /// Only this 组织单位; the account's own where it sees no more.
        organiser: UnitCode,
        /// Only of this 活动编号.
        activity: ActivityId,
        /// Only those that have come so far.
        state: RecordState,
        /// `true`: only those recorded late; `false`: only those in time.
        late: bool,
        /// `true`: only those under dispute; `false`: only the others.
        disputed: bool,
    }
}

/// 服务记录列表。Lists service records, by volunteer and number.
#[utoipa::path(get, path = "/service-timeliness/records", tag = "read", params(View, Records),
    responses((status = 200, body = RecordPage)))]
async fn list_service_records(
    State(state): State<AppState>,
    Account(actor): Account,
    Viewed { view, filter }: Viewed<Records>,
) -> Result<Response, Problem> {
    let Records { organiser, activity, state: so_far, late, disputed } = filter;
    let filter = service_timeliness::Filter {
        volunteer: None,
        organiser,
        activity,
        state: so_far,
        late,
        disputed,
    };
    let found = state.queries.service_records(&actor, filter, &view.list()).await?;
    state.listed(&view, found).await
}

filter! {
    /// Which of a volunteer's records.
    OwnRecords {
        /// Only those that have come so far.
        state: RecordState,
    }
}

/// 一名志愿者的服务记录。Lists the service records of one volunteer, by number.
#[utoipa::path(get, path = "/volunteers/{volunteer}/services", tag = "read", params(View, OwnRecords),
    responses((status = 200, body = RecordPage)))]
async fn list_service_records_of_volunteer(
    State(state): State<AppState>,
    PathParam(volunteer): PathParam<PersonId>,
    Account(actor): Account,
    Viewed { view, filter }: Viewed<OwnRecords>,
) -> Result<Response, Problem> {
    let (queries, list) = (&state.queries, view.list());
    let found = queries.service_records_of(&actor, volunteer, filter.state, &list).await?;
    state.listed(&view, found).await
}
