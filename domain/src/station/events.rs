use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::meeting::Body;
use crate::service::Recorder;
use crate::{Evidence, MeetingId, Month, PersonId, SealedDigest, Text, TopicCode, UnitCode};

/// What happens to a station (援法议事工作站).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// 设立工作站.
    Opened(Opened),
    /// 五有达标佐证.
    ItemEvidenced(ItemEvidenced),
    /// 五有失格.
    ItemLost(ItemLost),
    /// 推选监督小组.
    SupervisorsElected(Box<SupervisorsElected>),
    /// 聘任成员.
    MemberAppointed(Box<MemberAppointed>),
    /// 成员离任.
    MemberLeft(MemberLeft),
    /// 申报近亲属.
    RelativesDeclared(RelativesDeclared),
    /// 近亲属关系终止.
    KinshipEnded(KinshipEnded),
    /// 增列清单事项.
    TopicListed(TopicListed),
    /// 登记户数.
    HouseholdsStated(HouseholdsStated),
    /// 当月已议事.
    MeetingHeld(MeetingHeld),
    /// 当月未议事.
    MeetingMissed(MeetingMissed),
}

named! {
    /// 五有: what a station must have (基层援法议事工作方案 五).
    Item {
        Premises "premises" "固定场所",
        Staff "staff" "工作人员",
        Register "register" "问题登记簿",
        SuggestionBox "suggestion_box" "意见建议信箱",
        NoticeBoard "notice_board" "公示公告栏",
    }
}

named! {
    /// The bodies of a station and those that work with it.
    Group {
        LeadingGroup "leading_group" "领导小组",
        Council "council" "议事会",
        Supervision "supervision" "监督小组",
        PartyBranch "party_branch" "党支部",
        LegalAdviser "legal_adviser" "法律顾问",
        Representatives "representatives" "村民代表",
        Backbone "backbone" "骨干队伍",
    }
}

named! {
    /// At which level a station works (基层援法议事工作方案 三(一)). A town's holds its leading group and owes no meeting of its own.
    Level {
        Village "village" "村(社区)",
        Town "town" "镇",
    }
}

named! {
    /// How supervisors were found (after 村民委员会组织法 §32).
    Way {
        Election "election" "推选",
        Recommendation "recommendation" "推荐",
    }
}

impl Level {
    /// What is meant where none is told.
    fn village() -> Self {
        Self::Village
    }

    fn is_village(&self) -> bool {
        *self == Self::Village
    }
}

named! {
    /// What somebody sits in a group as.
    Capacity {
        BranchSecretary "branch_secretary" "支部书记",
        CommitteeMember "committee_member" "两委成员",
        LegalAdviser "legal_adviser" "法律顾问",
        GridWorker "grid_worker" "网格员",
        Mediator "mediator" "人民调解员",
        LegalReader "legal_reader" "法律明白人",
        Representative "representative" "群众代表",
        RetiredPartyMember "retired_party_member" "退休老党员",
        Volunteer "volunteer" "志愿者",
        TownLeader "town_leader" "镇分管领导",
        ExcellentPartyMember "excellent_party_member" "优秀党员",
    }
}

impl Capacity {
    /// Whether somebody sits for one of the two committees (两委) so.
    #[must_use]
    pub fn is_committee(self) -> bool {
        matches!(self, Self::BranchSecretary | Self::CommitteeMember)
    }
}

named! {
    /// Which list of topics an item stands on.
    List {
        General "general" "村(社区)清单",
        Estate "estate" "集中居住小区个性清单",
    }
}

/// A village opened its station.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opened {
    /// The village or community; the stream is named after it.
    pub unit: UnitCode,
    /// At which level; not told of a village.
    #[serde(default = "Level::village", skip_serializing_if = "Level::is_village")]
    pub level: Level,
    /// Whether it has an estate, so that the estate's list applies too.
    pub estate: bool,
    /// The day; months that begin on it or later owe a meeting.
    pub opened_on: Date,
}

/// One of the five is there, and this shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemEvidenced {
    /// Which.
    pub item: Item,
    /// What there is.
    pub note: Text<200>,
    /// What shows it; at least one.
    pub evidence: Vec<Evidence>,
}

