//! Events of resolutions.

use domain::notice::Verdict;
use domain::resolution::*;
use domain::{Event as Any, SealedDigest};

use super::{code, day, issue_id, meeting_id, person, photo, text};

pub(crate) fn adopted(station: &str, issue: Option<u64>) -> Any {
    Event::Adopted(Box::new(Adopted {
        station: code(station),
        issue: issue.map(issue_id),
        title: text("路灯维修"),
        text: text("两周内修好东巷路灯"),
        decided_on: day("2022-03-10"),
        body: None,
        voters: vec![person(11), person(12)],
        in_favour: None,
    }))
    .into()
}

pub(crate) fn publicised(period: u32, opens_on: &str, closes_on: &str) -> Any {
    let (opens_on, closes_on) = (day(opens_on), day(closes_on));
    Event::Publicised(Publicised {
        period,
        opens_on,
        closes_on,
        shown: None,
        evidence: vec![photo(3)],
        backfilled: false,
    })
    .into()
}

pub(crate) fn against(objection: u32, answer_due: &str, late: bool) -> Any {
    let objector = Objector { person: person(88), sealed: SealedDigest([8; 32]) };
    Event::ObjectionFiled(ObjectionFiled {
        objection,
        ground: text("费用分摊不公"),
        objector: Some(objector),
        answer_due: day(answer_due),
        late,
        by: None,
    })
    .into()
}

pub(crate) fn ruled(objection: u32, verdict: Verdict) -> Any {
    let answer = text("已重新核算");
    let escalate_until = None;
    Event::ObjectionAnswered(ObjectionAnswered { objection, verdict, answer, escalate_until })
        .into()
}

pub(crate) fn objection_overdue(objection: u32, due: &str) -> Any {
    Event::ObjectionOverdue(ObjectionOverdue { objection, due: day(due) }).into()
}

pub(crate) fn escalated(objection: u32, cause: Escalation, answer_due: &str) -> Any {
    let answer_due = day(answer_due);
    Event::ObjectionEscalated(ObjectionEscalated { objection, cause, answer_due }).into()
}

pub(crate) fn text_corrected() -> Any {
    let (text, reason) = (text("费用由村集体承担"), text("异议成立"));
    Event::Corrected(Corrected { text, reason }).into()
}

pub(crate) fn resolution_withdrawn() -> Any {
    Event::Withdrawn(Withdrawn { reason: text("已无必要") }).into()
}

pub(crate) fn period_closed(period: u32) -> Any {
    Event::NoticeClosed(NoticeClosed { period }).into()
}

pub(crate) fn assigned(executor: u64, due: &str) -> Any {
    let (executor, due) = (person(executor), day(due));
    Event::Assigned(Assigned { executor, office: text("村电工"), due }).into()
}

pub(crate) fn progressed(note: &str) -> Any {
    Event::Progressed(Progressed { note: text(note), evidence: vec![photo(4)] }).into()
}

pub(crate) fn extended(from: &str, to: &str) -> Any {
    let (from, to, reason) = (day(from), day(to), text("缺配件"));
    Event::Extended(Extended { from, to, reason }).into()
}

pub(crate) fn execution_overdue(due: &str) -> Any {
    Event::ExecutionOverdue(ExecutionOverdue { due: day(due) }).into()
}

pub(crate) fn claimed(claim: u32) -> Any {
    let (note, evidence) = (text("三盏路灯已更换"), vec![photo(5), photo(6)]);
    Event::CompletionClaimed(CompletionClaimed { claim, note, evidence }).into()
}

pub(crate) fn returned(claim: u32, due: &str) -> Any {
    let (verifier, findings) = (person(31), text("尚有一盏不亮"));
    Event::CompletionReturned(CompletionReturned { claim, verifier, findings, due: day(due) })
        .into()
}

pub(crate) fn verified(claim: u32) -> Any {
    let (verifier, findings, evidence) = (person(31), text("现场查看,均已点亮"), vec![]);
    let verified_on = None;
    let verified = CompletionVerified { claim, verifier, findings, verified_on, evidence };
    Event::CompletionVerified(verified).into()
}

pub(crate) fn branch_informed() -> Any {
    Event::BranchInformed(BranchInformed { findings: text("已按决议完成") }).into()
}

pub(crate) fn meeting_informed(meeting: u128) -> Any {
    Event::MeetingInformed(MeetingInformed { meeting: meeting_id(meeting) }).into()
}

pub(crate) fn completed(opens_on: &str, closes_on: &str) -> Any {
    let (opens_on, closes_on, result) = (day(opens_on), day(closes_on), text("东巷路灯全部修复"));
    let evidence = vec![];
    Event::CompletionPublicised(CompletionPublicised { opens_on, closes_on, result, evidence })
        .into()
}

pub(crate) fn resolution_reopened() -> Any {
    Event::Reopened(Reopened { reason: text("又有两盏不亮"), evidence: vec![photo(7)] }).into()
}
