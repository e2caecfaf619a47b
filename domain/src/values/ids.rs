use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{BadValue, PersonId};
use crate::privacy;

fn is_code(text: &str, longest: usize, also: &str) -> bool {
    !text.is_empty()
        && text.len() <= longest
        && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || also.contains(c))
}

/// A code that stands in stream names, so its alphabet is narrow.
macro_rules! code {
    ($(#[$meta:meta])* $name:ident, $longest:literal, $also:literal, $fits:expr) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Box<str>);

        impl $name {
            /// Checks a code from outside.
            ///
            /// # Errors
            /// When it is empty, too long or holds another character.
            pub fn new(text: &str) -> Result<Self, BadValue> {
                let text = text.trim();
                if is_code(text, $longest, $also) && $fits(text) {
                    Ok(Self(text.into()))
                } else {
                    Err(BadValue::$name {})
                }
            }

            /// The code as text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl FromStr for $name {
            type Err = BadValue;
            fn from_str(text: &str) -> Result<Self, BadValue> {
                Self::new(text)
            }
        }
    };
}

code! {
    /// 单位代码: division code or the county's own code of a unit, 1–32 of `[0-9A-Za-z-]`.
    ///
    /// What looks like an identity or telephone number is refused: somebody mistook the column, and
    /// refusals and streams name the code.
    UnitCode, 32, "", |text| privacy::personal_in(text).is_none()
}
code! {
    /// 账号: an account of the service, a policy (`policy:…`) or the scheduler. Never a name.
    ActorId, 64, ".:", |_| true
}
code! {
    /// 公示编号: names a notice's stream, 1–64 of `[0-9A-Za-z-]`.
    NoticeId, 64, "", |_| true
}

impl NoticeId {
    /// The notice of a volunteer's star proposal: one proposal, one notice.
    #[must_use]
    pub fn star(volunteer: PersonId, proposal: u32) -> Self {
        Self(format!("star-{volunteer}-{proposal}").into())
    }
}

/// 活动编号.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ActivityId(pub Uuid);

impl fmt::Display for ActivityId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for ActivityId {
    type Err = BadValue;
    fn from_str(text: &str) -> Result<Self, BadValue> {
        Uuid::parse_str(text).map(Self).map_err(|_| BadValue::ActivityId {})
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_unit_code_is_no_personal_number() {
        for code in ["330225", "330225001", "330225001001", "330225-D01"] {
            assert!(UnitCode::new(code).is_ok(), "{code}");
        }
        for number in ["13800138000", "999999198001010018", "a b", ""] {
            assert_eq!(UnitCode::new(number), Err(BadValue::UnitCode {}), "{number}");
        }
    }
}
