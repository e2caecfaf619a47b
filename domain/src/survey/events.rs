use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{ResolutionId, Text, UnitCode};

/// What happens to a survey (满意度测评).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// 开始测评.
    Opened(Opened),
    /// 制作测评码.
    BallotsIssued(BallotsIssued),
    /// 分发测评码.
    HandedOut(HandedOut),
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
    /// How many households are asked: as many ballots there are. Residents, where the number of households is not said.
    pub eligible: u32,
    /// How many households the station was known to have; not in what was stored before they were asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub households: Option<u32>,
    /// Last day for replies.
    pub closes_on: Date,
}

named! {
    /// Who made the codes of the ballots.
    Maker {
        County "county" "县级",
        UnitAbove "unit_above" "镇(街道)等上级单位",
    }
}

/// The codes of the ballots were made, once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BallotsIssued {
    /// How many.
    pub ballots: u32,
    /// Who made them; not in what was stored when the village made its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub maker: Option<Maker>,
    /// The day; not in what was stored before it bounded the day of handing out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issued_on: Option<Date>,
}

named! {
    /// Through whom the sealed ballots reached the households.
    Carrier {
        Maker "maker" "制作单位入户发放",
        Post "post" "邮寄",
        Village "village" "交村(社区)转发",
    }
}

/// The sealed ballots were handed out, one a household.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandedOut {
    /// Through whom. That a village had them is stated as it was; auditors look for it.
    pub carrier: Carrier,
    /// The last day of it.
    pub handed_out_on: Date,
}

/// A ballot came back. Who holds which, nobody has written down.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Replied {
    /// Which, from 1.
    pub ballot: u32,
    /// 知晓率: whether the resident knows of 援法议事; not in what was stored before that was asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub aware: Option<bool>,
    /// 参与率: whether the resident took part in it; likewise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub took_part: Option<bool>,
    /// 认可度: whether the resident recognises 援法议事.
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
    /// How many know of 援法议事 and took part; none where no reply was asked for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reach: Option<Reach>,
}

/// 知晓和参与, of the replies that were asked for both.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reach {
    /// Replies that say it.
    pub asked: u32,
    /// Of them, how many know of 援法议事.
    pub aware: u32,
    /// Of them, how many took part.
    pub took_part: u32,
}

impl Reach {
    /// With one more reply.
    pub fn count(&mut self, replied: &Replied) {
        if let Some((aware, took_part)) = replied.aware.zip(replied.took_part) {
            self.asked += 1;
            self.aware += u32::from(aware);
            self.took_part += u32::from(took_part);
        }
    }
}
