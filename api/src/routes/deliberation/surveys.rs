//! 满意度测评.

use application::Ballot;
use application::InvalidReference;
use axum::extract::State;
use axum::response::Response;
use domain::permission::Act;
use domain::survey::Opened;
use domain::{ResolutionId, SurveyId, Text, UnitCode};
use jiff::civil::Date;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::answer::command::Answer;
use crate::answer::problem::Problem;
use crate::openapi::operation::command;
use crate::request::command_request::{CommandRequest, Nothing};
use crate::request::input::input;
use crate::request::path::PathParam;
use crate::state::AppState;

pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(command(
            routes!(open_survey),
            Act::ManageSurvey,
            &[
                domain::survey::Rejection::CODES,
                domain::station::Rejection::CODES,
                InvalidReference::CODES,
            ],
        ))
        .routes(command(
            routes!(issue_ballots),
            Act::IssueBallots,
            &[domain::survey::Rejection::CODES],
        ))
        .routes(command(
            routes!(close_survey),
            Act::ManageSurvey,
            &[domain::survey::Rejection::CODES],
        ))
}

input! {
    /// A survey to open.
    struct NewSurvey {
        /// 单位代码 of the station's village.
        station: UnitCode = "330225001001",
        /// 决议编号 of the resolution that is asked about; none for the station's work as a whole.
        #[serde(default)]
        resolution: Option<ResolutionId>,
        /// What is asked, at most 200 characters.
        question: Text<200>,
        /// How many residents may reply, 1–20 000: as many ballots there are.
        eligible: u32,
        /// Last day for replies, within 90 days.
        closes_on: Date,
    }
}

/// 开始测评。Opens a survey.
#[utoipa::path(post, path = "/surveys", tag = "surveys", request_body = NewSurvey,
    responses((status = 201, body = Answer)))]
async fn open_survey(
    State(state): State<AppState>,
    request: CommandRequest<NewSurvey>,
) -> Result<Answer, Problem> {
    let NewSurvey { station, resolution, question, eligible, closes_on } = request.input;
    let survey = Opened { station, resolution, question, eligible, closes_on };
    let (survey, done) = state.app.open_survey(survey, &request.caller).await?;
    Ok(Answer::of(&done)?.made(format!("/api/v1/surveys/{survey}")))
}

/// 测评码: shown this once, and again only to the same request under the same `Idempotency-Key`.
#[derive(Serialize, ToSchema)]
struct Ballots {
    /// Number and code of each ballot, for one resident each.
    ballots: Vec<String>,
    /// What was stored.
    #[serde(flatten)]
    answer: Answer,
}

/// 发放测评码。Issues the ballots of a survey, once.
///
/// 谁拿到哪一个，没有记录。Who gets which, nobody writes down.
#[utoipa::path(post, path = "/surveys/{survey}/ballots", tag = "surveys", request_body = Nothing,
    responses((status = 200, body = Ballots)))]
async fn issue_ballots(
    State(state): State<AppState>,
    PathParam(survey): PathParam<SurveyId>,
    request: CommandRequest<Nothing>,
) -> Result<Response, Problem> {
    let issued = state.app.issue_ballots(survey, &request.caller).await?;
    let ballots = issued.ballots.iter().map(Ballot::written).collect();
    let answer = Answer::of(&issued.done)?;
    Ok(answer.into_response_with(|answer| Ballots { ballots, answer }))
}

/// 测评结束。Closes a survey after its last day, or once everybody replied.
#[utoipa::path(post, path = "/surveys/{survey}/closure", tag = "surveys", request_body = Nothing,
    responses((status = 200, body = Answer)))]
async fn close_survey(
    State(state): State<AppState>,
    PathParam(survey): PathParam<SurveyId>,
    request: CommandRequest<Nothing>,
) -> Result<Answer, Problem> {
    Answer::of(&state.app.close_survey(survey, &request.caller).await?)
}
