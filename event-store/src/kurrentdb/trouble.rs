//! What an error of the client means for who asked, and what a log looks like that no writer of ours can have written.

use std::sync::Arc;

use crate::{StoreError, StreamId, Version};
use ::kurrentdb::Error;

/// What may help against it, and whether the request may have been carried out.
#[derive(Debug, Clone)]
pub(super) enum Trouble {
    /// The request was never taken up: trying again is safe, whatever it was.
    Unsent(Error),
    /// Nobody knows what became of the request.
    Lost(Error),
    /// An answer ended before the end of what was asked for.
    CutOff,
    /// It was answered, and the same again would be answered the same.
    Final(StoreError),
}

/// gRPC's codes for a request that itself cannot be: invalid argument, failed precondition, out of range.
const REFUSALS: [i32; 3] = [3, 9, 11];

impl From<Error> for Trouble {
    fn from(error: Error) -> Self {
        match error {
            Error::NotLeaderException(_)
            | Error::ConnectionClosed
            | Error::GrpcConnectionError(_)
            | Error::InitializationError(_) => Self::Unsent(error),
            Error::Grpc { code, .. } if REFUSALS.contains(&(code as i32)) => {
                Self::Final(refused(error))
            }
            Error::AccessDenied
            | Error::UnsupportedFeature
            | Error::ResourceAlreadyExists
            | Error::ResourceDeleted
            | Error::WrongExpectedVersion { .. } => Self::Final(refused(error)),
            Error::ServerError(_)
            | Error::Grpc { .. }
            | Error::ResourceNotFound
            | Error::InternalParsingError(_)
            | Error::InternalClientError
            | Error::DeadlineExceeded
            | Error::IllegalStateError(_) => Self::Lost(error),
        }
    }
}

impl From<Damage> for Trouble {
    fn from(damage: Damage) -> Self {
        Self::Final(damage.into())
    }
}

impl From<Trouble> for StoreError {
    fn from(trouble: Trouble) -> Self {
        match trouble {
            Trouble::Unsent(error) | Trouble::Lost(error) => Self::Unreachable(Arc::new(error)),
            Trouble::CutOff => Self::Unreachable(Arc::new(CutOff)),
            Trouble::Final(error) => error,
        }
    }
}

fn refused(error: Error) -> StoreError {
    StoreError::Io(Arc::new(error))
}

#[derive(Debug, thiserror::Error)]
#[error("an answer ended before the end of what was asked for")]
struct CutOff;

/// What KurrentDB shows and no writer of ours can have written, or what was taken away.
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
