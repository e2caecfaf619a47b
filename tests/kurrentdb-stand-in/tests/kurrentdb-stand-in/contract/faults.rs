//! What a real server cannot be asked for: the stand-in fails on demand.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::sync::Arc;
use std::time::{Duration, Instant};

use event_store::contract::support::*;
use event_store::{
    AppendError, EventStore, Expected, Health, KurrentOptions, KurrentStore, KurrentTarget,
    Position, StoreError, Version,
};
use kurrentdb_stand_in::{Cluster, How, Options, Server, Stored};
use tonic::Status;

/// Impatient, and only looking out when a test needs that: so it meets the faults that were planned for it.
const ALONE: KurrentOptions = KurrentOptions {
    attempt: Duration::from_millis(300),
    patience: Duration::from_secs(3),
    look_out: Duration::from_secs(3600),
};
const LOOKING_OUT: KurrentOptions = KurrentOptions { look_out: Duration::from_millis(5), ..ALONE };

async fn open(connection: &str, options: KurrentOptions) -> Arc<KurrentStore> {
    let target = KurrentTarget::parse(connection).unwrap();
    Arc::new(KurrentStore::open(&target, options).await.unwrap())
}

/// Each way of losing an answer.
fn losses() -> Vec<How> {
    vec![
        How::ResetStream,
        How::CutConnection,
        How::Silence,
        How::EndWithoutTrailers,
        How::Status(Status::unavailable("going down")),
        How::Status(Status::aborted("timeout")),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn an_append_whose_answer_was_lost_is_done_once() {
    let server = Server::start(Options::default()).await;
    let store = open(&server.connection_string(), ALONE).await;
    let a = stream("a");
    let mut version = 0;
    for stored in [Stored::Yes, Stored::No] {
        for how in losses() {
            server.node().faults().lose_answer_of_next_append(stored, how.clone());
            let appended = store.append(&a, exactly(version), events(2)).await.unwrap();
            version += 2;
            assert_eq!(appended.last_version, Version(version), "{stored:?} {how:?}");
            assert_eq!(appended.repeated, stored == Stored::Yes, "{how:?}: it was found standing");
            let head = store.head().await.unwrap();
            assert_eq!(appended.last_position, head);
            assert_eq!(*store.watch_head().borrow(), head);
        }
    }
    assert_eq!(read_whole(&*store).await.len() as u64, version);
    assert_eq!(store.health(), Health::Writing);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unknown_outcome_is_told_and_the_same_append_finds_out() {
    let server = Server::start(Options::default()).await;
    let store = open(&server.connection_string(), ALONE).await;
    let (a, batch) = (stream("a"), events(3));
    add(&*store, &stream("b"), events(1)).await;
    // The node takes the batch, and is not seen again for longer than anybody waits.
    server.node().faults().lose_answer_of_next_append(Stored::Yes, How::Silence);
    let sent = store.append(&a, Expected::NoStream, batch.clone());
    let stop = async {
        server.node().until(|tally| tally.appends == 2).await;
        server.node().stop();
    };
    let (answer, ()) = tokio::join!(sent, stop);
    assert!(matches!(answer, Err(AppendError::OutcomeUnknown(_))), "{answer:?}");
    assert!(matches!(store.health(), Health::Unreachable(_)));
    server.node().start_again();
    let again = store.append(&a, Expected::NoStream, batch.clone()).await.unwrap();
    assert_eq!(again.last_version, Version(3));
    assert_eq!(read_whole(&*store).await.len(), 4);
    assert_eq!(store.health(), Health::Writing);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_never_sent_is_not_in_doubt() {
    let server = Server::start(Options::default()).await;
    let store = open(&server.connection_string(), ALONE).await;
    server.node().stop();
    assert!(matches!(store.head().await, Err(StoreError::Unreachable(_))));
    let started = Instant::now();
    let answer = store.append(&stream("a"), Expected::NoStream, events(1)).await;
    assert!(matches!(answer, Err(AppendError::Store(StoreError::Unreachable(_)))), "{answer:?}");
    assert!(started.elapsed() < 3 * ALONE.patience);
    // The client had given up for good; a new one is made.
    server.node().start_again();
    assert_eq!(store.head().await.unwrap(), Position::START);
    store.append(&stream("a"), Expected::NoStream, events(1)).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_is_busy_is_asked_again_but_not_for_ever() {
    let server = Server::start(Options::default()).await;
    let store = open(&server.connection_string(), ALONE).await;
    let before = server.node().tally().appends;
    server.node().faults().fail_next_appends(2, Status::unavailable("not ready"));
    store.append(&stream("a"), Expected::NoStream, events(1)).await.unwrap();
    assert_eq!(server.node().tally().appends - before, 3);
    server.node().faults().fail_next_appends(10_000, Status::unavailable("not ready"));
    let answer = store.append(&stream("a"), exactly(1), events(1)).await;
    assert!(matches!(answer, Err(AppendError::OutcomeUnknown(_))), "{answer:?}");
    assert!(server.node().tally().appends - before < 40);
    // What the request itself is refused for is not asked twice.
    let before = server.node().tally().appends;
    let store = open(&server.connection_string(), ALONE).await;
    server.node().faults().clear();
    server.node().faults().fail_next_appends(1, Status::invalid_argument("no"));
    let answer = store.append(&stream("a"), exactly(1), events(1)).await;
    assert!(matches!(answer, Err(AppendError::Store(StoreError::Io(_)))), "{answer:?}");
    assert_eq!(server.node().tally().appends - before, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_leader_is_found() {
    let cluster = Cluster::start(3, Options::default()).await;
    let store = open(&cluster.connection_string(), ALONE).await;
    let a = stream("a");
    for round in 0..9 {
        let leader = round % 3;
        cluster.elect(leader);
        let appended = store.append(&a, exactly(round as u64), events(1)).await.unwrap();
        assert!(!appended.repeated);
        assert_eq!(read_whole_stream(&*store, &a).await.len(), round + 1);
    }
    // The leader dies, and another one is elected only after a while.
    cluster.elect(0);
    store.head().await.unwrap();
    cluster.node(0).stop();
    let append = store.append(&a, exactly(9), events(1));
    let elect = async {
        cluster.node(1).until(|tally| tally.gossips > 0).await;
        cluster.elect(1);
    };
    let (appended, ()) = tokio::join!(append, elect);
    assert_eq!(appended.unwrap().last_version, Version(10));
    assert_eq!(read_whole(&*store).await.len(), 10);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_follower_sends_us_to_the_leader() {
    let cluster = Cluster::start(3, Options::default()).await;
    cluster.elect(2);
    let follower = format!("kurrentdb://{}?tls=false", cluster.node(0).address());
    let store = open(&follower, ALONE).await;
    store.append(&stream("a"), Expected::NoStream, events(5)).await.unwrap();
    assert_eq!(read_whole(&*store).await.len(), 5);
    assert_eq!(cluster.node(2).tally().appends, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_broken_read_is_never_the_end() {
    let server = Server::start(Options::default()).await;
    let quick = KurrentOptions { attempt: Duration::from_millis(100), ..ALONE };
    let store = open(&server.connection_string(), quick).await;
    let a = stream("a");
    for _ in 0..10 {
        add(&*store, &a, events(10)).await;
    }
    let whole = read_whole(&*store).await;
    for how in losses() {
        for after_events in [0, 7] {
            server.node().faults().break_next_reads(2, after_events, how.clone());
            assert_eq!(read_whole(&*store).await, whole, "{how:?} after {after_events}");
            server.node().faults().clear();
            server.node().faults().break_next_reads(2, after_events, how.clone());
            assert_eq!(read_whole_stream(&*store, &a).await, whole, "{how:?} after {after_events}");
            server.node().faults().clear();
        }
    }
    // Nor is an empty answer an empty log, for who opens it or asks where it ends.
    server.node().faults().break_next_reads(2, 0, How::EndWithoutTrailers);
    assert_eq!(store.head().await.unwrap(), whole[99].position);
    server.node().faults().break_next_reads(2, 0, How::EndWithoutTrailers);
    let other = open(&server.connection_string(), quick).await;
    assert_eq!(*other.watch_head().borrow(), whole[99].position);
    assert_eq!(other.health(), Health::Writing);
    server.node().faults().break_next_reads(10_000, 0, How::EndWithoutTrailers);
    assert!(store.read_all(Position::START, 10).await.is_err());
    assert!(store.read_stream(&a, Version::NONE, 10).await.is_err());
    assert!(store.read_stream(&stream("nothing"), Version::NONE, 10).await.is_err());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_slow_server_is_waited_for_and_a_slow_reader_is_not_flooded() {
    let server = Server::start(Options::default()).await;
    let store = open(&server.connection_string(), ALONE).await;
    let a = stream("a");
    for _ in 0..40 {
        let batch = (0..8).map(|_| event_store::NewEvent { data: vec![1; 65_000], ..event("") });
        add(&*store, &a, batch.collect()).await;
    }
    // A page ends at 8 MiB; what the server pushes beyond that is what one connection may hold.
    let before = server.node().tally().events_sent;
    let page = store.read_all(Position::START, u32::MAX).await.unwrap();
    let sent = server.node().tally().events_sent - before;
    assert_eq!(page.len(), 129);
    assert!(sent < 300, "{sent} of 320 events were sent for a page of {}", page.len());
    // Ten events, each almost as late as one may be.
    server.node().faults().delay_reads(ALONE.attempt / 2);
    let started = Instant::now();
    assert_eq!(store.read_stream(&a, Version::NONE, 4).await.unwrap().len(), 4);
    assert!(started.elapsed() > ALONE.attempt);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_half_open_connection_is_noticed() {
    let cluster = Cluster::start(3, Options::default()).await;
    let store = open(&cluster.connection_string(), ALONE).await;
    let (a, batch) = (stream("a"), events(1));
    add(&*store, &a, events(1)).await;
    cluster.node(0).faults().freeze();
    let started = Instant::now();
    let answer = store.append(&a, exactly(1), batch.clone()).await;
    assert!(matches!(answer, Err(AppendError::OutcomeUnknown(_))), "{answer:?}");
    assert!(started.elapsed() < 4 * ALONE.patience, "{:?}", started.elapsed());
    // The others elect a leader; the frozen one awakes and finds that it is none.
    cluster.elect(1);
    let appended = store.append(&a, exactly(1), batch).await.unwrap();
    assert_eq!(appended.last_version, Version(2));
    cluster.node(0).faults().thaw();
    assert_eq!(read_whole(&*store).await.len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_taken_away_is_damage() {
    let server = Server::start(Options::default()).await;
    let store = open(&server.connection_string(), ALONE).await;
    for name in ["truncated", "gone", "hidden", "g1", "g2", "g3", "g4", "g5"] {
        store.append(&stream(name), Expected::NoStream, events(5)).await.unwrap();
    }
    server.truncate("yuanfa:truncated", 2);
    server.tombstone("yuanfa:gone");
    server.soft_delete("yuanfa:hidden");
    for name in ["truncated", "gone"] {
        let read = store.read_stream(&stream(name), Version::NONE, 10).await;
        assert!(matches!(read, Err(StoreError::Corrupt(_))), "{name}: {read:?}");
    }
    store.append(&stream("later"), Expected::NoStream, events(1)).await.unwrap();
    let log = store.read_all(Position::START, 100).await.unwrap();
    assert_eq!(log.len(), 40);
    let after = store.read_all(log[39].position, 100).await;
    assert!(matches!(after, Err(StoreError::Corrupt(_))), "{after:?}");
    // However many were closed last, the log does not look empty.
    for name in ["g1", "g2", "g3", "g4", "g5"] {
        server.tombstone(&format!("yuanfa:{name}"));
    }
    let late = open(&server.connection_string(), ALONE).await;
    assert!(late.head().await.unwrap() > log[39].position);
    // KurrentDB says that there is no such stream, and would let it go on where it ended.
    let other = open(&server.connection_string(), ALONE).await;
    let answer = other.append(&stream("hidden"), Expected::NoStream, events(1)).await;
    assert!(
        matches!(answer, Err(AppendError::OutcomeUnknown(StoreError::Corrupt(_)))),
        "{answer:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn other_peoples_events_are_passed_over() {
    let server = Server::start(Options::default()).await;
    let store = open(&server.connection_string(), LOOKING_OUT).await;
    let neighbour = format!("{}&prefix=yuanfa2", server.connection_string());
    let neighbour = open(&neighbour, LOOKING_OUT).await;
    for round in 0..20 {
        server.write_foreign("somebody-1", 50);
        server.write_foreign("yuanfa", 1);
        add(&*neighbour, &stream("a"), events(1)).await;
        if round % 4 == 0 {
            add(&*store, &stream("a"), events(1)).await;
        }
    }
    assert_eq!(read_whole(&*store).await.len(), 5);
    assert_eq!(read_whole(&*neighbour).await.len(), 20);
    let last = read_whole(&*store).await.last().unwrap().position;
    assert_eq!(store.head().await.unwrap(), last);
    assert_eq!(store.read_all(last, 10).await.unwrap(), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_nodes_share_one_log() {
    let server = Server::start(Options::default()).await;
    let nodes = [
        open(&server.connection_string(), LOOKING_OUT).await,
        open(&server.connection_string(), LOOKING_OUT).await,
    ];
    // Each wakes the other.
    let mut watch = nodes[1].watch_head();
    let appended = nodes[0].append(&stream("a"), Expected::NoStream, events(1)).await.unwrap();
    watch.wait_for(|head| *head >= appended.last_position).await.unwrap();
    // Their clocks disagree by far; what they tell of the log does not.
    let writers: Vec<_> = (0..8)
        .map(|i| {
            let node = Arc::clone(&nodes[i % 2]);
            tokio::spawn(async move {
                for round in 0..25_u64 {
                    let mut one = event("x");
                    one.recorded_at = at((i % 2) as i64 * 1_000_000 + round as i64);
                    let own = stream(&format!("w-{i}"));
                    node.append(&own, exactly(round), vec![one]).await.unwrap();
                }
            })
        })
        .collect();
    for writer in writers {
        writer.await.unwrap();
    }
    let log = read_whole(&*nodes[0]).await;
    assert_eq!(log.len(), 201);
    assert!(log.windows(2).all(|pair| pair[0].recorded_at <= pair[1].recorded_at));
    assert_eq!(read_whole(&*nodes[1]).await, log);
    for i in 0..8 {
        let own = stream(&format!("w-{i}"));
        let told: Vec<_> = log.iter().filter(|event| event.stream == own).cloned().collect();
        assert_eq!(read_whole_stream(&*nodes[i % 2], &own).await, told);
    }
    // Both do the same: it is done once, and both are told where.
    for round in 0..20 {
        let batch = events(2);
        let same = stream("same");
        let (one, other) = tokio::join!(
            nodes[0].append(&same, exactly(round * 2), batch.clone()),
            nodes[1].append(&same, exactly(round * 2), batch.clone()),
        );
        let (one, other) = (one.unwrap(), other.unwrap());
        assert_eq!(one.last_version, Version(round * 2 + 2));
        assert_eq!(
            (one.last_version, one.last_position),
            (other.last_version, other.last_position)
        );
    }
    assert_eq!(read_whole_stream(&*nodes[0], &stream("same")).await.len(), 40);
}
