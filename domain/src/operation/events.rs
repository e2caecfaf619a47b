use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{SealedDigest, Text};

/// What operators state of the service itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// 时钟确认.
    ClockConfirmed(ClockConfirmed),
    /// 个人信息缺失认定.
    VaultLossAccepted(VaultLossAccepted),
    /// 查阅记录日结.
    ReadingsStated(ReadingsStated),
}

/// The clock was far ahead of the last moment at which the service ran, and somebody looked that it is right.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClockConfirmed {
    /// The last moment at which the service ran by a clock that was beyond doubt; none where that is not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_ran: Option<Timestamp>,
    /// Why it stood still so long, or how the clock was checked.
    pub reason: Text<200>,
}

/// Personal data that the log refers to is gone, and the service runs on without it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VaultLossAccepted {
    /// Of how many persons.
    pub persons: u64,
    /// How many readings that were stated are no longer recorded as they were; none where all are.
    #[serde(default, skip_serializing_if = "is_none")]
    pub readings: u64,
    /// How many readings had been numbered by then, of which some may be missing; not known of the earliest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub numbered: Option<u64>,
    /// How it was lost, and why it does not come back.
    pub reason: Text<200>,
}

impl VaultLossAccepted {
    /// The number up to which readings may be missing.
    #[must_use]
    pub fn gaps_up_to(&self) -> u64 {
        self.numbered.unwrap_or(u64::MAX)
    }
}

#[allow(clippy::trivially_copy_pass_by_ref)]
const fn is_none(number: &u64) -> bool {
    *number == 0
}

/// The readings of personal data on one day, as the vault has recorded them: none of them vanishes unseen from here on. A day on
/// which nobody read has none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadingsStated {
    /// The day, as it is in the county.
    pub day: Date,
    /// The number of the last reading before; 0 where these are the first.
    pub after: u64,
    /// The number of the last reading of the day.
    pub last: u64,
    /// How many readings.
    pub readings: u64,
    /// SHA-256 over the digest stated before and every reading since, in their order.
    pub digest: SealedDigest,
}
