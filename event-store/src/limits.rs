//! A limit on everything: the same for every adapter.

#[cfg(test)]
mod tests;

use jiff::Timestamp;

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
pub(crate) const EVENT_OVERHEAD: usize = 128;

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
