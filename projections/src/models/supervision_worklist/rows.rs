use domain::rulebook::Deliberation;
use domain::{IssueId, PersonId, ResolutionId, UnitCode};
use event_store::StreamId;
use jiff::Timestamp;
use jiff::civil::Date;

use crate::engine::column::words;
use crate::engine::row::table;

words! {
    /// What is to be done.
    Kind {
        /// 答复咨询
        AnswerIssue "answer_issue",
        /// 审议议题
        TriageIssue "triage_issue",
        /// 列入议程
        ScheduleIssue "schedule_issue",
        /// 回复转办事项
        ReplyRouting "reply_routing",
        /// 核对转办结果并办结
        SettleRouted "settle_routed",
        /// 追认急事特事
        RatifyIssue "ratify_issue",
        /// 封存会议记录
        SealMinutes "seal_minutes",
        /// 公示决议
        PubliciseResolution "publicise_resolution",
        /// 答复异议
        AnswerObjection "answer_objection",
        /// 答复上报的异议
        AnswerEscalated "answer_escalated",
        /// 修正或撤销决议
        CorrectResolution "correct_resolution",
        /// 明确专人
        AssignExecutor "assign_executor",
        /// 执行
        Execute "execute",
        /// 核实完成情况
        VerifyCompletion "verify_completion",
        /// 反馈党支部
        InformBranch "inform_branch",
        /// 会议通报
        InformMeeting "inform_meeting",
        /// 公示完成情况
        PubliciseCompletion "publicise_completion",
    }
}

words! {
    /// Whom something waits for.
    WaitsFor {
        /// 领导小组
        LeadingGroup "leading_group",
        /// 议事会
        Council "council",
        /// 执行人
        Executor "executor",
        /// 监督小组
        Supervision "supervision",
        /// 乡镇(街道)
        Town "town",
        /// 承办单位
        Receiver "receiver",
    }
}

impl Kind {
    /// Whether it is part of an execution, which the supervision group watches.
    pub(super) fn is_execution(self) -> bool {
        matches!(self, Self::Execute | Self::VerifyCompletion)
    }

    /// Whom it waits for.
    #[must_use]
    pub fn waits_for(self) -> WaitsFor {
        match self {
            Self::AnswerIssue
            | Self::TriageIssue
            | Self::ScheduleIssue
            | Self::SettleRouted
            | Self::SealMinutes
            | Self::PubliciseResolution
            | Self::AnswerObjection
            | Self::CorrectResolution
            | Self::AssignExecutor
            | Self::InformMeeting
            | Self::PubliciseCompletion => WaitsFor::LeadingGroup,
            Self::ReplyRouting => WaitsFor::Receiver,
            Self::RatifyIssue => WaitsFor::Council,
            Self::Execute => WaitsFor::Executor,
            Self::VerifyCompletion | Self::InformBranch => WaitsFor::Supervision,
            Self::AnswerEscalated => WaitsFor::Town,
        }
    }
}

table! {
    /// 待办事项: something that waits for somebody.
    pub struct Task in "supervision_worklist" as "Task" {
        key {
            /// 事项 what is to be done
            kind: Kind,
            /// 对象 stream of the issue, meeting or resolution
            subject: StreamId,
            /// 异议序号 number of the objection; 0 where it is about none
            number: u32,
        }
        /// 村社区 station's village
        station: UnitCode,
        /// 责任方 whom it waits for
        waits_for: WaitsFor,
        /// 执行人编号 number of who executes, where it waits for them
        executor: Option<PersonId>,
        /// 起始时间 since when it waits (UTC)
        since: Timestamp,
        /// 期限 last day; none where the next meeting is the limit
        due: Option<Date>,
        /// 监督人员变动日 last day on which somebody joined or left the supervision group while it was executed
        supervisors_changed_on: Option<Date>,
        /// 名称 what it is about, masked
        #[example = "路灯维修"]
        title: String,
    }
    index (station);
    index (waits_for, due);
}

table! {
    /// 待办议题: what the worklist needs of an issue.
    pub struct Issue in "worklist_issue" {
        key {
            /// 议题编号 case number
            issue: IssueId,
        }
        /// 村社区 station's village
        station: UnitCode,
        /// 名称 beginning of the problem, masked
        title: String,
        /// 是否列入议题 whether it was accepted
        accepted: bool,
        /// 是否急事特事 whether it was dealt with before a meeting
        expedited: bool,
    }
}

table! {
    /// 待办决议: what the worklist needs of a resolution.
    pub struct Resolution in "worklist_resolution" {
        key {
            /// 决议编号 resolution
            resolution: ResolutionId,
        }
        /// 村社区 station's village
        station: UnitCode,
        /// 标题 title, masked
        title: String,
        /// 执行人编号 number of who executes it, or did last
        executor: Option<PersonId>,
        /// 当前待办 what waits, apart from objections
        waiting: Option<Kind>,
        /// 异议数 objections filed
        objections: u32,
        /// 监督人员变动日 last day on which the supervision group changed while it was executed
        supervisors_changed_on: Option<Date>,
    }
}

table! {
    /// 执行中决议: which resolutions of a station are executed, or claimed to be.
    pub struct Executing in "worklist_executing" {
        key {
            /// 村社区 station's village
            station: UnitCode,
            /// 决议编号 resolution
            resolution: ResolutionId,
        }
    }
}

table! {
    /// 监督人员变动: somebody joined or left the supervision group while a resolution was executed.
    pub struct SupervisionChange in "supervision_change" as "SupervisionChange" {
        key {
            /// 村社区 station's village
            station: UnitCode,
            /// 工作站事件版本 version of the event in the station's stream
            version: u64,
            /// 决议编号 resolution that was executed then
            resolution: ResolutionId,
        }
        /// 人员编号 number of who joined or left
        member: PersonId,
        /// 是否离任 whether they left
        left_group: bool,
        /// 变动日 the day
        changed_on: Date,
    }
}

table! {
    /// 环节期限: the figures of each rulebook that set a last day.
    pub struct Figures in "worklist_figures" {
        key {
            /// 规则簿版本 version of the rulebook
            version: u32,
        }
        /// 环节天数 days for a step that nobody dated
        step_days: u8,
        /// 会议记录天数 days for the minutes
        minutes_days: u8,
    }
}

impl Figures {
    pub(super) fn of(version: u32, figures: &Deliberation) -> Self {
        Self { version, step_days: *figures.step_days, minutes_days: *figures.minutes_days }
    }
}
