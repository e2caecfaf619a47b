//! Policies: what the county wants to follow from a fact, as commands (event → command).
//!
//! [`policy`] is pure and names the commands; [`Policies`] carries them out in the log's order, with command ids
//! made from the event's, so that doing it again after a crash changes nothing.

mod dispatch;
mod policy;
mod runner;

pub use policy::{Reaction, policy};
pub use runner::{Health, Policies};
