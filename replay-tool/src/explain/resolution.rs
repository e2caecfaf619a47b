//! 决议.

use domain::resolution::{
    Adopted, Corrected, Escalation, Event, ObjectionAnswered, ObjectionEscalated, ObjectionFiled,
    ObjectionOverdue, Publicised,
};

use super::backfill;
use super::description::{Description, evidence, list};
use super::execution;
use crate::lang::Said;

pub(super) fn describe(event: &Event) -> Description {
    match event {
        Event::Adopted(adopted) => adoption(adopted),
        Event::BackfillRequested(asked) => {
            let (on, paper) = (asked.posted_on, backfill::from(Some(&asked.paper)));
            Description::new(
                format!("该决议自{on}起已在公示栏张贴{}。", paper.zh),
                format!("It has hung on the board since {on}{}.", paper.en),
            )
        }
        Event::BackfillApproved(approved) => backfill::approval(approved),
        Event::BackfillRefused(refused) => backfill::refusal(refused),
        Event::Publicised(publicised) => publication(publicised),
        Event::ObjectionFiled(filed) => objection(filed),
        Event::ObjectionAnswered(answered) => answer(answered),
        Event::ObjectionOverdue(overdue) => unanswered(overdue),
        Event::ObjectionEscalated(escalated) => {
            escalation(escalated, &Said::new("乡镇(街道)", "the town"))
        }
        Event::Corrected(corrected) => correction(corrected),
        Event::Withdrawn(withdrawn) => {
            let description =
                Description::new("决议撤销,不再执行。", "It was withdrawn and is not executed.");
            description.because(&withdrawn.reason)
        }
        Event::NoticeClosed(closed) => {
            let period = closed.period;
            let description = Description::new(
                format!("第{period}次公示期满,没有未答复的异议。"),
                format!("Period {period} passed with no objection open."),
            );
            description.rule("resolution_notice_days")
        }
        Event::Assigned(assigned) => execution::assigned(assigned),
        Event::Progressed(progressed) => execution::progressed(progressed),
        Event::Extended(extended) => execution::extended(extended),
        Event::ExecutionOverdue(overdue) => execution::overdue(overdue),
        Event::CompletionClaimed(claimed) => execution::claimed(claimed),
        Event::CompletionReturned(returned) => execution::returned(returned),
        Event::CompletionVerified(verified) => execution::verified(verified),
        Event::BranchInformed(informed) => execution::branch(informed),
        Event::MeetingInformed(informed) => execution::meeting(informed),
        Event::CompletionPublicised(publicised) => execution::publicised(publicised),
        Event::Reopened(reopened) => {
            let shows = evidence(&reopened.evidence);
            let description = Description::new(
                format!("重新办理,须重新明确专人{}。", shows.zh),
                format!("It was reopened and has to be assigned anew{}.", shows.en),
            );
            description.because(&reopened.reason)
        }
    }
}

fn adoption(adopted: &Adopted) -> Description {
    let Adopted { station, issue, title, text, decided_on, body, voters, in_favour } = adopted;
    let (body_zh, body_en) = body.map_or_else(Default::default, |body| {
        (body.zh().to_owned(), format!("the {} of ", body.en()))
    });
    let (favour_zh, favour_en) = in_favour.as_ref().map_or_else(Default::default, |people| {
        let (count, people) = (people.len(), list(people));
        (format!(";其中{count}人同意:{people}"), format!("; {count} for it: {people:#}"))
    });
    let (issue_zh, issue_en) = issue.map_or_else(Default::default, |issue| {
        (format!("(议题{issue})"), format!(" from issue {issue}"))
    });
    let (count, who) = (voters.len(), list(voters));
    Description::new(
        format!(
            "{decided_on}{station}{body_zh}议定“{title}”{issue_zh}:“{text}”;{count}人表决:{who}{favour_zh}。"
        ),
        format!(
            "On {decided_on} {body_en}{station} adopted \"{title}\"{issue_en}: \"{text}\"; {count} voted: {who:#}{favour_en}."
        ),
    )
}

fn publication(publicised: &Publicised) -> Description {
    let (period, from, to) = (publicised.period, publicised.opens_on, publicised.closes_on);
    let shows = evidence(&publicised.evidence);
    let (late_zh, late_en) = if publicised.backfilled {
        ("(补录,自录入之日起公示满期)", ", entered from paper with the whole period from the entry")
    } else {
        ("", "")
    };
    let description = Description::new(
        format!("第{period}次公示{late_zh},{from}至{to}接受异议{}。", shows.zh),
        format!(
            "Publicised (period {period}{late_en}), open to objections {from} to {to}{}.",
            shows.en
        ),
    );
    description.rule("resolution_notice_days")
}

/// The objector's number stays out: who it was, only the vault tells.
fn objection(filed: &ObjectionFiled) -> Description {
    let (number, due) = (filed.objection, filed.answer_due);
    let (zh, en) = if filed.late { ("公示期满后", " after the period") } else { ("", "") };
    let description = Description::new(
        format!("{zh}提出第{number}号异议,应于{due}前答复。"),
        format!("Objection {number} was filed{en}; the answer is due until {due}."),
    );
    description.because(&filed.ground).rule("objection_answer_days")
}

fn answer(answered: &ObjectionAnswered) -> Description {
    let (number, verdict, answer) = (answered.objection, answered.verdict, &answered.answer);
    let description = Description::new(
        format!("第{number}号异议{}:“{answer}”。", verdict.zh()),
        format!("Objection {number} was {}: \"{answer}\".", verdict.en()),
    );
    description.rule("objection_answer_days")
}

pub(super) fn unanswered(overdue: &ObjectionOverdue) -> Description {
    let (number, due) = (overdue.objection, overdue.due);
    let description = Description::new(
        format!("第{number}号异议逾期未答复,期限{due}。"),
        format!("Objection {number} was not answered until {due}, when the answer was due."),
    );
    description.rule("objection_answer_days")
}

pub(super) fn escalation(escalated: &ObjectionEscalated, above: &Said) -> Description {
    let (number, due, cause) = (escalated.objection, escalated.answer_due, escalated.cause);
    let why = match cause {
        Escalation::Overdue => "it was not answered in time",
        Escalation::Late => "it came after the period",
        Escalation::Unsatisfied => "the objector does not accept the answer",
    };
    let description = Description::new(
        format!("第{number}号异议因{}上报{},应于{due}前答复。", cause.zh(), above.zh),
        format!(
            "Objection {number} went up to {}, because {why}; its answer is due until {due}.",
            above.en
        ),
    );
    description.rule("objection_answer_days")
}

fn correction(corrected: &Corrected) -> Description {
    let text = &corrected.text;
    let description = Description::new(
        format!("决议修正为:“{text}”;须重新公示。"),
        format!("It was changed to: \"{text}\"; it has to be publicised anew."),
    );
    description.because(&corrected.reason).rule("resolution_notice_days")
}
