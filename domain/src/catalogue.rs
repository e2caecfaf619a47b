//! THE list of events: stored name, schema version, meaning in Chinese and English, and how each is
//! encoded and decoded.
//!
//! Append-only. What was ever stored stays decodable for ever: a changed shape gets a new version and
//! a new stored name (`Name.v2`), and the earlier name decodes through an upcast. `catalogue/*.json`
//! holds a golden file of every version.

use crate::{activity, notice, points, rulebook, service, squad, unit, volunteer};

/// One line of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    /// Name under which the event is stored.
    pub kind: &'static str,
    /// Schema version.
    pub version: u16,
    /// 含义.
    pub zh: &'static str,
    /// Meaning.
    pub en: &'static str,
}

/// Why stored bytes are no event of this program.
#[derive(Debug, thiserror::Error)]
pub enum DecodeError {
    /// No event has this stored name.
    #[error("unknown kind of event: {0:?}")]
    UnknownKind(String),
    /// The bytes do not have the shape of the kind.
    #[error("event of kind {kind} is malformed")]
    Malformed {
        /// Stored name.
        kind: &'static str,
        /// What the decoder says.
        source: serde_json::Error,
    },
}

macro_rules! catalogue {
    ($( $aggregate:ident: $module:ident { $( $variant:ident $kind:literal $version:literal $zh:literal $en:literal; )+ } )+) => {
        /// Any event of any aggregate.
        #[derive(Debug, Clone, PartialEq, Eq)]
        #[allow(missing_docs)]
        pub enum Event { $( $aggregate($module::Event), )+ }

        /// The list itself.
        pub const CATALOGUE: &[Entry] = &[
            $( $( Entry { kind: $kind, version: $version, zh: $zh, en: $en }, )+ )+
        ];

        impl Event {
            /// Its line in the list.
            #[must_use]
            pub fn entry(&self) -> Entry {
                match self {
                    $( $( Self::$aggregate($module::Event::$variant(_)) =>
                        Entry { kind: $kind, version: $version, zh: $zh, en: $en }, )+ )+
                }
            }

            /// The bytes to store: the event's own fields as JSON.
            ///
            /// # Errors
            /// When a value has no JSON form, which no event of ours has.
            pub fn encode(&self) -> serde_json::Result<Vec<u8>> {
                match self {
                    $( $( Self::$aggregate($module::Event::$variant(event)) => serde_json::to_vec(event), )+ )+
                }
            }

            /// The event that was stored under this name.
            ///
            /// # Errors
            /// When the name is not in the list or the bytes do not have its shape.
            pub fn decode(kind: &str, data: &[u8]) -> Result<Self, DecodeError> {
                match kind {
                    $( $( $kind => serde_json::from_slice(data)
                        .map(|event| Self::$aggregate($module::Event::$variant(event)))
                        .map_err(|source| DecodeError::Malformed { kind: $kind, source }), )+ )+
                    unknown => Err(DecodeError::UnknownKind(unknown.chars().take(100).collect())),
                }
            }
        }

        $(
            impl From<$module::Event> for Event {
                fn from(event: $module::Event) -> Self {
                    Self::$aggregate(event)
                }
            }

            impl TryFrom<Event> for $module::Event {
                type Error = Event;

                #[allow(clippy::wildcard_enum_match_arm)]
                fn try_from(event: Event) -> Result<Self, Event> {
                    match event {
                        Event::$aggregate(event) => Ok(event),
                        other => Err(other),
                    }
                }
            }
        )+
    };
}

