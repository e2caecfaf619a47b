//! 五有: each of the five is there when something shows it.

use std::collections::HashSet;

use super::{Event, Item, ItemEvidenced, ItemLost, Rejection, Station};
use crate::{Evidence, Text};

const MOST_EVIDENCE: usize = 20;

impl Station {
    /// Those of the five that nothing shows to be there.
    #[must_use]
    pub fn missing_items(&self) -> Vec<Item> {
        Item::ALL.iter().copied().filter(|item| !self.items.contains(item)).collect()
    }

    pub(super) fn evidence_item(
        &self,
        item: Item,
        note: Text<200>,
        evidence: Vec<Evidence>,
    ) -> Result<Event, Rejection> {
        self.opened()?;
        if evidence.is_empty() {
            return Err(Rejection::NoEvidence {});
        }
        if evidence.len() > MOST_EVIDENCE {
            return Err(Rejection::TooMuchEvidence { limit: MOST_EVIDENCE });
        }
        let mut seen = HashSet::new();
        if !evidence.iter().all(|piece| seen.insert(piece.digest)) {
            return Err(Rejection::EvidenceTwice {});
        }
        Ok(Event::ItemEvidenced(ItemEvidenced { item, note, evidence }))
    }

    pub(super) fn lose_item(&self, item: Item, reason: Text<200>) -> Result<Event, Rejection> {
        self.opened()?;
        if self.items.contains(&item) {
            Ok(Event::ItemLost(ItemLost { item, reason }))
        } else {
            Err(Rejection::ItemNotThere { item: item.zh() })
        }
    }
}
