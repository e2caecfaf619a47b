//! Codes of secret links 查询码: given to somebody without an account, checked without having been stored.

#[cfg(test)]
mod tests;

use std::fmt;

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use subtle::ConstantTimeEq;
use zeroize::Zeroize;

use crate::sealing::Key;

const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const DIGITS: usize = 26;

/// 130 bits that nobody can guess, written as 26 digits of Crockford's base 32. Wiped from memory when dropped, and
/// printed by [`expose`](Self::expose) only.
pub struct Code([u8; DIGITS]);

impl Code {
    /// HMAC-SHA-256 of purpose and subject; the length keeps the two apart.
    pub(crate) fn of(key: &Key, purpose: &str, subject: &str) -> Self {
        let mut mac = <Hmac<Sha256> as KeyInit>::new_from_slice(&**key)
            .unwrap_or_else(|_| unreachable!("HMAC takes a key of any length"));
        mac.update(&(purpose.len() as u64).to_be_bytes());
        mac.update(purpose.as_bytes());
        mac.update(subject.as_bytes());
        Self::written(&mac.finalize().into_bytes().into())
    }

    /// The code itself, for whoever it is given to.
    #[must_use]
    pub fn expose(&self) -> &str {
        str::from_utf8(&self.0).unwrap_or_default()
    }

    /// Whether this is the code, in whatever case, with or without spaces and hyphens, and with `O` for `0` and `I` or
    /// `L` for `1`. How long it takes says nothing of how much of it was right.
    #[must_use]
    pub fn is(&self, given: &str) -> bool {
        let mut read = [0; DIGITS];
        let mut length = 0_usize;
        for digit in given.bytes().filter(|byte| !matches!(byte, b' ' | b'-')) {
            let Some(slot) = read.get_mut(length) else { return false };
            *slot = match digit.to_ascii_uppercase() {
                b'O' => b'0',
                b'I' | b'L' => b'1',
                other => other,
            };
            length += 1;
        }
        let same = length == DIGITS && bool::from(self.0.ct_eq(&read));
        read.zeroize();
        same
    }

    /// The first 130 bits, five a digit.
    fn written(bytes: &[u8; 32]) -> Self {
        let mut text = [0; DIGITS];
        for (digit, slot) in text.iter_mut().enumerate() {
            let (byte, bit) = (digit * 5 / 8, digit * 5 % 8);
            let pair = u16::from_be_bytes([bytes[byte], bytes[byte + 1]]);
            *slot = ALPHABET[usize::from(pair >> (11 - bit)) & 31];
        }
        Self(text)
    }
}

impl Drop for Code {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Code(…)")
    }
}
