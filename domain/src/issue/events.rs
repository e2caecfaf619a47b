use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::backfill::{BackfillApproved, BackfillRefused, FromPaper};
use crate::meeting::{Form, Outcome};
use crate::{
    Evidence, IssueId, MeetingId, PersonId, ResolutionId, SealedDigest, Text, TopicCode, UnitCode,
};

/// What happens to an issue (议题).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// 登记.
    Registered(Box<Registered>),
    /// 核准补录.
    BackfillApproved(BackfillApproved),
    /// 不予补录.
    BackfillRefused(BackfillRefused),
    /// 答复.
    Answered(Answered),
    /// 答复逾期.
    AnswerOverdue(AnswerOverdue),
    /// 广场、楼栋、现场议事.
    OpinionsCollected(Box<OpinionsCollected>),
    /// 支部提议、两委商议、党员大会审议.
    StepTaken(Box<StepTaken>),
    /// 对照清单.
    Triaged(Triaged),
    /// 列入议题.
    Accepted(Accepted),
    /// 并案.
    Merged(Merged),
    /// 不予列入.
    Rejected(Rejected),
    /// 转办.
    RoutedOut(RoutedOut),
    /// 转办签收.
    RoutingReceived(RoutingReceived),
    /// 转办回复.
    RoutingReplied(RoutingReplied),
    /// 转办逾期.
    RoutingOverdue(RoutingOverdue),
    /// 急事急议、特事特议.
    Expedited(Expedited),
    /// 追认.
    Ratified(Ratified),
    /// 逾期未追认.
    RatificationMissed(RatificationMissed),
    /// 列入会议议程.
    Scheduled(Scheduled),
    /// 会议议定.
    Decided(Decided),
    /// 办结.
    Settled(Settled),
    /// 重新办理.
    Reopened(Reopened),
}

named! {
    /// Who brought it in.
    Source {
        GridWorker "grid_worker" "网格员",
        Mediator "mediator" "人民调解员",
        Volunteer "volunteer" "志愿者",
        Office "office" "工作站",
        Online "online" "网上提交",
    }
}

named! {
    /// 咨询方式: how the asker came.
    Channel {
        Visit "visit" "来访",
        Door "door" "走访",
        Telephone "telephone" "电话",
        Chat "chat" "微信群",
        Box "box" "意见箱",
        Web "web" "网上",
        Gathering "gathering" "广场、楼栋、现场议事",
    }
}

/// An issue was entered in the register (问题登记簿). Name and telephone of the asker lie in the vault.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Registered {
    /// The station's village.
    pub station: UnitCode,
    /// 时间: when it was raised.
    pub raised_at: Timestamp,
    /// 地点.
    pub place: Text<100>,
    /// 登记人, where the account is a known person's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub registrar: Option<PersonId>,
    /// As what the register was kept.
    pub source: Source,
    /// 咨询方式.
    pub channel: Channel,
    /// 咨询人; none who wants to stay unknown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub asker: Option<Asker>,
    /// 具体问题.
    pub problem: Text<1000>,
    /// 希望的解决方式: what the asker wishes; 解决方式 of the register is how the issue came to its end. Stored as `solution`.
    #[serde(rename = "solution", default, skip_serializing_if = "Option::is_none")]
    pub wish: Option<Text<500>>,
    /// 备注.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remark: Option<Text<200>>,
    /// Last day for an answer to what came in online, whoever took it down.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer_due: Option<Date>,
    /// 补录: the register on paper that it was entered from later; it waits for approval then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paper: Option<FromPaper>,
}

/// 咨询人: somebody whose name and telephone lie in the vault.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asker {
    /// Their number.
    pub person: PersonId,
    /// Digest of the sealed section.
    pub sealed: SealedDigest,
}

/// The asker has an answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answered {
    /// What it says.
    pub answer: Text<1000>,
}

