//! 办理经过: the life of a resolution. It is the resolution's stream, told; no table repeats it.

use domain::privacy::mask_text;
use domain::resolution::Event;
use domain::{Event as Happened, Evidence};
use jiff::Timestamp;
use jiff::civil::Date;

use crate::engine::column::words;
use crate::{Fact, described};

words! {
    /// What happened to a resolution.
    StepKind {
        /// 通过
        Adopted "adopted",
        /// 申请补录公示
        BackfillRequested "backfill_requested",
        /// 核准补录
        BackfillApproved "backfill_approved",
        /// 不予补录
        BackfillRefused "backfill_refused",
        /// 公示
        Publicised "publicised",
        /// 提出异议
        ObjectionFiled "objection_filed",
        /// 异议答复
        ObjectionAnswered "objection_answered",
        /// 异议答复逾期
        ObjectionOverdue "objection_overdue",
        /// 异议上报
        ObjectionEscalated "objection_escalated",
        /// 修正
        Corrected "corrected",
        /// 撤销
        Withdrawn "withdrawn",
        /// 公示期满
        NoticeClosed "notice_closed",
        /// 明确专人
        Assigned "assigned",
        /// 进展
        Progressed "progressed",
        /// 延期
        Extended "extended",
        /// 执行逾期
        ExecutionOverdue "execution_overdue",
        /// 报告完成
        CompletionClaimed "completion_claimed",
        /// 退回
        CompletionReturned "completion_returned",
        /// 核实
        CompletionVerified "completion_verified",
        /// 反馈党支部
        BranchInformed "branch_informed",
        /// 会议通报
        MeetingInformed "meeting_informed",
        /// 完成情况公示
        CompletionPublicised "completion_publicised",
        /// 重新办理
        Reopened "reopened",
    }
}

described! {
    /// 办理步骤 a step of a resolution; what objections say stands elsewhere.
    pub struct Step as "ResolutionStep" {
        /// 版本 version of the event in the resolution's stream
        pub version: u64,
        /// 步骤 what happened
        pub kind: StepKind,
        /// 时间 when the log learned it (UTC)
        pub at: Timestamp,
        /// 序号 number of the period, objection or claim
        pub number: Option<u32>,
        /// 期限 last day that it sets or names
        pub day: Option<Date>,
        /// 说明 note, masked
        #[example = "三盏路灯已更换"]
        pub note: Option<String>,
        /// 佐证 what shows it
        pub evidence: Vec<Evidence>,
    }
}

impl Step {
    /// The step that a fact is; none where it is about no resolution.
    #[must_use]
    pub fn of(fact: &Fact) -> Option<Self> {
        let Happened::Resolution(event) = &fact.event else { return None };
        let line = Line::of(event);
        Some(Self {
            version: fact.version.0,
            kind: line.kind,
            at: fact.recorded_at,
            number: line.number,
            day: line.day,
            note: line.note.map(mask_text),
            evidence: line.evidence.to_vec(),
        })
    }
}

/// What an event says of itself.
struct Line<'a> {
    kind: StepKind,
    number: Option<u32>,
    day: Option<Date>,
    note: Option<&'a str>,
    evidence: &'a [Evidence],
}

impl<'a> Line<'a> {
    fn of(event: &'a Event) -> Self {
        use StepKind as Kind;
        match event {
            Event::Adopted(it) => bare(Kind::Adopted).on(it.decided_on).note(it.text.as_str()),
            Event::BackfillRequested(it) => {
                bare(Kind::BackfillRequested).on(it.posted_on).shown_by(&it.paper.evidence)
            }
            Event::BackfillApproved(_) => bare(Kind::BackfillApproved),
            Event::BackfillRefused(it) => bare(Kind::BackfillRefused).note(it.reason.as_str()),
            Event::Publicised(it) => {
                bare(Kind::Publicised).number(it.period).on(it.closes_on).shown_by(&it.evidence)
            }
            Event::ObjectionFiled(it) => {
                bare(Kind::ObjectionFiled).number(it.objection).on(it.answer_due)
            }
            Event::ObjectionAnswered(it) => bare(Kind::ObjectionAnswered).number(it.objection),
            Event::ObjectionOverdue(it) => {
                bare(Kind::ObjectionOverdue).number(it.objection).on(it.due)
            }
            Event::ObjectionEscalated(it) => {
                bare(Kind::ObjectionEscalated).number(it.objection).on(it.answer_due)
            }
            Event::Corrected(it) => bare(Kind::Corrected).note(it.reason.as_str()),
            Event::Withdrawn(it) => bare(Kind::Withdrawn).note(it.reason.as_str()),
            Event::NoticeClosed(it) => bare(Kind::NoticeClosed).number(it.period),
            Event::Assigned(it) => bare(Kind::Assigned).on(it.due).note(it.office.as_str()),
            Event::Progressed(it) => {
                bare(Kind::Progressed).note(it.note.as_str()).shown_by(&it.evidence)
            }
            Event::Extended(it) => bare(Kind::Extended).on(it.to).note(it.reason.as_str()),
            Event::ExecutionOverdue(it) => bare(Kind::ExecutionOverdue).on(it.due),
            Event::CompletionClaimed(it) => bare(Kind::CompletionClaimed)
                .number(it.claim)
                .note(it.note.as_str())
                .shown_by(&it.evidence),
            Event::CompletionReturned(it) => bare(Kind::CompletionReturned)
                .number(it.claim)
                .on(it.due)
                .note(it.findings.as_str()),
            Event::CompletionVerified(it) => bare(Kind::CompletionVerified)
                .number(it.claim)
                .note(it.findings.as_str())
                .shown_by(&it.evidence),
            Event::BranchInformed(it) => bare(Kind::BranchInformed).note(it.findings.as_str()),
            Event::MeetingInformed(_) => bare(Kind::MeetingInformed),
            Event::CompletionPublicised(it) => bare(Kind::CompletionPublicised)
                .on(it.closes_on)
                .note(it.result.as_str())
                .shown_by(&it.evidence),
            Event::Reopened(it) => {
                bare(Kind::Reopened).note(it.reason.as_str()).shown_by(&it.evidence)
            }
        }
    }

    fn number(self, number: u32) -> Self {
        Self { number: Some(number), ..self }
    }

    fn on(self, day: Date) -> Self {
        Self { day: Some(day), ..self }
    }

    fn note(self, note: &'a str) -> Self {
        Self { note: Some(note), ..self }
    }

    fn shown_by(self, evidence: &'a [Evidence]) -> Self {
        Self { evidence, ..self }
    }
}

fn bare<'a>(kind: StepKind) -> Line<'a> {
    Line { kind, number: None, day: None, note: None, evidence: &[] }
}
