//! What was signed last, and where the log stood.

use std::fs;
use std::io;
use std::path::Path;
use std::sync::Arc;

use event_store::{Landmark, StreamId, Version};
use ledger::{Checkpoint, Note, VerifyingKey};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{Halt, files};

const FILE: &str = "published.json";

/// A checkpoint that was published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    /// Leaves of its tree.
    pub size: u64,
    /// The signed note, as it is served.
    pub note: Arc<str>,
}

/// The file: one for both, so that a crash cannot part them.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Stored {
    checkpoint: String,
    last: Option<Last>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Last {
    stream: String,
    version: u64,
    event: Uuid,
}

/// Whether anything was ever signed here.
pub(crate) fn is_there(folder: &Path) -> io::Result<bool> {
    folder.join(FILE).try_exists()
}

/// Writes what was signed, durably.
pub(crate) fn write(folder: &Path, note: &Note, last: Option<&Landmark>) -> io::Result<()> {
    let last = last.map(|last| Last {
        stream: last.stream.to_string(),
        version: last.version.0,
        event: last.id,
    });
    let stored = Stored { checkpoint: note.to_string(), last };
    files::replace(&folder.join(FILE), &serde_json::to_vec_pretty(&stored)?)
}

/// The file as it stands, if it is there.
pub(crate) fn bytes(folder: &Path) -> io::Result<Option<Vec<u8>>> {
    files::found(fs::read(folder.join(FILE)))
}

/// Puts such a file into another folder, durably.
pub(crate) fn place(folder: &Path, bytes: &[u8]) -> io::Result<()> {
    files::replace(&folder.join(FILE), bytes)
}

/// The text of what was signed last, if anything, and the last event that it covers; nobody has checked either.
pub(crate) fn unchecked(folder: &Path) -> io::Result<Option<(String, Option<Landmark>)>> {
    let Some(bytes) = bytes(folder)? else { return Ok(None) };
    let Stored { checkpoint, last } = serde_json::from_slice(&bytes)?;
    let last = last.map(|last| {
        let bad_name = |error| io::Error::new(io::ErrorKind::InvalidData, error);
        let stream = StreamId::new(&last.stream).map_err(bad_name)?;
        Ok::<_, io::Error>(Landmark { stream, version: Version(last.version), id: last.event })
    });
    Ok(Some((checkpoint, last.transpose()?)))
}

/// What was signed last of this ledger, if anything, and the last event that it covers. Nobody checks the signature where
/// the key is lost.
pub(crate) fn read(
    folder: &Path,
    ledger: &str,
    key: Option<&VerifyingKey>,
) -> Result<Option<(Note, Checkpoint, Option<Landmark>)>, Halt> {
    let (text, last) = match unchecked(folder) {
        Ok(Some(found)) => found,
        Ok(None) => return Ok(None),
        Err(error) if error.kind() == io::ErrorKind::InvalidData => return Err(Halt::Checkpoint),
        Err(error) => return Err(error.into()),
    };
    let note: Note = text.parse().map_err(|_| Halt::Checkpoint)?;
    if key.is_some_and(|key| note.signed_by(key).is_err()) {
        return Err(Halt::Checkpoint);
    }
    let checkpoint = Checkpoint::of(&note).map_err(|_| Halt::Checkpoint)?;
    // A tree without leaves is the only one without a last event.
    if *checkpoint.origin != *ledger || (checkpoint.size == 0) != last.is_none() {
        return Err(Halt::Checkpoint);
    }
    Ok(Some((note, checkpoint, last)))
}
