use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{CampaignCode, PersonId, SealedDigest, Text, UnitCode};

/// What happens to a unit (单位).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// 登记.
    Registered(Registered),
    /// 总人数申报.
    HeadcountDeclared(HeadcountDeclared),
    /// 任务数下达.
    QuotaAssigned(QuotaAssigned),
    /// 归口.
    Attributed(Attributed),
    /// 管理员上报.
    AdministratorReported(AdministratorReported),
    /// 承接.
    Succeeded(Succeeded),
    /// 更名.
    Renamed(Renamed),
    /// 类别变更.
    Reclassified(Reclassified),
    /// 上级变更.
    ParentChanged(ParentChanged),
    /// 常住人口.
    PopulationStated(PopulationStated),
}

/// A unit was registered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Registered {
    /// 单位代码.
    pub unit: UnitCode,
    /// 单位名称.
    pub name: Text<80>,
    /// 类别.
    pub kind: Kind,
    /// 上级; none for the county.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<UnitCode>,
}

named! {
    /// 类别: what kind of unit it is.
    Kind {
        County "county" "县",
        Town "town" "镇乡街道",
        Village "village" "村社区",
        Department "department" "县级部门",
        Enterprise "enterprise" "企业",
        School "school" "学校",
        HealthCentre "health_centre" "卫生院",
        Outpost "outpost" "派驻站所",
        SocialOrganisation "social_organisation" "社会组织",
    }
}

impl Kind {
    /// Whether its people may count towards a department (归口).
    #[must_use]
    pub fn is_attributable(self) -> bool {
        matches!(self, Self::Outpost | Self::School | Self::HealthCentre)
    }
}

/// The unit declared its headcount (总人数), sub-units attributed to it not included.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeadcountDeclared {
    /// People.
    pub headcount: u32,
}

/// The county office assigned a task number (任务数; 关于组建法治志愿者队伍的通知 三(一)).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuotaAssigned {
    /// Members the squad must reach; 0: 无任务.
    pub task: u32,
    /// 行动: the campaign in which; none while the county had none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub campaign: Option<CampaignCode>,
}

/// The unit's people count towards a department (归口) and no longer towards its parent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attributed {
    /// The department.
    pub to: UnitCode,
}

/// The unit reported its administrator (管理员).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AdministratorReported {
    /// Who.
    pub administrator: PersonId,
    /// Digest of name and telephone in the vault.
    pub sealed: SealedDigest,
    /// The deadline then in force; none where the unit had no task, or its campaign none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deadline: Option<Timestamp>,
    /// Whether it was over.
    pub late: bool,
    /// 行动: the campaign that set it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub campaign: Option<CampaignCode>,
}

/// Another unit took over (合并、撤销), or several did (分设).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Succeeded {
    /// The successor: of several the one that goes on with what is open.
    pub by: UnitCode,
    /// 分设: the others.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<UnitCode>,
    /// Why.
    pub reason: Text<200>,
    /// What the successor answers for from now on; none in what was recorded before successors took anything over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub takes_over: Option<TakenOver>,
}

/// 承接的人数和任务数. Members, squad and open items are the successor's too, as they stand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TakenOver {
    /// 总人数 of the unit itself.
    pub headcount: u32,
    /// 任务数 in each campaign that is not over.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tasks: Vec<QuotaAssigned>,
    /// 行动代码 of campaigns in which the successor's squad, complete already, has to be complete anew: that of the unit was
    /// not, and the deadline is still to come.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reopened: Vec<CampaignCode>,
}

/// The unit has another name; what was under the earlier one stays so.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Renamed {
    /// The name from now on.
    pub name: Text<80>,
    /// Why.
    pub reason: Text<200>,
}

/// The unit is of another kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reclassified {
    /// The kind from now on.
    pub kind: Kind,
    /// Why.
    pub reason: Text<200>,
}

/// The unit, with all below it, has another superior.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ParentChanged {
    /// The superior from now on.
    pub parent: UnitCode,
    /// Why.
    pub reason: Text<200>,
}

/// 常住人口 of a division, from a source that can be looked up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PopulationStated {
    /// People.
    pub population: u32,
    /// The day for which they were counted.
    pub counted_on: Date,
    /// Where the figure stands.
    pub source: Text<200>,
}
