use std::net::IpAddr;
use std::num::NonZeroUsize;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use lru::LruCache;

/// Failures that an address may have in a minute before it hears 429.
const ALLOWED: u32 = 20;
const WINDOW: Duration = Duration::from_secs(60);
/// Addresses remembered; the least recently failing goes first.
const ADDRESSES: NonZeroUsize = NonZeroUsize::new(10_000).unwrap();

/// Failed attempts by peer address. A good token works also from an address that failed too often: 260 random bits
/// cannot be guessed, and offices share an address.
pub struct Attempts(Mutex<LruCache<IpAddr, Window>>);

#[derive(Clone, Copy)]
struct Window {
    since: Instant,
    failures: u32,
}

impl Default for Attempts {
    fn default() -> Self {
        Self(Mutex::new(LruCache::new(ADDRESSES)))
    }
}

impl Attempts {
    /// Counts a failure; tells after how many seconds the next attempt will be answered, if not at once.
    pub fn fail(&self, peer: IpAddr, now: Instant) -> Option<u32> {
        let mut windows = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let window = windows.get_or_insert_mut(peer, || Window { since: now, failures: 0 });
        if now.duration_since(window.since) >= WINDOW {
            *window = Window { since: now, failures: 0 };
        }
        window.failures = window.failures.saturating_add(1);
        let left = WINDOW.saturating_sub(now.duration_since(window.since)).as_secs() + 1;
        (window.failures > ALLOWED).then(|| u32::try_from(left).unwrap_or(u32::MAX))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn too_many_failures_wait_and_a_minute_heals() {
        let (attempts, start) = (Attempts::default(), Instant::now());
        let [peer, other] = ["192.0.2.1", "192.0.2.2"].map(|text| text.parse().unwrap());
        for _ in 0..ALLOWED {
            assert_eq!(attempts.fail(peer, start), None);
        }
        assert_eq!(attempts.fail(peer, start + Duration::from_secs(20)), Some(41));
        assert_eq!(attempts.fail(other, start), None);
        assert_eq!(attempts.fail(peer, start + WINDOW), None);
    }
}
