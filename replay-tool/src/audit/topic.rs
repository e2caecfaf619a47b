//! A topic of a meeting: what was said and voted about it.

use std::collections::{BTreeMap, BTreeSet};

use domain::PersonId;
use domain::meeting::Share;

use super::finding::Finding;

/// What happened to a topic.
#[derive(Default)]
pub struct Topic {
    /// Who voted.
    pub voters: BTreeSet<PersonId>,
    /// Heads and area that agreed.
    pub agree: Share,
    /// Heads and area that voted in whatever way.
    pub voted: Share,
    /// Whether each legal adviser's last opinion calls it lawful.
    pub opinions: BTreeMap<PersonId, bool>,
    /// What the rules forbid about opinions and votes.
    pub findings: Vec<Finding>,
    /// Whether its votes were counted anew.
    pub counted: bool,
}
