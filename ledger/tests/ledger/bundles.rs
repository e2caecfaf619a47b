use ledger::{BadBundle, Bundle, Disproved, Policy, Unproven, inclusion};

use crate::notes::{checkpoint, log};
use crate::{Whole, leaves};

fn bundle(index: u64, size: u64) -> Bundle {
    let whole = Whole::of(leaves(size));
    let mut note = checkpoint(size, whole.tree.root());
    note.sign(&log());
    let proof = inclusion(&whole, index, size).unwrap().unwrap();
    Bundle { record: index.to_be_bytes().to_vec(), index, proof, checkpoint: note }
}

fn trust() -> Policy {
    format!("log {}\nquorum none\n", log().public()).parse().unwrap()
}

#[test]
fn a_bundle_proves_its_record_to_whoever_has_the_policy() {
    for (index, size) in [(0, 1), (0, 2), (76, 100), (999, 1_000)] {
        let written = bundle(index, size).to_string();
        let read: Bundle = written.parse().unwrap();
        assert_eq!(read.to_string(), written);
        assert_eq!(read.check(&trust()).unwrap().checkpoint.size, size);
    }
}

#[test]
fn another_record_another_place_or_another_tree_prove_nothing() {
    let good = bundle(76, 100);
    let check = |bundle: Bundle| bundle.check(&trust()).unwrap_err();
    let root = || Unproven::Record(Disproved::Root);
    assert_eq!(check(Bundle { record: b"other".to_vec(), ..good.clone() }), root());
    assert_eq!(check(Bundle { index: 77, ..good.clone() }), root());
    assert_eq!(
        check(Bundle { index: 100, ..good.clone() }),
        Unproven::Record(Disproved::Outside { index: 100, size: 100 })
    );
    assert_eq!(check(Bundle { checkpoint: bundle(76, 101).checkpoint, ..good.clone() }), root());
    let mut unsigned = good;
    unsigned.checkpoint = checkpoint(100, Whole::of(leaves(100)).tree.root());
    assert!(matches!(check(unsigned), Unproven::Checkpoint(_)));
}

/// A node of the tree cannot be passed off as a record, nor a record as a node.
#[test]
fn an_inner_node_is_no_record() {
    let whole = Whole::of(leaves(4));
    let mut forged = bundle(0, 4);
    let [left, right] = [0u64, 1].map(|leaf| ledger::Hash::of_leaf(&leaf.to_be_bytes()));
    forged.record = [left.0, right.0].concat();
    forged.proof.remove(0);
    assert!(forged.check(&trust()).is_err());
    assert_eq!(whole.tree.size(), 4);
}

#[test]
fn what_is_no_bundle_is_refused() {
    let good = bundle(76, 100).to_string();
    let refused = |text: String| text.parse::<Bundle>().unwrap_err();
    assert_eq!(refused(good.replace("@v1", "@v2")), BadBundle::Mark);
    assert_eq!(refused(good.replace("extra ", "extra !")), BadBundle::Record);
    assert_eq!(refused(good.replace("index 76", "index 076")), BadBundle::Index);
    assert_eq!(refused(good.replace("index 76\n", "index 76\nAAAA\n")), BadBundle::Hashes);
    assert!(matches!(refused(good.replace("— ", "- ")), BadBundle::Checkpoint(_)));
    assert_eq!(refused("x".repeat(3_000_000)), BadBundle::TooLong);
    let hash = format!("{}\n", ledger::Hash([1; 32]));
    assert_eq!(
        refused(good.replace("index 76\n", &format!("index 76\n{}", hash.repeat(60)))),
        BadBundle::Hashes
    );
}
