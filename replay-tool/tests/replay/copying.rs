//! `copy`: a history moved to another file, interrupted, and compared.

use std::io::Read as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use event_store::{EventStore as _, Position, Recorded, SqliteStore};
use tempfile::TempDir;

use crate::fixture::{Answer, Folder, arg, run};
use crate::story::county;

fn place(folder: &Path) -> String {
    format!("sqlite:{}", folder.display())
}

fn copy(from: &Folder, to: &TempDir, more: &[&str]) -> Answer {
    let (from, to) = (place(&from.path("")), place(to.path()));
    let head = ["replay", "--lang", "en", "copy", "--from", &from, "--to", &to];
    run(head.into_iter().chain(more.iter().copied()))
}

/// All events of a file, without their positions.
fn events(folder: &Path) -> Vec<Recorded> {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let store = SqliteStore::open_read_only(folder.join("log.sqlite")).unwrap();
    let mut events: Vec<Recorded> = Vec::new();
    loop {
        let after = events.last().map_or(Position::START, |last| last.position);
        let page = runtime.block_on(store.read_all(after, 1000)).unwrap();
        if page.is_empty() {
            break;
        }
        events.extend(page);
    }
    events
}

/// The SHA-256 of both ends.
fn digests(answer: &Answer) -> Vec<&str> {
    answer.out.lines().filter_map(|line| Some(line.split_once("SHA-256 ")?.1)).collect()
}

#[test]
fn a_copy_is_the_same_history_and_sound() {
    let (folder, to) = (county(), TempDir::new().unwrap());
    let answer = copy(&folder, &to, &[]).exits(0);
    let answer = answer.says(&["21 events copied, 0 were there", "equal, record by record"]);
    let found = digests(&answer);
    assert!(found.len() == 2 && found[0] == found[1] && found[0].len() == 64, "{found:?}");
    assert_eq!(events(to.path()), events(&folder.path("")));
    let verify = ["replay", "--lang", "en", "--data", arg(to.path()), "verify"];
    run(verify).exits(0).says(&["21 events in 8 streams"]);
    // The read models go on with it as if nothing had happened.
    std::fs::copy(folder.path("read.sqlite"), to.path().join("read.sqlite")).unwrap();
    run(verify.into_iter().chain(["--strict"])).exits(0).says(&["compared with the read models"]);
    copy(&folder, &to, &[]).exits(0).says(&["0 events copied, 21 were there"]);
    copy(&folder, &to, &["--compare"]).exits(0).says(&["21 were there"]);
}

#[test]
fn one_that_grew_is_gone_on_with() {
    let (folder, to) = (Folder::new(), TempDir::new().unwrap());
    crate::story::november(&folder);
    copy(&folder, &to, &[]).exits(0).says(&["10 events copied"]);
    crate::story::december(&folder);
    let answer = copy(&folder, &to, &["--compare"]).exits(1);
    assert!(answer.err.contains("The target holds 10 events and lacks event"), "{}", answer.err);
    copy(&folder, &to, &[]).exits(0).says(&["11 events copied, 10 were there"]);
    assert_eq!(events(to.path()), events(&folder.path("")));
}

#[test]
fn a_target_with_something_else_is_left_alone() {
    let (folder, other, to) = (county(), Folder::new(), TempDir::new().unwrap());
    other.tell(
        "unit-330225",
        "UnitRegistered",
        r#"{"unit":"330225","name":"另一县","kind":"county","parent":null}"#,
        "2021-11-09T01:00:00Z",
        None,
    );
    copy(&other, &to, &[]).exits(0);
    let before = events(to.path());
    let answer = copy(&folder, &to, &[]).exits(1);
    assert!(answer.err.contains("They differ from event 1 on"), "{}", answer.err);
    assert!(answer.err.contains("fields that differ:"), "{}", answer.err);
    assert_eq!(events(to.path()), before);
    // What holds more than the source is something else too.
    let longer = TempDir::new().unwrap();
    copy(&folder, &longer, &[]).exits(0);
    let early = Folder::new();
    crate::story::november(&early);
    let answer = copy(&early, &longer, &[]).exits(1);
    assert!(
        answer.err.contains("The source holds 10 events, the target goes on"),
        "{}",
        answer.err
    );
}

#[test]
fn a_changed_byte_is_found() {
    let (mut folder, to) = (county(), TempDir::new().unwrap());
    copy(&folder, &to, &[]).exits(0);
    folder.tamper("UPDATE events SET metadata = CAST(metadata || ' ' AS BLOB) WHERE position = 12");
    let answer = copy(&folder, &to, &["--verify-only"]).exits(1);
    assert!(answer.err.contains("differ from event 12 on"), "{}", answer.err);
    assert!(answer.err.contains("fields that differ: metadata."), "{}", answer.err);
}

#[test]
fn what_cannot_be_copied_is_said() {
    let (folder, to) = (county(), TempDir::new().unwrap());
    let own = place(&folder.path(""));
    run(["replay", "copy", "--from", &own, "--to", &own]).exits(2);
    run(["replay", "copy", "--from", &own]).exits(2);
    let refused = run(["replay", "copy", "--from", &own, "--to", "x://clerk:geheim@host"]).exits(2);
    assert!(!refused.err.contains("geheim"), "{}", refused.err);
    let nothing = to.path().join("nothing");
    run(["replay", "copy", "--from", &place(&nothing), "--to", &place(to.path())]).exits(3);
    run(["replay", "copy", "--from", &own, "--to", &place(&nothing), "--compare"]).exits(3);
    assert!(!nothing.exists(), "comparing makes no folder");
    // The source is held open by a writer, which as a target cannot be.
    copy(&folder, &to, &[]).exits(0);
    run(["replay", "copy", "--from", &place(to.path()), "--to", &own]).exits(3);
}

/// The program itself is killed half-way: the same again makes the same copy.
#[test]
fn a_copy_that_was_killed_goes_on() {
    let (folder, to) = (Folder::new(), TempDir::new().unwrap());
    for number in 0..1_500 {
        let unit = format!("X{number}");
        let data = format!(r#"{{"unit":"{unit}","name":"单位","kind":"town","parent":null}}"#);
        folder.tell(&format!("unit-{unit}"), "UnitRegistered", &data, "2021-12-01T00:00:00Z", None);
    }
    let mut replay = Command::new(env!("CARGO_BIN_EXE_replay"));
    replay.args(["--quiet", "copy", "--from", &place(&folder.path("")), "--to", &place(to.path())]);
    let mut replay = replay.stdout(Stdio::piped()).spawn().unwrap();
    let begun = Instant::now();
    while !begins(to.path()) {
        assert!(begun.elapsed() < Duration::from_secs(60), "nothing was copied");
        std::thread::yield_now();
    }
    replay.kill().unwrap();
    replay.wait().unwrap();
    let mut said = String::new();
    replay.stdout.take().unwrap().read_to_string(&mut said).unwrap();
    assert_eq!(said, "", "it had come to its end");
    let answer = copy(&folder, &to, &[]).exits(0);
    assert!(!answer.out.contains("1500 events copied"), "{}", answer.out);
    assert_eq!(events(to.path()), events(&folder.path("")));
}

/// Whether a log that somebody else writes holds events.
fn begins(folder: &Path) -> bool {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    SqliteStore::open_read_only(folder.join("log.sqlite"))
        .is_ok_and(|store| runtime.block_on(store.head()).is_ok_and(|head| head > Position::START))
}
