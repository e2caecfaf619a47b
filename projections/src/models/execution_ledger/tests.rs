#![allow(clippy::unwrap_used)]
use domain::notice::Verdict;
use domain::resolution::{Escalation, Stage};

use super::*;
use crate::PageRequest;
use crate::testing::*;

const STREAM: &str = "resolution-00000000-0000-0000-0000-000000000001-1";

/// A resolution that was publicised without an objection.
fn closed() -> Log {
    let mut log = Log::new();
    log.on("2022-03-10").add(STREAM, adopted("V", Some(3)));
    log.on("2022-03-11").add(STREAM, publicised(1, "2022-03-11", "2022-03-18"));
    log.on("2022-03-19").add(STREAM, period_closed(1));
    log
}

fn entry(log: &Log, today: &str) -> Entry {
    get(log.read().connection(), resolution_id(1, 1), day(today)).unwrap().unwrap()
}

#[test]
fn a_resolution_goes_from_its_notice_to_its_completion() {
    let mut log = closed();
    let steps_of = [
        (assigned(41, "2022-04-01"), Stage::Executing),
        (progressed("已购买灯具"), Stage::Executing),
        (claimed(1), Stage::Claimed),
        (verified(1), Stage::Verified),
        (branch_informed(), Stage::Verified),
        (meeting_informed(2), Stage::Verified),
        (completed("2022-04-10", "2022-04-17"), Stage::Completed),
    ];
    for (event, stage) in steps_of {
        log.on("2022-03-25").add(STREAM, event);
        assert_eq!(entry(&log, "2022-06-01").resolution.stage, stage);
    }
    let done = entry(&log, "2022-06-01");
    assert_eq!(done.days_overdue, 0);
    let row = done.resolution;
    assert_eq!((row.executor, row.verifier), (Some(person(41)), Some(person(31))));
    assert_eq!((row.issue, row.notice_days_total, row.claims), (Some(issue_id(3)), 7, 1));
    assert_eq!(row.meeting_informed, Some(meeting_id(2)));
    assert_eq!(row.result.as_deref(), Some("东巷路灯全部修复"));
    log.add(STREAM, resolution_reopened());
    let row = entry(&log, "2022-06-01").resolution;
    assert_eq!((row.stage, row.reopened, row.claims), (Stage::Closed, 1, 1));
    assert_eq!((row.executor, row.completed_at, row.result), (None, None, None));
}

#[test]
fn a_claim_stops_the_clock_and_a_return_starts_it_again() {
    let mut log = closed();
    log.on("2022-03-20").add(STREAM, assigned(41, "2022-04-01"));
    assert_eq!(entry(&log, "2022-04-01").days_overdue, 0, "the last day is in time");
    assert_eq!(entry(&log, "2022-05-01").days_overdue, 30);
    log.on("2022-04-02").add(STREAM, execution_overdue("2022-04-01"));
    assert_eq!(entry(&log, "2022-05-01").resolution.overdue_since, Some(day("2022-04-01")));
    log.on("2022-04-04").add(STREAM, claimed(1));
    assert_eq!(entry(&log, "2022-05-01").days_overdue, 3, "as late as the claim was");
    log.on("2022-04-08").add(STREAM, returned(1, "2022-04-15"));
    let row = entry(&log, "2022-04-20");
    assert_eq!((row.days_overdue, row.resolution.returns), (5, 1));
    assert_eq!(row.resolution.overdue_since, None, "of the new last day nothing is on record");
    log.on("2022-04-16").add(STREAM, extended("2022-04-15", "2022-04-30"));
    let row = entry(&log, "2022-04-20");
    assert_eq!((row.days_overdue, row.resolution.extended), (0, 1));
}

