//! 议题.

use domain::issue::{Event, Expedited, Registered};

use super::backfill;
use super::description::{Description, short};
use crate::lang::Said;
use crate::moment::county;

pub(super) fn describe(event: &Event) -> Description {
    match event {
        Event::Registered(registered) => registration(registered),
        Event::BackfillApproved(approved) => backfill::approval(approved),
        Event::BackfillRefused(refused) => backfill::refusal(refused),
        Event::Answered(answered) => {
            let answer = &answered.answer;
            let description = Description::new(
                format!("答复:“{answer}”。"),
                format!("The answer was: \"{answer}\"."),
            );
            description.rule("answer_days")
        }
        Event::AnswerOverdue(overdue) => {
            let due = overdue.due;
            let description = Description::new(
                format!("逾期未答复,期限{due}。"),
                format!("It was not answered until {due}, when the answer was due."),
            );
            description.rule("answer_days")
        }
        Event::OpinionsCollected(heard) => {
            let (form, on, place, people) = (heard.form, heard.held_on, &heard.place, heard.people);
            let opinions = &heard.opinions;
            Description::new(
                format!("{on}在{place}{},{people}人参加,意见:“{opinions}”。", form.zh()),
                format!(
                    "On {on} {people} people said at {place} ({}) what they think: \"{opinions}\".",
                    form.en()
                ),
            )
        }
        Event::StepTaken(taken) => {
            let (step, on, conclusion) = (taken.step, taken.held_on, &taken.conclusion);
            let description = Description::new(
                format!("{on}{}:“{conclusion}”。", step.zh()),
                format!("On {on} it took the step {}: \"{conclusion}\".", step.en()),
            );
            description.rule("great_matters")
        }
        Event::Triaged(triaged) => {
            let topic = &triaged.topic;
            let description = Description::new(
                format!("对照议事清单,属{topic}项。"),
                format!("It falls under item {topic} of the list of topics."),
            );
            description.rule("topics")
        }
        Event::Accepted(accepted) => {
            let topic = &accepted.topic;
            let description = Description::new(
                format!("列入议题(清单{topic}项)。"),
                format!("It is to be deliberated, under item {topic} of the list."),
            );
            description.rule("topics")
        }
        Event::Merged(merged) => {
            let into = merged.into;
            Description::new(
                format!("并入议题{into}。"),
                format!("It goes on as part of issue {into}."),
            )
        }
        Event::Rejected(rejected) => {
            Description::new("不予列入议题。", "It is not to be deliberated.")
                .because(&rejected.reason)
        }
        Event::RoutedOut(routed) => {
            let to = &routed.to;
            let (zh, en) = routed.due.map_or_else(Default::default, |due| {
                (format!(",应于{due}前回复"), format!("; the reply is due until {due}"))
            });
            let description = Description::new(
                format!("转由“{to}”办理{zh}。"),
                format!("It was passed on to \"{to}\", whose matter it is{en}."),
            );
            let description = description.because(&routed.reason);
            if routed.due.is_some() { description.rule("routing_days") } else { description }
        }
        Event::RoutingReceived(received) => {
            let on = received.on;
            Description::new(
                format!("承办单位于{on}签收。"),
                format!("The authority received it on {on}."),
            )
        }
        Event::RoutingReplied(replied) => {
            let (outcome, reply) = (replied.outcome, &replied.reply);
            Description::new(
                format!("承办单位回复({}):“{reply}”。", outcome.zh()),
                format!("The authority replied ({}): \"{reply}\".", outcome.en()),
            )
        }
        Event::RoutingOverdue(overdue) => {
            let due = overdue.due;
            let description = Description::new(
                format!("转办逾期未回复,期限{due}。"),
                format!("The authority did not reply until {due}, when that was due."),
            );
            description.rule("routing_days")
        }
        Event::Expedited(expedited) => expedition(expedited),
        Event::Ratified(ratified) => {
            let (meeting, topic) = (ratified.meeting, ratified.topic);
            Description::new(
                format!("会议{meeting}第{topic}项予以追认。"),
                format!("Meeting {meeting} ratified it as topic {topic}."),
            )
        }
        Event::RatificationMissed(missed) => {
            let meeting = missed.meeting;
            Description::new(
                format!("会议{meeting}没有追认。"),
                format!("Meeting {meeting} passed and did not ratify it."),
            )
        }
        Event::Scheduled(scheduled) => {
            let (meeting, topic) = (scheduled.meeting, scheduled.topic);
            Description::new(
                format!("列入会议{meeting}议程第{topic}项。"),
                format!("It is topic {topic} on the agenda of meeting {meeting}."),
            )
        }
        Event::Decided(decided) => {
            let (meeting, topic, outcome) = (decided.meeting, decided.topic, decided.outcome);
            Description::new(
                format!("会议{meeting}第{topic}项议定:{}。", outcome.zh()),
                format!(
                    "Meeting {meeting} came to an end with it as topic {topic}: {}.",
                    outcome.en()
                ),
            )
        }
        Event::Settled(settled) => {
            let (result, by) = (&settled.result, settled.resolution);
            let (zh, en) = by.map_or_else(Default::default, |by| {
                (format!("(决议{by}完成公示)"), format!(" by resolution {by}"))
            });
            Description::new(
                format!("办结{zh}:“{result}”。"),
                format!("The problem was solved{en}: \"{result}\"."),
            )
        }
        Event::Reopened(reopened) => {
            let by = reopened.resolution;
            Description::new(
                format!("随决议{by}重新办理。"),
                format!("It is open again, as resolution {by} is."),
            )
        }
    }
}

