use domain::Refusal;
use domain::permission::Forbidden;
use event_store::{AppendError, StoreError, Version};
use evidence::{KeepError, ReadError};
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

impl Error {
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
    Follow(#[from] super::node::CannotFollow),
    /// The log's content.
    #[error("cannot read the event log")]
    Read(#[from] Error),
}
