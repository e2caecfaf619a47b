use super::{Capacity, Group, HouseholdsStated, Item, MeetingHeld, SealedMember, TopicListed, Way};
use crate::meeting::Body;
use crate::{Evidence, Month, PersonId, SealedDigest, Text, UnitCode};
use jiff::civil::Date;

/// What may be asked of a station.
#[derive(Debug, Clone)]
#[allow(missing_docs)]
pub enum Command {
    /// 设立工作站.
    Open { unit: UnitCode, estate: bool },
    /// 五有达标佐证.
    EvidenceItem { item: Item, note: Text<200>, evidence: Vec<Evidence> },
    /// 五有失格.
    LoseItem { item: Item, reason: Text<200> },
    /// 推选监督小组.
    RecordElection(Box<NewElection>),
    /// 聘任成员.
    Appoint(Box<Appointment>),
    /// 成员离任.
    Leave { group: Group, member: PersonId, reason: Text<200> },
    /// 申报近亲属.
    DeclareRelatives { member: PersonId, relatives: Vec<PersonId> },
    /// 近亲属关系终止.
    EndKinship { member: PersonId, relative: PersonId, ended_on: Date },
    /// 增列清单事项.
    ListTopic(TopicListed),
    /// 登记户数; `above`: whether the county or a unit above states them.
    StateHouseholds { stated: HouseholdsStated, above: bool },
    /// A meeting of the station has sealed minutes.
    HoldMeeting(MeetingHeld),
    /// 当月未议事: the month passed, and the days for the minutes too.
    MissMeeting { month: Month },
}

/// Whom residents chose to supervise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewElection {
    /// The day.
    pub held_on: Date,
    /// Which body chose.
    pub body: Body,
    /// Whether it elected or recommended.
    pub way: Way,
    /// Whom.
    pub elected: Vec<PersonId>,
    /// How it came out.
    pub result: Text<200>,
    /// What shows it.
    pub evidence: Vec<Evidence>,
    /// Digests of what they told this station, in the vault.
    pub sealed_here: Vec<SealedMember>,
}

/// Who is to sit in which group, from when to when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Appointment {
    /// Which group.
    pub group: Group,
    /// Who.
    pub member: PersonId,
    /// As what.
    pub capacity: Capacity,
    /// First day.
    pub from: Date,
    /// Last day.
    pub until: Date,
    /// The election that a supervisor's term rests on.
    pub election: Option<u32>,
    /// 近亲属, as far as declared.
    pub relatives: Vec<PersonId>,
    /// Digest of name and telephone as told to this station, in the vault.
    pub sealed_here: Option<SealedDigest>,
}
