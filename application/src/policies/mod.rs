//! Policies: what the county wants to follow from a fact, as commands (event → command).
//!
//! [`react`] is pure and names the commands; [`Policies`] carries them out in the log's order, with command ids
//! made from the event's, so that doing it again after a crash changes nothing.

mod carry_out;
mod react;
mod runner;
#[cfg(test)]
mod tests;

pub use react::{Reaction, react};
pub use runner::{Health, Policies};
