//! 议事会: called, attended, advised, voted and decided.

use application::Present;
use axum::extract::State;
use domain::meeting::{AgendaItem, Body, Choice, Electorate, Form, Matter, Vote};
use domain::{Area, MeetingId};
use jiff::Timestamp;
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::members::Somebody;
use crate::answer::command::Answer;
use crate::answer::problem::Problem;
use crate::openapi::schema;
use crate::request::command_request::{CommandRequest, take, take_all, take_some};
use crate::request::path::PathParam;
use crate::state::AppState;

pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(convene))
        .routes(routes!(attendance))
        .routes(routes!(opinion))
        .routes(routes!(votes))
        .routes(routes!(decision))
}

/// A meeting to call. Who may vote and who advises, the station knows.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewMeeting {
    /// 单位代码 of the station's village.
    #[schema(example = "330225001001")]
    station: String,
    /// Which body.
    #[schema(schema_with = schema::body)]
    body: Body,
    /// 议事形式.
    #[schema(schema_with = schema::form)]
    form: Form,
    /// When it is to begin.
    starts_at: Timestamp,
    /// 地点, at most 100 characters.
    place: String,
    /// 议程, 1–10 topics, numbered from 1 in this order.
    agenda: Vec<AgendaTopic>,
    /// 决议编号 of the resolutions whose execution is reported.
    #[serde(default)]
    reports: Vec<String>,
    /// All owners or villagers; for bodies without members only.
    electorate: Option<AllVoters>,
}

/// A topic of the agenda.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct AgendaTopic {
    /// 议题, at most 80 characters.
    title: String,
    /// 议题编号 of the issue it comes from.
    issue: Option<String>,
    /// 追认: whether what was done before the meeting is to be ratified.
    #[serde(default)]
    ratifies: bool,
    /// How heavy the matter is; ordinary unless told.
    #[schema(schema_with = schema::matter)]
    matter: Option<Matter>,
}

/// All owners of an estate, or all villagers with a vote.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct AllVoters {
    /// How many.
    heads: u32,
    /// 专有部分总面积 in hundredths of a square metre; 0 where area does not count.
    #[serde(default)]
    area: u32,
}

impl AgendaTopic {
    fn read(&self) -> Result<AgendaItem, Problem> {
        Ok(AgendaItem {
            title: take("agenda", &self.title)?,
            issue: take_some("agenda", self.issue.as_ref())?,
            ratifies: self.ratifies,
            matter: self.matter.unwrap_or(Matter::Ordinary),
        })
    }
}

impl NewMeeting {
    fn read(self) -> Result<application::NewMeeting, Problem> {
        let electorate = self.electorate;
        Ok(application::NewMeeting {
            station: take("station", &self.station)?,
            body: self.body,
            form: self.form,
            starts_at: self.starts_at,
            place: take("place", &self.place)?,
            agenda: self.agenda.iter().map(AgendaTopic::read).collect::<Result<_, _>>()?,
            reports: take_all("reports", &self.reports)?,
            electorate: electorate
                .map(|AllVoters { heads, area }| Electorate { heads, area: Area(area) }),
        })
    }
}

/// 召集议事会, with the days of notice that the body needs.
#[utoipa::path(post, path = "/meetings", tag = "meetings", request_body = NewMeeting,
    responses((status = 201, body = Answer)))]
async fn convene(
    State(state): State<AppState>,
    request: CommandRequest<NewMeeting>,
) -> Result<Answer, Problem> {
    let (meeting, done) = state.app.convene_meeting(request.input.read()?, &request.caller).await?;
    Ok(Answer::of(&done)?.made(format!("/api/v1/meetings/{meeting}")))
}

/// 签到.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Attendance {
    /// Who came, besides those taken down before.
    present: Vec<Attendee>,
}

/// Somebody who is present.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Attendee {
    /// Who; owners and villagers may get their number here.
    who: Somebody,
    /// 专有部分面积 of an owner, in hundredths of a square metre.
    area: Option<u32>,
}

/// 签到: takes down who is present.
#[utoipa::path(post, path = "/meetings/{meeting}/attendance", tag = "meetings",
    request_body = Attendance, responses((status = 200, body = Answer)))]
async fn attendance(
    State(state): State<AppState>,
    PathParam(meeting): PathParam<MeetingId>,
    request: CommandRequest<Attendance>,
) -> Result<Answer, Problem> {
    let present = request.input.present.into_iter();
    let read = |one: Attendee| Ok(Present { who: one.who.read()?, area: one.area.map(Area) });
    let present = present.map(read).collect::<Result<_, Problem>>()?;
    Answer::of(&state.app.take_attendance(meeting, present, &request.caller).await?)
}

/// 法律意见.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Opinion {
    /// Number of the topic.
    topic: u8,
    /// Whether it may be decided so.
    lawful: bool,
    /// 法律意见, at most 1000 characters.
    opinion: String,
}

/// 法律意见 on a topic, from the legal adviser's own account; the latest counts.
#[utoipa::path(post, path = "/meetings/{meeting}/opinions", tag = "meetings",
    request_body = Opinion, responses((status = 200, body = Answer)))]
async fn opinion(
    State(state): State<AppState>,
    PathParam(meeting): PathParam<MeetingId>,
    request: CommandRequest<Opinion>,
) -> Result<Answer, Problem> {
    let Opinion { topic, lawful, opinion } = request.input;
    let opinion = take("opinion", &opinion)?;
    Answer::of(&state.app.give_opinion(meeting, topic, lawful, opinion, &request.caller).await?)
}

/// 表决.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Votes {
    /// Number of the topic.
    topic: u8,
    /// The votes of those present.
    votes: Vec<VoteInput>,
}

/// One vote.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct VoteInput {
    /// 人员编号 of who votes.
    #[schema(example = "V0123456789AB")]
    member: String,
    /// What.
    #[schema(schema_with = schema::choice)]
    choice: Choice,
}

/// 表决: those present vote, each once on a topic.
#[utoipa::path(post, path = "/meetings/{meeting}/votes", tag = "meetings", request_body = Votes,
    responses((status = 200, body = Answer)))]
async fn votes(
    State(state): State<AppState>,
    PathParam(meeting): PathParam<MeetingId>,
    request: CommandRequest<Votes>,
) -> Result<Answer, Problem> {
    let Votes { topic, votes } = request.input;
    let vote =
        |vote: &VoteInput| Ok(Vote { member: take("votes", &vote.member)?, choice: vote.choice });
    let votes = votes.iter().map(vote).collect::<Result<_, Problem>>()?;
    Answer::of(&state.app.cast_votes(meeting, topic, votes, &request.caller).await?)
}

/// 议定.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Decision {
    /// Number of the topic.
    topic: u8,
    /// 暂缓: puts the topic off instead of counting.
    #[serde(default)]
    defer: bool,
}

/// 计票议定: counts the votes by the body's quorum and majority, or puts the topic off.
#[utoipa::path(post, path = "/meetings/{meeting}/decisions", tag = "meetings",
    request_body = Decision, responses((status = 200, body = Answer)))]
async fn decision(
    State(state): State<AppState>,
    PathParam(meeting): PathParam<MeetingId>,
    request: CommandRequest<Decision>,
) -> Result<Answer, Problem> {
    let Decision { topic, defer } = request.input;
    Answer::of(&state.app.decide_topic(meeting, topic, defer, &request.caller).await?)
}
