//! Streams/Read: what comes next in a read, one answer at a time, so that nothing waits in memory.

use std::collections::VecDeque;
use std::sync::Arc;

use bytes::Bytes;
use tonic::Status;
use uuid::Uuid;

use super::filter::Filter;
use super::grpc::frame;
use super::log::{Log, Record, Stream};
use super::messages::{
    CaughtUp, Checkpoint, Confirmation, FromAll, FromPosition, FromRevision, FromStream,
    ReadContent, ReadCount, ReadFrom, ReadOptions, ReadResponse, StreamName, StreamNotFound,
    Timestamp,
};
use super::refusals;

/// How many events of a stream the real server reads at a time.
const PAGE: u64 = 32;

/// What a read has to say next.
pub(super) enum Step {
    Event(Arc<Record>),
    Note(Bytes),
    /// Nothing, until the log grows.
    Wait,
    End,
}

/// A read under way.
pub(super) enum Reading {
    Stream(StreamRead),
    All(AllRead),
    Subscription(Subscription),
}

impl Reading {
    /// Begins a read, or says why it cannot be.
    pub fn begin(options: ReadOptions, log: &Log) -> Result<Self, Status> {
        let backwards = options.direction == 1;
        let compatibility = options.control.map_or(0, |control| control.compatibility);
        match (options.from, options.count) {
            (Some(ReadFrom::Stream(from)), Some(ReadCount::Count(count))) => {
                StreamRead::begin(from, count, backwards, compatibility, log).map(Self::Stream)
            }
            (Some(ReadFrom::All(from)), Some(ReadCount::Count(count))) => {
                AllRead::begin(from, count, backwards, Filter::of(options.filter)?, log)
                    .map(Self::All)
            }
            (Some(ReadFrom::All(from)), Some(ReadCount::Subscription(_))) if !backwards => {
                Subscription::begin(from, Filter::of(options.filter)?, log).map(Self::Subscription)
            }
            (Some(ReadFrom::Stream(_)), Some(ReadCount::Subscription(_))) => {
                Err(Status::unimplemented("subscriptions to a stream"))
            }
            _ => Err(Status::invalid_argument("The combination of options is invalid.")),
        }
    }

    pub fn step(&mut self, log: &Log) -> Step {
        match self {
            Self::Stream(read) => read.step(log),
            Self::All(read) => read.step(log),
            Self::Subscription(subscription) => subscription.step(log),
        }
    }
}

pub(super) struct StreamRead {
    name: String,
    /// The revision to read next.
    next: Option<u64>,
    left: u64,
    backwards: bool,
    notes: VecDeque<Bytes>,
    /// Whether the reader wants to know where the stream ends.
    tells_end: bool,
}

impl StreamRead {
    fn begin(
        from: FromStream,
        count: u64,
        backwards: bool,
        compatibility: u32,
        log: &Log,
    ) -> Result<Self, Status> {
        let name = from.stream.unwrap_or_default().text();
        let mut read = Self {
            name,
            next: None,
            left: count,
            backwards,
            notes: VecDeque::new(),
            tells_end: compatibility >= 1,
        };
        let (stream, last) = match log.stream(&read.name) {
            Some(stream) if stream.tombstoned => return Err(refusals::stream_deleted(&read.name)),
            Some(stream) if !stream.deleted() => match stream.last_revision() {
                Some(last) => (stream, last),
                None => return Ok(read.not_found()),
            },
            _ => return Ok(read.not_found()),
        };
        let first = stream.truncated_before;
        read.next = match (from.revision, backwards) {
            (None, _) => return Err(Status::invalid_argument("no revision option")),
            (Some(FromRevision::End(_)), false) => {
                return Err(refusals::unexpected("ReadStreamResult", "Error"));
            }
            (Some(FromRevision::End(_)), true) => Some(last),
            (Some(FromRevision::Start(_)), _) => Some(0),
            (Some(FromRevision::Revision(revision)), _) => Some(revision),
        };
        if let Some(start) = read.next {
            if backwards {
                read.next = Some(start.min(last)).filter(|start| *start >= first);
            } else {
                read.tell_first(start, first, last, count);
                read.next = Some(start.max(first)).filter(|start| *start <= last);
            }
        }
        Ok(read)
    }

    fn not_found(mut self) -> Self {
        let stream = Some(StreamName::of(&self.name));
        self.notes.push_back(note(ReadContent::StreamNotFound(StreamNotFound { stream })));
        self.tells_end = false;
        self
    }

    /// The real server names the first revision only where its first page is empty for another reason than the end.
    fn tell_first(&mut self, start: u64, first: u64, last: u64, count: u64) {
        let page_ends = start.saturating_add(PAGE.min(count)) - 1;
        let empty = if page_ends < first {
            Some(first)
        } else {
            (start.max(first) > last).then_some(last + 1)
        };
        if let Some(first) = empty.filter(|first| self.tells_end && *first != start) {
            self.notes.push_back(note(ReadContent::FirstStreamPosition(first)));
        }
    }

