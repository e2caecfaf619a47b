//! Serves a router over HTTP/1.1: every listener of ours goes through [`serve`].
//!
//! It takes connections, answers their requests, and lets running requests finish when it is told to stop. It reads on
//! what nobody wants: a connection that is closed on a client that still sends is reset, and the client may never see
//! its answer.
//!
//! Nothing waits without a bound that [`Limits`] names, apart from what the router itself waits for:
//!
//! | who waits | for what | at most |
//! | --- | --- | --- |
//! | a client | to be taken | until one of [`Limits::connections`] ends, or waits for its client |
//! | a connection | for the first byte of its client | [`Limits::head_within`] |
//! | a connection | for its client to begin TLS | the same |
//! | a connection | for the head of its first or next request | [`Limits::head_within`] |
//! | a handler | for a body | [`Limits::body_within`], [`Limits::body_rate`] |
//! | a connection | for its client to read an answer | [`Limits::write_within`] |
//! | a connection | for the rest of a body that the router did not read | [`Limits::drain_within`], [`Limits::drain_bytes`] |
//! | a connection | for what is still sent after a request that was not understood | the same |
//! | [`serve`] | for running requests, once it was told to stop | [`Limits::finish_within`] |
//!
//! A connection that waits for its client is nobody's right: when all places are taken, the host that has most of them
//! gives some up to whoever comes. Clients that a handler vouches for ([`Guest::vouch`]) come last.
//!
//! HTTP/2 is not spoken. Without TLS no browser speaks it and proxies need not; each of its streams would want bounds
//! of its own.

mod connection;
mod drain;
pub mod figures;
mod guests;
mod limits;
mod listener;
mod paced;
mod stream;
mod tls;

pub use guests::{Guest, host};
pub use limits::Limits;
pub use listener::{serve, serve_tls};
pub use tls::{Tls, TlsError};