/// The asker's number stays out: who it was, only the vault tells.
fn registration(registered: &Registered) -> Description {
    let Registered { station, place, source, channel, problem, answer_due, .. } = registered;
    let raised = county(registered.raised_at);
    let more = [
        registered
            .registrar
            .map(|who| Said::new(format!(";登记人{who}"), format!("; registered by {who}"))),
        registered.asker.map(|asker| {
            let sealed = short(&asker.sealed);
            Said::new(
                format!(";咨询人姓名和电话封存,摘要{sealed}…"),
                format!("; the asker's name and telephone are sealed under digest {sealed}…"),
            )
        }),
        registered.wish.as_ref().map(|wish| {
            Said::new(format!(";希望的解决方式“{wish}”"), format!("; wish: \"{wish}\""))
        }),
        registered
            .remark
            .as_ref()
            .map(|remark| Said::new(format!(";备注“{remark}”"), format!("; remark: \"{remark}\""))),
        answer_due.map(|due| {
            Said::new(format!(";应于{due}前答复"), format!("; the answer is due until {due}"))
        }),
        Some(backfill::from(registered.paper.as_ref())),
    ];
    let said = more.into_iter().flatten();
    let (zh, en): (String, String) = said.map(|said| (said.zh, said.en)).unzip();
    let description = Description::new(
        format!(
            "{station}登记议题({},{}),{raised}在{place}提出:“{problem}”{zh}。",
            source.zh(),
            channel.zh()
        ),
        format!(
            "{station} registered the issue ({}, {}), raised at {raised} at {place}: \"{problem}\"{en}.",
            source.en(),
            channel.en()
        ),
    );
    if answer_due.is_some() { description.rule("answer_days") } else { description }
}

fn expedition(expedited: &Expedited) -> Description {
    let Expedited { kind, approver, reason, measure } = expedited;
    let description = Description::new(
        format!("{},由{approver}批准,先行办理:“{measure}”;须由下次会议追认。", kind.zh()),
        format!(
            "Dealt with before the meeting ({}), approved by {approver}: \"{measure}\"; the next meeting has to ratify it.",
            kind.en()
        ),
    );
    description.because(reason)
}
