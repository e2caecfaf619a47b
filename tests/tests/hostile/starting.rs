//! What must be there before a service starts, and by which clock it writes.

use std::fs;
use std::time::Instant;

use application::{Node, Remembered, files};
use jiff::{SignedDuration, Timestamp};
use rusqlite::Connection;
use serde_json::{Value, json};
use tests::replay::replay;

use super::{PATIENCE, Place, client};
use crate::http::play::adult;

const COUNTY: &str = "330225001";

async fn post(address: &str, token: &str, path: &str, body: &Value) -> (u16, Value) {
    let sent = client().post(format!("{address}/api/v1/{path}")).bearer_auth(token).json(body);
    let answer = sent.send().await.unwrap();
    (answer.status().as_u16(), answer.json().await.unwrap())
}

/// A folder whose log refers to a person; gives a token of the office.
async fn with_a_person(place: &Place) -> String {
    let office = place.office();
    let (serving, address) = place.program.serve();
    let unit = json!({"unit": COUNTY, "name": "示例县", "kind": "county"});
    assert_eq!(post(&address, &office, "units", &unit).await.0, 201);
    let mut person = adult(7);
    person["unit"] = json!(COUNTY);
    person["consent"] = json!({"given_on": "2024-01-10", "form": "书面"});
    let (status, answer) = post(&address, &office, "volunteers", &person).await;
    assert_eq!(status, 201, "{answer}");
    serving.kill();
    office
}

/// It does not start, and says this.
#[track_caller]
fn is_refused(place: &Place, args: &[&str], says: &[&str]) {
    let refused = place.program.complaint(args);
    assert_eq!(refused.0, Some(3), "{}", refused.1);
    for say in says {
        assert!(refused.1.contains(say), "not {say:?}: {}", refused.1);
    }
}

const SERVE: [&str; 3] = ["serve", "--listen", "127.0.0.1:0"];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_vault_that_is_gone_is_found_before_it_starts() {
    let place = Place::new();
    let data = place.file("data");
    let office = with_a_person(&place).await;
    let older = place.file("older");
    fs::create_dir(&older).unwrap();
    for file in ["vault.sqlite", "vault.sqlite-wal", "vault.sqlite-shm"] {
        fs::rename(data.join(file), older.join(file)).unwrap();
    }
    let says = ["1人", "does not know (1)", "yuanfa vault accept-loss", "--without-vault"];
    is_refused(&place, &SERVE, &says);
    // Once more: the empty vault that was made by looking is no better.
    is_refused(&place, &SERVE, &says);

    // A copy of a folder without a vault makes none.
    let backup = place.file("backup");
    let args = ["backup", backup.to_str().unwrap(), "--without-vault"];
    fs::remove_file(data.join("vault.sqlite")).unwrap();
    place.program.succeed(&args);
    assert!(!backup.join("vault.sqlite").exists() && !data.join("vault.sqlite").exists());

    // A second service, which has none, tells what is public and refuses what is personal.
    {
        let (_serving, address, _) = place.program.serve_with(&["--without-vault"]);
        let (status, answer) = post(&address, &office, "volunteers", &{
            let mut person = adult(8);
            person["unit"] = json!(COUNTY);
            person
        })
        .await;
        assert_eq!((status, &answer["code"]), (503, &json!("vault.none")));
        let quota = client().get(format!("{address}/api/v1/quota")).bearer_auth(&office);
        assert_eq!(quota.send().await.unwrap().status(), 200);
    }

    let accepted = ["vault", "accept-loss", "--reason", "磁盘损坏,没有备份"];
    let said = place.program.succeed(&accepted);
    assert!(said.contains("1人") && said.contains("persons: 1"), "{said}");
    drop(place.program.serve());
    let again = place.program.run(&accepted);
    assert_eq!(again.status.code(), Some(1), "nothing more is lost");
    let data = data.to_str().unwrap();
    let told = std::thread::scope(|scope| {
        let told = scope.spawn(|| replay(&["--data", data, "explain", "operation-county"]));
        told.join().unwrap()
    });
    assert!(told.said().contains("(persons: 1)"), "{}", told.said());
}

