//! What a read brings, in which order, from where to where.

use kurrentdb::{
    Error, Position, ReadAllOptions, ReadEvent, ReadStreamOptions, StreamPosition, StreamState,
    SubscribeToAllOptions, SubscriptionEvent, SubscriptionFilter,
};
use kurrentdb_stand_in::{Options, Server};

use super::{append, client, events, read_all, read_stream};

fn ours() -> ReadAllOptions {
    ReadAllOptions::default().filter(SubscriptionFilter::on_stream_name().add_prefix("ours-"))
}

/// Appends one event at a time, by turns to three streams of ours and one of somebody else.
async fn write_by_turns(server: &Server, client: &kurrentdb::Client, rounds: u32) {
    for round in 0..rounds {
        for stream in 0..3 {
            append(
                client,
                &format!("ours-{stream}"),
                StreamState::Any,
                events([round * 3 + stream]),
            )
            .await
            .unwrap();
        }
        server.write_foreign("theirs", 1);
    }
}

#[tokio::test]
async fn the_whole_log_holds_system_events_and_those_of_others_and_a_filter_leaves_ours() {
    let server = Server::start(Options::default()).await;
    let client = client(&server);
    write_by_turns(&server, &client, 10).await;
    let everything = read_all(&client, &ReadAllOptions::default()).await.unwrap();
    let stored = server.all_records();
    assert!(everything.iter().map(|event| event.id).eq(stored.iter().map(|event| event.id)));
    assert!(everything.is_sorted_by_key(|event| event.position.commit));
    let system = |stream: &str| stream.starts_with('$');
    assert!(system(&stored[0].stream));
    assert!(
        stored.iter().skip_while(|event| system(&event.stream)).any(|event| system(&event.stream))
    );
    let filtered = read_all(&client, &ours()).await.unwrap();
    let expected = everything.iter().filter(|event| event.stream_id().starts_with("ours-"));
    assert!(filtered.iter().map(|event| event.position).eq(expected.map(|event| event.position)));
    assert_eq!(filtered.len(), 30);
    assert!(filtered.iter().all(|event| event.position.commit == event.position.prepare));
}

#[tokio::test]
async fn pages_forwards_begin_with_the_position_and_backwards_before_it() {
    let server = Server::start(Options::default()).await;
    let client = client(&server);
    write_by_turns(&server, &client, 5).await;
    let all = read_all(&client, &ours()).await.unwrap();
    let at = |event: usize| StreamPosition::Position(all[event].position);
    let numbers = |read: Vec<kurrentdb::RecordedEvent>| {
        let number = |event: kurrentdb::RecordedEvent| {
            all.iter().position(|other| other.id == event.id).unwrap()
        };
        read.into_iter().map(number).collect::<Vec<_>>()
    };
    let page = |options: ReadAllOptions| options.max_count(3);
    let cases = [
        (page(ours().position(at(4))), vec![4, 5, 6]),
        (page(ours().position(at(13))), vec![13, 14]),
        (page(ours().position(at(4)).backwards()), vec![3, 2, 1]),
        (page(ours().position(StreamPosition::End)), vec![14, 13, 12]),
        (page(ours().position(StreamPosition::Start).backwards()), vec![]),
    ];
    for (options, expected) in cases {
        assert_eq!(numbers(read_all(&client, &options).await.unwrap()), expected);
    }
}

#[tokio::test]
async fn positions_that_no_record_begins_at_are_refused_and_those_beyond_the_end_are_empty() {
    let server = Server::start(Options::default()).await;
    let client = client(&server);
    server.write_foreign("theirs", 3);
    let at = |position| StreamPosition::Position(Position { commit: position, prepare: position });
    let last = server.all_records().last().unwrap().position;
    for options in [ours(), ReadAllOptions::default()] {
        let between = read_all(&client, &options.clone().position(at(last - 1))).await;
        assert!(
            matches!(&between, Err(Error::ServerError(words)) if words.contains("InvalidPosition")),
            "{between:?}"
        );
        assert!(
            read_all(&client, &options.clone().position(at(last + 1))).await.unwrap().is_empty()
        );
        assert!(
            read_all(&client, &options.clone().position(at(u64::MAX >> 1)))
                .await
                .unwrap()
                .is_empty()
        );
        let beyond = read_all(&client, &options.position(at(u64::MAX >> 1)).backwards()).await;
        assert!(matches!(beyond, Err(Error::ServerError(_))), "{beyond:?}");
    }
}

