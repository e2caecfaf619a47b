#![allow(clippy::unwrap_used)]
use domain::meeting::Outcome;

use super::*;
use crate::testing::*;

fn issue(n: u64) -> String {
    format!("issue-{}", issue_id(n))
}

/// A meeting of V on a day, called that morning, with one topic that ratifies issue 1.
fn meet(log: &mut Log, meeting: u128, on: &str, outcome: Outcome) {
    called(log, meeting, on, domain::meeting::Body::Council);
    log.add(&format!("meeting-{}", meeting_id(meeting)), sealed(on, &[outcome]));
}

fn called(log: &mut Log, meeting: u128, on: &str, body: domain::meeting::Body) {
    let mut event = convened("V", on, vec![item(1, true)]);
    if let domain::Event::Meeting(domain::meeting::Event::Convened(convened)) = &mut event {
        convened.body = body;
    }
    log.add(&format!("meeting-{}", meeting_id(meeting)), event);
}

fn to_miss(log: &Log, today: &str) -> Vec<(u64, u128)> {
    let found = ratifications_to_miss(log.read().connection(), day(today), 9).unwrap();
    found.into_iter().map(|(issue, meeting)| (issue.bits(), meeting.0.as_u128())).collect()
}

#[test]
fn the_first_meeting_after_it_should_ratify_what_could_not_wait() {
    let mut log = Log::new();
    log.on("2022-02-20");
    meet(&mut log, 1, "2022-02-20", Outcome::NotAdopted);
    log.on("2022-03-01").add(&issue(1), issue_registered("V", None)).add(&issue(1), expedited(12));
    log.add(&issue(2), issue_registered("W", None)).add(&issue(2), expedited(12));
    assert_eq!(to_miss(&log, "2022-03-31"), [], "no meeting of its station was held since");
    log.on("2022-03-02");
    meet(&mut log, 3, "2022-03-20", Outcome::NotAdopted);
    assert_eq!(to_miss(&log, "2022-03-31"), [(1, 3)]);
    log.add(&issue(1), ratification_missed(3));
    assert_eq!(to_miss(&log, "2022-03-31"), [], "once");
    meet(&mut log, 4, "2022-04-20", Outcome::NotAdopted);
    assert_eq!(to_miss(&log, "2022-04-30"), [], "the next meeting was the one that mattered");
    // The minutes of an earlier one are sealed later.
    meet(&mut log, 2, "2022-03-10", Outcome::Deferred);
    assert_eq!(to_miss(&log, "2022-04-30"), [(1, 2)]);
    log.add(&issue(1), ratified(4, 1));
    assert_eq!(to_miss(&log, "2022-04-30"), []);
}

#[test]
fn a_meeting_that_adopted_it_ratifies_it_any_moment() {
    let mut log = Log::new();
    log.on("2022-03-01").add(&issue(1), issue_registered("V", None)).add(&issue(1), expedited(12));
    log.on("2022-03-02");
    meet(&mut log, 1, "2022-03-20", Outcome::Adopted);
    assert_eq!(to_miss(&log, "2022-03-31"), []);
}

/// Who called a meeting before could not put on its agenda what happened afterwards; and the council ratifies.
#[test]
fn only_a_council_meeting_called_after_it_should_ratify() {
    use domain::meeting::Body;
    let mut log = Log::new();
    log.on("2022-02-20");
    called(&mut log, 1, "2022-03-20", Body::Council);
    log.on("2022-03-01").add(&issue(1), issue_registered("V", None)).add(&issue(1), expedited(12));
    log.on("2022-03-02");
    called(&mut log, 2, "2022-03-10", Body::Villagers);
    for (meeting, on) in [(2, "2022-03-10"), (1, "2022-03-20")] {
        log.add(&format!("meeting-{}", meeting_id(meeting)), sealed(on, &[Outcome::Deferred]));
    }
    assert_eq!(to_miss(&log, "2022-03-31"), []);
    meet(&mut log, 3, "2022-03-25", Outcome::Deferred);
    assert_eq!(to_miss(&log, "2022-03-31"), [(1, 3)]);
}

#[test]
fn of_many_only_so_many_are_given_the_longest_due_first() {
    let mut log = Log::new();
    for (n, due) in [(1, "2022-03-03"), (2, "2022-03-01"), (3, "2022-03-02")] {
        log.add(&issue(n), issue_registered("V", Some(due)));
    }
    let given =
        |today, limit| issues_to_answer(log.read().connection(), day(today), limit).unwrap();
    assert_eq!(given("2022-03-03", 9), [issue_id(2), issue_id(3)]);
    assert_eq!(given("2022-03-03", 1), [issue_id(2)]);
    assert_eq!(given("2022-03-04", 9).len(), 3);
}

#[test]
fn a_presence_ends_a_day_after_an_activity_that_nobody_closed() {
    use domain::{activity, service};
    let (mut log, id) = (Log::new(), activity_id(1));
    let stream = format!("activity-{id}");
    let came = |number: u64| (format!("service-{}", person(number)), noon("2021-12-01"));
    log.add(&stream, published_activity("A")).add(&stream, signed_up(1)).add(&stream, signed_up(2));
    log.add(&stream, activity::Event::Started(activity::Started { participants: 3 }));
    for number in [1, 2] {
        let (service, at) = came(number);
        log.add(&service, service::Event::CheckedIn(service::CheckedIn { activity: id, at }));
    }
    let (service, at) = came(2);
    let left = service::CheckedOut { activity: id, at, forgotten: false };
    log.add(&service, service::Event::CheckedOut(left));
    let due = |log: &Log, today| presences_to_end(log.read().connection(), day(today), 9).unwrap();
    // Announced until noon of the 2nd.
    assert_eq!(due(&log, "2021-12-03"), []);
    assert_eq!(due(&log, "2021-12-04"), [(id, person(1))]);
    let (ended_at, summary) = (noon("2021-12-02"), text("顺利"));
    log.add(&stream, activity::Event::Closed(activity::Closed { ended_at, summary }));
    assert_eq!(due(&log, "2021-12-04"), [], "its closing ends the presence");
}

#[test]
fn a_reply_is_overdue_after_its_last_day_once() {
    let mut log = Log::new();
    log.on("2022-03-01");
    for n in 1..=4 {
        log.add(&issue(n), issue_registered("V", None));
    }
    log.add(&issue(1), routed_to("T", "2022-03-16")).add(&issue(2), routed_to("T", "2022-03-10"));
    log.add(&issue(3), routed_to("T", "2022-03-10")).add(&issue(4), routed_out());
    log.add(&issue(3), routing_replied(domain::issue::RoutingOutcome::Handled));
    let due = |log: &Log, today: &str| {
        let found = routings_to_miss(log.read().connection(), day(today), 9).unwrap();
        found.into_iter().map(|issue| issue.bits()).collect::<Vec<_>>()
    };
    assert_eq!(due(&log, "2022-03-10"), Vec::<u64>::new(), "the last day is in time");
    assert_eq!(due(&log, "2022-03-11"), [2]);
    assert_eq!(due(&log, "2023-03-17"), [2, 1], "of earlier days no reply was asked for");
    log.add(&issue(2), routing_overdue("2022-03-10"));
    assert_eq!(due(&log, "2023-03-17"), [1]);
}
