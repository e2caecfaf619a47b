//! A ledger read by others than its keeper: beside it while it works, or from a copy.

use std::fs;
use std::io;
use std::path::Path;

use event_store::{Landmark, Recorded};
use ledger::{Bundle, Hash, Note, Tree, inclusion};

use crate::cosign::cosigned;
use crate::follow::record;
use crate::tiles::Tiles;
use crate::{files, halt, published, rotate};

/// The hashes in a ledger's folder. Nothing is written, nothing locked.
pub struct Reader {
    tiles: Tiles,
}

impl Reader {
    /// Opens the folder; none where it holds no ledger.
    ///
    /// # Errors
    /// When its files cannot be read.
    pub fn open(folder: &Path) -> io::Result<Option<Self>> {
        Ok(files::found(Tiles::open_read_only(folder))?.map(|tiles| Self { tiles }))
    }

    /// At most so many hashes of one level of tiles, 0 for that of leaves, one after the other; fewer where the file ends.
    ///
    /// # Errors
    /// When they cannot be read.
    pub fn hashes(&self, level: u8, first: u64, most: usize) -> io::Result<Vec<Hash>> {
        self.tiles.hashes(level.into(), first, most)
    }

    /// The root of the tree of that size, as the hashes at its right edge give it; none where they are not there.
    ///
    /// # Errors
    /// When they cannot be read.
    pub fn root(&self, size: u64) -> io::Result<Option<Hash>> {
        match Tree::read(&self.tiles.of(size), size) {
            Ok(tree) => Ok(Some(tree.root())),
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// The place of a leaf in the tree of that size; none where it is no leaf of it. Looks at `likely` first.
    ///
    /// # Errors
    /// When the hashes cannot be read.
    pub fn find(&self, leaf: Hash, likely: u64, size: u64) -> io::Result<Option<u64>> {
        self.tiles.find(leaf, likely, size)
    }

    /// The proof that an event is in the tree that a note of that size states; none where it is not.
    ///
    /// # Errors
    /// When the hashes cannot be read.
    pub fn prove(&self, event: &Recorded, note: Note, size: u64) -> io::Result<Option<Bundle>> {
        bundle(&self.tiles, event, note, size)
    }
}

/// The event with its place, its way to the root and the note; none where the tree does not hold it.
pub(crate) fn bundle(
    tiles: &Tiles,
    event: &Recorded,
    checkpoint: Note,
    size: u64,
) -> io::Result<Option<Bundle>> {
    let record = record(event).encode();
    // Where an engine numbers its events from 1, that is the place.
    let likely = event.position.0.saturating_sub(1);
    let Some(index) = tiles.find(Hash::of_leaf(&record), likely, size)? else { return Ok(None) };
    let proof = inclusion(&tiles.of(size), index, size)?;
    Ok(proof.map(|proof| Bundle { record, index, proof, checkpoint }))
}

/// Copies what others need of a ledger – hashes and checkpoints, never a key – into another folder, which is made. `false`
/// where there is no ledger.
///
/// # Errors
/// When a file cannot be read or written.
pub fn copy(from: &Path, to: &Path) -> io::Result<bool> {
    // Before the hashes: they cover what these state.
    let cosigned = cosigned_in(from)?;
    let Some(signed) = published::bytes(from)? else { return Ok(false) };
    fs::create_dir_all(to)?;
    Tiles::copy(from, to)?;
    for (file, text) in rotate::handovers_in(from)? {
        files::replace(&to.join(file), text.as_bytes())?;
    }
    if let Some(cosigned) = cosigned {
        cosigned::place(to, &cosigned)?;
    }
    published::place(to, &signed)?;
    Ok(true)
}

/// The text of the checkpoint that was signed last in this folder, and the last event that it covers; none before the first.
/// Nobody has checked either.
///
/// # Errors
/// When the file cannot be read, or is not of our form ([`InvalidData`](io::ErrorKind::InvalidData)).
pub fn signed_in(folder: &Path) -> io::Result<Option<(String, Option<Landmark>)>> {
    published::unchecked(folder)
}

/// The text of the checkpoint that met a policy last; none where none did. Nobody has checked it.
///
/// # Errors
/// When the file cannot be read.
pub fn cosigned_in(folder: &Path) -> io::Result<Option<String>> {
    cosigned::text(folder)
}

/// The text of the checkpoint that was published last: the one that witnesses have cosigned, or without any the one that was
/// signed. Nobody has checked it.
///
/// # Errors
/// As of [`signed_in`].
pub fn published_in(folder: &Path) -> io::Result<Option<String>> {
    match cosigned_in(folder)? {
        Some(text) => Ok(Some(text)),
        None => Ok(signed_in(folder)?.map(|(text, _)| text)),
    }
}

/// Why the keeper of this folder has stopped for good; none while it has not.
///
/// # Errors
/// When the note cannot be read.
pub fn halted_in(folder: &Path) -> io::Result<Option<String>> {
    halt::note(folder)
}
