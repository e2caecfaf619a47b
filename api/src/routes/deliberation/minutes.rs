//! 会议记录: sealed once; what is wrong in them is corrected beside them.

use axum::extract::State;
use domain::meeting::{Minute, Rejection, ReportMinutes};
use domain::permission::Act;
use domain::{MeetingId, ResolutionId, Text};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::answer::command::Answer;
use crate::answer::problem::Problem;
use crate::openapi::operation::command;
use crate::request::bodies::Reason;
use crate::request::command_request::CommandRequest;
use crate::request::input::input;
use crate::request::path::PathParam;
use crate::state::AppState;

pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(command(routes!(seal_minutes), Act::RecordMeeting, &[Rejection::CODES]))
        .routes(command(routes!(correct_minutes), Act::RecordMeeting, &[Rejection::CODES]))
        .routes(command(routes!(cancel_meeting), Act::ConveneMeeting, &[Rejection::CODES]))
}

input! {
    /// 会议记录 (基层援法议事工作方案 附件3): 议题, 过程, 结果.
    struct Minutes {
        /// Each topic of the agenda, once.
        topics: Vec<TopicInput>,
        /// What was reported on earlier resolutions.
        #[serde(default)]
        reports: Vec<ReportInput>,
    }
}

input! {
    /// What the minutes say of a topic.
    struct TopicInput {
        /// Number of the topic.
        topic: u8,
        /// 过程, at most 1000 characters; minutes without it are not sealed.
        #[serde(default)]
        process: Option<Text<1000>>,
        /// 结果、处理意见, at most 500 characters; minutes without it are not sealed.
        #[serde(default)]
        result: Option<Text<500>>,
    }
}

input! {
    /// What the minutes say of a resolution's execution.
    struct ReportInput {
        /// 决议编号.
        resolution: ResolutionId,
        /// 落实情况, at most 500 characters.
        findings: Text<500>,
    }
}

/// 会议记录封存。Seals the minutes of the meeting.
///
/// 封存后不再更改，决议由此产生。They never change, and resolutions follow from them.
#[utoipa::path(post, path = "/meetings/{meeting}/minutes", tag = "meetings", request_body = Minutes,
    responses((status = 200, body = Answer)))]
async fn seal_minutes(
    State(state): State<AppState>,
    PathParam(meeting): PathParam<MeetingId>,
    request: CommandRequest<Minutes>,
) -> Result<Answer, Problem> {
    let Minutes { topics, reports } = request.input;
    let topic = |TopicInput { topic, process, result }| Minute { topic, process, result };
    let topics = topics.into_iter().map(topic).collect();
    let report = |ReportInput { resolution, findings }| ReportMinutes { resolution, findings };
    let reports = reports.into_iter().map(report).collect();
    Answer::of(&state.app.seal_minutes(meeting, topics, reports, &request.caller).await?)
}

input! {
    /// 更正.
    struct MinutesCorrection {
        /// Number of the topic.
        topic: u8,
        /// What is right, at most 500 characters.
        correction: Text<500>,
        /// Why, at most 200 characters.
        reason: Text<200>,
    }
}

/// 会议记录更正。Puts a correction beside the sealed minutes.
#[utoipa::path(post, path = "/meetings/{meeting}/corrections", tag = "meetings",
    request_body = MinutesCorrection, responses((status = 200, body = Answer)))]
async fn correct_minutes(
    State(state): State<AppState>,
    PathParam(meeting): PathParam<MeetingId>,
    request: CommandRequest<MinutesCorrection>,
) -> Result<Answer, Problem> {
    let MinutesCorrection { topic, correction, reason } = request.input;
    Answer::of(
        &state.app.correct_minutes(meeting, topic, correction, reason, &request.caller).await?,
    )
}

/// 会议取消。Cancels a meeting that does not take place, or lapsed for want of a quorum.
#[utoipa::path(post, path = "/meetings/{meeting}/cancellation", tag = "meetings",
    request_body = Reason, responses((status = 200, body = Answer)))]
async fn cancel_meeting(
    State(state): State<AppState>,
    PathParam(meeting): PathParam<MeetingId>,
    request: CommandRequest<Reason>,
) -> Result<Answer, Problem> {
    let reason = request.input.reason;
    Answer::of(&state.app.cancel_meeting(meeting, reason, &request.caller).await?)
}
