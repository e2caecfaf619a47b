//! The ledger 账本: a history that whoever keeps it cannot rewrite unnoticed.
//!
//! Every record is a leaf of one Merkle tree ([RFC 6962]); a [`Checkpoint`] states the tree's size and root and is signed;
//! a [`Bundle`] shows one record to be in the tree of a checkpoint, without a connection and without trusting anybody but
//! the keys of a [`Policy`]. The formats are those of [C2SP], so that tools of others read them: signed-note,
//! tlog-checkpoint, tlog-tiles, tlog-cosignature, tlog-witness, tlog-proof, tlog-policy.
//!
//! Pure: no IO, no clock, no randomness. Whoever calls reads files, asks for the time and makes seeds. What an editor made of
//! a file before it came back is undone by [`text_of`].
//!
//! Read in this order: [`Record`] → [`Hash`](struct@Hash) → [`Tree`] → [`inclusion`], [`consistency`] → [`Note`] →
//! [`Checkpoint`] → [`Policy`] → [`Bundle`], [`Submission`].
//!
//! # Examples
//! A log hashes its records, signs what they come to, and proves one of them to somebody who knows its key:
//! ```
//! use std::collections::BTreeMap;
//!
//! use ledger::{Bundle, Checkpoint, Hash, KeyKind, Nodes, Policy, Record, SigningKey, Tree, inclusion};
//!
//! /// The hashes of whole subtrees, by level and index. A real log keeps them in tiles.
//! #[derive(Default)]
//! struct Hashes(BTreeMap<(u8, u64), Hash>);
//!
//! impl Nodes for Hashes {
//!     type Error = &'static str;
//!
//!     fn node(&self, level: u8, index: u64) -> Result<Hash, Self::Error> {
//!         self.0.get(&(level, index)).copied().ok_or("no such subtree")
//!     }
//! }
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let records: Vec<Vec<u8>> = (1..=5)
//!     .map(|version| Record {
//!         stream: "notice-star-1",
//!         version,
//!         kind: "NoticePublished",
//!         id: [0; 16],
//!         recorded_at: 0,
//!         metadata: b"{}",
//!         data: b"{}",
//!     })
//!     .map(|record| record.encode())
//!     .collect();
//! let (mut tree, mut hashes) = (Tree::default(), Hashes::default());
//! for record in &records {
//!     tree.append(Hash::of_leaf(record), |level, index, hash| {
//!         hashes.0.insert((level, index), hash);
//!     });
//! }
//!
//! let key = SigningKey::new("county.example", KeyKind::Log, &[7; 32])?;
//! let stated = Checkpoint { origin: "county.example".into(), size: tree.size(), root: tree.root() };
//! let mut checkpoint = stated.note().ok_or("an origin is one line")?;
//! checkpoint.sign(&key);
//! let proof = inclusion(&hashes, 2, tree.size())?.ok_or("there are five records")?;
//! let bundle = Bundle { record: records[2].clone(), index: 2, proof, checkpoint };
//!
//! let policy: Policy = format!("log {}\nquorum none\n", key.public()).parse()?;
//! assert_eq!(bundle.check(&policy)?.checkpoint, stated);
//! let forged = Bundle { record: records[3].clone(), ..bundle };
//! assert!(forged.check(&policy).is_err());
//! # Ok(())
//! # }
//! ```
//!
//! [RFC 6962]: https://www.rfc-editor.org/rfc/rfc6962.html#section-2.1
//! [C2SP]: https://c2sp.org

mod bundle;
mod checkpoint;
mod hash;
mod key;
mod note;
mod pieces;
mod policy;
mod proof;
mod record;
mod text;
mod tile;
mod tree;
mod witness;

pub use bundle::{BadBundle, Bundle, Unproven};
pub use checkpoint::{BadCheckpoint, Checkpoint};
pub use hash::{BadHash, Hash};
pub use key::{BadKey, KeyKind, SigningKey, VerifyingKey};
pub use note::{BadNote, Note, Signature, Unsigned};
pub use pieces::{BadPieces, join, pieces};
pub use policy::{Accepted, BadPolicy, Policy, Unaccepted};
pub use proof::{Disproved, consistency, inclusion, verify_consistency, verify_inclusion};
pub use record::{BadRecord, Record};
pub use text::{BadText, decode, text_of};
pub use tile::{BadTile, TILE_HEIGHT, TILE_WIDTH, Tile};
pub use tree::{Nodes, Tree};
pub use witness::{BadSubmission, Submission, Unwitnessed};
