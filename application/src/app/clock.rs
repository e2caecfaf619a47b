use std::sync::Mutex;
use std::time::Instant;

use jiff::Timestamp;

/// Where time comes from. Decisions, policies and the scheduler read no other clock.
pub trait Clock: Send + Sync {
    /// The moment.
    fn now(&self) -> Timestamp;
}

/// The machine's clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }
}

/// A clock that runs on from a moment: a played county goes on living in its own year.
#[derive(Debug, Clone, Copy)]
pub struct RunningClock {
    from: Timestamp,
    since: Instant,
}

impl RunningClock {
    /// A clock that shows this moment now.
    #[must_use]
    pub fn from(moment: Timestamp) -> Self {
        Self { from: moment, since: Instant::now() }
    }
}

impl Clock for RunningClock {
    fn now(&self) -> Timestamp {
        let passed = jiff::SignedDuration::try_from(self.since.elapsed());
        passed.ok().and_then(|passed| self.from.checked_add(passed).ok()).unwrap_or(self.from)
    }
}

/// A clock that stands until it is set: the demo and tests play years in seconds with it.
#[derive(Debug)]
pub struct ManualClock(Mutex<Timestamp>);

impl ManualClock {
    /// A clock that shows this moment.
    #[must_use]
    pub fn at(moment: Timestamp) -> Self {
        Self(Mutex::new(moment))
    }

    /// Sets the clock.
    pub fn set(&self, moment: Timestamp) {
        *self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner) = moment;
    }
}

impl Clock for ManualClock {
    fn now(&self) -> Timestamp {
        *self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}
