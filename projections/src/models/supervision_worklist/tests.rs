#![allow(clippy::unwrap_used)]
use domain::meeting::Outcome;
use domain::notice::Verdict;
use domain::resolution::Escalation;
use domain::rulebook::{self, Adopted};

use super::*;
use crate::PageRequest;
use crate::testing::*;

const RESOLUTION: &str = "resolution-00000000-0000-0000-0000-000000000001-1";

fn tasks(log: &Log, filter: &Filter) -> Vec<Task> {
    list(log.read().connection(), filter, &PageRequest::default()).unwrap().items
}

/// What waits: kind, whom for, last day.
fn waiting(log: &Log) -> Vec<String> {
    let line = |task: Task| {
        let due = task.due.map_or("-".into(), |due| due.to_string());
        format!("{} {} {due}", task.kind.as_str(), task.waits_for.as_str())
    };
    tasks(log, &Filter::default()).into_iter().map(line).collect()
}

#[test]
fn an_issue_waits_for_the_leading_group_until_it_is_on_an_agenda() {
    let mut log = Log::new();
    let stream = format!("issue-{}", issue_id(1));
    log.on("2022-03-01").add(&stream, issue_registered("V", Some("2022-03-06")));
    let (triage, answer) =
        ("triage_issue leading_group 2022-03-11", "answer_issue leading_group 2022-03-06");
    assert_eq!(waiting(&log), [answer, triage]);
    log.on("2022-03-02").add(&stream, triaged()).add(&stream, issue_answered());
    assert_eq!(waiting(&log), [triage], "held against the list, and not yet decided");
    log.add(&stream, accepted());
    assert_eq!(waiting(&log), ["schedule_issue leading_group 2022-03-12"]);
    log.add(&stream, scheduled(1, 1));
    assert_eq!(waiting(&log), Vec::<String>::new());
    log.on("2022-03-20").add(&stream, decided(1, 1, Outcome::Deferred));
    assert_eq!(waiting(&log), ["schedule_issue leading_group 2022-03-30"]);
    log.add(&stream, rejected());
    assert_eq!(waiting(&log), Vec::<String>::new());
}

#[test]
fn what_was_done_before_a_meeting_waits_for_the_council() {
    let mut log = Log::new();
    let stream = format!("issue-{}", issue_id(1));
    log.add(&stream, issue_registered("V", None)).add(&stream, expedited(12));
    assert_eq!(waiting(&log), ["ratify_issue council -"]);
    log.add(&stream, scheduled(1, 1)).add(&stream, decided(1, 1, Outcome::Deferred));
    log.add(&stream, ratification_missed(1));
    assert_eq!(waiting(&log), ["ratify_issue council -"]);
    log.add(&stream, ratified(2, 1));
    assert_eq!(waiting(&log), Vec::<String>::new());
}

#[test]
fn minutes_wait_from_the_day_of_the_meeting() {
    let mut log = Log::new();
    let stream = |n| format!("meeting-{}", meeting_id(n));
    for n in 1..=2 {
        log.add(&stream(n), convened("V", "2022-03-10", vec![item(1, false)]));
    }
    assert_eq!(waiting(&log), ["seal_minutes leading_group 2022-03-15"; 2]);
    log.add(&stream(1), sealed("2022-03-10", &[Outcome::Adopted]));
    log.add(&stream(2), meeting_cancelled());
    assert_eq!(waiting(&log), Vec::<String>::new());
}

