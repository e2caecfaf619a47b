use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{PersonId, Text, UnitCode};

/// What happens to a public notice (公示).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// 发布公示.
    Published(Box<Published>),
    /// 提出异议.
    ObjectionFiled(ObjectionFiled),
    /// 答复异议.
    ObjectionAnswered(ObjectionAnswered),
    /// 公示期满.
    Closed(Closed),
    /// 撤回公示.
    Withdrawn(Withdrawn),
}

/// What a notice is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Subject {
    /// 星级变更.
    StarChange {
        /// Whose.
        volunteer: PersonId,
        /// Which of the volunteer's proposals.
        proposal: u32,
    },
    /// 其他公示, for example how far the squads are.
    General,
}

impl Subject {
    /// The stored name of the kind.
    #[must_use]
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::StarChange { .. } => "star_change",
            Self::General => "general",
        }
    }
}

/// A notice was published.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Published {
    /// What it is about.
    pub subject: Subject,
    /// The unit that publishes it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<UnitCode>,
    /// 标题.
    pub title: Text<80>,
    /// 正文; people stand in it by number, never by name.
    pub text: Text<2000>,
    /// First day.
    pub opens_on: Date,
    /// Last day on which objections are in time.
    pub closes_on: Date,
}

/// Somebody objected.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ObjectionFiled {
    /// 1 for the notice's first objection, rising by one.
    pub objection: u32,
    /// What is objected.
    pub ground: Text<500>,
    /// Last day for the answer.
    pub answer_due: Date,
}

named! {
    /// How an objection was decided.
    Verdict {
        Upheld "upheld" "成立",
        Dismissed "dismissed" "不成立",
    }
}

/// An objection was answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ObjectionAnswered {
    /// Which.
    pub objection: u32,
    /// How it was decided.
    pub verdict: Verdict,
    /// The answer.
    pub answer: Text<500>,
}

/// The period passed and no objection is open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closed {
    /// What it was about.
    pub subject: Subject,
    /// Whether an objection was upheld.
    pub upheld: bool,
}

/// The notice has lost its subject.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Withdrawn {
    /// Why.
    pub reason: Text<200>,
}
