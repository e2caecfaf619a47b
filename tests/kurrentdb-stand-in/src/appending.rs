//! Streams/Append: what is stored, what was stored already, what is refused.

use super::grpc::Requests;
use super::log::{Log, Proposed, Stream};
use super::messages::{
    AppendContent, AppendOptions, AppendRequest, AppendResponse, AppendResult, AppendSuccess,
    CurrentRevision, Empty, ExpectedRevision, OldCurrentRevision, OldExpectedRevision,
    ProposedMessage, RefusedRevision, SuccessPosition, SuccessRevision, WrongExpectedVersion,
};
use super::refusals;
use tonic::Status;
use uuid::Uuid;

/// The most that an append holds together.
const MAX_APPEND_SIZE: usize = 1024 * 1024;

/// An append as it came in.
pub(super) struct Append {
    stream: String,
    expected: ExpectedRevision,
    events: Vec<Proposed>,
}

/// What becomes of an append.
enum Decision {
    Store,
    /// The very events stand there already, up to this revision.
    StoredBefore(u64),
    WrongExpectedVersion,
    Deleted,
}

impl Append {
    pub async fn receive(mut requests: Requests) -> Result<Self, Status> {
        let (stream, expected) = match requests.next().await? {
            Some(AppendRequest { content: Some(AppendContent::Options(options)) }) => {
                target(options)?
            }
            _ => return Err(Status::unknown("Exception was thrown by handler.")),
        };
        let mut events = Vec::new();
        let mut size = 0;
        while let Some(request) = requests.next::<AppendRequest>().await? {
            let Some(AppendContent::Message(message)) = request.content else {
                return Err(Status::unknown("Exception was thrown by handler."));
            };
            let event = propose(message)?;
            size += event.data.len()
                + event.custom_metadata.len()
                + event.kind.encode_utf16().count() * 2;
            if size > MAX_APPEND_SIZE {
                return Err(refusals::append_too_large(MAX_APPEND_SIZE));
            }
            events.push(event);
        }
        Ok(Self { stream, expected, events })
    }

    pub fn store(self, log: &mut Log) -> Result<AppendResponse, Status> {
        let current = log.stream(&self.stream).and_then(Stream::last_revision);
        let result = match self.decide(log) {
            Decision::Store if self.events.is_empty() => success(current, Some(log.end())),
            Decision::Store => {
                let last = current.map_or(0, |current| current + 1) + self.events.len() as u64 - 1;
                let position = log.append(&self.stream, self.events);
                success(Some(last), Some(position))
            }
            Decision::StoredBefore(last) => {
                success(Some(last), readable_position(log, &self.stream, last))
            }
            Decision::WrongExpectedVersion => wrong_expected_version(self.expected, current),
            Decision::Deleted => return Err(refusals::stream_deleted(&self.stream)),
        };
        Ok(AppendResponse { result: Some(result) })
    }

    fn decide(&self, log: &Log) -> Decision {
        let nothing = Stream::default();
        let stream = log.stream(&self.stream).unwrap_or(&nothing);
        if stream.tombstoned {
            return Decision::Deleted;
        }
        let current = stream.last_revision();
        let next = match self.expected {
            ExpectedRevision::Any(_) => return self.decide_anywhere(log),
            ExpectedRevision::StreamExists(_) if current.is_none() || stream.deleted() => {
                return Decision::WrongExpectedVersion;
            }
            ExpectedRevision::StreamExists(_) => return self.decide_anywhere(log),
            ExpectedRevision::NoStream(_) => 0,
            ExpectedRevision::Revision(revision) => revision.saturating_add(1),
        };
        let written = stream.records.len() as u64;
        if next > written {
            return Decision::WrongExpectedVersion;
        }
        if next == written {
            return Decision::Store;
        }
        let standing = &stream.records[usize::try_from(next).unwrap()..];
        let same = self
            .events
            .iter()
            .zip(standing)
            .take_while(|(event, record)| event.id == record.id)
            .count();
        if same == 0 && next == 0 && stream.deleted() {
            Decision::Store
        } else if same > 0 && same == self.events.len() {
            Decision::StoredBefore(next + same as u64 - 1)
        } else {
            Decision::WrongExpectedVersion
        }
    }

    /// Without an expected revision it is the ids alone that tell a repetition.
    fn decide_anywhere(&self, log: &Log) -> Decision {
        let revision = |id: Uuid| {
            log.record(id).filter(|record| *record.stream == *self.stream).map(|r| r.revision)
        };
        let found: Vec<_> = self.events.iter().map_while(|event| revision(event.id)).collect();
        match found.last() {
            None => Decision::Store,
            Some(last) if found.len() == self.events.len() => Decision::StoredBefore(*last),
            Some(_) => Decision::WrongExpectedVersion,
        }
    }
}

fn target(options: AppendOptions) -> Result<(String, ExpectedRevision), Status> {
    let stream = options.stream.unwrap_or_default().text();
    let expected =
        options.expected.ok_or_else(|| Status::invalid_argument("no expected revision"))?;
    Ok((stream, expected))
}

fn propose(message: ProposedMessage) -> Result<Proposed, Status> {
    let ProposedMessage { id, mut properties, custom_metadata, data } = message;
    let mut property =
        |name| properties.remove(name).ok_or_else(|| refusals::property_missing(name));
    let kind = property("type")?;
    let json = property("content-type")? == "application/json";
    let id = id
        .and_then(|id| id.uuid())
        .ok_or_else(|| Status::unknown("Exception was thrown by handler."))?;
    Ok(Proposed { id, kind, json, custom_metadata, data })
}

/// Where an event stands, unless it was truncated away.
fn readable_position(log: &Log, stream: &str, revision: u64) -> Option<u64> {
    let stream = log.stream(stream).filter(|stream| revision >= stream.truncated_before)?;
    Some(stream.records.get(usize::try_from(revision).unwrap())?.position)
}

fn success(revision: Option<u64>, position: Option<u64>) -> AppendResult {
    let revision = revision.map_or(SuccessRevision::NoStream(Empty {}), SuccessRevision::Revision);
    let position = position
        .map_or(SuccessPosition::NoPosition(Empty {}), |at| SuccessPosition::Position(at.into()));
    AppendResult::Success(AppendSuccess { revision: Some(revision), position: Some(position) })
}

fn wrong_expected_version(expected: ExpectedRevision, current: Option<u64>) -> AppendResult {
    let (expected, old_expected) = match expected {
        ExpectedRevision::Any(_) => {
            (RefusedRevision::Any(Empty {}), OldExpectedRevision::Any(Empty {}))
        }
        ExpectedRevision::StreamExists(_) => {
            (RefusedRevision::StreamExists(Empty {}), OldExpectedRevision::StreamExists(Empty {}))
        }
        ExpectedRevision::NoStream(_) => {
            (RefusedRevision::NoStream(Empty {}), OldExpectedRevision::Revision(u64::MAX))
        }
        ExpectedRevision::Revision(revision) => {
            (RefusedRevision::Revision(revision), OldExpectedRevision::Revision(revision))
        }
    };
    let (current, old_current) = match current {
        Some(current) => {
            (CurrentRevision::Revision(current), OldCurrentRevision::Revision(current))
        }
        None => (CurrentRevision::NoStream(Empty {}), OldCurrentRevision::NoStream(Empty {})),
    };
    AppendResult::WrongExpectedVersion(WrongExpectedVersion {
        old_current: Some(old_current),
        old_expected: Some(old_expected),
        current: Some(current),
        expected: Some(expected),
    })
}