#[tokio::test]
async fn a_stream_is_read_both_ways_and_tells_where_it_ends() {
    let server = Server::start(Options::default()).await;
    let client = client(&server);
    append(&client, "s", StreamState::NoStream, events(0..6)).await.unwrap();
    server.truncate("s", 2);
    let at = |revision| ReadStreamOptions::default().position(StreamPosition::Position(revision));
    let cases = [
        (ReadStreamOptions::default(), vec![2, 3, 4, 5]),
        (at(4), vec![4, 5]),
        (at(9), vec![]),
        (at(3).max_count(1), vec![3]),
        (ReadStreamOptions::default().position(StreamPosition::End).backwards(), vec![5, 4, 3, 2]),
        (at(4).backwards().max_count(2), vec![4, 3]),
        (at(99).backwards().max_count(1), vec![5]),
        (at(1).backwards(), vec![]),
    ];
    for (options, expected) in cases {
        let read = read_stream(&client, "s", &options).await.unwrap();
        assert_eq!(read.iter().map(|event| event.revision).collect::<Vec<_>>(), expected);
    }
    let none = read_stream(&client, "none", &ReadStreamOptions::default()).await;
    assert!(matches!(none, Err(Error::ResourceNotFound)), "{none:?}");

    let mut beyond = client.read_stream("s", &at(9)).await.unwrap();
    assert!(matches!(
        beyond.next_read_event().await.unwrap(),
        Some(ReadEvent::FirstStreamPosition(6))
    ));
    assert!(matches!(
        beyond.next_read_event().await.unwrap(),
        Some(ReadEvent::LastStreamPosition(5))
    ));
    assert!(beyond.next_read_event().await.unwrap().is_none());
}

#[tokio::test]
async fn a_subscription_catches_up_and_goes_on_live() {
    let server = Server::start(Options::default()).await;
    let client = client(&server);
    write_by_turns(&server, &client, 20).await;
    let filter = SubscriptionFilter::on_stream_name().add_prefix("ours-");
    let options = SubscribeToAllOptions::default().position(StreamPosition::Start).filter(filter);
    let mut subscription = client.subscribe_to_all(&options).await;
    assert!(matches!(
        subscription.next_subscription_event().await.unwrap(),
        SubscriptionEvent::Confirmed(_)
    ));
    let (mut appeared, mut checkpoints) = (0, 0);
    loop {
        match subscription.next_subscription_event().await.unwrap() {
            SubscriptionEvent::EventAppeared(_) => appeared += 1,
            SubscriptionEvent::Checkpoint(_) => checkpoints += 1,
            SubscriptionEvent::CaughtUp(told) => {
                let last = server.all_records().last().unwrap().position;
                assert_eq!(told.unwrap().position.unwrap().commit, last);
                break;
            }
            _ => panic!("nothing else was to come"),
        }
    }
    assert_eq!(appeared, 60);
    assert!(checkpoints >= 2);
    server.write_foreign("theirs", 1);
    let written = append(&client, "ours-0", StreamState::Any, events([99])).await.unwrap();
    let live = subscription.next().await.unwrap();
    assert_eq!(live.get_original_event().position, written.position);
}

#[tokio::test]
async fn a_reader_who_stops_taking_stops_the_server_sending() {
    const EVENTS: u64 = 60_000;
    let server = Server::start(Options::default()).await;
    let client = client(&server);
    server.write_foreign("theirs", EVENTS as usize);
    let mut reading = client.read_stream("theirs", &ReadStreamOptions::default()).await.unwrap();
    reading.next().await.unwrap().unwrap();
    // Another call on the same connection goes through while this one stands still.
    append(&client, "ours-0", StreamState::NoStream, events([0])).await.unwrap();
    let held_back = server.node().tally().events_sent;
    assert!(held_back < EVENTS, "all {held_back} events went out");
    let mut read = 1;
    while reading.next().await.unwrap().is_some() {
        read += 1;
    }
    assert_eq!((read, server.node().tally().events_sent), (EVENTS, EVENTS));
}
