//! `audit`: a clean history, and one history for every finding.

mod adopted;
mod agreed;
mod backfilled;
mod counted;
mod executed;
mod parts;
mod raised;
mod readings;
mod surveyed;
mod undone;

use serde_json::Value;

use crate::fixture::{Answer, Folder};
use crate::village::{EXECUTOR, RESOLUTION, STATION, Village};

fn audit(folder: &Folder, args: &[&str]) -> Answer {
    let head = ["audit", "decisions", "--quiet"];
    folder.run(&head.iter().chain(args).copied().collect::<Vec<_>>())
}

/// Codes of these weights, as of a day of 2022. The exit code must say the same.
fn codes(village: &Village, day: &str, weights: &[&str]) -> Vec<String> {
    let as_of = format!("2022-{day}");
    let answer = audit(&village.told(), &["--as-of", &as_of, "--format", "json"]);
    let audit = answer.json();
    let findings = |row: &Value| row["findings"].as_array().unwrap().clone();
    let found: Vec<Value> = audit["rows"].as_array().unwrap().iter().flat_map(findings).collect();
    let fails = found.iter().any(|it| it["weight"] != "late" && it["weight"] != "note");
    assert_eq!(answer.code, u8::from(fails), "{}", answer.out);
    let mut codes: Vec<String> = found
        .iter()
        .filter(|it| weights.contains(&it["weight"].as_str().unwrap()))
        .map(|it| it["code"].as_str().unwrap().to_owned())
        .collect();
    codes.sort();
    codes
}

/// Codes of all that a part finds as of the end of a day. The exit code must say whether something fails.
fn codes_of(part: &str, village: &Village, day: &str) -> Vec<String> {
    let answer = village.told().run(&["audit", part, "--as-of", day, "--format", "json"]);
    let rows = answer.json()["rows"].as_array().unwrap().clone();
    let found: Vec<Value> =
        rows.iter().flat_map(|row| row["findings"].as_array().unwrap().clone()).collect();
    let fails = |it: &Value| it["weight"] != "late" && it["weight"] != "note";
    assert_eq!(answer.code, u8::from(found.iter().any(fails)), "{}", answer.out);
    let mut codes: Vec<String> =
        found.iter().map(|it| it["code"].as_str().unwrap().to_owned()).collect();
    codes.sort();
    codes
}

/// Nothing fails on the last day of a step, and this fails on the next.
#[track_caller]
fn missing(village: &Village, last: &str, next: &str, code: &str) {
    let failing = ["missing", "wrong"];
    assert_eq!(codes(village, last, &failing), [""; 0], "{last}");
    assert_eq!(codes(village, next, &failing), [code], "{next}");
}

/// These are wrong, and nothing else fails.
#[track_caller]
fn wrong(village: &Village, expected: &[&str]) {
    assert_eq!(codes(village, "04-30", &["missing", "wrong"]), expected);
}

#[test]
fn a_clean_history_has_no_findings() {
    let folder = Village::clean().told();
    let answer = audit(&folder, &["--as-of", "2023-01-01"]).exits(0);
    answer.says(&[
        "decisions as of 2023-01-01T23:59:59.999999+08:00",
        RESOLUTION,
        "completed",
        "2022-03-04 to 2022-03-11 (7 days)",
        "1 (0)",
        "2022-04-15 (first 2022-04-10, moved 1 times)",
        "V000000000009 村委会副主任",
        "2022-04-12 V000000000008",
        "Dealt with before a meeting",
        "先行清理塌方路段",
        "2 decisions: 0 missing, 0 wrong; 0 done late, 0 to note.",
    ]);
    let zh = folder.run_in("zh", &["audit", "decisions", "--as-of", "2023-01-01"]).exits(0);
    zh.says(&[
        "决议落实情况,截至2023-01-01",
        "已完成",
        "急事急议",
        "2项决定:缺失0处,违规0处,另有迟办0处,提示0处。",
    ]);
    // Whenever one looks, everything was done in time so far.
    for day in ["03-03", "03-10", "03-11", "03-20", "04-05", "04-12", "04-20"] {
        let as_of = format!("2022-{day}");
        audit(&folder, &["--as-of", &as_of]).exits(0);
    }
}

#[test]
fn units_forms_and_failures_narrow_the_list() {
    let folder = Village::clean().until("ExecutionProgressed").told();
    let at = ["--as-of", "2022-04-20"];
    let rows = |more: &[&str]| {
        let args: Vec<&str> = at.iter().chain(more).chain(&["--format", "json"]).copied().collect();
        let answer = audit(&folder, &args);
        (answer.code, answer.json()["rows"].as_array().map_or(0, Vec::len))
    };
    assert_eq!(rows(&[]), (1, 2));
    assert_eq!(rows(&["--failures-only"]), (1, 1));
    assert_eq!(rows(&["--unit", STATION]), (1, 2));
    assert_eq!(rows(&["--unit", "330225100"]), (1, 2));
    assert_eq!(rows(&["--unit", "330225101"]), (0, 0));
    let unknown = audit(&folder, &["--unit", "999"]).exits(2);
    assert!(unknown.err.contains("There is no unit 999"), "{}", unknown.err);
    audit(&folder, &["--unit", "13800138000"]).exits(2);
    let csv = audit(&folder, &["--as-of", "2022-04-20", "--format", "csv"]).exits(1);
    let mut lines = csv.out.lines();
    let head: Vec<&str> = lines.next().unwrap().split(',').collect();
    let row: Vec<&str> = lines.next().unwrap().split(',').collect();
    let cell = |name: &str| row[head.iter().position(|it| *it == name).unwrap()];
    assert_eq!((cell("executor"), cell("due")), (EXECUTOR, "2022-04-10"));
    assert_eq!((cell("missing"), cell("wrong")), ("decision.execution_overdue", ""));
    assert_eq!(lines.count(), 1);
}

#[test]
fn without_a_moment_it_is_now_that_counts() {
    let village = Village::clean().until("ExecutionProgressed");
    let (folder, events) = (village.told(), village.0.len().to_string());
    audit(&folder, &[]).exits(1).says(&["[decision.execution_overdue] missing"]);
    audit(&folder, &["--position", &events]).exits(0);
}

#[test]
fn an_empty_log_holds_no_decisions() {
    audit(&Folder::new(), &[]).exits(0).says(&["0 decisions: 0 missing"]);
}
