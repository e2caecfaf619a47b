use axum::extract::State;
use axum::response::Response;
use domain::permission::Act;
use domain::{ResolutionId, SurveyId, UnitCode};
use projections::models::survey_result;
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

type SurveyPage = RowPage<survey_result::SurveyResult>;
type SurveyRow = Row<survey_result::SurveyResult>;

pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(list(routes!(list_surveys), Act::ReadDeliberation))
        .routes(one(routes!(read_survey), Act::ReadDeliberation))
}

filter! {
    /// Which surveys.
    Surveys {
        /// Only of this unit and those below it; the account's own where it sees no more.
        station: UnitCode,
        /// 决议编号: only those that ask about this resolution.
        resolution: ResolutionId,
        /// `true`: only those that have ended; `false`: only the others.
        closed: bool,
    }
}

/// 满意度测评列表。Lists surveys, the last to end first.
///
/// 测评结束且答复人数足够后才有结果。Answers show once a survey is closed and enough have replied.
#[utoipa::path(get, path = "/surveys", tag = "read", params(View, Surveys),
    responses((status = 200, body = SurveyPage)))]
async fn list_surveys(
    State(state): State<AppState>,
    Account(actor): Account,
    Viewed { view, filter }: Viewed<Surveys>,
) -> Result<Response, Problem> {
    let Surveys { station: within, resolution, closed } = filter;
    let filter = survey_result::Filter { within, resolution, closed };
    let found = state.queries.surveys(&actor, filter, &view.list()).await?;
    state.listed(&view, found).await
}

/// 查阅一次测评。Reads one survey.
///
/// 测评结束且答复人数足够后才有结果。Answers show once it is closed and enough have replied.
#[utoipa::path(get, path = "/surveys/{survey}", tag = "read", params(View),
    responses((status = 200, body = SurveyRow)))]
async fn read_survey(
    State(state): State<AppState>,
    PathParam(survey): PathParam<SurveyId>,
    Account(actor): Account,
    Viewed { view, .. }: Viewed<Unfiltered>,
) -> Result<Response, Problem> {
    let found = state.queries.survey(&actor, survey, view.moment()).await?;
    state.shown(&view, found)
}
