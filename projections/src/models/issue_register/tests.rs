#![allow(clippy::unwrap_used)]
use domain::issue::{RoutingOutcome, Stage};
use domain::meeting::Outcome;

use super::*;
use crate::PageRequest;
use crate::testing::*;

fn stream(n: u64) -> String {
    format!("issue-{}", issue_id(n))
}

fn issue(log: &Log, n: u64) -> Issue {
    get(log.read().connection(), issue_id(n)).unwrap().unwrap()
}

#[test]
fn numbers_run_within_a_station_and_a_year() {
    let mut log = Log::new();
    log.on("2021-12-31").add(&stream(1), issue_registered("V", None));
    log.on("2022-01-01").add(&stream(2), issue_registered("V", None));
    log.add(&stream(3), issue_registered("W", None)).add(&stream(4), issue_registered("V", None));
    let numbers = [1, 2, 3, 4].map(|n| issue(&log, n).number);
    let expected =
        ["议题〔2021〕第1号", "议题〔2022〕第1号", "议题〔2022〕第1号", "议题〔2022〕第2号"];
    assert_eq!(numbers, expected);
}

#[test]
fn an_asker_stands_in_no_table() {
    let mut log = Log::new();
    log.add(&stream(1), issue_registered("V", Some("2022-03-06")))
        .add(&stream(1), issue_answered());
    let found = issue(&log, 1);
    assert!(found.has_asker && found.registrar.is_none());
    let shown = serde_json::to_string(&found).unwrap();
    assert!(shown.contains("已列入下次议事") && !shown.contains(&person(77).to_string()));
}

#[test]
fn an_issue_follows_its_meeting_and_its_resolution() {
    let mut log = Log::new();
    let resolution = resolution_id(2, 1);
    let steps = [
        (triaged(), Stage::Triaged),
        (accepted(), Stage::Accepted),
        (scheduled(1, 3), Stage::Scheduled),
        (decided(1, 3, Outcome::Deferred), Stage::Accepted),
        (scheduled(2, 1), Stage::Scheduled),
        (decided(2, 1, Outcome::Adopted), Stage::Decided),
        (settled(Some(resolution)), Stage::Settled),
        (issue_reopened(resolution), Stage::Decided),
    ];
    log.add(&stream(1), issue_registered("V", None));
    for (event, stage) in steps {
        log.add(&stream(1), event);
        assert_eq!(issue(&log, 1).stage, stage);
    }
    let found = issue(&log, 1);
    assert_eq!((found.meeting, found.meeting_topic), (Some(meeting_id(2)), Some(1)));
    assert_eq!((found.resolution, found.reopened), (Some(resolution), 1));
    assert_eq!((found.settled_at, found.result), (None, None), "not settled any more");
}

#[test]
fn other_ends_name_where_it_went_and_why() {
    let mut log = Log::new();
    for n in 1..=4 {
        log.add(&stream(n), issue_registered("V", None));
    }
    log.add(&stream(1), merged(2)).add(&stream(2), rejected()).add(&stream(3), routed_out());
    log.add(&stream(4), decided(1, 1, Outcome::NotAdopted));
    let stages = [1, 2, 3, 4].map(|n| issue(&log, n).stage);
    assert_eq!(stages, [Stage::Merged, Stage::Rejected, Stage::RoutedOut, Stage::Decided]);
    assert_eq!(issue(&log, 1).merged_into, Some(issue_id(2)));
    assert_eq!(issue(&log, 2).reason.as_deref(), Some("不属于议事范围"));
    assert_eq!(issue(&log, 3).routed_to.as_deref(), Some("县供电公司"));
    assert_eq!(issue(&log, 4).outcome, Some(Outcome::NotAdopted));
    assert_eq!(issue(&log, 4).resolution, None);
}

#[test]
fn lists_find_what_was_expedited_and_waits_for_a_meeting() {
    let mut log = Log::new();
    for n in 1..=3 {
        log.add(&stream(n), issue_registered("V", None));
    }
    log.add(&stream(1), expedited(12)).add(&stream(2), expedited(12));
    log.add(&stream(2), ratification_missed(7)).add(&stream(2), ratified(8, 1));
    log.add(&stream(3), answer_overdue("2022-03-06"));
    let models = log.read();
    let found = |filter| {
        let page = PageRequest::default();
        let found = list(models.connection(), &filter, &page).unwrap().items;
        found.into_iter().map(|issue| issue.issue).collect::<Vec<_>>()
    };
    let within = Some(code("V"));
    let unratified = |waits| Filter { unratified: Some(waits), ..Filter::default() };
    assert_eq!(found(unratified(true)), [issue_id(1)]);
    assert_eq!(found(unratified(false)), [issue_id(3), issue_id(2)]);
    assert_eq!(found(Filter { within, ..Filter::default() }).len(), 3);
    assert_eq!(found(Filter { within: Some(code("W")), ..Filter::default() }), []);
    assert_eq!(found(Filter { answer_overdue: Some(true), ..Filter::default() }), [issue_id(3)]);
    let late = issue(&log, 2);
    assert_eq!((late.ratification_missed, late.ratified_by), (1, Some(meeting_id(8))));
    assert_eq!(late.approver, Some(person(12)));
}

