//! An audit of a county that was played: the same figures for ever, and every hand in the records is named.

use std::path::Path;
use std::sync::{Arc, Mutex, Weak};

use api::{AppState, Options};
use application::tokens::NewToken;
use application::{App, ManualClock, files};
use axum::body::Body;
use axum::http::{Request, StatusCode};
use demo::Args;
use domain::Role;
use jiff::civil::date;
use rusqlite::Connection;
use serde_json::Value;
use tempfile::TempDir;
use tests::county::time;
use tests::replay::Replayed;
use tokio::runtime::Runtime;
use tower::ServiceExt as _;

/// The deadline of the three weeks.
const DEADLINE: &str = "2021-11-30T12:00:00+08:00";

/// A county played to the end of March, once for all tests that run at the same time.
static PLAYED: Mutex<Weak<TempDir>> = Mutex::new(Weak::new());

fn played() -> Arc<TempDir> {
    let mut played = PLAYED.lock().unwrap();
    played.upgrade().unwrap_or_else(|| {
        let folder = Arc::new(tempfile::tempdir().unwrap());
        let args = Args {
            data: folder.path().to_owned(),
            volunteers: 400,
            seed: 1,
            no_serve: true,
            until: Some(date(2022, 3, 31)),
        };
        Runtime::new().unwrap().block_on(demo::play(&args, |_| {})).unwrap();
        *played = Arc::downgrade(&folder);
        folder
    })
}

/// The files of a data folder, in a folder that a test may change.
fn copy(from: &TempDir) -> TempDir {
    let to = tempfile::tempdir().unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        if entry.file_type().unwrap().is_file() {
            std::fs::copy(entry.path(), to.path().join(entry.file_name())).unwrap();
        }
    }
    to
}

/// Runs `replay` on a data folder: exit code, answer, and what it says beside.
fn replay(data: &Path, args: &[&str]) -> (u8, String, String) {
    let data = ["--data", data.to_str().unwrap()];
    let Replayed { code, out, err } = tests::replay::replay(&[&data, args].concat());
    (code, out, err)
}

/// The answer of a run that must succeed.
#[track_caller]
fn answer(data: &Path, args: &[&str]) -> String {
    let (code, out, err) = replay(data, args);
    assert_eq!(code, 0, "{args:?}: {out}{err}");
    out
}

/// The log as somebody with a database tool sees it who has taken its guards away.
fn unguarded_log(data: &Path) -> Connection {
    let log = Connection::open(data.join(files::LOG)).unwrap();
    let guards = "SELECT group_concat('DROP TRIGGER ' || name, ';') FROM sqlite_schema WHERE type = 'trigger'";
    let guards: String = log.query_row(guards, [], |row| row.get(0)).unwrap();
    log.execute_batch(&guards).unwrap();
    log
}

/// Cuts the log off as if nothing had happened after a moment.
fn forget_after(data: &Path, moment: &str) {
    let moment = time(moment).as_microsecond();
    let log = unguarded_log(data);
    let forgotten = log.execute("DELETE FROM events WHERE recorded_at > ?1", [moment]).unwrap();
    assert!(forgotten > 0, "nothing happened after {moment}");
    let versions = "UPDATE streams SET version =
        (SELECT coalesce(max(version), 0) FROM events WHERE stream = streams.id)";
    log.execute(versions, []).unwrap();
}

#[test]
fn the_table_at_the_deadline_is_the_same_whatever_happened_later() {
    let full = played();
    let quota = ["show", "quota", "--as-of", DEADLINE, "--format", "csv"];
    let table = answer(full.path(), &quota);
    assert!(table.lines().count() > 20, "{table}");
    assert_ne!(
        table,
        answer(full.path(), &["show", "quota", "--format", "csv"]),
        "much happened later"
    );

    let early = copy(&full);
    forget_after(early.path(), DEADLINE);
    std::fs::remove_file(early.path().join(files::READ)).unwrap();
    assert_eq!(answer(early.path(), &quota), table);

    let listed = answer(full.path(), &["show", "quota", "--as-of", DEADLINE, "--format", "json"]);
    let listed: Value = serde_json::from_str(&listed).unwrap();
    let served = Runtime::new().unwrap().block_on(served(&copy(&full)));
    assert_eq!(Value::Array(served), listed["rows"], "the service says what the auditor sees");
}

#[test]
fn a_cache_changes_no_answer() {
    let (full, cache) = (played(), tempfile::tempdir().unwrap());
    let cache = ["--cache", cache.path().to_str().unwrap()];
    let asked: [&[&str]; 5] = [
        &["show", "quota", "--as-of", DEADLINE, "--format", "csv"],
        &["show", "execution-ledger", "--format", "json"],
        &["show", "volunteer-archive", "--position", "700", "--format", "csv"],
        &["show", "quota", "--as-of", DEADLINE, "--format", "csv"],
        &["show", "station-board", "--as-of", "2020-01-01", "--format", "csv"],
    ];
    for args in asked {
        let cached = [args, &cache].concat();
        assert_eq!(answer(full.path(), &cached), answer(full.path(), args), "{args:?}");
    }
    let diff =
        ["diff", "--from", DEADLINE, "--to", "2022-02-01", "--limit", "50", "--format", "csv"];
    let plain = replay(full.path(), &diff);
    assert_eq!(plain.0, 1, "{}{}", plain.1, plain.2);
    assert_eq!(replay(full.path(), &[&diff[..], &cache].concat()), plain);
    let files = [&["diff", "a.sqlite", "b.sqlite"][..], &cache].concat();
    assert_eq!(replay(full.path(), &files).0, 2, "files have no use for a cache");
}

