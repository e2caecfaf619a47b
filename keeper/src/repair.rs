//! Lets a ledger that has halted go on, where the log gives the very root that was signed last.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use event_store::{EventStore, Landmark, Position, StoreError};
use ledger::{Checkpoint, Hash, KeyKind, Tree};
use tokio::runtime::Handle;

use crate::cosign::cosigned;
use crate::follow::leaf;
use crate::halt::{self, Halt};
use crate::key::{self, KeyError};
use crate::tiles::Tiles;
use crate::{files, published};

/// Events read at once.
const PAGE: u32 = 2_048;

/// Why a ledger is left as it is.
#[derive(Debug, thiserror::Error)]
pub enum RepairError {
    /// Nothing was signed here, or what says so is gone.
    #[error("there is no published.json in {folder}: put it back from a backup")]
    Unsigned {
        /// The ledger's folder.
        folder: PathBuf,
    },
    /// The folder or a file in it; perhaps another process keeps this ledger.
    #[error("the ledger's folder {folder} cannot be used")]
    Folder {
        /// Which folder.
        folder: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// The key.
    #[error("the ledger's key cannot be used")]
    Key(#[from] KeyError),
    /// What was signed cannot be read, or is not signed by the key.
    #[error("what was signed cannot be taken for the beginning of anything")]
    Halt(#[from] Halt),
    /// The log cannot be read.
    #[error("the event log cannot be read")]
    Log(#[from] StoreError),
    /// The log has fewer events than were signed: it was cut, or restored from before.
    #[error(
        "the log holds {found} events, {signed} were signed: restore a log that holds them all"
    )]
    TooShort {
        /// Events of the log.
        found: u64,
        /// Leaves of the checkpoint.
        signed: u64,
    },
    /// The log holds another history than was signed: nothing here may be signed over it.
    #[error(
        "the first {size} events of the log do not give the root that was signed: the log was changed"
    )]
    Diverged {
        /// Leaves of the checkpoint that the log does not give.
        size: u64,
    },
}

/// What was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repaired {
    /// Leaves of the checkpoint that was signed last; the log gives its root.
    pub signed: u64,
    /// Whether the hashes were made anew from the log, because the files did not give that root.
    pub hashes_made_anew: bool,
    /// Why the ledger had halted; none where it had not.
    pub had_halted: Option<String>,
}

/// Holds the log against what was signed last. Where it gives the same root, the hashes are made anew if the files do not, and
/// the ledger may go on. The folder is this process's alone meanwhile. Blocks: not for async code. May be repeated after an
/// interruption.
///
/// # Errors
/// See [`RepairError`]; the ledger stays halted then, and nothing in its folder was changed unless a file failed.
pub fn repair(
    folder: &Path,
    store: &dyn EventStore,
    handle: &Handle,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<Repaired, RepairError> {
    let unusable = |source| RepairError::Folder { folder: folder.to_owned(), source };
    let had_halted = halt::note(folder).map_err(unusable)?;
    if !published::is_there(folder).map_err(unusable)? {
        return Err(RepairError::Unsigned { folder: folder.to_owned() });
    }
    let path = folder.join(key::FILE);
    let signer = key::load(&path, KeyKind::Log)?.ok_or(KeyError::Lost { path })?;
    let name = signer.public().name();
    let (_, signed, last) = published::read(folder, name, Some(signer.public()))?
        .ok_or_else(|| RepairError::Unsigned { folder: folder.to_owned() })?;
    let cosigned = match cosigned::read(folder)? {
        Some(note) => Some(Checkpoint::of(&note).map_err(|_| Halt::Cosigned)?),
        None => None,
    };
    let tiles = Tiles::open(folder).map_err(unusable)?;
    let size = signed.size;
    stands(store, handle, &signed, cosigned.as_ref(), last.as_ref(), progress)?;
    let as_signed =
        tiles.read_again(size).map_err(unusable)?.is_some_and(|it| it.root() == signed.root);
    if !as_signed {
        let mut tree = Tree::default();
        walk(store, handle, size, |leaves| {
            tiles.extend(&mut tree, leaves.iter().copied()).map_err(unusable)?;
            progress(tree.size(), size);
            Ok(())
        })?;
        tiles.sync().map_err(unusable)?;
        let made = tiles.read_again(size).map_err(unusable)?;
        made.filter(|made| made.root() == signed.root).ok_or(Halt::Tiles { size })?;
    }
    if had_halted.is_some() {
        let note = folder.join(halt::FILE);
        fs::remove_file(&note).and_then(|()| files::sync_folder_of(&note)).map_err(unusable)?;
    }
    Ok(Repaired { signed: size, hashes_made_anew: !as_signed, had_halted })
}

/// Whether the log begins as was signed, and as the witnesses have cosigned.
fn stands(
    store: &dyn EventStore,
    handle: &Handle,
    signed: &Checkpoint,
    cosigned: Option<&Checkpoint>,
    last: Option<&Landmark>,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<(), RepairError> {
    if let Some(last) = last
        && handle.block_on(last.found_in(store))?.is_none()
    {
        return Err(RepairError::Diverged { size: signed.size });
    }
    let mut tree = Tree::default();
    let due = |tree: &Tree| {
        let mut stated = [Some(signed), cosigned].into_iter().flatten();
        stated.find(|one| one.size == tree.size() && one.root != tree.root()).map(|one| one.size)
    };
    let most = cosigned.map_or(0, |cosigned| cosigned.size).max(signed.size);
    walk(store, handle, most, |leaves| {
        for leaf in leaves {
            tree.append(*leaf, |_, _, _| {});
            if let Some(size) = due(&tree) {
                return Err(RepairError::Diverged { size });
            }
        }
        progress(tree.size(), most);
        Ok(())
    })
}

/// Goes through the leaves of the log's first so many events.
fn walk(
    store: &dyn EventStore,
    handle: &Handle,
    size: u64,
    mut take: impl FnMut(&[Hash]) -> Result<(), RepairError>,
) -> Result<(), RepairError> {
    let (mut position, mut found) = (Position::START, 0);
    while found < size {
        let page = handle.block_on(store.read_all(position, PAGE))?;
        let Some(end) = page.last() else {
            return Err(RepairError::TooShort { found, signed: size });
        };
        position = end.position;
        let wanted = usize::try_from(size - found).unwrap_or(usize::MAX);
        let leaves: Vec<Hash> = page.iter().take(wanted).map(leaf).collect();
        found += leaves.len() as u64;
        take(&leaves)?;
    }
    Ok(())
}
