//! Keeps the ledger 账本 of a running log, beside it and never in its way.
//!
//! A [`Keeper`] follows `read_all` of any engine on a thread of its own. Every event becomes a leaf; the hashes of whole
//! subtrees are appended to files, and about once a second a checkpoint is signed. The order is always: event durable →
//! hashes durable → root derived anew from what the files hold at the right edge → signed → published. Commands never
//! wait for it.
//!
//! With a policy, what was signed is published only once its witnesses have cosigned it; until then the checkpoint before
//! it stays. They are asked on another thread. [`witness`] is the other side: whoever cosigns.
//!
//! It stops for good, and signs nothing until an operator acts, when a disk fails, when the files (all of them are read
//! at the start) do not give the root that was signed, or when the log does not hold the last event that was: see
//! [`Halt`], and [`repair`] for what is safe to do then. Whether every event is still as it was signed is for whoever audits the log.
//!
//! Its folder holds `key`, `published.json` (the latest checkpoint that was signed and the last event it covers),
//! `cosigned` (the latest that met the policy), `level-0` to `level-7` (hashes side by side, 32 bytes each) and, when it
//! has stopped for good, `halted` with the reason. `key.next` is a key that will sign some day, `handover-…` the
//! checkpoint over so many events that an old key and its successor have both signed: see [`Rotation`].

mod cosign;
mod fetch;
mod files;
mod follow;
mod halt;
mod keeper;
mod key;
mod mirror;
mod published;
mod reader;
mod repair;
mod rotate;
mod shared;
mod tiles;
pub mod witness;

pub use crate::cosign::{PolicyError, Trouble, WitnessState, Witnesses};
pub use crate::follow::{leaf, record};
pub use crate::halt::Halt;
pub use crate::keeper::{Keeper, OpenError, Options};
pub use crate::key::KeyError;
pub use crate::mirror::{Alarm, Mirror, MirrorError, Observation};
pub use crate::published::Published;
pub use crate::reader::{Reader, copy, cosigned_in, halted_in, published_in, signed_in};
pub use crate::repair::{RepairError, Repaired, repair};
pub use crate::rotate::{RotateError, Rotation, handovers_in};
pub use crate::shared::Health;
