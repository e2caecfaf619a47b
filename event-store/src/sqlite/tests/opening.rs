//! Who may open what.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};
use std::time::SystemTime;

use rusqlite::Connection;

use super::*;
use crate::{AppendError, HaltCause, Health, OpenError};

#[tokio::test]
async fn a_second_writer_is_told_at_once() {
    let place = Place::new();
    let store = place.open();
    add(&store, "a", 0).await;
    let second = SqliteStore::open(place.path(), SqliteOptions::default());
    assert!(matches!(second, Err(OpenError::InUse)));
    add(&store, "a", 1).await;
    drop(store);
    assert_eq!(count(&place.open()).await, 2);
}

/// Names, sizes and times of change of what lies in the folder.
fn traces(place: &Place) -> BTreeMap<String, (u64, SystemTime)> {
    let files = fs::read_dir(place.0.path()).unwrap().map(|entry| {
        let (name, file) =
            (entry.as_ref().unwrap().file_name(), entry.as_ref().unwrap().metadata());
        let file = file.unwrap();
        (name.into_string().unwrap(), (file.len(), file.modified().unwrap()))
    });
    files.collect()
}

#[tokio::test]
async fn an_auditor_reads_a_resting_log_and_leaves_no_trace() {
    let place = Place::new();
    let store = place.open();
    add(&store, "a", 0).await;
    drop(store);
    let before = traces(&place);
    let auditor = SqliteStore::open_read_only(place.path()).unwrap();
    assert_eq!(count(&auditor).await, 1);
    assert_eq!(*auditor.watch_head().borrow(), Position(1));
    let answer = auditor.append(&stream("a"), exactly(1), vec![event()]).await;
    assert!(
        matches!(&answer, Err(AppendError::Halted(r)) if r.cause == HaltCause::ReadOnly),
        "{answer:?}"
    );
    assert!(matches!(auditor.health(), Health::Halted(_)));
    assert_eq!(traces(&place), before);
}

/// The test plays both parts: it starts itself again, in another process, as the auditor.
#[tokio::test]
async fn an_auditor_in_another_process_hinders_no_writer() {
    const LOG: &str = "EVENT_STORE_TEST_AUDITED_LOG";
    let name = "sqlite::tests::opening::an_auditor_in_another_process_hinders_no_writer";
    if let Some(path) = std::env::var_os(LOG) {
        let auditor = SqliteStore::open_read_only(path).unwrap();
        eprintln!("{}", count(&auditor).await);
        io::stdin().read_line(&mut String::new()).unwrap();
        eprintln!("{}", count(&auditor).await);
        return;
    }
    let place = Place::new();
    add(&place.open(), "a", 0).await;
    let mut auditor = Command::new(std::env::current_exe().unwrap())
        .args([name, "--exact", "--nocapture"])
        .env(LOG, place.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut said = BufReader::new(auditor.stderr.take().unwrap()).lines().map(Result::unwrap);
    assert_eq!(said.next().unwrap(), "1");
    let writer = place.open();
    add(&writer, "a", 1).await;
    auditor.stdin.take().unwrap().write_all(b"\n").unwrap();
    assert_eq!(said.next().unwrap(), "2");
    assert!(auditor.wait().unwrap().success());
    add(&writer, "a", 2).await;
}

#[tokio::test]
async fn an_auditor_follows_a_writer_at_work() {
    let place = Place::new();
    let store = place.open();
    let auditor = SqliteStore::open_read_only(place.path()).unwrap();
    assert_eq!(count(&auditor).await, 0);
    for version in 0..20 {
        add(&store, "a", version).await;
        assert_eq!(count(&auditor).await as u64, version + 1);
        assert_eq!(auditor.head().await.unwrap(), Position(version + 1));
    }
}

#[tokio::test]
async fn an_auditor_reads_what_a_crash_left() {
    let (place, copy) = (Place::new(), Place::new());
    let store = place.open();
    for version in 0..5 {
        add(&store, "a", version).await;
    }
    // The files as they lie on the disk while the writer works are what a crash leaves.
    for name in traces(&place).into_keys() {
        fs::copy(place.0.path().join(&name), copy.0.path().join(&name)).unwrap();
    }
    let before = traces(&copy);
    assert!(before["log.sqlite-wal"].0 > 0);
    let auditor = SqliteStore::open_read_only(copy.path()).unwrap();
    assert_eq!(count(&auditor).await, 5);
    assert_eq!(traces(&copy), before);
    drop(auditor);
    assert_eq!(count(&copy.open()).await, 5);

    fs::remove_file(place.0.path().join("log.sqlite-shm")).unwrap();
    let half = SqliteStore::open_read_only(place.path());
    assert!(matches!(half, Err(OpenError::HalfCopied)));
}

#[test]
fn what_is_no_log_is_refused_and_left_alone() {
    let foreign =
        |path: PathBuf, sql: &str| Connection::open(path).unwrap().execute_batch(sql).unwrap();
    let other = Place::new();
    foreign(other.path(), "CREATE TABLE t (x); INSERT INTO t VALUES (1)");
    let text = Place::new();
    fs::write(text.path(), "单位代码,单位名称\n".repeat(100)).unwrap();
    let newer = Place::new();
    drop(newer.open());
    foreign(newer.path(), "PRAGMA user_version = 2");
    for (place, expected) in
        [(&other, "not an event log"), (&text, "not an event log"), (&newer, "revision 2")]
    {
        let bytes = fs::read(place.path()).unwrap();
        for refusal in [
            SqliteStore::open(place.path(), SqliteOptions::default()).err(),
            SqliteStore::open_read_only(place.path()).err(),
        ] {
            let said = refusal.unwrap().to_string();
            assert!(said.contains(expected), "{said}");
        }
        assert_eq!(fs::read(place.path()).unwrap(), bytes);
    }
}

#[test]
fn an_auditor_never_creates_a_log() {
    let place = Place::new();
    assert!(matches!(SqliteStore::open_read_only(place.path()), Err(OpenError::Missing)));
    fs::write(place.path(), "").unwrap();
    assert!(matches!(SqliteStore::open_read_only(place.path()), Err(OpenError::NotALog)));
    assert_eq!(traces(&place).len(), 1);
}

#[tokio::test]
async fn a_path_is_only_a_path() {
    let place = Place::new();
    let path = place.0.path().join("援法 50%?mode=memory#x&y.sqlite");
    let store = SqliteStore::open(&path, SqliteOptions::default()).unwrap();
    add(&store, "a", 0).await;
    assert_eq!(count(&store).await, 1);
    assert_eq!(count(&SqliteStore::open_read_only(&path).unwrap()).await, 1);
}