#[test]
fn an_upheld_objection_stops_the_execution() {
    let mut log = closed();
    log.add(STREAM, assigned(41, "2022-04-01"))
        .add(STREAM, against(1, "2022-03-25", true))
        .add(STREAM, escalated(1, Escalation::Late, "2022-03-25"));
    let row = entry(&log, "2022-03-21").resolution;
    let counts = (row.objections_filed, row.objections_open, row.objections_late);
    assert_eq!((counts, row.stage), ((1, 1, 1), Stage::Executing));
    log.add(STREAM, ruled(1, Verdict::Upheld));
    let row = entry(&log, "2022-05-01");
    assert_eq!((row.resolution.stage, row.days_overdue), (Stage::AwaitingCorrection, 0));
    assert_eq!((row.resolution.executor, row.resolution.due), (None, None));
    log.add(STREAM, text_corrected()).add(STREAM, publicised(2, "2022-03-26", "2022-04-02"));
    let row = entry(&log, "2022-05-01").resolution;
    assert_eq!((row.stage, row.period, row.notice_days_total), (Stage::Publicised, 2, 14));
    assert_eq!((row.text.as_str(), row.corrections), ("费用由村集体承担", 1));
    log.add(STREAM, resolution_withdrawn());
    assert_eq!(entry(&log, "2022-05-01").resolution.stage, Stage::Withdrawn);
}

#[test]
fn an_objection_that_goes_up_after_its_answer_is_open_again() {
    let mut log = closed();
    log.add(STREAM, against(1, "2022-03-16", false))
        .add(STREAM, objection_overdue(1, "2022-03-16"))
        .add(STREAM, escalated(1, Escalation::Overdue, "2022-03-22"))
        .add(STREAM, against(2, "2022-03-17", false))
        .add(STREAM, ruled(2, Verdict::Dismissed));
    let open = |log: &Log| entry(log, "2022-03-21").resolution.objections_open;
    assert_eq!(open(&log), 1);
    log.add(STREAM, escalated(2, Escalation::Unsatisfied, "2022-03-24"));
    let row = entry(&log, "2022-03-21").resolution;
    let counts = (row.objections_open, row.objections_escalated, row.objections_overdue);
    assert_eq!(counts, (2, 2, 1));
}

#[test]
fn steps_and_evidence_tell_the_life_without_what_objections_say() {
    let mut log = closed();
    log.add(STREAM, against(1, "2022-03-25", true)).add(STREAM, ruled(1, Verdict::Dismissed));
    log.add(STREAM, assigned(41, "2022-04-01")).add(STREAM, claimed(1));
    let told: Vec<_> = log.facts.iter().filter_map(Step::of).collect();
    let kinds: Vec<_> = told.iter().map(|step| step.kind.as_str()).collect();
    let expected = [
        "adopted",
        "publicised",
        "notice_closed",
        "objection_filed",
        "objection_answered",
        "assigned",
        "completion_claimed",
    ];
    assert_eq!(kinds, expected);
    assert_eq!((told[5].day, told[5].note.as_deref()), (Some(day("2022-04-01")), Some("村电工")));
    let shown = serde_json::to_string(&told).unwrap();
    assert!(!shown.contains("费用分摊不公") && !shown.contains("已重新核算"));
    let pieces: Vec<_> = told.iter().map(|step| step.evidence.len()).collect();
    assert_eq!(pieces, [0, 1, 0, 0, 0, 0, 2]);
    let (models, page) = (log.read(), PageRequest::default());
    let texts = objection_texts(models.connection(), resolution_id(1, 1), &page).unwrap().items;
    assert_eq!(
        (texts[0].ground.as_str(), texts[0].answer.as_deref()),
        ("费用分摊不公", Some("已重新核算"))
    );
}

#[test]
fn the_ledger_is_listed_by_stage_executor_and_what_is_overdue() {
    let mut log = closed();
    log.add(STREAM, assigned(41, "2022-04-01"));
    let other = "resolution-00000000-0000-0000-0000-000000000002-1";
    log.add(other, adopted("W", None)).add(other, assigned(42, "2022-05-01"));
    let models = log.read();
    let found = |filter| {
        let page = PageRequest::default();
        let found = list(models.connection(), day("2022-04-15"), &filter, &page).unwrap().items;
        found.into_iter().map(|entry| entry.resolution.executor.unwrap()).collect::<Vec<_>>()
    };
    let all = Filter::default;
    assert_eq!(found(all()), [person(42), person(41)]);
    assert_eq!(found(Filter { overdue: true, ..all() }), [person(41)]);
    assert_eq!(found(Filter { executor: Some(person(42)), ..all() }), [person(42)]);
    assert_eq!(found(Filter { within: Some(code("V")), ..all() }), [person(41)]);
    assert_eq!(found(Filter { stage: Some(Stage::Closed), ..all() }), []);
}
