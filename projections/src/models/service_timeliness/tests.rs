#![allow(clippy::unwrap_used)]
use domain::service;

use super::*;
use crate::PageRequest;
use crate::testing::*;

fn stream() -> String {
    format!("service-{}", person(1))
}

fn by_organiser(log: &Log, unit: &str) -> ByOrganiser {
    let page = organisers(log.read().connection(), Some(&code(unit)), &PageRequest::default());
    page.unwrap().items.remove(0)
}

#[test]
fn a_record_is_late_after_its_last_day() {
    let mut log = Log::new();
    log.on("2021-11-19").add(&stream(), served(1, entry(1, "2021-11-05"), "2021-11-19"));
    log.on("2021-11-20").add(&stream(), served(2, entry(1, "2021-11-06"), "2021-11-19"));
    log.add(
        &stream(),
        service::Event::BackfillRequested(Box::new(service::BackfillRequested {
            record: 3,
            entry: entry(1, "2021-11-01"),
            due: day("2021-11-15"),
            evidence: text("签到表"),
            digest: None,
        })),
    );
    let models = log.read();
    let late: Vec<_> = (1..=3)
        .map(|n| record(models.connection(), person(1), n).unwrap().unwrap())
        .map(|record| (record.late, record.backfill, record.state))
        .collect();
    assert_eq!(
        late,
        [
            (false, false, State::Recorded),
            (true, false, State::Recorded),
            (true, true, State::Requested)
        ]
    );
    let sums = by_organiser(&log, "A");
    assert_eq!((sums.records, sums.in_time, sums.late, sums.backfilled), (3, 1, 2, 1));
}

#[test]
fn sums_follow_every_change_of_a_record() {
    let mut log = Log::new();
    log.add(&stream(), served(1, entry(1, "2021-11-05"), "2021-11-19"));
    log.add(&stream(), attested(1, 120, "2021-11-05"));
    let sums = by_organiser(&log, "A");
    assert_eq!((sums.attested, sums.attested_minutes, sums.rating_sum), (1, 120, 4));
    log.add(
        &stream(),
        service::Event::Disputed(service::Disputed { record: 1, reason: text("有误") }),
    );
    assert_eq!(by_organiser(&log, "A").disputed, 1);
    let elsewhere =
        service::Entry { organiser: code("B"), activity: activity_id(2), ..entry(1, "2021-11-06") };
    log.add(&stream(), corrected(1, elsewhere));
    let (before, after) = (by_organiser(&log, "A"), by_organiser(&log, "B"));
    assert_eq!((before.records, before.attested, before.disputed), (0, 0, 0));
    assert_eq!((after.records, after.attested, after.disputed), (1, 0, 0));
    log.add(&stream(), attested(1, 120, "2021-11-06")).add(&stream(), voided(1));
    let models = log.read();
    let conn = models.connection();
    assert_eq!(outcomes(conn, activity_id(2)).unwrap(), [], "nothing attested came of it");
    let sums = volunteer(conn, person(1)).unwrap().unwrap();
    assert_eq!((sums.records, sums.attested_minutes, sums.voided), (1, 0, 1));
    assert_eq!(activity(conn, activity_id(1)).unwrap().unwrap().records, 0);
    assert_eq!(last_served(conn, person(1)).unwrap(), None);
}

#[test]
fn records_can_be_filtered() {
    let mut log = Log::new();
    log.add(&stream(), served(1, entry(1, "2021-11-05"), "2021-11-19"))
        .add(&stream(), served(2, entry(1, "2021-11-06"), "2021-11-19"))
        .add(&stream(), attested(2, 120, "2021-11-06"));
    let models = log.read();
    let filter = Filter { state: Some(State::Attested), late: Some(false), ..Filter::default() };
    let found = records(models.connection(), &filter, &PageRequest::default()).unwrap();
    assert_eq!(found.items.iter().map(|record| record.record).collect::<Vec<_>>(), [2]);
    let filter = Filter { disputed: Some(true), ..Filter::default() };
    assert_eq!(records(models.connection(), &filter, &PageRequest::default()).unwrap().items, []);
}

#[test]
fn a_record_shows_what_was_out_of_the_ordinary() {
    let mut log = Log::new();
    let flagged = |flags| service::Entry { flags, ..entry(1, "2021-11-05") };
    let walk_in = flagged(vec![service::Flag::WalkIn]);
    log.add(&stream(), served(1, walk_in, "2021-11-19"));
    let shown = |log: &Log| {
        let found = record(log.read().connection(), person(1), 1).unwrap().unwrap();
        (found.walk_in, found.check_out_forgotten)
    };
    assert_eq!(shown(&log), (true, false));
    log.add(&stream(), corrected(1, flagged(vec![service::Flag::ForgottenCheckOut])));
    assert_eq!(shown(&log), (false, true));
}
