use axum::extract::State;
use axum::response::Response;
use domain::SurveyId;
use domain::permission::Act;
use projections::models::survey_result;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::shape::{SurveyPage, SurveyRow};
use crate::account::Account;
use crate::asked::take_some;
use crate::path::At;
use crate::problem::Problem;
use crate::query::{Unfiltered, View, Viewed};
use crate::routes::read::scope;
use crate::state::AppState;

pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(one))
}

/// Which surveys.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Filter {
    /// Only of this unit and those below it; the account's own where it sees no more.
    station: Option<String>,
    /// 决议编号: only those that ask about this resolution.
    resolution: Option<String>,
    /// `true`: only those that have ended; `false`: only the others.
    closed: Option<String>,
}

/// 满意度测评: the last to end first; the answers once a survey is closed and enough have replied.
#[utoipa::path(get, path = "/surveys", tag = "read", params(View, Filter),
    responses((status = 200, body = SurveyPage)))]
async fn list(
    State(state): State<AppState>,
    Account(actor): Account,
    Viewed { view, filter }: Viewed<Filter>,
) -> Result<Response, Problem> {
    let wanted = survey_result::Filter {
        within: scope::station(&state, &actor, filter.station.as_ref())?,
        resolution: take_some("resolution", filter.resolution.as_ref())?,
        closed: scope::flag("closed", filter.closed.as_ref())?,
    };
    state
        .reads
        .list(&view, move |connection, page| survey_result::list(connection, &wanted, page))
        .await
}

/// 一次测评.
#[utoipa::path(get, path = "/surveys/{survey}", tag = "read", params(View),
    responses((status = 200, body = SurveyRow)))]
async fn one(
    State(state): State<AppState>,
    At(survey): At<SurveyId>,
    Account(actor): Account,
    Viewed { view, .. }: Viewed<Unfiltered>,
) -> Result<Response, Problem> {
    let station = state.app.station_of_survey(survey).await?;
    state.app.permit(&actor, Act::ReadDeliberation, Some(&station), None)?;
    state.reads.one(&view, move |connection| survey_result::get(connection, survey)).await
}
