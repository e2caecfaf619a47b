//! Proofs of RFC 6962, section 2.1: that a leaf is in a tree, and that a tree only grew.

use crate::{Hash, Nodes};

/// Why a proof does not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Disproved {
    /// There is no such leaf in a tree of that size, or the later tree is the smaller one.
    #[error("{index} does not lie in a tree of {size} leaves")]
    Outside {
        /// The leaf, or the size of the earlier tree.
        index: u64,
        /// The size of the tree.
        size: u64,
    },
    /// A proof of this leaf in this tree has another number of hashes.
    #[error("the proof has too few or too many hashes")]
    Length,
    /// The hashes lead to another root.
    #[error("the proof leads to another root")]
    Root,
}

/// The proof that a leaf is in a tree: hashes from the leaf's neighbour up to below the root.
///
/// # Errors
/// What `nodes` says. A leaf outside the tree has no proof: the answer is none.
pub fn inclusion<N: Nodes>(
    nodes: &N,
    index: u64,
    size: u64,
) -> Result<Option<Vec<Hash>>, N::Error> {
    if index >= size {
        return Ok(None);
    }
    let (mut low, mut high, mut proof) = (0, size, Vec::new());
    while high - low > 1 {
        let middle = low + split(high - low);
        if index < middle {
            proof.push(over(nodes, middle, high)?);
            high = middle;
        } else {
            proof.push(over(nodes, low, middle)?);
            low = middle;
        }
    }
    proof.reverse();
    Ok(Some(proof))
}

/// The proof that the first `old` leaves of a tree are the tree of that size.
///
/// # Errors
/// What `nodes` says. A larger tree is no beginning: the answer is none.
pub fn consistency<N: Nodes>(
    nodes: &N,
    old: u64,
    size: u64,
) -> Result<Option<Vec<Hash>>, N::Error> {
    if old > size {
        return Ok(None);
    }
    let mut proof = Vec::new();
    if old == 0 {
        return Ok(Some(proof));
    }
    // Whether what is left of the old tree is the whole old tree, whose root the other side has.
    let (mut low, mut high, mut whole) = (0, size, true);
    while old != high {
        let middle = low + split(high - low);
        if old <= middle {
            proof.push(over(nodes, middle, high)?);
            high = middle;
        } else {
            proof.push(over(nodes, low, middle)?);
            (low, whole) = (middle, false);
        }
    }
    if !whole {
        proof.push(over(nodes, low, high)?);
    }
    proof.reverse();
    Ok(Some(proof))
}

/// Checks that a leaf is in the tree with this root (RFC 9162, section 2.1.3.2).
///
/// # Errors
/// [`Disproved`] says why not.
pub fn verify_inclusion(
    leaf: Hash,
    index: u64,
    size: u64,
    proof: &[Hash],
    root: Hash,
) -> Result<(), Disproved> {
    if index >= size {
        return Err(Disproved::Outside { index, size });
    }
    let mut path = Path { node: index, last: size - 1 };
    let mut hash = leaf;
    for &step in proof {
        hash = if path.climb()? { Hash::of_node(step, hash) } else { Hash::of_node(hash, step) };
    }
    path.end()?;
    if hash == root { Ok(()) } else { Err(Disproved::Root) }
}

/// Checks that one tree is the beginning of another (RFC 9162, section 2.1.4.2).
///
/// # Errors
/// [`Disproved`] says why not.
pub fn verify_consistency(
    (old, old_root): (u64, Hash),
    (size, root): (u64, Hash),
    proof: &[Hash],
) -> Result<(), Disproved> {
    if old > size {
        return Err(Disproved::Outside { index: old, size });
    }
    if old == size || old == 0 {
        let known = if old == size { old_root == root } else { old_root == Hash::of_nothing() };
        return match (proof, known) {
            ([], true) => Ok(()),
            ([], false) => Err(Disproved::Root),
            _ => Err(Disproved::Length),
        };
    }
    let mut path = Path { node: old - 1, last: size - 1 };
    while path.node % 2 == 1 {
        path.up();
    }
    // A whole subtree is its own beginning: its root is the one that is known.
    let (first, rest) = if path.node == 0 {
        (old_root, proof)
    } else {
        let (first, rest) = proof.split_first().ok_or(Disproved::Length)?;
        (*first, rest)
    };
    let (mut old_hash, mut hash) = (first, first);
    for &step in rest {
        if path.climb()? {
            (old_hash, hash) = (Hash::of_node(step, old_hash), Hash::of_node(step, hash));
        } else {
            hash = Hash::of_node(hash, step);
        }
    }
    path.end()?;
    if (old_hash, hash) == (old_root, root) { Ok(()) } else { Err(Disproved::Root) }
}

/// Where a proof stands: a node, and the last one of its level.
struct Path {
    node: u64,
    last: u64,
}

impl Path {
    fn up(&mut self) {
        (self.node, self.last) = (self.node / 2, self.last / 2);
    }

    /// Goes up to where the next hash of the proof belongs and joins it; says whether that stands at the left.
    fn climb(&mut self) -> Result<bool, Disproved> {
        if self.last == 0 {
            return Err(Disproved::Length);
        }
        let left = self.node % 2 == 1 || self.node == self.last;
        while left && self.node.is_multiple_of(2) && self.node != 0 {
            self.up();
        }
        self.up();
        Ok(left)
    }

    fn end(&self) -> Result<(), Disproved> {
        if self.last == 0 { Ok(()) } else { Err(Disproved::Length) }
    }
}

/// The hash over the leaves from `low` up to `high`, which the tree has under one node.
fn over<N: Nodes>(nodes: &N, low: u64, high: u64) -> Result<Hash, N::Error> {
    let width = high - low;
    if width.is_power_of_two() {
        let level = width.trailing_zeros();
        return nodes.node(u8::try_from(level).unwrap_or(u8::MAX), low >> level);
    }
    let middle = low + split(width);
    Ok(Hash::of_node(over(nodes, low, middle)?, over(nodes, middle, high)?))
}

/// How many leaves lie at the left of a node over so many, at least two: the largest power of two below.
fn split(width: u64) -> u64 {
    1 << (63 - (width - 1).leading_zeros())
}
