use serde::{Deserialize, Serialize};

use crate::Text;

/// What happens to the keys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// 更换账本密钥.
    Rotated(Rotated),
}

/// Another key signs the ledger from here on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rotated {
    /// The key that signed until here, and signs the handover once more; none where it was lost.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub old: Option<Key>,
    /// The key that signs from here on.
    pub new: Key,
    /// Why.
    pub reason: Text<200>,
}

/// A public key as policies list it: `name+id+base64`. The name is that of the ledger.
pub type Key = Text<200>;

/// The ledger that a key is of.
#[must_use]
pub fn ledger_of(key: &Key) -> &str {
    key.as_str().split('+').next().unwrap_or_default()
}
