//! An audit of a county's decisions finds what the story left undone, and nothing else, on any day.

use std::collections::BTreeSet;
use std::path::Path;

use api::demo::{self, Args, Planted};
use jiff::ToSpan as _;
use jiff::civil::{Date, date};
use serde_json::Value;

/// Who fails an audit as of the end of a day: stream and code.
fn failing(data: &Path, day: Date) -> BTreeSet<(String, String)> {
    let (data, moment) = (data.to_str().unwrap(), format!("{day}T23:59:00+08:00"));
    let head = ["replay", "--quiet", "--data", data, "audit", "decisions", "--as-of", &moment];
    let args = head.iter().chain(&["--format", "json"]).map(Into::into);
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let code = replay_tool::run(args, &mut out, &mut err);
    assert!(code <= 1, "{}", String::from_utf8_lossy(&err));
    let audit: Value = serde_json::from_slice(&out).unwrap();
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

fn text(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}

fn expected(planted: &[Planted], day: Date) -> BTreeSet<(String, String)> {
    let due = planted.iter().filter_map(|it| Some((it, it.code_on(day)?)));
    due.map(|(it, code)| (it.stream.clone(), code.to_owned())).collect()
}

#[test]
fn an_audit_finds_what_was_planted_and_nothing_else_on_any_day() {
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
}
