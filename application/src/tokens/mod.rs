//! Bearer tokens 令牌: who an account is, known by a secret that is shown once and stored hashed.
//!
//! They live in the node's file, so that `yuanfa token …` works beside a running service, which sees a new or
//! revoked token at the next request.

mod secret;
mod store;
#[cfg(test)]
mod tests;

use domain::{ActorId, PersonId, Role, UnitCode};
use jiff::Timestamp;

pub use secret::Secret;
pub use store::Tokens;

/// A token to make.
#[derive(Debug, Clone)]
pub struct NewToken {
    /// What the account may do.
    pub role: Role,
    /// The unit whose subtree it may act on; none: the whole county.
    pub unit: Option<UnitCode>,
    /// The person behind it.
    pub person: Option<PersonId>,
    /// What it is for, in the operator's words; not a person's name.
    pub label: Option<String>,
    /// When it stops working; none: when it is revoked.
    pub expires_at: Option<Timestamp>,
}

/// A token as it is stored: everything but the secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// The account, `A-` and 16 characters.
    pub id: ActorId,
    /// What the account may do.
    pub role: Role,
    /// The unit whose subtree it may act on.
    pub unit: Option<UnitCode>,
    /// The person behind it.
    pub person: Option<PersonId>,
    /// What it is for.
    pub label: Option<String>,
    /// When it was made.
    pub made_at: Timestamp,
    /// When it stops working.
    pub expires_at: Option<Timestamp>,
    /// When it was revoked.
    pub revoked_at: Option<Timestamp>,
}

impl Token {
    /// Whether it works at a moment.
    #[must_use]
    pub fn works_at(&self, now: Timestamp) -> bool {
        self.revoked_at.is_none() && self.expires_at.is_none_or(|end| now < end)
    }

    /// The account as rules know it.
    #[must_use]
    pub fn actor(&self) -> domain::Actor {
        domain::Actor {
            id: self.id.clone(),
            role: self.role,
            unit: self.unit.clone(),
            person: self.person,
        }
    }
}

/// Why tokens cannot be made or looked up.
#[derive(Debug, thiserror::Error)]
pub enum TokenError {
    /// The node's file.
    #[error("the file of tokens cannot be used")]
    File(#[from] rusqlite::Error),
    /// A stored row is none of ours.
    #[error("a stored token is damaged: {0}")]
    Damaged(&'static str),
    /// The system gave no randomness.
    #[error("the system gave no randomness")]
    Random(#[from] getrandom::Error),
}
