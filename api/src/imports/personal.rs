use std::fmt;

use zeroize::Zeroizing;

/// A personal value on its way to the vault: never shown, and wiped from memory when dropped.
#[derive(Clone, PartialEq, Eq)]
pub struct Personal(Zeroizing<String>);

impl Personal {
    pub(super) fn new(text: &str) -> Self {
        Self(Zeroizing::new(text.to_owned()))
    }

    /// The value itself, for the vault and nothing else.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Personal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Personal(***)")
    }
}
