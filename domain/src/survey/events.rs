use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{ResolutionId, Text, UnitCode};

/// What happens to a survey (满意度测评).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// 开始测评.
    Opened(Opened),
    /// 发放测评码.
    BallotsIssued(BallotsIssued),
    /// 测评回复.
    Replied(Replied),
    /// 测评结束.
    Closed(Closed),
}

named! {
    /// 满意度.
    Satisfaction {
        VerySatisfied "very_satisfied" "非常满意",
        Satisfied "satisfied" "满意",
        Neutral "neutral" "一般",
        Dissatisfied "dissatisfied" "不满意",
    }
}

impl Satisfaction {
    /// Counts towards the 满意率.
    #[must_use]
    pub fn is_satisfied(self) -> bool {
        matches!(self, Self::VerySatisfied | Self::Satisfied)
    }
}

/// Residents are asked what they think.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opened {
    /// The station's village.
    pub station: UnitCode,
    /// The resolution that is asked about; none for the station's work as a whole.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resolution: Option<ResolutionId>,
    /// What is asked.
    pub question: Text<200>,
    /// How many residents may reply: as many ballots there are.
    pub eligible: u32,
    /// Last day for replies.
    pub closes_on: Date,
}

/// The codes of the ballots were handed out, once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BallotsIssued {
    /// How many.
    pub ballots: u32,
}

/// A ballot came back. Who holds which, nobody has written down.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Replied {
    /// Which, from 1.
    pub ballot: u32,
    /// 认可度: whether the resident knows and recognises 援法议事.
    pub recognises: bool,
    /// 满意度.
    pub satisfaction: Satisfaction,
}

/// The survey ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closed {
    /// How many might have replied.
    pub eligible: u32,
    /// How many did.
    pub replies: u32,
    /// How many recognise 援法议事.
    pub recognised: u32,
    /// How many are satisfied or very satisfied.
    pub satisfied: u32,
}
