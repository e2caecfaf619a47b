//! 满意度测评.

use application::{Ballot, InvalidReference, IssuedBallots};
use axum::body::Body;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use domain::permission::Act;
use domain::survey::{Carrier, HandedOut, Opened};
use domain::{ResolutionId, SurveyId, Text, UnitCode};
use jiff::civil::Date;
use papers::ballot::{self, Sheet};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::answer::command::Answer;
use crate::answer::problem::{Problem, failed};
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
            routes!(print_ballots),
            Act::IssueBallots,
            &[domain::survey::Rejection::CODES],
        ))
        .routes(command(
            routes!(hand_out_ballots),
            Act::IssueBallots,
            &[domain::survey::Rejection::CODES, InvalidReference::CODES],
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
        /// How many households are asked, 1–20 000 and no more than the station has: as many ballots there are.
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
    let survey = Opened { station, resolution, question, eligible, households: None, closes_on };
    let (survey, done) = state.app.open_survey(survey, &request.caller).await?;
    Ok(Answer::of(&done)?.made(format!("/api/v1/surveys/{survey}")))
}

/// 测评码: shown this once, and again only to the same request under the same `Idempotency-Key`.
#[derive(Serialize, ToSchema)]
struct Ballots {
    /// Number and code of each ballot, for one household each.
    ballots: Vec<String>,
    /// What was stored.
    #[serde(flatten)]
    answer: Answer,
}

/// 制作测评码。Makes the ballots of a survey, once.
///
/// 由镇（街道）等上级单位或县制作，不给本村（社区）看；谁拿到哪一个，没有记录。A unit above or the county makes them, and the village does not see them;
/// who gets which, nobody writes down.
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

input! {
    /// What the slips say beside the codes.
    struct Slips {
        /// 填答地址: where residents reply, at most 200 characters.
        #[serde(default)]
        address: Option<Text<200>>,
    }
}

/// 测评码打印页。Makes the ballots of a survey, once, as a page of sealed slips to print, one for each household.
///
/// 裁开、折起密封后由制作单位分发。Whoever makes them cuts, folds, seals and hands them out.
#[utoipa::path(post, path = "/surveys/{survey}/ballots/sheet", tag = "surveys", request_body = Slips,
    responses((status = 200, body = String, content_type = "text/html")))]
async fn print_ballots(
    State(state): State<AppState>,
    PathParam(survey): PathParam<SurveyId>,
    request: CommandRequest<Slips>,
) -> Result<Response, Problem> {
    let issued = state.app.issue_ballots(survey, &request.caller).await?;
    let known = state.app.reference_data();
    let name = |unit: &UnitCode| {
        known.units.get(unit).map_or_else(|| unit.to_string(), |node| node.name.to_string())
    };
    let IssuedBallots { ballots, survey: opened, done } = issued;
    let sheet = Sheet {
        station: name(&opened.station),
        question: opened.question.to_string(),
        closes_on: opened.closes_on,
        maker: request.caller.actor.unit.as_ref().map_or_else(|| "县委依法治县办".to_owned(), name),
        address: request.input.address.map(|address| address.to_string()),
        ballots: ballots.iter().map(Ballot::written).collect(),
    };
    let page = state.aside.run(move || ballot::page(&sheet)).await;
    let page = page.map_err(|error| failed(&error))?.map_err(|error| failed(&error))?;
    let headers = [
        (header::CONTENT_TYPE, "text/html; charset=utf-8".to_owned()),
        (header::CONTENT_SECURITY_POLICY, ballot::POLICY.clone()),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    let (parts, _) = Answer::of(&done)?.into_response().into_parts();
    Ok((headers, Response::from_parts(parts, Body::from(page))).into_response())
}

input! {
    /// 分发.
    struct HandingOut {
        /// Through whom the sealed slips reached the households; that a village had them is stated as it was.
        carrier: Carrier,
        /// The last day of it.
        handed_out_on: Date,
    }
}

/// 测评码分发。States through whom the sealed ballots reached the households.
#[utoipa::path(post, path = "/surveys/{survey}/ballots/distribution", tag = "surveys",
    request_body = HandingOut, responses((status = 200, body = Answer)))]
async fn hand_out_ballots(
    State(state): State<AppState>,
    PathParam(survey): PathParam<SurveyId>,
    request: CommandRequest<HandingOut>,
) -> Result<Answer, Problem> {
    let HandingOut { carrier, handed_out_on } = request.input;
    let handed = HandedOut { carrier, handed_out_on };
    Answer::of(&state.app.hand_out_ballots(survey, handed, &request.caller).await?)
}

/// 测评结束。Closes a survey after its last day.
#[utoipa::path(post, path = "/surveys/{survey}/closure", tag = "surveys", request_body = Nothing,
    responses((status = 200, body = Answer)))]
async fn close_survey(
    State(state): State<AppState>,
    PathParam(survey): PathParam<SurveyId>,
    request: CommandRequest<Nothing>,
) -> Result<Answer, Problem> {
    Answer::of(&state.app.close_survey(survey, &request.caller).await?)
}
