use jiff::Timestamp;

use super::secret::random_account;
use super::{NewToken, Secret, Token, TokenError};

/// A token with its secret before it is stored: what shows the secret is written first, so that no token stands whose
/// secret nobody has.
pub struct Prepared {
    /// All but the secret.
    pub token: Token,
    /// The secret.
    pub secret: Secret,
}

impl Prepared {
    /// Draws account and secret.
    ///
    /// # Errors
    /// When the system gives no randomness.
    pub fn of(new: NewToken, now: Timestamp) -> Result<Self, TokenError> {
        let NewToken { role, unit, person, label, expires_at } = new;
        let token = Token {
            id: random_account()?,
            role,
            unit,
            person,
            label,
            made_at: now,
            expires_at,
            revoked_at: None,
            rotated_at: None,
            previous_until: None,
            revoked_by: None,
            revoked_for: None,
        };
        Ok(Self { token, secret: Secret::random()? })
    }
}
