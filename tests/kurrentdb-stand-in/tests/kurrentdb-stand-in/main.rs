//! The stand-in for KurrentDB, met by the official client, and the log's adapter, met by the stand-in.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::wildcard_enum_match_arm)]

mod client;
mod contract;
