//! Issues and meetings.

use domain::issue::RoutingOutcome;
use domain::meeting::{self, Outcome};
use domain::privacy::mask_text;
use domain::{IssueId, county_date, issue};

use super::rows::{Issue, Kind};
use super::waiting::{Waits, begin, figures, finish, step_due};
use crate::{Fact, Rows};

/// As much of a problem as a title holds.
const TITLE: usize = 40;

pub(super) fn on_issue(rows: &mut Rows<'_>, fact: &Fact, id: IssueId, event: &issue::Event) {
    use issue::Event;
    match event {
        Event::Registered(registered) => register(rows, fact, id, registered),
        Event::Answered(_) => finish(rows, fact, &[Kind::AnswerIssue]),
        Event::Accepted(_) => {
            finish(rows, fact, &[Kind::TriageIssue]);
            rows.update::<Issue, _>(&id, |issue| issue.accepted = true);
            wait_for_agenda(rows, fact, id);
        }
        Event::Merged(_) | Event::Rejected(_) | Event::BackfillRefused(_) | Event::Settled(_) => {
            leave(rows, fact)
        }
        Event::RoutedOut(routed) => {
            leave(rows, fact);
            if let Some(due) = routed.due {
                wait(rows, fact, id, Waits::since(fact, Kind::ReplyRouting, Some(due)));
            }
        }
        Event::RoutingReplied(replied) => take_reply(rows, fact, id, replied.outcome),
        Event::Expedited(_) => {
            finish(rows, fact, &[Kind::TriageIssue, Kind::ScheduleIssue]);
            rows.update::<Issue, _>(&id, |issue| issue.expedited = true);
            wait(rows, fact, id, Waits::since(fact, Kind::RatifyIssue, None));
        }
        Event::Ratified(_) => finish(rows, fact, &[Kind::RatifyIssue]),
        Event::Scheduled(_) => finish(rows, fact, &[Kind::ScheduleIssue]),
        Event::Decided(decided) => match decided.outcome {
            Outcome::Deferred => wait_for_agenda(rows, fact, id),
            Outcome::Adopted | Outcome::NotAdopted => {}
        },
        Event::BackfillApproved(_)
        | Event::AnswerOverdue(_)
        | Event::Triaged(_)
        | Event::OpinionsCollected(_)
        | Event::StepTaken(_)
        | Event::RoutingReceived(_)
        | Event::RoutingOverdue(_)
        | Event::RatificationMissed(_)
        | Event::Reopened(_) => {}
    }
}

fn register(rows: &mut Rows<'_>, fact: &Fact, id: IssueId, registered: &issue::Registered) {
    rows.put(Issue {
        issue: id,
        station: registered.station.clone(),
        title: mask_text(registered.problem.as_str()).chars().take(TITLE).collect(),
        accepted: false,
        expedited: false,
    });
    let due = step_due(rows, fact);
    wait(rows, fact, id, Waits::since(fact, Kind::TriageIssue, Some(due)));
    if let Some(due) = registered.answer_due {
        wait(rows, fact, id, Waits::since(fact, Kind::AnswerIssue, Some(due)));
    }
}

fn leave(rows: &mut Rows<'_>, fact: &Fact) {
    let deciding = [Kind::TriageIssue, Kind::ScheduleIssue, Kind::RatifyIssue];
    finish(rows, fact, &deciding);
    finish(rows, fact, &[Kind::ReplyRouting, Kind::SettleRouted]);
}

/// What the authority dealt with is looked at and settled; what it declined is the station's as before.
fn take_reply(rows: &mut Rows<'_>, fact: &Fact, id: IssueId, outcome: RoutingOutcome) {
    finish(rows, fact, &[Kind::ReplyRouting]);
    let accepted = rows.get::<Issue>(&id).is_some_and(|issue| issue.accepted);
    let kind = match outcome {
        RoutingOutcome::Handled => Kind::SettleRouted,
        RoutingOutcome::Declined if accepted => return wait_for_agenda(rows, fact, id),
        RoutingOutcome::Declined => Kind::TriageIssue,
    };
    let due = step_due(rows, fact);
    wait(rows, fact, id, Waits::since(fact, kind, Some(due)));
}

fn wait(rows: &mut Rows<'_>, fact: &Fact, id: IssueId, waits: Waits) {
    if let Some(issue) = rows.get::<Issue>(&id) {
        let (station, title) = (issue.station.clone(), issue.title.clone());
        begin(rows, fact, station, title, waits);
    }
}

/// What was done before a meeting waits to be ratified instead.
fn wait_for_agenda(rows: &mut Rows<'_>, fact: &Fact, id: IssueId) {
    if rows.get::<Issue>(&id).is_some_and(|issue| issue.accepted && !issue.expedited) {
        let due = step_due(rows, fact);
        wait(rows, fact, id, Waits::since(fact, Kind::ScheduleIssue, Some(due)));
    }
}

pub(super) fn on_meeting(rows: &mut Rows<'_>, fact: &Fact, event: &meeting::Event) {
    use meeting::Event;
    match event {
        Event::Convened(convened) => {
            let (_, minutes_days) = figures(rows, fact);
            // What was held before it was entered is to be sealed in as many days from the entry.
            let entered = convened.paper.as_ref().map(|_| fact.recorded_at);
            let begins = entered.unwrap_or(convened.starts_at);
            let due = county_date(begins).saturating_add(minutes_days);
            let title = convened.agenda.first().map(|item| mask_text(item.title.as_str()));
            let waits = Waits { since: begins, ..Waits::since(fact, Kind::SealMinutes, Some(due)) };
            // Without a topic it hears reports only.
            let title = title.unwrap_or_else(|| "听取落实通报".to_owned());
            begin(rows, fact, convened.station.clone(), title, waits);
        }
        Event::MinutesSealed(_) | Event::Cancelled(_) => finish(rows, fact, &[Kind::SealMinutes]),
        Event::BackfillRequested(_)
        | Event::BackfillApproved(_)
        | Event::BackfillRefused(_)
        | Event::AttendanceTaken(_)
        | Event::Departed(_)
        | Event::Returned(_)
        | Event::OpinionGiven(_)
        | Event::VotesCast(_)
        | Event::BallotsCast(_)
        | Event::CountingListsTaken(_)
        | Event::TopicDecided(_)
        | Event::CountReopened(_)
        | Event::MinutesCorrected(_) => {}
    }
}
