//! The tree's hashes in files, one for every level of tiles: 32 bytes a hash, side by side. What stands under a signed
//! checkpoint is never written again.

use std::fs::{File, OpenOptions, TryLockError};
use std::io;
use std::os::unix::fs::FileExt as _;
use std::path::Path;

use ledger::{Hash, Nodes, TILE_HEIGHT, TILE_WIDTH, Tile, Tree};

use crate::files::{sync_folder_of, synced};

/// Levels of tiles: as many as 64 bits of leaves need.
const LEVELS: u8 = 8;
const HASH_BYTES: u64 = 32;
/// Hashes read at once by a search.
const SEARCHED: usize = 4_096;

pub(crate) struct Tiles(Vec<File>);

impl Tiles {
    /// Opens the files, making them where there are none, for this process alone.
    pub fn open(folder: &Path) -> io::Result<Self> {
        let path = |level| folder.join(format!("level-{level}"));
        let open = |level| {
            let mut options = OpenOptions::new();
            options.read(true).write(true).create(true).truncate(false).open(path(level))
        };
        let levels: Vec<File> = (0..LEVELS).map(open).collect::<io::Result<_>>()?;
        levels[0].try_lock().map_err(|error| match error {
            TryLockError::WouldBlock => {
                io::Error::new(io::ErrorKind::ResourceBusy, "another process keeps this ledger")
            }
            TryLockError::Error(error) => error,
        })?;
        sync_folder_of(&path(0))?;
        Ok(Self(levels))
    }

    /// Opens files that are there, to be read only.
    pub fn open_read_only(folder: &Path) -> io::Result<Self> {
        (0..LEVELS)
            .map(|level| File::open(folder.join(format!("level-{level}"))))
            .collect::<io::Result<_>>()
            .map(Self)
    }

    /// Copies all files to another folder, durably.
    pub fn copy(from: &Path, to: &Path) -> io::Result<()> {
        (0..LEVELS).map(|level| format!("level-{level}")).try_for_each(|name| {
            std::fs::copy(from.join(&name), to.join(&name))?;
            File::open(to.join(&name))?.sync_all()
        })
    }

    /// Whether no hash was ever written.
    pub fn are_empty(&self) -> io::Result<bool> {
        Ok(self.0[0].metadata()?.len() == 0)
    }

    /// The tree of that size from its leaves, where every hash above them is the one that stands in the files.
    pub fn read_again(&self, size: u64) -> io::Result<Option<Tree>> {
        let mut tree = Tree::default();
        let mut above = Vec::new();
        for tile in Tile::all(size).take_while(|tile| tile.level() == 0) {
            let Some(bytes) = self.tile(tile, size).or_else(cut_short)? else { return Ok(None) };
            for leaf in bytes.as_chunks().0 {
                tree.append(Hash(*leaf), |level, index, hash| {
                    if level > 0 && level % TILE_HEIGHT == 0 {
                        above.push((level, index, hash));
                    }
                });
            }
            for (level, index, hash) in above.drain(..) {
                let level = usize::from(level / TILE_HEIGHT);
                let stored = read(&self.0[level], index, 1).map(Some).or_else(cut_short)?;
                if stored.as_deref() != Some(&hash.0[..]) {
                    return Ok(None);
                }
            }
        }
        Ok(Some(tree))
    }

    /// Appends leaves to a tree and what they make whole to the files, behind what these hold of that tree.
    pub fn extend(&self, tree: &mut Tree, leaves: impl Iterator<Item = Hash>) -> io::Result<()> {
        let size = tree.size();
        let mut levels: [Vec<u8>; LEVELS as usize] = Default::default();
        for leaf in leaves {
            tree.append(leaf, |level, _, hash| {
                if level % TILE_HEIGHT == 0 {
                    levels[usize::from(level / TILE_HEIGHT)].extend_from_slice(&hash.0);
                }
            });
        }
        for (level, bytes) in levels.iter().enumerate().filter(|(_, bytes)| !bytes.is_empty()) {
            self.append(level, size, bytes)?;
        }
        Ok(())
    }

