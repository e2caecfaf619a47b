//! A stream, forwards or backwards.

use std::collections::VecDeque;
use std::sync::Arc;

use bytes::Bytes;
use tonic::Status;

use super::step::{Step, note};
use crate::log::{Log, Record, Stream};
use crate::messages::{FromRevision, FromStream, ReadContent, StreamName, StreamNotFound};
use crate::refusals;

/// How many events of a stream the real server reads at a time.
const PAGE: u64 = 32;

pub struct StreamRead {
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
    pub fn begin(
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

    pub fn step(&mut self, log: &Log) -> Step {
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
