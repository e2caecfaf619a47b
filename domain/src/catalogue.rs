//! THE list of events: stored name, schema version, meaning in Chinese and English, and how each is
//! encoded and decoded; and of the aggregates they belong to, with the key of their streams.
//!
//! Whatever must be said once for every aggregate or event is made from it, here or by [`aggregates!`].
//!
//! [`aggregates!`]: crate::aggregates!
//!
//! Append-only. What was ever stored stays decodable for ever: a changed shape gets a new version and
//! a new stored name (`Name.v2`), and the earlier name decodes through an upcast. `catalogue/*.json`
//! holds a golden file of every version.

use crate::{
    Aggregate, activity, bulletin, calendar, campaign, comparison, import, issue, ledger_key,
    meeting, notice, operation, points, resolution, rulebook, service, squad, station, survey,
    unit, volunteer,
};

mod kind;

pub use kind::{DecodeError, EventKind};

/// Whether a line of the list is marked with `founds`.
macro_rules! founds {
    () => {
        false
    };
    (founds) => {
        true
    };
}

macro_rules! catalogue {
    ($d:tt $( $aggregate:ident: $module:ident::$state:ident of $key:ident { $( $variant:ident $($founds:ident)? $kind:literal $version:literal $zh:literal $en:literal; )+ } )+) => {
        /// The aggregates, each with streams of its own.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Category {
            $( #[doc = concat!("Streams of [`", stringify!($module), "::", stringify!($state), "`].")] $aggregate, )+
        }

        impl Category {
            /// All of them.
            pub const ALL: &[Self] = &[$( Self::$aggregate ),+];

            /// The one whose streams' names begin so.
            #[must_use]
            pub fn named(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|category| category.as_str() == name)
            }

            /// The first part of the names of its streams.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $( Self::$aggregate => <$module::$state as Aggregate>::CATEGORY, )+ }
            }

            /// Whether its streams are founded by one event, which is marked in the list.
            #[must_use]
            pub const fn is_founded(self) -> bool {
                match self { $( Self::$aggregate => $( founds!($($founds)?) )||+, )+ }
            }
        }

        /// Any event of any aggregate.
        #[derive(Debug, Clone, PartialEq, Eq)]
        #[allow(missing_docs)]
        pub enum Event { $( $aggregate($module::Event), )+ }

        /// The list itself.
        pub const CATALOGUE: &[EventKind] = &[
            $( $( EventKind { name: $kind, category: Category::$aggregate, founds: founds!($($founds)?), version: $version, zh: $zh, en: $en }, )+ )+
        ];

        impl Event {
            /// The aggregate whose event it is.
            #[must_use]
            pub const fn category(&self) -> Category {
                match self { $( Self::$aggregate(_) => Category::$aggregate, )+ }
            }

            /// Its line in the list.
            #[must_use]
            pub fn kind(&self) -> EventKind {
                match self {
                    $( $( Self::$aggregate($module::Event::$variant(_)) =>
                        EventKind { name: $kind, category: Category::$aggregate, founds: founds!($($founds)?), version: $version, zh: $zh, en: $en }, )+ )+
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
                    unknown => Err(DecodeError::unknown(unknown)),
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

        /// Calls a macro with the aggregates of the catalogue, for code that must say something of each of them.
        ///
        /// - `aggregates! { each [callback] args }` calls `callback! { args Name module: State, Key, Event; … }` once;
        /// - `aggregates! { besides [unit squad] [callback] args }` calls `callback! { args Name module: State, Key, Event; }`
        ///   for each aggregate whose module is not among those named;
        /// - `aggregates! { category unit }` is the [`Category`] of one.
        ///
        /// `args` is one group of tokens that is handed on. `Name` names the variant of [`Event`] and [`Category`], `State` is
        /// the aggregate, `Key` what stands in its streams' names after the category, `Event` its events.
        ///
        /// [`Category`]: crate::Category
        /// [`Event`]: crate::Event
        #[macro_export]
        macro_rules! aggregates {
            (each [$d($d callback:tt)+] $d args:tt) => {
                $d($d callback)+ ! {
                    $d args
                    $( $aggregate $module: $crate::$module::$state, $crate::$key, $crate::$module::Event; )+
                }
            };
            (besides [$d($d named:ident)*] $d callback:tt $d args:tt) => {
                $( $crate::aggregates! { @ $module [$d($d named)*] $d callback $d args } )+
            };
            $(
                (category $module) => { $crate::Category::$aggregate };
                (@ $module [$module $d($d rest:ident)*] $d callback:tt $d args:tt) => {};
                (@ $module [$d other:ident $d($d rest:ident)*] $d callback:tt $d args:tt) => {
                    $crate::aggregates! { @ $module [$d($d rest)*] $d callback $d args }
                };
                (@ $module [] [$d($d callback:tt)+] $d args:tt) => {
                    $d($d callback)+ ! {
                        $d args
                        $aggregate $module: $crate::$module::$state, $crate::$key, $crate::$module::Event;
                    }
                };
            )+
        }
    };
}

catalogue! { $
    Rulebook: rulebook::Rulebook of County {
        Adopted "RulebookAdopted" 1 "规则簿通过" "a version of the rulebook was adopted";
    }
    Unit: unit::Unit of UnitCode {
        Registered founds "UnitRegistered" 1 "单位登记" "a unit was registered";
        HeadcountDeclared "HeadcountDeclared" 1 "总人数申报" "the unit declared its headcount";
        QuotaAssigned "QuotaAssigned" 1 "任务数下达" "a task number was assigned";
        Attributed "UnitAttributed" 1 "归口" "the unit's people count towards a department";
        AdministratorReported "AdministratorReported" 1 "管理员上报" "the unit reported its administrator";
        Succeeded "UnitSucceeded" 1 "单位承接" "another unit took over";
        Renamed "UnitRenamed" 1 "单位更名" "the unit has another name";
        Reclassified "UnitReclassified" 1 "单位类别变更" "the unit is of another kind";
        ParentChanged "UnitParentChanged" 1 "单位上级变更" "the unit has another superior";
        PopulationStated "UnitPopulationStated" 1 "常住人口" "the inhabitants of a division, with their source";
    }
    Squad: squad::Squad of UnitCode {
        Applied founds "SquadApplied" 1 "小分队申请" "the unit applied for a squad";
        Approved "SquadApproved" 1 "小分队核准" "the squad was registered by the county committee of the Youth League (团县委)";
        MemberJoined "MemberJoined" 1 "队员加入" "a volunteer joined the squad";
        MemberLeft "MemberLeft" 1 "队员退出" "a volunteer left the squad";
        PartyShareChanged "MemberPartyChanged" 1 "队员政治面貌变更" "a member counts as party member or activist, or no longer";
        Completed "SquadCompleted" 1 "小分队组建完成" "the squad is complete";
    }
    Volunteer: volunteer::Volunteer of PersonId {
        Registered founds "VolunteerRegistered" 1 "志愿者注册" "a person registered as a volunteer";
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
        Returned "VolunteerReturned" 1 "志愿者重新注册" "a volunteer who had withdrawn registered again";
        PersonalDataCorrected "PersonalDataCorrected" 1 "个人信息更正" "what the vault holds of the volunteer was corrected";
        PoliticalStatusChanged "PoliticalStatusChanged" 1 "政治面貌变更" "the political status changed";
        CategoriesChanged "CategoriesChanged" 1 "类别变更" "kind or recruitment changed";
        IdentityCorrectionRequested "IdentityCorrectionRequested" 1 "申请更正身份号码" "somebody asked to correct the identity number";
        IdentityCorrected "IdentityCorrected" 1 "身份号码更正" "a second person agreed to the right identity number";
        IdentityCorrectionRefused "IdentityCorrectionRefused" 1 "不予更正身份号码" "the identity number stays as it is";
        PersonalDataErased "PersonalDataErased" 1 "个人信息删除" "the personal data was erased";
    }
    Activity: activity::Activity of ActivityId {
        Published founds "ActivityPublished" 1 "活动发布" "an activity was published";
        BackfillApproved "ActivityBackfillApproved" 1 "核准补录活动" "a second person approved an activity from paper";
        BackfillRefused "ActivityBackfillRefused" 1 "不予补录活动" "a second person refused an activity from paper";
        RiskAssessed "RiskAssessed" 1 "风险评估" "the risk was assessed";
        Insured "ParticipantsInsured" 1 "参加者投保" "participants were insured";
        SignedUp "SignedUp" 1 "报名" "a volunteer signed up";
        SignUpCancelled "SignUpCancelled" 1 "取消报名" "a volunteer cancelled the sign-up";
        Started "ActivityStarted" 1 "活动开始" "the activity started";
        Closed "ActivityClosed" 1 "活动结束" "the activity ended";
        Cancelled "ActivityCancelled" 1 "活动取消" "the activity was cancelled";
    }
    Service: service::Service of PersonId {
        CheckedIn "CheckedIn" 1 "签到" "the volunteer checked in";
        CheckedOut "CheckedOut" 1 "签退" "the volunteer checked out";
        Recorded "ServiceRecorded" 1 "服务记录" "a service was recorded";
        BackfillRequested "BackfillRequested" 1 "申请补录" "a backfill was asked for";
        BackfillApproved "BackfillApproved" 1 "核准补录" "the backfill was approved";
        Attested "ServiceAttested" 1 "服务认定" "the service was attested";
        DueSettled "ServiceDueSettled" 1 "记录期限确认" "the provisional last day for recording a service was set anew";
        Disputed "ServiceDisputed" 1 "记录异议" "the record was disputed";
        DisputeDismissed "DisputeDismissed" 1 "异议驳回" "the dispute was dismissed";
        Corrected "ServiceCorrected" 1 "记录更正" "the record was corrected";
        Voided "ServiceVoided" 1 "记录作废" "the record was voided";
    }
    Points: points::Account of PersonId {
        Earned "PointsEarned" 1 "积分获得" "points were earned";
        Redeemed "PointsRedeemed" 1 "积分兑换" "points were redeemed";
        RedemptionCancelled "RedemptionCancelled" 1 "兑换撤销" "a redemption was cancelled";
        Expired "PointsExpired" 1 "积分过期" "points expired";
        Reversed "PointsReversed" 1 "积分冲正" "points were reversed";
        Settled "PointsSettled" 1 "积分补扣" "points owed were taken from what came in";
    }
    Notice: notice::Notice of NoticeId {
        Published founds "NoticePublished" 1 "公示发布" "a notice was published";
        ObjectionFiled "ObjectionFiled" 1 "公示异议" "an objection was filed";
        ObjectionAnswered "ObjectionAnswered" 1 "异议答复" "an objection was answered";
        ObjectionOverdue "NoticeObjectionOverdue" 1 "公示异议逾期" "the days for an answer passed";
        ObjectionEscalated "NoticeObjectionEscalated" 1 "公示异议上报" "an objection went up to a unit above";
        Posted "NoticePosted" 1 "公示张贴" "the notice hung on a board, as photographs show";
        Closed "NoticeClosed" 1 "公示期满" "the notice closed";
        Withdrawn "NoticeWithdrawn" 1 "公示撤回" "the notice was withdrawn";
    }
    Station: station::Station of UnitCode {
        Opened founds "StationOpened" 1 "工作站设立" "a village opened its station";
        ItemEvidenced "StationItemEvidenced" 1 "五有佐证" "one of the five is there, with evidence";
        ItemLost "StationItemLost" 1 "五有失格" "one of the five is no longer there";
        SupervisorsElected "SupervisorsElected" 1 "监督小组推选" "residents chose who supervises";
        MemberAppointed "GroupMemberAppointed" 1 "成员聘任" "somebody became a member of a group";
        MemberLeft "GroupMemberLeft" 1 "成员离任" "somebody left a group";
        RelativesDeclared "RelativesDeclared" 1 "近亲属申报" "a member declared their near relatives";
        KinshipEnded "KinshipEnded" 1 "近亲属关系终止" "two people are no near relatives any more";
        TopicListed "TopicListed" 1 "清单增列" "the list of topics grew by an item";
        HouseholdsStated "StationHouseholdsStated" 1 "户数登记" "how many households there are";
        MeetingHeld "MeetingHeld" 1 "当月已议事" "a meeting was held in the month";
        MeetingMissed "MeetingMissed" 1 "当月未议事" "the month passed without a meeting";
    }
    Issue: issue::Issue of IssueId {
        Registered founds "IssueRegistered" 1 "议题登记" "an issue was entered in the register";
        BackfillApproved "IssueBackfillApproved" 1 "核准补录议题" "a second person approved an issue from paper";
        BackfillRefused "IssueBackfillRefused" 1 "不予补录议题" "a second person refused an issue from paper";
        Answered "IssueAnswered" 1 "议题答复" "the asker has an answer";
        AnswerOverdue "AnswerOverdue" 1 "答复逾期" "the days for the answer passed";
        OpinionsCollected "OpinionsCollected" 1 "征集意见" "people said what they think, without a vote";
        StepTaken "GreatMatterStepTaken" 1 "重大事项议事环节" "a great matter came nearer to the assembly";
        Triaged "IssueTriaged" 1 "对照清单" "the issue was held against the list of topics";
        Accepted "IssueAccepted" 1 "列入议题" "the issue is to be deliberated";
        Merged "IssueMerged" 1 "议题并案" "the issue goes on as part of another";
        Rejected "IssueRejected" 1 "不予列入" "the issue is not to be deliberated";
        RoutedOut "IssueRoutedOut" 1 "议题转办" "the issue is another authority's matter";
        RoutingReceived "IssueRoutingReceived" 1 "转办签收" "the authority has received the issue";
        RoutingReplied "IssueRoutingReplied" 1 "转办回复" "the authority replied";
        RoutingOverdue "IssueRoutingOverdue" 1 "转办逾期" "the days for the authority's reply passed";
        Expedited "IssueExpedited" 1 "急事特事先议" "the issue was dealt with before the meeting";
        Ratified "IssueRatified" 1 "会议追认" "a meeting ratified what was done before it";
        RatificationMissed "RatificationMissed" 1 "逾期未追认" "the next meeting did not ratify";
        Scheduled "IssueScheduled" 1 "列入议程" "the issue is on a meeting's agenda";
        Decided "IssueDecided" 1 "会议议定" "a meeting came to an end with the issue";
        Settled "IssueSettled" 1 "议题办结" "the problem is solved";
        Reopened "IssueReopened" 1 "议题重新办理" "what was thought solved is not";
    }
    Meeting: meeting::Meeting of MeetingId {
        Convened founds "MeetingConvened" 1 "会议召集" "a meeting was called";
        AttendanceTaken "AttendanceTaken" 1 "会议签到" "who is present was taken down";
        Departed "AttendeesDeparted" 1 "离会" "some left before the end";
        Returned "AttendeesReturned" 1 "返会" "some who had left are there again";
        OpinionGiven "LegalOpinionGiven" 1 "法律意见" "a legal adviser gave an opinion";
        VotesCast "VotesCast" 1 "表决" "those present voted on a topic";
        BallotsCast "BallotsCast" 1 "无记名投票" "those present voted in secret";
        CountingListsTaken "CountingListsTaken" 1 "楼栋计票表" "votes were taken building by building";
        TopicDecided "TopicDecided" 1 "议定" "the votes on a topic were counted";
        CountReopened "CountReopened" 1 "重新计票" "a count was opened again before the minutes were sealed";
        BackfillRequested "MeetingBackfillRequested" 1 "申请补录会议" "all that the paper says of a meeting was entered";
        BackfillApproved "MeetingBackfillApproved" 1 "核准补录会议" "a second person approved a meeting from paper";
        BackfillRefused "MeetingBackfillRefused" 1 "不予补录会议" "a second person refused a meeting from paper";
        MinutesSealed "MinutesSealed" 1 "会议记录封存" "the minutes were sealed";
        MinutesCorrected "MinutesCorrected" 1 "会议记录更正" "a correction stands beside the minutes";
        Cancelled "MeetingCancelled" 1 "会议取消" "the meeting did not take place";
    }
    Resolution: resolution::Resolution of ResolutionId {
        Adopted founds "ResolutionAdopted" 1 "决议通过" "a meeting adopted a resolution";
        BackfillRequested "ResolutionBackfillRequested" 1 "申请补录公示" "a notice that hung on the board was entered from paper";
        BackfillApproved "ResolutionBackfillApproved" 1 "核准补录公示" "a second person approved a notice from paper";
        BackfillRefused "ResolutionBackfillRefused" 1 "不予补录公示" "a second person refused a notice from paper";
        Publicised "ResolutionPublicised" 1 "决议公示" "the resolution stands open to objections";
        ObjectionFiled "ResolutionObjectionFiled" 1 "决议异议" "somebody objected to the resolution";
        ObjectionAnswered "ResolutionObjectionAnswered" 1 "决议异议答复" "an objection was answered";
        ObjectionOverdue "ResolutionObjectionOverdue" 1 "异议答复逾期" "the days for an answer passed";
        ObjectionEscalated "ResolutionObjectionEscalated" 1 "异议上报" "an objection went up to the town";
        Corrected "ResolutionCorrected" 1 "决议修正" "the resolution was changed after an objection";
        Withdrawn "ResolutionWithdrawn" 1 "决议撤销" "the resolution will not be executed";
        NoticeClosed "ResolutionNoticeClosed" 1 "决议公示期满" "the period passed with no objection open";
        Assigned "ExecutionAssigned" 1 "明确专人" "a named person is to execute it";
        Progressed "ExecutionProgressed" 1 "执行进展" "the executor told how far it is";
        Extended "ExecutionExtended" 1 "执行延期" "the execution has more time";
        ExecutionOverdue "ExecutionOverdue" 1 "执行逾期" "the last day of execution passed";
        CompletionClaimed "CompletionClaimed" 1 "报告完成" "the executor says that it is done";
        CompletionReturned "CompletionReturned" 1 "退回整改" "supervision found that it is not done";
        CompletionVerified "CompletionVerified" 1 "核实完成" "supervision found that it is done";
        BranchInformed "PartyBranchInformed" 1 "反馈党支部" "the party branch knows the findings";
        MeetingInformed "MeetingInformed" 1 "会议通报" "a meeting was told how it went";
        CompletionPublicised "CompletionPublicised" 1 "完成公示" "the completion was publicised";
        Reopened "ResolutionReopened" 1 "决议重新办理" "what was thought done is not";
    }
    Survey: survey::Survey of SurveyId {
        Opened founds "SurveyOpened" 1 "测评开始" "residents are asked what they think";
        BallotsIssued "BallotsIssued" 1 "测评码制作" "the codes of the ballots were made";
        HandedOut "BallotsHandedOut" 1 "测评码分发" "the sealed ballots were handed out";
        Replied "SurveyReplied" 1 "测评回复" "a ballot came back";
        Closed "SurveyClosed" 1 "测评结束" "the survey ended";
    }
    LedgerKey: ledger_key::LedgerKeys of County {
        Rotated "LedgerKeyRotated" 1 "账本密钥更换" "another key signs the ledger from here on";
    }
    Import: import::Import of ImportId {
        Began founds "ImportBegan" 1 "导入开始" "a table is being taken in";
        Finished "ImportFinished" 1 "导入完成" "all rows of a table were looked at";
        Undone "ImportUndone" 1 "导入撤销" "an import was taken back";
    }
    Comparison: comparison::Comparison of ComparisonId {
        Began founds "ComparisonBegan" 1 "实名比对开始" "a roster is being compared with everybody registered";
        Finished "ComparisonFinished" 1 "实名比对完成" "everybody was held against the roster";
    }
    Bulletin: bulletin::Bulletin of BulletinId {
        Ordered founds "BulletinOrdered" 1 "通报编制" "a bulletin is to be published";
        Tabled "BulletinTabled" 1 "通报列表" "a part of the bulletin's table";
        Published "BulletinPublished" 1 "通报发布" "the bulletin was published";
    }
    Calendar: calendar::Holidays of County {
        Adopted "HolidaysAdopted" 1 "节假日安排采用" "the State Council's notice for a year was adopted";
        Corrected "HolidaysCorrected" 1 "节假日安排更正" "what was known of a year's holidays was corrected";
    }
    Campaign: campaign::Campaign of CampaignCode {
        Adopted founds "CampaignAdopted" 1 "组建行动发起" "a campaign to raise or enlarge the squads was adopted";
        DeadlinesMoved "CampaignDeadlinesMoved" 1 "组建期限延长" "deadlines that were not over yet were put off";
        Ended "CampaignEnded" 1 "组建行动结束" "the campaign ended";
    }
    Operation: operation::Operation of County {
        ClockConfirmed "ClockConfirmed" 1 "时钟确认" "somebody looked that the clock is right";
        VaultLossAccepted "VaultLossAccepted" 1 "个人信息缺失认定" "the service runs on without personal data that is lost";
        ReadingsStated "ReadingsStated" 1 "查阅记录日结" "the readings of personal data on one day were stated";
    }
}
