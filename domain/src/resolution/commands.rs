use jiff::civil::Date;

use super::{Adopted, Objector};
use crate::notice::Verdict;
use crate::station::Standing;
use crate::{Evidence, MeetingId, PersonId, Text};

/// What may be asked of a resolution.
#[derive(Debug, Clone)]
#[allow(missing_docs)]
pub enum Command {
    /// 通过, as the sealed minutes say.
    Adopt(Box<Adopted>),
    /// 公示.
    Publicise { evidence: Vec<Evidence> },
    /// 申请补录公示: the notice has hung on the board since a day.
    RequestBackfill { posted_on: Date, evidence: Vec<Evidence> },
    /// 核准补录.
    ApproveBackfill,
    /// 不予补录.
    RefuseBackfill { reason: Text<200> },
    /// 提出异议.
    FileObjection { ground: Text<500>, objector: Option<Objector> },
    /// 异议答复; `above`: whether a unit above the village answers.
    AnswerObjection { objection: u32, verdict: Verdict, answer: Text<500>, above: bool },
    /// 异议答复逾期: the last day passed.
    MissAnswer { objection: u32 },
    /// 异议上报: the objector does not accept the village's answer.
    EscalateObjection { objection: u32 },
    /// 修正 after an upheld objection.
    Correct { text: Text<500>, reason: Text<200>, evidence: Vec<Evidence> },
    /// 撤销; `above`: whether a unit above the village withdraws it.
    Withdraw { reason: Text<200>, above: bool },
    /// 公示期满.
    CloseNotice,
    /// 明确专人.
    Assign { executor: PersonId, office: Text<40>, due: Date },
    /// 进展.
    Report { note: Text<500>, evidence: Vec<Evidence> },
    /// 延期.
    Extend { to: Date, reason: Text<200> },
    /// 执行逾期: the last day passed.
    RecordOverdue,
    /// 报告完成.
    ClaimCompletion { note: Text<500>, evidence: Vec<Evidence> },
    /// 退回; without a day, the rulebook's days from today.
    Return { verifier: Standing, findings: Text<500>, due: Option<Date> },
    /// 核实.
    Verify { verifier: Standing, findings: Text<500>, evidence: Vec<Evidence> },
    /// 反馈党支部.
    InformBranch { findings: Text<500> },
    /// 会议通报; `reported`: the day of the meeting, where its sealed minutes hold a report on it.
    InformMeeting { meeting: MeetingId, reported: Option<Date> },
    /// 完成情况公示.
    PubliciseCompletion { result: Text<500>, evidence: Vec<Evidence> },
    /// 重新办理.
    Reopen { reason: Text<500>, evidence: Vec<Evidence> },
}
