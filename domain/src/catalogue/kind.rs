//! A line of the list, and what is no event of it.

use crate::Category;

/// One line of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EventKind {
    /// Name under which the event is stored.
    pub name: &'static str,
    /// The aggregate whose event it is.
    pub category: Category,
    /// Whether it founds its stream: it comes first there, and only once.
    pub founds: bool,
    /// Schema version.
    pub version: u16,
    /// 含义.
    pub zh: &'static str,
    /// Meaning.
    pub en: &'static str,
}

/// Why stored bytes are no event of this program.
#[derive(Debug, thiserror::Error)]
pub enum DecodeError {
    /// No event has this stored name.
    #[error("unknown kind of event: {0:?}")]
    UnknownKind(String),
    /// The bytes do not have the shape of the kind.
    #[error("event of kind {kind} is malformed")]
    Malformed {
        /// Stored name.
        kind: &'static str,
        /// What the decoder says.
        source: serde_json::Error,
    },
}

impl DecodeError {
    /// No event has this stored name, of which a message holds the beginning.
    pub(super) fn unknown(kind: &str) -> Self {
        Self::UnknownKind(kind.chars().take(100).collect())
    }
}
