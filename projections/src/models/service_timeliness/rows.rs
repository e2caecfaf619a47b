use domain::activity::{Class, Kind};
use domain::service::Counter;
use domain::{ActivityId, Minutes, PersonId, UnitCode};
use jiff::Timestamp;
use jiff::civil::Date;
use rusqlite::types::{FromSqlError, FromSqlResult, ValueRef};
use serde::Serialize;

use crate::engine::column::{Column, words};
use crate::engine::described::{Counts, Integer, Shape, Shaped, Word};
use crate::engine::row::table;

words! {
    /// How a record stands.
    State {
        /// 补录待核准
        Requested "requested",
        /// 待认定
        Recorded "recorded",
        /// 已认定
        Attested "attested",
        /// 已作废
        Voided "voided",
    }
}

table! {
    /// 服务记录: one service of one volunteer.
    pub struct ServiceRecord in "service_record" as "ServiceRecord" {
        key {
            /// 志愿者编号 volunteer number
            volunteer: PersonId,
            /// 记录号 number among the volunteer's records
            record: u32,
        }
        /// 版本 revision, rising with every correction
        revision: u32,
        /// 活动编号 activity
        activity: ActivityId,
        /// 服务类别 kind
        kind: Kind,
        /// 服务分类 class
        class: Class,
        /// 组织单位 organiser
        organiser: UnitCode,
        /// 服务内容 content
        #[example = "宣讲民法典"]
        content: String,
        /// 开始时间 start (UTC)
        started_at: Timestamp,
        /// 结束时间 end (UTC)
        ended_at: Timestamp,
        /// 服务时长 minutes given
        minutes: Minutes,
        /// 服务成果 outcomes, counted, as a JSON object
        outcomes: Outcomes,
        /// 是否现场报名 whether the volunteer signed up while the activity ran
        walk_in: bool,
        /// 是否未签退 whether nobody checked out, so that presence ended with the activity
        check_out_forgotten: bool,
        /// 记录期限 last day on which it was in time (民政部令第67号 §11)
        due: Date,
        /// 记录期限是否暂定 whether that day is provisional: the holidays of a year are not known yet
        due_provisional: bool,
        /// 记录时间 when it was recorded or the backfill asked for (UTC)
        recorded_at: Timestamp,
        /// 是否逾期 whether that was late
        late: bool,
        /// 是否补录 whether it is a backfill
        backfill: bool,
        /// 状态 state
        state: State,
        /// 是否有异议 whether a dispute is open
        disputed: bool,
        /// 组织评价 rating 1 to 5
        rating: Option<u8>,
        /// 认定时间 when it was attested (UTC)
        attested_at: Option<Timestamp>,
    }
    index (organiser);
    index (activity);
}

table! {
    /// 暂定期限: records whose last day waits for the notice about a year's holidays.
    pub struct ProvisionalDue in "service_provisional_due" {
        key {
            /// 志愿者编号 volunteer number
            volunteer: PersonId,
            /// 记录号 record
            record: u32,
        }
        /// 所缺年份 the first year whose holidays are not known
        missing: i16,
    }
}

/// What came of a service, counted; what is not there is zero.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outcomes(pub Vec<(Counter, u32)>);

impl Serialize for Outcomes {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(what, count)| (what.as_str(), count)))
    }
}

impl Shaped for Outcomes {
    const SHAPE: Shape = Shape::Counts(Counts {
        words: || {
            let word = |counter: &Counter| Word { stored: counter.as_str(), zh: counter.zh() };
            Counter::ALL.iter().map(word).collect()
        },
        complete: false,
        number: Integer { least: 1, most: u32::MAX as i64, unit: None, example: 30 },
    });
}

impl Column for Outcomes {
    const TYPE: &'static str = "TEXT";
    fn bind(&self, to: &mut rusqlite::Statement<'_>, at: usize) -> rusqlite::Result<()> {
        if self.0.is_empty() {
            return to.raw_bind_parameter(at, "{}");
        }
        let json = serde_json::to_string(self);
        let json =
            json.map_err(|error| rusqlite::Error::ToSqlConversionFailure(Box::new(error)))?;
        to.raw_bind_parameter(at, json)
    }
    fn read(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let text = value.as_str()?;
        if text == "{}" {
            return Ok(Self::default());
        }
        // Sorted by word here as in the fold, so that a row read back equals the row written.
        let counts: std::collections::BTreeMap<String, u32> =
            serde_json::from_str(text).map_err(FromSqlError::other)?;
        let known = counts.into_iter().map(|(word, count)| {
            let what = Counter::ALL.iter().copied().find(|known| known.as_str() == word);
            what.map(|what| (what, count)).ok_or(FromSqlError::InvalidType)
        });
        known.collect::<FromSqlResult<_>>().map(Self)
    }
}

/// Three tables with the same sums, by another key each.
macro_rules! sums {
    ($(#[doc = $meaning:literal])+ $name:ident in $table:literal $(as $shown:literal)? by $(#[doc = $key_doc:literal])+ $key:ident: $type:ty) => {
        table! {
            $(#[doc = $meaning])+
            pub struct $name in $table $(as $shown)? {
                key {
                    $(#[doc = $key_doc])+
                    $key: $type,
                }
                /// 记录数 records, voided ones among them
                records: i64,
                /// 及时 recorded in time
                in_time: i64,
                /// 逾期 recorded late
                late: i64,
                /// 补录 backfills
                backfilled: i64,
                /// 已认定 attested records
                attested: i64,
                /// 已认定时长 attested minutes
                attested_minutes: i64,
                /// 异议中 records under dispute
                disputed: i64,
                /// 已作废 voided records
                voided: i64,
                /// 评价数 attested records with a rating
                ratings: i64,
                /// 评价之和 sum of those ratings
                rating_sum: i64,
            }
        }

        impl $name {
            pub(super) fn new($key: $type) -> Self {
                Self {
                    $key,
                    records: 0,
                    in_time: 0,
                    late: 0,
                    backfilled: 0,
                    attested: 0,
                    attested_minutes: 0,
                    disputed: 0,
                    voided: 0,
                    ratings: 0,
                    rating_sum: 0,
                }
            }

            pub(super) fn add(&mut self, more: &super::fold::Sums) {
                self.records += more.records;
                self.in_time += more.in_time;
                self.late += more.late;
                self.backfilled += more.backfilled;
                self.attested += more.attested;
                self.attested_minutes += more.attested_minutes;
                self.disputed += more.disputed;
                self.voided += more.voided;
                self.ratings += more.ratings;
                self.rating_sum += more.rating_sum;
            }
        }
    };
}

sums! {
    /// 组织单位的服务记录: records by organiser.
    ByOrganiser in "service_by_organiser" as "ServiceTimeliness" by
    /// 组织单位 organiser
    organiser: UnitCode
}
sums! {
    /// 活动的服务记录: records by activity.
    ByActivity in "service_by_activity" by
    /// 活动编号 activity
    activity: ActivityId
}
sums! {
    /// 志愿者的服务记录: records by volunteer.
    ByVolunteer in "service_by_volunteer" by
    /// 志愿者编号 volunteer number
    volunteer: PersonId
}

table! {
    /// 活动成果: what came of an activity's attested services, counted.
    pub struct Outcome in "service_outcome" as "ActivityOutcome" {
        key {
            /// 活动编号 activity
            activity: ActivityId,
            /// 成果类别 what is counted
            #[example = "leaflets"]
            what: String,
        }
        /// 数量 how many
        count: i64,
    }
}
