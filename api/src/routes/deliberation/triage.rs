//! 审议议题: what the leading group makes of an issue.

use axum::extract::State;
use domain::issue::Expedition;
use domain::permission::Act;
use domain::{IssueId, Text, TopicCode};
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
            routes!(triage_issue),
            Act::TriageIssue,
            &[domain::issue::Rejection::CODES],
        ))
        .routes(command(
            routes!(accept_issue),
            Act::TriageIssue,
            &[domain::issue::Rejection::CODES],
        ))
        .routes(command(routes!(merge_issue), Act::TriageIssue, &[domain::issue::Rejection::CODES]))
        .routes(command(
            routes!(reject_issue),
            Act::TriageIssue,
            &[domain::issue::Rejection::CODES],
        ))
        .routes(command(
            routes!(expedite_issue),
            Act::TriageIssue,
            &[domain::issue::Rejection::CODES],
        ))
}

input! {
    /// 对照清单.
    struct Triage {
        /// 清单编码 of the item it falls under.
        topic: TopicCode,
    }
}

/// 对照清单。Holds the issue against the station's lists of topics.
#[utoipa::path(post, path = "/issues/{issue}/triage", tag = "issues", request_body = Triage,
    responses((status = 200, body = Answer)))]
async fn triage_issue(
    State(state): State<AppState>,
    PathParam(issue): PathParam<IssueId>,
    request: CommandRequest<Triage>,
) -> Result<Answer, Problem> {
    let topic = request.input.topic;
    Answer::of(&state.app.triage_issue(issue, topic, &request.caller).await?)
}

/// 列入议题。Accepts the issue to be deliberated.
#[utoipa::path(post, path = "/issues/{issue}/acceptance", tag = "issues", request_body = Nothing,
    responses((status = 200, body = Answer)))]
async fn accept_issue(
    State(state): State<AppState>,
    PathParam(issue): PathParam<IssueId>,
    request: CommandRequest<Nothing>,
) -> Result<Answer, Problem> {
    Answer::of(&state.app.accept_issue(issue, &request.caller).await?)
}

input! {
    /// 并案.
    struct Merger {
        /// 议题编号 of the issue that it goes on with.
        into: IssueId = "Y0123456789AB",
    }
}

/// 并案。Lets the issue go on as part of another issue of the station.
#[utoipa::path(post, path = "/issues/{issue}/merger", tag = "issues", request_body = Merger,
    responses((status = 200, body = Answer)))]
async fn merge_issue(
    State(state): State<AppState>,
    PathParam(issue): PathParam<IssueId>,
    request: CommandRequest<Merger>,
) -> Result<Answer, Problem> {
    let into = request.input.into;
    Answer::of(&state.app.merge_issue(issue, into, &request.caller).await?)
}

input! {
    /// 不予列入.
    struct Rejection {
        /// Why, at most 500 characters; whoever raised the issue sees it.
        reason: Text<500>,
    }
}

/// 不予列入。Rejects the issue: it is not deliberated.
#[utoipa::path(post, path = "/issues/{issue}/rejection", tag = "issues", request_body = Rejection,
    responses((status = 200, body = Answer)))]
async fn reject_issue(
    State(state): State<AppState>,
    PathParam(issue): PathParam<IssueId>,
    request: CommandRequest<Rejection>,
) -> Result<Answer, Problem> {
    let reason = request.input.reason;
    Answer::of(&state.app.reject_issue(issue, reason, &request.caller).await?)
}

input! {
    /// 先行办理.
    struct Expediting {
        /// Which kind.
        kind: Expedition,
        /// Why it could not wait, at most 200 characters.
        reason: Text<200>,
        /// What was done, at most 500 characters.
        measure: Text<500>,
    }
}

/// 急事急议、特事特议。Approves what could not wait, from the account of somebody of the leading group.
///
/// 由下次议事会追认。The next meeting ratifies it.
#[utoipa::path(post, path = "/issues/{issue}/expedition", tag = "issues", request_body = Expediting,
    responses((status = 200, body = Answer)))]
async fn expedite_issue(
    State(state): State<AppState>,
    PathParam(issue): PathParam<IssueId>,
    request: CommandRequest<Expediting>,
) -> Result<Answer, Problem> {
    let Expediting { kind, reason, measure } = request.input;
    Answer::of(&state.app.expedite_issue(issue, kind, reason, measure, &request.caller).await?)
}
