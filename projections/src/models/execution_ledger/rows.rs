use domain::privacy::mask_text;
use domain::resolution::Stage;
use domain::{IssueId, MeetingId, PersonId, ResolutionId, UnitCode};
use jiff::Timestamp;
use jiff::civil::Date;

use crate::engine::row::table;

table! {
    /// 执行台账: a resolution and how far it has come. Claimed is not done: only what supervision verified is.
    pub struct Resolution in "execution_ledger" {
        key {
            /// 决议编号 resolution
            resolution: ResolutionId,
        }
        /// 村社区 station's village
        station: UnitCode,
        /// 会议编号 meeting that adopted it
        meeting: MeetingId,
        /// 会议议题序号 topic on that meeting's agenda
        topic: u8,
        /// 来源议题编号 issue it comes from
        issue: Option<IssueId>,
        /// 标题 title, masked
        #[example = "路灯维修"]
        title: String,
        /// 决议内容 what is to be done, as last corrected, masked
        #[example = "两周内修好东巷路灯"]
        text: String,
        /// 议定日 day of the meeting
        decided_on: Date,
        /// 通过时间 when it was adopted (UTC)
        adopted_at: Timestamp,
        /// 阶段 stage
        stage: Stage,
        /// 公示期次 period of its notice, rising with each correction
        period: u32,
        /// 公示首日 first day of that period
        opens_on: Option<Date>,
        /// 公示末日 last day of that period
        closes_on: Option<Date>,
        /// 公示是否补录 whether that notice hung on the board before it was entered, from paper
        notice_backfilled: bool,
        /// 公示补录待核准 whether a notice from paper waits for a second person to approve it
        notice_awaits_approval: bool,
        /// 累计公示天数 days of all its periods
        notice_days_total: u32,
        /// 异议数 objections filed
        objections_filed: u32,
        /// 待答复异议数 objections that wait for an answer
        objections_open: u32,
        /// 成立异议数 objections upheld
        objections_upheld: u32,
        /// 逾期提出异议数 objections filed after the period
        objections_late: u32,
        /// 上报异议数 objections that went up to the town
        objections_escalated: u32,
        /// 逾期未答复次数 answers that were overdue
        objections_overdue: u32,
        /// 修正次数 corrections
        corrections: u32,
        /// 公示期满时间 when the notice closed with no objection open (UTC)
        notice_closed_at: Option<Timestamp>,
        /// 执行人编号 number of who executes it
        executor: Option<PersonId>,
        /// 执行人职务 office in which they act, masked
        #[example = "村电工"]
        office: Option<String>,
        /// 明确专人时间 when it was assigned (UTC)
        assigned_at: Option<Timestamp>,
        /// 完成期限 last day of the execution
        due: Option<Date>,
        /// 延期次数 extensions
        extended: u32,
        /// 已记逾期的期限 last day of which it is on record that it passed
        overdue_since: Option<Date>,
        /// 进展次数 reports of progress
        progress: u32,
        /// 最近进展时间 latest report of progress (UTC)
        last_progress_at: Option<Timestamp>,
        /// 报告完成次数 claims of completion
        claims: u32,
        /// 报告完成时间 when the claim that stands was made (UTC)
        claimed_at: Option<Timestamp>,
        /// 退回次数 claims that supervision returned
        returns: u32,
        /// 最近退回时间 latest return (UTC)
        returned_at: Option<Timestamp>,
        /// 核实人编号 number of who of the supervision group judged the latest claim
        verifier: Option<PersonId>,
        /// 核实时间 when it was verified (UTC)
        verified_at: Option<Timestamp>,
        /// 核实情况 what supervision found, masked
        #[example = "现场查看，均已点亮"]
        findings: Option<String>,
        /// 反馈党支部时间 when the party branch was informed (UTC)
        branch_informed_at: Option<Timestamp>,
        /// 通报会议 meeting that was told
        meeting_informed: Option<MeetingId>,
        /// 会议通报时间 when it was told (UTC)
        meeting_informed_at: Option<Timestamp>,
        /// 完成公示时间 when the completion was publicised (UTC)
        completed_at: Option<Timestamp>,
        /// 完成情况 what came of it, masked
        #[example = "东巷路灯全部修复"]
        result: Option<String>,
        /// 重新办理次数 how often it was reopened
        reopened: u32,
    }
    index (decided_on);
    index (station, decided_on);
    index (stage, due);
    index (executor);
    index (issue);
}

impl Resolution {
    pub(super) fn adopted(
        resolution: ResolutionId,
        adopted_at: Timestamp,
        adopted: &domain::resolution::Adopted,
    ) -> Self {
        Self {
            resolution,
            station: adopted.station.clone(),
            meeting: resolution.meeting,
            topic: resolution.topic,
            issue: adopted.issue,
            title: mask_text(adopted.title.as_str()),
            text: mask_text(adopted.text.as_str()),
            decided_on: adopted.decided_on,
            adopted_at,
            stage: Stage::Adopted,
            period: 0,
            opens_on: None,
            closes_on: None,
            notice_backfilled: false,
            notice_awaits_approval: false,
            notice_days_total: 0,
            objections_filed: 0,
            objections_open: 0,
            objections_upheld: 0,
            objections_late: 0,
            objections_escalated: 0,
            objections_overdue: 0,
            corrections: 0,
            notice_closed_at: None,
            executor: None,
            office: None,
            assigned_at: None,
            due: None,
            extended: 0,
            overdue_since: None,
            progress: 0,
            last_progress_at: None,
            claims: 0,
            claimed_at: None,
            returns: 0,
            returned_at: None,
            verifier: None,
            verified_at: None,
            findings: None,
            branch_informed_at: None,
            meeting_informed: None,
            meeting_informed_at: None,
            completed_at: None,
            result: None,
            reopened: 0,
        }
    }
}

table! {
    /// 决议异议内容(不公开): what an objection to a resolution says and the latest answer; not for the public.
    pub struct ObjectionText in "execution_objection_text" as "ResolutionObjection" {
        key {
            /// 决议编号 resolution
            resolution: ResolutionId,
            /// 异议序号 number of the objection
            objection: u32,
        }
        /// 异议理由 ground
        #[example = "费用分摊不公"]
        ground: String,
        /// 答复 latest answer
        #[example = "已重新核算"]
        answer: Option<String>,
    }
}