/// The quota at the deadline as the service serves it months later.
async fn served(data: &TempDir) -> Vec<Value> {
    let clock = Arc::new(ManualClock::at(time("2022-06-01T09:00:00+08:00")));
    let master = App::master_key(data.path()).unwrap();
    let app = App::open(data.path(), master, clock).await.unwrap();
    let state = AppState::start(Arc::new(app), Options::default()).await.unwrap();
    let auditor =
        NewToken { role: Role::Auditor, unit: None, person: None, label: None, expires_at: None };
    let (_, token) = state.tokens.create(auditor, state.app.clock.now()).unwrap();
    let router = api::router(state.clone());
    let mut rows = Vec::new();
    let mut cursor = String::new();
    loop {
        let uri = format!("/api/v1/quota?as_of={}{cursor}", DEADLINE.replace('+', "%2B"));
        let request =
            Request::get(uri).header("authorization", format!("Bearer {}", token.reveal()));
        let response = router.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
        assert_eq!(response.status(), StatusCode::OK);
        let body = axum::body::to_bytes(response.into_body(), usize::MAX).await.unwrap();
        let mut page: Value = serde_json::from_slice(&body).unwrap();
        rows.append(page["items"].as_array_mut().unwrap());
        match page["cursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => break,
        }
    }
    state.stop().await;
    rows
}

/// A stream, a version and a position in the middle of the county's life.
struct Place {
    stream: String,
    version: i64,
    position: i64,
}

/// The middle event of a stream that has some, in the middle of the log.
fn place(data: &Path) -> Place {
    let query = "SELECT s.name, e.version, e.position FROM events e JOIN streams s ON s.id = e.stream
        WHERE e.version > 1 AND e.version < s.version AND e.position > (SELECT max(position) / 2 FROM events)
        ORDER BY e.position LIMIT 1";
    let read = |row: &rusqlite::Row<'_>| {
        Ok(Place { stream: row.get(0)?, version: row.get(1)?, position: row.get(2)? })
    };
    Connection::open(data.join(files::LOG)).unwrap().query_row(query, [], read).unwrap()
}

/// `verify` must find what was done to a copy of the county, and say all that the doer tells.
#[track_caller]
fn found(county: &TempDir, tamper: impl FnOnce(&Path) -> Vec<String>) {
    let folder = copy(county);
    let told = tamper(folder.path());
    let (code, out, err) = replay(folder.path(), &["verify"]);
    assert_eq!(code, 1, "{out}{err}");
    for text in told {
        assert!(out.contains(&text), "no {text:?} in:\n{out}");
    }
}

#[test]
fn a_played_county_is_in_order_and_every_hand_in_its_records_is_named() {
    let county = played();
    let said = answer(county.path(), &["verify", "--strict"]);
    assert!(said.contains("events"), "{said}");

    found(&county, |data| {
        let read = Connection::open(data.join(files::READ)).unwrap();
        let cell = "UPDATE quota_unit SET members_total = members_total + 1 WHERE unit = '330225'";
        assert_eq!(read.execute(cell, []).unwrap(), 1);
        ["quota_unit", "330225", "members_total"].map(String::from).into()
    });
    found(&county, |data| {
        let Place { stream, version, position } = place(data);
        unguarded_log(data).execute("DELETE FROM events WHERE position = ?1", [position]).unwrap();
        let gap = format!("event {version} was expected, {} was found", version + 1);
        vec!["[stream.gap]".into(), format!("stream {stream} event {}", version + 1), gap]
    });
    found(&county, |data| {
        let Place { stream, version, position } = place(data);
        let shift = "UPDATE events SET version = version + 1000 WHERE position = ?1";
        unguarded_log(data).execute(shift, [position]).unwrap();
        let gap = format!("event {version} was expected, {} was found", version + 1000);
        vec![format!("[stream.gap] position {position} stream {stream}"), gap]
    });
    found(&county, |data| {
        let Place { stream, version, position } = place(data);
        let damage = "UPDATE events SET data = x'7b22' WHERE position = ?1";
        unguarded_log(data).execute(damage, [position]).unwrap();
        vec![format!("[event.unreadable] position {position} stream {stream} event {version}")]
    });
}

#[test]
fn what_cannot_be_done_has_exit_codes_of_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let (code, out, err) = replay(folder.path(), &["show", "weather"]);
    assert_eq!((code, out.as_str()), (2, ""));
    assert!(err.contains("weather") && err.contains("quota"), "{err}");
    let missing = folder.path().join("nothing");
    let (code, out, err) = replay(&missing, &["verify"]);
    assert_eq!((code, out.as_str()), (3, ""));
    assert!(err.contains("--data"), "{err}");
    assert!(!missing.exists(), "an auditor's program makes no folder");
}
