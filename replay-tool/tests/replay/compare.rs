//! `rebuild` and `diff`.

use crate::fixture::arg;
use crate::story::county;

#[test]
fn a_rebuild_equals_the_live_read_models_and_overwrites_nothing_unasked() {
    let folder = county();
    let out = folder.path("built.sqlite");
    folder
        .run(&["rebuild", "--out", arg(&out)])
        .exits(0)
        .says(&["position 21 of the log, 21 events"]);
    let live = folder.path("read.sqlite");
    folder.run(&["diff", arg(&live), arg(&out)]).exits(0).says(&["No differences."]);
    let refused = folder.run_in("zh", &["rebuild", "--out", arg(&out)]).exits(2);
    assert!(refused.err.contains("--force"), "{}", refused.err);
    folder
        .run(&["rebuild", "--out", arg(&out), "--position", "10", "--force"])
        .exits(0)
        .says(&["10 events"]);
    folder.run(&["diff", arg(&out), arg(&live)]).exits(1);
}

#[test]
fn two_moments_differ_cell_by_cell() {
    let folder = county();
    let args = ["diff", "--from", "2021-11-25", "--to", "2021-11-26", "--format", "json"];
    let found = folder.run(&args).exits(1).json();
    let cell = |table: &str, key: &str, column: &str| {
        let of = |row: &&serde_json::Value| {
            row["table"] == table && row["key"] == key && row["column"] == column
        };
        found.as_array().unwrap().iter().find(of).cloned().unwrap_or_default()
    };
    let members = cell("quota_unit", "330225001", "members_total");
    assert_eq!((&members["left"], &members["right"]), (&"0".into(), &"1".into()));
    let county = cell("quota_unit", "330225", "members_total");
    assert_eq!(county["right"], "1");
    folder
        .run(&["diff", "--from", "2021-11-26", "--to", "2021-11-27"])
        .exits(0)
        .says(&["No differences."]);
}

#[test]
fn differences_are_cut_off_with_a_word() {
    let folder = county();
    let args =
        ["diff", "--from", "2021-11-01", "--to", "2021-12-31", "--limit", "2", "--format", "csv"];
    let answer = folder.run(&args).exits(1);
    assert_eq!(answer.out.lines().count(), 3);
    assert!(answer.err.contains("There are more"), "{}", answer.err);
}

#[test]
fn diff_wants_two_of_a_kind() {
    let folder = county();
    let live = folder.path("read.sqlite");
    let missing = folder.path("missing.sqlite");
    for args in [vec!["diff"], vec!["diff", arg(&live)]] {
        let answer = folder.run(&args).exits(2);
        assert!(answer.err.contains("Name two files"), "{}", answer.err);
    }
    folder.run(&["diff", arg(&live), "--from", "2021-01-01", "--to", "2021-01-02"]).exits(2);
    let answer = folder.run(&["diff", arg(&live), arg(&missing)]).exits(3);
    assert!(answer.err.contains("missing.sqlite"), "{}", answer.err);
    assert!(!missing.exists());
}
