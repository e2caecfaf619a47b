//! What goes into the log and what comes out of it.

use std::fmt;

use jiff::Timestamp;
use uuid::Uuid;

use crate::StreamId;

/// How many events a stream holds up to and with this one: the first event of a stream has `Version(1)`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Version(pub u64);

impl Version {
    /// The version of a stream that holds nothing yet.
    pub const NONE: Self = Self(0);
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// The place of an event in the whole log. Rises from event to event; need not be dense.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Position(pub u64);

impl Position {
    /// Before the first event.
    pub const START: Self = Self(0);
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// What the writer believes about a stream. There is no "any": whoever writes has read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expected {
    /// The stream holds nothing yet.
    NoStream,
    /// The stream's last event has this version. `Exactly(Version::NONE)` means the same as `NoStream`.
    Exactly(Version),
}

impl Expected {
    /// The version the writer believes the stream to have.
    #[must_use]
    pub fn version(self) -> Version {
        match self {
            Self::NoStream => Version::NONE,
            Self::Exactly(version) => version,
        }
    }
}

impl fmt::Display for Expected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoStream => f.write_str("no stream"),
            Self::Exactly(version) => write!(f, "version {version}"),
        }
    }
}

/// An event to be appended. The store keeps `data` and `metadata` byte for byte and never looks inside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewEvent {
    /// Unique in the whole log; made from the command's id, so that a retry carries the same one.
    pub id: Uuid,
    /// The stored name of the event, 1 to 100 characters.
    pub kind: String,
    /// When the writer learned it. Stored in whole microseconds, and never before the event before it.
    pub recorded_at: Timestamp,
    /// The fact. Together with `metadata` at most 65 536 bytes.
    pub data: Vec<u8>,
    /// Who, why, from which command.
    pub metadata: Vec<u8>,
}

/// An event as the log holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded {
    /// Its place in the whole log.
    pub position: Position,
    /// The stream it belongs to.
    pub stream: StreamId,
    /// Its place in that stream.
    pub version: Version,
    /// As appended.
    pub id: Uuid,
    /// As appended.
    pub kind: String,
    /// As appended, cut to microseconds and raised to that of the event before it where it was smaller.
    pub recorded_at: Timestamp,
    /// As appended.
    pub data: Vec<u8>,
    /// As appended.
    pub metadata: Vec<u8>,
}

/// The answer to an append: where the last event of the batch stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Appended {
    /// The version of the batch's last event.
    pub last_version: Version,
    /// The position of the batch's last event.
    pub last_position: Position,
    /// The batch was found standing: an earlier try wrote it, or somebody else under the same ids. What stands may have
    /// other bytes than this batch.
    pub repeated: bool,
}
