//! What can go wrong. No message repeats a credential or anything of a file's content.

use std::fmt;
use std::io;
use std::path::PathBuf;

use crate::{BadPlace, Digest, Refusal};

/// Why a place could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The place cannot be used as it is written, or the environment holds no credentials for it.
    #[error(transparent)]
    Place(#[from] BadPlace),
    /// The folder could not be made or entered.
    #[error("the evidence folder {} cannot be used", path.display())]
    Folder {
        /// Which.
        path: PathBuf,
        /// The system's words.
        source: io::Error,
    },
    /// The client of the storage could not be made.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

/// Why something was not kept.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeepError {
    /// It is not taken.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// An object of this digest is there and damaged; restore it from a backup, or remove it and send it again.
    #[error("evidence {0} is damaged in its storage")]
    Damaged(Digest),
    /// The storage failed. Whether the bytes are kept is open; sending them again does no harm.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

/// Why something could not be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// What is stored is not what was kept.
    #[error("evidence {0} is damaged in its storage")]
    Damaged(Digest),
    /// The storage failed; trying again may help.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

impl From<ReadError> for KeepError {
    fn from(error: ReadError) -> Self {
        match error {
            ReadError::Damaged(digest) => Self::Damaged(digest),
            ReadError::Storage(error) => Self::Storage(error),
        }
    }
}

/// How many characters of what a server says are repeated.
const MAX_WORDS: usize = 600;

/// The disk or the service failed. Holds its words, in English, without the credentials that a service may repeat.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StorageError(String);

impl StorageError {
    pub(crate) fn new(words: &impl fmt::Display, secrets: &[String]) -> Self {
        let words = words.to_string();
        let cleaned = secrets.iter().fold(words, |words, secret| words.replace(secret, "…"));
        Self(cleaned.chars().take(MAX_WORDS).collect())
    }
}

impl fmt::Display for StorageError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the evidence storage failed: {}", self.0)
    }
}

impl std::error::Error for StorageError {}
