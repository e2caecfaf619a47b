//! The ledger against published vectors, against another implementation, and against whoever would deceive it.
#![allow(missing_docs, clippy::unwrap_used)]

mod bundles;
mod notes;
mod pieces;
mod policies;
mod records;
mod texts;
mod tiles;
mod trees;
mod vectors;
mod witnesses;

use std::collections::HashMap;
use std::convert::Infallible;

use ledger::{Hash, Nodes, Tree};

/// A tree with all its inner hashes.
#[derive(Default)]
pub struct Whole {
    pub tree: Tree,
    nodes: HashMap<(u8, u64), Hash>,
}

impl Whole {
    pub fn of<L: AsRef<[u8]>>(leaves: impl IntoIterator<Item = L>) -> Self {
        let mut whole = Self::default();
        for leaf in leaves {
            let Self { tree, nodes } = &mut whole;
            tree.append(Hash::of_leaf(leaf.as_ref()), |level, index, hash| {
                assert!(nodes.insert((level, index), hash).is_none(), "told once");
            });
        }
        whole
    }
}

impl Nodes for Whole {
    type Error = Infallible;

    fn node(&self, level: u8, index: u64) -> Result<Hash, Infallible> {
        Ok(self.nodes[&(level, index)])
    }
}

pub fn leaves(count: u64) -> impl Iterator<Item = [u8; 8]> {
    (0..count).map(u64::to_be_bytes)
}
