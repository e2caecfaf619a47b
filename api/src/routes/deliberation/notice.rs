//! 决议公示: publicised, corrected, withdrawn, closed.

use application::InvalidReference;
use axum::extract::State;
use domain::permission::Act;
use domain::resolution::Rejection;
use domain::{ResolutionId, SealedDigest, Text};
use jiff::civil::Date;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::answer::command::Answer;
use crate::answer::problem::Problem;
use crate::openapi::operation::{command, evidenced};
use crate::request::bodies::Reason;
use crate::request::command_request::{CommandRequest, Nothing};
use crate::request::input::input;
use crate::request::path::PathParam;
use crate::state::AppState;

pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(evidenced(command(
            routes!(publicise_resolution),
            Act::ManageResolution,
            &[Rejection::CODES, InvalidReference::CODES],
        )))
        .routes(command(
            routes!(correct_resolution),
            Act::ManageResolution,
            &[Rejection::CODES, InvalidReference::CODES],
        ))
        .routes(command(
            routes!(withdraw_resolution),
            Act::ManageResolution,
            &[Rejection::CODES, InvalidReference::CODES],
        ))
        .routes(command(
            routes!(close_resolution_notice),
            Act::ManageResolution,
            &[Rejection::CODES, InvalidReference::CODES],
        ))
}

input! {
    /// 公示.
    struct Publication {
        /// Digests of what shows it on the board.
        #[serde(default)]
        evidence: Vec<SealedDigest>,
        /// 补录: first day on the board, where it has hung there before today.
        #[serde(default)]
        posted_on: Option<Date>,
    }
}

/// 决议公示。Opens a resolution to objections for the period of the rulebook.
///
/// 已在公示栏张贴的写明张贴日并附照片，经另一人核准后，自核准日起公示满期。What has hung on the board is entered with its day there and
/// photographs; once a second person approves it, it stands open for the whole period from that day.
#[utoipa::path(post, path = "/resolutions/{resolution}/publication", tag = "resolutions",
    request_body = Publication, responses((status = 200, body = Answer)))]
async fn publicise_resolution(
    State(state): State<AppState>,
    PathParam(resolution): PathParam<ResolutionId>,
    request: CommandRequest<Publication>,
) -> Result<Answer, Problem> {
    let CommandRequest { caller, input: Publication { evidence, posted_on } } = request;
    let app = &state.app;
    let done = match posted_on {
        None => app.publicise_resolution(resolution, &evidence, &caller).await?,
        Some(day) => app.backfill_publication(resolution, day, &evidence, &caller).await?,
    };
    Answer::of(&done)
}

input! {
    /// 修正.
    struct ResolutionCorrection {
        /// What is to be done now, at most 500 characters.
        text: Text<500>,
        /// Why, at most 200 characters.
        reason: Text<200>,
        /// Digests of what shows it on the board.
        #[serde(default)]
        evidence: Vec<SealedDigest>,
    }
}

/// 决议修正。Corrects a resolution after an upheld objection.
///
/// 公示期重新计算。The period starts anew.
#[utoipa::path(post, path = "/resolutions/{resolution}/correction", tag = "resolutions",
    request_body = ResolutionCorrection, responses((status = 200, body = Answer)))]
async fn correct_resolution(
    State(state): State<AppState>,
    PathParam(resolution): PathParam<ResolutionId>,
    request: CommandRequest<ResolutionCorrection>,
) -> Result<Answer, Problem> {
    let ResolutionCorrection { text, reason, evidence } = request.input;
    let (evidence, caller) = (evidence, &request.caller);
    Answer::of(&state.app.correct_resolution(resolution, text, reason, &evidence, caller).await?)
}

/// 决议撤销。Withdraws a resolution, which is then not executed.
#[utoipa::path(post, path = "/resolutions/{resolution}/withdrawal", tag = "resolutions",
    request_body = Reason, responses((status = 200, body = Answer)))]
async fn withdraw_resolution(
    State(state): State<AppState>,
    PathParam(resolution): PathParam<ResolutionId>,
    request: CommandRequest<Reason>,
) -> Result<Answer, Problem> {
    let reason = request.input.reason;
    Answer::of(&state.app.withdraw_resolution(resolution, reason, &request.caller).await?)
}

/// 决议公示期满。Closes the notice of a resolution whose period passed without open objection.
#[utoipa::path(post, path = "/resolutions/{resolution}/closure", tag = "resolutions",
    request_body = Nothing, responses((status = 200, body = Answer)))]
async fn close_resolution_notice(
    State(state): State<AppState>,
    PathParam(resolution): PathParam<ResolutionId>,
    request: CommandRequest<Nothing>,
) -> Result<Answer, Problem> {
    Answer::of(&state.app.close_resolution_notice(resolution, &request.caller).await?)
}
