//! What a log states of its tree (c2sp.org/tlog-checkpoint).

use std::fmt;
use std::str::FromStr;

use crate::{Hash, Note};

/// Size and root of a log's tree. Signed, it binds the log to every record up to there, for ever.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    /// Which log.
    pub origin: Box<str>,
    /// How many leaves.
    pub size: u64,
    /// The root over them.
    pub root: Hash,
}

/// A note that is no checkpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a checkpoint is three lines: origin, size, root in base64")]
pub struct BadCheckpoint;

impl Checkpoint {
    /// What a note's text states. Lines behind the third belong to whoever signed them and are passed over.
    ///
    /// # Errors
    /// When it is no checkpoint.
    pub fn of(note: &Note) -> Result<Self, BadCheckpoint> {
        note.text().parse()
    }

    /// The checkpoint as a note, to be signed.
    #[must_use]
    pub fn note(&self) -> Option<Note> {
        Note::unsigned(self.to_string())
    }
}

impl fmt::Display for Checkpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}\n{}\n{}\n", self.origin, self.size, self.root)
    }
}

impl FromStr for Checkpoint {
    type Err = BadCheckpoint;

    fn from_str(text: &str) -> Result<Self, BadCheckpoint> {
        let text = text.strip_suffix('\n').ok_or(BadCheckpoint)?;
        let lines: Vec<&str> = text.split('\n').collect();
        let [origin, size, root, ..] = lines[..] else { return Err(BadCheckpoint) };
        let number: u64 = size.parse().map_err(|_| BadCheckpoint)?;
        if lines.iter().any(|line| line.is_empty()) || number.to_string() != size {
            return Err(BadCheckpoint);
        }
        let root = root.parse().map_err(|_| BadCheckpoint)?;
        Ok(Self { origin: origin.into(), size: number, root })
    }
}
