//! The verdicts of the library that Certificate Transparency's logs and Rekor use, on 195 good and bad proofs.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ledger::{Hash, verify_consistency, verify_inclusion};
use serde::Deserialize;

#[derive(Deserialize)]
struct Vectors {
    inclusion: Vec<Inclusion>,
    consistency: Vec<Consistency>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Inclusion {
    name: String,
    leaf_idx: u64,
    tree_size: u64,
    root: String,
    leaf_hash: String,
    proof: Option<Vec<String>>,
    want_err: bool,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Consistency {
    name: String,
    size1: u64,
    size2: u64,
    root1: String,
    root2: String,
    proof: Option<Vec<String>>,
    want_err: bool,
}

fn vectors() -> Vectors {
    serde_json::from_str(include_str!("vectors.json")).unwrap()
}

/// A hash; where the vectors have a few bytes that stand for any hash, one that follows from them.
fn hash(text: &str) -> Option<Hash> {
    let bytes = STANDARD.decode(text).ok().filter(|bytes| !bytes.is_empty())?;
    Some(text.parse().unwrap_or_else(|_| Hash::of_leaf(&bytes)))
}

fn hashes(texts: Option<&Vec<String>>) -> Option<Vec<Hash>> {
    texts.into_iter().flatten().map(|text| hash(text)).collect()
}

#[test]
fn inclusion_is_judged_as_others_judge_it() {
    let cases = vectors().inclusion;
    assert_eq!(cases.len(), 98);
    for case in cases {
        let read = (hash(&case.leaf_hash), hashes(case.proof.as_ref()), hash(&case.root));
        let holds = matches!(read, (Some(leaf), Some(proof), Some(root))
            if verify_inclusion(leaf, case.leaf_idx, case.tree_size, &proof, root).is_ok());
        assert_eq!(holds, !case.want_err, "{}", case.name);
    }
}

#[test]
fn consistency_is_judged_as_others_judge_it() {
    let cases = vectors().consistency;
    assert_eq!(cases.len(), 97);
    for case in cases {
        let read = (hash(&case.root1), hash(&case.root2), hashes(case.proof.as_ref()));
        let holds = matches!(read, (Some(old), Some(new), Some(proof))
            if verify_consistency((case.size1, old), (case.size2, new), &proof).is_ok());
        assert_eq!(holds, !case.want_err, "{}", case.name);
    }
}