    fn step(&mut self, log: &Log) -> Step {
        if let Some(note) = self.notes.pop_front() {
            return Step::Note(note);
        }
        let Some(stream) = log.stream(&self.name) else { return Step::End };
        let event =
            self.next.filter(|_| self.left > 0).and_then(|revision| self.event(stream, revision));
        match event {
            Some(record) => Step::Event(record),
            None if std::mem::take(&mut self.tells_end) => Step::Note(note(
                ReadContent::LastStreamPosition(stream.last_revision().unwrap_or_default()),
            )),
            None => Step::End,
        }
    }

    fn event(&mut self, stream: &Stream, revision: u64) -> Option<Arc<Record>> {
        let record = stream.records.get(usize::try_from(revision).unwrap())?;
        self.left -= 1;
        self.next = if self.backwards {
            revision.checked_sub(1).filter(|next| *next >= stream.truncated_before)
        } else {
            Some(revision + 1)
        };
        Some(Arc::clone(record))
    }
}

pub(super) struct AllRead {
    /// Forwards the index of the next record, backwards the one after it.
    cursor: usize,
    left: u64,
    backwards: bool,
    filter: Filter,
}

impl AllRead {
    fn begin(
        from: FromAll,
        count: u64,
        backwards: bool,
        filter: Filter,
        log: &Log,
    ) -> Result<Self, Status> {
        let from = from.position.ok_or_else(|| Status::invalid_argument("no position option"))?;
        let cursor = match (from, backwards) {
            (FromPosition::Start(_), _) => 0,
            (FromPosition::End(_), _) => log.records().len(),
            (FromPosition::Position(at), false) if beyond(log, at.commit) => log.records().len(),
            (FromPosition::Position(at), true) if at.commit > log.end() => {
                return Err(refusals::unexpected(filter.result_kind(), "Error"));
            }
            (FromPosition::Position(at), _) if !log.is_boundary(at.commit) => {
                return Err(refusals::unexpected(filter.result_kind(), "InvalidPosition"));
            }
            (FromPosition::Position(at), false) => {
                log.index_from(at.commit) + usize::from(at.prepare > at.commit)
            }
            (FromPosition::Position(at), true) => {
                log.index_from(at.commit).saturating_sub(usize::from(at.prepare < at.commit))
            }
        };
        Ok(Self { cursor, left: count, backwards, filter })
    }

    fn step(&mut self, log: &Log) -> Step {
        while self.left > 0 {
            let index = if self.backwards { self.cursor.checked_sub(1) } else { Some(self.cursor) };
            let Some(record) = index.and_then(|index| log.records().get(index)) else { break };
            self.cursor = if self.backwards { self.cursor - 1 } else { self.cursor + 1 };
            if self.filter.lets_through(record) {
                self.left -= 1;
                return Step::Event(Arc::clone(record));
            }
        }
        Step::End
    }
}

pub(super) struct Subscription {
    cursor: usize,
    filter: Filter,
    notes: VecDeque<Bytes>,
    live: bool,
    considered: u64,
}

impl Subscription {
    fn begin(from: FromAll, filter: Filter, log: &Log) -> Result<Self, Status> {
        let from = from.position.ok_or_else(|| Status::invalid_argument("no position option"))?;
        let cursor = match from {
            FromPosition::Start(_) => 0,
            FromPosition::End(_) => log.records().len(),
            FromPosition::Position(at) if beyond(log, at.commit) => log.records().len(),
            FromPosition::Position(at) if !log.is_boundary(at.commit) => {
                return Err(refusals::invalid_position());
            }
            FromPosition::Position(at) => log.index_from(at.commit) + 1,
        };
        let confirmation = Confirmation { subscription: Uuid::new_v4().to_string() };
        let notes = VecDeque::from([note(ReadContent::Confirmation(confirmation))]);
        Ok(Self { cursor, filter, notes, live: false, considered: 0 })
    }

    fn step(&mut self, log: &Log) -> Step {
        if let Some(note) = self.notes.pop_front() {
            return Step::Note(note);
        }
        while let Some(record) = log.records().get(self.cursor) {
            self.cursor += 1;
            self.considered += 1;
            if self
                .filter
                .checkpoint_interval()
                .is_some_and(|interval| self.considered.is_multiple_of(interval))
            {
                self.notes.push_back(checkpoint(record.position));
            }
            if self.filter.lets_through(record) {
                return Step::Event(Arc::clone(record));
            }
            if let Some(note) = self.notes.pop_front() {
                return Step::Note(note);
            }
        }
        if std::mem::replace(&mut self.live, true) {
            return Step::Wait;
        }
        let reached = self.cursor.checked_sub(1).and_then(|index| log.records().get(index));
        let position = reached.map(|record| record.position.into());
        Step::Note(note(ReadContent::CaughtUp(CaughtUp { at: Some(Timestamp::now()), position })))
    }
}

/// Whether a position lies behind the last record: the real server reads forwards from there, and finds nothing.
fn beyond(log: &Log, position: u64) -> bool {
    log.records().last().is_none_or(|last| position > last.position)
}

fn checkpoint(position: u64) -> Bytes {
    note(ReadContent::Checkpoint(Checkpoint {
        commit: position,
        prepare: position,
        at: Some(Timestamp::now()),
    }))
}

fn note(content: ReadContent) -> Bytes {
    frame(&ReadResponse { content: Some(content) })
}
