use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

use super::BadValue;

const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// 志愿者编号: the pseudonym of a person, 60 random bits made by the vault.
///
/// Written as `V` and 12 characters of Crockford's base 32. It says nothing of the person, so it
/// may stand in the log for ever; who it is, only the vault knows.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PersonId(u64);

impl PersonId {
    /// The pseudonym with these lowest 60 bits.
    #[must_use]
    pub fn from_bits(bits: u64) -> Self {
        Self(bits & ((1 << 60) - 1))
    }

    /// Its 60 bits.
    #[must_use]
    pub fn bits(self) -> u64 {
        self.0
    }

    fn text(self) -> [u8; 13] {
        let mut text = [b'V'; 13];
        for (i, slot) in text.iter_mut().skip(1).enumerate() {
            *slot = ALPHABET[(self.0 >> (55 - 5 * i)) as usize & 31];
        }
        text
    }
}

impl fmt::Display for PersonId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(str::from_utf8(&self.text()).unwrap_or_default())
    }
}

impl fmt::Debug for PersonId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for PersonId {
    type Err = BadValue;

    fn from_str(text: &str) -> Result<Self, BadValue> {
        let digits = text.strip_prefix('V').filter(|d| d.len() == 12);
        let digits = digits.ok_or(BadValue::Person {})?;
        digits
            .bytes()
            .try_fold(0, |bits, byte| {
                let digit = ALPHABET.iter().position(|&a| a == byte);
                digit.map(|d| bits << 5 | d as u64).ok_or(BadValue::Person {})
            })
            .map(Self)
    }
}

impl Serialize for PersonId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for PersonId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        text.parse().map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_it_writes() {
        for bits in [0, 1, 31, 32, 0x0ABC_DEF0_1234_5678, (1 << 60) - 1] {
            let person = PersonId::from_bits(bits);
            assert_eq!(person.to_string().parse(), Ok(person));
            assert_eq!(person.to_string().len(), 13);
        }
    }

    #[test]
    fn refuses_anything_else() {
        for text in [
            "",
            "V",
            "V00000000000",
            "V0000000000000",
            "W000000000000",
            "V00000000000I",
            "v000000000000",
        ] {
            assert_eq!(text.parse::<PersonId>(), Err(BadValue::Person {}), "{text}");
        }
    }
}
