use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

use crate::writing::no_answer;
use crate::{CampaignCode, PersonId, Text, UnitCode};

/// What happens to a squad (小分队).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// 申请注册.
    Applied(Applied),
    /// 团县委核准.
    Approved(Approved),
    /// 加入.
    MemberJoined(MemberJoined),
    /// 退出.
    MemberLeft(MemberLeft),
    /// 队员政治面貌变更.
    PartyShareChanged(PartyShareChanged),
    /// 组建完成.
    Completed(Completed),
}

/// The unit applied to 团县委 for the registration of its squad.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Applied {
    /// The unit that raises the squad.
    pub unit: UnitCode,
}

/// 团县委 registered the squad.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Approved {
    /// 注册编号.
    pub registration: Text<40>,
}

/// 本人同意: how and when a person agreed to join.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consent {
    /// The day of consent.
    pub given_on: Date,
    /// How: 书面, 线上, 扫码 ….
    pub form: Text<40>,
}

impl Consent {
    /// Whether the form tells of a consent: 无 or 待补 does not.
    #[must_use]
    pub fn is_given(&self) -> bool {
        no_answer(self.form.as_str()).is_none()
    }
}

/// A volunteer joined of their own will.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberJoined {
    /// Who.
    pub volunteer: PersonId,
    /// Their consent.
    pub consent: Consent,
    /// Party member (中共党员, 预备党员) or activist (入党积极分子).
    pub party: bool,
}

/// A volunteer left; nobody may be kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberLeft {
    /// Who.
    pub volunteer: PersonId,
    /// Why.
    pub reason: Text<200>,
    /// The day; missing in what was recorded before it was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<Date>,
}

/// The political status of a member changed, and with it the squad's share of party members and activists.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartyShareChanged {
    /// Who.
    pub volunteer: PersonId,
    /// Party member (中共党员, 预备党员) or activist (入党积极分子) from now on.
    pub party: bool,
}

/// The squad declared that it is complete, and its figures bore it out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Completed {
    /// Members on that day.
    pub members: u32,
    /// Party members and activists among them.
    pub party_members: u32,
    /// Members required on that day.
    pub required: u32,
    /// The deadline then in force; none where the unit had no task, or its campaign none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deadline: Option<Timestamp>,
    /// Whether it was over.
    pub late: bool,
    /// 行动: the campaign whose task the squad fulfils.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub campaign: Option<CampaignCode>,
}
