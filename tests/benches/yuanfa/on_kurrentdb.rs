//! What the adapter costs: appends and a full read through it, against the same by the bare client.
//!
//! On the stand-in, or on the server that `YUANFA_TEST_KURRENTDB` names.

use std::sync::Arc;
use std::time::Instant;

use event_store::{
    EventStore, Expected, KurrentOptions, KurrentStore, KurrentTarget, NewEvent, Position,
    StreamId, Version,
};
use futures::future::join_all;
use jiff::Timestamp;
use kurrentdb::{
    AppendToStreamOptions, Client, EventData, ReadAllOptions, StreamState, SubscriptionFilter,
};
use kurrentdb_stand_in::{Options, Server};
use tokio::runtime::Runtime;
use uuid::Uuid;

/// Appends of a lone writer.
const ALONE: u64 = 1_000;
/// Writers at once, and appends of each.
const AT_ONCE: usize = 64;
const EACH: u64 = 100;
/// Events of a full read, and how many were appended together.
const BATCHES: u64 = 200;
const BATCH: u64 = 500;
/// Times that each is measured; the best counts.
const ROUNDS: usize = 3;

pub fn run() {
    let given = std::env::var("YUANFA_TEST_KURRENTDB");
    let own = given.is_err().then(|| Server::start_on_thread(Options::default()));
    let connection = match (&own, given) {
        (Some(server), _) => server.connection_string(),
        (None, given) => given.unwrap(),
    };
    let whose = if own.is_some() { "the stand-in" } else { "the given server" };
    println!("kurrentdb: {whose}, one event an append of 230 bytes, best of {ROUNDS}");
    let runtime = Runtime::new().unwrap();
    runtime.block_on(measure(&connection));
}

async fn measure(connection: &str) {
    let joint = if connection.contains('?') { '&' } else { '?' };
    let prefix = format!("bench-{}", Uuid::new_v4().simple());
    let target = KurrentTarget::parse(&format!("{connection}{joint}prefix={prefix}")).unwrap();
    let store = Arc::new(KurrentStore::open(&target, KurrentOptions::default()).await.unwrap());
    let client = Client::new(connection.parse().unwrap()).unwrap();
    for (what, writers, each) in [("1 writer", 1, ALONE), ("64 writers", AT_ONCE, EACH)] {
        let (mut bare, mut ours) = (0.0_f64, 0.0_f64);
        for round in 0..ROUNDS {
            let begun = Instant::now();
            join_all((0..writers).map(|w| {
                bare_appends(&client, format!("{prefix}-bare-{writers}-{round}-{w}"), each)
            }))
            .await;
            bare = bare.max(rate(writers as u64 * each, begun));
            let begun = Instant::now();
            join_all(
                (0..writers).map(|w| appends(&*store, format!("a-{writers}-{round}-{w}"), each)),
            )
            .await;
            ours = ours.max(rate(writers as u64 * each, begun));
        }
        report(&format!("appends, {what}"), bare, ours);
    }
    let full = StreamId::new("full").unwrap();
    for batch in 0..BATCHES {
        let events = (0..BATCH).map(|_| event()).collect();
        store.append(&full, expected(batch * BATCH), events).await.unwrap();
    }
    let (mut bare, mut ours) = (0.0_f64, 0.0_f64);
    for _ in 0..ROUNDS {
        let begun = Instant::now();
        bare = bare.max(rate(bare_read(&client, &prefix).await, begun));
        let begun = Instant::now();
        ours = ours.max(rate(read(&*store).await, begun));
    }
    report("full read", bare, ours);
}

fn report(what: &str, bare: f64, ours: f64) {
    println!(
        "  {what:<20} client {bare:>9.0} a second, adapter {ours:>9.0}, ratio {:.2}",
        ours / bare
    );
}

fn rate(events: u64, begun: Instant) -> f64 {
    events as f64 / begun.elapsed().as_secs_f64()
}

fn event() -> NewEvent {
    NewEvent {
        id: Uuid::new_v4(),
        kind: "SkillsDeclared".into(),
        recorded_at: Timestamp::now(),
        data: br#"{"skills":["law 12"]}"#.to_vec(),
        metadata: format!("{{\"note\":\"{}\"}}", "x".repeat(190)).into_bytes(),
    }
}

fn expected(version: u64) -> Expected {
    if version == 0 { Expected::NoStream } else { Expected::Exactly(Version(version)) }
}

async fn appends(store: &dyn EventStore, name: String, each: u64) {
    let stream = StreamId::new(&name).unwrap();
    for version in 0..each {
        store.append(&stream, expected(version), vec![event()]).await.unwrap();
    }
}

async fn bare_appends(client: &Client, name: String, each: u64) {
    for version in 0..each {
        let state = match version {
            0 => StreamState::NoStream,
            n => StreamState::StreamRevision(n - 1),
        };
        let options = AppendToStreamOptions::default().stream_state(state);
        let NewEvent { id, kind, data, metadata, .. } = event();
        let event = EventData::binary(kind, data.into()).id(id).metadata(metadata.into());
        client.append_to_stream(name.as_str(), &options, event).await.unwrap();
    }
}

async fn read(store: &dyn EventStore) -> u64 {
    let (mut after, mut events) = (Position::START, 0);
    loop {
        let page = store.read_all(after, u32::MAX).await.unwrap();
        let Some(last) = page.last() else { return events };
        after = last.position;
        events += page.len() as u64;
    }
}

async fn bare_read(client: &Client, prefix: &str) -> u64 {
    let ours = SubscriptionFilter::on_stream_name().add_prefix(format!("{prefix}:"));
    let mut reading = client.read_all(&ReadAllOptions::default().filter(ours)).await.unwrap();
    let mut events = 0;
    while reading.next().await.unwrap().is_some() {
        events += 1;
    }
    events
}
