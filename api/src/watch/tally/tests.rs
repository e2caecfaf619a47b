#![allow(clippy::unwrap_used)]
use event_store::{Expected, MemoryStore, NewEvent, StreamId};
use uuid::Uuid;

use super::*;

#[tokio::test]
async fn the_tally_counts_on_and_starts_over_when_asked_for_less() {
    let store = MemoryStore::default();
    let stream = StreamId::new("unit-1").unwrap();
    let event = |n: u128| NewEvent {
        id: Uuid::from_u128(n),
        kind: "k".to_owned(),
        recorded_at: jiff::Timestamp::UNIX_EPOCH,
        data: vec![],
        metadata: vec![],
    };
    let appended = store
        .append(&stream, Expected::NoStream, vec![event(1), event(2), event(3)])
        .await
        .unwrap();
    let mut tally = Tally::default();
    tally.reach(&store, Position(2)).await.unwrap();
    assert_eq!(tally.events, 2);
    tally.reach(&store, appended.last_position).await.unwrap();
    assert_eq!(tally.events, 3);
    tally.reach(&store, Position(1)).await.unwrap();
    assert_eq!((tally.events, tally.position), (1, Position(1)));
}
