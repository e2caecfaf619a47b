#![allow(clippy::unwrap_used)]
use domain::meeting::Outcome;
use domain::unit::Kind;

use super::*;
use crate::PageRequest;
use crate::testing::*;

fn month(text: &str) -> domain::Month {
    text.parse().unwrap()
}

/// Stations V and W, opened in the middle of December 2021.
fn stations() -> Log {
    let mut log = Log::new();
    log.add("unit-T", unit_registered("T", Kind::Town, None))
        .add("unit-V", unit_registered("V", Kind::Village, Some("T")))
        .add("unit-W", unit_registered("W", Kind::Village, None))
        .add("station-V", opened("V"))
        .add("station-W", opened("W"));
    log
}

/// A town's leading group sees to the meetings of its villages and owes none.
#[test]
fn a_town_owes_no_meeting() {
    let mut log = stations();
    let owing = |log: &Log| owed(log.read().connection(), day("2022-03-31"), 5, 9).unwrap().len();
    let before = owing(&log);
    log.add("station-T", town_opened("T"));
    assert_eq!(owing(&log), before);
    let months = calendar(log.read().connection(), &code("T"), 2022, month("2022-03")).unwrap();
    assert!(months.is_empty());
}

#[test]
fn a_calendar_shows_the_months_that_have_no_meeting() {
    let mut log = stations();
    log.add("station-V", held(1, "2022-01-20")).add("station-V", held(2, "2022-01-28"));
    log.add("station-V", missed("2022-02")).add("station-V", held(3, "2022-02-27"));
    let models = log.read();
    let shown = |year, view| {
        let months = calendar(models.connection(), &code("V"), year, month(view)).unwrap();
        let line = |of: CalendarMonth| (of.month.to_string(), of.meetings, of.missed, of.late);
        months.into_iter().map(line).collect::<Vec<_>>()
    };
    let expected = [
        ("2022-01".to_owned(), 2, false, false),
        ("2022-02".to_owned(), 1, true, true),
        ("2022-03".to_owned(), 0, false, false),
    ];
    assert_eq!(shown(2022, "2022-03"), expected);
    assert_eq!(shown(2022, "2023-02").len(), 12);
    assert_eq!(shown(2021, "2022-03"), [], "the month of the opening does not count");
}

#[test]
fn months_without_a_meeting_are_found_in_all_stations_of_a_unit() {
    let mut log = stations();
    log.add("station-V", held(1, "2022-01-20")).add("station-W", missed("2022-01"));
    let models = log.read();
    let without = |within: Option<&str>, from| {
        let within = within.map(code);
        let found =
            months_without(models.connection(), within.as_ref(), month(from), month("2022-02"));
        let line = |one: Missing| format!("{} {} {}", one.station, one.month, one.missed);
        found.unwrap().into_iter().map(line).collect::<Vec<_>>()
    };
    assert_eq!(without(None, "2021-01"), ["V 2022-02 false", "W 2022-01 true", "W 2022-02 false"]);
    assert_eq!(without(Some("T"), "2021-01"), ["V 2022-02 false"]);
    assert_eq!(without(None, "2022-02"), ["V 2022-02 false", "W 2022-02 false"]);
}

#[test]
fn a_month_is_owed_once_the_days_for_its_minutes_have_passed() {
    let mut log = stations();
    log.add("station-W", held(1, "2022-01-20"));
    let owed = |log: &Log, today, limit| {
        let owed = owed(log.read().connection(), day(today), 5, limit).unwrap();
        owed.into_iter().map(|(station, month)| format!("{station} {month}")).collect::<Vec<_>>()
    };
    assert_eq!(owed(&log, "2022-02-05", 9), Vec::<String>::new());
    assert_eq!(owed(&log, "2022-02-06", 9), ["V 2022-01"]);
    assert_eq!(owed(&log, "2022-03-06", 9), ["V 2022-01", "V 2022-02", "W 2022-02"]);
    assert_eq!(owed(&log, "2022-03-06", 2), ["V 2022-01", "V 2022-02"]);
    // A later month does not hide an earlier one.
    log.add("station-V", held(2, "2022-02-20")).add("station-W", missed("2022-02"));
    assert_eq!(owed(&log, "2022-03-06", 9), ["V 2022-01"]);
    log.add("station-V", missed("2022-01"));
    assert_eq!(owed(&log, "2022-03-31", 9), Vec::<String>::new());
    assert_eq!(owed(&log, "2022-04-06", 9), ["V 2022-03", "W 2022-03"]);
}

