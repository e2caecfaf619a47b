//! 会议记录: sealed once; what is wrong in them is corrected beside them.

use axum::extract::State;
use domain::MeetingId;
use domain::meeting::{Minute, ReportMinutes};
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::answer::command::Answer;
use crate::answer::problem::Problem;
use crate::openapi::schema::Reason;
use crate::request::command_request::{CommandRequest, take, take_some};
use crate::request::path::PathParam;
use crate::state::AppState;

pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(minutes))
        .routes(routes!(correction))
        .routes(routes!(cancellation))
}

/// 会议记录 (附件3): 议题, 过程, 结果.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Minutes {
    /// Each topic of the agenda, once.
    topics: Vec<TopicInput>,
    /// What was reported on earlier resolutions.
    #[serde(default)]
    reports: Vec<ReportInput>,
}

/// What the minutes say of a topic.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct TopicInput {
    /// Number of the topic.
    topic: u8,
    /// 过程, at most 1000 characters; minutes without it are not sealed.
    process: Option<String>,
    /// 结果、处理意见, at most 500 characters; minutes without it are not sealed.
    result: Option<String>,
}

/// What the minutes say of a resolution's execution.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ReportInput {
    /// 决议编号.
    resolution: String,
    /// 落实情况, at most 500 characters.
    findings: String,
}

impl TopicInput {
    fn read(&self) -> Result<Minute, Problem> {
        Ok(Minute {
            topic: self.topic,
            process: take_some("process", self.process.as_ref())?,
            result: take_some("result", self.result.as_ref())?,
        })
    }
}

impl ReportInput {
    fn read(&self) -> Result<ReportMinutes, Problem> {
        Ok(ReportMinutes {
            resolution: take("reports", &self.resolution)?,
            findings: take("findings", &self.findings)?,
        })
    }
}

/// 会议记录封存: they never change; resolutions follow from them.
#[utoipa::path(post, path = "/meetings/{meeting}/minutes", tag = "meetings", request_body = Minutes,
    responses((status = 200, body = Answer)))]
async fn minutes(
    State(state): State<AppState>,
    PathParam(meeting): PathParam<MeetingId>,
    request: CommandRequest<Minutes>,
) -> Result<Answer, Problem> {
    let Minutes { topics, reports } = request.input;
    let topics = topics.iter().map(TopicInput::read).collect::<Result<_, _>>()?;
    let reports = reports.iter().map(ReportInput::read).collect::<Result<_, _>>()?;
    Answer::of(&state.app.seal_minutes(meeting, topics, reports, &request.caller).await?)
}

/// 更正.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct MinutesCorrection {
    /// Number of the topic.
    topic: u8,
    /// What is right, at most 500 characters.
    correction: String,
    /// Why, at most 200 characters.
    reason: String,
}

/// 会议记录更正: stands beside the sealed minutes.
#[utoipa::path(post, path = "/meetings/{meeting}/corrections", tag = "meetings",
    request_body = MinutesCorrection, responses((status = 200, body = Answer)))]
async fn correction(
    State(state): State<AppState>,
    PathParam(meeting): PathParam<MeetingId>,
    request: CommandRequest<MinutesCorrection>,
) -> Result<Answer, Problem> {
    let MinutesCorrection { topic, correction, reason } = request.input;
    let (correction, reason) = (take("correction", &correction)?, take("reason", &reason)?);
    Answer::of(
        &state.app.correct_minutes(meeting, topic, correction, reason, &request.caller).await?,
    )
}

/// 会议取消: it does not take place, or lapsed for want of a quorum.
#[utoipa::path(post, path = "/meetings/{meeting}/cancellation", tag = "meetings",
    request_body = Reason, responses((status = 200, body = Answer)))]
async fn cancellation(
    State(state): State<AppState>,
    PathParam(meeting): PathParam<MeetingId>,
    request: CommandRequest<Reason>,
) -> Result<Answer, Problem> {
    let reason = take("reason", &request.input.reason)?;
    Answer::of(&state.app.cancel_meeting(meeting, reason, &request.caller).await?)
}
