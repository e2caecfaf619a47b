use domain::Refusal;
use domain::permission::Forbidden;

use super::clock::ClockDoubt;
use event_store::{AppendError, StoreError, Version};
use evidence::{KeepError, ReadError};
use jiff::Timestamp;
use vault::VaultError;

/// Why a command was not done. A refusal is the caller's to mend; the rest is ours.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A rule speaks against it.
    #[error("{0}")]
    Refused(Box<dyn Refusal>),
    /// The account may not.
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    /// The clock is not believed: nothing is written.
    #[error("{0}")]
    Doubt(ClockDoubt),
    /// The stream is not at the version the caller insists on.
    #[error("the stream is at version {actual}, not at {seen}")]
    Outdated {
        /// What the caller has seen.
        seen: Version,
        /// What is true.
        actual: Version,
    },
    /// Others wrote to the stream faster, again and again.
    #[error("the stream is too busy")]
    Contended,
    /// The log did not take it; see [`AppendError`] for whether it may have.
    #[error(transparent)]
    Append(#[from] AppendError),
    /// The log could not be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A stored event is none of ours.
    #[error(transparent)]
    Undecodable(#[from] projections::Undecodable),
    /// A fact has no stored form.
    #[error(transparent)]
    NotEncodable(#[from] NotEncodable),
    /// The vault refused or failed.
    #[error(transparent)]
    Vault(#[from] VaultError),
    /// Personal data lies in another service's vault.
    #[error("this service has no vault")]
    WithoutVault,
    /// What room is left on the disk is for the log.
    #[error("there is no room for evidence")]
    NoRoomForEvidence,
    /// Nobody had cited it, and it was removed then.
    #[error("this evidence was removed at {0}, because nobody had cited it")]
    EvidenceRemoved(Timestamp),
    /// Evidence was not kept.
    #[error(transparent)]
    Keep(#[from] KeepError),
    /// Evidence could not be read.
    #[error(transparent)]
    Evidence(#[from] ReadError),
    /// The node's own file failed.
    #[error("the node's own file failed")]
    Node(#[from] rusqlite::Error),
    /// The read models could not be queried.
    #[error("the read models could not be queried")]
    Query(#[from] projections::QueryError),
    /// The read models of the past could not be made.
    #[error("the read models of the past could not be made")]
    Past(#[from] projections::ProjectionError),
    /// The moment that is asked about has not come: what will be so, nobody knows.
    #[error("the moment has not come")]
    NotPast,
    /// Only accounts may ask about the past: it takes work to make.
    #[error("the past is for accounts")]
    AccountForPast,
    /// The read models did not reach the position asked for in time.
    #[error("the read models are behind the position asked for")]
    Behind,
    /// The position asked for is not in the log.
    #[error("the position asked for is beyond the end of the log")]
    Beyond,
    /// The service is closing.
    #[error("the service is closing")]
    Closing,
    /// A worker thread ended before its answer.
    #[error("a worker ended before its answer")]
    Worker(#[from] tokio::task::JoinError),
}

/// A fact or its metadata has no JSON form, or its stream no valid name.
#[derive(Debug, thiserror::Error)]
pub enum NotEncodable {
    /// No JSON form.
    #[error("an event has no JSON form")]
    Json(#[from] serde_json::Error),
    /// No valid name.
    #[error(transparent)]
    Stream(#[from] event_store::BadStreamId),
}

impl From<ClockDoubt> for Error {
    fn from(doubt: ClockDoubt) -> Self {
        Self::Doubt(doubt)
    }
}

impl Error {
    /// The rule or the permission that speaks against it, where that is why.
    #[must_use]
    pub fn refusal(&self) -> Option<&dyn Refusal> {
        if let Self::Refused(refusal) = self {
            return Some(&**refusal);
        }
        if let Self::Forbidden(forbidden) = self { Some(forbidden) } else { None }
    }

    /// The same, to keep; any other error comes back.
    ///
    /// # Errors
    /// This error, where nothing but a failure is why.
    pub fn into_refusal(self) -> Result<Box<dyn Refusal>, Self> {
        if let Self::Refused(refusal) = self {
            return Ok(refusal);
        }
        if let Self::Forbidden(forbidden) = self { Ok(Box::new(forbidden)) } else { Err(self) }
    }

    /// A rule's refusal.
    pub fn refused(refusal: impl Refusal) -> Self {
        Self::Refused(Box::new(refusal))
    }
}

/// Why a data folder cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The log.
    #[error("cannot open the event log")]
    Log(#[from] event_store::OpenError),
    /// The vault.
    #[error("cannot open the vault")]
    Vault(#[from] VaultError),
    /// The evidence.
    #[error("cannot open the evidence")]
    Evidence(#[from] evidence::OpenError),
    /// The node's own file.
    #[error("cannot open the node's own file")]
    Node(#[from] rusqlite::Error),
    /// The node's own file and the log do not go together.
    #[error(transparent)]
    Follow(#[from] super::node::LogMismatch),
    /// The log's content.
    #[error("cannot read the event log")]
    Read(#[from] Error),
}
