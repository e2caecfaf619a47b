//! 决议公示: publicised, corrected, withdrawn, closed.

use axum::extract::State;
use domain::{ResolutionId, SealedDigest, Text};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::answer::command::Answer;
use crate::answer::problem::Problem;
use crate::request::bodies::Reason;
use crate::request::command_request::{CommandRequest, Nothing};
use crate::request::input::input;
use crate::request::path::PathParam;
use crate::state::AppState;

pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(publication))
        .routes(routes!(correction))
        .routes(routes!(withdrawal))
        .routes(routes!(closure))
}

input! {
    /// 公示.
    struct Publication {
        /// Digests of what shows it on the board.
        #[serde(default)]
        evidence: Vec<SealedDigest>,
    }
}

/// 决议公示: opens it to objections for the period of the rulebook.
#[utoipa::path(post, path = "/resolutions/{resolution}/publication", tag = "resolutions",
    request_body = Publication, responses((status = 200, body = Answer)))]
async fn publication(
    State(state): State<AppState>,
    PathParam(resolution): PathParam<ResolutionId>,
    request: CommandRequest<Publication>,
) -> Result<Answer, Problem> {
    let evidence = request.input.evidence;
    Answer::of(&state.app.publicise_resolution(resolution, &evidence, &request.caller).await?)
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

/// 决议修正 after an upheld objection: the period starts anew.
#[utoipa::path(post, path = "/resolutions/{resolution}/correction", tag = "resolutions",
    request_body = ResolutionCorrection, responses((status = 200, body = Answer)))]
async fn correction(
    State(state): State<AppState>,
    PathParam(resolution): PathParam<ResolutionId>,
    request: CommandRequest<ResolutionCorrection>,
) -> Result<Answer, Problem> {
    let ResolutionCorrection { text, reason, evidence } = request.input;
    let (evidence, caller) = (evidence, &request.caller);
    Answer::of(&state.app.correct_resolution(resolution, text, reason, &evidence, caller).await?)
}

/// 决议撤销: it will not be executed.
#[utoipa::path(post, path = "/resolutions/{resolution}/withdrawal", tag = "resolutions",
    request_body = Reason, responses((status = 200, body = Answer)))]
async fn withdrawal(
    State(state): State<AppState>,
    PathParam(resolution): PathParam<ResolutionId>,
    request: CommandRequest<Reason>,
) -> Result<Answer, Problem> {
    let reason = request.input.reason;
    Answer::of(&state.app.withdraw_resolution(resolution, reason, &request.caller).await?)
}

/// 公示期满: closes a notice whose period passed without open objection.
#[utoipa::path(post, path = "/resolutions/{resolution}/closure", tag = "resolutions",
    request_body = Nothing, responses((status = 200, body = Answer)))]
async fn closure(
    State(state): State<AppState>,
    PathParam(resolution): PathParam<ResolutionId>,
    request: CommandRequest<Nothing>,
) -> Result<Answer, Problem> {
    Answer::of(&state.app.close_resolution_notice(resolution, &request.caller).await?)
}