/// The days for the answer passed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnswerOverdue {
    /// The last day.
    pub due: Date,
}

/// People on the square, in their building or on the spot said what they think of it. Nobody voted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpinionsCollected {
    /// 议事形式; not in a meeting room.
    pub form: Form,
    /// The day.
    pub held_on: Date,
    /// 地点.
    pub place: Text<100>,
    /// How many were there.
    pub people: u32,
    /// What they think.
    pub opinions: Text<1000>,
}

named! {
    /// 四议两公开: what comes before the assembly decides on a great matter. The decision and what is made public of it,
    /// the resolution tells.
    Step {
        BranchProposal "branch_proposal" "支部提议",
        Consultation "consultation" "两委商议",
        PartyReview "party_review" "党员大会审议",
    }
}

/// A step on the way of a great matter to the assembly.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepTaken {
    /// Which.
    pub step: Step,
    /// The day.
    pub held_on: Date,
    /// What came of it.
    pub conclusion: Text<500>,
    /// What shows it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<Evidence>,
}

/// The leading group held it against the list of topics.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Triaged {
    /// The item it falls under.
    pub topic: TopicCode,
}

/// It is to be deliberated.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Accepted {
    /// The item it falls under.
    pub topic: TopicCode,
}

/// It goes on as part of another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Merged {
    /// The other.
    pub into: IssueId,
}

/// It is not to be deliberated.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rejected {
    /// Why.
    pub reason: Text<500>,
}

/// It is another authority's matter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoutedOut {
    /// Which authority.
    pub to: Text<80>,
    /// Why.
    pub reason: Text<500>,
    /// 承办单位, where the authority is a unit of the county: its own account receives and replies.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub receiver: Option<UnitCode>,
    /// The day; missing, as the last one, in what was routed before a reply was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<Date>,
    /// Last day for the reply.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Date>,
}

/// The authority has received it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoutingReceived {
    /// The day.
    pub on: Date,
}

named! {
    /// What the authority makes of it.
    RoutingOutcome {
        Handled "handled" "已办理",
        Declined "declined" "不属本单位职责",
    }
}

/// The authority replied; whoever raised the issue sees it. Declined, it is the station's again, as it was before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoutingReplied {
    /// Whether it was dealt with.
    pub outcome: RoutingOutcome,
    /// What it says.
    pub reply: Text<1000>,
}

/// The days for the authority's reply passed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoutingOverdue {
    /// The last day.
    pub due: Date,
}

named! {
    /// Why it could not wait for the meeting.
    Expedition {
        Urgent "urgent" "急事急议",
        Special "special" "特事特议",
    }
}

/// It was dealt with before the meeting, on somebody's approval.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Expedited {
    /// Which kind.
    pub kind: Expedition,
    /// Who of the leading group approved.
    pub approver: PersonId,
    /// Why it could not wait.
    pub reason: Text<200>,
    /// What was done.
    pub measure: Text<500>,
}

/// A meeting ratified what was done before it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ratified {
    /// The meeting.
    pub meeting: MeetingId,
    /// The topic on its agenda.
    pub topic: u8,
}

/// The next meeting passed and did not ratify.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RatificationMissed {
    /// The meeting.
    pub meeting: MeetingId,
}

/// It is on a meeting's agenda.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scheduled {
    /// The meeting.
    pub meeting: MeetingId,
    /// The topic on its agenda.
    pub topic: u8,
}

/// A meeting came to an end with it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decided {
    /// The meeting.
    pub meeting: MeetingId,
    /// The topic on its agenda.
    pub topic: u8,
    /// How.
    pub outcome: Outcome,
}

/// The problem is solved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settled {
    /// The resolution whose completion was publicised; none where an answer was enough.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resolution: Option<ResolutionId>,
    /// What came of it.
    pub result: Text<500>,
}

/// What was thought solved is not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reopened {
    /// The resolution that was reopened.
    pub resolution: ResolutionId,
}
