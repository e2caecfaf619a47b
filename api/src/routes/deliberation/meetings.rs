//! 议事会: called, and advised on the law.

use application::InvalidReference;
use axum::extract::State;
use domain::meeting::{AgendaItem, Body, Electorate, Form, Matter, Occasion};
use domain::permission::Act;
use domain::{Area, IssueId, MeetingId, ResolutionId, SealedDigest, Text, TopicCode, UnitCode};
use jiff::Timestamp;
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
        .routes(evidenced(command(
            routes!(convene_meeting),
            Act::ConveneMeeting,
            &[
                domain::meeting::Rejection::CODES,
                domain::station::Rejection::CODES,
                InvalidReference::CODES,
            ],
        )))
        .routes(command(
            routes!(give_opinion),
            Act::GiveOpinion,
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
        /// 依托活动: what it goes with.
        #[serde(default)]
        occasion: Option<Occasion>,
        /// 议程, 1–10 topics, numbered from 1 in this order; none where it only hears reports.
        #[serde(default)]
        agenda: Vec<AgendaTopic>,
        /// 决议编号 of the resolutions whose execution is reported.
        #[serde(default)]
        reports: Vec<ResolutionId>,
        /// All owners or villagers; for bodies without members only.
        #[serde(default)]
        electorate: Option<AllVoters>,
        /// 补录: digests of photographs of the minutes on paper, where it was held before it was entered.
        #[serde(default)]
        photographs: Vec<SealedDigest>,
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
        /// 清单编码 of the item it falls under; needed, unless it comes from an issue, which tells.
        #[serde(default)]
        listed: Option<TopicCode>,
        /// 无记名: whether to vote in secret; also where the rulebook says so.
        #[serde(default)]
        secret: bool,
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
    fn from(topic: AgendaTopic) -> Self {
        let AgendaTopic { title, issue, ratifies, matter, listed, secret } = topic;
        let matter = matter.unwrap_or(Matter::Ordinary);
        Self { title, issue, ratifies, matter, listed, secret, required: None }
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
            occasion: new.occasion,
            agenda: new.agenda.into_iter().map(Into::into).collect(),
            reports: new.reports,
            electorate: new.electorate.map(voters),
        }
    }
}

/// 召集议事会。Calls a meeting, with the days of notice that the body needs.
///
/// 已召开的会议凭纸质会议记录照片补录，会议记录经另一人核准后封存。One that was held is entered with photographs of the minutes on paper; what
/// is written of it is sealed when a second person has approved it.
#[utoipa::path(post, path = "/meetings", tag = "meetings", request_body = NewMeeting,
    responses((status = 201, body = Answer)))]
async fn convene_meeting(
    State(state): State<AppState>,
    request: CommandRequest<NewMeeting>,
) -> Result<Answer, Problem> {
    let CommandRequest { caller, mut input } = request;
    let (app, photographs) = (&state.app, std::mem::take(&mut input.photographs));
    let (meeting, done) = match photographs.as_slice() {
        [] => app.convene_meeting(input.into(), &caller).await?,
        photographs => app.backfill_meeting(input.into(), photographs, &caller).await?,
    };
    Ok(Answer::of(&done)?.made(format!("/api/v1/meetings/{meeting}")))
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
