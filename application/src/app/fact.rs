//! From facts to stored events.

use domain::{Event, Metadata};
use event_store::{NewEvent, StreamId};
use jiff::Timestamp;
use uuid::Uuid;

use super::error::NotEncodable;

/// The id of a command's n-th fact in a stream: the same command again makes the same ids.
pub fn event_id(command: Uuid, stream: &StreamId, index: usize) -> Uuid {
    Uuid::new_v5(&command, format!("{stream}#{index}").as_bytes())
}

/// The events to store for a decision.
pub fn to_store(
    stream: &StreamId,
    facts: impl IntoIterator<Item = Event>,
    metadata: &Metadata,
    now: Timestamp,
) -> Result<Vec<NewEvent>, NotEncodable> {
    let metadata_bytes = serde_json::to_vec(metadata)?;
    facts
        .into_iter()
        .enumerate()
        .map(|(index, fact)| {
            Ok(NewEvent {
                id: event_id(metadata.command, stream, index),
                kind: fact.kind().name.to_owned(),
                recorded_at: now,
                data: fact.encode()?,
                metadata: metadata_bytes.clone(),
            })
        })
        .collect()
}
