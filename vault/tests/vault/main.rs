//! What the vault promises, seen from outside: through its API and in the bytes of its files.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod backup;
mod enrol;
mod erase;
mod fixture;
mod keys;
mod lists;
mod lookups;
mod occasions;
mod reads;
mod replace;
mod residue;
mod sections;
mod stated;
