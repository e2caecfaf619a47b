//! Bearer tokens 令牌: who an account is, known by a secret that is shown once and stored hashed.
//!
//! They live in the node's file, so that `yuanfa token …` works beside a running service, which sees a new or
//! revoked token at the next request.

mod issuing;
mod managing;
mod prepared;
mod secret;
mod store;
#[cfg(test)]
mod tests;

use domain::{ActorId, PersonId, Role, UnitCode};
use jiff::Timestamp;

pub use issuing::{IssueError, Issuing, Line, NoAccount, Outcome, Register, issue_all};
pub use managing::ManageError;
pub use prepared::Prepared;
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
    /// When it was last given a new secret.
    pub rotated_at: Option<Timestamp>,
    /// Until when the secret before works too.
    pub previous_until: Option<Timestamp>,
    /// Who revoked it over HTTP; none where an operator did on the machine.
    pub revoked_by: Option<ActorId>,
    /// Why it was revoked.
    pub revoked_for: Option<String>,
}

domain::refusals! {
    /// Why a token is not revoked.
    pub enum NotRevoked {
        Unknown {} "account.unknown" absent at "account" =>
            "没有这个账号;账号列表见 GET /api/v1/accounts。",
            "There is no such account; GET /api/v1/accounts lists them.";
        LastOfOffice {} "account.last_of_office" at "account" =>
            "这是县委依法治县办最后一个有效账号,撤销后无人能管理账号;请先在服务器上新建一个(yuanfa token create --role county_office),或在服务器上撤销(yuanfa token revoke)。",
            "This is the last working account of the county office, and nobody could manage accounts after it; make another on the machine first (yuanfa token create --role county_office), or revoke it there (yuanfa token revoke).";
    }
}

domain::refusals! {
    /// Why a token gets no new secret.
    pub enum NotRotated {
        Unknown {} "account.unknown" at "account" =>
            "没有这个账号;账号列表见 yuanfa token list。",
            "There is no such account; yuanfa token list shows them.";
        Revoked {} "account.revoked" at "account" =>
            "该账号的令牌已撤销,不能更换;请新建令牌。",
            "The account's token was revoked and gets no new secret; make a new token.";
        Expired {} "account.expired" at "account" =>
            "该账号的令牌已到期;请同时给出新的到期日(--days 或 --last-day)。",
            "The account's token has expired; give a new end too (--days or --last-day).";
    }
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
