use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::backfill::{BackfillApproved, BackfillRefused, FromPaper};
use crate::service::Recorder;
use crate::{Area, Evidence, IssueId, PersonId, ResolutionId, Text, TopicCode, UnitCode};

/// What happens to a meeting (议事会).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// 召集.
    Convened(Box<Convened>),
    /// 签到.
    AttendanceTaken(AttendanceTaken),
    /// 离会.
    Departed(Departed),
    /// 返会.
    Returned(Returned),
    /// 法律意见.
    OpinionGiven(OpinionGiven),
    /// 表决.
    VotesCast(VotesCast),
    /// 无记名投票.
    BallotsCast(BallotsCast),
    /// 楼栋计票表.
    CountingListsTaken(CountingListsTaken),
    /// 议定.
    TopicDecided(TopicDecided),
    /// 重新计票.
    CountReopened(CountReopened),
    /// 申请补录.
    BackfillRequested(Box<BackfillRequested>),
    /// 核准补录.
    BackfillApproved(BackfillApproved),
    /// 不予补录.
    BackfillRefused(BackfillRefused),
    /// 会议记录封存.
    MinutesSealed(Box<MinutesSealed>),
    /// 会议记录更正.
    MinutesCorrected(MinutesCorrected),
    /// 会议取消.
    Cancelled(Cancelled),
}

named! {
    /// Which body decides; each has its own notice, quorum and majority in the rulebook.
    Body {
        Council "council" "议事会",
        Villagers "villagers" "村民会议",
        Representatives "representatives" "村民代表会议",
        Owners "owners" "业主共同决定",
    }
}

named! {
    /// 议事形式.
    Form {
        Room "room" "会议室议事",
        Square "square" "广场议事",
        Building "building" "楼栋议事",
        OnSite "on_site" "现场议事",
    }
}

named! {
    /// What brings the people together.
    Occasion {
        PartyDay "party_day" "党员活动日",
    }
}

named! {
    /// How heavy a matter is (民法典 §278).
    Matter {
        Ordinary "ordinary" "一般事项",
        Major "major" "重大事项",
    }
}

named! {
    /// What became of a topic.
    Outcome {
        Adopted "adopted" "通过",
        NotAdopted "not_adopted" "未通过",
        Deferred "deferred" "暂缓",
    }
}

named! {
    /// A vote.
    Choice {
        Agree "agree" "赞成",
        Against "against" "反对",
        Abstain "abstain" "弃权",
    }
}

/// A meeting was called.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Convened {
    /// The station's village.
    pub station: UnitCode,
    /// Which body.
    pub body: Body,
    /// 议事形式.
    pub form: Form,
    /// When it is to begin.
    pub starts_at: Timestamp,
    /// 地点.
    pub place: Text<100>,
    /// What it goes with, where it does not stand alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub occasion: Option<Occasion>,
    /// 议程, numbered from 1; none where it only hears reports.
    pub agenda: Vec<AgendaItem>,
    /// Resolutions whose execution is reported.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reports: Vec<ResolutionId>,
    /// Who may vote: the body's members in office on that day; none for owners and villagers, who come as they are.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub members: Vec<PersonId>,
    /// The legal advisers in office on that day.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub advisers: Vec<PersonId>,
    /// How many owners or villagers there are in all; none for bodies with members.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub electorate: Option<Electorate>,
    /// 补录: the minutes on paper, of a meeting that was held before it was entered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paper: Option<FromPaper>,
}

/// A topic of the agenda.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgendaItem {
    /// 议题.
    pub title: Text<80>,
    /// The issue it comes from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issue: Option<IssueId>,
    /// Whether what was done before the meeting is to be ratified.
    pub ratifies: bool,
    /// How heavy the matter is.
    pub matter: Matter,
    /// 清单编码: the item of the list it falls under; unknown of older ones.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub listed: Option<TopicCode>,
    /// 无记名: whether it is voted on in secret.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub secret: bool,
    /// What comes before the vote, as the rulebook had it when the meeting was called; calls stored before that mattered do
    /// not tell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub required: Option<Required>,
}

/// What comes before the vote on a topic.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Required {
    /// 法律意见.
    pub opinion: bool,
    /// 四议两公开: proposed, consulted on and reviewed, and decided by the villagers or their representatives.
    pub steps: bool,
}

/// All owners of an estate, or all villagers with a vote.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Electorate {
    /// How many.
    pub heads: u32,
    /// 专有部分总面积; zero where area does not count.
    pub area: Area,
}

/// These are present.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttendanceTaken {
    /// Who came, besides those taken down before.
    pub present: Vec<Attendee>,
}

