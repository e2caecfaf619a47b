//! A proof to take away (c2sp.org/tlog-proof): a record, its place, and a checkpoint that covers it.

use std::fmt;
use std::str::FromStr;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::{Accepted, Disproved, Hash, Note, Policy, Unaccepted, verify_inclusion};

/// The first line.
const MARK: &str = "c2sp.org/tlog-proof@v1";
/// More hashes no tree of 2^64 leaves needs.
const MOST_HASHES: usize = 64;
/// The longest bundle that is read.
const MOST_BYTES: usize = 2 * 1024 * 1024;

/// A self-contained proof. Its record travels in the line `extra`, and counts only once [`check`](Self::check) has passed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bundle {
    /// The leaf's bytes.
    pub record: Vec<u8>,
    /// Its place in the tree, from 0.
    pub index: u64,
    /// From its neighbour up to below the root.
    pub proof: Vec<Hash>,
    /// The signed checkpoint.
    pub checkpoint: Note,
}

/// Why a text is no bundle.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadBundle {
    /// Too long.
    #[error("a proof has at most {MOST_BYTES} bytes")]
    TooLong,
    /// Another first line.
    #[error("a proof begins with the line {MARK}")]
    Mark,
    /// No record.
    #[error("the record is missing: a line \"extra\" with it in base64")]
    Record,
    /// No place.
    #[error("the place is missing: a line \"index\" with a number")]
    Index,
    /// A hash that is none, or too many.
    #[error("behind the place stand at most {MOST_HASHES} hashes in base64, then an empty line")]
    Hashes,
    /// No checkpoint.
    #[error("the checkpoint: {0}")]
    Checkpoint(#[from] crate::BadNote),
}

/// Why a bundle proves nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unproven {
    /// Its checkpoint is not to be trusted.
    #[error(transparent)]
    Checkpoint(#[from] Unaccepted),
    /// The record is not where it claims to be.
    #[error(transparent)]
    Record(#[from] Disproved),
}

impl Bundle {
    /// All proofs of a text in which they stand one after the other; at least one.
    ///
    /// # Errors
    /// [`BadBundle`] of the first that is none.
    pub fn all(text: &str) -> Result<Vec<Self>, BadBundle> {
        let line = format!("{MARK}\n");
        let begins = text.match_indices(&line).map(|(at, _)| at);
        let mut begins: Vec<usize> =
            begins.filter(|&at| at == 0 || text.as_bytes()[at - 1] == b'\n').collect();
        if begins.first() != Some(&0) {
            return Err(BadBundle::Mark);
        }
        begins.push(text.len());
        begins.windows(2).map(|ends| text[ends[0]..ends[1]].parse()).collect()
    }

    /// Checks it against whom the auditor trusts; nothing else is asked, nobody else believed.
    ///
    /// # Errors
    /// [`Unproven`] says what does not hold.
    pub fn check(&self, policy: &Policy) -> Result<Accepted, Unproven> {
        let accepted = policy.accept(&self.checkpoint)?;
        let (leaf, stated) = (Hash::of_leaf(&self.record), &accepted.checkpoint);
        verify_inclusion(leaf, self.index, stated.size, &self.proof, stated.root)?;
        Ok(accepted)
    }
}

impl fmt::Display for Bundle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{MARK}\nextra {}\nindex {}", STANDARD.encode(&self.record), self.index)?;
        self.proof.iter().try_for_each(|hash| writeln!(f, "{hash}"))?;
        write!(f, "\n{}", self.checkpoint)
    }
}

impl FromStr for Bundle {
    type Err = BadBundle;

    fn from_str(text: &str) -> Result<Self, BadBundle> {
        if text.len() > MOST_BYTES {
            return Err(BadBundle::TooLong);
        }
        let (head, checkpoint) = text.split_once("\n\n").ok_or(BadBundle::Hashes)?;
        let mut lines = head.split('\n');
        if lines.next() != Some(MARK) {
            return Err(BadBundle::Mark);
        }
        let record = lines.next().and_then(|line| line.strip_prefix("extra "));
        let record = record.and_then(|record| STANDARD.decode(record).ok());
        let record = record.ok_or(BadBundle::Record)?;
        let index =
            lines.next().and_then(|line| line.strip_prefix("index ")).ok_or(BadBundle::Index)?;
        let place: u64 = index.parse().map_err(|_| BadBundle::Index)?;
        if place.to_string() != index {
            return Err(BadBundle::Index);
        }
        let proof: Vec<Hash> = lines
            .map(|line| line.parse().map_err(|_| BadBundle::Hashes))
            .collect::<Result<_, _>>()?;
        if proof.len() > MOST_HASHES {
            return Err(BadBundle::Hashes);
        }
        Ok(Self { record, index: place, proof, checkpoint: checkpoint.parse()? })
    }
}
