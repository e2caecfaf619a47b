//! An audit of a county's decisions finds what the story left undone, and nothing else, on any day; and the report of a
//! month that is over never changes.

use std::collections::BTreeSet;
use std::path::Path;

use demo::{Args, Planted};
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

/// Who fails an audit as of the end of a day: stream and code.
fn failing(data: &Path, day: Date) -> BTreeSet<(String, String)> {
    let moment = format!("{day}T23:59:00+08:00");
    let (code, audit) = replay(data, &["audit", "decisions", "--as-of", &moment]);
    let rows = audit["rows"].as_array().unwrap();
    let found = rows.iter().flat_map(|row| {
        let findings = row["findings"].as_array().unwrap().iter();
        let failing = findings
            .filter(|finding| finding["weight"] == "missing" || finding["weight"] == "wrong");
        failing.map(|finding| (text(&row["stream"]), text(&finding["code"])))
    });
    let found: BTreeSet<_> = found.collect();
    assert_eq!(code == 0, found.is_empty(), "the exit code says whether something is missing");
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

fn expected(planted: &[Planted], day: Date) -> BTreeSet<(String, String)> {
    let due = planted.iter().filter_map(|it| Some((it, it.code_on(day)?)));
    due.map(|(it, code)| (it.stream.clone(), code.to_owned())).collect()
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
        assert_eq!(found, expected(&summary.planted, day), "as of {day}");
        codes.extend(found.into_iter().map(|(_, code)| code));
    }
    assert_eq!(codes.len(), 6, "{codes:?}");

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
