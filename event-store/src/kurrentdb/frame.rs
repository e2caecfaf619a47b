//! How one of our events stands in KurrentDB, so that bytes come back as they went in.
//!
//! Kind and data are KurrentDB's own type and data. What else an event needs makes
//! up KurrentDB's metadata, together with the writer's: `{"at":…,"seen":…,"metadata":{…}}`. JSON stays JSON, for who looks at it there.

use ::kurrentdb::{EventData, RecordedEvent};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use uuid::Uuid;

use super::trouble::Damage;
use crate::{NewEvent, Position, StreamId, Version};

#[derive(Serialize, Deserialize)]
struct Frame<'a> {
    /// When the writer learned it, in microseconds since 1970, or the latest such time that it knew of.
    at: i64,
    /// How far the writer had read the log: what stands up to there has no later time.
    seen: u64,
    /// Whether it was appended together with the event before it in its stream.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    follows: bool,
    /// The writer's metadata where it is JSON.
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    metadata: Option<&'a RawValue>,
    /// The writer's metadata where it is not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    base64: Option<String>,
}

/// One event as it stands in KurrentDB.
pub(super) struct Stored {
    pub(super) position: Position,
    pub(super) stream: StreamId,
    pub(super) version: Version,
    pub(super) id: Uuid,
    pub(super) kind: String,
    pub(super) at: i64,
    pub(super) seen: Position,
    pub(super) follows: bool,
    pub(super) data: Vec<u8>,
    pub(super) metadata: Vec<u8>,
}

/// The event as KurrentDB takes it.
pub(super) fn to_kurrent(
    event: &NewEvent,
    at: i64,
    seen: Position,
    follows: bool,
) -> serde_json::Result<EventData> {
    let metadata = json(&event.metadata);
    let base64 = metadata.is_none().then(|| BASE64.encode(&event.metadata));
    let frame = serde_json::to_vec(&Frame { at, seen: seen.0, follows, metadata, base64 })?;
    let data = match json(&event.data) {
        Some(json) => EventData::json(&event.kind, &json)?,
        None => EventData::binary(&event.kind, event.data.clone().into()),
    };
    Ok(data.id(event.id).metadata(frame.into()))
}

/// The bytes as JSON that would be written as these very bytes, and read as something.
fn json(bytes: &[u8]) -> Option<&RawValue> {
    let value: &RawValue = serde_json::from_slice(bytes).ok()?;
    (value.get().len() == bytes.len() && value.get() != "null").then_some(value)
}

/// The event as we know it; `streams` begins the names of our streams.
pub(super) fn from_kurrent(event: RecordedEvent, streams: &str) -> Result<Stored, Damage> {
    let position = event.position.commit;
    let bad = |what| Damage::Event { position, what };
    // The only positions whose order is that of the events: a commit of its own for each.
    let counts = (1..=i64::MAX as u64).contains(&position);
    if !counts || position != event.position.prepare {
        return Err(bad("position"));
    }
    let name = event.stream_id().strip_prefix(streams).ok_or_else(|| bad("stream"))?;
    let stream = StreamId::new(name).map_err(|_| bad("stream"))?;
    let frame: Frame<'_> =
        serde_json::from_slice(&event.custom_metadata).map_err(|_| bad("metadata"))?;
    let metadata = match (frame.metadata, frame.base64) {
        (Some(json), None) => json.get().as_bytes().to_vec(),
        (None, Some(text)) => BASE64.decode(text).map_err(|_| bad("metadata"))?,
        _ => return Err(bad("metadata")),
    };
    Ok(Stored {
        position: Position(position),
        stream,
        version: Version(event.revision.saturating_add(1)),
        id: event.id,
        kind: event.event_type,
        at: frame.at,
        seen: Position(frame.seen),
        follows: frame.follows,
        data: event.data.into(),
        metadata,
    })
}
