//! A claim of completion, and what the supervision group said of it.

use domain::{Actor, PersonId};
use jiff::Timestamp;
use jiff::civil::Date;

use super::finding::Finding;
use super::known::Hand;

/// A claim of completion.
pub struct Claim {
    /// Whose account claimed.
    pub by: Actor,
    /// When.
    pub at: Timestamp,
}

/// What the supervision group said of a claim.
pub struct Verdict {
    /// The event.
    pub event: String,
    /// The day.
    pub on: Date,
    /// When.
    pub at: Timestamp,
    /// Who of the supervision group.
    pub verifier: PersonId,
    /// By which account.
    pub by: Hand,
    /// Whether it was found to be done.
    pub done: bool,
    /// By which account completion had been claimed, and when.
    pub claim: Option<(Hand, Timestamp)>,
    /// Whoever was to execute it until then.
    pub executors: Vec<PersonId>,
    /// What the rules say about who judged.
    pub findings: Vec<Finding>,
}
