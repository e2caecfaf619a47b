use super::*;
use crate::calendar::{Calendar, Days};

/// A report of an activity of two hours on a day.
fn on(served: &str) -> Box<Report> {
    let clock = |clock: &str| time(&format!("{served}T{clock}:00+08:00"));
    let mut report = whole();
    (report.started_at, report.ended_at) = (clock("09:00"), clock("11:00"));
    report.participation.activity.starts_at = clock("09:00");
    report.participation.phase = Phase::Closed(clock("11:00"));
    report
}

/// What is known once the notice for 2027 has come: 元旦 off from 12-31 to 01-03.
fn with_2027() -> Calendar {
    let mut calendar = Calendar::shipped().clone();
    let days = |days: &[&str]| days.iter().map(|one| day(one)).collect();
    let off = days(&["2026-12-31", "2027-01-01", "2027-05-01", "2027-10-01"]);
    calendar.take_over(2027, &Days { off, worked: days(&["2027-01-09"]) });
    calendar
}

fn made(served: &str, due: &str, provisional: Option<Provisional>) -> Event {
    let entry = entry(&on(served));
    Event::Recorded(Box::new(Recorded { record: 1, entry, due: day(due), provisional }))
}

const MISSING: Option<Provisional> = Some(Provisional { working_days: 10, missing: 2027 });

fn settled(due: &str, was: &str, provisional: Option<Provisional>) -> Event {
    Event::DueSettled(DueSettled { record: 1, due: day(due), was: day(was), provisional })
}

fn at_work(now: &str) -> Scene<Service> {
    given::<Service>([]).by(recorder()).at(now)
}

const SETTLE: Command = Command::SettleDue { record: 1 };

#[test]
fn a_day_in_a_year_without_a_notice_is_provisional() {
    for (served, due, provisional) in [
        ("2026-12-08", "2026-12-22", None),
        ("2026-12-10", "2026-12-24", MISSING),
        ("2026-12-28", "2027-01-12", MISSING),
    ] {
        at_work(&format!("{served}T12:00:00+08:00"))
            .when(Command::Record(on(served)))
            .then([made(served, due, provisional)]);
    }
    at_work("2026-12-28T12:00:00+08:00")
        .calendar(with_2027())
        .when(Command::Record(on("2026-12-28")))
        .then([made("2026-12-28", "2027-01-12", None)]);
}

#[test]
fn a_provisional_day_is_set_anew_when_the_notice_comes_and_only_then() {
    let record =
        || {
            at_work("2026-12-21T12:00:00+08:00")
                .when(Command::Record(on("2026-12-21")))
                .then([made("2026-12-21", "2027-01-05", MISSING)])
        };
    record().when(SETTLE).then([]);
    record()
        .calendar(with_2027())
        .when(SETTLE)
        .then([settled("2027-01-06", "2027-01-05", None)])
        .when(SETTLE)
        .then([]);
}

#[test]
fn a_day_that_turns_out_right_is_final_from_then_on() {
    at_work("2026-12-28T12:00:00+08:00")
        .when(Command::Record(on("2026-12-28")))
        .granted()
        .calendar(with_2027())
        .when(SETTLE)
        .then([settled("2027-01-12", "2027-01-12", None)])
        .when(SETTLE)
        .then([]);
}

#[test]
fn the_figure_that_held_when_it_was_recorded_is_counted_again() {
    at_work("2026-12-21T12:00:00+08:00")
        .when(Command::Record(on("2026-12-21")))
        .granted()
        .rules(|rules| rules.record_within_working_days.value = 3)
        .calendar(with_2027())
        .when(SETTLE)
        .then([settled("2027-01-06", "2027-01-05", None)]);
}

/// The year after the next may be as unknown as the next was.
#[test]
fn a_day_set_anew_may_still_be_provisional() {
    let scene = at_work("2026-12-28T12:00:00+08:00")
        .rules(|rules| rules.record_within_working_days.value = 270)
        .when(Command::Record(on("2026-12-28")))
        .granted()
        .calendar(with_2027());
    let (scene, facts) = scene.when(SETTLE).whatever();
    let missing_2028 = Some(Provisional { working_days: 270, missing: 2028 });
    assert!(
        matches!(facts.as_slice(), [Event::DueSettled(DueSettled { provisional, .. })]
            if *provisional == missing_2028),
        "{facts:?}"
    );
    scene.when(SETTLE).then([]);
}

#[test]
fn nothing_is_settled_that_was_final() {
    at_work("2021-11-29T12:00:00+08:00")
        .when(Command::Record(whole()))
        .granted()
        .when(SETTLE)
        .then([])
        .when(Command::SettleDue { record: 2 })
        .refused("service.unknown_record");
}

#[test]
fn a_refusal_on_a_provisional_day_says_what_is_missing() {
    at_work("2027-01-13T08:00:00+08:00")
        .when(Command::Record(on("2026-12-28")))
        .refused("service.late_provisionally")
        .calendar(with_2027())
        .when(Command::Record(on("2026-12-28")))
        .refused("service.late");
}
