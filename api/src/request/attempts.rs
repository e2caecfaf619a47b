//! Counting by peer address: what an address may do so often in a while before it hears 429.

use std::net::{IpAddr, SocketAddr};
use std::num::NonZeroUsize;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use axum::extract::ConnectInfo;
use axum::http::Extensions;
use lru::LruCache;

/// Failures with tokens and secret links that an address may have in a minute.
const FAILURES: u32 = 20;
const MINUTE: Duration = Duration::from_secs(60);
const HOUR: Duration = Duration::from_secs(3600);
/// Addresses remembered; the one that came least recently goes first.
const ADDRESSES: NonZeroUsize = NonZeroUsize::new(10_000).unwrap();

/// Attempts by peer address.
pub struct Attempts {
    allowed: u32,
    within: Duration,
    windows: Mutex<LruCache<IpAddr, Window>>,
}

#[derive(Clone, Copy)]
struct Window {
    since: Instant,
    attempts: u32,
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
        Self::new(an_hour, HOUR)
    }

    fn new(allowed: u32, within: Duration) -> Self {
        Self { allowed, within, windows: Mutex::new(LruCache::new(ADDRESSES)) }
    }

    /// Counts an attempt; tells after how many seconds the next will be answered, if this one is too many.
    pub fn count(&self, peer: IpAddr, now: Instant) -> Option<u32> {
        let mut windows = self.windows.lock().unwrap_or_else(PoisonError::into_inner);
        let window = windows.get_or_insert_mut(peer, || Window { since: now, attempts: 0 });
        if now.duration_since(window.since) >= self.within {
            *window = Window { since: now, attempts: 0 };
        }
        window.attempts = window.attempts.saturating_add(1);
        let left = self.within.saturating_sub(now.duration_since(window.since)).as_secs() + 1;
        (window.attempts > self.allowed).then(|| u32::try_from(left).unwrap_or(u32::MAX))
    }
}

/// The address that a request came from. Of IPv6 the network of 64 bits, all of which one household has.
pub fn peer(extensions: &Extensions) -> Option<IpAddr> {
    let ConnectInfo(address) = extensions.get::<ConnectInfo<SocketAddr>>()?;
    Some(serving::host(address.ip()))
}

#[cfg(test)]
mod tests;
