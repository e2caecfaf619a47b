use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{ObjectionAnswered, ObjectionEscalated, ObjectionOverdue, Objector};
use crate::service::Recorder;
use crate::{Evidence, PersonId, Text, UnitCode};

/// What happens to a public notice (公示).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// 发布公示.
    Published(Box<Published>),
    /// 提出异议.
    ObjectionFiled(ObjectionFiled),
    /// 答复异议.
    ObjectionAnswered(ObjectionAnswered),
    /// 异议答复逾期.
    ObjectionOverdue(ObjectionOverdue),
    /// 异议上报.
    ObjectionEscalated(ObjectionEscalated),
    /// 张贴公示.
    Posted(Posted),
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

    /// Whether it is about this person.
    pub(super) fn concerns(&self, person: Option<PersonId>) -> bool {
        match self {
            Self::StarChange { volunteer, .. } => person == Some(*volunteer),
            Self::General => false,
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
    /// The account that publishes it; none: the service itself, or stored before this was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<Recorder>,
}

/// Somebody objected. Who it was, where they have no account, only the vault knows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ObjectionFiled {
    /// 1 for the notice's first objection, rising by one.
    pub objection: u32,
    /// What is objected.
    pub ground: Text<500>,
    /// Last day for the answer.
    pub answer_due: Date,
    /// Who objects without an account; none who wants to stay unknown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub objector: Option<Objector>,
    /// The account that objects; none: a resident without one, or stored before this was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<Recorder>,
}

named! {
    /// How an objection was decided.
    Verdict {
        Upheld "upheld" "成立",
        Dismissed "dismissed" "不成立",
    }
}

/// The period passed and no objection is open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closed {
    /// What it was about.
    pub subject: Subject,
    /// Whether an objection was upheld.
    pub upheld: bool,
}

/// It hung on a unit's board (公示栏), as this shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Posted {
    /// The unit whose board it is.
    pub unit: UnitCode,
    /// Where the board is.
    pub board: Text<80>,
    /// The day on which it was there.
    pub posted_on: Date,
    /// Photographs of it; at least one.
    pub evidence: Vec<Evidence>,
}

/// The notice has lost its subject.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Withdrawn {
    /// Why.
    pub reason: Text<200>,
}
