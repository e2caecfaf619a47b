//! A history moved between engines: nothing lost, nothing done twice.

mod copying;
mod following;
mod gappy;
mod kurrentdb;

use event_store::{EventStore, Position, Recorded};

/// All events, in order.
async fn events(store: &dyn EventStore) -> Vec<Recorded> {
    let mut events: Vec<Recorded> = Vec::new();
    loop {
        let after = events.last().map_or(Position::START, |last| last.position);
        let page = store.read_all(after, 500).await.unwrap();
        if page.is_empty() {
            return events;
        }
        events.extend(page);
    }
}

/// All events, without the positions that an engine gave them.
async fn history(store: &dyn EventStore) -> Vec<Recorded> {
    let events = events(store).await.into_iter();
    events.map(|event| Recorded { position: Position::START, ..event }).collect()
}
