//! `export --dir` and `import`: a history that verifies by itself, in a folder and out of it.

use std::fs;

use crate::fixture::{arg, run};
use crate::story::{county, signed};

fn place(folder: &std::path::Path) -> String {
    format!("sqlite:{}", folder.display())
}

#[test]
fn a_history_goes_out_and_in_again_with_its_ledger() {
    let (folder, policy) = signed();
    let (out, back) = (folder.path("out"), folder.path("back"));
    for _ in 0..2 {
        folder
            .run(&["export", "--dir", arg(&out)])
            .exits(0)
            .says(&["both ends are equal", "agrees with 1 checkpoint"]);
    }
    assert!(out.join("log.sqlite").exists() && !out.join("ledger/key").exists());
    let verify =
        ["replay", "--lang", "en", "verify", "--data", arg(&out), "--policy", arg(&policy)];
    run(verify).exits(0).says(&["21 events", "agrees with 1 checkpoint"]);
    let to = place(&back);
    let import =
        ["replay", "--lang", "en", "import", arg(&out), "--to", &to, "--policy", arg(&policy)];
    run(import).exits(0).says(&["21 events copied", "both ends are equal"]);
    let stats = ["replay", "--lang", "en", "stats", "--data", arg(&back)];
    run(stats).exits(0).says(&["21"]);
}

#[test]
fn nothing_is_written_of_a_folder_that_does_not_verify() {
    let (folder, policy) = signed();
    let (out, back) = (folder.path("out"), folder.path("back"));
    folder.run(&["export", "--dir", arg(&out)]).exits(0);
    let mut bytes = fs::read(out.join("log.sqlite")).unwrap();
    let title = "小分队组建情况公示".as_bytes();
    let at = bytes.windows(title.len()).position(|window| window == title).unwrap();
    bytes[at + 2] ^= 1;
    fs::write(out.join("log.sqlite"), bytes).unwrap();
    let to = place(&back);
    let import =
        ["replay", "--lang", "en", "import", arg(&out), "--to", &to, "--policy", arg(&policy)];
    run(import).exits(1).says(&["[ledger.leaf] position 18 stream notice-squads-2021 event 1"]);
    assert!(!back.exists());
}

#[test]
fn an_export_says_whether_there_is_a_ledger() {
    let folder = county();
    let out = folder.path("out");
    let answer = folder.run(&["export", "--dir", arg(&out)]).exits(0);
    assert!(answer.err.contains("There is no ledger"), "{}", answer.err);
    let answer = folder.run(&["export"]).exits(2);
    assert!(answer.err.contains("--dir"), "{}", answer.err);
}

#[test]
fn two_moments_differ_by_facts_that_are_told() {
    let folder = county();
    let between = ["diff", "--facts", "--from", "2021-12-08", "--to", "2021-12-10"];
    folder.run(&between).exits(1).says(&["NoticePublished", "ObjectionFiled", "2 events."]);
    let mut json = between.to_vec();
    json.extend(["--format", "json", "--limit", "1"]);
    let answer = folder.run(&json).exits(1);
    assert_eq!(answer.json()[0]["stream"], "notice-squads-2021");
    assert!(answer.err.contains("There are more"), "{}", answer.err);
    let none = ["diff", "--facts", "--from", "2021-12-12", "--to", "2021-12-13"];
    folder.run(&none).exits(0).says(&["0 events."]);
}
