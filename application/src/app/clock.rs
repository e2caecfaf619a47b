use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};

/// How far a clock may stand before the last event: clocks of machines differ a little, and are set.
const BEHIND: SignedDuration = SignedDuration::from_mins(5);
/// How far ahead of the last moment at which the service ran a clock is believed without being looked at.
const AHEAD: SignedDuration = SignedDuration::from_hours(31 * 24);

/// Where time comes from. Decisions, policies and the scheduler read no other clock.
pub trait Clock: Send + Sync {
    /// The moment.
    fn now(&self) -> Timestamp;

    /// Why nothing may be written by this clock at the moment.
    ///
    /// # Errors
    /// See [`ClockDoubt`].
    fn trusted(&self) -> Result<(), ClockDoubt> {
        Ok(())
    }

    /// Hears that an event was recorded at a moment.
    fn recorded(&self, _at: Timestamp) {}
}

domain::refusals! {
    /// Why a clock is not believed. What it brings about cannot be undone: points expire, terms pass.
    pub enum ClockDoubt {
        Behind { now: domain::Moment, last: domain::Moment } "clock.behind" =>
            "系统时钟为{now},早于最后一件事件{last};请校准时钟,之后自动恢复写入。",
            "The system's clock says {now}, which is before the last event at {last}; set the clock right, then writing goes on by itself.";
        Ahead { now: domain::Moment, last: domain::Moment } "clock.ahead" =>
            "系统时钟为{now},距服务上次运行{last}已超过31天;请核对时钟,无误后执行 yuanfa clock confirm --reason 原因。",
            "The system's clock says {now}, more than 31 days after the service last ran at {last}; check the clock and, if it is right, run: yuanfa clock confirm --reason WHY";
    }
}

/// The machine's clock, at a distance where the folder has a clock of its own.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock {
    ahead: SignedDuration,
}

impl SystemClock {
    /// A clock that is ahead of the machine's: a played county goes on living in its own year.
    #[must_use]
    pub fn ahead_by(ahead: SignedDuration) -> Self {
        Self { ahead }
    }
}

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        let now = Timestamp::now();
        now.checked_add(self.ahead).unwrap_or(now)
    }
}

/// A clock that is believed only near what is known: the last event, and the last moment at which the service ran.
pub struct WatchedClock {
    clock: Arc<dyn Clock>,
    /// Microseconds since 1970, as both figures; the least where nothing is known.
    last_event: AtomicI64,
    last_ran: AtomicI64,
}

impl WatchedClock {
    /// Watches a clock.
    #[must_use]
    pub fn over(
        clock: Arc<dyn Clock>,
        last_event: Option<Timestamp>,
        last_ran: Option<Timestamp>,
    ) -> Self {
        let micros = |moment: Option<Timestamp>| {
            AtomicI64::new(moment.map_or(i64::MIN, Timestamp::as_microsecond))
        };
        // When the last event was recorded the service ran too, perhaps another one on this log.
        Self { clock, last_event: micros(last_event), last_ran: micros(last_ran.max(last_event)) }
    }

    /// Says that the service runs now; nothing where the clock is not believed. Gives what to remember.
    pub fn runs(&self) -> Option<Timestamp> {
        self.trusted().ok()?;
        let now = self.clock.now();
        let before = self.last_ran.fetch_max(now.as_microsecond(), Ordering::Relaxed);
        Some(moment(before).map_or(now, |before| before.max(now)))
    }

    /// Believes the clock from now on; gives the last moment that was beyond doubt.
    pub fn confirm(&self) -> Option<Timestamp> {
        let now = self.clock.now().as_microsecond();
        moment(self.last_ran.swap(now, Ordering::Relaxed))
    }
}

impl WatchedClock {
    /// Takes back that it was confirmed.
    pub fn doubt_again(&self, last_ran: Option<Timestamp>) {
        let last_ran = last_ran.map_or(i64::MIN, Timestamp::as_microsecond);
        self.last_ran.store(last_ran, Ordering::Relaxed);
    }
}

impl Clock for WatchedClock {
    fn now(&self) -> Timestamp {
        self.clock.now()
    }

    fn trusted(&self) -> Result<(), ClockDoubt> {
        let now = self.clock.now();
        let (last_event, last_ran) = (
            moment(self.last_event.load(Ordering::Relaxed)),
            moment(self.last_ran.load(Ordering::Relaxed)),
        );
        if let Some(last) = last_event.filter(|last| now.duration_until(*last) > BEHIND) {
            return Err(ClockDoubt::Behind { now: now.into(), last: last.into() });
        }
        if let Some(last) = last_ran.filter(|last| last.duration_until(now) > AHEAD) {
            return Err(ClockDoubt::Ahead { now: now.into(), last: last.into() });
        }
        Ok(())
    }

    fn recorded(&self, at: Timestamp) {
        self.last_event.fetch_max(at.as_microsecond(), Ordering::Relaxed);
    }
}

fn moment(micros: i64) -> Option<Timestamp> {
    Timestamp::from_microsecond(micros).ok()
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
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = moment;
    }
}

impl Clock for ManualClock {
    fn now(&self) -> Timestamp {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests;
