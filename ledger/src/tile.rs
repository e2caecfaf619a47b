//! Tiles (c2sp.org/tlog-tiles): 256 hashes side by side, the unit in which a tree is kept and served.

use std::fmt;
use std::ops::Range;
use std::str::FromStr;

/// Hashes in a full tile.
pub const TILE_WIDTH: u16 = 256;

/// Levels of the tree that a tile spans.
pub const TILE_HEIGHT: u8 = 8;

/// A place in the tree's tiles, with how many hashes stand there. Written `tile/0/x001/234.p/7`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Tile {
    level: u8,
    index: u64,
    width: u16,
}

/// A text that names no tile.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "a tile is named tile/<0 to 63>/<index>, with .p/<1 to 255> when it is partial, as tile/0/x001/234.p/7"
)]
pub struct BadTile;

impl Tile {
    /// A tile with so many hashes, from 1 to [`TILE_WIDTH`].
    #[must_use]
    pub fn new(level: u8, index: u64, width: u16) -> Option<Self> {
        let fits = level < 64 && (1..=TILE_WIDTH).contains(&width);
        fits.then_some(Self { level, index, width })
    }

    /// The tile from which a whole subtree's hash follows, and which of its hashes: those of every eighth level stand in
    /// tiles, those between are over 2, 4, … 128 of them. None where a tree of that size has no such subtree.
    #[must_use]
    pub fn below(level: u8, index: u64, size: u64) -> Option<(Self, Range<usize>)> {
        let in_tiles = level / TILE_HEIGHT * TILE_HEIGHT;
        let hashes = size.checked_shr(in_tiles.into())?;
        let count = 1u64 << (level - in_tiles);
        let first = index.checked_mul(count)?;
        if first.checked_add(count)? > hashes {
            return None;
        }
        let (tile, at) = (first / u64::from(TILE_WIDTH), first % u64::from(TILE_WIDTH));
        let width = (hashes - tile * u64::from(TILE_WIDTH)).min(TILE_WIDTH.into());
        let tile =
            Self { level: level / TILE_HEIGHT, index: tile, width: u16::try_from(width).ok()? };
        let (at, count) = (usize::try_from(at).ok()?, usize::try_from(count).ok()?);
        Some((tile, at..at + count))
    }

    /// All tiles of a tree of that size, level by level.
    pub fn all(size: u64) -> impl Iterator<Item = Self> {
        let width = u64::from(TILE_WIDTH);
        let levels = (0u8..8).map(move |level| (level, size >> (u32::from(level) * 8)));
        levels.take_while(|(_, hashes)| *hashes > 0).flat_map(move |(level, hashes)| {
            (0..hashes.div_ceil(width)).filter_map(move |index| {
                let left = (hashes - index * width).min(width);
                Self::new(level, index, u16::try_from(left).ok()?)
            })
        })
    }

    /// Which level of tiles, 0 for those of leaves.
    #[must_use]
    pub fn level(&self) -> u8 {
        self.level
    }

    /// Which tile of its level.
    #[must_use]
    pub fn index(&self) -> u64 {
        self.index
    }

    /// How many hashes.
    #[must_use]
    pub fn width(&self) -> u16 {
        self.width
    }

    /// Whether it has no room left.
    #[must_use]
    pub fn is_full(&self) -> bool {
        self.width == TILE_WIDTH
    }
}

impl fmt::Display for Tile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "tile/{}", self.level)?;
        let mut parts = vec![self.index % 1000];
        let mut rest = self.index / 1000;
        while rest > 0 {
            parts.push(rest % 1000);
            rest /= 1000;
        }
        for (left, part) in parts.iter().enumerate().rev() {
            write!(f, "/{}{part:03}", if left > 0 { "x" } else { "" })?;
        }
        if self.is_full() { Ok(()) } else { write!(f, ".p/{}", self.width) }
    }
}

impl FromStr for Tile {
    type Err = BadTile;

    fn from_str(name: &str) -> Result<Self, BadTile> {
        let (path, width) = match name.split_once(".p/") {
            Some((path, width)) => (path, width.parse().map_err(|_| BadTile)?),
            None => (name, TILE_WIDTH),
        };
        let mut parts = path.split('/').skip(1);
        let level = parts.next().and_then(|level| level.parse().ok()).ok_or(BadTile)?;
        let mut index: u64 = 0;
        for part in parts {
            let part: u64 = part.trim_start_matches('x').parse().map_err(|_| BadTile)?;
            index =
                index.checked_mul(1000).and_then(|index| index.checked_add(part)).ok_or(BadTile)?;
        }
        let tile = Self::new(level, index, width).ok_or(BadTile)?;
        // Other spellings of the same numbers are no names.
        if tile.to_string() == name { Ok(tile) } else { Err(BadTile) }
    }
}
