//! What can go wrong. No message repeats an identity number, a plaintext, a key, an actor or a purpose.

use std::io;
use std::path::PathBuf;

use crate::PersonId;

/// A request the vault declines, having changed nothing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Nobody has this id.
    #[error("no person {0} is known")]
    NoSuchPerson(PersonId),
    /// The person's data was erased and does not come back.
    #[error("the data of person {0} was erased")]
    Erased(PersonId),
    /// The command id was used before for another person; a new command needs a new id.
    #[error("this command id was used before for something else")]
    CommandReused,
    /// The identity number is empty or too long.
    #[error("an identity number has 1 to {} bytes", crate::MAX_IDENTITY_BYTES)]
    IdentityNumber,
    /// The identity number is somebody else's.
    #[error("the identity number belongs to another person")]
    IdentityTaken,
    /// The section name has other characters or another length.
    #[error("a section name has 1 to {} of A-Z a-z 0-9 -", crate::MAX_SECTION_NAME)]
    SectionName,
    /// The section's content is too long.
    #[error("a section has at most {} bytes", crate::MAX_PLAIN_BYTES)]
    PlainTooLong,
    /// The reader did not say who they are or what for, or said too much.
    #[error("actor and purpose of a reader have 1 to {} bytes", crate::MAX_READER_BYTES)]
    Reader,
    /// More at once than one transaction should hold.
    #[error("at most {} at once, or {} in one reading", crate::MAX_BATCH, crate::MAX_SHOWN)]
    TooManyAtOnce,
}

/// Why a call to the vault failed.
#[derive(Debug, thiserror::Error)]
pub enum VaultError {
    /// The request itself is declined.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The vault was made, or since then rewrapped, under another master key.
    #[error("the master key does not belong to this vault")]
    WrongMasterKey,
    /// Stored bytes are not what the vault wrote.
    #[error("stored bytes were changed: {0}")]
    Tampered(String),
    /// The file was written by a newer version of this program, or is not a vault.
    #[error("the file has vault format {found}; this program knows format {known}")]
    Format {
        /// As the file says.
        found: i64,
        /// As this program writes.
        known: i64,
    },
    /// Erased or rewrapped, but another program reads the file, so the write-ahead log still holds old bytes.
    #[error(
        "done, but another program holds the file open and old bytes remain: close it and repeat"
    )]
    BytesRemain,
    /// The backup's destination exists already.
    #[error("the backup destination exists already")]
    BackupExists,
    /// Another program locked the file that the backup is being written to.
    #[error("another program disturbed the backup; remove what it left and repeat")]
    BackupDisturbed,
    /// The database failed.
    #[error("the vault's database failed")]
    Database(#[from] rusqlite::Error),
    /// A file operation failed.
    #[error("the vault's file could not be used")]
    File(#[from] io::Error),
    /// The system gave no randomness.
    #[error("the system gave no randomness")]
    Random(#[from] getrandom::Error),
}

/// Why a master key could not be had.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// Others than the owner may read or write the file: `chmod 600` it, and consider the key known.
    #[error("the master key file {} is open to others; only its owner may read it (chmod 600)", .0.display())]
    OpenToOthers(PathBuf),
    /// There is a vault, and its key is missing.
    #[error(
        "个人信息库的主密钥缺失，请从保管处放回；没有它谁也读不到个人信息。 \
         The vault's master key is missing: put it back from where it is kept; without it nobody reads the personal data: {}",
        .0.display()
    )]
    Missing(PathBuf),
    /// The content is not 64 lower-case hexadecimal digits.
    #[error("the master key must be 64 of 0-9 a-f")]
    Malformed,
    /// The environment has no such variable, or it is not text.
    #[error("the environment variable {0} holds no master key")]
    NotInEnvironment(String),
    /// The file could not be read or written.
    #[error("the master key file could not be used")]
    File(#[from] io::Error),
    /// The system gave no randomness.
    #[error("the system gave no randomness")]
    Random(#[from] getrandom::Error),
}
