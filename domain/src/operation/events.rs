use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::Text;

/// What operators state of the service itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// 时钟确认.
    ClockConfirmed(ClockConfirmed),
    /// 个人信息缺失认定.
    VaultLossAccepted(VaultLossAccepted),
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
    /// How it was lost, and why it does not come back.
    pub reason: Text<200>,
}
