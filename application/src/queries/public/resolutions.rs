use domain::resolution::{Resolution, Stage};
use domain::{Actor, ResolutionId, UnitCode};
use jiff::Timestamp;
use jiff::civil::Date;
use projections::described;
use projections::models::execution_ledger::{self, Entry};

use crate::Error;
use crate::queries::{Moment, Queries, Seen, Versioned};

described! {
    /// 决议 a resolution as everybody may see it. Claimed is not done: only `completed` is.
    pub struct PublicResolution {
        /// 决议编号 resolution
        pub resolution: ResolutionId,
        /// 村社区 station's village
        pub station: UnitCode,
        /// 标题 title
        pub title: String,
        /// 决议内容 what is to be done, as last corrected
        #[example = "两周内修好东巷路灯"]
        pub text: String,
        /// 议定日 day of the meeting
        pub decided_on: Date,
        /// 阶段 stage
        pub stage: Stage,
        /// 公示期次 period of its notice
        pub period: u32,
        /// 公示首日 first day of that period
        pub opens_on: Option<Date>,
        /// 公示末日 last day of that period
        pub closes_on: Option<Date>,
        /// 异议数 objections filed
        pub objections_filed: u32,
        /// 待答复异议数 objections that wait for an answer
        pub objections_open: u32,
        /// 成立异议数 objections upheld
        pub objections_upheld: u32,
        /// 执行人职务 office in which somebody executes it, never who
        #[example = "村电工"]
        pub office: Option<String>,
        /// 完成期限 last day of the execution
        pub due: Option<Date>,
        /// 逾期天数 days between the last day and today, or the claim that stands
        pub days_overdue: u32,
        /// 退回次数 claims of completion that supervision did not bear out
        pub returns: u32,
        /// 核实时间 when it was verified (UTC)
        pub verified_at: Option<Timestamp>,
        /// 完成公示时间 when the completion was publicised (UTC)
        pub completed_at: Option<Timestamp>,
        /// 完成情况 what came of it
        #[example = "东巷路灯全部修复"]
        pub result: Option<String>,
        /// 重新办理次数 how often it was reopened
        pub reopened: u32,
    }
}

impl PublicResolution {
    /// The public side of a line of the ledger.
    pub(super) fn of(entry: Entry) -> Self {
        let Entry { resolution: row, days_overdue } = entry;
        Self {
            resolution: row.resolution,
            station: row.station,
            title: row.title,
            text: row.text,
            decided_on: row.decided_on,
            stage: row.stage,
            period: row.period,
            opens_on: row.opens_on,
            closes_on: row.closes_on,
            objections_filed: row.objections_filed,
            objections_open: row.objections_open,
            objections_upheld: row.objections_upheld,
            office: row.office,
            due: row.due,
            days_overdue,
            returns: row.returns,
            verified_at: row.verified_at,
            completed_at: row.completed_at,
            result: row.result,
            reopened: row.reopened,
        }
    }
}

impl Queries {
    /// One resolution and how far it has come, for everybody.
    ///
    /// # Errors
    /// [`Error::AccountForPast`]; see [`Error`].
    pub async fn public_resolution(
        &self,
        asker: Option<&Actor>,
        resolution: ResolutionId,
        moment: Moment,
    ) -> Result<Option<Versioned<PublicResolution>>, Error> {
        Self::known_for_past(asker, moment)?;
        let query = move |seen: &Seen<'_>| {
            let found = execution_ledger::get(seen.rows, resolution, seen.today())?;
            Ok(found.map(PublicResolution::of))
        };
        self.one::<Resolution, _>(&resolution.to_string(), moment, query).await
    }
}
