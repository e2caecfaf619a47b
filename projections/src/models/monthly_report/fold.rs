use domain::rulebook::{self, Adopted};
use domain::{
    County, IssueId, Month, ResolutionId, SurveyId, UnitCode, county_date, issue, resolution,
    station, survey,
};

use super::counting::{add, count};
use super::resolutions;
use super::rows::{Issue, Minimum, MonthHeld, Survey};
use super::{Figure, MonthlyReport};
use crate::{Fact, Fold, Rows, reads};

impl Fold<Rows<'_>> for MonthlyReport {
    reads! { Rows<'_>: rulebook, station, issue, resolution, survey }

    fn rulebook(_: &Fact, _: &County, event: &rulebook::Event, rows: &mut Rows<'_>) {
        let rulebook::Event::Adopted(adopted) = event;
        let replies = *adopted.rules.deliberation().survey_minimum_replies;
        rows.put(Minimum { version: adopted.version, replies });
    }

    fn station(fact: &Fact, station: &UnitCode, event: &station::Event, rows: &mut Rows<'_>) {
        on_station(rows, fact, station, event);
    }

    fn issue(fact: &Fact, issue: &IssueId, event: &issue::Event, rows: &mut Rows<'_>) {
        on_issue(rows, fact, *issue, event);
    }

    fn resolution(
        fact: &Fact,
        resolution: &ResolutionId,
        event: &resolution::Event,
        rows: &mut Rows<'_>,
    ) {
        resolutions::on_resolution(rows, fact, *resolution, event);
    }

    fn survey(fact: &Fact, survey: &SurveyId, event: &survey::Event, rows: &mut Rows<'_>) {
        on_survey(rows, fact, *survey, event);
    }
}

fn on_station(rows: &mut Rows<'_>, fact: &Fact, code: &UnitCode, event: &station::Event) {
    use station::Event;
    match event {
        Event::MeetingHeld(held) => {
            count(rows, fact, code, Figure::MeetingsHeld);
            if held.backfilled {
                count(rows, fact, code, Figure::BackfillsApproved);
            }
            let key = (code.clone(), Month::of(held.held_on));
            if rows.get::<MonthHeld>(&key).is_none() {
                rows.put(MonthHeld { station: key.0, month: key.1 });
                count(rows, fact, code, Figure::MonthsHeld);
            }
        }
        Event::MeetingMissed(_) => count(rows, fact, code, Figure::MeetingsMissed),
        Event::Opened(_)
        | Event::ItemEvidenced(_)
        | Event::ItemLost(_)
        | Event::SupervisorsElected(_)
        | Event::MemberAppointed(_)
        | Event::MemberLeft(_)
        | Event::RelativesDeclared(_)
        | Event::KinshipEnded(_)
        | Event::TopicListed(_)
        | Event::HouseholdsStated(_) => {}
    }
}

fn on_issue(rows: &mut Rows<'_>, fact: &Fact, id: IssueId, event: &issue::Event) {
    use issue::Event;
    if let Event::Registered(registered) = event {
        let (station, answer_due) = (registered.station.clone(), registered.answer_due);
        rows.put(Issue { issue: id, station, answer_due, answered: false, overdue: false });
    }
    let Some(issue) = rows.get::<Issue>(&id).cloned() else { return };
    let figure = match event {
        // From paper it counts once it is approved.
        Event::Registered(registered) if registered.paper.is_some() => return,
        Event::Registered(_) => Figure::IssuesRegistered,
        Event::BackfillApproved(_) => {
            count(rows, fact, &issue.station, Figure::BackfillsApproved);
            Figure::IssuesRegistered
        }
        Event::Answered(_) => return answer(rows, fact, issue),
        Event::AnswerOverdue(_) => {
            rows.update::<Issue, _>(&id, |issue| issue.overdue = true);
            Figure::AnswersOverdue
        }
        Event::Rejected(_) => Figure::IssuesRejected,
        Event::RoutedOut(_) => Figure::IssuesRoutedOut,
        Event::RoutingReplied(_) => Figure::RoutingsReplied,
        Event::RoutingOverdue(_) => Figure::RoutingsOverdue,
        Event::Expedited(_) => Figure::IssuesExpedited,
        Event::Ratified(_) => Figure::Ratified,
        Event::RatificationMissed(_) => Figure::RatificationsMissed,
        Event::Settled(_) => Figure::IssuesSettled,
        Event::Reopened(_) => Figure::IssuesReopened,
        Event::BackfillRefused(_)
        | Event::OpinionsCollected(_)
        | Event::StepTaken(_)
        | Event::Triaged(_)
        | Event::Accepted(_)
        | Event::Merged(_)
        | Event::RoutingReceived(_)
        | Event::Scheduled(_)
        | Event::Decided(_) => return,
    };
    count(rows, fact, &issue.station, figure);
}

/// The first answer counts. One that was late counts as overdue though nobody had noted that the day passed.
fn answer(rows: &mut Rows<'_>, fact: &Fact, issue: Issue) {
    if issue.answered {
        return;
    }
    count(rows, fact, &issue.station, Figure::IssuesAnswered);
    if let Some(due) = issue.answer_due {
        let in_time = county_date(fact.recorded_at) <= due;
        if in_time {
            count(rows, fact, &issue.station, Figure::AnswersInTime);
        } else if !issue.overdue {
            count(rows, fact, &issue.station, Figure::AnswersOverdue);
        }
    }
    rows.put(Issue { answered: true, ..issue });
}

fn on_survey(rows: &mut Rows<'_>, fact: &Fact, id: SurveyId, event: &survey::Event) {
    use survey::Event;
    match event {
        Event::Opened(opened) => {
            rows.put(Survey { survey: id, station: opened.station.clone() });
        }
        Event::Closed(closed) => {
            if let Some(station) = rows.get::<Survey>(&id).map(|survey| survey.station.clone()) {
                close(rows, fact, &station, closed);
            }
        }
        Event::BallotsIssued(_) | Event::HandedOut(_) | Event::Replied(_) => {}
    }
}

/// A survey below the minimum gives nothing to the rates, lest they tell what it hides.
fn close(rows: &mut Rows<'_>, fact: &Fact, station: &UnitCode, closed: &survey::Closed) {
    let known = rows.get::<Minimum>(&fact.metadata.rulebook).map(|known| known.replies);
    let minimum =
        known.unwrap_or_else(|| *Adopted::shipped().rules.deliberation().survey_minimum_replies);
    count(rows, fact, station, Figure::SurveysClosed);
    add(rows, fact, station, Figure::SurveyEligible, closed.eligible);
    add(rows, fact, station, Figure::SurveyReplies, closed.replies);
    if closed.replies >= minimum {
        add(rows, fact, station, Figure::SurveyCounted, closed.replies);
        add(rows, fact, station, Figure::SurveyRecognised, closed.recognised);
        add(rows, fact, station, Figure::SurveySatisfied, closed.satisfied);
    }
    if let Some(reach) = closed.reach.filter(|reach| reach.asked >= minimum) {
        add(rows, fact, station, Figure::SurveyReachCounted, reach.asked);
        add(rows, fact, station, Figure::SurveyAware, reach.aware);
        add(rows, fact, station, Figure::SurveyTookPart, reach.took_part);
    }
}
