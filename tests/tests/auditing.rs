//! An audit finds in each of its parts what the story planted there, and nothing else, on any day; and the report of a
//! month that is over never changes.

use std::collections::BTreeSet;
use std::path::Path;

use demo::{Args, Summary};
use domain::Month;
use jiff::ToSpan as _;
use jiff::civil::{Date, date};
use serde_json::Value;

/// What `replay` prints as JSON, and its exit code.
fn replay(data: &Path, asked: &[&str]) -> (u8, Value) {
    let data = ["--data", data.to_str().unwrap()];
    let answer = tests::replay::replay(&[&data, asked, &["--format", "json"]].concat());
    assert!(answer.code <= 1, "{}", answer.err);
    (answer.code, serde_json::from_str(&answer.out).unwrap())
}

/// What fails in which part of an audit as of the end of a day: part, what it is about, and code.
type Failing = BTreeSet<(String, String, String)>;

fn failing(data: &Path, day: Date) -> Failing {
    let moment = format!("{day}T23:59:00+08:00");
    let (code, audit) = replay(data, &["audit", "--as-of", &moment]);
    let mut found = BTreeSet::new();
    for (part, about) in [
        ("decisions", "stream"),
        ("squads", "unit"),
        ("hours", "unit"),
        ("points", "volunteer"),
        ("supervision", "stream"),
        ("surveys", "stream"),
        ("access", "account"),
    ] {
        for row in audit[part]["rows"].as_array().unwrap() {
            let findings = row["findings"].as_array().unwrap().iter();
            // What is wrong about a verdict is found where decisions are audited, and listed by verdict once more.
            let again =
                |it: &&Value| part == "supervision" && text(&it["code"]).starts_with("decision.");
            let failing = findings.filter(|it| it["weight"] != "late" && it["weight"] != "note");
            let failing = failing.filter(|it| !again(it));
            found.extend(failing.map(|it| (part.to_owned(), text(&row[about]), text(&it["code"]))));
        }
    }
    assert_eq!(code == 0, found.is_empty(), "the exit code says whether something fails");
    found
}

/// The monthly report of a month, with all its figures.
fn report(data: &Path, month: Month, more: &[&str]) -> Value {
    let month = month.to_string();
    let asked = [&["show", "monthly-report", "--month", &month], more].concat();
    let (code, report) = replay(data, &asked);
    assert_eq!(code, 0);
    report["rows"].clone()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}

fn expected(summary: &Summary, day: Date) -> Failing {
    let due = summary.planted.iter().filter_map(|it| Some((it, it.code_on(day)?)));
    let decisions = due.map(|(it, code)| ("decisions", it.stream.clone(), code));
    let odd = summary.odd.iter().filter(|odd| odd.since <= day);
    let odd = odd.map(|odd| (odd.part, odd.about.clone(), odd.code));
    let squads = summary.squads.iter().flat_map(|squad| {
        let left = [
            (squad.completed_late.is_none(), "squad.not_complete"),
            (squad.reported_late.is_none(), "squad.no_administrator"),
        ];
        let left = left.into_iter().filter(|(undone, _)| *undone);
        left.map(|(_, code)| ("squads", squad.unit.to_string(), code))
    });
    let all = decisions.chain(odd).chain(squads);
    all.map(|(part, about, code)| (part.to_owned(), about, code.to_owned())).collect()
}

#[test]
fn a_story_is_audited_and_reported_the_same_whenever_one_asks() {
    let folder = tempfile::tempdir().unwrap();
    let last = date(2022, 6, 10);
    let args = Args {
        data: folder.path().to_owned(),
        volunteers: 100,
        seed: 1,
        no_serve: true,
        until: Some(last),
    };
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let summary = runtime.block_on(demo::play(&args, |_| {})).unwrap();
    let mut codes = BTreeSet::new();
    for day in date(2022, 1, 31).series(5.days()).take_while(|day| *day <= last) {
        let found = failing(folder.path(), day);
        assert_eq!(found, expected(&summary, day), "as of {day}");
        codes.extend(found.into_iter().map(|(part, _, code)| (part, code)));
    }
    let of = |part: &str| codes.iter().filter(|(of, _)| of == part).count();
    let parts = ["decisions", "squads", "hours", "points", "supervision", "surveys", "access"];
    assert_eq!(parts.map(of), [7, 4, 2, 2, 2, 1, 2], "{codes:?}");

    let mut distinct = BTreeSet::new();
    for first in date(2021, 12, 1).series(1.month()).take_while(|first| *first < date(2022, 6, 1)) {
        let (month, moment) = (Month::of(first), first.last_of_month());
        let now = report(folder.path(), month, &[]);
        let moment = format!("{moment}T23:59:59+08:00");
        let then = report(folder.path(), month, &["--as-of", &moment]);
        assert_eq!(now, then, "the report of {month}, today and at its end");
        distinct.insert(now.to_string());
    }
    assert_eq!(distinct.len(), 6, "no month is like another");
}