/// Somebody who is present.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attendee {
    /// Who.
    pub member: PersonId,
    /// An owner's area.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub area: Option<Area>,
    /// 受托人: who is there for an owner, and votes for them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proxy: Option<PersonId>,
}

/// These left before the end, and no longer count as present.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Departed {
    /// Who is no longer there; owners too whose proxy left.
    pub members: Vec<PersonId>,
}

/// These had left and are there again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Returned {
    /// Who.
    pub members: Vec<PersonId>,
}

/// A legal adviser said whether a topic may be decided so.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpinionGiven {
    /// Which topic.
    pub topic: u8,
    /// Who.
    pub adviser: PersonId,
    /// Whether it is lawful.
    pub lawful: bool,
    /// 法律意见.
    pub opinion: Text<1000>,
}

/// Those present voted on a topic.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VotesCast {
    /// Which topic.
    pub topic: u8,
    /// The votes.
    pub votes: Vec<Vote>,
}

/// One vote.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Vote {
    /// Whose.
    pub member: PersonId,
    /// What.
    pub choice: Choice,
}

/// Those present put their ballots into the box. How they voted is known of all together only, once it is counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BallotsCast {
    /// Which topic.
    pub topic: u8,
    /// Who voted.
    pub voters: Vec<PersonId>,
}

/// Votes that were taken building by building. A later list of a building takes the place of the earlier one; one without
/// votes takes it away.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CountingListsTaken {
    /// Which topic.
    pub topic: u8,
    /// A list for each building.
    pub lists: Vec<CountingList>,
    /// Photographs of the signed lists.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<Evidence>,
    /// Why they take the place of others; none where they do not, nor where that was stored before it was asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Text<200>>,
}

/// 计票表 of a building or a villagers' group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CountingList {
    /// 楼栋、村民小组.
    pub building: Text<40>,
    /// Its votes.
    pub count: Ballots,
}

/// Votes of which only the sums are known.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ballots {
    /// 赞成.
    pub agree: Share,
    /// 反对.
    pub against: Share,
    /// 弃权.
    pub abstain: Share,
}

/// The votes on a topic were counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TopicDecided {
    /// Which topic.
    pub topic: u8,
    /// What became of it.
    pub outcome: Outcome,
    /// The count.
    pub tally: Tally,
    /// Of those present, how many had not voted when it was counted; none where it was put off, or stored before that was asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unvoted: Option<u32>,
}

/// A count was opened again before the minutes were sealed: the topic is as if it had not been counted, and the votes stand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CountReopened {
    /// Which topic.
    pub topic: u8,
    /// Why.
    pub reason: Text<200>,
}

/// Heads and, for owners, area (hundredths of m²) behind a decision.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// All who might have voted.
    pub entitled: Share,
    /// Those present when the votes were taken.
    pub present: Share,
    /// 同意.
    pub agree: Share,
    /// 反对.
    pub against: Share,
    /// 弃权.
    pub abstain: Share,
}

/// Heads, and their area where area counts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Share {
    /// How many.
    pub heads: u32,
    /// Their area together, in hundredths of m²; zero where it does not count.
    pub area: u64,
}

/// All that the paper says of a meeting was entered; a second person is to hold it against the photographs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BackfillRequested {
    /// What the minutes are to say, as the paper does.
    pub minutes: MinutesSealed,
    /// Who wrote them: approves them not.
    pub by: Recorder,
}

/// The minutes were sealed: 议题, 过程, 结果. They never change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MinutesSealed {
    /// The day on which it was held.
    pub held_on: Date,
    /// 记录人; of older minutes some have none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recorder: Option<PersonId>,
    /// Each topic of the agenda, in its order.
    pub topics: Vec<TopicMinutes>,
    /// What was reported on the execution of earlier resolutions.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reports: Vec<ReportMinutes>,
}

/// What the minutes say of a topic.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TopicMinutes {
    /// Which topic.
    pub topic: u8,
    /// 过程: how it was discussed.
    pub process: Text<1000>,
    /// 结果、处理意见: what is to be done.
    pub result: Text<500>,
    /// What became of it.
    pub outcome: Outcome,
}

/// What the minutes say of a resolution's execution.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportMinutes {
    /// Which resolution.
    pub resolution: ResolutionId,
    /// 落实情况.
    pub findings: Text<500>,
}

/// Something in the sealed minutes is wrong; this stands beside them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MinutesCorrected {
    /// Which topic.
    pub topic: u8,
    /// What is right.
    pub correction: Text<500>,
    /// Why.
    pub reason: Text<200>,
}

/// The meeting did not take place, or lapsed for want of a quorum.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cancelled {
    /// Why.
    pub reason: Text<200>,
}
