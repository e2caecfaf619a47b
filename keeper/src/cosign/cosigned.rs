//! The checkpoint that the witnesses of a policy have cosigned.

use std::fs;
use std::io;
use std::path::Path;

use ledger::{Checkpoint, Note, Tree};

use crate::tiles::Tiles;
use crate::{Halt, files};

const FILE: &str = "cosigned";

/// The text of the file; none where there is no file.
pub(crate) fn text(folder: &Path) -> io::Result<Option<String>> {
    files::found(fs::read_to_string(folder.join(FILE)))
}

/// The note in the file; none where there is no file.
pub(crate) fn read(folder: &Path) -> Result<Option<Note>, Halt> {
    match text(folder) {
        Ok(text) => text.map(|text| text.parse().map_err(|_| Halt::Cosigned)).transpose(),
        Err(error) if error.kind() == io::ErrorKind::InvalidData => Err(Halt::Cosigned),
        Err(error) => Err(error.into()),
    }
}

/// Puts a note in the place of the one before, durably.
pub(super) fn write(folder: &Path, note: &Note) -> io::Result<()> {
    place(folder, &note.to_string())
}

/// As [`write`], a text as it stands.
pub(crate) fn place(folder: &Path, text: &str) -> io::Result<()> {
    files::replace(&folder.join(FILE), text.as_bytes())
}

/// Refuses where the witnesses have seen what is not the beginning of this ledger's tree of that size. By which of its keys
/// it was signed, the policy says.
pub(crate) fn check(folder: &Path, ledger: &str, tiles: &Tiles, size: u64) -> Result<(), Halt> {
    let Some(note) = read(folder)? else { return Ok(()) };
    let seen = Checkpoint::of(&note).map_err(|_| Halt::Cosigned)?;
    let stands = |seen: &Checkpoint| {
        Ok::<_, io::Error>(Tree::read(&tiles.of(seen.size), seen.size)?.root() == seen.root)
    };
    if *seen.origin != *ledger || seen.size > size || !stands(&seen)? {
        return Err(Halt::Cosigned);
    }
    Ok(())
}
