//! 账本密钥: which key signs the checkpoints of the log's ledger, and since when.
//!
//! The first key of a ledger is not in the log. Each change names the key that goes and the one that comes, both as
//! policies list them, so that whoever replays the log knows which key must have signed what.

mod events;
#[cfg(test)]
mod tests;

pub use events::{Event, Key, Rotated, ledger_of};

use std::collections::BTreeMap;

use crate::{Aggregate, Given, Text};

/// The keys of all ledgers that were ever kept of the log.
#[derive(Debug, Clone, Default)]
pub struct LedgerKeys {
    /// By ledger; the last of each is in force.
    known: BTreeMap<String, Vec<Key>>,
}

/// What may be asked of the keys.
#[derive(Debug, Clone)]
pub enum Command {
    /// 更换账本密钥.
    Rotate {
        /// The key that signed until now; none where it is lost.
        old: Option<Key>,
        /// The key that signs from now on.
        new: Key,
        /// Why.
        reason: Text<200>,
    },
}

refusals! {
    /// Why a key is not changed.
    pub enum Rejection {
        OtherLedger { ledger: String } "ledger_key.other_ledger" at "new" =>
            "新密钥须与旧密钥同名:{ledger}。",
            "The new key bears the ledger's name as the old one does: {ledger}.";
        NotInForce { key: Key } "ledger_key.not_in_force" at "old" =>
            "该账本现用的密钥是{key};请放回这一把,遗失的请注明遗失。",
            "The ledger's key in force is {key}: put that one back, or say that it is lost.";
        UsedBefore {} "ledger_key.used_before" at "new" =>
            "该密钥以前用过,不得再用;请另造一把。",
            "That key was in use before and does not come back; make another one.";
    }
}

impl LedgerKeys {
    /// The key that signs a ledger, where it was ever changed.
    #[must_use]
    pub fn in_force(&self, ledger: &str) -> Option<&Key> {
        self.known.get(ledger)?.last()
    }

    /// The key in force of every ledger whose key was ever changed.
    pub fn all_in_force(&self) -> impl Iterator<Item = &Key> {
        self.known.values().filter_map(|keys| keys.last())
    }

    fn rotate(
        &self,
        old: Option<Key>,
        new: Key,
        reason: Text<200>,
    ) -> Result<Vec<Event>, Rejection> {
        let ledger = ledger_of(&new);
        let in_force = self.in_force(ledger);
        if in_force == Some(&new) {
            return Ok(vec![]);
        }
        if let Some(old) = old.as_ref().filter(|old| ledger_of(old) != ledger) {
            return Err(Rejection::OtherLedger { ledger: ledger_of(old).to_owned() });
        }
        if let (Some(old), Some(key)) = (&old, in_force)
            && old != key
        {
            return Err(Rejection::NotInForce { key: key.clone() });
        }
        let mut known = self.known.get(ledger).into_iter().flatten().chain(&old);
        if known.any(|key| *key == new) {
            return Err(Rejection::UsedBefore {});
        }
        Ok(vec![Event::Rotated(Rotated { old, new, reason })])
    }
}

impl Aggregate for LedgerKeys {
    const CATEGORY: &'static str = "ledger_key";
    type Command = Command;
    type Event = Event;
    type Rejection = Rejection;

    fn decide(&self, command: Command, _: &Given<'_>) -> Result<Vec<Event>, Rejection> {
        let Command::Rotate { old, new, reason } = command;
        self.rotate(old, new, reason)
    }

    fn evolve(&mut self, event: &Event) {
        let Event::Rotated(Rotated { old, new, .. }) = event;
        let keys = self.known.entry(ledger_of(new).to_owned()).or_default();
        for key in old.iter().chain([new]) {
            if keys.last() != Some(key) {
                keys.push(key.clone());
            }
        }
    }
}
