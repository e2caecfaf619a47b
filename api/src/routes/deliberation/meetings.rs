//! 议事会: called, attended, advised, voted and decided.

use application::BadPersonal;
use application::InvalidReference;
use application::Present;
use axum::extract::State;
use domain::identity_number::BadIdentityNumber;
use domain::meeting::{AgendaItem, Body, Choice, Electorate, Form, Matter, Vote};
use domain::permission::Act;
use domain::{Area, IssueId, MeetingId, PersonId, ResolutionId, Text, UnitCode};
use jiff::Timestamp;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::members::{Somebody, somebody};
use crate::answer::command::Answer;
use crate::answer::problem::Problem;
use crate::openapi::operation::{command, vaulted};
use crate::request::command_request::CommandRequest;
use crate::request::input::input;
use crate::request::path::PathParam;
use crate::state::AppState;

pub fn router() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(command(
            routes!(convene_meeting),
            Act::ConveneMeeting,
            &[
                domain::meeting::Rejection::CODES,
                domain::station::Rejection::CODES,
                InvalidReference::CODES,
            ],
        ))
        .routes(vaulted(command(
            routes!(take_attendance),
            Act::RecordMeeting,
            &[
                domain::meeting::Rejection::CODES,
                InvalidReference::CODES,
                BadPersonal::CODES,
                BadIdentityNumber::CODES,
            ],
        )))
        .routes(command(
            routes!(give_opinion),
            Act::GiveOpinion,
            &[domain::meeting::Rejection::CODES],
        ))
        .routes(command(
            routes!(cast_votes),
            Act::RecordMeeting,
            &[domain::meeting::Rejection::CODES],
        ))
        .routes(command(
            routes!(decide_topic),
            Act::RecordMeeting,
            &[domain::meeting::Rejection::CODES],
        ))
}

input! {
    /// A meeting to call. Who may vote and who advises, the station knows.
    struct NewMeeting {
        /// 单位代码 of the station's village.
        station: UnitCode = "330225001001",
        /// Which body.
        body: Body,
        /// 议事形式.
        form: Form,
        /// When it is to begin.
        starts_at: Timestamp,
        /// 地点, at most 100 characters.
        place: Text<100>,
        /// 议程, 1–10 topics, numbered from 1 in this order.
        agenda: Vec<AgendaTopic>,
        /// 决议编号 of the resolutions whose execution is reported.
        #[serde(default)]
        reports: Vec<ResolutionId>,
        /// All owners or villagers; for bodies without members only.
        #[serde(default)]
        electorate: Option<AllVoters>,
    }
}

input! {
    /// A topic of the agenda.
    struct AgendaTopic {
        /// 议题, at most 80 characters.
        title: Text<80>,
        /// 议题编号 of the issue it comes from.
        #[serde(default)]
        issue: Option<IssueId>,
        /// 追认: whether what was done before the meeting is to be ratified.
        #[serde(default)]
        ratifies: bool,
        /// How heavy the matter is; ordinary unless told.
        #[serde(default)]
        matter: Option<Matter>,
    }
}

input! {
    /// All owners of an estate, or all villagers with a vote.
    struct AllVoters {
        /// How many.
        heads: u32,
        /// 专有部分总面积 in hundredths of a square metre; 0 where area does not count.
        #[serde(default)]
        area: u32,
    }
}

impl From<AgendaTopic> for AgendaItem {
    fn from(AgendaTopic { title, issue, ratifies, matter }: AgendaTopic) -> Self {
        Self { title, issue, ratifies, matter: matter.unwrap_or(Matter::Ordinary) }
    }
}

impl From<NewMeeting> for application::NewMeeting {
    fn from(new: NewMeeting) -> Self {
        let voters = |AllVoters { heads, area }| Electorate { heads, area: Area(area) };
        Self {
            station: new.station,
            body: new.body,
            form: new.form,
            starts_at: new.starts_at,
            place: new.place,
            agenda: new.agenda.into_iter().map(Into::into).collect(),
            reports: new.reports,
            electorate: new.electorate.map(voters),
        }
    }
}

/// 召集议事会。Calls a meeting, with the days of notice that the body needs.
#[utoipa::path(post, path = "/meetings", tag = "meetings", request_body = NewMeeting,
    responses((status = 201, body = Answer)))]