/// One of the five is no longer there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemLost {
    /// Which.
    pub item: Item,
    /// Why.
    pub reason: Text<200>,
}

/// 监督小组推选: residents chose who supervises, and this shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SupervisorsElected {
    /// 1 for the station's first, rising by one.
    pub election: u32,
    /// The day.
    pub held_on: Date,
    /// Which body chose; never the council, which is what they supervise.
    pub body: Body,
    /// Whether it elected or recommended.
    pub way: Way,
    /// Whom.
    pub elected: Vec<PersonId>,
    /// How it came out, in words: who came, how many votes there were.
    pub result: Text<200>,
    /// Who recorded it; somebody else appoints.
    pub recorder: Recorder,
    /// What shows it: a photograph of the meeting, the list of votes. At least one.
    pub evidence: Vec<Evidence>,
    /// What the elected told this station, in the vault: those who were not named by a number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sealed_here: Vec<SealedMember>,
}

/// Digest of name and telephone as a member told them to a station, in the vault.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct SealedMember {
    /// Whose.
    pub member: PersonId,
    /// Of the sealed section.
    pub digest: SealedDigest,
}

/// Somebody became a member of a group for a term of office.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberAppointed {
    /// Which group.
    pub group: Group,
    /// Who.
    pub member: PersonId,
    /// As what.
    pub capacity: Capacity,
    /// First day of the term.
    pub from: Date,
    /// Last day of the term.
    pub until: Date,
    /// The election that a supervisor's term rests on; not in what was stored before supervisors were elected.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub election: Option<u32>,
    /// 近亲属 with a number of their own, as far as declared.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub relatives: Vec<PersonId>,
    /// Digest of name and telephone in a section that stations shared; not written any more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sealed: Option<SealedDigest>,
    /// Digest of name and telephone as told to this station, in the vault; none for who was appointed by number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sealed_here: Option<SealedDigest>,
}

/// Somebody left a group before the end of the term.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberLeft {
    /// Which group.
    pub group: Group,
    /// Who.
    pub member: PersonId,
    /// Why.
    pub reason: Text<200>,
    /// The day: they do not act for the group any more on it, while it still counts as held for who may not judge whom.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub left_on: Option<Date>,
}

/// A member declared near relatives, beside those declared before: a tie counts until it is said to have ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RelativesDeclared {
    /// Who.
    pub member: PersonId,
    /// Near relatives with a number of their own.
    pub relatives: Vec<PersonId>,
}

/// Two people are no near relatives any more, whoever of them had declared it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KinshipEnded {
    /// Who.
    pub member: PersonId,
    /// Whose relative they were.
    pub relative: PersonId,
    /// The last day on which they were.
    pub ended_on: Date,
    /// The day on which that was told; not in what was stored before it mattered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub told_on: Option<Date>,
}

impl KinshipEnded {
    /// The last day for which the tie counts: the one on which its end was told, so that nothing that was decided before can
    /// be judged as if they had been strangers.
    #[must_use]
    pub fn counts_until(&self) -> Date {
        self.told_on.unwrap_or(self.ended_on)
    }
}

/// The station's list grew by an item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TopicListed {
    /// Its code.
    pub code: TopicCode,
    /// Which list.
    pub list: List,
    /// What may be deliberated.
    pub title: Text<80>,
    /// Who is responsible; none: the leading group.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub responsible: Option<Capacity>,
}

/// How many households there are; a survey hands out no more ballots.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HouseholdsStated {
    /// How many.
    pub households: u32,
    /// The day as of which that is so.
    pub as_of: Date,
    /// Where the figure comes from.
    pub source: Text<200>,
}

/// A meeting of a month has sealed minutes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MeetingHeld {
    /// Which meeting.
    pub meeting: MeetingId,
    /// The day on which it was held.
    pub held_on: Date,
    /// 补录: whether it was entered later, from paper.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub backfilled: bool,
}

/// A month passed without a meeting that has sealed minutes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MeetingMissed {
    /// Which month.
    pub month: Month,
}
