use axum::extract::State;
use axum::response::Response;
use domain::permission::Act;
use domain::{PersonId, UnitCode};
use projections::models::volunteer_archive::{self, RealName, Status};
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

type VolunteerPage = RowPage<volunteer_archive::File>;
type VolunteerRow = Row<volunteer_archive::File>;

pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(list(routes!(list_volunteers), Act::ReadVolunteers))
        .routes(one(routes!(read_volunteer), Act::ReadVolunteers))
}

filter! {
    /// Which volunteers.
    Volunteers {
        /// Only of this unit itself; the account's own where it sees no more.
        unit: UnitCode,
        /// Only those who serve, or do not, in this way.
        status: Status,
        /// Only those of whom 实名比对 has found this.
        real_name: RealName,
        /// Only with at least so many stars.
        least_stars: u8,
    }
}

/// 志愿者档案列表。Lists volunteers, by number.
///
/// 姓名等个人信息只在个人信息库中。Who they are, only the vault knows.
#[utoipa::path(get, path = "/volunteers", tag = "read", params(View, Volunteers),
    responses((status = 200, body = VolunteerPage)))]
async fn list_volunteers(
    State(state): State<AppState>,
    Account(actor): Account,
    Viewed { view, filter }: Viewed<Volunteers>,
) -> Result<Response, Problem> {
    let Volunteers { unit, status, real_name, least_stars } = filter;
    let filter = volunteer_archive::Filter { unit, status, real_name, least_stars };
    let found = state.queries.volunteers(&actor, filter, &view.list()).await?;
    state.listed(&view, found).await
}

/// 查阅志愿者档案。Reads the file of one volunteer.
///
/// 姓名等个人信息只在个人信息库中。Who it is, only the vault knows.
#[utoipa::path(get, path = "/volunteers/{volunteer}", tag = "read", params(View),
    responses((status = 200, body = VolunteerRow)))]
async fn read_volunteer(
    State(state): State<AppState>,
    PathParam(volunteer): PathParam<PersonId>,
    Account(actor): Account,
    Viewed { view, .. }: Viewed<Unfiltered>,
) -> Result<Response, Problem> {
    let found = state.queries.volunteer(&actor, volunteer, view.moment()).await?;
    state.shown(&view, found)
}
