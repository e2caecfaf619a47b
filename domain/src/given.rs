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

named! {
    /// What an account is for. What each may do stands in [`crate::permission`].
    Role {
        /// The county office that runs the force.
        CountyOffice "county_office" "县委依法治县办",
        /// The administrator whom a unit reported.
        UnitAdministrator "unit_administrator" "管理员",
        /// Records what volunteers did.
        Recorder "recorder" "记录员",
        /// The person in charge who attests records of others.
        Attester "attester" "证明人",
        /// Of a supervision group (监督小组); verifies that decisions were executed, files and follows objections.
        Supervisor "supervisor" "监督员",
        /// Reads everything but personal data, changes nothing.
        Auditor "auditor" "审计员",
        /// Reads publications, quotas, statistics and reports of the whole county; no list of people, and writes nothing.
        CountyLeader "county_leader" "县领导",
        /// Sees and disputes what is their own.
        Volunteer "volunteer" "志愿者",
        /// Runs a station; accepts issues, convenes meetings, has resolutions executed.
        LeadingGroup "leading_group" "领导小组",
        /// Attends and keeps the minutes, gives legal opinions, executes.
        Councillor "councillor" "议事会成员",
        /// Gives legal opinions and reads what they are about.
        LegalAdviser "legal_adviser" "法律顾问",
        /// Is told what supervision found.
        PartyBranch "party_branch" "党支部",
        /// Keeps the register of issues.
        GridWorker "grid_worker" "网格员/调解员",
        /// Whoever has no account and comes over the public pages; a secret code stands for what is theirs.
        Resident "resident" "居民",
        /// The service's own policies and scheduler.
        System "system" "系统",
    }
}

impl Role {
    /// Every role that a token can be made for.
    pub const FOR_TOKENS: [Self; 13] = [
        Self::CountyOffice,
        Self::UnitAdministrator,
        Self::Recorder,
        Self::Attester,
        Self::Supervisor,
        Self::Auditor,
        Self::CountyLeader,
        Self::Volunteer,
        Self::LeadingGroup,
        Self::Councillor,
        Self::LegalAdviser,
        Self::PartyBranch,
        Self::GridWorker,
    ];

    /// What an account of this role is for, in Chinese; [`crate::permission`] has every single act.
    #[must_use]
    pub fn duties_zh(self) -> &'static str {
        match self {
            Self::CountyOffice => "管理全县单位、任务、小分队、志愿者、公示和账号",
            Self::UnitAdministrator => "管理本单位及下级的志愿者、活动、服务记录和工作站",
            Self::Recorder => "在本单位及下级签到、记录服务、做会议记录",
            Self::Attester => "在本单位及下级组织活动、认定他人记录的服务",
            Self::Supervisor => "监督本单位及下级的议事：核实完成情况、组织测评",
            Self::Auditor => "查阅全县一切事项和查阅记录，不见个人信息，不作任何改动",
            Self::CountyLeader => "查阅全县通报、任务进度、统计和月报，不见人员名单，不作任何改动",
            Self::Volunteer => "办理和查询本人的报名、签到、积分和异议",
            Self::LeadingGroup => "管理本工作站：受理议题、召集会议、督办决议",
            Self::Councillor => "参加本工作站的会议、作会议记录、提出法律意见、执行决议",
            Self::LegalAdviser => "对本工作站的议题出具法律意见",
            Self::PartyBranch => "接收本工作站监督中发现的问题",
            Self::GridWorker => "登记和答复本工作站的议题",
            Self::Resident => "不需账号：查阅公示、提出议题和异议",
            Self::System => "由服务自动办理",
        }
    }

    /// The same in English.
    #[must_use]
    pub fn duties_en(self) -> &'static str {
        match self {
            Self::CountyOffice => {
                "runs units, quotas, squads, volunteers, notices and accounts of the county"
            }
            Self::UnitAdministrator => {
                "runs volunteers, activities, service records and stations of the unit and those below it"
            }
            Self::Recorder => "checks in, records services and keeps minutes in the unit and below",
            Self::Attester => {
                "holds activities and attests what others recorded in the unit and below"
            }
            Self::Supervisor => {
                "supervises the deliberation of the unit and below: verifies completions, runs surveys"
            }
            Self::Auditor => {
                "reads everything of the county but personal data, and who read personal data; changes nothing"
            }
            Self::CountyLeader => {
                "reads publications, quotas, statistics and monthly reports of the county; no list of people, changes nothing"
            }
            Self::Volunteer => {
                "signs up, checks in, redeems and disputes for the person behind the account"
            }
            Self::LeadingGroup => {
                "runs the station: triages issues, convenes meetings, has resolutions executed"
            }
            Self::Councillor => {
                "attends the station's meetings, keeps minutes, gives legal opinions, executes resolutions"
            }
            Self::LegalAdviser => "gives legal opinions on the station's topics",
            Self::PartyBranch => "is told what supervision of the station found",
            Self::GridWorker => "registers and answers the station's issues",
            Self::Resident => "needs no account: reads notices, files issues and objections",
            Self::System => "is the service's own policies and scheduler",
        }
    }
}
