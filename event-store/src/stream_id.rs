//! The name of a stream.

#[cfg(test)]
mod tests;

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use serde::{Serialize, Serializer};

/// The longest name of a stream, in characters.
const MAX_CHARS: usize = 200;

/// The name of a stream: 1 to 200 of `[A-Za-z0-9._-]`, the first a letter or a digit.
///
/// Upper and lower case are different names. Cloning is cheap: the text is shared.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct StreamId(Arc<str>);

/// Why a text is no name of a stream. Does not repeat the text: it may be hostile or personal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadStreamId {
    /// Nothing at all.
    #[error("a stream name needs at least one character")]
    Empty,
    /// More than 200 characters.
    #[error("a stream name has at most {MAX_CHARS} characters, this one has {got}")]
    TooLong {
        /// How many it has.
        got: usize,
    },
    /// A character that is not allowed at this place.
    #[error(
        "character {at} of a stream name is not allowed: use A-Z a-z 0-9 . _ - and start with a letter or digit"
    )]
    Character {
        /// The character's place, counted from 1.
        at: usize,
    },
}

impl StreamId {
    /// Checks a name.
    ///
    /// # Errors
    /// [`BadStreamId`] says which rule the text breaks.
    pub fn new(name: &str) -> Result<Self, BadStreamId> {
        if name.is_empty() {
            return Err(BadStreamId::Empty);
        }
        let got = name.chars().count();
        if got > MAX_CHARS {
            return Err(BadStreamId::TooLong { got });
        }
        match name.chars().enumerate().find(|&(at, c)| !allowed(at, c)) {
            Some((at, _)) => Err(BadStreamId::Character { at: at + 1 }),
            None => Ok(Self(name.into())),
        }
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The part before the first `-`, or the whole name: `volunteer` of `volunteer-7f3a`.
    #[must_use]
    pub fn category(&self) -> &str {
        self.0.split_once('-').map_or(&*self.0, |(head, _)| head)
    }
}

fn allowed(at: usize, c: char) -> bool {
    c.is_ascii_alphanumeric() || (at > 0 && matches!(c, '.' | '_' | '-'))
}

impl FromStr for StreamId {
    type Err = BadStreamId;
    fn from_str(name: &str) -> Result<Self, BadStreamId> {
        Self::new(name)
    }
}

impl Serialize for StreamId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl fmt::Display for StreamId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for StreamId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "StreamId({})", self.0)
    }
}
