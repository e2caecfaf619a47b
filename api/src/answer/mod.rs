//! What goes out: what a command did, rows, problems.

pub mod command;
pub mod listing;
pub mod outcome;
pub mod problem;
pub mod rows;
pub mod tables;
