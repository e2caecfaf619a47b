use std::convert::Infallible;
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use uuid::Uuid;

use super::writing::Writing;
use super::{BadValue, PersonId};
use crate::privacy;

fn is_code(text: &str, longest: usize, also: &str) -> bool {
    text.chars().any(|c| c.is_ascii_alphanumeric())
        && text.len() <= longest
        && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || also.contains(c))
        && privacy::personal_in_code(text).is_none()
}

/// A code that stands in stream names, so its alphabet is narrow.
///
/// What looks like an identity, telephone or card number is refused: somebody mistook the column, and refusals, addresses
/// and streams name the code.
macro_rules! code {
    ($(#[$meta:meta])* $name:ident, $longest:literal, $also:literal) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Arc<str>);

        impl $name {
            /// Checks a code from outside, in the one form of [`Writing::Code`].
            ///
            /// # Errors
            /// When it is empty, too long, holds another character or is a number that reaches a person.
            pub fn new(text: &str) -> Result<Self, BadValue> {
                let code = Writing::Code.normalise(text).unwrap_or_default();
                if is_code(&code, $longest, $also) {
                    Ok(Self(code.into()))
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
    UnitCode, 32, ""
}

impl UnitCode {
    /// The shortest form of a statistical division code (统计用区划代码): a county is written with six, nine or twelve digits, a town
    /// with nine or twelve, the rest of them zeros. Any other code is its own.
    #[must_use]
    pub fn shortest(&self) -> Self {
        let mut short = &*self.0;
        while self.is_of_division()
            && let Some(above) = short.strip_suffix("000").filter(|above| above.len() >= 6)
        {
            short = above;
        }
        Self(short.into())
    }

    /// Every form of a statistical division code, the shortest first; of any other code, itself.
    #[must_use]
    pub fn forms(&self) -> Vec<Self> {
        let mut forms = vec![self.shortest()];
        while self.is_of_division()
            && let Some(last) = forms.last().filter(|last| last.0.len() < 12)
        {
            forms.push(Self(format!("{last}000").into()));
        }
        forms
    }

    fn is_of_division(&self) -> bool {
        matches!(self.0.len(), 6 | 9 | 12) && self.0.bytes().all(|byte| byte.is_ascii_digit())
    }
}

code! {
    /// 账号: an account of the service, a policy (`policy:…`) or the scheduler. Never a name.
    ActorId, 64, ".:"
}
code! {
    /// 公示编号: names a notice's stream, 1–64 of `[0-9A-Za-z-]`.
    NoticeId, 64, ""
}
code! {
    /// 行动代码: names a campaign, 1–16 of `[0-9A-Za-z-]`, for example `2021`.
    CampaignCode, 16, ""
}
code! {
    /// 清单编码: an item of the list of topics (议事清单), 1–16 of `[0-9A-Za-z-]`.
    TopicCode, 16, ""
}

impl ActorId {
    /// 居民: all who come without an account.
    #[must_use]
    pub fn resident() -> Self {
        Self("resident".into())
    }
}

impl NoticeId {
    /// The notice of a volunteer's star proposal: one proposal, one notice.
    #[must_use]
    pub fn star(volunteer: PersonId, proposal: u32) -> Self {
        Self(format!("star-{volunteer}-{proposal}").into())
    }

    /// The notice of a resolution's period, from 1.
    #[must_use]
    pub fn resolution(resolution: ResolutionId, period: u32) -> Self {
        Self(format!("{resolution}-p{period}").into())
    }

    /// The notice of a resolution's completion: 1 for the first, rising by one when it was reopened.
    #[must_use]
    pub fn completion(resolution: ResolutionId, completion: u32) -> Self {
        Self(format!("{resolution}-c{completion}").into())
    }
}

/// 全县: the key of a stream of which the county has one only. Whatever it is called, it says nothing more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct County;

impl fmt::Display for County {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("county")
    }
}

impl FromStr for County {
    type Err = Infallible;
    fn from_str(_: &str) -> Result<Self, Infallible> {
        Ok(Self)
    }
}

/// An id that is a UUID, made from the command that founds the stream.
macro_rules! uuid {
    ($(#[$meta:meta])* $name:ident) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = BadValue;
            fn from_str(text: &str) -> Result<Self, BadValue> {
                Uuid::parse_str(text).map(Self).map_err(|_| BadValue::$name {})
            }
        }
    };
}

uuid! {
    /// 活动编号.
    ActivityId
}
uuid! {
    /// 会议编号.
    MeetingId
}
uuid! {
    /// 导入编号.
    ImportId
}
uuid! {
    /// 测评编号.
    SurveyId
}
uuid! {
    /// 实名比对编号.
    ComparisonId
}
uuid! {
    /// 通报编号.
    BulletinId
}

/// 决议编号: the meeting that decided and the topic's number on its agenda, `{meeting}-{topic}`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ResolutionId {
    /// The meeting.
    pub meeting: MeetingId,
    /// The topic, from 1.
    pub topic: u8,
}

impl fmt::Display for ResolutionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.meeting, self.topic)
    }
}

impl fmt::Debug for ResolutionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for ResolutionId {
    type Err = BadValue;
    fn from_str(text: &str) -> Result<Self, BadValue> {
        let bad = || BadValue::ResolutionId {};
        let (meeting, topic) = text.rsplit_once('-').ok_or_else(bad)?;
        let (meeting, topic) =
            (meeting.parse().map_err(|_| bad())?, topic.parse().map_err(|_| bad())?);
        let id = Self { meeting, topic };
        if id.to_string() == text { Ok(id) } else { Err(bad()) }
    }
}

impl Serialize for ResolutionId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for ResolutionId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        text.parse().map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests;
