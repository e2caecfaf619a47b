//! 决策执行: a named person, a last day, progress, and a claim that is nothing more.

use axum::extract::State;
use domain::{PersonId, ResolutionId, SealedDigest, Text};
use jiff::civil::Date;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::answer::command::Answer;
use crate::answer::problem::Problem;
use crate::request::command_request::CommandRequest;
use crate::request::input::input;
use crate::request::path::PathParam;
use crate::state::AppState;

pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(assignment))
        .routes(routes!(extension))
        .routes(routes!(progress))
        .routes(routes!(claim))
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

/// 明确专人: only after a clean close.
#[utoipa::path(post, path = "/resolutions/{resolution}/assignment", tag = "resolutions",
    request_body = Assignment, responses((status = 200, body = Answer)))]
async fn assignment(
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

/// 延期, not by the executor.
#[utoipa::path(post, path = "/resolutions/{resolution}/extension", tag = "resolutions",
    request_body = Extension, responses((status = 200, body = Answer)))]
async fn extension(
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

/// 进展, from the executor's own account.
#[utoipa::path(post, path = "/resolutions/{resolution}/progress", tag = "resolutions",
    request_body = Work, responses((status = 200, body = Answer)))]
async fn progress(
    State(state): State<AppState>,
    PathParam(resolution): PathParam<ResolutionId>,
    request: CommandRequest<Work>,
) -> Result<Answer, Problem> {
    let Work { note, evidence } = request.input;
    Answer::of(&state.app.report_progress(resolution, note, &evidence, &request.caller).await?)
}

/// 报告完成, from the executor's own account and with evidence; nobody else has said so yet.
#[utoipa::path(post, path = "/resolutions/{resolution}/claim", tag = "resolutions",
    request_body = Work, responses((status = 200, body = Answer)))]
async fn claim(
    State(state): State<AppState>,
    PathParam(resolution): PathParam<ResolutionId>,
    request: CommandRequest<Work>,
) -> Result<Answer, Problem> {
    let Work { note, evidence } = request.input;
    Answer::of(&state.app.claim_completion(resolution, note, &evidence, &request.caller).await?)
}
