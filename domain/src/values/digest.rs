use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

use super::BadValue;

/// SHA-256 of sealed bytes: it ties an event to a personal section or to evidence without showing it.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct SealedDigest(pub [u8; 32]);

impl fmt::Display for SealedDigest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const DIGITS: &[u8; 16] = b"0123456789abcdef";
        let mut text = [0; 64];
        for (pair, byte) in text.chunks_exact_mut(2).zip(self.0) {
            pair[0] = DIGITS[usize::from(byte >> 4)];
            pair[1] = DIGITS[usize::from(byte & 15)];
        }
        f.write_str(str::from_utf8(&text).map_err(|_| fmt::Error)?)
    }
}

impl fmt::Debug for SealedDigest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for SealedDigest {
    type Err = BadValue;

    fn from_str(text: &str) -> Result<Self, BadValue> {
        let mut bytes = [0; 32];
        if text.len() != 64 {
            return Err(BadValue::Digest {});
        }
        let half = |digit: u8| char::from(digit).to_digit(16);
        for (byte, pair) in bytes.iter_mut().zip(text.as_bytes().chunks_exact(2)) {
            let both = half(pair[0]).zip(half(pair[1])).map(|(high, low)| high << 4 | low);
            *byte = both.and_then(|both| both.try_into().ok()).ok_or(BadValue::Digest {})?;
        }
        Ok(Self(bytes))
    }
}

impl Serialize for SealedDigest {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for SealedDigest {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        text.parse().map_err(D::Error::custom)
    }
}
