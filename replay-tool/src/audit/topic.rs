//! A topic of a meeting: what was said and voted about it.

use std::collections::{BTreeMap, BTreeSet};

use domain::meeting::{Ballots, Choice, Outcome, Required, Share, TopicDecided};
use domain::{PersonId, Text};

use super::finding::Finding;

/// What happened to a topic.
#[derive(Default)]
pub struct Topic {
    /// What comes before the vote, by the rulebook under which the meeting was called, or by its call where that asks for more.
    pub required: Option<Required>,
    /// Who voted by name or put a ballot into the box.
    pub voters: BTreeSet<PersonId>,
    /// Who voted for it by name.
    pub in_favour: BTreeSet<PersonId>,
    /// Who was there when votes were taken down.
    pub there: BTreeSet<PersonId>,
    /// Heads and area of those voters.
    named: Share,
    /// Heads and area that agreed, as far as it is known of each.
    agreed: Share,
    /// What a secret count said that agrees, with the lists.
    pub stated: Option<Share>,
    /// Votes by building.
    pub lists: BTreeMap<Text<40>, Ballots>,
    /// Whether each legal adviser's last opinion calls it lawful.
    pub opinions: BTreeMap<PersonId, bool>,
    /// What the rules forbid about opinions and votes.
    pub findings: Vec<Finding>,
    /// What they forbid about its count; void once that is opened again.
    pub about_count: Vec<Finding>,
    /// How it was counted last, in this count or one that was opened again.
    pub last_count: Option<TopicDecided>,
    /// What a count says that was opened again and came out otherwise.
    pub recounts: Vec<Finding>,
    /// Whether its votes were counted anew.
    pub counted: bool,
}

impl Topic {
    /// Takes a vote in.
    pub fn vote(&mut self, area: u64, choice: Option<Choice>) {
        let one = Share { heads: 1, area };
        self.named = self.named.and(one);
        if choice == Some(Choice::Agree) {
            self.agreed = self.agreed.and(one);
        }
    }

    /// The votes by building together.
    pub fn listed(&self) -> Ballots {
        self.lists.values().fold(Ballots::default(), |sum, list| sum.and(*list))
    }

    /// Whether its box stays closed: it is put off, and was never counted.
    pub fn is_closed(&self, decided: &TopicDecided) -> bool {
        decided.outcome == Outcome::Deferred && self.last_count.is_none()
    }

    /// Heads and area that agreed.
    pub fn agree(&self) -> Share {
        self.stated.unwrap_or_else(|| self.agreed.and(self.listed().agree))
    }

    /// Heads and area that voted in whatever way.
    pub fn voted(&self) -> Share {
        self.named.and(self.listed().cast())
    }
}