    /// Appends hashes of one level behind those of a tree of that size.
    fn append(&self, level: usize, size: u64, bytes: &[u8]) -> io::Result<()> {
        match self.0.get(level).zip(hashes(size).nth(level)) {
            Some((file, hashes)) => file.write_all_at(bytes, hashes * HASH_BYTES),
            None => Err(io::ErrorKind::InvalidInput.into()),
        }
    }

    /// Waits until everything has reached the disk.
    pub fn sync(&self) -> io::Result<()> {
        self.0.iter().try_for_each(|file| synced(file.sync_data()))
    }

    /// The bytes of a tile of a tree of that size; none where it has no such tile.
    pub fn tile(&self, tile: Tile, size: u64) -> io::Result<Option<Vec<u8>>> {
        let level = usize::from(tile.level());
        let Some((file, hashes)) = self.0.get(level).zip(hashes(size).nth(level)) else {
            return Ok(None);
        };
        let first = tile.index().checked_mul(u64::from(TILE_WIDTH));
        let end = first.and_then(|first| first.checked_add(u64::from(tile.width())));
        match first.zip(end).filter(|(_, end)| *end <= hashes) {
            Some((first, _)) => read(file, first, tile.width().into()).map(Some),
            None => Ok(None),
        }
    }

    /// The hash of one leaf.
    pub fn leaf(&self, index: u64) -> io::Result<Hash> {
        self.of(index + 1).node(0, index)
    }

    /// At most so many hashes of one level, fewer where its file ends.
    pub fn hashes(&self, level: usize, first: u64, most: usize) -> io::Result<Vec<Hash>> {
        let file = self.0.get(level).ok_or(io::ErrorKind::InvalidInput)?;
        let mut bytes = vec![0; most * HASH_BYTES as usize];
        let mut read = 0;
        while read < bytes.len() {
            match file.read_at(&mut bytes[read..], first * HASH_BYTES + read as u64) {
                Ok(0) => break,
                Ok(more) => read += more,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(bytes[..read].as_chunks().0.iter().copied().map(Hash).collect())
    }

    /// The place of a leaf in the tree of that size, looked for where it is likely, then everywhere.
    pub fn find(&self, leaf: Hash, likely: u64, size: u64) -> io::Result<Option<u64>> {
        if likely < size && self.hashes(0, likely, 1)?.first() == Some(&leaf) {
            return Ok(Some(likely));
        }
        let mut first = 0;
        while first < size {
            let hashes = self.hashes(0, first, SEARCHED)?;
            if let Some(at) = hashes.iter().position(|hash| *hash == leaf) {
                let place = first + at as u64;
                return Ok(Some(place).filter(|place| *place < size));
            }
            if hashes.is_empty() {
                break;
            }
            first += hashes.len() as u64;
        }
        Ok(None)
    }

    /// The hashes of a tree of that size.
    pub fn of(&self, size: u64) -> Stored<'_> {
        Stored { tiles: self, size }
    }
}

/// How many hashes stand in each level.
fn hashes(size: u64) -> impl Iterator<Item = u64> {
    (0..LEVELS).map(move |level| size >> (level * TILE_HEIGHT))
}

/// A file that ends too early is damage, not a failure of the disk.
fn cut_short(error: io::Error) -> io::Result<Option<Vec<u8>>> {
    if error.kind() == io::ErrorKind::UnexpectedEof { Ok(None) } else { Err(error) }
}

fn read(file: &File, first: u64, hashes: usize) -> io::Result<Vec<u8>> {
    let mut bytes = vec![0; hashes * HASH_BYTES as usize];
    file.read_exact_at(&mut bytes, first * HASH_BYTES)?;
    Ok(bytes)
}

/// The hashes of a tree of one size, read from the files.
pub(crate) struct Stored<'a> {
    tiles: &'a Tiles,
    size: u64,
}

impl Nodes for Stored<'_> {
    type Error = io::Error;

    fn node(&self, level: u8, index: u64) -> io::Result<Hash> {
        let missing = || io::Error::from(io::ErrorKind::UnexpectedEof);
        let (tile, range) = Tile::below(level, index, self.size).ok_or_else(missing)?;
        let bytes = self.tiles.tile(tile, self.size)?.ok_or_else(missing)?;
        let (hashes, _) = bytes.as_chunks();
        let below: Vec<Hash> = hashes[range].iter().copied().map(Hash).collect();
        Hash::over(&below).ok_or_else(missing)
    }
}
