//! Events of one stream that stand one after the other, and go in one append.

use event_store::{
    AppendError, EventStore, Expected, MAX_BATCH, MAX_BATCH_BYTES, NewEvent, Position, Recorded,
    StreamId, Version,
};

/// What one append takes.
pub struct Batch {
    /// Where its last event stands in the source.
    pub position: Position,
    stream: StreamId,
    after: Version,
    events: Vec<NewEvent>,
    bytes: usize,
}

impl Batch {
    /// A batch that begins with an event.
    pub fn of(first: Recorded) -> Self {
        let stream = first.stream.clone();
        let after = Version(first.version.0.saturating_sub(1));
        let mut batch =
            Self { position: first.position, stream, after, events: Vec::new(), bytes: 0 };
        batch.push(first);
        batch
    }

    /// How many events it has.
    pub fn len(&self) -> u64 {
        self.events.len() as u64
    }

    /// Adds the next event, or gives it back where it needs an append of its own.
    pub fn take(&mut self, event: Recorded) -> Option<Recorded> {
        let fits = self.events.len() < MAX_BATCH
            && self.bytes + weight(&event) <= MAX_BATCH_BYTES
            && event.stream == self.stream;
        if !fits {
            return Some(event);
        }
        self.push(event);
        None
    }

    /// Appends all of it, after the version that its first event follows.
    pub async fn append_to(self, store: &dyn EventStore) -> Result<(), AppendError> {
        let expected = Expected::Exactly(self.after);
        store.append(&self.stream, expected, self.events).await.map(drop)
    }

    fn push(&mut self, event: Recorded) {
        self.bytes += weight(&event);
        self.position = event.position;
        let Recorded { id, kind, recorded_at, data, metadata, .. } = event;
        self.events.push(NewEvent { id, kind, recorded_at, data, metadata });
    }
}

fn weight(event: &Recorded) -> usize {
    event.data.len() + event.metadata.len()
}
