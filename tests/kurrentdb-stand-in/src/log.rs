//! The log that the nodes of a cluster share: append-only, with offsets for positions.

use std::collections::HashMap;
use std::sync::Arc;

use bytes::Bytes;
use prost::Message;
use uuid::Uuid;

use super::grpc;
use super::messages::{
    self, EventPosition, ReadContent, ReadEvent, ReadResponse, RecordedEvent, StreamName,
};

/// What a record takes in the log besides its names and its payload.
const RECORD_HEADER: u64 = 76;
/// After so many appends the server writes an event of its own.
const APPENDS_BETWEEN_SYSTEM_EVENTS: u64 = 7;
/// `$tb` of a deleted stream that may come back.
const DELETED: u64 = i64::MAX as u64;

/// An event as somebody hands it in.
#[derive(Clone)]
pub(super) struct Proposed {
    pub id: Uuid,
    pub kind: String,
    pub json: bool,
    pub custom_metadata: Bytes,
    pub data: Bytes,
}

/// An event as it stands in the log, ready to be sent.
pub(super) struct Record {
    pub stream: Arc<str>,
    pub revision: u64,
    pub id: Uuid,
    pub kind: String,
    pub position: u64,
    /// The framed answer to a read that asks for ids as text.
    pub frame: Bytes,
}

/// An event as it stands in the log, to look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredEvent {
    /// The stream it stands in.
    pub stream: String,
    /// Its place in the stream, from 0.
    pub revision: u64,
    /// Its id.
    pub id: Uuid,
    /// Its type.
    pub kind: String,
    /// Its payload.
    pub data: Bytes,
    /// What its writer added to it.
    pub custom_metadata: Bytes,
    /// Its place in the log.
    pub position: u64,
}

/// A stream: its records and what an operator did to it.
#[derive(Default)]
pub(super) struct Stream {
    pub records: Vec<Arc<Record>>,
    pub truncated_before: u64,
    pub tombstoned: bool,
}

impl Stream {
    pub fn last_revision(&self) -> Option<u64> {
        (self.records.len() as u64).checked_sub(1)
    }

    pub fn deleted(&self) -> bool {
        self.truncated_before == DELETED
    }
}

#[derive(Default)]
pub(super) struct Log {
    records: Vec<Arc<Record>>,
    streams: HashMap<Arc<str>, Stream>,
    by_id: HashMap<Uuid, Arc<Record>>,
    end: u64,
    appends: u64,
    slips_in: bool,
}

