use std::fmt;

use serde::{Deserialize, Serialize};

use super::BadValue;
use super::writing::Writing;
use crate::privacy;

/// Free text of at most `MAX` characters that may stand in the log: not blank, nothing invisible,
/// and nothing that reaches a person (个人信息保护法 §6).
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Text<const MAX: usize>(Box<str>);

impl<const MAX: usize> Text<MAX> {
    /// Checks a text from outside, in the one form of [`Writing::Prose`].
    ///
    /// # Errors
    /// When it is blank, longer than `MAX` characters, or holds control characters or personal data.
    pub fn new(text: &str) -> Result<Self, BadValue> {
        let text = Writing::Prose.normalise(text).map_err(BadValue::unwritable)?;
        let length = text.chars().count();
        if length == 0 {
            return Err(BadValue::Blank {});
        }
        if length > MAX {
            return Err(BadValue::TooLong { limit: MAX, got: length });
        }
        match privacy::first_personal(&text) {
            Some((kind, stretch)) => Err(BadValue::personal(kind, stretch)),
            None => Ok(Self(text.into())),
        }
    }

    /// The text itself.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl<const MAX: usize> fmt::Display for Text<MAX> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<const MAX: usize> std::str::FromStr for Text<MAX> {
    type Err = BadValue;
    fn from_str(text: &str) -> Result<Self, BadValue> {
        Self::new(text)
    }
}

#[cfg(test)]
mod tests;
