//! The ledger 账本: a history that whoever keeps it cannot rewrite unnoticed.
//!
//! Every record is a leaf of one Merkle tree ([RFC 6962]); a [`Checkpoint`] states the tree's size and root and is signed;
//! a [`Bundle`] shows one record to be in the tree of a checkpoint, without a connection and without trusting anybody but
//! the keys of a [`Policy`]. The formats are those of [C2SP], so that tools of others read them: signed-note,
//! tlog-checkpoint, tlog-tiles, tlog-cosignature, tlog-witness, tlog-proof, tlog-policy.
//!
//! Pure: no IO, no clock, no randomness. Whoever calls reads files, asks for the time and makes seeds.
//!
//! Read in this order: [`Record`] → [`Hash`] → [`Tree`] → [`inclusion`], [`consistency`] → [`Note`] → [`Checkpoint`] →
//! [`Policy`] → [`Bundle`], [`Submission`].
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
pub use tile::{BadTile, TILE_HEIGHT, TILE_WIDTH, Tile};
pub use tree::{Nodes, Tree};
pub use witness::{BadSubmission, Submission, Unwitnessed};
