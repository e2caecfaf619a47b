//! Times that never fall along the log, though many write to it.
//!
//! The port raises an event's time to that of the event before it. A writer cannot know which event that will be, so it
//! stores two things: a time, raised to the latest in the log *as far as it had read it*, and how far that was (`seen`).
//! What others appended between there and its own place is looked at when the event is read. So everybody reads the
//! same times, whichever way, and an event needs a second look only where several wrote at the same moment.

use std::num::NonZeroUsize;
use std::sync::{Mutex, PoisonError};

use futures::stream::{self, StreamExt as _, TryStreamExt as _};
use jiff::Timestamp;
use lru::LruCache;

use super::frame::Stored;
use super::link::Link;
use super::read;
use super::trouble::Damage;
use crate::{Position, Recorded, StoreError};

/// Looks at what stands between, at once.
const AT_ONCE: usize = 8;
/// Ends of pages remembered; each reader has one.
const ENDS: NonZeroUsize = NonZeroUsize::new(64).unwrap();
/// Events read at once when looking at what stands between: one, then ever more.
const BETWEEN: u32 = 512;
const BETWEEN_GROWS: u32 = 16;

/// The events of a page of the whole log, with the times that hold; `ends` remembers those of pages before.
pub(super) async fn of_log(
    link: &Link,
    ends: &Ends,
    after: Position,
    events: Vec<Stored>,
) -> Result<Vec<Recorded>, StoreError> {
    let (Some(first), Some(last)) = (events.first(), events.last()) else { return Ok(Vec::new()) };
    let end = last.position;
    let mut latest = match ends.at(after) {
        Some(latest) => latest,
        None if first.seen < after => between(link, first.seen, first.position).await?,
        None => i64::MIN,
    };
    let settled: Result<Vec<_>, _> =
        events.into_iter().map(|event| recorded(event, &mut latest)).collect();
    let settled = settled?;
    ends.remember(end, latest);
    Ok(settled)
}

/// The times that hold at the ends of pages lately read: who reads on needs no second look.
pub(super) struct Ends(Mutex<LruCache<Position, i64>>);

impl Default for Ends {
    fn default() -> Self {
        Self(Mutex::new(LruCache::new(ENDS)))
    }
}

impl Ends {
    fn at(&self, position: Position) -> Option<i64> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&position).copied()
    }

    fn remember(&self, position: Position, latest: i64) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).put(position, latest);
    }
}

/// The events of a page of one stream, with the times that hold. What was appended together stands together.
pub(super) async fn of_stream(
    link: &Link,
    events: Vec<Stored>,
) -> Result<Vec<Recorded>, StoreError> {
    let mut batches: Vec<Vec<Stored>> = Vec::new();
    for event in events {
        match batches.last_mut() {
            Some(batch) if event.follows => batch.push(event),
            _ => batches.push(vec![event]),
        }
    }
    let settled = stream::iter(batches).map(|batch| of_batch(link, batch));
    settled.buffered(AT_ONCE).try_concat().await
}

async fn of_batch(link: &Link, batch: Vec<Stored>) -> Result<Vec<Recorded>, StoreError> {
    let mut latest = match batch.first() {
        Some(first) => between(link, first.seen, first.position).await?,
        None => i64::MIN,
    };
    batch.into_iter().map(|event| recorded(event, &mut latest)).collect()
}

/// The time that holds for one event.
pub(super) async fn of_event(link: &Link, event: &Stored) -> Result<i64, StoreError> {
    Ok(between(link, event.seen, event.position).await?.max(event.at))
}

/// The latest time stored after `seen` and before the event at `before`.
async fn between(link: &Link, seen: Position, before: Position) -> Result<i64, StoreError> {
    let (mut latest, mut after) = (i64::MIN, seen);
    // Mostly there is none, and then the event at `before` alone comes back.
    let mut limit = 1;
    loop {
        let found = read::between(link, after, before, limit).await?;
        for event in &found.events {
            latest = latest.max(event.at);
            after = event.position;
        }
        if found.all {
            return Ok(latest);
        }
        limit = (limit * BETWEEN_GROWS).min(BETWEEN);
    }
}

fn recorded(event: Stored, latest: &mut i64) -> Result<Recorded, StoreError> {
    *latest = event.at.max(*latest);
    let position = event.position;
    let recorded_at = Timestamp::from_microsecond(*latest)
        .map_err(|_| Damage::Event { position: position.0, what: "time" })?;
    let Stored { stream, version, id, kind, data, metadata, .. } = event;
    Ok(Recorded { position, stream, version, id, kind, recorded_at, data, metadata })
}
