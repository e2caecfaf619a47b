//! 每月议事: which months are owed, and from when on they count as missed.

use super::*;

pub(super) fn hold(number: u128, held_on: &str) -> Command {
    let (meeting, held_on) = (meeting_id(number), day(held_on));
    Command::HoldMeeting(MeetingHeld { meeting, held_on, backfilled: false })
}

pub(super) fn miss(month: &str) -> Command {
    Command::MissMeeting { month: month.parse().unwrap() }
}

fn meeting_id(number: u128) -> MeetingId {
    MeetingId(uuid::Uuid::from_u128(number))
}

fn held(number: u128, held_on: &str) -> Event {
    let (meeting, held_on) = (meeting_id(number), day(held_on));
    Event::MeetingHeld(MeetingHeld { meeting, held_on, backfilled: false })
}

fn missed(month: &str) -> Event {
    Event::MeetingMissed(MeetingMissed { month: month.parse().unwrap() })
}

fn owed(scene: &Scene<Station>, today: &str) -> Vec<String> {
    let months = scene.state().months_to_miss(day(today), 5);
    months.iter().map(ToString::to_string).collect()
}

#[test]
fn a_meeting_is_counted_once() {
    station()
        .when(hold(1, "2021-11-12"))
        .then([held(1, "2021-11-12")])
        .when(hold(1, "2021-11-12"))
        .then([])
        .when(hold(2, "2021-11-20"))
        .then([held(2, "2021-11-20")]);
}

#[test]
fn a_month_is_missed_once_the_days_for_its_minutes_have_passed() {
    station()
        .at("2021-11-05T23:59:59+08:00")
        .when(miss("2021-10"))
        .refused("station.minutes_not_due")
        .at("2021-11-06T00:00:00+08:00")
        .when(miss("2021-10"))
        .then([missed("2021-10")])
        .when(miss("2021-10"))
        .then([])
        .when(miss("2021-11"))
        .refused("station.minutes_not_due")
        .when(miss("2022-11"))
        .refused("station.minutes_not_due");
    station()
        .rules(|rules| {
            let mut deliberation = rules.deliberation().clone();
            deliberation.minutes_days.value = 0;
            rules.deliberation = Some(Box::new(deliberation));
        })
        .at("2021-11-01T00:00:00+08:00")
        .when(miss("2021-10"))
        .then([missed("2021-10")]);
}

#[test]
fn a_unit_that_was_succeeded_misses_no_month() {
    let succeeded = unit::Event::Succeeded(unit::Succeeded {
        by: code("T1"),
        also: vec![],
        reason: text("撤并"),
        takes_over: None,
    });
    station().unit("V1", succeeded).when(miss("2021-10")).refused("station.ended_unit");
}

#[test]
fn a_month_with_a_meeting_is_not_missed() {
    having([held(1, "2021-10-31")])
        .when(miss("2021-10"))
        .refused("station.meeting_was_held")
        .when(miss("2021-09"))
        .then([missed("2021-09")]);
}

/// Minutes that were sealed late do not undo that the month was missed, and both stay to be seen.
#[test]
fn late_minutes_are_still_taken() {
    having([missed("2021-10")]).when(hold(1, "2021-10-31")).then([held(1, "2021-10-31")]);
}

#[test]
fn whole_months_since_the_opening_count() {
    let on = |opened_on| {
        let (unit, level, opened_on) = (code("V1"), Level::Village, day(opened_on));
        Event::Opened(Opened { unit, level, estate: false, opened_on })
    };
    given::<Station>([on("2021-10-01")]).when(miss("2021-10")).then([missed("2021-10")]);
    given::<Station>([on("2021-10-02")]).when(miss("2021-10")).refused("station.opened_later");
    assert_eq!(owed(&given([on("2021-10-01")]), "2021-12-06"), ["2021-10", "2021-11"]);
    assert_eq!(owed(&given([on("2021-10-02")]), "2021-12-06"), ["2021-11"]);
    assert!(owed(&given([]), "2021-12-06").is_empty());
}

#[test]
fn the_months_owed_are_those_that_can_be_missed() {
    let history = [opened(false), held(1, "2021-07-09"), missed("2021-08")];
    let station = given(history);
    assert_eq!(owed(&station, "2021-07-05"), [""; 0]);
    assert_eq!(owed(&station, "2021-07-06"), ["2021-06"]);
    assert_eq!(owed(&station, "2021-11-30"), ["2021-06", "2021-09", "2021-10"]);
    for month in owed(&station, "2021-11-30") {
        station.clone().when(miss(&month)).granted();
    }
    assert!(owed(&given([opened(false)]), "9999-12-31").len() > 90_000);
}

/// 基层援法议事工作方案 三(五): the village's leading group calls the council together every month; the town's sees to it.
#[test]
fn a_town_owes_no_meeting() {
    let (unit, opened_on) = (code("T1"), day("2021-06-01"));
    let town = Opened { unit, level: Level::Town, estate: false, opened_on };
    let town = given::<Station>([Event::Opened(town)]);
    assert!(town.state().months_to_miss(day("2021-11-30"), 5).is_empty());
    town.when(miss("2021-10")).refused("station.town_owes_none");
}
