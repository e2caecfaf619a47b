//! 决议的执行和监督.

use domain::resolution::{
    Assigned, BranchInformed, CompletionClaimed, CompletionPublicised, CompletionReturned,
    CompletionVerified, ExecutionOverdue, Extended, MeetingInformed, Progressed,
};

use super::description::{Description, evidence};
use super::station::SUPERVISION;

pub(super) fn assigned(assigned: &Assigned) -> Description {
    let Assigned { executor, office, due } = assigned;
    Description::new(
        format!("明确由{office}({executor})执行,期限{due}。"),
        format!("{executor}, in the office of {office}, is to execute it until {due}."),
    )
}

pub(super) fn progressed(progressed: &Progressed) -> Description {
    let (note, shows) = (&progressed.note, evidence(&progressed.evidence));
    Description::new(
        format!("执行进展:“{note}”{}。", shows.zh),
        format!("The executor told how far it is: \"{note}\"{}.", shows.en),
    )
}

pub(super) fn extended(extended: &Extended) -> Description {
    let (from, to) = (extended.from, extended.to);
    let description = Description::new(
        format!("执行期限由{from}延至{to}。"),
        format!("The last day of execution was moved from {from} to {to}."),
    );
    description.because(&extended.reason)
}

pub(super) fn overdue(overdue: &ExecutionOverdue) -> Description {
    let due = overdue.due;
    Description::new(
        format!("执行逾期:期限{due}已过,没有报告完成。"),
        format!("Overdue: {due} passed without a claim of completion."),
    )
}

/// The sentence says that nobody else has confirmed it yet.
pub(super) fn claimed(claimed: &CompletionClaimed) -> Description {
    let (claim, note, shows) = (claimed.claim, &claimed.note, evidence(&claimed.evidence));
    Description::new(
        format!("执行人第{claim}次报告完成,待监督小组核实:“{note}”{}。", shows.zh),
        format!(
            "The executor claims completion (claim {claim}), which the supervision group has yet to verify: \"{note}\"{}.",
            shows.en
        ),
    )
}

pub(super) fn returned(returned: &CompletionReturned) -> Description {
    let CompletionReturned { claim, verifier, findings, due } = returned;
    let description = Description::new(
        format!("监督小组{verifier}退回第{claim}次报告:“{findings}”,期限{due}。"),
        format!(
            "{verifier} of the supervision group returned claim {claim}: \"{findings}\"; it is due until {due}."
        ),
    );
    description.rule("step_days").law(SUPERVISION)
}

pub(super) fn verified(verified: &CompletionVerified) -> Description {
    let (claim, verifier, findings) = (verified.claim, verified.verifier, &verified.findings);
    let shows = evidence(&verified.evidence);
    let description = Description::new(
        format!("监督小组{verifier}核实第{claim}次报告属实:“{findings}”{}。", shows.zh),
        format!(
            "{verifier} of the supervision group verified claim {claim}: \"{findings}\"{}.",
            shows.en
        ),
    );
    description.law(SUPERVISION)
}

pub(super) fn branch(informed: &BranchInformed) -> Description {
    let findings = &informed.findings;
    Description::new(
        format!("向党支部反馈监督情况:“{findings}”。"),
        format!("The party branch was told what supervision found: \"{findings}\"."),
    )
}

pub(super) fn meeting(informed: &MeetingInformed) -> Description {
    let meeting = informed.meeting;
    Description::new(
        format!("执行情况已在会议{meeting}上通报。"),
        format!("Meeting {meeting} was told how the execution went."),
    )
}

pub(super) fn publicised(publicised: &CompletionPublicised) -> Description {
    let (from, to, result) = (publicised.opens_on, publicised.closes_on, &publicised.result);
    let shows = evidence(&publicised.evidence);
    let description = Description::new(
        format!("完成情况自{from}至{to}公示:“{result}”{}。", shows.zh),
        format!("The completion was publicised from {from} to {to}: \"{result}\"{}.", shows.en),
    );
    description.rule("resolution_notice_days")
}
