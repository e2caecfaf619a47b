//! How a log asks a witness to cosign, and when a witness may (c2sp.org/tlog-witness).

use std::fmt;
use std::str::FromStr;

use crate::{
    BadCheckpoint, BadNote, Checkpoint, Disproved, Hash, Note, Policy, verify_consistency,
};

/// More hashes no client may send.
const MOST_HASHES: usize = 63;

/// What a log sends to a witness: a checkpoint, and the proof that its tree only grew since the one that this witness
/// cosigned last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Submission {
    /// Leaves of the tree that the witness cosigned last; 0 for none.
    pub old: u64,
    /// From there to the checkpoint.
    pub proof: Vec<Hash>,
    /// The signed checkpoint.
    pub checkpoint: Note,
}

/// Why a text is no submission.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadSubmission {
    /// Another first line.
    #[error("the first line is \"old\" and a number of leaves")]
    Old,
    /// A hash that is none, too many, or no empty line behind them.
    #[error(
        "behind the first line stand at most {MOST_HASHES} hashes in base64, then an empty line"
    )]
    Hashes,
    /// No note.
    #[error("the checkpoint: {0}")]
    Note(#[from] BadNote),
}

/// Why a witness does not cosign.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unwitnessed {
    /// The note states nothing of a tree.
    #[error(transparent)]
    Checkpoint(#[from] BadCheckpoint),
    /// It does not look after this log.
    #[error("no log of this name is known here")]
    Origin,
    /// No key that it knows of this log has signed.
    #[error("no known key of this log has signed it")]
    Unsigned,
    /// The proof begins behind the checkpoint.
    #[error("the old size is larger than the checkpoint's")]
    Backwards,
    /// The proof begins elsewhere than where it stands.
    #[error("the checkpoint cosigned last has {size} leaves")]
    Elsewhere {
        /// Leaves of the checkpoint that it cosigned last.
        size: u64,
    },
    /// The log has signed two roots over as many leaves.
    #[error("another root over {size} leaves is cosigned")]
    Forked {
        /// Leaves of both.
        size: u64,
    },
    /// The checkpoint does not follow from the one before it.
    #[error(transparent)]
    Disproved(#[from] Disproved),
}

impl Submission {
    /// The longest that is read: a note, and the proof before it.
    pub const MOST_BYTES: usize = Note::MOST_BYTES + 4 * 1024;

    /// What the checkpoint states, if a witness that looks after the logs of a policy may cosign it; `seen` gives what it
    /// cosigned last of a log.
    ///
    /// # Errors
    /// [`Unwitnessed`] says why it must not.
    pub fn check(
        &self,
        logs: &Policy,
        seen: impl FnOnce(&str) -> Option<Checkpoint>,
    ) -> Result<Checkpoint, Unwitnessed> {
        let stated = Checkpoint::of(&self.checkpoint)?;
        let mut keys = logs.logs().filter(|(key, _)| *key.name() == *stated.origin).peekable();
        if keys.peek().is_none() {
            return Err(Unwitnessed::Origin);
        }
        if !keys.any(|(key, _)| self.checkpoint.signed_by(key).is_ok()) {
            return Err(Unwitnessed::Unsigned);
        }
        if self.old > stated.size {
            return Err(Unwitnessed::Backwards);
        }
        let (size, root) =
            seen(&stated.origin).map_or((0, Hash::of_nothing()), |seen| (seen.size, seen.root));
        if self.old != size {
            return Err(Unwitnessed::Elsewhere { size });
        }
        if stated.size == size && stated.root != root {
            return Err(Unwitnessed::Forked { size });
        }
        verify_consistency((size, root), (stated.size, stated.root), &self.proof)?;
        Ok(stated)
    }
}

impl fmt::Display for Submission {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "old {}", self.old)?;
        self.proof.iter().try_for_each(|hash| writeln!(f, "{hash}"))?;
        write!(f, "\n{}", self.checkpoint)
    }
}

impl FromStr for Submission {
    type Err = BadSubmission;

    fn from_str(text: &str) -> Result<Self, BadSubmission> {
        let (head, checkpoint) = text.split_once("\n\n").ok_or(BadSubmission::Hashes)?;
        let mut lines = head.split('\n');
        let old = lines.next().and_then(|line| line.strip_prefix("old "));
        let old = old.ok_or(BadSubmission::Old)?;
        let size: u64 = old.parse().map_err(|_| BadSubmission::Old)?;
        if size.to_string() != old {
            return Err(BadSubmission::Old);
        }
        let proof = lines.take(MOST_HASHES + 1).map(str::parse).collect::<Result<Vec<Hash>, _>>();
        let proof = proof.map_err(|_| BadSubmission::Hashes)?;
        if proof.len() > MOST_HASHES {
            return Err(BadSubmission::Hashes);
        }
        Ok(Self { old: size, proof, checkpoint: checkpoint.parse()? })
    }
}
