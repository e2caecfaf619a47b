//! 公示.

use domain::notice::{Event, Subject};

use super::description::{Description, evidence};
use super::resolution;
use crate::lang::Said;

pub(super) fn describe(event: &Event) -> Description {
    match event {
        Event::Published(published) => {
            let (title, text, subject) =
                (&published.title, &published.text, about(&published.subject));
            let (from, to) = (published.opens_on, published.closes_on);
            let by = published.unit.as_ref();
            let by_zh = by.map(|unit| format!("{unit}")).unwrap_or_default();
            let by_en = by.map(|unit| format!(" by {unit}")).unwrap_or_default();
            let description = Description::new(
                format!("{by_zh}发布公示“{title}”({}),{from}至{to}接受异议:“{text}”。", subject.zh),
                format!(
                    "The notice \"{title}\" ({}) was published{by_en}, open to objections from {from} to {to}: \"{text}\".",
                    subject.en
                ),
            );
            description.rule("notice_days")
        }
        Event::ObjectionFiled(filed) => {
            let (number, due) = (filed.objection, filed.answer_due);
            let description = Description::new(
                format!("提出第{number}号异议,应于{due}前答复。"),
                format!("Objection {number} was filed; the answer is due until {due}."),
            );
            description.because(&filed.ground).rule("objection_answer_days")
        }
        Event::ObjectionAnswered(answered) => {
            let (number, verdict, answer) =
                (answered.objection, answered.verdict, &answered.answer);
            let description = Description::new(
                format!("第{number}号异议{}:“{answer}”。", verdict.zh()),
                format!("Objection {number} was {}: \"{answer}\".", verdict.en()),
            );
            description.rule("objection_answer_days")
        }
        Event::ObjectionOverdue(overdue) => resolution::unanswered(overdue),
        Event::ObjectionEscalated(escalated) => {
            resolution::escalation(escalated, &Said::new("上级单位", "a unit above"))
        }
        Event::Posted(posted) => {
            let (unit, board, on) = (&posted.unit, &posted.board, posted.posted_on);
            let shows = evidence(&posted.evidence);
            Description::new(
                format!("公示于{on}张贴在{unit}的“{board}”{}。", shows.zh),
                format!("The notice hung on the board \"{board}\" of {unit} on {on}{}.", shows.en),
            )
        }
        Event::Closed(closed) => {
            let subject = about(&closed.subject);
            let (zh, en) = if closed.upheld {
                ("有异议成立", "an objection was upheld")
            } else {
                ("无成立的异议", "no objection was upheld")
            };
            let description = Description::new(
                format!("公示期满({}),{zh}。", subject.zh),
                format!("The notice closed ({}); {en}.", subject.en),
            );
            description.rule("notice_days")
        }
        Event::Withdrawn(withdrawn) => {
            Description::new("公示撤回。", "The notice was withdrawn.").because(&withdrawn.reason)
        }
    }
}

fn about(subject: &Subject) -> Said {
    match subject {
        Subject::StarChange { volunteer, proposal } => Said::new(
            format!("{volunteer}第{proposal}号星级拟评"),
            format!("star proposal {proposal} of {volunteer}"),
        ),
        Subject::General => Said::new("其他公示", "another matter"),
    }
}
