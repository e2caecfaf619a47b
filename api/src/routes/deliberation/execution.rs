//! 决策执行: a named person, a last day, progress, and a claim that is nothing more.

use application::InvalidReference;
use axum::extract::State;
use domain::permission::Act;
use domain::resolution::Rejection;
use domain::{PersonId, ResolutionId, SealedDigest, Text};
use jiff::civil::Date;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::answer::command::Answer;
use crate::answer::problem::Problem;
use crate::openapi::operation::{command, evidenced};
use crate::request::command_request::CommandRequest;
use crate::request::input::input;
use crate::request::path::PathParam;
use crate::state::AppState;

pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(command(
            routes!(assign_resolution),
            Act::ManageResolution,
            &[Rejection::CODES, InvalidReference::CODES],
        ))
        .routes(command(
            routes!(extend_resolution),
            Act::ManageResolution,
            &[Rejection::CODES, InvalidReference::CODES],
        ))
        .routes(evidenced(command(
            routes!(report_progress),
            Act::ExecuteResolution,
            &[Rejection::CODES, InvalidReference::CODES],
        )))
        .routes(evidenced(command(
            routes!(claim_completion),
            Act::ExecuteResolution,
            &[Rejection::CODES, InvalidReference::CODES],
        )))
}

input! {
    /// 专人.
    struct Assignment {
        /// 人员编号 of who is to execute it.
        executor: PersonId = "V0123456789AB",
        /// The office in which they act, at most 40 characters; that may be public.
        office: Text<40> = "村委会副主任",
        /// 办理期限: the last day.
        due: Date,
    }
}

/// 明确专人。Assigns a resolution to somebody, with a last day.
///
/// 仅限公示期满无未决异议的决议。Only after its notice closed without open objection.
#[utoipa::path(post, path = "/resolutions/{resolution}/assignment", tag = "resolutions",
    request_body = Assignment, responses((status = 200, body = Answer)))]
async fn assign_resolution(
    State(state): State<AppState>,
    PathParam(resolution): PathParam<ResolutionId>,
    request: CommandRequest<Assignment>,
) -> Result<Answer, Problem> {
    let Assignment { executor, office, due } = request.input;
    let caller = &request.caller;
    Answer::of(&state.app.assign_resolution(resolution, executor, office, due, caller).await?)
}

input! {
    /// 延期.
    struct Extension {
        /// The last day from now on.
        to: Date,
        /// Why, at most 200 characters.
        reason: Text<200>,
    }
}

/// 延期。Gives the executor a later last day.
///
/// 执行人不得自行延期。The executor may not.
#[utoipa::path(post, path = "/resolutions/{resolution}/extension", tag = "resolutions",
    request_body = Extension, responses((status = 200, body = Answer)))]
async fn extend_resolution(
    State(state): State<AppState>,
    PathParam(resolution): PathParam<ResolutionId>,
    request: CommandRequest<Extension>,
) -> Result<Answer, Problem> {
    let Extension { to, reason } = request.input;
    Answer::of(&state.app.extend_resolution(resolution, to, reason, &request.caller).await?)
}

input! {
    /// What was done.
    struct Work {
        /// What was done, at most 500 characters.
        note: Text<500>,
        /// Digests of what shows it.
        #[serde(default)]
        evidence: Vec<SealedDigest>,
    }
}

/// 进展。Reports what was done so far, from the executor's own account.
#[utoipa::path(post, path = "/resolutions/{resolution}/progress", tag = "resolutions",
    request_body = Work, responses((status = 200, body = Answer)))]
async fn report_progress(
    State(state): State<AppState>,
    PathParam(resolution): PathParam<ResolutionId>,
    request: CommandRequest<Work>,
) -> Result<Answer, Problem> {
    let Work { note, evidence } = request.input;
    Answer::of(&state.app.report_progress(resolution, note, &evidence, &request.caller).await?)
}

/// 报告完成。Claims that it is done, with evidence, from the executor's own account.
///
/// 尚待他人核实。Nobody else has said so yet.
#[utoipa::path(post, path = "/resolutions/{resolution}/claim", tag = "resolutions",
    request_body = Work, responses((status = 200, body = Answer)))]
async fn claim_completion(
    State(state): State<AppState>,
    PathParam(resolution): PathParam<ResolutionId>,
    request: CommandRequest<Work>,
) -> Result<Answer, Problem> {
    let Work { note, evidence } = request.input;
    Answer::of(&state.app.claim_completion(resolution, note, &evidence, &request.caller).await?)
}
