//! Counting in windows of time: what an address or an account may do so often, or so much of, before it hears 429.

use std::hash::Hash;
use std::net::IpAddr;
use std::num::NonZeroUsize;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use domain::ActorId;
use lru::LruCache;

/// Failures with tokens and secret links that an address may have in a minute.
const FAILURES: u64 = 20;
const MINUTE: Duration = Duration::from_secs(60);
const HOUR: Duration = Duration::from_secs(3600);
const DAY: Duration = Duration::from_secs(24 * 3600);
/// Askers remembered; the one that came least recently goes first.
const ASKERS: NonZeroUsize = NonZeroUsize::new(10_000).unwrap();

/// What each asker had of something in the window at hand.
pub struct Attempts<K = IpAddr> {
    allowed: u64,
    within: Duration,
    windows: Mutex<LruCache<K, Window>>,
}

#[derive(Clone, Copy)]
struct Window {
    since: Instant,
    had: u64,
}

impl Attempts {
    /// Failed attempts with tokens and secret links. A good one works also from an address that failed too often: 130
    /// random bits cannot be guessed, and offices share an address.
    #[must_use]
    pub fn failures() -> Self {
        Self::new(FAILURES, MINUTE)
    }

    /// What residents without an account file.
    #[must_use]
    pub fn filings(an_hour: u32) -> Self {
        Self::new(an_hour.into(), HOUR)
    }

    /// Counts an attempt; tells after how many seconds the next will be answered, if this one is too many.
    pub fn count(&self, peer: IpAddr, now: Instant) -> Option<u32> {
        self.take(peer, 1, now)
    }
}

impl Attempts<ActorId> {
    /// Bytes of evidence that an account sends.
    #[must_use]
    pub fn evidence(bytes_a_day: u64) -> Self {
        Self::new(bytes_a_day, DAY)
    }

    /// Searches and lists of people that an account asks for.
    #[must_use]
    pub fn searches(an_hour: u64) -> Self {
        Self::new(an_hour, HOUR)
    }
}

impl<K: Hash + Eq> Attempts<K> {
    fn new(allowed: u64, within: Duration) -> Self {
        Self { allowed, within, windows: Mutex::new(LruCache::new(ASKERS)) }
    }

    /// Counts so much; tells after how many seconds there will be more, if this is too much.
    pub fn take(&self, asker: K, much: u64, now: Instant) -> Option<u32> {
        let mut windows = self.windows.lock().unwrap_or_else(PoisonError::into_inner);
        let window = windows.get_or_insert_mut(asker, || Window { since: now, had: 0 });
        if now.duration_since(window.since) >= self.within {
            *window = Window { since: now, had: 0 };
        }
        window.had = window.had.saturating_add(much);
        let left = self.within.saturating_sub(now.duration_since(window.since)).as_secs() + 1;
        (window.had > self.allowed).then(|| u32::try_from(left).unwrap_or(u32::MAX))
    }
}

#[cfg(test)]
mod tests;
