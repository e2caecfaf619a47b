//! Each fault does what it says, as often as it was asked to, and is gone.

use std::time::{Duration, Instant};

use kurrentdb::{Error, ReadStreamOptions, StreamState};
use kurrentdb_stand_in::{How, Options, Server, Stored};
use tokio::time::timeout;
use tonic::Status;

use super::{append, client, events, read_stream};

/// Long for an answer that is there, short for a test.
const PATIENCE: Duration = Duration::from_millis(200);

#[tokio::test]
async fn an_answer_is_lost_after_storing_or_before() {
    let ways = [
        How::ResetStream,
        How::CutConnection,
        How::Status(Status::unavailable("lost")),
        How::EndWithoutTrailers,
    ];
    for (stored, count) in [(Stored::Yes, 1), (Stored::No, 0)] {
        for how in ways.clone() {
            let server = Server::start(Options::default()).await;
            let client = client(&server);
            server.node().faults().lose_answer_of_next_append(stored, how.clone());
            let lost = append(&client, "s", StreamState::NoStream, events([0])).await;
            assert!(lost.is_err(), "{how:?}: {lost:?}");
            let standing =
                server.all_records().iter().filter(|record| record.stream == "s").count();
            assert_eq!(standing, count, "{how:?}");
            append(&client, "s", StreamState::NoStream, events([0])).await.unwrap();
        }
    }
}

#[tokio::test]
async fn an_answer_that_never_comes_leaves_the_connection_usable() {
    let server = Server::start(Options::default()).await;
    let client = client(&server);
    server.node().faults().lose_answer_of_next_append(Stored::Yes, How::Silence);
    let unanswered = append(&client, "s", StreamState::NoStream, events([0]));
    tokio::pin!(unanswered);
    tokio::select! {
        answer = &mut unanswered => panic!("{answer:?}"),
        tally = server.node().until(|tally| tally.appends == 1) => assert_eq!(tally.connections, 1),
    }
    assert_eq!(read_stream(&client, "s", &ReadStreamOptions::default()).await.unwrap().len(), 1);
    assert!(timeout(PATIENCE, unanswered).await.is_err());
    assert_eq!(server.node().tally().connections, 1);
}

#[tokio::test]
async fn appends_fail_as_often_as_asked_and_store_nothing() {
    let server = Server::start(Options::default()).await;
    let client = client(&server);
    server.node().faults().fail_next_appends(2, Status::deadline_exceeded("later"));
    for _ in 0..2 {
        let failed = append(&client, "s", StreamState::NoStream, events([0])).await;
        assert!(matches!(failed, Err(Error::DeadlineExceeded)), "{failed:?}");
    }
    append(&client, "s", StreamState::NoStream, events([0])).await.unwrap();
    assert_eq!(server.node().tally().appends, 3);
}

#[tokio::test]
async fn reads_break_after_so_many_events() {
    let server = Server::start(Options::default()).await;
    server.write_foreign("s", 10);
    let client = client(&server);
    for how in [How::CutConnection, How::Status(Status::unavailable("broken"))] {
        server.node().faults().break_next_reads(1, 4, how.clone());
        let mut reading = client.read_stream("s", &ReadStreamOptions::default()).await.unwrap();
        for number in 0..4 {
            let event = reading.next().await.unwrap().unwrap();
            assert_eq!(event.get_original_event().revision, number, "{how:?}");
        }
        let broken = reading.next().await;
        assert!(matches!(broken, Err(Error::ServerError(_))), "{how:?}: {broken:?}");
        assert_eq!(
            read_stream(&client, "s", &ReadStreamOptions::default()).await.unwrap().len(),
            10
        );
    }
}

#[tokio::test]
async fn a_read_is_reset_or_falls_silent_after_so_many_events() {
    let server = Server::start(Options::default()).await;
    server.write_foreign("s", 10);
    let client = client(&server);
    server.node().faults().break_next_reads(1, 4, How::ResetStream);
    let reset = read_stream(&client, "s", &ReadStreamOptions::default()).await;
    assert!(matches!(reset, Err(Error::ServerError(_))), "{reset:?}");
    server.node().faults().break_next_reads(1, 4, How::Silence);
    let mut reading = client.read_stream("s", &ReadStreamOptions::default()).await.unwrap();
    for _ in 0..4 {
        reading.next().await.unwrap().unwrap();
    }
    assert!(timeout(PATIENCE, reading.next()).await.is_err());
    assert_eq!(server.node().tally().connections, 1);
}

#[tokio::test]
async fn a_read_that_ends_without_a_status_looks_whole_to_the_official_client() {
    let server = Server::start(Options::default()).await;
    server.write_foreign("s", 10);
    let client = client(&server);
    server.node().faults().break_next_reads(1, 4, How::EndWithoutTrailers);
    let cut_short = read_stream(&client, "s", &ReadStreamOptions::default()).await.unwrap();
    assert_eq!(cut_short.len(), 4);
}

#[tokio::test]
async fn a_frozen_node_takes_connections_and_answers_once_it_thaws() {
    let server = Server::start(Options::default()).await;
    let (early, late) = (client(&server), client(&server));
    append(&early, "s", StreamState::NoStream, events([0])).await.unwrap();
    server.node().faults().freeze();
    let waiting = tokio::spawn(async move {
        append(&early, "s", StreamState::StreamRevision(0), events([1])).await
    });
    let coming =
        tokio::spawn(async move { append(&late, "t", StreamState::NoStream, events([0])).await });
    server.node().until(|tally| tally.connections == 2).await;
    tokio::time::sleep(PATIENCE).await;
    assert!(!waiting.is_finished() && !coming.is_finished());
    assert_eq!(server.node().tally().appends, 1);
    server.node().faults().thaw();
    assert_eq!(waiting.await.unwrap().unwrap().next_expected_version, 1);
    coming.await.unwrap().unwrap();
}

#[tokio::test]
async fn each_event_of_a_delayed_read_comes_late() {
    let server = Server::start(Options::default()).await;
    server.write_foreign("s", 5);
    let client = client(&server);
    let read =
        async || read_stream(&client, "s", &ReadStreamOptions::default()).await.unwrap().len();
    assert_eq!(read().await, 5);
    server.node().faults().delay_reads(Duration::from_millis(20));
    let begun = Instant::now();
    assert_eq!(read().await, 5);
    assert!(begun.elapsed() >= Duration::from_millis(100));
}
