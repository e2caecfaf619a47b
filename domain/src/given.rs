use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::calendar::Calendar;
use crate::rulebook::Adopted;
use crate::{ActorId, Directory, ImportId, PersonId, UnitCode, county_date};

/// All that a rule may need from outside its own stream.
#[derive(Debug, Clone, Copy)]
pub struct Given<'a> {
    /// The moment of the decision.
    pub now: Timestamp,
    /// Who asks.
    pub actor: &'a Actor,
    /// The rulebook in force today.
    pub rulebook: &'a Adopted,
    /// Working days (工作日).
    pub calendar: &'a Calendar,
    /// The tree of units and which of them have a squad.
    pub units: &'a Directory,
}

impl Given<'_> {
    /// Today's date in the county (UTC+8).
    #[must_use]
    pub fn today(&self) -> Date {
        county_date(self.now)
    }
}

/// Who asked for a fact. Identified by an account number, never by a name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Actor {
    /// The account.
    pub id: ActorId,
    /// What the account may do, see [`crate::permission`].
    pub role: Role,
    /// The unit whose subtree the account may act on; none means the whole county.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<UnitCode>,
    /// The person behind the account, where it is known: nobody certifies himself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<PersonId>,
}

impl Actor {
    /// The service itself, acting for a policy or the scheduler.
    #[must_use]
    pub fn system(id: ActorId) -> Self {
        Self { id, role: Role::System, unit: None, person: None }
    }

    /// A resident without an account.
    #[must_use]
    pub fn resident() -> Self {
        Self { id: ActorId::resident(), role: Role::Resident, unit: None, person: None }
    }

    /// Whether both are the same account or the same person.
    #[must_use]
    pub fn is_same_as(&self, id: &ActorId, person: Option<PersonId>) -> bool {
        self.id == *id || (self.person.is_some() && self.person == person)
    }
}

/// What stands beside every fact: who asked, by which command, for which reason, under which rules.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Metadata {
    /// Who asked.
    pub actor: Actor,
    /// The command; the same command again states nothing new.
    pub command: Uuid,
    /// The event that a policy answered with this command.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cause: Option<Uuid>,
    /// The import that the fact is part of, or takes back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub import: Option<ImportId>,
    /// Version of the rulebook in force.
    pub rulebook: u32,
}

/// What an account is for. What each may do stands in [`crate::permission`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// 县委依法治县办: the county office that runs the force.
    CountyOffice,
    /// 管理员: the administrator whom a unit reported.
    UnitAdministrator,
    /// 记录员: records what volunteers did.
    Recorder,
    /// 证明人: the person in charge who attests records of others.
    Attester,
    /// 监督员: of a supervision group (监督小组); verifies that decisions were executed, files and follows objections.
    Supervisor,
    /// 审计员: reads everything but personal data, changes nothing.
    Auditor,
    /// 志愿者: sees and disputes what is their own.
    Volunteer,
    /// 领导小组: runs a station; accepts issues, convenes meetings, has resolutions executed.
    LeadingGroup,
    /// 议事会成员: attends and keeps the minutes, gives legal opinions, executes.
    Councillor,
    /// 党支部: is told what supervision found.
    PartyBranch,
    /// 网格员/调解员: keeps the register of issues.
    GridWorker,
    /// 居民: whoever has no account and comes over the public pages; a secret code stands for what is theirs.
    Resident,
    /// The service's own policies and scheduler.
    System,
}

impl Role {
    /// Every role that a token can be made for.
    pub const FOR_TOKENS: [Self; 11] = [
        Self::CountyOffice,
        Self::UnitAdministrator,
        Self::Recorder,
        Self::Attester,
        Self::Supervisor,
        Self::Auditor,
        Self::Volunteer,
        Self::LeadingGroup,
        Self::Councillor,
        Self::PartyBranch,
        Self::GridWorker,
    ];

    /// The stored and spoken name, for example `county_office`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::CountyOffice => "county_office",
            Self::UnitAdministrator => "unit_administrator",
            Self::Recorder => "recorder",
            Self::Attester => "attester",
            Self::Supervisor => "supervisor",
            Self::Auditor => "auditor",
            Self::Volunteer => "volunteer",
            Self::LeadingGroup => "leading_group",
            Self::Councillor => "councillor",
            Self::PartyBranch => "party_branch",
            Self::GridWorker => "grid_worker",
            Self::Resident => "resident",
            Self::System => "system",
        }
    }

    /// 角色的中文名称.
    #[must_use]
    pub fn zh(self) -> &'static str {
        match self {
            Self::CountyOffice => "县委依法治县办",
            Self::UnitAdministrator => "管理员",
            Self::Recorder => "记录员",
            Self::Attester => "证明人",
            Self::Supervisor => "监督员",
            Self::Auditor => "审计员",
            Self::Volunteer => "志愿者",
            Self::LeadingGroup => "领导小组",
            Self::Councillor => "议事会成员",
            Self::PartyBranch => "党支部",
            Self::GridWorker => "网格员/调解员",
            Self::Resident => "居民",
            Self::System => "系统",
        }
    }
}
