//! The tree that grows at its right edge, and where its inner hashes are found.

use crate::Hash;

/// Hashes of whole subtrees: `node(l, i)` stands over the leaves from `i << l` up to `(i + 1) << l`.
pub trait Nodes {
    /// Why a hash is not to be had.
    type Error;

    /// The hash over a whole subtree.
    ///
    /// # Errors
    /// When it is not to be had.
    fn node(&self, level: u8, index: u64) -> Result<Hash, Self::Error>;
}

/// The right edge of a tree: enough to append and to tell the root, at most 64 hashes whatever the size.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tree {
    size: u64,
    /// Roots of the whole subtrees side by side, the largest first: one for each bit set in the size.
    peaks: Vec<Hash>,
}

impl Tree {
    /// The tree of so many leaves whose inner hashes `nodes` has.
    ///
    /// # Errors
    /// What `nodes` says.
    pub fn read<N: Nodes>(nodes: &N, size: u64) -> Result<Self, N::Error> {
        let peaks = peaks(size).map(|(level, index)| nodes.node(level, index));
        Ok(Self { size, peaks: peaks.collect::<Result<_, _>>()? })
    }

    /// Number of leaves.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Appends a leaf. Every subtree that became whole by it is told to `whole`, level and index and hash, the leaf first.
    pub fn append(&mut self, leaf: Hash, mut whole: impl FnMut(u8, u64, Hash)) {
        let (mut level, mut index, mut hash) = (0, self.size, leaf);
        whole(level, index, hash);
        while index % 2 == 1 {
            let Some(left) = self.peaks.pop() else { break };
            hash = Hash::of_node(left, hash);
            (level, index) = (level + 1, index / 2);
            whole(level, index, hash);
        }
        self.peaks.push(hash);
        self.size += 1;
    }

    /// The root: what a checkpoint states.
    #[must_use]
    pub fn root(&self) -> Hash {
        let mut peaks = self.peaks.iter().rev().copied();
        let Some(smallest) = peaks.next() else { return Hash::of_nothing() };
        peaks.fold(smallest, |right, left| Hash::of_node(left, right))
    }
}

/// Level and index of the whole subtrees side by side, the largest first.
fn peaks(size: u64) -> impl Iterator<Item = (u8, u64)> {
    (0..64u8).rev().filter(move |level| size >> level & 1 == 1).map(move |level| {
        // Above this bit the size counts subtrees twice as large.
        (level, (size >> level) - 1)
    })
}
