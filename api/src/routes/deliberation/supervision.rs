//! 监督反馈: what the supervision group finds, who is told, and what the residents see.

use application::InvalidReference;
use axum::extract::State;
use domain::permission::Act;
use domain::resolution::Rejection;
use domain::{MeetingId, ResolutionId, SealedDigest, Text};
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
            routes!(return_completion),
            Act::VerifyCompletion,
            &[Rejection::CODES, InvalidReference::CODES],
        ))
        .routes(evidenced(command(
            routes!(verify_completion),
            Act::VerifyCompletion,
            &[Rejection::CODES, InvalidReference::CODES],
        )))
        .routes(command(
            routes!(inform_branch),
            Act::InformBranch,
            &[Rejection::CODES, InvalidReference::CODES],
        ))
        .routes(command(
            routes!(inform_meeting),
            Act::InformMeeting,
            &[Rejection::CODES, InvalidReference::CODES],
        ))
        .routes(evidenced(command(
            routes!(publicise_completion),
            Act::ManageResolution,
            &[Rejection::CODES, InvalidReference::CODES],
        )))
        .routes(evidenced(command(
            routes!(reopen_resolution),
            Act::ReopenResolution,
            &[Rejection::CODES, InvalidReference::CODES],
        )))
}

input! {
    /// 退回.
    struct Return {
        /// What is missing, at most 500 characters.
        findings: Text<500>,
        /// The last day now; the rulebook's days from today unless told.
        #[serde(default)]
        due: Option<Date>,
    }
}

/// 退回。Returns a claim, because the supervision group found that it is not done.
#[utoipa::path(post, path = "/resolutions/{resolution}/return", tag = "resolutions",
    request_body = Return, responses((status = 200, body = Answer)))]
async fn return_completion(
    State(state): State<AppState>,
    PathParam(resolution): PathParam<ResolutionId>,
    request: CommandRequest<Return>,
) -> Result<Answer, Problem> {
    let Return { findings, due } = request.input;
    Answer::of(&state.app.return_completion(resolution, findings, due, &request.caller).await?)
}

input! {
    /// 核实.
    struct Verification {
        /// What was found, at most 500 characters.
        findings: Text<500>,
        /// Digests of what shows it.
        #[serde(default)]
        evidence: Vec<SealedDigest>,
    }
}

/// 核实。Verifies that it is done, by somebody of the supervision group with no part in it.
#[utoipa::path(post, path = "/resolutions/{resolution}/verification", tag = "resolutions",
    request_body = Verification, responses((status = 200, body = Answer)))]
async fn verify_completion(
    State(state): State<AppState>,
    PathParam(resolution): PathParam<ResolutionId>,
    request: CommandRequest<Verification>,
) -> Result<Answer, Problem> {
    let Verification { findings, evidence } = request.input;
    Answer::of(
        &state.app.verify_completion(resolution, findings, &evidence, &request.caller).await?,
    )
}

input! {
    /// 反馈.
    struct BranchInformation {
        /// What the party branch is told, at most 500 characters.
        findings: Text<500>,
    }
}

/// 反馈党支部。Tells the party branch what supervision found.
#[utoipa::path(post, path = "/resolutions/{resolution}/branch-information", tag = "resolutions",
    request_body = BranchInformation, responses((status = 200, body = Answer)))]
async fn inform_branch(
    State(state): State<AppState>,
    PathParam(resolution): PathParam<ResolutionId>,
    request: CommandRequest<BranchInformation>,
) -> Result<Answer, Problem> {
    let findings = request.input.findings;
    Answer::of(&state.app.inform_branch(resolution, findings, &request.caller).await?)
}

input! {
    /// 通报.
    struct MeetingInformation {
        /// 会议编号 of the meeting in whose sealed minutes the report stands.
        meeting: MeetingId,
    }
}

/// 会议通报。Records that a meeting was told, in whose sealed minutes the report stands.
///
/// 封存会议记录时也会自动产生。It follows from the sealed minutes by itself, too.
#[utoipa::path(post, path = "/resolutions/{resolution}/meeting-information", tag = "resolutions",
    request_body = MeetingInformation, responses((status = 200, body = Answer)))]
async fn inform_meeting(
    State(state): State<AppState>,
    PathParam(resolution): PathParam<ResolutionId>,
    request: CommandRequest<MeetingInformation>,
) -> Result<Answer, Problem> {
    let meeting = request.input.meeting;
    Answer::of(&state.app.inform_meeting(resolution, meeting, &request.caller).await?)
}

input! {
    /// 完成情况.
    struct Completion {
        /// What came of it, for the residents, at most 500 characters.
        result: Text<500>,
        /// Digests of what shows it on the board.
        #[serde(default)]
        evidence: Vec<SealedDigest>,
    }
}

/// 完成情况公示。Publicises what came of it; only now it is done.
#[utoipa::path(post, path = "/resolutions/{resolution}/completion", tag = "resolutions",
    request_body = Completion, responses((status = 200, body = Answer)))]
async fn publicise_completion(
    State(state): State<AppState>,
    PathParam(resolution): PathParam<ResolutionId>,
    request: CommandRequest<Completion>,
) -> Result<Answer, Problem> {
    let Completion { result, evidence } = request.input;
    Answer::of(
        &state.app.publicise_completion(resolution, result, &evidence, &request.caller).await?,
    )
}

input! {
    /// 重新办理.
    struct Reopening {
        /// Why, at most 500 characters.
        reason: Text<500>,
        /// Digests of what shows it.
        #[serde(default)]
        evidence: Vec<SealedDigest>,
    }
}

/// 重新办理。Reopens a resolution that was thought done and is not.
#[utoipa::path(post, path = "/resolutions/{resolution}/reopening", tag = "resolutions",
    request_body = Reopening, responses((status = 200, body = Answer)))]
async fn reopen_resolution(
    State(state): State<AppState>,
    PathParam(resolution): PathParam<ResolutionId>,
    request: CommandRequest<Reopening>,
) -> Result<Answer, Problem> {
    let Reopening { reason, evidence } = request.input;
    Answer::of(&state.app.reopen_resolution(resolution, reason, &evidence, &request.caller).await?)
}
