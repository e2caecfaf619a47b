//! By which key a checkpoint must have been signed, as the log itself says.

use domain::ledger_key::{Event as KeyEvent, LedgerKeys, ledger_of};
use domain::{Aggregate as _, Event};
use event_store::Recorded;
use ledger::{Note, VerifyingKey};

use super::super::finding::Finding;

/// Every change of a key that the log tells of.
#[derive(Default)]
pub struct Keys(Vec<Change>);

struct Change {
    ledger: String,
    /// Events before it.
    at: u64,
    position: u64,
    old: Option<VerifyingKey>,
    new: VerifyingKey,
}

impl Keys {
    /// Takes in an event that has so many before it. What does not decode is found elsewhere.
    pub fn see(&mut self, event: &Recorded, at: u64) -> Option<Finding> {
        if event.stream.category() != LedgerKeys::CATEGORY {
            return None;
        }
        let Ok(Event::LedgerKey(KeyEvent::Rotated(rotated))) =
            Event::decode(&event.kind, &event.data)
        else {
            return None;
        };
        let old = rotated.old.as_ref().map(|old| old.as_str().parse()).transpose();
        let (Ok(old), Ok(new)) = (old, rotated.new.as_str().parse()) else {
            return Some(
                Finding::new(
                    "ledger.no_key",
                    "更换的账本密钥不成格式,无从核对签名。",
                    "What signs the ledger from here on is no key: nothing can be checked with it.",
                )
                .at(event),
            );
        };
        let ledger = ledger_of(&rotated.new).to_owned();
        self.0.push(Change { ledger, at, position: event.position.0, old, new });
        None
    }

    /// Whether somebody else than the key in force has signed a checkpoint of that ledger over so many events.
    pub fn check(&self, name: &str, note: &Note, ledger: &str, size: u64) -> Option<Finding> {
        let of_it = || self.0.iter().filter(|change| change.ledger == ledger);
        let last = of_it().take_while(|change| change.at < size).last();
        let (key, change) = match last {
            Some(last) => (Some(&last.new), last),
            None => of_it().next().map(|first| (first.old.as_ref(), first))?,
        };
        let key = key.filter(|key| note.signed_by(key).is_err())?;
        let position = change.position;
        Some(Finding::new(
            "ledger.key",
            format!(
                "{name}签署了{size}件事件,却没有当时现用密钥{key}的签名(见位置{position}的换钥事件)。"
            ),
            format!(
                "{name} was signed over {size} events, but not by the key in force there, {key} (see the change of key at position {position})."
            ),
        ))
    }

    /// Notices about changes of keys, for whoever trusts an older key.
    pub fn news(&self) -> impl Iterator<Item = Finding> {
        self.0.iter().map(|Change { position, new, .. }| {
            Finding::new(
                "ledger.key_rotated",
                format!("自此账本由密钥{new}签署;信任策略须有一行:log {new}。"),
                format!("From here on the ledger is signed with {new}; a policy needs the line: log {new}"),
            )
            .position(*position)
        })
    }
}
