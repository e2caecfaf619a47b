#![allow(clippy::unwrap_used)]
use domain::notice::Verdict;
use domain::unit::Kind;

use super::*;
use crate::testing::*;
use crate::{PageRequest, PerMille, Rate};

const RESOLUTION: &str = "resolution-00000000-0000-0000-0000-000000000001-1";

/// County C, town T with the stations V and W, and the station X that belongs to the county itself.
fn county() -> Log {
    let mut log = Log::new();
    log.add("unit-C", unit_registered("C", Kind::County, None))
        .add("unit-T", unit_registered("T", Kind::Town, Some("C")));
    for (village, parent) in [("V", "T"), ("W", "T"), ("X", "C")] {
        log.add(&format!("unit-{village}"), unit_registered(village, Kind::Village, Some(parent)));
        log.add(&format!("station-{village}"), opened(village));
    }
    log
}

fn issue(n: u64) -> String {
    format!("issue-{}", issue_id(n))
}

fn lines(log: &Log, root: Option<&str>, month: &str) -> Vec<Line> {
    let root = root.map(code);
    report(log.read().connection(), root.as_ref(), month.parse().unwrap()).unwrap().lines
}

fn line(log: &Log, unit: &str, month: &str) -> Line {
    lines(log, None, month).into_iter().find(|line| line.unit == code(unit)).unwrap()
}

#[test]
fn stations_are_rolled_up_to_town_and_county() {
    let mut log = county();
    log.on("2022-03-02").add(&issue(1), issue_registered("V", None));
    log.add(&issue(2), issue_registered("W", None)).add(&issue(3), issue_registered("X", None));
    log.on("2022-04-02").add(&issue(4), issue_registered("V", None));
    let registered = |lines: Vec<Line>| {
        let figure = |sums: &Sums| sums.figures.of(Figure::IssuesRegistered);
        let line = |line: Line| {
            (line.unit.to_string(), line.stations, figure(&line.of_month), figure(&line.of_year))
        };
        lines.into_iter().map(line).collect::<Vec<_>>()
    };
    let expected = [("C", 3, 1, 4), ("T", 2, 1, 3), ("V", 1, 1, 2), ("W", 1, 0, 1), ("X", 1, 0, 1)];
    let expected =
        expected.map(|(unit, stations, month, year)| (unit.to_owned(), stations, month, year));
    assert_eq!(registered(lines(&log, None, "2022-04")), expected);
    assert_eq!(registered(lines(&log, Some("T"), "2022-04")), expected[1..4]);
    assert_eq!(registered(lines(&log, Some("X"), "2022-04")), expected[4..]);
    assert_eq!(lines(&log, None, "2021-11"), [], "no station was open");
    let of_county = line(&log, "C", "2022-04");
    assert_eq!((of_county.is_station, of_county.name.as_deref()), (false, Some("某单位")));
}

#[test]
fn months_with_a_meeting_are_counted_once() {
    let mut log = county();
    log.on("2022-01-20").add("station-V", held(1, "2022-01-20"));
    log.on("2022-02-03").add("station-V", held(2, "2022-01-28"));
    log.on("2022-02-20")
        .add("station-V", held(3, "2022-02-20"))
        .add("station-W", missed("2022-01"));
    let of_station = line(&log, "V", "2022-02");
    let figure = |figure| of_station.of_year.figures.of(figure);
    assert_eq!((figure(Figure::MeetingsHeld), figure(Figure::MonthsHeld)), (3, 2));
    let months = |held, so_far, of_year| MeetingMonths { held, so_far, of_year };
    assert_eq!(of_station.meeting_months, months(2, 2, 12));
    assert_eq!(line(&log, "T", "2022-03").meeting_months, months(2, 6, 24));
    assert_eq!(line(&log, "V", "2021-12").meeting_months, months(0, 0, 0));
    assert_eq!(line(&log, "W", "2022-02").of_month.figures.of(Figure::MeetingsMissed), 1);
}

/// 补录: the month in which it was approved lists it, and the month that it is about stays as it was reported.
#[test]
fn what_was_entered_from_paper_is_listed_in_the_month_of_entry() {
    let mut log = county();
    let resolution = format!("resolution-{}", resolution_id(1, 1));
    log.on("2022-02-10").add("station-V", missed("2022-01"));
    let before = (line(&log, "V", "2022-01"), line(&log, "V", "2022-02"));
    log.on("2022-03-01").add(&issue(1), from_paper(issue_registered("V", None)));
    let figure = |log: &Log, month, figure| line(log, "V", month).of_month.figures.of(figure);
    assert_eq!(figure(&log, "2022-03", Figure::IssuesRegistered), 0, "it waits for approval");
    log.on("2022-03-02").add("station-V", held_on_paper(1, "2022-01-20"));
    log.add(&issue(1), domain::issue::Event::BackfillApproved(approval()));
    log.add(&resolution, adopted("V", None));
    log.add(&resolution, domain::resolution::Event::BackfillApproved(approval()));
    assert_eq!((line(&log, "V", "2022-01"), line(&log, "V", "2022-02")), before);
    let of_entry = |wanted| figure(&log, "2022-03", wanted);
    assert_eq!(of_entry(Figure::BackfillsApproved), 3, "a meeting, an issue and a notice");
    assert_eq!((of_entry(Figure::MeetingsHeld), of_entry(Figure::IssuesRegistered)), (1, 1));
}

