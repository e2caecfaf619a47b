//! Why the ledger stops for good.

use std::error::Error;
use std::fs;
use std::io;
use std::path::Path;

use event_store::{Landmark, StoreError};

use crate::files;

/// The file that keeps a halted ledger halted.
pub(crate) const FILE: &str = "halted";

/// Why nothing is signed until an operator acts.
#[derive(Debug, thiserror::Error)]
pub enum Halt {
    /// A file could not be written or read. After a failed fsync nobody knows what the disk holds.
    #[error("a file of the ledger failed")]
    Disk(#[from] io::Error),
    /// Fewer or other hashes than were written.
    #[error("the files do not give the root over {size} leaves")]
    Tiles {
        /// Leaves of the tree.
        size: u64,
    },
    /// The log was cut or exchanged.
    #[error("the log does not hold {last} as it stands in the ledger")]
    Log {
        /// The event of the last leaf.
        last: Landmark,
    },
    /// The log is damaged, or its disk fails.
    #[error("the log cannot be read")]
    Unreadable(#[from] StoreError),
    /// `published.json` is none, is gone, or is not signed by the key beside it.
    #[error("published.json does not hold a checkpoint signed by this key")]
    Checkpoint,
    /// `cosigned` is none, or holds what is not the beginning of this ledger.
    #[error("the witnesses have cosigned what is not the beginning of this ledger")]
    Cosigned,
    /// It had stopped before and nobody acted.
    #[error("it had halted before: {reason} – see to it and remove the file `halted`")]
    Before {
        /// Why it had.
        reason: String,
    },
}

impl Halt {
    /// Refuses where an earlier run halted and nobody acted.
    pub(crate) fn refuse_halted(folder: &Path) -> Result<(), Self> {
        match note(folder)? {
            Some(reason) => Err(Self::Before { reason }),
            None => Ok(()),
        }
    }

    /// Keeps the next run from signing, as far as the disk lets it: on one that is full it does not.
    pub(crate) fn leave_note(&self, folder: &Path, reason: &str) {
        if !matches!(self, Self::Before { .. })
            && let Err(error) = files::replace(&folder.join(FILE), format!("{reason}\n").as_bytes())
        {
            tracing::error!(%error, "the file `halted` could not be written");
        }
    }
}

/// Why the keeper of this folder has stopped for good, if it has.
pub(crate) fn note(folder: &Path) -> io::Result<Option<String>> {
    let note = files::found(fs::read_to_string(folder.join(FILE)))?;
    Ok(note.map(|reason| reason.trim_end().to_owned()))
}

/// An error and what is behind it.
pub(crate) fn chain(error: &dyn Error) -> String {
    let causes = std::iter::successors(Some(error), |&error| error.source());
    causes.map(ToString::to_string).collect::<Vec<_>>().join(": ")
}
