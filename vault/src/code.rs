//! Codes of secret links 查询码: given to somebody without an account, checked without having been stored.

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

#[cfg(test)]
mod tests {
    use super::*;

    fn code(purpose: &str, subject: &str) -> Code {
        Code::of(&Key::new([7; 32]), purpose, subject)
    }

    #[test]
    fn five_bits_a_digit_from_the_first_on() {
        let mut bytes = [0; 32];
        bytes[0] = 0b0000_1000;
        bytes[1] = 0b1000_0110;
        bytes[15] = 0b0000_0001;
        bytes[16] = 0b1100_0000;
        assert_eq!(Code::written(&bytes).expose(), "12300000000000000000000007");
        assert_eq!(Code::written(&[0xFF; 32]).expose(), "Z".repeat(26));
    }

    #[test]
    fn differs_by_purpose_by_subject_and_by_where_the_one_ends() {
        let one = code("follow-up", "Y1");
        for other in [code("ballot", "Y1"), code("follow-up", "Y2"), code("follow-u", "pY1")] {
            assert!(!one.is(other.expose()));
        }
        assert!(one.is(code("follow-up", "Y1").expose()));
    }

    #[test]
    fn is_read_as_people_write_it() {
        let code = Code(*b"0123456789ABCDEFGHJKMNPQRS");
        for given in [
            "0123456789ABCDEFGHJKMNPQRS",
            "o123456789abcdefghjkmnpqrs",
            "OI23-4567-89AB-CDEF-GHJK-MNPQRS",
            " 0l234 56789 ABCDE FGHJK MNPQRS ",
        ] {
            assert!(code.is(given), "{given}");
        }
        for given in [
            "",
            "0123456789ABCDEFGHJKMNPQR",
            "0123456789ABCDEFGHJKMNPQRST",
            "0123456789ABCDEFGHJKMNPQRT",
        ] {
            assert!(!code.is(given), "{given}");
        }
        assert_eq!(format!("{code:?}"), "Code(…)");
    }
}
