//! `export` and `stats`.

use std::fs;

use crate::fixture::arg;
use crate::story::county;

#[test]
fn an_export_is_one_event_a_line_and_appears_whole() {
    let folder = county();
    let out = folder.path("log.jsonl");
    folder.run(&["export", "--out", arg(&out)]).exits(0).says(&["21 events exported"]);
    let text = fs::read_to_string(&out).unwrap();
    let lines: Vec<serde_json::Value> =
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.len(), 21);
    for (number, line) in (1..).zip(&lines) {
        assert_eq!(line["position"], number);
        assert!(line["metadata"]["actor"]["id"].is_string() && line["data"].is_object(), "{line}");
    }
    assert_eq!(lines[1]["stream"], "unit-330225001");
    assert_eq!(lines[1]["data"]["name"], "丹东街道");
    assert_eq!(lines[1]["recorded_at"], "2021-11-09T01:00:00Z");
    folder.run(&["export", "--out", arg(&out)]).exits(2);
    let prefix = ["export", "--out", arg(&out), "--force", "--as-of", "2021-11-30"];
    folder.run(&prefix).exits(0).says(&["10 events exported"]);
    assert!(text.starts_with(&fs::read_to_string(&out).unwrap()));
}

#[test]
fn an_export_that_fails_leaves_nothing() {
    let mut folder = county();
    folder.tamper("UPDATE events SET data = x'ff' WHERE position = 3");
    let out = folder.path("log.jsonl");
    let answer = folder.run(&["export", "--out", arg(&out)]).exits(1);
    assert!(answer.err.contains("position 3"), "{}", answer.err);
    let left: Vec<_> =
        fs::read_dir(folder.path("")).unwrap().map(|file| file.unwrap().file_name()).collect();
    assert!(left.iter().all(|name| !name.to_str().unwrap().contains("jsonl")), "{left:?}");
    let nowhere = folder.path("no/such/folder/x.jsonl");
    folder.run(&["export", "--out", arg(&nowhere)]).exits(3);
}

#[test]
fn figures_add_up() {
    let folder = county();
    folder.run_in("zh", &["stats"]).exits(0).says(&[
        "21件事件,8个事件流",
        "单位登记",
        "2021-11",
        "volunteer",
    ]);
    let json = folder.run(&["stats", "--format", "json"]).exits(0).json();
    assert_eq!(json["kinds"]["UnitRegistered"]["events"], 2);
    assert_eq!((&json["months"]["2021-11"], &json["months"]["2021-12"]), (&10.into(), &11.into()));
    assert_eq!(json["streams"]["unit"], 2);
    let bytes: u64 = json["kinds"]
        .as_object()
        .unwrap()
        .values()
        .map(|kind| kind["bytes"].as_u64().unwrap())
        .sum();
    assert_eq!(json["bytes"], bytes);
}
