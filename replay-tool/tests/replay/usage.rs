//! The command line itself.

use crate::fixture::{Folder, arg, run};
use crate::story::county;

#[test]
fn bad_usage_is_explained_in_both_languages() {
    for args in [
        vec!["replay"],
        vec!["replay", "frobnicate"],
        vec!["replay", "show", "nothing"],
        vec!["replay", "show", "quota", "--as-of", "2021-11-30T12:00:00"],
        vec!["replay", "show", "quota", "--as-of", "2021-11-30", "--position", "3"],
        vec!["replay", "show", "quota", "--limit", "0"],
        vec!["replay", "rebuild"],
        vec!["replay", "audit", "everything"],
        vec!["replay", "policy", "new"],
        vec!["replay", "audit", "decisions", "--as-of", "yesterday"],
        vec!["replay", "diff", "--from", "2021-11-30"],
        vec!["replay", "verify", "--lang", "fr"],
    ] {
        let answer = run(args.iter().copied()).exits(2);
        assert!(answer.err.contains("用法有误:"), "{args:?}: {}", answer.err);
        assert!(
            answer.err.contains("Usage") || answer.err.contains("error:"),
            "{args:?}: {}",
            answer.err
        );
        assert!(answer.out.is_empty(), "{args:?}: {}", answer.out);
    }
}

#[test]
fn help_says_what_verify_cannot_see() {
    let answer = run(["replay", "verify", "--help"]).exits(0);
    answer.says(&[
        "it cannot see a whole history that was written anew",
        "不能发现整部改写并重新签署的历史",
        "--keep",
    ]);
    run(["replay", "copy", "--help"]).exits(0).says(&["SHA-256", "--compare", "接着搬", "goes on"]);
    run(["replay", "audit", "decisions", "--help"]).exits(0).says(&[
        "是否公示",
        "what the rules forbid",
        "--failures-only",
        "退出码1",
    ]);
    run(["replay", "explain", "--help"]).exits(0).says(&["--prose", "宣读", "read aloud"]);
    run(["replay", "show", "--help"]).exits(0).says(&["monthly-report", "月报", "--figure"]);
    run(["replay", "--help"]).exits(0).says(&["YUANFA_DATA", "explain", "退出码"]);
    run(["replay", "--version"]).exits(0).says(&["replay "]);
}

#[test]
fn progress_is_plain_without_a_terminal_and_quiet_is_quiet() {
    let folder = county();
    let answer = folder.run(&["verify"]).exits(0);
    assert!(answer.err.contains("verify: 21 events"), "{}", answer.err);
    assert!(!answer.err.contains('\u{1b}'), "{}", answer.err);
    let quiet = folder.run(&["verify", "--quiet"]).exits(0);
    assert!(quiet.err.is_empty(), "{}", quiet.err);
}

#[test]
fn nothing_in_the_data_folder_changes() {
    let mut folder = county();
    folder.close();
    let files = |folder: &Folder| {
        let mut files: Vec<(String, Vec<u8>)> = std::fs::read_dir(folder.path(""))
            .unwrap()
            .map(|file| file.unwrap())
            .map(|file| {
                (file.file_name().into_string().unwrap(), std::fs::read(file.path()).unwrap())
            })
            .collect();
        files.sort();
        files
    };
    let before = files(&folder);
    let stream = "unit-330225001";
    for args in [vec!["verify"], vec!["show", "quota"], vec!["explain", stream], vec!["stats"]] {
        folder.run(&args).exits(0);
    }
    let after = files(&folder);
    let names = |files: &[(String, Vec<u8>)]| {
        files.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>()
    };
    assert_eq!(names(&before), names(&after));
    assert!(before == after, "a file of the data folder has changed");
}

/// The program itself, in a process of its own, beside a service that holds the log open and writes.
#[test]
fn the_binary_reads_beside_a_writing_service() {
    let folder = county();
    let verify = || {
        let mut replay = std::process::Command::new(env!("CARGO_BIN_EXE_replay"));
        replay.args(["--lang", "en", "--data"]).arg(folder.path("")).arg("verify");
        let answer = replay.output().unwrap();
        (answer.status.code(), String::from_utf8(answer.stdout).unwrap())
    };
    let (code, out) = verify();
    assert!(code == Some(0) && out.contains("21 events in 8 streams, compared"), "{out}");
    folder.tell(
        "unit-330225",
        "HeadcountDeclared",
        r#"{"headcount":3}"#,
        "2022-01-01T00:00:00Z",
        None,
    );
    let (code, out) = verify();
    assert!(code == Some(0) && out.contains("22 events"), "{out}");
    assert!(out.contains("stand at position 21, behind the log (22)"), "{out}");
}

#[test]
fn the_log_may_lie_elsewhere() {
    let folder = county();
    let elsewhere = tempfile::tempdir().unwrap();
    let place = format!("sqlite:{}", folder.path("").display());
    let named = elsewhere.path().join("place");
    std::fs::write(&named, &place).unwrap();
    for store in [place, format!("@{}", named.display())] {
        let head = ["replay", "--data", arg(elsewhere.path()), "--lang", "en", "--store", &store];
        let verify = run(head.into_iter().chain(["verify"])).exits(0);
        verify.says(&["[read_models.missing]", "21 events in 8 streams"]);
        for command in [vec!["stats"], vec!["show", "quota"], vec!["explain", "unit-330225001"]] {
            run(head.into_iter().chain(command)).exits(0);
        }
    }
}

#[test]
fn a_place_that_cannot_be_is_bad_usage_and_shows_no_password() {
    for place in
        ["/srv/log", "postgres://clerk:geheim@host", "kurrentdb://clerk:geheim@ho st", "@nowhere"]
    {
        let answer = run(["replay", "--lang", "en", "--store", place, "verify"]).exits(2);
        assert!(answer.err.starts_with("error: "), "{}", answer.err);
        assert!(!answer.err.contains("geheim"), "{}", answer.err);
    }
}
