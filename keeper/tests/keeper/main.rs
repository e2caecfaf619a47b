//! The keeper beside real logs: what it publishes, what it takes up again, what halts it.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

mod bench;
mod halting;
mod keeping;
mod party;
mod repairing;
mod rotating;
mod witness;
mod witnessing;
