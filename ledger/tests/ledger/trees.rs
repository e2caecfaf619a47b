use ct_merkle::HashableLeaf;
use ct_merkle::digest::Update;
use ct_merkle::mem_backed_tree::MemoryBackedTree;
use ledger::{Disproved, Hash, Tree, consistency, inclusion, verify_consistency, verify_inclusion};
use proptest::prelude::*;
use serde::Deserialize;
use sha2::Sha256;

use crate::{Whole, leaves};

/// The leaves and roots with which Certificate Transparency's own implementations are tested.
const LEAVES: [&[u8]; 8] = [
    b"",
    b"\x00",
    b"\x10",
    b"\x20\x21",
    b"\x30\x31",
    b"\x40\x41\x42\x43",
    b"\x50\x51\x52\x53\x54\x55\x56\x57",
    b"\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f",
];
const ROOTS: [&str; 9] = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
];

fn hex(hash: Hash) -> String {
    hash.0.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn roots_are_those_of_certificate_transparency() {
    let mut tree = Tree::default();
    assert_eq!(hex(tree.root()), ROOTS[0]);
    for (leaf, root) in LEAVES.iter().zip(&ROOTS[1..]) {
        tree.append(Hash::of_leaf(leaf), |_, _, _| {});
        assert_eq!(hex(tree.root()), *root);
    }
}

#[test]
fn every_proof_of_every_small_tree_holds_and_no_other() {
    for size in 0..=20 {
        let whole = Whole::of(leaves(size));
        let root = whole.tree.root();
        assert_eq!(inclusion(&whole, size, size).unwrap(), None);
        for (index, leaf) in (0..).zip(leaves(size)) {
            let leaf = Hash::of_leaf(&leaf);
            let proof = inclusion(&whole, index, size).unwrap().unwrap();
            let verify =
                |index, size, proof: &[Hash]| verify_inclusion(leaf, index, size, proof, root);
            assert_eq!(verify(index, size, &proof), Ok(()), "{index} of {size}");
            for other in (0..size + 2).filter(|other| *other != index) {
                assert!(verify(other, size, &proof).is_err(), "{other} for {index} of {size}");
            }
            assert_eq!(
                verify(index, size, &[&proof[..], &[root]].concat()),
                Err(Disproved::Length)
            );
            if let Some((_, shorter)) = proof.split_last() {
                assert_eq!(verify(index, size, shorter), Err(Disproved::Length));
            }
        }
        for old in 0..=size {
            let before = Tree::read(&whole, old).unwrap();
            assert_eq!(before, Whole::of(leaves(old)).tree);
            let proof = consistency(&whole, old, size).unwrap().unwrap();
            let verify = |old, proof: &[Hash]| verify_consistency(old, (size, root), proof);
            assert_eq!(verify((old, before.root()), &proof), Ok(()), "{old} of {size}");
            assert!(verify((old, Hash([7; 32])), &proof).is_err(), "{old} of {size}");
            assert!(verify((old, before.root()), &[&proof[..], &[root]].concat()).is_err());
            for at in 0..proof.len() {
                let mut forged = proof.clone();
                forged[at] = Hash([9; 32]);
                assert!(verify((old, before.root()), &forged).is_err(), "{at} of {old} of {size}");
            }
        }
        assert_eq!(consistency(&whole, size + 1, size).unwrap(), None);
    }
}

#[derive(Deserialize)]
struct Trees {
    trees: Vec<Other>,
}

/// A tree as another implementation has it, with the proof of each leaf.
#[derive(Deserialize)]
struct Other {
    root: String,
    inclusion: Vec<Vec<String>>,
}

#[test]
fn roots_and_proofs_are_those_of_pymerkle() {
    let Trees { trees } = serde_json::from_str(include_str!("trees_of_pymerkle.json")).unwrap();
    assert_eq!(trees.len(), 20);
    for (size, other) in (1..).zip(trees) {
        let whole = Whole::of(leaves(size));
        assert_eq!(hex(whole.tree.root()), other.root);
        assert_eq!(other.inclusion.len() as u64, size);
        for (index, path) in (0..).zip(other.inclusion) {
            let proof = inclusion(&whole, index, size).unwrap().unwrap();
            assert_eq!(proof.into_iter().map(hex).collect::<Vec<_>>(), path, "{index} of {size}");
        }
    }
}

/// A leaf as the other implementation takes it.
struct Leaf(Vec<u8>);

impl HashableLeaf for Leaf {
    fn hash<H: Update>(&self, hasher: &mut H) {
        hasher.update(&self.0);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn roots_and_proofs_are_those_of_another_implementation(
        data in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..40), 1..200),
        old in any::<prop::sample::Index>(),
        at in any::<prop::sample::Index>(),
    ) {
        let whole = Whole::of(&data);
        let size = data.len() as u64;
        let mut other = MemoryBackedTree::<Sha256, Leaf>::new();
        for leaf in &data {
            other.push(Leaf(leaf.clone()));
        }
        prop_assert_eq!(whole.tree.root().0.to_vec(), other.root().as_bytes().to_vec());
        let index = at.index(data.len());
        let proof = inclusion(&whole, index as u64, size).unwrap().unwrap();
        let bytes: Vec<u8> = proof.iter().flat_map(|hash| hash.0).collect();
        prop_assert_eq!(bytes, other.prove_inclusion(index).as_bytes().to_vec());
        let old = old.index(data.len()) + 1;
        let proof = consistency(&whole, old as u64, size).unwrap().unwrap();
        let bytes: Vec<u8> = proof.iter().flat_map(|hash| hash.0).collect();
        prop_assert_eq!(bytes, other.prove_consistency(data.len() - old).as_bytes().to_vec());
    }
}
