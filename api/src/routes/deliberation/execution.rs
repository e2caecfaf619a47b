//! 决策执行: a named person, a last day, progress, and a claim that is nothing more.

use axum::extract::State;
use domain::ResolutionId;
use jiff::civil::Date;
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::answer::command::Answer;
use crate::answer::problem::Problem;
use crate::request::command_request::{CommandRequest, take, take_all};
use crate::request::path::PathParam;
use crate::state::AppState;

pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(assignment))
        .routes(routes!(extension))
        .routes(routes!(progress))
        .routes(routes!(claim))
}

/// 专人.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Assignment {
    /// 人员编号 of who is to execute it.
    #[schema(example = "V0123456789AB")]
    executor: String,
    /// The office in which they act, at most 40 characters; that may be public.
    #[schema(example = "村委会副主任")]
    office: String,
    /// 办理期限: the last day.
    due: Date,
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
    let (executor, office) = (take("executor", &executor)?, take("office", &office)?);
    let caller = &request.caller;
    Answer::of(&state.app.assign_resolution(resolution, executor, office, due, caller).await?)
}

/// 延期.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Extension {
    /// The last day from now on.
    to: Date,
    /// Why, at most 200 characters.
    reason: String,
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
    let reason = take("reason", &reason)?;
    Answer::of(&state.app.extend_resolution(resolution, to, reason, &request.caller).await?)
}

/// What was done.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Work {
    /// What was done, at most 500 characters.
    note: String,
    /// Digests of what shows it.
    #[serde(default)]
    evidence: Vec<String>,
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
    let (note, evidence) = (take("note", &note)?, take_all("evidence", &evidence)?);
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
    let (note, evidence) = (take("note", &note)?, take_all("evidence", &evidence)?);
    Answer::of(&state.app.claim_completion(resolution, note, &evidence, &request.caller).await?)
}
