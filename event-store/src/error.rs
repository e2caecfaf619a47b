//! What can go wrong, and whether the store still writes.

use std::error::Error;
use std::fmt;
use std::sync::Arc;

use uuid::Uuid;

use crate::limits::{MAX_BATCH, MAX_KIND_CHARS};
use crate::{Expected, StreamId, Version};

/// The engine's own error. Shared, because one failed commit is the answer to everybody who waited for it.
pub type Source = Arc<dyn Error + Send + Sync>;

/// Why an append was not done, or may not have been done.
///
/// Every variant but [`OutcomeUnknown`](Self::OutcomeUnknown) promises that this call stored nothing.
#[derive(Debug, Clone, thiserror::Error)]
pub enum AppendError {
    /// Somebody else wrote first: read the stream again and decide again.
    #[error("stream {stream}: expected {expected}, it is at version {actual}")]
    Conflict {
        /// The stream.
        stream: StreamId,
        /// What the writer believed.
        expected: Expected,
        /// What is true.
        actual: Version,
    },
    /// The id stands in the log at another place, or twice in this batch.
    #[error("event id {id} is already taken at another place")]
    IdTaken {
        /// The id.
        id: Uuid,
    },
    /// Data and metadata of one event are too long together.
    #[error("an event holds at most {limit} bytes, one of kind {kind} has {got}")]
    TooLarge {
        /// The most an event may hold, in bytes.
        limit: usize,
        /// What this one has, in bytes.
        got: usize,
        /// The event's kind.
        kind: String,
    },
    /// A kind is empty or too long.
    #[error("an event's kind has 1 to {MAX_KIND_CHARS} characters, this one has {chars}")]
    BadKind {
        /// How many characters it has.
        chars: usize,
    },
    /// A batch without events.
    #[error("a batch needs at least one event")]
    Empty,
    /// A batch of too many events.
    #[error("a batch holds at most {MAX_BATCH} events, this one has {got}")]
    TooMany {
        /// How many it has.
        got: usize,
    },
    /// The events of a batch are too long together.
    #[error("the events of a batch hold at most {limit} bytes together, these have {got}")]
    BatchTooLarge {
        /// The most a batch may hold, in bytes.
        limit: usize,
        /// What this one has, in bytes.
        got: usize,
    },
    /// The store takes no writes until it is opened again.
    #[error("{0}")]
    Halted(HaltReason),
    /// The batch may or may not be in the log. Append it again, with the same ids and the same `expected`:
    /// the answer then tells.
    #[error("it is unknown whether the batch was stored; the same append again will tell")]
    OutcomeUnknown(#[source] StoreError),
    /// The engine refused, with nothing stored.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What the engine answered. Never the end of a stream: the end is an empty page.
#[derive(Debug, Clone, thiserror::Error)]
pub enum StoreError {
    /// Somebody holds the database; trying again helps.
    #[error("the event log is busy")]
    Busy(#[source] Source),
    /// No room is left on the disk.
    #[error("no room is left for the event log")]
    Full(#[source] Source),
    /// Memory or open files are lacking; trying again helps once there are some.
    #[error("the system is short of memory or open files")]
    Exhausted(#[source] Source),
    /// The engine on the network cannot be reached, or does not answer; trying again helps once it is there.
    #[error("the event log cannot be reached")]
    Unreachable(#[source] Source),
    /// The disk or the engine failed.
    #[error("reading or writing the event log failed")]
    Io(#[source] Source),
    /// What was read cannot be what was written.
    #[error("the event log is damaged")]
    Corrupt(#[source] Source),
    /// The store was closed.
    #[error("the event log is closed")]
    Closed,
}

/// Why a store stopped writing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HaltCause {
    /// No room left. Passes.
    DiskFull,
    /// Memory or open files are lacking. Passes.
    Exhausted,
    /// Writing or syncing failed: what the disk holds cannot be trusted until it was read anew.
    Io,
    /// The file is damaged.
    Corrupt,
    /// Opened for reading only.
    ReadOnly,
}

/// Why a store takes no writes, for people. `Display` gives both languages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HaltReason {
    /// What kind of trouble.
    pub cause: HaltCause,
    /// The engine's words, in English; may be empty.
    pub detail: String,
}

impl StoreError {
    /// Whether it ends by itself, with nothing damaged: room, memory or open files are lacking.
    #[must_use]
    pub fn is_shortage(&self) -> bool {
        matches!(self, Self::Full(_) | Self::Exhausted(_))
    }

    /// An error of the system.
    pub(crate) fn of_system(error: std::io::Error) -> Self {
        use std::io::ErrorKind::{QuotaExceeded, StorageFull};
        if matches!(error.kind(), StorageFull | QuotaExceeded) {
            Self::Full(Arc::new(error))
        } else if crate::is_shortage(&error) {
            Self::Exhausted(Arc::new(error))
        } else {
            Self::Io(Arc::new(error))
        }
    }
}

impl HaltReason {
    /// The reason of a log that was opened for reading only.
    pub(crate) fn read_only() -> Self {
        Self { cause: HaltCause::ReadOnly, detail: String::new() }
    }

    /// The reason a failed write gives to halt.
    pub(crate) fn after(error: &StoreError) -> Self {
        let cause = match error {
            StoreError::Full(_) => HaltCause::DiskFull,
            StoreError::Exhausted(_) => HaltCause::Exhausted,
            StoreError::Corrupt(_) => HaltCause::Corrupt,
            StoreError::Io(_)
            | StoreError::Busy(_)
            | StoreError::Unreachable(_)
            | StoreError::Closed => HaltCause::Io,
        };
        let detail = error.source().map(ToString::to_string).unwrap_or_default();
        Self { cause, detail }
    }

    /// What happened and what to do, in Chinese.
    #[must_use]
    pub fn zh(&self) -> &'static str {
        match self.cause {
            HaltCause::DiskFull => "写入已暂停:磁盘已满。腾出空间后自动恢复;已确认的事件均未丢失。",
            HaltCause::Exhausted => {
                "写入已暂停:系统内存或可打开的文件数不足。缓解后自动恢复;已确认的事件均未丢失。"
            }
            HaltCause::Io => "写入已停止:磁盘写入失败。请检查磁盘后重新启动;已确认的事件均未丢失。",
            HaltCause::Corrupt => "写入已停止:事件日志已损坏。请从备份恢复。",
            HaltCause::ReadOnly => "事件日志以只读方式打开,不能写入。",
        }
    }

    /// What happened and what to do, in English.
    #[must_use]
    pub fn en(&self) -> &'static str {
        match self.cause {
            HaltCause::DiskFull => {
                "Writes pause: the disk is full. Make room and they go on by themselves; nothing acknowledged is lost."
            }
            HaltCause::Exhausted => {
                "Writes pause: the system is short of memory or open files. They go on by themselves once it is not; nothing acknowledged is lost."
            }
            HaltCause::Io => {
                "Writes halted: writing to disk failed. Check the disk and restart; nothing acknowledged is lost."
            }
            HaltCause::Corrupt => "Writes halted: the event log is damaged. Restore a backup.",
            HaltCause::ReadOnly => "The event log is open for reading only.",
        }
    }
}

impl fmt::Display for HaltReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.zh(), self.en())?;
        if self.detail.is_empty() { Ok(()) } else { write!(f, " ({})", self.detail) }
    }
}

/// Whether the store takes writes. Reads go on in either state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Health {
    /// All is well.
    Writing,
    /// Something that passes is lacking. Appends are refused with nothing stored, or an unknown outcome, until it is there;
    /// then they go on by themselves.
    Paused(HaltReason),
    /// Until it is opened again it takes no writes.
    Halted(HaltReason),
    /// The engine on the network did not answer when it was last asked; every call asks again. Holds its last words, in
    /// English.
    Unreachable(String),
}
