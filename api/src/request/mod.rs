//! What comes in: who asks, which command or question it is, and what it says, checked.

pub mod account;
pub mod attempts;
pub mod bodies;
pub mod client;
pub mod command_request;
pub mod filter;
pub mod form;
pub mod idempotency;
pub mod input;
pub mod json;
pub mod path;
pub mod personal;
pub mod public;
pub mod query;
pub mod shares;
pub mod upload;
pub mod words;
