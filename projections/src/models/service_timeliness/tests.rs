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
            provisional: None,
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

/// Who was in time by a provisional day stays so, and who was thought late is late no more where the day moved behind.
#[test]
fn a_provisional_day_is_shown_and_then_the_one_set_anew() {
    let provisional = Some(service::Provisional { working_days: 10, missing: 2027 });
    let requested = |record, due| {
        service::Event::BackfillRequested(Box::new(service::BackfillRequested {
            record,
            entry: entry(1, "2026-12-21"),
            due: day(due),
            provisional,
            evidence: text("签到表"),
            digest: None,
        }))
    };
    let settled = |record, due, provisional| {
        let was = day("2027-01-05");
        service::Event::DueSettled(service::DueSettled { record, due: day(due), was, provisional })
    };
    let mut log = Log::new();
    log.on("2027-01-06").add(&stream(), requested(1, "2027-01-05"));
    log.add(&stream(), requested(2, "2027-01-05"));
    log.on("2027-01-04");
    let made = service::Recorded {
        record: 3,
        entry: entry(1, "2026-12-21"),
        due: day("2027-01-05"),
        provisional,
    };
    log.add(&stream(), service::Event::Recorded(Box::new(made)));
    let seen = |log: &Log, n| {
        let row = record(log.read().connection(), person(1), n).unwrap().unwrap();
        (row.due.to_string(), row.due_provisional, row.late)
    };
    let waiting = |log: &Log, known: i16| {
        let models = log.read();
        crate::models::due::records_to_settle(models.connection(), 2004..=known, 9).unwrap().len()
    };
    assert_eq!(seen(&log, 1), ("2027-01-05".to_owned(), true, true));
    assert_eq!((waiting(&log, 2026), waiting(&log, 2027)), (0, 3));
    log.on("2027-01-10").add(&stream(), settled(1, "2027-01-06", None));
    log.add(&stream(), settled(2, "2027-01-05", None))
        .add(&stream(), settled(3, "2027-01-03", None));
    assert_eq!(seen(&log, 1), ("2027-01-06".to_owned(), false, false), "asked for on that day");
    assert_eq!(seen(&log, 2), ("2027-01-05".to_owned(), false, true));
    assert_eq!(seen(&log, 3), ("2027-01-03".to_owned(), false, false), "it was in time when told");
    assert_eq!(waiting(&log, 2027), 0);
    let sums = by_organiser(&log, "A");
    assert_eq!((sums.in_time, sums.late), (2, 1));
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
        service::Event::Disputed(service::Disputed { record: 1, reason: text("有误"), by: None }),
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