#[test]
fn an_answer_is_in_time_overdue_or_was_not_due() {
    let mut log = county();
    log.on("2022-03-01");
    for n in 1..=4 {
        log.add(&issue(n), issue_registered("V", Some("2022-03-06")));
    }
    log.add(&issue(5), issue_registered("V", None)).add(&issue(5), issue_answered());
    log.on("2022-03-06").add(&issue(1), issue_answered()).add(&issue(1), issue_answered());
    log.on("2022-03-07").add(&issue(2), answer_overdue("2022-03-06"));
    log.add(&issue(2), issue_answered()).add(&issue(3), issue_answered());
    let sums = line(&log, "V", "2022-03").of_month;
    assert_eq!(sums.figures.of(Figure::IssuesAnswered), 4, "each once");
    assert_eq!(sums.response, Rate::of(1, 3), "one in time, one noted as overdue, one late");
}

#[test]
fn rates_follow_from_the_figures() {
    let mut log = county();
    log.on("2022-03-01");
    for n in 1..=3 {
        log.add(&issue(n), issue_registered("V", None));
    }
    log.add(&issue(1), expedited(12)).add(&issue(2), settled(None));
    let sums = line(&log, "V", "2022-03").of_month;
    assert_eq!((sums.urgent, sums.settlement), (Rate::of(1, 3), Rate::of(1, 3)));
    assert_eq!(sums.urgent.per_mille, Some(PerMille(333)));
    let none = line(&log, "W", "2022-03").of_month;
    assert_eq!((none.urgent.per_mille, none.survey.satisfaction), (None, None));
}

#[test]
fn a_survey_with_too_few_replies_gives_nothing_to_the_rates() {
    let mut log = county();
    let survey = |n| format!("survey-{}", survey_id(n));
    log.on("2022-03-01");
    for (n, station, replies) in [(1, "V", 9), (2, "W", 20)] {
        log.add(&survey(n), survey_opened(station, 40, "2022-03-20"));
        log.add(&survey(n), survey_closed(40, replies, replies / 2, replies - 2));
    }
    let (few, town) = (line(&log, "V", "2022-03").of_month, line(&log, "T", "2022-03").of_month);
    assert_eq!((few.survey.response, few.survey.satisfaction), (Rate::of(9, 40), None));
    assert_eq!(few.figures.of(Figure::SurveySatisfied), 0, "not even as a sum");
    assert_eq!(town.survey.response, Rate::of(29, 80));
    assert_eq!(town.survey.satisfaction, Some(Rate::of(18, 20)));
    assert_eq!(town.survey.recognition, Some(Rate::of(10, 20)));
}

#[test]
fn every_figure_names_the_events_behind_it() {
    let mut log = county();
    log.on("2022-03-10").add(RESOLUTION, adopted("V", None));
    log.add(RESOLUTION, publicised(1, "2022-03-11", "2022-03-18"));
    log.add(RESOLUTION, against(1, "2022-03-16", false)).add(RESOLUTION, ruled(1, Verdict::Upheld));
    log.on("2022-04-01").add(RESOLUTION, against(2, "2022-04-06", true));
    let behind = |within: Option<&str>, month: &str, figure| {
        let (within, models) = (within.map(code), log.read());
        let page = PageRequest::default();
        let month = month.parse().unwrap();
        let found = entries(models.connection(), within.as_ref(), month, figure, &page).unwrap();
        found
            .items
            .into_iter()
            .map(|entry| (entry.stream.to_string(), entry.version))
            .collect::<Vec<_>>()
    };
    let stream = RESOLUTION.to_owned();
    assert_eq!(behind(Some("T"), "2022-03", Figure::ObjectionsFiled), [(stream.clone(), 3)]);
    assert_eq!(behind(None, "2022-03", Figure::ObjectionsUpheld), [(stream.clone(), 4)]);
    assert_eq!(behind(None, "2022-04", Figure::ObjectionsLate), [(stream, 5)]);
    assert_eq!(behind(Some("X"), "2022-03", Figure::ObjectionsFiled), []);
    for unit in ["V", "T"] {
        let sums = line(&log, unit, "2022-04").of_year;
        assert_eq!(sums.figures.of(Figure::ObjectionsFiled), 2, "{unit}");
    }
}