#[test]
fn minutes_hold_the_agenda_the_votes_and_what_was_said() {
    let mut log = stations();
    let stream = format!("meeting-{}", meeting_id(1));
    log.add(&stream, convened("V", "2022-01-20", vec![item(1, false), item(2, true)]))
        .add(&stream, attended(&[11, 12]))
        .add(&stream, attended(&[13, 14]))
        .add(&stream, opinion(1, false))
        .add(&stream, opinion(1, true))
        .add(&stream, topic_decided(1, Outcome::Adopted))
        .add(&stream, sealed("2022-01-20", &[Outcome::Adopted, Outcome::Deferred]))
        .add(&stream, minutes_corrected(1));
    let models = log.read();
    let found = minutes(models.connection(), meeting_id(1)).unwrap().unwrap();
    let meeting = &found.meeting;
    assert_eq!((meeting.entitled, meeting.present, meeting.topics), (5, 4, 2));
    assert_eq!((meeting.status, meeting.held_on), (Status::Sealed, Some(day("2022-01-20"))));
    let [first, second] = &found.agenda[..] else { panic!("two topics") };
    assert_eq!((first.opinions, first.lawful), (2, Some(true)), "the latest opinion");
    assert_eq!((first.agree, first.against, first.corrections), (3, 1, 1));
    assert_eq!(first.result.as_deref(), Some("由村电工维修"), "minutes never change");
    assert_eq!(found.corrected[0].correction, "应为东巷三盏");
    assert_eq!((second.ratifies, second.outcome), (true, Some(Outcome::Deferred)));
    assert_eq!(minutes(models.connection(), meeting_id(2)).unwrap(), None);
}

#[test]
fn a_count_that_is_opened_again_leaves_no_result() {
    let mut log = stations();
    let stream = format!("meeting-{}", meeting_id(1));
    log.add(&stream, convened("V", "2022-01-20", vec![item(1, false)]))
        .add(&stream, attended(&[11, 12, 13, 14]))
        .add(&stream, gone(&[13, 14]))
        .add(&stream, back(&[14]))
        .add(&stream, topic_decided(1, Outcome::NotAdopted))
        .add(&stream, count_reopened(1));
    let shown = |log: &Log| {
        let found = minutes(log.read().connection(), meeting_id(1)).unwrap().unwrap();
        let topic = &found.agenda[0];
        (topic.outcome, topic.agree, topic.entitled, topic.reopened, found.meeting.departed)
    };
    assert_eq!(shown(&log), (None, 0, 0, 1, 1));
    log.add(&stream, topic_decided(1, Outcome::Adopted));
    assert_eq!(shown(&log), (Some(Outcome::Adopted), 3, 5, 1, 1));
}

#[test]
fn the_latest_list_of_a_building_stands() {
    let mut log = stations();
    let stream = format!("meeting-{}", meeting_id(1));
    log.add(&stream, convened("V", "2022-01-20", vec![item(1, false)]))
        .add(&stream, counting_lists(1, &[("1号楼", 10), ("2号楼", 20)]))
        .add(&stream, counting_lists(1, &[("1号楼", 12)]));
    let found = minutes(log.read().connection(), meeting_id(1)).unwrap().unwrap();
    let line = |list: &CountingList| (list.building.clone(), list.agree, list.agree_area);
    let lists: Vec<_> = found.lists.iter().map(line).collect();
    assert_eq!(lists, [("1号楼".to_owned(), 12, 1_200), ("2号楼".to_owned(), 20, 2_000)]);
}

#[test]
fn meetings_are_listed_by_day_status_and_unit() {
    let mut log = stations();
    for (n, station, on) in [(1, "V", "2022-01-20"), (2, "W", "2022-01-21"), (3, "V", "2022-02-20")]
    {
        let stream = format!("meeting-{}", meeting_id(n));
        log.add(&stream, convened(station, on, vec![item(1, false)]));
    }
    log.add(&format!("meeting-{}", meeting_id(2)), meeting_cancelled());
    let models = log.read();
    let found = |filter| {
        let found = list(models.connection(), &filter, &PageRequest::default()).unwrap().items;
        found.into_iter().map(|meeting| meeting.meeting.0.as_u128()).collect::<Vec<_>>()
    };
    let all = Filter::default;
    assert_eq!(found(all()), [3, 2, 1]);
    assert_eq!(found(Filter { within: Some(code("T")), ..all() }), [3, 1]);
    assert_eq!(found(Filter { status: Some(Status::Cancelled), ..all() }), [2]);
    let (from, until) = (Some(day("2022-01-21")), Some(day("2022-02-19")));
    assert_eq!(found(Filter { from, until, ..all() }), [2]);
}

/// 补录: a month whose only meeting is known from paper was held, and entered late; one that was held in time stays so.
#[test]
fn a_month_whose_meeting_was_entered_from_paper_says_so() {
    let mut log = stations();
    let meeting = format!("meeting-{}", meeting_id(7));
    log.add("station-V", held_on_paper(1, "2022-01-20"));
    log.add("station-V", held(2, "2022-02-20")).add("station-V", held_on_paper(3, "2022-02-21"));
    log.add("station-V", missed("2022-03")).add("station-V", held_on_paper(4, "2022-03-21"));
    log.add("station-V", missed("2022-04"));
    log.add(&meeting, from_paper(convened("V", "2022-03-21", vec![])));
    let models = log.read();
    let states = calendar(models.connection(), &code("V"), 2022, month("2022-05")).unwrap();
    let states: Vec<_> = states.iter().map(|month| month.state).collect();
    let late = MonthState::HeldEnteredLate;
    assert_eq!(states, [late, MonthState::Held, late, MonthState::Missed, MonthState::Open]);
    let shown = minutes(models.connection(), meeting_id(7)).unwrap().unwrap();
    assert!(shown.meeting.backfilled && shown.photographs.len() == 2);
}
