use axum::extract::State;
use axum::response::Response;
use domain::PersonId;
use domain::permission::Act;
use projections::models::volunteer_archive::{self, RealName, Status};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::scope;
use super::shape::{VolunteerPage, VolunteerRow};
use crate::account::Account;
use crate::path::At;
use crate::problem::Problem;
use crate::query::{Unfiltered, View, Viewed};
use crate::state::AppState;

pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(one))
}

/// Which volunteers.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Filter {
    /// Only of this unit itself; the account's own where it sees no more.
    unit: Option<String>,
    /// `active`, `suspended`, `withdrawn` or `erased`.
    status: Option<String>,
    /// 实名比对: `pending`, `matched` or `refused`.
    real_name: Option<String>,
    /// Only with at least so many stars.
    least_stars: Option<String>,
}

/// 志愿者档案: by number; who they are, only the vault knows.
#[utoipa::path(get, path = "/volunteers", tag = "read", params(View, Filter),
    responses((status = 200, body = VolunteerPage)))]
async fn list(
    State(state): State<AppState>,
    Account(actor): Account,
    Viewed { view, filter }: Viewed<Filter>,
) -> Result<Response, Problem> {
    let filter = volunteer_archive::Filter {
        unit: scope::unit(&state, &actor, Act::ReadVolunteers, "unit", filter.unit.as_ref())?,
        status: scope::word("status", filter.status.as_ref(), Status::ALL, Status::as_str)?,
        real_name: scope::word(
            "real_name",
            filter.real_name.as_ref(),
            RealName::ALL,
            RealName::as_str,
        )?,
        least_stars: scope::parsed("least_stars", filter.least_stars.as_ref(), "3")?,
    };
    state
        .reads
        .list(&view, move |connection, page| volunteer_archive::list(connection, &filter, page))
        .await
}

/// 一名志愿者的档案.
#[utoipa::path(get, path = "/volunteers/{volunteer}", tag = "read", params(View),
    responses((status = 200, body = VolunteerRow)))]
async fn one(
    State(state): State<AppState>,
    At(volunteer): At<PersonId>,
    Account(actor): Account,
    Viewed { view, .. }: Viewed<Unfiltered>,
) -> Result<Response, Problem> {
    let unit = state.app.home_of(volunteer).await?;
    state.app.permit(&actor, Act::ReadVolunteers, Some(&unit), Some(volunteer))?;
    state.reads.one(&view, move |connection| volunteer_archive::get(connection, volunteer)).await
}
