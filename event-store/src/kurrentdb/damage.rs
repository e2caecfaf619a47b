//! What KurrentDB shows and no writer of ours can have written, or what was taken away.

use std::sync::Arc;

use crate::{StoreError, StreamId, Version};

#[derive(Debug, thiserror::Error)]
pub(super) enum Damage {
    #[error("the event at position {position} has an impossible {what}")]
    Event { position: u64, what: &'static str },
    #[error("after position {after} the log does not rise from event to event")]
    Order { after: u64 },
    #[error(
        "stream {stream}: event {expected} was expected, {found} was found: events were deleted"
    )]
    Gap { stream: StreamId, expected: Version, found: Version },
    #[error("at position {position} a stream was deleted")]
    Closed { position: u64 },
    #[error("stream {stream} was deleted")]
    Deleted { stream: StreamId },
    #[error(
        "stream {stream}: the batch went to version {found} instead of {expected}: events were deleted"
    )]
    Misplaced { stream: StreamId, expected: Version, found: Version },
}

impl From<Damage> for StoreError {
    fn from(damage: Damage) -> Self {
        Self::Corrupt(Arc::new(damage))
    }
}
