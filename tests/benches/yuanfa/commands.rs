//! Durable commands over HTTP from 64 clients against bare appends by 64 writers to the same store, a query while they pour in,
//! and what they lose to the thread that marks the past.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use api::Options;
use application::tokens::{NewToken, Tokens};
use domain::{PersonId, Role};
use event_store::{
    EventStore as _, Expected, NewEvent, SqliteOptions, SqliteStore, StreamId, Version,
};
use futures::future::join_all;
use jiff::Timestamp;
use projections::AsOf;
use reqwest::Client;
use tests::county::{County, person};
use tokio::net::TcpListener;
use tokio::runtime::Runtime;
use uuid::Uuid;

use crate::follower::median;

/// Clients of the service and writers to the bare store.
const AT_ONCE: u32 = 64;
/// Commands, and appends, of each.
const EACH: u64 = 250;

/// Times with and without, in turns, because machines are noisy.
const TURNS: usize = 5;

pub fn run() {
    let runtime = Runtime::new().unwrap();
    let (mut bare, mut marked, mut unmarked) = (Vec::new(), Vec::new(), Vec::new());
    let mut queries = Vec::new();
    for _ in 0..TURNS {
        bare.push(runtime.block_on(bare_appends()));
        unmarked.push(runtime.block_on(commands(0)).0);
        let (rate, took) = runtime.block_on(commands(AsOf::EVERY));
        marked.push(rate);
        queries.extend(took);
    }
    queries.sort();
    let (bare, marked, unmarked) = (median(bare), median(marked), median(unmarked));
    println!(
        "commands: {AT_ONCE} at once, one event each, every one on disk before its answer, median of {TURNS} turns"
    );
    println!("  bare appends                   {bare:>10.0} a second");
    println!("  commands over HTTP             {marked:>10.0} a second");
    println!("  ratio                          {:>10.2}", marked / bare);
    println!("  without marks of the past      {unmarked:>10.0} a second");
    println!("  ratio                          {:>10.2}", marked / unmarked);
    println!(
        "  a query meanwhile, p50 / p99   {:>7.1?} / {:.1?}",
        at(&queries, 50),
        at(&queries, 99)
    );
}

/// What the service stores for such a command, without the service.
async fn bare_appends() -> f64 {
    let folder = tempfile::tempdir().unwrap();
    let log = folder.path().join("log.sqlite");
    appends(&SqliteStore::open(log, SqliteOptions::default()).unwrap()).await
}

/// Appends a second to a new log, by all writers at once.
pub async fn appends(store: &SqliteStore) -> f64 {
    let begun = Instant::now();
    join_all((0..AT_ONCE).map(|writer| async move {
        let stream = StreamId::new(&format!("volunteer-{writer}")).unwrap();
        for version in 0..EACH {
            let expected =
                if version == 0 { Expected::NoStream } else { Expected::Exactly(Version(version)) };
            store.append(&stream, expected, vec![event()]).await.unwrap();
        }
    }))
    .await;
    rate(begun.elapsed())
}

fn event() -> NewEvent {
    NewEvent {
        id: Uuid::new_v4(),
        kind: "SkillsDeclared".into(),
        recorded_at: Timestamp::now(),
        data: br#"{"skills":["law 12"]}"#.to_vec(),
        metadata: vec![b' '; 200],
    }
}

async fn commands(mark_every: u64) -> (f64, Vec<Duration>) {
    let folder = tempfile::tempdir().unwrap();
    let log = folder.path().join("log.sqlite");
    let store = Arc::new(SqliteStore::open(log, SqliteOptions::default()).unwrap());
    let county = County::on(store).await;
    let mut people = Vec::new();
    for number in 0..AT_ONCE {
        people.push(
            county
                .app
                .register_volunteer(person(number), &county.office())
                .await
                .unwrap()
                .volunteer,
        );
    }
    let tokens = Tokens::open(&county.data().join("node.sqlite")).unwrap();
    let token = NewToken {
        role: Role::CountyOffice,
        unit: None,
        person: None,
        label: None,
        expires_at: None,
    };
    let (_, secret) = tokens.create(token, Timestamp::now()).unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}/api/v1", listener.local_addr().unwrap());
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let app = Arc::clone(&county.app);
    let mut options = Options::default();
    options.service.mark_every = mark_every;
    let server = tokio::spawn(yuanfa::serve(app, listener, options, async {
        drop(stopped.await);
    }));

    let done = AtomicBool::new(false);
    let answered = AtomicU64::new(0);
    let begun = Instant::now();
    let (took, queries) = tokio::join!(
        async {
            join_all(
                people
                    .iter()
                    .map(|&volunteer| client(&base, secret.reveal(), volunteer, &answered)),
            )
            .await;
            done.store(true, Ordering::Relaxed);
            begun.elapsed()
        },
        query(&base, secret.reveal(), &done),
    );
    assert_eq!(answered.into_inner(), u64::from(AT_ONCE) * EACH);
    drop(stop);
    server.await.unwrap().unwrap();
    (rate(took), queries)
}

async fn client(base: &str, secret: &str, volunteer: PersonId, answered: &AtomicU64) {
    let http = Client::new();
    for turn in 0..EACH {
        let request =
            http.post(format!("{base}/volunteers/{volunteer}/skills")).bearer_auth(secret);
        let request = request.json(&serde_json::json!({ "skills": [format!("law {turn}")] }));
        let answer = request.send().await.unwrap();
        assert!(answer.status().is_success(), "{}", answer.text().await.unwrap());
        answered.fetch_add(1, Ordering::Relaxed);
    }
}

/// Asks for the quota again and again until the commands are done.
async fn query(base: &str, secret: &str, done: &AtomicBool) -> Vec<Duration> {
    let http = Client::new();
    let mut took = Vec::new();
    while !done.load(Ordering::Relaxed) {
        let begun = Instant::now();
        let answer = http.get(format!("{base}/quota")).bearer_auth(secret).send().await.unwrap();
        assert!(answer.status().is_success());
        drop(answer.bytes().await.unwrap());
        took.push(begun.elapsed());
    }
    took
}

fn at(sorted: &[Duration], percent: usize) -> Duration {
    sorted[(sorted.len() - 1) * percent / 100]
}

#[expect(clippy::cast_precision_loss, reason = "a rate to be printed")]
fn rate(took: Duration) -> f64 {
    (u64::from(AT_ONCE) * EACH) as f64 / took.as_secs_f64()
}
