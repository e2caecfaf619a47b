//! How fast an auditor recomputes a tree, and checks one proof.

use std::convert::Infallible;
use std::hint::black_box;
use std::time::{Duration, Instant};

use ::ledger::{
    Bundle, Checkpoint, Hash, KeyKind, Nodes, Policy, Record, SigningKey, Tree, inclusion,
};

const LEAVES: u64 = 2_000_000;
const PROOFS: u32 = 2_000;
const ROUNDS: u32 = 3;
/// As many bytes as the data and metadata of an event of the demo have.
const BYTES: [usize; 2] = [180, 110];

pub fn run() {
    let (data, metadata) = (vec![b'x'; BYTES[0]], vec![b'y'; BYTES[1]]);
    let mut best = Duration::MAX;
    let mut kept = Kept::default();
    for _ in 0..ROUNDS {
        let begun = Instant::now();
        kept = Kept::of(LEAVES, &data, &metadata);
        black_box(kept.tree.root());
        best = best.min(begun.elapsed());
    }
    println!(
        "ledger: {LEAVES} leaves of {} bytes, one core",
        record(0, &data, &metadata).encode().len()
    );
    println!("  recomputed                     {:>10.0} leaves/s", rate(LEAVES, best));
    let bundle = bundle(&kept, &data, &metadata);
    let policy = policy();
    let begun = Instant::now();
    for _ in 0..PROOFS {
        let read: Bundle = black_box(&bundle).parse().unwrap();
        black_box(read.check(&policy).unwrap());
    }
    let each = begun.elapsed() / PROOFS;
    println!("  a bundle read and checked      {:>10.3} ms", each.as_secs_f64() * 1_000.0);
}

/// A tree with all its inner hashes, level by level.
#[derive(Default)]
struct Kept {
    tree: Tree,
    levels: Vec<Vec<Hash>>,
}

impl Kept {
    fn of(leaves: u64, data: &[u8], metadata: &[u8]) -> Self {
        let (mut tree, mut levels) = (Tree::default(), vec![Vec::new(); 64]);
        for version in 0..leaves {
            let leaf = Hash::of_leaf(&record(version, data, metadata).encode());
            tree.append(leaf, |level, _, hash| levels[usize::from(level)].push(hash));
        }
        Self { tree, levels }
    }
}

impl Nodes for Kept {
    type Error = Infallible;

    fn node(&self, level: u8, index: u64) -> Result<Hash, Infallible> {
        Ok(self.levels[usize::from(level)][usize::try_from(index).unwrap()])
    }
}

fn record<'a>(version: u64, data: &'a [u8], metadata: &'a [u8]) -> Record<'a> {
    let (stream, kind) = ("service-V035X2W3HCT3Z", "ServiceRecorded");
    Record { stream, version, kind, id: [7; 16], recorded_at: 0, metadata, data }
}

fn key() -> SigningKey {
    SigningKey::new("example.invalid/yuanfa", KeyKind::Log, &[1; 32]).unwrap()
}

fn policy() -> Policy {
    format!("log {}\nquorum none\n", key().public()).parse().unwrap()
}

fn bundle(kept: &Kept, data: &[u8], metadata: &[u8]) -> String {
    let origin = "example.invalid/yuanfa".into();
    let stated = Checkpoint { origin, size: LEAVES, root: kept.tree.root() };
    let mut checkpoint = stated.note().unwrap();
    checkpoint.sign(&key());
    let index = LEAVES / 3;
    let proof = inclusion(kept, index, LEAVES).unwrap().unwrap();
    Bundle { record: record(index, data, metadata).encode(), index, proof, checkpoint }.to_string()
}

#[expect(clippy::cast_precision_loss, reason = "a rate to be printed")]
fn rate(leaves: u64, took: Duration) -> f64 {
    leaves as f64 / took.as_secs_f64()
}