#[test]
fn a_resolution_waits_for_one_after_the_other() {
    let mut log = Log::new();
    let steps: [(_, &[&str]); 13] = [
        (adopted("V", None), &["publicise_resolution leading_group 2022-03-20"]),
        (publicised(1, "2022-03-11", "2022-03-18"), &[]),
        (period_closed(1), &["assign_executor leading_group 2022-03-20"]),
        (assigned(41, "2022-04-01"), &["execute executor 2022-04-01"]),
        (progressed("已购买灯具"), &["execute executor 2022-04-01"]),
        (extended("2022-04-01", "2022-04-09"), &["execute executor 2022-04-09"]),
        (claimed(1), &["verify_completion supervision 2022-03-20"]),
        (returned(1, "2022-04-20"), &["execute executor 2022-04-20"]),
        (claimed(2), &["verify_completion supervision 2022-03-20"]),
        (verified(2), &["inform_branch supervision 2022-03-20"]),
        (branch_informed(), &["inform_meeting leading_group -"]),
        (meeting_informed(2), &["publicise_completion leading_group 2022-03-20"]),
        (completed("2022-04-10", "2022-04-17"), &[]),
    ];
    for (event, waits) in steps {
        let kind = event.kind().name;
        log.on("2022-03-10").add(RESOLUTION, event);
        assert_eq!(waiting(&log), waits, "{kind}");
    }
    log.add(RESOLUTION, resolution_reopened());
    assert_eq!(waiting(&log), ["assign_executor leading_group 2022-03-20"]);
}

#[test]
fn objections_wait_beside_it_and_end_with_it() {
    let mut log = Log::new();
    log.on("2022-03-10").add(RESOLUTION, adopted("V", None));
    log.add(RESOLUTION, publicised(1, "2022-03-11", "2022-03-18"));
    for n in 1..=3 {
        log.add(RESOLUTION, against(n, "2022-03-15", false));
    }
    assert_eq!(waiting(&log), ["answer_objection leading_group 2022-03-15"; 3]);
    log.add(RESOLUTION, escalated(1, Escalation::Overdue, "2022-03-20"));
    log.add(RESOLUTION, ruled(2, Verdict::Upheld));
    let rest = [
        "answer_escalated town 2022-03-20",
        "answer_objection leading_group 2022-03-15",
        "correct_resolution leading_group 2022-03-20",
    ];
    assert_eq!(waiting(&log), rest);
    log.on("2022-03-12").add(RESOLUTION, ruled(1, Verdict::Upheld));
    assert_eq!(waiting(&log), rest[1..], "the correction waits since the first");
    log.add(RESOLUTION, resolution_withdrawn());
    assert_eq!(waiting(&log), Vec::<String>::new());
}

#[test]
fn last_days_follow_the_rulebook_under_which_something_began_to_wait() {
    let mut log = Log::new();
    let mut book = Adopted::shipped().clone();
    book.version = 1;
    let mut figures = book.rules.deliberation().clone();
    figures.step_days.value = 3;
    book.rules.deliberation = Some(Box::new(figures));
    log.on("2022-03-10").add("rulebook-county", rulebook::Event::Adopted(Box::new(book)));
    log.add(RESOLUTION, adopted("V", None));
    assert_eq!(waiting(&log), ["publicise_resolution leading_group 2022-03-20"]);
    log.under(1).add(RESOLUTION, period_closed(1));
    assert_eq!(waiting(&log), ["assign_executor leading_group 2022-03-13"]);
}

#[test]
fn the_worklist_is_listed_by_unit_by_whom_it_waits_for_and_by_what_is_overdue() {
    let mut log = Log::new();
    let other = "resolution-00000000-0000-0000-0000-000000000002-1";
    log.on("2022-03-10").add(RESOLUTION, adopted("V", None)).add(other, adopted("W", None));
    log.on("2022-03-11").add(other, assigned(41, "2022-03-20"));
    log.add(other, claimed(1)).add(other, returned(1, "2022-03-25"));
    let found = |filter| {
        let found = tasks(&log, &filter).into_iter();
        found.map(|task| task.station.to_string()).collect::<Vec<_>>()
    };
    let all = Filter::default;
    assert_eq!(found(all()), ["V", "W"]);
    assert_eq!(found(Filter { within: Some(code("W")), ..all() }), ["W"]);
    assert_eq!(found(Filter { waits_for: Some(WaitsFor::Executor), ..all() }), ["W"]);
    assert_eq!(found(Filter { executor: Some(person(41)), ..all() }), ["W"]);
    assert_eq!(found(Filter { kind: Some(Kind::PubliciseResolution), ..all() }), ["V"]);
    let overdue = |date| found(Filter { overdue_on: Some(day(date)), ..all() });
    assert_eq!(overdue("2022-03-20"), Vec::<String>::new(), "the last day is in time");
    assert_eq!(overdue("2022-03-21"), ["V"]);
    assert_eq!(overdue("2022-03-26"), ["V", "W"]);
}

