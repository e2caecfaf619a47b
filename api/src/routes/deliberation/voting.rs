//! 表决、计票: by name, in secret, or building by building; counted, and counted anew.

use application::InvalidReference;
use axum::extract::State;
use domain::meeting::{Ballots, Choice, Count, CountingList, Rejection, Share, Vote};
use domain::permission::Act;
use domain::{MeetingId, PersonId, SealedDigest, Text};
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
        .routes(command(routes!(cast_votes), Act::RecordMeeting, &[Rejection::CODES]))
        .routes(command(routes!(cast_ballots), Act::RecordMeeting, &[Rejection::CODES]))
        .routes(evidenced(command(
            routes!(take_counting_lists),
            Act::RecordMeeting,
            &[Rejection::CODES, InvalidReference::CODES],
        )))
        .routes(command(routes!(decide_topic), Act::RecordMeeting, &[Rejection::CODES]))
        .routes(command(routes!(reopen_count), Act::RecordMeeting, &[Rejection::CODES]))
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
    /// 无记名投票.
    struct SecretVote {
        /// Number of the topic.
        topic: u8,
        /// 人员编号 of those who put a ballot into the box.
        voters: Vec<PersonId>,
    }
}

/// 无记名投票。Takes down who voted on a secret topic, and not how.
#[utoipa::path(post, path = "/meetings/{meeting}/ballots", tag = "meetings",
    request_body = SecretVote, responses((status = 200, body = Answer)))]
async fn cast_ballots(
    State(state): State<AppState>,
    PathParam(meeting): PathParam<MeetingId>,
    request: CommandRequest<SecretVote>,
) -> Result<Answer, Problem> {
    let SecretVote { topic, voters } = request.input;
    Answer::of(&state.app.cast_ballots(meeting, topic, voters, &request.caller).await?)
}

input! {
    /// Votes as sums.
    struct BallotsInput {
        /// 赞成.
        agree: ShareInput,
        /// 反对.
        against: ShareInput,
        /// 弃权, with spoilt ballots.
        abstain: ShareInput,
    }
}

input! {
    /// Heads, and for owners their area.
    struct ShareInput {
        /// How many.
        heads: u32,
        /// 专有部分面积 in hundredths of a square metre; 0 where area does not count.
        #[serde(default)]
        area: u32,
    }
}

impl From<ShareInput> for Share {
    fn from(ShareInput { heads, area }: ShareInput) -> Self {
        Self { heads, area: area.into() }
    }
}

impl From<BallotsInput> for Ballots {
    fn from(BallotsInput { agree, against, abstain }: BallotsInput) -> Self {
        Self { agree: agree.into(), against: against.into(), abstain: abstain.into() }
    }
}

input! {
    /// 楼栋计票表.
    struct CountingLists {
        /// Number of the topic.
        topic: u8,
        /// A list for each building or group, 1–100 at once.
        lists: Vec<CountingListInput>,
        /// 佐证材料: photographs of the signed lists; needed where a building has a list already.
        #[serde(default)]
        evidence: Vec<SealedDigest>,
        /// 更换、撤回的理由, at most 200 characters; needed where a building has a list already.
        #[serde(default)]
        reason: Option<Text<200>>,
    }
}

input! {
    /// The votes of a building or a group.
    struct CountingListInput {
        /// 楼栋、村民小组, at most 40 characters.
        building: Text<40> = "3号楼",
        /// How they voted.
        count: BallotsInput,
    }
}

/// 楼栋计票表。Takes down votes building by building, as sums.
///
/// 同一楼栋后报的替代先报的，各项为0的即撤回，均须附理由和佐证材料；与到会人员的表决合并计算。A later list of a building replaces the
/// earlier one, and one of zeros withdraws it, with a reason and evidence; they are added to the votes of those present.
#[utoipa::path(post, path = "/meetings/{meeting}/counting-lists", tag = "meetings",
    request_body = CountingLists, responses((status = 200, body = Answer)))]
async fn take_counting_lists(
    State(state): State<AppState>,
    PathParam(meeting): PathParam<MeetingId>,
    request: CommandRequest<CountingLists>,
) -> Result<Answer, Problem> {
    let CountingLists { topic, lists, evidence, reason } = request.input;
    let list =
        |CountingListInput { building, count }| CountingList { building, count: count.into() };
    let lists = lists.into_iter().map(list).collect();
    let (app, caller) = (&state.app, &request.caller);
    Answer::of(&app.take_counting_lists(meeting, topic, lists, &evidence, reason, caller).await?)
}

input! {
    /// 议定.
    struct Decision {
        /// Number of the topic.
        topic: u8,
        /// 暂缓: puts the topic off instead of counting.
        #[serde(default)]
        defer: bool,
        /// Counts although some of those present have not voted; the refusal says how many.
        #[serde(default)]
        confirm: bool,
        /// What came out of the box; after a secret vote only.
        #[serde(default)]
        ballots: Option<BallotsInput>,
    }
}

/// 计票议定。Counts the votes by the body's quorum and majority, or puts the topic off.
///
/// 在场人员尚未表决完的，须确认后计票。Where some of those present have not voted, the count is to be confirmed.
#[utoipa::path(post, path = "/meetings/{meeting}/decisions", tag = "meetings",
    request_body = Decision, responses((status = 200, body = Answer)))]
async fn decide_topic(
    State(state): State<AppState>,
    PathParam(meeting): PathParam<MeetingId>,
    request: CommandRequest<Decision>,
) -> Result<Answer, Problem> {
    let Decision { topic, defer, confirm, ballots } = request.input;
    let count = Count { defer, confirmed: confirm, ballots: ballots.map(Into::into) };
    Answer::of(&state.app.decide_topic(meeting, topic, count, &request.caller).await?)
}

input! {
    /// 重新计票.
    struct Recount {
        /// Number of the topic.
        topic: u8,
        /// Why, at most 200 characters.
        reason: Text<200> = "漏计一票",
    }
}

/// 重新计票。Opens a count again, until the minutes are sealed.
///
/// 原计票不作数，已投的票不变。The earlier count is void, and the votes stand.
#[utoipa::path(post, path = "/meetings/{meeting}/recounts", tag = "meetings",
    request_body = Recount, responses((status = 200, body = Answer)))]
async fn reopen_count(
    State(state): State<AppState>,
    PathParam(meeting): PathParam<MeetingId>,
    request: CommandRequest<Recount>,
) -> Result<Answer, Problem> {
    let Recount { topic, reason } = request.input;
    Answer::of(&state.app.reopen_count(meeting, topic, reason, &request.caller).await?)
}