async fn convene_meeting(
    State(state): State<AppState>,
    request: CommandRequest<NewMeeting>,
) -> Result<Answer, Problem> {
    let (meeting, done) = state.app.convene_meeting(request.input.into(), &request.caller).await?;
    Ok(Answer::of(&done)?.made(format!("/api/v1/meetings/{meeting}")))
}

input! {
    /// 签到.
    struct Attendance {
        /// Who came, besides those taken down before.
        present: Vec<Attendee>,
    }
}

input! {
    /// Somebody who is present.
    struct Attendee {
        /// Who; owners and villagers may get their number here.
        who: Somebody = somebody(),
        /// 专有部分面积 of an owner, in hundredths of a square metre.
        #[serde(default)]
        area: Option<u32>,
    }
}

/// 签到。Takes down who is present at the meeting.
#[utoipa::path(post, path = "/meetings/{meeting}/attendance", tag = "meetings",
    request_body = Attendance, responses((status = 200, body = Answer)))]
async fn take_attendance(
    State(state): State<AppState>,
    PathParam(meeting): PathParam<MeetingId>,
    request: CommandRequest<Attendance>,
) -> Result<Answer, Problem> {
    let present = request.input.present.into_iter();
    let read = |one: Attendee| Ok(Present { who: one.who.read()?, area: one.area.map(Area) });
    let present = present.map(read).collect::<Result<_, Problem>>()?;
    Answer::of(&state.app.take_attendance(meeting, present, &request.caller).await?)
}

input! {
    /// 法律意见.
    struct Opinion {
        /// Number of the topic.
        topic: u8,
        /// Whether it may be decided so.
        lawful: bool,
        /// 法律意见, at most 1000 characters.
        opinion: Text<1000>,
    }
}

/// 法律意见。Gives an opinion on a topic, from the legal adviser's own account.
///
/// 以最后一次为准。The latest counts.
#[utoipa::path(post, path = "/meetings/{meeting}/opinions", tag = "meetings",
    request_body = Opinion, responses((status = 200, body = Answer)))]
async fn give_opinion(
    State(state): State<AppState>,
    PathParam(meeting): PathParam<MeetingId>,
    request: CommandRequest<Opinion>,
) -> Result<Answer, Problem> {
    let Opinion { topic, lawful, opinion } = request.input;
    Answer::of(&state.app.give_opinion(meeting, topic, lawful, opinion, &request.caller).await?)
}

input! {
    /// 表决.
    struct Votes {
        /// Number of the topic.
        topic: u8,
        /// The votes of those present.
        votes: Vec<VoteInput>,
    }
}

input! {
    /// One vote.
    struct VoteInput {
        /// 人员编号 of who votes.
        member: PersonId = "V0123456789AB",
        /// What.
        choice: Choice,
    }
}

/// 表决。Takes down the votes of those present, each once on a topic.
#[utoipa::path(post, path = "/meetings/{meeting}/votes", tag = "meetings", request_body = Votes,
    responses((status = 200, body = Answer)))]
async fn cast_votes(
    State(state): State<AppState>,
    PathParam(meeting): PathParam<MeetingId>,
    request: CommandRequest<Votes>,
) -> Result<Answer, Problem> {
    let Votes { topic, votes } = request.input;
    let votes = votes.into_iter().map(|VoteInput { member, choice }| Vote { member, choice });
    Answer::of(&state.app.cast_votes(meeting, topic, votes.collect(), &request.caller).await?)
}

input! {
    /// 议定.
    struct Decision {
        /// Number of the topic.
        topic: u8,
        /// 暂缓: puts the topic off instead of counting.
        #[serde(default)]
        defer: bool,
    }
}

/// 计票议定。Counts the votes by the body's quorum and majority, or puts the topic off.
#[utoipa::path(post, path = "/meetings/{meeting}/decisions", tag = "meetings",
    request_body = Decision, responses((status = 200, body = Answer)))]
async fn decide_topic(
    State(state): State<AppState>,
    PathParam(meeting): PathParam<MeetingId>,
    request: CommandRequest<Decision>,
) -> Result<Answer, Problem> {
    let Decision { topic, defer } = request.input;
    Answer::of(&state.app.decide_topic(meeting, topic, defer, &request.caller).await?)
}
