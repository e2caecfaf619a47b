//! The one place where the cases touch the API in bulk.

use crate::{
    AppendError, Appended, EventStore, Expected, NewEvent, Position, Recorded, StreamId, Version,
};
use jiff::Timestamp;
use uuid::Uuid;

/// The name of a stream that is known to be valid.
pub fn stream(name: &str) -> StreamId {
    StreamId::new(name).unwrap()
}

/// A moment, in microseconds after 2023-11-14T22:13:20Z.
pub fn at(micros: i64) -> Timestamp {
    Timestamp::from_microsecond(1_700_000_000_000_000 + micros).unwrap()
}

/// An event with an id of its own, whose data says `text`.
pub fn event(text: &str) -> NewEvent {
    NewEvent {
        id: Uuid::new_v4(),
        kind: "noted".into(),
        recorded_at: at(0),
        data: text.as_bytes().to_vec(),
        metadata: b"{}".to_vec(),
    }
}

/// `n` events that say 0, 1, 2, ….
pub fn events(n: usize) -> Vec<NewEvent> {
    (0..n).map(|i| event(&i.to_string())).collect()
}

/// `Expected::Exactly`.
pub fn exactly(version: u64) -> Expected {
    Expected::Exactly(Version(version))
}

/// Appends at the stream's end, whatever that is; for arranging.
pub async fn add(store: &dyn EventStore, stream: &StreamId, events: Vec<NewEvent>) -> Appended {
    let mut end = Version::NONE;
    loop {
        match store.append(stream, Expected::Exactly(end), events.clone()).await {
            Err(AppendError::Conflict { actual, .. }) => end = actual,
            other => return other.unwrap(),
        }
    }
}

/// Every event, read in pages of 100.
pub async fn read_whole(store: &dyn EventStore) -> Vec<Recorded> {
    let mut all = Vec::new();
    loop {
        let after = all.last().map_or(Position::START, |event: &Recorded| event.position);
        let page = store.read_all(after, 100).await.unwrap();
        if page.is_empty() {
            return all;
        }
        all.extend(page);
    }
}

/// Every event of a stream, read in pages of 100.
pub async fn read_whole_stream(store: &dyn EventStore, stream: &StreamId) -> Vec<Recorded> {
    let mut all = Vec::new();
    loop {
        let after = all.last().map_or(Version::NONE, |event: &Recorded| event.version);
        let page = store.read_stream(stream, after, 100).await.unwrap();
        if page.is_empty() {
            return all;
        }
        all.extend(page);
    }
}

/// What the events say.
pub fn texts(events: &[Recorded]) -> Vec<String> {
    events.iter().map(|event| String::from_utf8(event.data.clone()).unwrap()).collect()
}

/// Asserts a conflict, and what it says is true.
#[track_caller]
pub fn assert_conflict(answer: Result<Appended, AppendError>, true_version: u64) {
    match answer {
        Err(AppendError::Conflict { actual, .. }) => assert_eq!(actual, Version(true_version)),
        other => panic!("expected a conflict, got {other:?}"),
    }
}
