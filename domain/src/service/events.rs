use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::activity::{Class, Kind};
use crate::{ActivityId, ActorId, Minutes, PersonId, SealedDigest, Text, UnitCode};

/// What happens to a volunteer's service records (志愿服务记录).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// 签到.
    CheckedIn(CheckedIn),
    /// 签退.
    CheckedOut(CheckedOut),
    /// 记录.
    Recorded(Box<Recorded>),
    /// 申请补录.
    BackfillRequested(Box<BackfillRequested>),
    /// 核准补录.
    BackfillApproved(BackfillApproved),
    /// 认定.
    Attested(Attested),
    /// 记录期限确认.
    DueSettled(DueSettled),
    /// 提出异议.
    Disputed(Disputed),
    /// 驳回异议.
    DisputeDismissed(DisputeDismissed),
    /// 更正.
    Corrected(Box<Corrected>),
    /// 作废.
    Voided(Voided),
}

/// The volunteer arrived.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckedIn {
    /// Where to.
    pub activity: ActivityId,
    /// When.
    pub at: Timestamp,
}

/// The volunteer left; or nobody checked out, and the presence ended with its activity.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckedOut {
    /// Where from.
    pub activity: ActivityId,
    /// When; where that was forgotten, when the activity ended.
    pub at: Timestamp,
    /// 未签退: nobody checked out.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub forgotten: bool,
}

/// What a record must say (民政部令第67号 §4–§8): when, where, what, how long, for whom.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Who served.
    pub volunteer: PersonId,
    /// The activity it was done in.
    pub activity: ActivityId,
    /// 服务类别.
    pub kind: Kind,
    /// 三类之一.
    pub class: Class,
    /// 组织单位.
    pub organiser: UnitCode,
    /// 地点.
    pub place: Text<80>,
    /// 服务内容.
    pub content: Text<500>,
    /// First moment of the service.
    pub started_at: Timestamp,
    /// Last moment of the service.
    pub ended_at: Timestamp,
    /// Time actually given; breaks do not count.
    pub minutes: Minutes,
    /// 负责人.
    pub in_charge: ActorId,
    /// 记录人: never attests what they recorded.
    pub recorder: Recorder,
    /// What came of it, counted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub outcomes: Vec<Outcome>,
    /// What whoever attests should look at.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub flags: Vec<Flag>,
}

named! {
    /// What is out of the ordinary about a presence.
    Flag {
        WalkIn "walk_in" "现场报名",
        ForgottenCheckOut "forgotten_check_out" "未签退",
    }
}

/// Who made an entry, or otherwise signs for one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recorder {
    /// The account.
    pub account: ActorId,
    /// The person behind it, where known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<PersonId>,
}

/// A counter of what a service brought about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// What is counted.
    pub what: Counter,
    /// How many.
    pub count: u32,
}

named! {
    /// What outcomes are counted.
    Counter {
        Activities "activities" "活动场次",
        Hazards "hazards" "发现隐患",
        Information "information" "有价值信息",
        Disputes "disputes" "化解纠纷",
        Leaflets "leaflets" "发放宣传册",
        Sessions "sessions" "宣讲期数",
        Consultations "consultations" "法律咨询",
        Questionnaires "questionnaires" "测评问卷",
    }
}

/// A service was recorded; it counts once it is attested.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recorded {
    /// Number within the volunteer's records, from 1.
    pub record: u32,
    /// What it says.
    pub entry: Entry,
    /// Last day on which it was in time.
    pub due: Date,
    /// Why that day is provisional; none: it is final.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub provisional: Option<Provisional>,
}

/// 暂定: a day was counted before the holidays of a year were announced.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Provisional {
    /// Working days that were counted.
    pub working_days: u16,
    /// The first year whose notice was not known.
    pub missing: i16,
}

/// The holidays became known: the provisional last day of a record was counted anew. Whoever was in time by the earlier day
/// stays so (our default: nobody is late who kept to what they were told).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DueSettled {
    /// Which record.
    pub record: u32,
    /// The last day from now on.
    pub due: Date,
    /// What it was before.
    pub was: Date,
    /// Why it is provisional still; none: it is final.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub provisional: Option<Provisional>,
}

/// A service that nobody recorded in time is asked to be added (补录).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BackfillRequested {
    /// Number within the volunteer's records.
    pub record: u32,
    /// What it says.
    pub entry: Entry,
    /// Last day on which it would have been in time.
    pub due: Date,
    /// Why that day is provisional; none: it is final.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub provisional: Option<Provisional>,
    /// What proves it.
    pub evidence: Text<200>,
    /// Digest of the evidence, where it is a document.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub digest: Option<SealedDigest>,
}

/// A second person approved the backfill; it counts from now on, and is marked late.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BackfillApproved {
    /// Which record.
    pub record: u32,
}

/// The person in charge attested the record: it counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attested {
    /// Which record.
    pub record: u32,
    /// 1 for the record as first made, rising with every correction.
    pub revision: u32,
    /// Minutes that count.
    pub minutes: Minutes,
    /// The last day of the service.
    pub served_on: Date,
    /// All attested minutes of the volunteer from now on.
    pub total: Minutes,
    /// 组织评价, 1 to 5.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rating: Option<u8>,
    /// 认定人: dismisses no dispute of it. Not in what was stored before that was so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attester: Option<Recorder>,
}

/// The volunteer or another says that the record is wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Disputed {
    /// Which record.
    pub record: u32,
    /// What is wrong.
    pub reason: Text<500>,
    /// Who says so: dismisses it not. Not in what was stored before that was so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<Recorder>,
}

/// The dispute was looked into and the record stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DisputeDismissed {
    /// Which record.
    pub record: u32,
    /// Why it stands.
    pub reason: Text<500>,
}

/// The record says something else from now on, and must be attested anew.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Corrected {
    /// Which record.
    pub record: u32,
    /// The revision from now on.
    pub revision: u32,
    /// What it says.
    pub entry: Entry,
    /// Why.
    pub reason: Text<500>,
    /// Minutes that no longer count.
    pub withdrawn: Minutes,
    /// All attested minutes of the volunteer from now on.
    pub total: Minutes,
}

/// The record counts no more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Voided {
    /// Which record.
    pub record: u32,
    /// The revision it ended with.
    pub revision: u32,
    /// Why.
    pub reason: Text<500>,
    /// Minutes that no longer count.
    pub withdrawn: Minutes,
    /// All attested minutes of the volunteer from now on.
    pub total: Minutes,
}