impl Log {
    /// A log that begins, as every one does, with events of the server's own.
    pub fn new(slip_in_system_events: bool) -> Self {
        let mut log = Self { slips_in: slip_in_system_events, ..Self::default() };
        log.write("$$$settings", vec![json("$metadata", r#"{"$acl":{"$r":"$admins"}}"#)]);
        log.write("$user-admin", vec![json("$UserCreated", r#"{"loginName":"admin"}"#)]);
        log.write("$streams", vec![json("$>", "0@$user-admin")]);
        log.statistics();
        log
    }

    /// Where the next record will begin.
    pub fn end(&self) -> u64 {
        self.end
    }

    pub fn records(&self) -> &[Arc<Record>] {
        &self.records
    }

    pub fn stream(&self, name: &str) -> Option<&Stream> {
        self.streams.get(name)
    }

    pub fn record(&self, id: Uuid) -> Option<&Arc<Record>> {
        self.by_id.get(&id)
    }

    /// The index of the record that begins at a position or, where none does, of the next one.
    pub fn index_from(&self, position: u64) -> usize {
        self.records.partition_point(|record| record.position < position)
    }

    /// Whether a record begins at the position, or the next one will.
    pub fn is_boundary(&self, position: u64) -> bool {
        let found = self.records.get(self.index_from(position));
        found.map_or(self.end, |record| record.position) == position
    }

    /// Stores what somebody else than the server writes, and answers with the last event's position.
    pub fn append(&mut self, stream: &str, events: Vec<Proposed>) -> u64 {
        if self.streams.get(stream).is_some_and(Stream::deleted) {
            self.revive(stream);
        }
        let last = self.write(stream, events);
        self.appends += 1;
        if self.slips_in && self.appends.is_multiple_of(APPENDS_BETWEEN_SYSTEM_EVENTS) {
            self.statistics();
        }
        last
    }

    /// Hides what stands before a revision.
    pub fn truncate(&mut self, stream: &str, before: u64) {
        self.write(
            &format!("$${stream}"),
            vec![json("$metadata", &format!(r#"{{"$tb":{before}}}"#))],
        );
        self.streams.entry(stream.into()).or_default().truncated_before = before;
    }

    /// Hides a whole stream, until somebody appends to it.
    pub fn soft_delete(&mut self, stream: &str) {
        self.truncate(stream, DELETED);
    }

    /// Closes a stream for good.
    pub fn tombstone(&mut self, stream: &str) {
        self.write(stream, vec![json("$streamDeleted", "")]);
        self.streams.entry(stream.into()).or_default().tombstoned = true;
    }

    fn revive(&mut self, stream: &str) {
        let before = self.streams.get(stream).map_or(0, |stream| stream.records.len() as u64);
        self.truncate(stream, before);
    }

    fn statistics(&mut self) {
        self.write("$stats-127.0.0.1:2113", vec![json("$statsCollected", r#"{"proc-cpu":0.5}"#)]);
    }

    fn write(&mut self, stream: &str, events: Vec<Proposed>) -> u64 {
        let name = match self.streams.get_key_value(stream) {
            Some((name, _)) => Arc::clone(name),
            None => stream.into(),
        };
        let written = self.streams.entry(Arc::clone(&name)).or_default();
        let mut last = self.end;
        for event in events {
            last = self.end;
            let length =
                name.len() + event.kind.len() + event.data.len() + event.custom_metadata.len();
            let record = Arc::new(Record::new(&name, written.records.len() as u64, last, event));
            written.records.push(Arc::clone(&record));
            self.by_id.insert(record.id, Arc::clone(&record));
            self.records.push(record);
            self.end += RECORD_HEADER + length as u64;
        }
        last
    }
}

impl Record {
    fn new(stream: &Arc<str>, revision: u64, position: u64, event: Proposed) -> Self {
        let content_type = if event.json { "application/json" } else { "application/octet-stream" };
        let ticks = jiff::Timestamp::now().as_nanosecond() / 100;
        let properties = messages::Properties::from([
            ("type".to_owned(), event.kind.clone()),
            ("created".to_owned(), ticks.to_string()),
            ("content-type".to_owned(), content_type.to_owned()),
        ]);
        let recorded = RecordedEvent {
            id: Some(messages::Id::text(event.id)),
            stream: Some(StreamName::of(stream)),
            revision,
            prepare: position,
            commit: position,
            properties,
            custom_metadata: event.custom_metadata,
            data: event.data,
        };
        let frame = answer(recorded);
        Self {
            stream: Arc::clone(stream),
            revision,
            id: event.id,
            kind: event.kind,
            position,
            frame,
        }
    }

    /// The framed answer to a read that asks for ids as two numbers.
    pub fn frame_with_structured_id(&self) -> Bytes {
        let mut recorded = self.recorded();
        recorded.id = Some(messages::Id::structured(self.id));
        answer(recorded)
    }

    pub fn stored(&self) -> StoredEvent {
        let recorded = self.recorded();
        StoredEvent {
            stream: self.stream.to_string(),
            revision: self.revision,
            id: self.id,
            kind: self.kind.clone(),
            data: recorded.data,
            custom_metadata: recorded.custom_metadata,
            position: self.position,
        }
    }

    fn recorded(&self) -> RecordedEvent {
        let answer = ReadResponse::decode(self.frame.slice(grpc::PREFIX..)).unwrap();
        match answer.content {
            Some(ReadContent::Event(ReadEvent { event: Some(event), .. })) => event,
            other => unreachable!("a record's frame holds {other:?}"),
        }
    }
}

fn answer(event: RecordedEvent) -> Bytes {
    let position = Some(EventPosition::Commit(event.commit));
    let content = Some(ReadContent::Event(ReadEvent { event: Some(event), position }));
    grpc::frame(&ReadResponse { content })
}

fn json(kind: &str, data: &str) -> Proposed {
    Proposed {
        id: Uuid::new_v4(),
        kind: kind.to_owned(),
        json: true,
        custom_metadata: Bytes::new(),
        data: Bytes::copy_from_slice(data.as_bytes()),
    }
}
