//! A stand-in for KurrentDB: it speaks the public protocol over real sockets, answers as the real
//! server does, and fails when it is told to.
//!
//! It knows Streams/Append, Streams/Read (streams, `$all`, filters by prefix, subscriptions to `$all`), Gossip/Read and
//! ServerFeatures/GetSupportedMethods. Its log lives in memory.

// A refusal is a `tonic::Status`, however large that is.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::result_large_err)]

mod appending;
mod cluster;
mod faults;
mod filter;
mod grpc;
mod log;
mod messages;
mod node;
mod reading;
mod refusals;
mod sending;
mod service;
mod shared;
mod state;
mod tls;
mod users;
mod wire;

pub use cluster::{Cluster, Server};
pub use faults::{Faults, How, Stored};
pub use log::StoredEvent;
pub use node::Node;
pub use state::{Options, Tally};
pub use tls::Tls;