/// After 村民委员会组织法 §32: whoever is watched could have the watchers changed; so a change during an execution shows.
#[test]
fn a_change_of_supervisors_during_an_execution_is_flagged() {
    use domain::station::Group::{Council, Supervision};
    let mut log = Log::new();
    let changed = |log: &Log| {
        let found = tasks(log, &Filter::default());
        found.iter().map(|task| task.supervisors_changed_on).collect::<Vec<_>>()
    };
    let joins = |group, who| appointed(group, who, "2022-01-01", "2026-12-31");
    log.on("2022-03-09").add("station-V", opened("V")).add("station-V", joins(Supervision, 1));
    log.on("2022-03-10").add(RESOLUTION, adopted("V", None));
    log.add("station-V", joins(Supervision, 2));
    log.on("2022-03-11").add(RESOLUTION, assigned(41, "2022-04-01"));
    log.add("station-V", joins(Council, 3)).add("station-W", joins(Supervision, 3));
    assert_eq!(changed(&log), [None], "before it, elsewhere, or in another group");
    log.on("2022-03-12").add("station-V", joins(Supervision, 4));
    assert_eq!(changed(&log), [Some(day("2022-03-12"))]);
    log.on("2022-03-13").add(RESOLUTION, claimed(1));
    log.on("2022-03-14").add("station-V", member_left(Supervision, 1));
    log.on("2022-03-15").add(RESOLUTION, returned(1, "2022-04-20"));
    assert_eq!(changed(&log), [Some(day("2022-03-14"))], "it is the same execution");
    log.add(RESOLUTION, claimed(2)).add(RESOLUTION, verified(2));
    log.on("2022-03-16").add("station-V", member_left(Supervision, 2));
    assert_eq!(changed(&log), [None], "supervision has judged it");
    let page = PageRequest::default();
    let models = log.read();
    let listed = supervision_changes(models.connection(), &code("V"), &page).unwrap().items;
    let told: Vec<_> =
        listed.iter().map(|it| (it.member, it.left_group, it.changed_on.to_string())).collect();
    let expected =
        [(person(1), true, "2022-03-14".to_owned()), (person(4), false, "2022-03-12".to_owned())];
    assert_eq!(told, expected);
    log.add(RESOLUTION, resolution_reopened()).add(RESOLUTION, assigned(42, "2022-05-01"));
    assert_eq!(changed(&log), [None], "another execution");
}

#[test]
fn what_was_passed_on_waits_for_the_authority_and_then_for_the_station() {
    use domain::issue::RoutingOutcome;
    let mut log = Log::new();
    let stream = |n| format!("issue-{}", issue_id(n));
    log.on("2022-03-01");
    for n in 1..=2 {
        log.add(&stream(n), issue_registered("V", None));
    }
    log.add(&stream(2), triaged()).add(&stream(2), accepted());
    for n in 1..=2 {
        log.add(&stream(n), routed_to("T", "2022-03-16"));
    }
    assert_eq!(waiting(&log), ["reply_routing receiver 2022-03-16"; 2]);
    log.on("2022-03-05").add(&stream(1), routing_replied(RoutingOutcome::Handled));
    log.add(&stream(2), routing_replied(RoutingOutcome::Declined));
    let waits =
        ["schedule_issue leading_group 2022-03-15", "settle_routed leading_group 2022-03-15"];
    assert_eq!(waiting(&log), waits);
    log.add(&stream(1), settled(None)).add(&stream(2), routed_to("T", "2022-03-20"));
    assert_eq!(waiting(&log), ["reply_routing receiver 2022-03-20"]);
    log.add(&stream(2), routing_replied(RoutingOutcome::Handled));
    log.add(&stream(2), routed_to("T", "2022-03-28"));
    assert_eq!(waiting(&log), ["reply_routing receiver 2022-03-28"], "passed on once more");
    // What was passed on before a reply was asked for waits for nobody.
    log.add(&stream(3), issue_registered("V", None)).add(&stream(3), routed_out());
    assert_eq!(waiting(&log).len(), 1);
}
