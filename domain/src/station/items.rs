//! 五有: each of the five is there when something shows it.

use super::{Event, Item, ItemEvidenced, ItemLost, Rejection, Station};
use crate::{Evidence, Text};

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
        Evidence::check(&evidence)?;
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
