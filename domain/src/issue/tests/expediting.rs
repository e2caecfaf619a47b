//! 急事急议、特事特议 and their ratification.

use super::deliberating::{decide, meeting, schedule, schedule_to_ratify, scheduled, settle};
use super::*;

pub(super) fn expedite(approver: Option<u64>, leads: bool) -> Command {
    Command::Expedite {
        kind: Expedition::Urgent,
        approver: approver.map(person),
        leads,
        reason: text("暴雨将至"),
        measure: text("先行疏通排水沟"),
    }
}

pub(super) fn expedited() -> Event {
    let (kind, approver): (_, PersonId) = (Expedition::Urgent, person(LEADER));
    let (reason, measure) = (text("暴雨将至"), text("先行疏通排水沟"));
    Event::Expedited(Expedited { kind, approver, reason, measure })
}

pub(super) fn ratify(number: u128) -> Command {
    Command::Ratify { meeting: meeting(number), topic: 1 }
}

fn ratified(number: u128) -> Event {
    Event::Ratified(Ratified { meeting: meeting(number), topic: 1 })
}

pub(super) fn miss(number: u128) -> Command {
    Command::MissRatification { meeting: meeting(number) }
}

fn missed(number: u128) -> Event {
    Event::RatificationMissed(RatificationMissed { meeting: meeting(number) })
}

#[test]
fn what_cannot_wait_is_approved_by_another_of_the_leading_group() {
    let issue = having([])
        .when(expedite(None, true))
        .refused("issue.no_approver")
        .when(expedite(Some(LEADER), false))
        .refused("issue.approver_not_leading")
        .when(expedite(Some(REGISTRAR), true))
        .refused("issue.self_approved")
        .when(expedite(Some(LEADER), true))
        .then([expedited()])
        .when(expedite(Some(LEADER), true))
        .refused("issue.already_expedited");
    assert!(issue.state().expedited_unratified() && !having([]).state().expedited_unratified());
    assert_eq!(issue.state().stage(), Some(Stage::Registered));
    for history in [vec![triaged("G2")], accepted().to_vec()] {
        having(history).when(expedite(Some(LEADER), true)).then([expedited()]);
    }
}

#[test]
fn only_an_open_issue_on_no_agenda_is_expedited() {
    let scheduled = having(accepted()).when(schedule(1, 1)).granted();
    let decided = scheduled.clone().when(decide(1, 1, Outcome::Adopted)).granted();
    scheduled.when(expedite(Some(LEADER), true)).refused("issue.on_agenda");
    decided.when(expedite(Some(LEADER), true)).refused("issue.ended");
}

#[test]
fn only_what_was_done_ahead_is_ratified_and_once() {
    having([])
        .when(ratify(1))
        .refused("issue.not_expedited")
        .when(miss(1))
        .refused("issue.not_expedited");
    let issue = having([expedited()])
        .when(schedule_to_ratify(1, 1))
        .then([scheduled(1, 1)])
        .when(ratify(1))
        .then([ratified(1)])
        .when(ratify(1))
        .then([])
        .when(ratify(2))
        .refused("issue.ratified")
        .when(miss(2))
        .refused("issue.ratified")
        .when(decide(1, 1, Outcome::Adopted))
        .then([]);
    assert_eq!(issue.state().stage(), Some(Stage::Decided));
    assert!(!issue.state().expedited_unratified());
}

#[test]
fn what_was_done_ahead_is_adopted_by_ratifying_it() {
    let issue = having([expedited(), scheduled(1, 1)])
        .when(decide(1, 1, Outcome::Adopted))
        .refused("issue.unratified")
        .when(ratify(1))
        .then([ratified(1)])
        .when(decide(1, 1, Outcome::Adopted))
        .then([])
        .when(answer())
        .granted()
        .when(settle(None))
        .granted();
    assert_eq!(issue.state().stage(), Some(Stage::Settled));
}

#[test]
fn a_meeting_that_does_not_ratify_is_noted_once_and_a_later_one_may() {
    for outcome in [Outcome::NotAdopted, Outcome::Deferred] {
        let issue = having([expedited(), scheduled(1, 1)])
            .when(decide(1, 1, outcome))
            .granted()
            .when(miss(1))
            .then([missed(1)])
            .when(miss(1))
            .then([])
            .when(schedule_to_ratify(2, 1))
            .then([scheduled(2, 1)])
            .when(miss(2))
            .then([missed(2)])
            .when(ratify(2))
            .then([ratified(2)]);
        assert!(!issue.state().expedited_unratified());
    }
}

#[test]
fn what_was_done_ahead_goes_on_an_agenda_for_ratification_and_nothing_else_does() {
    for history in [vec![expedited()], [&accepted()[..], &[expedited()]].concat()] {
        having(history).when(schedule(1, 1)).refused("issue.unratified");
    }
    having(accepted()).when(schedule_to_ratify(1, 1)).refused("issue.not_expedited");
    let ratified = having(accepted().into_iter().chain([expedited(), ratified(1)]));
    ratified.clone().when(schedule_to_ratify(2, 1)).refused("issue.ratified");
    ratified.when(schedule(2, 1)).then([scheduled(2, 1)]);
    for (ratifies, fits) in [(true, true), (false, false)] {
        assert_eq!(having([expedited()]).state().fits_agenda(ratifies).is_ok(), fits);
    }
}

#[test]
fn what_a_meeting_denied_may_be_rejected_or_ratified_later() {
    let denied = having([expedited(), answered(), scheduled(1, 1)])
        .when(decide(1, 1, Outcome::NotAdopted))
        .granted();
    for command in [merge(2, true), route_out(), settle(None)] {
        denied.clone().when(command).refused("issue.unratified");
    }
    let rejected = denied
        .clone()
        .when(reject())
        .then([Event::Rejected(Rejected { reason: text("属个人纠纷") })]);
    assert!(denied.state().expedited_unratified() && !rejected.state().expedited_unratified());
    for command in [ratify(2), miss(2), schedule_to_ratify(2, 1)] {
        rejected.clone().when(command).refused("issue.ended");
    }
    denied.when(schedule_to_ratify(2, 1)).granted().when(ratify(2)).then([ratified(2)]);
    // Put off is not denied.
    having([expedited(), scheduled(1, 1)])
        .when(decide(1, 1, Outcome::Deferred))
        .granted()
        .when(reject())
        .refused("issue.unratified");
}

/// What only ratified has no resolution that could be withdrawn.
#[test]
fn a_ratification_does_not_come_back() {
    having([expedited(), scheduled(1, 1)])
        .when(ratify(1))
        .granted()
        .when(decide(1, 1, Outcome::Deferred))
        .refused("issue.not_on_agenda");
}

#[test]
fn what_was_done_ahead_is_not_put_away_before_a_meeting_ratified_it() {
    for (command, ..) in dismissals() {
        having([expedited()]).when(command).refused("issue.unratified");
    }
    having([expedited(), answered()])
        .when(settle(None))
        .refused("issue.unratified")
        .when(ratify(1))
        .granted()
        .when(settle(None))
        .granted();
}
