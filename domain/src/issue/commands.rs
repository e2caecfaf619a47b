use jiff::civil::Date;

use super::{Expedition, OpinionsCollected, Registered, RoutingOutcome, Step};
use crate::meeting::Outcome;
use crate::{Evidence, IssueId, MeetingId, PersonId, ResolutionId, Text, TopicCode, UnitCode};

/// What may be asked of an issue.
#[derive(Debug, Clone)]
#[allow(missing_docs)]
pub enum Command {
    /// 登记; the day for the answer is the rulebook's and is set here, whatever the command says.
    Register(Box<Registered>),
    /// 核准补录.
    ApproveBackfill,
    /// 不予补录.
    RefuseBackfill { reason: Text<200> },
    /// 答复.
    Answer { answer: Text<1000> },
    /// 答复逾期: the last day passed.
    MissAnswer,
    /// 广场、楼栋、现场议事.
    CollectOpinions(Box<OpinionsCollected>),
    /// 支部提议、两委商议、党员大会审议.
    TakeStep { step: Step, held_on: Date, conclusion: Text<500>, evidence: Vec<Evidence> },
    /// 对照清单; `listed`: whether the station's lists have the item.
    Triage { topic: TopicCode, listed: bool },
    /// 列入议题.
    Accept,
    /// 并案; `stands`: whether the other is at the same station and still open.
    Merge { issue: IssueId, into: IssueId, stands: bool },
    /// 不予列入.
    Reject { reason: Text<500> },
    /// 转办; without a last day the rulebook's days.
    RouteOut { to: Text<80>, receiver: Option<UnitCode>, reason: Text<500>, due: Option<Date> },
    /// 转办签收; without a day: today.
    ReceiveRouting { on: Option<Date> },
    /// 转办回复.
    ReplyRouting { outcome: RoutingOutcome, reply: Text<1000> },
    /// 转办逾期: the last day passed.
    MissRouting,
    /// 急事急议、特事特议; `leads`: whether the approver is in the leading group today.
    Expedite {
        kind: Expedition,
        approver: Option<PersonId>,
        leads: bool,
        reason: Text<200>,
        measure: Text<500>,
    },
    /// 追认, by a meeting whose minutes are sealed.
    Ratify { meeting: MeetingId, topic: u8 },
    /// 逾期未追认: the first meeting of the station held after it, whose minutes are sealed, did not ratify.
    MissRatification { meeting: MeetingId },
    /// 列入会议议程; `ratifies`: whether the agenda has it for ratification.
    Schedule { meeting: MeetingId, topic: u8, ratifies: bool },
    /// 会议议定; an issue whose resolution was withdrawn counts as put off.
    Decide { meeting: MeetingId, topic: u8, outcome: Outcome },
    /// 办结.
    Settle { resolution: Option<ResolutionId>, result: Text<500> },
    /// 重新办理.
    Reopen { resolution: ResolutionId },
}
