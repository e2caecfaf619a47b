//! On the agenda, decided, settled, reopened.

use super::*;

pub(super) fn meeting(number: u128) -> MeetingId {
    MeetingId(uuid::Uuid::from_u128(number))
}

fn resolution(number: u128, topic: u8) -> ResolutionId {
    ResolutionId { meeting: meeting(number), topic }
}

pub(super) fn schedule(number: u128, topic: u8) -> Command {
    Command::Schedule { meeting: meeting(number), topic, ratifies: false }
}

pub(super) fn schedule_to_ratify(number: u128, topic: u8) -> Command {
    Command::Schedule { meeting: meeting(number), topic, ratifies: true }
}

pub(super) fn scheduled(number: u128, topic: u8) -> Event {
    Event::Scheduled(Scheduled { meeting: meeting(number), topic })
}

pub(super) fn decide(number: u128, topic: u8, outcome: Outcome) -> Command {
    Command::Decide { meeting: meeting(number), topic, outcome }
}

fn decided(number: u128, topic: u8, outcome: Outcome) -> Event {
    Event::Decided(Decided { meeting: meeting(number), topic, outcome })
}

pub(super) fn settle(resolution: Option<ResolutionId>) -> Command {
    Command::Settle { resolution, result: text("已建成收集点") }
}

fn settled(resolution: Option<ResolutionId>) -> Event {
    Event::Settled(Settled { resolution, result: text("已建成收集点") })
}

pub(super) fn reopen(number: u128, topic: u8) -> Command {
    Command::Reopen { resolution: resolution(number, topic) }
}

/// Accepted, and on the agenda of meeting 1 as topic 2.
fn on_agenda() -> Scene<Issue> {
    having(accepted().into_iter().chain([scheduled(1, 2)]))
}

fn adopted() -> Scene<Issue> {
    on_agenda().when(decide(1, 2, Outcome::Adopted)).granted()
}

#[test]
fn an_accepted_issue_is_on_one_agenda_at_a_time() {
    for history in [vec![], vec![triaged("G2")]] {
        having(history).when(schedule(1, 2)).refused("issue.not_accepted");
    }
    let issue = having(accepted())
        .when(schedule(1, 2))
        .then([scheduled(1, 2)])
        .when(schedule(1, 2))
        .then([]);
    assert_eq!(issue.state().stage(), Some(Stage::Scheduled));
    assert!(issue.state().is_open());
    let commands =
        [schedule(2, 1), triage("G3", true), merge(2, true), reject(), route_out(), settle(None)];
    for command in commands {
        issue.clone().when(command).refused("issue.on_agenda");
    }
}

#[test]
fn only_the_meeting_that_has_it_on_its_agenda_decides() {
    for (number, topic) in [(1, 1), (2, 2)] {
        on_agenda().when(decide(number, topic, Outcome::Adopted)).refused("issue.not_on_agenda");
    }
    having(accepted()).when(decide(1, 2, Outcome::Adopted)).refused("issue.not_on_agenda");
}

#[test]
fn what_was_put_off_or_voted_down_may_go_on_another_agenda() {
    let deferred =
        on_agenda().when(decide(1, 2, Outcome::Deferred)).then([decided(1, 2, Outcome::Deferred)]);
    assert_eq!(deferred.state().stage(), Some(Stage::Accepted));
    deferred.when(schedule(2, 1)).then([scheduled(2, 1)]);

    let voted_down = on_agenda().when(decide(1, 2, Outcome::NotAdopted)).then([decided(
        1,
        2,
        Outcome::NotAdopted,
    )]);
    assert_eq!(voted_down.state().stage(), Some(Stage::Decided));
    for command in [triage("G2", true), reject(), settle(None)] {
        voted_down.clone().when(command).refused("issue.ended");
    }
    let again = voted_down
        .when(settle(Some(resolution(1, 2))))
        .refused("issue.other_resolution")
        .when(schedule(2, 1))
        .then([scheduled(2, 1)])
        .when(decide(1, 2, Outcome::Deferred))
        .refused("issue.not_on_agenda");
    let deferred = again.clone().when(decide(2, 1, Outcome::Deferred)).granted();
    assert_eq!(deferred.state().stage(), Some(Stage::Accepted));
    deferred.when(schedule(3, 1)).granted();
    again.when(decide(2, 1, Outcome::Adopted)).then([decided(2, 1, Outcome::Adopted)]);
}

#[test]
fn an_issue_comes_back_when_its_resolution_is_withdrawn() {
    let back = adopted()
        .when(schedule(2, 1))
        .refused("issue.ended")
        .when(decide(1, 1, Outcome::Deferred))
        .refused("issue.not_on_agenda")
        .when(decide(1, 2, Outcome::Deferred))
        .then([decided(1, 2, Outcome::Deferred)])
        .when(decide(1, 2, Outcome::Deferred))
        .refused("issue.not_on_agenda");
    assert_eq!(back.state().stage(), Some(Stage::Accepted));
    assert_eq!(back.state().topic(), Some(&topic("G2")));
    back.when(settle(Some(resolution(1, 2))))
        .refused("issue.other_resolution")
        .when(schedule(2, 1))
        .then([scheduled(2, 1)]);
    // Also when it was settled and reopened before; not while it is settled.
    let settled = adopted().when(settle(Some(resolution(1, 2)))).granted();
    settled
        .when(decide(1, 2, Outcome::Deferred))
        .refused("issue.not_on_agenda")
        .when(reopen(1, 2))
        .granted()
        .when(decide(1, 2, Outcome::Deferred))
        .then([decided(1, 2, Outcome::Deferred)]);
}

#[test]
fn what_was_accepted_is_not_settled_by_an_answer() {
    having(accepted()).when(answer()).granted().when(settle(None)).refused("issue.awaits_meeting");
}

#[test]
fn an_issue_without_a_decision_is_settled_by_an_answer() {
    for history in [vec![], vec![triaged("G2")]] {
        let issue = having(history)
            .when(settle(None))
            .refused("issue.unanswered")
            .when(settle(Some(resolution(1, 2))))
            .refused("issue.other_resolution")
            .when(answer())
            .granted()
            .when(settle(None))
            .then([settled(None)])
            .when(settle(None))
            .refused("issue.ended")
            .when(reopen(1, 2))
            .refused("issue.not_settled_by");
        assert_eq!(issue.state().stage(), Some(Stage::Settled));
    }
}

#[test]
fn an_adopted_issue_is_settled_by_its_own_resolution() {
    adopted()
        .when(decide(1, 2, Outcome::Adopted))
        .then([])
        .when(answer())
        .granted()
        .when(settle(None))
        .refused("issue.awaits_resolution")
        .when(settle(Some(resolution(1, 1))))
        .refused("issue.other_resolution")
        .when(settle(Some(resolution(1, 2))))
        .then([settled(Some(resolution(1, 2)))])
        .when(settle(Some(resolution(1, 2))))
        .then([]);
}

#[test]
fn a_settled_issue_is_reopened_by_the_resolution_that_settled_it() {
    let by = || Some(resolution(1, 2));
    let issue = adopted()
        .when(reopen(1, 2))
        .refused("issue.not_settled_by")
        .when(settle(by()))
        .granted()
        .when(reopen(2, 2))
        .refused("issue.not_settled_by")
        .when(reopen(1, 2))
        .then([Event::Reopened(Reopened { resolution: resolution(1, 2) })]);
    assert_eq!(issue.state().stage(), Some(Stage::Decided));
    issue.when(settle(by())).then([settled(by())]);
}
