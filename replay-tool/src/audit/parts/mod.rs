//! The parts of an audit beside decisions, each with folds and rules of its own.

pub mod access;
pub mod hours;
pub mod points;
pub mod squads;
pub mod supervision;
pub mod surveys;
