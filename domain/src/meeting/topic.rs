//! A topic of the agenda as its history tells it.

use std::collections::{BTreeMap, BTreeSet};

use super::{Ballots, Choice, CountingList, Outcome, Share};
use crate::{PersonId, Text};

#[derive(Debug, Clone, Default)]
pub(super) struct Topic {
    /// What each adviser said last.
    pub opinions: BTreeMap<PersonId, bool>,
    /// Who voted, and how; in a secret vote only who.
    pub votes: BTreeMap<PersonId, Option<Choice>>,
    /// Those present when votes were taken down.
    pub there: BTreeSet<PersonId>,
    /// 计票表 of each building.
    pub lists: BTreeMap<Text<40>, Ballots>,
    pub outcome: Option<Outcome>,
    /// Whether it was ever decided by vote.
    pub counted: bool,
}

impl Topic {
    /// Whether nobody has voted.
    pub fn is_silent(&self) -> bool {
        self.votes.is_empty() && self.lists.is_empty()
    }

    /// Takes lists in; one without votes takes that of its building away.
    pub fn take(&mut self, lists: &[CountingList]) {
        for CountingList { building, count } in lists {
            if count.is_empty() {
                self.lists.remove(building);
            } else {
                self.lists.insert(building.clone(), *count);
            }
        }
    }

    /// What the lists of all buildings come to.
    pub fn listed(&self) -> Ballots {
        self.lists.values().fold(Ballots::default(), |sum, list| sum.and(*list))
    }
}

impl Ballots {
    /// 参与表决: all of them, also who abstained.
    #[must_use]
    pub fn cast(self) -> Share {
        self.agree.and(self.against).and(self.abstain)
    }

    /// Whether there is no vote: as a list, it takes an earlier one away.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.cast() == Share::default()
    }

    /// Both together.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self {
            agree: self.agree.and(other.agree),
            against: self.against.and(other.against),
            abstain: self.abstain.and(other.abstain),
        }
    }
}

impl Share {
    /// Both together.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        let heads = self.heads.saturating_add(other.heads);
        Self { heads, area: self.area.saturating_add(other.area) }
    }
}
