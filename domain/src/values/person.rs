use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

use super::BadValue;
use super::writing::Writing;

const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

fn written(letter: u8, bits: u64) -> [u8; 13] {
    let mut text = [letter; 13];
    for (i, slot) in text.iter_mut().skip(1).enumerate() {
        *slot = ALPHABET[(bits >> (55 - 5 * i)) as usize & 31];
    }
    text
}

fn parsed(letter: char, text: &str) -> Option<u64> {
    let digits = text.strip_prefix(letter).filter(|digits| digits.len() == 12)?;
    digits.bytes().try_fold(0, |bits, byte| {
        let digit = ALPHABET.iter().position(|&letter| letter == byte)?;
        Some(bits << 5 | digit as u64)
    })
}

/// A number as people copy it and read it out: in any width and case, with O for 0 and I or L for 1 (Crockford).
fn as_told(text: &str) -> String {
    let written = Writing::Code.normalise(text).unwrap_or_default();
    let plain = written.chars().map(|c| c.to_ascii_uppercase());
    let digit = |c| match c {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    };
    plain.map(digit).filter(|c| *c != '-').collect()
}

/// 60 bits written as a letter and 12 characters of Crockford's base 32.
macro_rules! number {
    ($(#[$meta:meta])* $name:ident, $letter:literal, $bad:ident) => {
        $(#[$meta])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(u64);

        impl $name {
            /// The number with these lowest 60 bits.
            #[must_use]
            pub fn from_bits(bits: u64) -> Self {
                Self(bits & ((1 << 60) - 1))
            }

            /// Its 60 bits.
            #[must_use]
            pub fn bits(self) -> u64 {
                self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(str::from_utf8(&written($letter, self.0)).unwrap_or_default())
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, f)
            }
        }

        impl FromStr for $name {
            type Err = BadValue;
            fn from_str(text: &str) -> Result<Self, BadValue> {
                let read = parsed($letter as char, text);
                read.or_else(|| parsed($letter as char, &as_told(text))).map(Self).ok_or(BadValue::$bad {})
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
                text.parse().map_err(D::Error::custom)
            }
        }
    };
}

number! {
    /// 志愿者编号: the pseudonym of a person, 60 random bits made by the vault, written `V…`.
    ///
    /// It says nothing of the person, so it may stand in the log for ever; who it is, only the vault
    /// knows. Members of groups, askers and objectors have one too.
    PersonId, b'V', Person
}
number! {
    /// 议题编号: the case number that is given to whoever raised an issue, written `Y…`.
    IssueId, b'Y', IssueId
}

#[cfg(test)]
mod tests;
