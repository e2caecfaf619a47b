//! 签到、记录、补录、更正.

use super::*;

fn nothing() -> Scene<Service> {
    given([]).by(recorder())
}

fn with(change: impl FnOnce(&mut Report)) -> Box<Report> {
    let mut report = whole();
    change(&mut report);
    report
}

#[test]
fn a_record_says_what_can_be_true() {
    let record = |report| nothing().when(Command::Record(report));
    record(whole()).then([recorded(1, &whole())]);
    record(report("09:00", "09:00", 1)).refused("service.backwards");
    record(report("10:00", "09:00", 1)).refused("service.backwards");
    record(report("09:00", "11:00", 0)).refused("service.no_time");
    record(report("09:00", "10:00", 61)).refused("service.longer_than_itself");
    record(report("08:59", "11:00", 60)).refused("service.outside_activity");
    record(report("09:00", "11:01", 60)).refused("service.outside_activity");
    record(with(|report| report.participation.signed_up = false)).refused("service.not_signed_up");
    for phase in [Phase::Announced, Phase::Cancelled] {
        record(with(|report| report.participation.phase = phase))
            .refused("service.activity_not_held");
    }
    let early = Phase::Closed(time("2021-11-29T10:00:00+08:00"));
    record(with(|report| report.participation.phase = early)).refused("service.outside_activity");
    record(with(|report| report.participation.phase = Phase::Running)).granted();
}

#[test]
fn nothing_is_recorded_ahead_of_time() {
    let record = |now: &str| nothing().at(now).when(Command::Record(whole()));
    record("2021-11-29T10:59:59.999+08:00").refused("service.in_future");
    record("2021-11-29T11:00:00+08:00").granted();
}

#[test]
fn records_may_touch_and_never_overlap() {
    let morning = || nothing().when(Command::Record(report("09:30", "10:30", 60))).granted();
    let record = |from, to| morning().when(Command::Record(report(from, to, 1)));
    record("09:00", "09:30").granted();
    record("10:30", "11:00").granted();
    for (from, to) in
        [("09:00", "09:31"), ("10:29", "11:00"), ("09:45", "10:15"), ("09:00", "11:00")]
    {
        record(from, to).refused("service.overlap");
    }
    // A voided record leaves its time free; a backfill that waits for approval does not.
    let voided = morning().when(void(1)).granted();
    voided.when(Command::Record(report("09:30", "10:30", 60))).granted();
    given::<Service>([requested(1, &whole())])
        .when(Command::Record(report("10:00", "11:00", 60)))
        .refused("service.overlap");
}

/// 民政部令第67号 §11, over National Day 2021 and Spring Festival 2022 with their make-up days.
#[test]
fn the_tenth_working_day_is_in_time_and_the_eleventh_is_not() {
    for (served, last) in [
        ("2021-11-29", "2021-12-13"),
        ("2021-09-24", "2021-10-13"), // 09-26 and 10-09 worked, 10-01 to 10-07 off
        ("2022-01-28", "2022-02-16"), // 01-29 and 01-30 worked, 01-31 to 02-06 off
        ("2024-02-20", "2024-03-05"), // over a leap day
    ] {
        let report = || {
            with(|report| {
                let clock = |clock: &str| time(&format!("{served}T{clock}:00+08:00"));
                report.started_at = clock("09:00");
                report.ended_at = clock("11:00");
                report.participation.activity.starts_at = clock("09:00");
                report.participation.phase = Phase::Closed(clock("11:00"));
            })
        };
        let on_last_day = nothing().at(&format!("{last}T23:59:59+08:00"));
        on_last_day.clone().when(backfill(report())).refused("service.in_time");
        on_last_day.when(Command::Record(report())).granted();
        let next_day = nothing().at(&format!("{}T00:00:00+08:00", day(last).tomorrow().unwrap()));
        next_day.clone().when(Command::Record(report())).refused("service.late");
        next_day.when(backfill(report())).granted();
    }
}

#[test]
fn a_backfill_is_approved_by_a_second_person_and_then_attested() {
    let late = nothing()
        .at("2022-01-10T09:00:00+08:00")
        .when(backfill(whole()))
        .then([requested(1, &whole())])
        .when(Command::ApproveBackfill { record: 1 })
        .refused("service.self_approved")
        .by(Actor { person: Some(person(SERVED)), ..actor(Role::UnitAdministrator, "admin-1") })
        .when(Command::ApproveBackfill { record: 1 })
        .refused("service.self_approved");
    late.by(attester())
        .when(attest(1))
        .refused("service.awaits_approval")
        .when(correct(1, report("09:00", "10:00", 60)))
        .refused("service.awaits_approval")
        .when(Command::ApproveBackfill { record: 1 })
        .then([Event::BackfillApproved(BackfillApproved { record: 1 })])
        .when(Command::ApproveBackfill { record: 1 })
        .refused("service.not_requested")
        .when(attest(1))
        .then([attested(1, 1, 120, 120)]);
    one_record().when(Command::ApproveBackfill { record: 1 }).refused("service.not_requested");
}

#[test]
fn a_correction_takes_its_minutes_back_until_it_is_attested() {
    let shorter = || report("09:00", "10:00", 60);
    let corrected = Corrected {
        record: 1,
        revision: 2,
        entry: entry(&shorter()),
        reason: text("时长更正"),
        withdrawn: Minutes(120),
        total: Minutes(0),
    };
    one_record()
        .by(attester())
        .when(attest(1))
        .then([attested(1, 1, 120, 120)])
        .by(recorder())
        .when(correct(1, shorter()))
        .then([Event::Corrected(Box::new(corrected))])
        .by(attester())
        .when(attest(1))
        .then([attested(1, 2, 60, 60)]);
}

#[test]
fn a_correction_is_checked_like_a_record_and_keeps_activity_and_volunteer() {
    let two = || one_record().when(correct(1, report("09:00", "10:00", 60))).granted();
    let two = two().when(Command::Record(report("10:00", "11:00", 60))).granted();
    two.clone().when(correct(1, report("09:00", "10:01", 60))).refused("service.overlap");
    two.clone()
        .when(correct(1, report("09:00", "09:30", 31)))
        .refused("service.longer_than_itself");
    let other = with(|report| report.activity = activity_id(2));
    two.clone().when(correct(1, other)).refused("service.other_activity");
    let other = with(|report| report.volunteer = person(2));
    two.clone().when(correct(1, other)).refused("service.other_activity");
    two.when(correct(3, whole())).refused("service.unknown_record");
}
