//! The random name under which the log knows a person.

#[cfg(test)]
mod tests;

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const DIGITS: usize = 12;
const BITS: u32 = 60;

/// 60 random bits that stand for one person in the log and say nothing about them.
///
/// Written as `V` and 12 digits of Crockford's base 32 in upper case (no I, L, O, U): `V0123456789AB`. There is
/// exactly one spelling, so text comparison is identity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct PersonId(u64);

/// The text or number is not a person id; what was given is not repeated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a person id: V and 12 of 0-9 A-Z without I L O U are expected")]
pub struct NotAPersonId;

impl PersonId {
    /// A fresh id from the system's random source.
    ///
    /// # Errors
    /// When the system has no randomness to give.
    pub fn random() -> Result<Self, getrandom::Error> {
        Ok(Self(getrandom::u64()? >> (u64::BITS - BITS)))
    }

    /// The id as a number below 2^60, for compact storage.
    #[must_use]
    pub const fn as_u64(self) -> u64 {
        self.0
    }

    /// As SQLite keeps it; 60 bits always fit.
    pub(crate) const fn to_sql(self) -> i64 {
        self.0.cast_signed()
    }
}

impl TryFrom<u64> for PersonId {
    type Error = NotAPersonId;

    fn try_from(number: u64) -> Result<Self, NotAPersonId> {
        if number >> BITS == 0 { Ok(Self(number)) } else { Err(NotAPersonId) }
    }
}

impl fmt::Display for PersonId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("V")?;
        for digit in (0..DIGITS).rev() {
            let value = (self.0 >> (5 * digit)) & 31;
            write!(f, "{}", char::from(ALPHABET[value as usize]))?;
        }
        Ok(())
    }
}

impl FromStr for PersonId {
    type Err = NotAPersonId;

    fn from_str(text: &str) -> Result<Self, NotAPersonId> {
        let digits = text.strip_prefix('V').ok_or(NotAPersonId)?;
        if digits.len() != DIGITS {
            return Err(NotAPersonId);
        }
        let mut number = 0;
        for byte in digits.bytes() {
            let value = ALPHABET.iter().position(|&digit| digit == byte);
            number = number << 5 | value.ok_or(NotAPersonId)? as u64;
        }
        Ok(Self(number))
    }
}

impl From<PersonId> for String {
    fn from(person: PersonId) -> Self {
        person.to_string()
    }
}

impl TryFrom<String> for PersonId {
    type Error = NotAPersonId;

    fn try_from(text: String) -> Result<Self, NotAPersonId> {
        text.parse()
    }
}