catalogue! {
    Rulebook: rulebook {
        Adopted "RulebookAdopted" 1 "规则簿通过" "a version of the rulebook was adopted";
    }
    Unit: unit {
        Registered "UnitRegistered" 1 "单位登记" "a unit was registered";
        HeadcountDeclared "HeadcountDeclared" 1 "总人数申报" "the unit declared its headcount";
        QuotaAssigned "QuotaAssigned" 1 "任务数下达" "a task number was assigned";
        Attributed "UnitAttributed" 1 "归口" "the unit's people count towards a department";
        AdministratorReported "AdministratorReported" 1 "管理员上报" "the unit reported its administrator";
        Succeeded "UnitSucceeded" 1 "单位承接" "another unit took over";
    }
    Squad: squad {
        Applied "SquadApplied" 1 "小分队申请" "the unit applied for a squad";
        Approved "SquadApproved" 1 "小分队核准" "the squad was registered by 团县委";
        MemberJoined "MemberJoined" 1 "队员加入" "a volunteer joined the squad";
        MemberLeft "MemberLeft" 1 "队员退出" "a volunteer left the squad";
        Completed "SquadCompleted" 1 "小分队组建完成" "the squad is complete";
    }
    Volunteer: volunteer {
        Registered "VolunteerRegistered" 1 "志愿者注册" "a person registered as a volunteer";
        RealNameMatched "RealNameMatched" 1 "实名比对一致" "the real-name roster bears the registration out";
        RealNameRefused "RealNameRefused" 1 "实名比对不一致" "the real-name roster does not bear it out";
        TierChanged "TierChanged" 1 "层级变更" "the tier changed";
        SkillsDeclared "SkillsDeclared" 1 "技能更新" "the volunteer declared their skills";
        Moved "VolunteerMoved" 1 "调换单位" "the volunteer moved to another unit";
        StarProposed "StarProposed" 1 "拟评星级" "a change of star was proposed";
        StarProposalEnded "StarProposalEnded" 1 "拟评终止" "a star proposal ended without a change";
        StarChanged "StarChanged" 1 "星级变更" "the star changed";
        Suspended "VolunteerSuspended" 1 "暂停服务" "the volunteer was suspended";
        Resumed "VolunteerResumed" 1 "恢复服务" "the volunteer may serve again";
        Withdrawn "VolunteerWithdrawn" 1 "退出志愿者队伍" "the volunteer ended the registration";
        PersonalDataErased "PersonalDataErased" 1 "个人信息删除" "the personal data was erased";
    }
    Activity: activity {
        Published "ActivityPublished" 1 "活动发布" "an activity was published";
        RiskAssessed "RiskAssessed" 1 "风险评估" "the risk was assessed";
        Insured "ParticipantsInsured" 1 "参加者投保" "participants were insured";
        SignedUp "SignedUp" 1 "报名" "a volunteer signed up";
        SignUpCancelled "SignUpCancelled" 1 "取消报名" "a volunteer cancelled the sign-up";
        Started "ActivityStarted" 1 "活动开始" "the activity started";
        Closed "ActivityClosed" 1 "活动结束" "the activity ended";
        Cancelled "ActivityCancelled" 1 "活动取消" "the activity was cancelled";
    }
    Service: service {
        CheckedIn "CheckedIn" 1 "签到" "the volunteer checked in";
        CheckedOut "CheckedOut" 1 "签退" "the volunteer checked out";
        Recorded "ServiceRecorded" 1 "服务记录" "a service was recorded";
        BackfillRequested "BackfillRequested" 1 "申请补录" "a backfill was asked for";
        BackfillApproved "BackfillApproved" 1 "核准补录" "the backfill was approved";
        Attested "ServiceAttested" 1 "服务认定" "the service was attested";
        Disputed "ServiceDisputed" 1 "记录异议" "the record was disputed";
        DisputeDismissed "DisputeDismissed" 1 "异议驳回" "the dispute was dismissed";
        Corrected "ServiceCorrected" 1 "记录更正" "the record was corrected";
        Voided "ServiceVoided" 1 "记录作废" "the record was voided";
    }
    Points: points {
        Earned "PointsEarned" 1 "积分获得" "points were earned";
        Redeemed "PointsRedeemed" 1 "积分兑换" "points were redeemed";
        RedemptionCancelled "RedemptionCancelled" 1 "兑换撤销" "a redemption was cancelled";
        Expired "PointsExpired" 1 "积分过期" "points expired";
        Reversed "PointsReversed" 1 "积分冲正" "points were reversed";
        Settled "PointsSettled" 1 "积分补扣" "points owed were taken from what came in";
    }
    Notice: notice {
        Published "NoticePublished" 1 "公示发布" "a notice was published";
        ObjectionFiled "ObjectionFiled" 1 "公示异议" "an objection was filed";
        ObjectionAnswered "ObjectionAnswered" 1 "异议答复" "an objection was answered";
        Closed "NoticeClosed" 1 "公示期满" "the notice closed";
        Withdrawn "NoticeWithdrawn" 1 "公示撤回" "the notice was withdrawn";
    }
}