#[test]
fn what_was_passed_on_has_a_last_day_a_receipt_and_a_reply() {
    let mut log = Log::new();
    log.add("unit-T", unit_registered("T", domain::unit::Kind::Town, None));
    log.on("2022-03-01");
    for n in 1..=3 {
        log.add(&stream(n), issue_registered("V", None));
        log.add(&stream(n), routed_to("T", "2022-03-16"));
    }
    log.add(&stream(1), routing_received("2022-03-02"));
    let waiting = issue(&log, 1);
    assert_eq!(waiting.routed_at, Some(noon("2022-03-01")));
    assert_eq!((waiting.receiver, waiting.routing_due), (Some(code("T")), Some(day("2022-03-16"))));
    assert_eq!(waiting.routing_received_on, Some(day("2022-03-02")));
    assert_eq!((waiting.solution, waiting.routing_outcome), (Some(Solution::RoutedOut), None));
    log.on("2022-03-17").add(&stream(1), routing_overdue("2022-03-16"));
    log.add(&stream(2), routing_overdue("2022-03-16"));
    log.on("2022-03-20").add(&stream(1), routing_replied(RoutingOutcome::Handled));
    log.add(&stream(1), settled(None));
    log.add(&stream(3), accepted()).add(&stream(3), routing_replied(RoutingOutcome::Declined));
    let handled = issue(&log, 1);
    assert_eq!((handled.stage, handled.solution), (Stage::Settled, Some(Solution::RoutedOut)));
    assert_eq!(handled.routing_reply.as_deref(), Some("已责令拆除"));
    assert!(handled.routing_overdue, "a reply that came late was late");
    let declined = issue(&log, 3);
    assert_eq!((declined.stage, declined.solution), (Stage::Accepted, None));
    let models = log.read();
    let found = |filter| {
        let found = list(models.connection(), &filter, &PageRequest::default()).unwrap().items;
        found.into_iter().map(|issue| issue.issue).collect::<Vec<_>>()
    };
    let all = Filter::default;
    let (two, one) = (issue_id(2), issue_id(1));
    assert_eq!(found(Filter { awaits_reply: Some(true), ..all() }), [two]);
    assert_eq!(found(Filter { routing_overdue: Some(true), ..all() }).len(), 2);
    assert!(found(Filter { awaits_reply: Some(false), ..all() }).contains(&one));
    assert_eq!(found(Filter { receiver: Some(code("T")), ..all() }).len(), 3);
    assert_eq!(found(Filter { receiver: Some(code("W")), ..all() }), []);
}

/// 解决方式 is how an issue came to its end; what the asker wished is another field.
#[test]
fn the_solution_is_how_it_came_to_its_end() {
    let mut log = Log::new();
    let resolution = resolution_id(1, 1);
    let ends: [(Vec<domain::Event>, Option<Solution>); 8] = [
        (vec![], None),
        (vec![issue_answered(), settled(None)], Some(Solution::Answered)),
        (vec![opinions_collected(), settled(None)], Some(Solution::OnTheSpot)),
        (
            vec![decided(1, 1, Outcome::Adopted), settled(Some(resolution))],
            Some(Solution::Resolved),
        ),
        (
            vec![
                decided(1, 1, Outcome::Adopted),
                settled(Some(resolution)),
                issue_reopened(resolution),
            ],
            None,
        ),
        (vec![expedited(12), ratified(1, 1), settled(None)], Some(Solution::Ratified)),
        (vec![merged(1)], Some(Solution::Merged)),
        (vec![rejected()], Some(Solution::Rejected)),
    ];
    for (n, (events, solution)) in (1..).zip(ends) {
        let mut registered = issue_registered("V", None);
        if let domain::Event::Issue(domain::issue::Event::Registered(one)) = &mut registered {
            one.wish = Some(text("更换路灯"));
        }
        log.add(&stream(n), registered);
        for event in events {
            log.add(&stream(n), event);
        }
        let found = issue(&log, n);
        assert_eq!((found.solution, found.wish.as_deref()), (solution, Some("更换路灯")), "{n}");
    }
}
