//! 补录: a second person holds what was entered from paper against the photographs.

use application::Finding;
use axum::extract::State;
use domain::permission::Act;
use domain::{ActivityId, IssueId, MeetingId, ResolutionId};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::answer::command::Answer;
use crate::answer::problem::Problem;
use crate::openapi::operation::{Refusals, command};
use crate::request::bodies::Reason;
use crate::request::command_request::{CommandRequest, Nothing};
use crate::request::path::PathParam;
use crate::state::AppState;

const MEETING: Refusals = &[domain::meeting::Rejection::CODES];
const ISSUE: Refusals = &[domain::issue::Rejection::CODES];
const RESOLUTION: Refusals = &[domain::resolution::Rejection::CODES];
const ACTIVITY: Refusals = &[domain::activity::Rejection::CODES];

pub fn router() -> OpenApiRouter<AppState> {
    let act = Act::ApproveBackfill;
    OpenApiRouter::new()
        .routes(command(routes!(approve_meeting_backfill), act, MEETING))
        .routes(command(routes!(refuse_meeting_backfill), act, MEETING))
        .routes(command(routes!(approve_issue_backfill), act, ISSUE))
        .routes(command(routes!(refuse_issue_backfill), act, ISSUE))
        .routes(command(routes!(approve_notice_backfill), act, RESOLUTION))
        .routes(command(routes!(refuse_notice_backfill), act, RESOLUTION))
        .routes(command(routes!(approve_activity_backfill), act, ACTIVITY))
        .routes(command(routes!(refuse_activity_backfill), act, ACTIVITY))
}

/// 核准补录会议。Approves a meeting that was entered from paper, and seals its minutes.
///
/// 不得由录入人或会议记录人核准。Neither who entered it nor who wrote the minutes may.
#[utoipa::path(post, path = "/meetings/{meeting}/backfill-approval", tag = "meetings",
    request_body = Nothing, responses((status = 200, body = Answer)))]
async fn approve_meeting_backfill(
    State(state): State<AppState>,
    PathParam(meeting): PathParam<MeetingId>,
    request: CommandRequest<Nothing>,
) -> Result<Answer, Problem> {
    let found = Finding::Approved;
    Answer::of(&state.app.judge_meeting_backfill(meeting, found, &request.caller).await?)
}

/// 不予补录会议。Refuses a meeting that was entered from paper; it can be mended or cancelled then.
#[utoipa::path(post, path = "/meetings/{meeting}/backfill-refusal", tag = "meetings",
    request_body = Reason, responses((status = 200, body = Answer)))]
async fn refuse_meeting_backfill(
    State(state): State<AppState>,
    PathParam(meeting): PathParam<MeetingId>,
    request: CommandRequest<Reason>,
) -> Result<Answer, Problem> {
    let found = Finding::Refused { reason: request.input.reason };
    Answer::of(&state.app.judge_meeting_backfill(meeting, found, &request.caller).await?)
}

/// 核准补录议题。Approves an issue that was entered from the register on paper.
///
/// 不得由录入人核准。Not by who entered it.
#[utoipa::path(post, path = "/issues/{issue}/backfill-approval", tag = "issues",
    request_body = Nothing, responses((status = 200, body = Answer)))]
async fn approve_issue_backfill(
    State(state): State<AppState>,
    PathParam(issue): PathParam<IssueId>,
    request: CommandRequest<Nothing>,
) -> Result<Answer, Problem> {
    let found = Finding::Approved;
    Answer::of(&state.app.judge_issue_backfill(issue, found, &request.caller).await?)
}

/// 不予补录议题。Refuses an issue that was entered from the register on paper, which ends it.
#[utoipa::path(post, path = "/issues/{issue}/backfill-refusal", tag = "issues",
    request_body = Reason, responses((status = 200, body = Answer)))]
async fn refuse_issue_backfill(
    State(state): State<AppState>,
    PathParam(issue): PathParam<IssueId>,
    request: CommandRequest<Reason>,
) -> Result<Answer, Problem> {
    let found = Finding::Refused { reason: request.input.reason };
    Answer::of(&state.app.judge_issue_backfill(issue, found, &request.caller).await?)
}

/// 核准补录公示。Approves a notice that hung on the board before it was entered; it stands open to objections from today.
///
/// 不得由录入人核准。Not by who entered it.
#[utoipa::path(post, path = "/resolutions/{resolution}/backfill-approval", tag = "resolutions",
    request_body = Nothing, responses((status = 200, body = Answer)))]
async fn approve_notice_backfill(
    State(state): State<AppState>,
    PathParam(resolution): PathParam<ResolutionId>,
    request: CommandRequest<Nothing>,
) -> Result<Answer, Problem> {
    let found = Finding::Approved;
    Answer::of(&state.app.judge_publication_backfill(resolution, found, &request.caller).await?)
}

/// 不予补录公示。Refuses a notice from paper; the resolution is publicised as any other then.
#[utoipa::path(post, path = "/resolutions/{resolution}/backfill-refusal", tag = "resolutions",
    request_body = Reason, responses((status = 200, body = Answer)))]
async fn refuse_notice_backfill(
    State(state): State<AppState>,
    PathParam(resolution): PathParam<ResolutionId>,
    request: CommandRequest<Reason>,
) -> Result<Answer, Problem> {
    let found = Finding::Refused { reason: request.input.reason };
    Answer::of(&state.app.judge_publication_backfill(resolution, found, &request.caller).await?)
}

/// 核准补录活动。Approves an activity that was entered from paper; services done in it can be backfilled from now on.
///
/// 不得由录入人核准。Not by who entered it.
#[utoipa::path(post, path = "/activities/{activity}/backfill-approval", tag = "activities",
    request_body = Nothing, responses((status = 200, body = Answer)))]
async fn approve_activity_backfill(
    State(state): State<AppState>,
    PathParam(activity): PathParam<ActivityId>,
    request: CommandRequest<Nothing>,
) -> Result<Answer, Problem> {
    let found = Finding::Approved;
    Answer::of(&state.app.judge_activity_backfill(activity, found, &request.caller).await?)
}

/// 不予补录活动。Refuses an activity that was entered from paper: it counts as not held.
#[utoipa::path(post, path = "/activities/{activity}/backfill-refusal", tag = "activities",
    request_body = Reason, responses((status = 200, body = Answer)))]
async fn refuse_activity_backfill(
    State(state): State<AppState>,
    PathParam(activity): PathParam<ActivityId>,
    request: CommandRequest<Reason>,
) -> Result<Answer, Problem> {
    let found = Finding::Refused { reason: request.input.reason };
    Answer::of(&state.app.judge_activity_backfill(activity, found, &request.caller).await?)
}
