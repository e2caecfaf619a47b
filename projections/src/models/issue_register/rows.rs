use domain::issue::{Channel, Expedition, RoutingOutcome, Source, Stage, Step};
use domain::meeting::Outcome;
use domain::{IssueId, MeetingId, PersonId, ResolutionId, SealedDigest, TopicCode, UnitCode};
use jiff::Timestamp;
use jiff::civil::Date;

use crate::engine::column::words;
use crate::engine::row::table;

words! {
    /// 解决方式: how an issue came to its end.
    Solution {
        /// 答复
        Answered "answered",
        /// 当场解决
        OnTheSpot "on_the_spot",
        /// 会议议定并执行
        Resolved "resolved",
        /// 先行办理后追认
        Ratified "ratified",
        /// 转办
        RoutedOut "routed_out",
        /// 并案
        Merged "merged",
        /// 不予列入
        Rejected "rejected",
    }
}

words! {
    /// How something stands that was entered from paper.
    Backfill {
        /// 补录待核准
        AwaitingApproval "awaiting_approval",
        /// 已核准补录
        Approved "approved",
        /// 不予补录
        Refused "refused",
    }
}

table! {
    /// 补录材料: a photograph of the register that an issue was entered from.
    pub struct Photograph in "issue_photograph" as "IssuePhotograph" {
        key {
            /// 议题编号 case number
            issue: IssueId,
            /// 序号 number, from 1
            n: u8,
        }
        /// 照片摘要 SHA-256 of the photograph
        digest: SealedDigest,
    }
}

table! {
    /// 问题登记簿: an issue. Who asked stands in no table; free texts are masked.
    pub struct Issue in "issue_register" as "Issue" {
        key {
            /// 议题编号 case number
            issue: IssueId,
        }
        /// 村社区 station's village
        station: UnitCode,
        /// 登记号 number in the station's register: 议题〔year〕第n号
        #[example = "议题〔2022〕第3号"]
        number: String,
        /// 登记年份 year of the number
        year: i16,
        /// 年内序号 number within the year
        serial: u32,
        /// 反映时间 when it was raised (UTC)
        raised_at: Timestamp,
        /// 登记时间 when it was registered (UTC)
        registered_at: Timestamp,
        /// 地点 place
        #[example = "东巷"]
        place: String,
        /// 登记人编号 number of who registered it, where known
        registrar: Option<PersonId>,
        /// 来源 as what the register was kept
        source: Source,
        /// 咨询方式 how the asker came
        channel: Channel,
        /// 咨询人是否留名 whether the asker left a name
        has_asker: bool,
        /// 具体问题 problem
        #[example = "路灯不亮，夜间出行不便"]
        problem: String,
        /// 希望的解决方式 what the asker wishes
        #[example = "更换路灯"]
        wish: Option<String>,
        /// 解决方式 how it came to its end; none as long as it is open, or where a meeting voted it down
        solution: Option<Solution>,
        /// 备注 remark
        #[example = "雨天尤甚"]
        remark: Option<String>,
        /// 清单编码 item of the list it falls under
        topic: Option<TopicCode>,
        /// 征集意见次数 how often opinions were collected without a vote
        heard: u32,
        /// 最近征集的意见 what was said the last time
        #[example = "多数希望增设照明"]
        opinions: Option<String>,
        /// 重大事项环节 latest step of a great matter on its way to the assembly
        step: Option<Step>,
        /// 状态 stage
        stage: Stage,
        /// 补录状态 how it stands that was entered from paper; none: it was not
        backfill: Option<Backfill>,
        /// 列入议题时间 when it was accepted (UTC)
        accepted_at: Option<Timestamp>,
        /// 急事特事 kind of expedition, where it could not wait for the meeting
        expedited: Option<Expedition>,
        /// 急事特事批准人编号 number of who approved that
        approver: Option<PersonId>,
        /// 急事特事缘由 why it could not wait
        #[example = "有触电危险"]
        urgency: Option<String>,
        /// 已采取措施 what was done before the meeting
        #[example = "先行断电并围挡"]
        measure: Option<String>,
        /// 急事特事先议时间 when that was recorded (UTC)
        expedited_at: Option<Timestamp>,
        /// 追认时间 when a meeting ratified it (UTC)
        ratified_at: Option<Timestamp>,
        /// 追认会议 meeting that ratified it
        ratified_by: Option<MeetingId>,
        /// 逾期未追认次数 meetings that should have ratified it and did not
        ratification_missed: u32,
        /// 最近未追认会议 the latest of them
        ratification_missed_by: Option<MeetingId>,
        /// 答复期限 last day for the answer to what came in online
        answer_due: Option<Date>,
        /// 首次答复时间 when it was first answered (UTC)
        answered_at: Option<Timestamp>,
        /// 答复 latest answer
        #[example = "已列入下次议事"]
        answer: Option<String>,
        /// 答复是否逾期 whether the last day passed without an answer
        answer_overdue: bool,
        /// 列入会议 meeting on whose agenda it is, or was last
        meeting: Option<MeetingId>,
        /// 会议议题序号 topic on that agenda
        meeting_topic: Option<u8>,
        /// 议定结果 what the meeting decided
        outcome: Option<Outcome>,
        /// 决议编号 resolution that came of it
        resolution: Option<ResolutionId>,
        /// 办结时间 when it was settled (UTC)
        settled_at: Option<Timestamp>,
        /// 办理结果 what came of it
        #[example = "路灯已修复"]
        result: Option<String>,
        /// 重新办理次数 how often it was reopened
        reopened: u32,
        /// 不予列入或转办的理由 why it was rejected or routed out
        #[example = "不属于议事范围"]
        reason: Option<String>,
        /// 并入议题 issue as part of which it goes on
        merged_into: Option<IssueId>,
        /// 转办单位 authority it was routed to
        #[example = "县供电公司"]
        routed_to: Option<String>,
        /// 承办单位 the same, where it is a unit of the county
        receiver: Option<UnitCode>,
        /// 转办时间 when it was passed on last (UTC)
        routed_at: Option<Timestamp>,
        /// 转办期限 last day for the reply
        routing_due: Option<Date>,
        /// 转办签收日 day on which the authority received it
        routing_received_on: Option<Date>,
        /// 转办回复时间 when the authority replied (UTC)
        routing_replied_at: Option<Timestamp>,
        /// 转办结果 what the authority made of it
        routing_outcome: Option<RoutingOutcome>,
        /// 转办回复 what the authority says
        #[example = "已更换灯具"]
        routing_reply: Option<String>,
        /// 转办是否逾期 whether the last day passed without a reply
        routing_overdue: bool,
    }
    index (station, registered_at);
    index (receiver);
    index (routing_due);
    index (stage);
    index (answered_at, answer_due);
    index (expedited, ratified_at);
}

table! {
    /// 登记号计数: how many issues a station registered in a year.
    pub struct Year in "issue_year" {
        key {
            /// 村社区 station's village
            station: UnitCode,
            /// 年份 year
            year: i16,
        }
        /// 议题数 issues
        issues: u32,
    }
}
