//! What can go wrong while read models are kept.

use event_store::{Position, StoreError, is_shortage, shortage_of};

use crate::{RowsError, Undecodable};

/// Why read models cannot go on. Nothing of the batch at hand is kept.
#[derive(Debug, thiserror::Error)]
pub enum ProjectionError {
    /// The log holds an event that this program cannot read.
    #[error(transparent)]
    Undecodable(#[from] Undecodable),
    /// The log cannot be read.
    #[error("the event log cannot be read")]
    Store(#[from] StoreError),
    /// A projection's rows cannot be read or written.
    #[error("projection {projection} failed at position {position}")]
    Rows {
        /// Which.
        projection: &'static str,
        /// The fact at hand.
        position: Position,
        /// What failed.
        source: RowsError,
    },
    /// The read database failed.
    #[error("the read database failed")]
    Database(#[from] rusqlite::Error),
    /// A file of the read database cannot be made, moved or removed.
    #[error("a file of the read database cannot be made, moved or removed")]
    File(#[from] std::io::Error),
    /// The log ends before the position asked for.
    #[error("the log ends at position {head}, before {asked}")]
    BeyondHead {
        /// What was asked for.
        asked: Position,
        /// The last position.
        head: Position,
    },
    /// Another program keeps the read models of the past in the folder.
    #[error("another program keeps the read models of the past in this folder")]
    InUse,
    /// Whoever asked for the work called it off.
    #[error("called off")]
    CalledOff,
}

impl ProjectionError {
    /// Whether the same may succeed later: reading the log failed, but what was read is not damaged, or room, memory or open
    /// files are lacking.
    #[must_use]
    pub fn may_pass(&self) -> bool {
        match self {
            Self::Store(StoreError::Corrupt(_) | StoreError::Closed) => false,
            Self::Store(
                StoreError::Busy(_)
                | StoreError::Unreachable(_)
                | StoreError::Io(_)
                | StoreError::Full(_)
                | StoreError::Exhausted(_),
            ) => true,
            Self::Rows { source, .. } => source.is_shortage(),
            Self::Database(error) => shortage_of(error).is_some(),
            Self::File(error) => is_shortage(error),
            Self::Undecodable(_) | Self::BeyondHead { .. } | Self::InUse | Self::CalledOff => false,
        }
    }

    /// The projection it concerns, and the position, where they are known.
    #[must_use]
    pub fn place(&self) -> (Option<&'static str>, Option<Position>) {
        match self {
            Self::Undecodable(undecodable) => (None, Some(undecodable.position)),
            Self::Rows { projection, position, .. } => (Some(projection), Some(*position)),
            Self::Store(_)
            | Self::Database(_)
            | Self::File(_)
            | Self::BeyondHead { .. }
            | Self::InUse
            | Self::CalledOff => (None, None),
        }
    }

    /// The error with all its causes, in one line.
    #[must_use]
    pub fn chain(&self) -> String {
        let causes =
            std::iter::successors(Some(self as &dyn std::error::Error), |error| error.source());
        let mut lines: Vec<String> = causes.map(ToString::to_string).collect();
        lines.dedup();
        lines.join(": ")
    }
}