/// The vault's files, moved or copied to a folder beside it and back.
const VAULT: [&str; 3] = ["vault.sqlite", "vault.sqlite-wal", "vault.sqlite-shm"];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_vault_from_before_is_found_and_a_newer_one_is_not_complained_of() {
    let place = Place::new();
    let data = place.file("data");
    let office = with_a_person(&place).await;
    let older = place.file("older");
    fs::create_dir(&older).unwrap();
    for file in VAULT {
        fs::copy(data.join(file), older.join(file)).unwrap();
    }
    let (serving, address) = place.program.serve();
    let mut second = adult(8);
    second["unit"] = json!(COUNTY);
    second["consent"] = json!({"given_on": "2024-01-10", "form": "书面"});
    assert_eq!(post(&address, &office, "volunteers", &second).await.0, 201);
    serving.kill();
    drop(place.program.serve());
    for file in VAULT {
        fs::rename(data.join(file), place.file(file)).unwrap();
        fs::copy(older.join(file), data.join(file)).unwrap();
    }
    is_refused(&place, &SERVE, &["1人", "does not know (1)"]);
    for file in VAULT {
        fs::rename(place.file(file), data.join(file)).unwrap();
    }
    drop(place.program.serve());
}

/// Key lost, and the service stood still for more than a month: both are stated, one after the other.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_lost_key_is_accepted_by_whoever_has_the_folder_alone() {
    let place = Place::new();
    let data = place.file("data");
    with_a_person(&place).await;
    let accept = ["vault", "accept-loss", "--reason", "主密钥遗失"];
    {
        let (_serving, _) = place.program.serve();
        fs::remove_file(data.join(files::VAULT_KEY)).unwrap();
        assert_eq!(place.program.run(&accept).status.code(), Some(3), "the service runs");
        assert!(data.join(files::VAULT).exists(), "nothing was put aside");
        assert!(!data.join(files::VAULT_KEY).exists(), "no key was made");
    }
    recorded(&place, SignedDuration::from_hours(24 * 60));
    last_ran(&place, SignedDuration::from_hours(24 * 59));
    assert_eq!(place.program.run(&accept).status.code(), Some(3), "the clock is in doubt");
    place.program.succeed(&["clock", "confirm", "--reason", "停机两月,已核对"]);
    let said = place.program.succeed(&accept);
    assert!(said.contains("1人"), "{said}");
    assert!(data.join("vault.sqlite.without-key").exists(), "the old one stays");
    let (_serving, address) = place.program.serve();
    let begun = Instant::now();
    while ready(&address).await.0 != 200 {
        assert!(begun.elapsed() < PATIENCE);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_key_is_made_over_what_another_has_sealed() {
    let place = Place::new();
    let data = place.file("data");
    with_a_person(&place).await;
    let key = data.join(files::VAULT_KEY);
    let kept = fs::read(&key).unwrap();
    fs::remove_file(&key).unwrap();
    is_refused(&place, &SERVE, &["主密钥缺失", "master key is missing", "vault.key"]);
    fs::rename(data.join(files::VAULT), place.file("vault")).unwrap();
    is_refused(&place, &SERVE, &["master key is missing"]);
    assert!(!key.exists(), "no new key was made");
    fs::rename(place.file("vault"), data.join(files::VAULT)).unwrap();
    fs::write(&key, kept).unwrap();
    let mut only_mine = fs::metadata(&key).unwrap().permissions();
    std::os::unix::fs::PermissionsExt::set_mode(&mut only_mine, 0o600);
    fs::set_permissions(&key, only_mine).unwrap();
    drop(place.program.serve());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_ledger_that_was_kept_is_not_begun_anew_in_silence() {
    let place = Place::new();
    let ledger = place.file("data").join(files::LEDGER);
    with_a_person(&place).await;
    fs::rename(&ledger, place.file("ledger")).unwrap();
    is_refused(&place, &SERVE, &["ledger rotate-key --lost", "--new-ledger"]);
    assert!(!ledger.exists());
    let (_serving, address, _) = place.program.serve_with(&["--new-ledger"]);
    let begun = Instant::now();
    while ready(&address).await.0 != 200 {
        assert!(begun.elapsed() < PATIENCE);
    }
    assert!(ledger.join("key").exists());
}

/// Moves what is remembered of the last run, as if the machine's clock had been set since.
fn last_ran(place: &Place, ago: SignedDuration) {
    let node = Node::open(&place.file("data").join(files::NODE)).unwrap();
    let then = Timestamp::now().checked_sub(ago).unwrap();
    node.remember(Remembered::LastRan, then.as_microsecond()).unwrap();
}

/// Has all events recorded in the past, or in the future.
fn recorded(place: &Place, ago: SignedDuration) {
    let log = Connection::open(place.file("data").join(files::LOG)).unwrap();
    log.execute_batch(
        "DROP TRIGGER IF EXISTS events_stay; DROP TRIGGER IF EXISTS events_unchanged;",
    )
    .unwrap();
    let triggers: Vec<String> = {
        let mut names = log
            .prepare(
                "SELECT name FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'events'",
            )
            .unwrap();
        names.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
    };
    for name in triggers {
        log.execute_batch(&format!("DROP TRIGGER {name}")).unwrap();
    }
    let micros = i64::try_from(ago.as_micros()).unwrap();
    log.execute("UPDATE events SET recorded_at = recorded_at - ?1", [micros]).unwrap();
}

async fn ready(address: &str) -> (u16, String) {
    let answer = client().get(format!("{address}/readyz")).send().await.unwrap();
    (answer.status().as_u16(), answer.text().await.unwrap())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_clock_far_ahead_of_the_last_run_writes_nothing_until_it_is_confirmed() {
    let place = Place::new();
    let office = with_a_person(&place).await;
    recorded(&place, SignedDuration::from_hours(24 * 400));
    last_ran(&place, SignedDuration::from_hours(24 * 399));
    let (serving, address) = place.program.serve();
    let (status, said) = ready(&address).await;
    assert!(status == 503 && said.contains("clock.ahead"), "{said}");
    let headcount = json!({"headcount": 9});
    let path = format!("units/{COUNTY}/headcount");
    let (status, answer) = post(&address, &office, &path, &headcount).await;
    assert_eq!((status, &answer["code"]), (503, &json!("clock.ahead")));
    assert!(answer["detail_zh"].as_str().unwrap().contains("yuanfa clock confirm"));
    let mut person = adult(8);
    person["unit"] = json!(COUNTY);
    person["consent"] = json!({"given_on": "2024-01-10", "form": "书面"});
    let before = persons(&place);
    assert_eq!(post(&address, &office, "volunteers", &person).await.0, 503);
    assert_eq!(persons(&place), before, "nothing was sealed either");
    let quota = client().get(format!("{address}/api/v1/quota")).bearer_auth(&office);
    assert_eq!(quota.send().await.unwrap().status(), 200, "questions are answered");

    place.program.succeed(&["clock", "confirm", "--reason", "停机一年,已与标准时间核对"]);
    let begun = Instant::now();
    while post(&address, &office, &path, &headcount).await.0 != 200 {
        assert!(begun.elapsed() < PATIENCE);
    }
    let stream = format!("{address}/api/v1/streams/operation-county");
    let told = client().get(stream).bearer_auth(&office).send().await.unwrap();
    assert!(told.text().await.unwrap().contains("ClockConfirmed"));
    serving.kill();
    // It is remembered: the next start doubts nothing.
    let (_serving, address) = place.program.serve();
    let begun = Instant::now();
    while ready(&address).await.0 != 200 {
        assert!(begun.elapsed() < PATIENCE);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_clock_before_the_last_event_writes_nothing() {
    let place = Place::new();
    let office = with_a_person(&place).await;
    recorded(&place, SignedDuration::from_hours(-2));
    let (_serving, address) = place.program.serve();
    let path = format!("units/{COUNTY}/headcount");
    let (status, answer) = post(&address, &office, &path, &json!({"headcount": 9})).await;
    assert_eq!((status, &answer["code"]), (503, &json!("clock.behind")));
    assert!(ready(&address).await.1.contains("clock.behind"));
    let of_no_use = place.program.complaint(&["clock", "confirm", "--reason", "示例"]);
    assert_eq!(of_no_use.0, Some(1), "{}", of_no_use.1);
}

fn persons(place: &Place) -> i64 {
    let vault = Connection::open(place.file("data").join(files::VAULT)).unwrap();
    vault.query_row("SELECT count(*) FROM persons", [], |row| row.get(0)).unwrap()
}
