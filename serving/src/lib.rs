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
//! | a client | to be taken | until one of [`Limits::connections`] ends |
//! | a connection | for the head of its first or next request | [`Limits::head_within`] |
//! | a connection | for the rest of a body that the router did not read | [`Limits::drain_within`], [`Limits::drain_bytes`] |
//! | a connection | for what is still sent after a request that was not understood | the same |
//! | [`serve`] | for running requests, once it was told to stop | [`Limits::finish_within`] |
//!
//! HTTP/2 is not spoken. Without TLS no browser speaks it and proxies need not; each of its streams would want bounds
//! of its own.

mod connection;
mod drain;
mod limits;
mod listener;

pub use limits::Limits;
pub use listener::serve;
