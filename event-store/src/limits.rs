//! A limit on everything: the same for every adapter, checked before an adapter sees a batch.

#[cfg(test)]
mod tests;

use std::collections::HashSet;

use jiff::Timestamp;

use crate::{AppendError, NewEvent};

/// The most bytes that an event's data and metadata have together.
pub const MAX_EVENT_BYTES: usize = 65_536;
/// The most events in one append.
pub const MAX_BATCH: usize = 1_000;
/// The most bytes that the data and metadata of all events in one append have together: with what an engine adds to each
/// event, an append stays below the 1 MiB that KurrentDB takes.
pub const MAX_BATCH_BYTES: usize = 512 * 1024;
/// The most characters in an event's kind.
pub const MAX_KIND_CHARS: usize = 100;
/// A page of events ends once it holds this many bytes, however many were asked for.
pub const MAX_PAGE_BYTES: usize = 8 * 1024 * 1024;

/// What an event costs in memory beside its data, metadata and kind; keeps pages of empty events bounded too.
const EVENT_OVERHEAD: usize = 128;

/// Refuses a batch that no store may take. Gives the bytes that the batch weighs.
pub(crate) fn check_batch(events: &[NewEvent]) -> Result<usize, AppendError> {
    if events.is_empty() {
        return Err(AppendError::Empty);
    }
    if events.len() > MAX_BATCH {
        return Err(AppendError::TooMany { got: events.len() });
    }
    let mut ids = HashSet::with_capacity(events.len());
    let (mut bytes, mut payload) = (0, 0);
    for event in events {
        let chars = event.kind.chars().count();
        if chars == 0 || chars > MAX_KIND_CHARS {
            return Err(AppendError::BadKind { chars });
        }
        let got = event.data.len() + event.metadata.len();
        if got > MAX_EVENT_BYTES {
            let kind = event.kind.clone();
            return Err(AppendError::TooLarge { limit: MAX_EVENT_BYTES, got, kind });
        }
        if !ids.insert(event.id) {
            return Err(AppendError::IdTaken { id: event.id });
        }
        payload += got;
        bytes += got + event.kind.len() + EVENT_OVERHEAD;
    }
    if payload > MAX_BATCH_BYTES {
        return Err(AppendError::BatchTooLarge { limit: MAX_BATCH_BYTES, got: payload });
    }
    Ok(bytes)
}

/// Counts what a page holds and says when it is full.
pub(crate) struct Page {
    events_left: u32,
    bytes: usize,
}

impl Page {
    /// A page of at most `limit` events; a limit of 0 counts as 1, because an empty page means the end.
    pub(crate) fn of(limit: u32) -> Self {
        Self { events_left: limit.max(1), bytes: 0 }
    }

    /// How many events it can still take at most.
    pub(crate) fn events_left(&self) -> u32 {
        self.events_left
    }

    /// Counts one event of `payload` bytes; `true` when nothing more should follow it.
    pub(crate) fn full_after(&mut self, payload: usize) -> bool {
        self.events_left = self.events_left.saturating_sub(1);
        self.bytes += payload + EVENT_OVERHEAD;
        self.events_left == 0 || self.bytes >= MAX_PAGE_BYTES
    }
}

/// The last second of the year 9999 or so: jiff makes no later time from microseconds, though it has one.
const LAST_MICROS: i64 = 253_402_207_200_000_000;

/// Microseconds since 1970, rounded down: what a log keeps of a time. Always makes a time again.
pub(crate) fn micros(at: Timestamp) -> i64 {
    i64::try_from(at.as_nanosecond().div_euclid(1_000)).unwrap_or(LAST_MICROS).min(LAST_MICROS)
}
