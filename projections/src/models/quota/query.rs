use domain::unit::Kind;
use domain::{CampaignCode, UnitCode};
use jiff::Timestamp;
use rusqlite::Connection;

use super::county::County;
use super::{Campaign, Unit};
use crate::described;
use crate::engine::column::words;
use crate::engine::query::{Page, PageRequest, QueryError, find};

words! {
    /// How a unit stands against its task.
    Standing {
        /// 无任务
        NoTask "no_task",
        /// 进行中
        Open "open",
        /// 达标
        Met "met",
        /// 逾期
        Overdue "overdue",
    }
}

described! {
    /// 一个单位的任务进度 a unit against its quota: its counts with all that depends on the day and on the rulebook.
    pub struct UnitQuota as "Quota" {
        /// 单位 the counts, with the tasks of the campaign
        #[serde(flatten)]
        pub unit: Unit,
        /// 行动代码 campaign whose tasks and deadlines these are; none: the county has none yet
        pub campaign: Option<CampaignCode>,
        /// 进度 how the unit stands: without a task it is neither met nor overdue
        pub standing: Standing,
        /// 是否有任务 whether the unit or one that counts towards it has a task
        pub has_task: bool,
        /// 管理员上报期限 deadline for the administrator, where the unit itself has a task (UTC)
        pub administrator_deadline: Option<Timestamp>,
        /// 小分队组建期限 deadline for the squad, where the unit itself has a task (UTC)
        pub squad_deadline: Option<Timestamp>,
        /// 以前是否逾期 whether it was late in an earlier campaign, or before there was any
        pub late_earlier: bool,
        /// 应有队员数 members required: the task number or the share of the headcount, whichever is more
        pub required: u32,
        /// 本单位活跃队员数 active members of the unit itself: with an attested service within the active days
        pub active: i64,
        /// 活跃队员数 active members in all
        pub active_total: i64,
        /// 队员比例达标 share of members met: members·100 ≥ headcount·percentage, of some headcount
        pub member_share_met: bool,
        /// 党员和积极分子比例达标 share of party members and activists met: party·100 ≥ members·percentage, of some members
        pub party_share_met: bool,
        /// 任务数达标 task number met: members ≥ task; never without a task
        pub task_met: bool,
        /// 管理员上报逾期 administrator overdue: reported late, or not yet though the deadline is over; never without a task
        pub administrator_overdue: bool,
        /// 小分队逾期 squad overdue: complete late, or not yet though the deadline is over; never without a task
        pub squad_overdue: bool,
    }
}

/// Which units a list shows.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Only this unit and those below it, by parent or by attribution.
    pub within: Option<UnitCode>,
    /// Only this kind.
    pub kind: Option<Kind>,
    /// Tasks and deadlines of this campaign; none: of the one adopted last.
    pub campaign: Option<CampaignCode>,
}

/// Units by code, as of `at`.
///
/// # Errors
/// See [`QueryError`].
pub fn list(
    conn: &Connection,
    at: Timestamp,
    filter: &Filter,
    page: &PageRequest,
) -> Result<Page<UnitQuota>, QueryError> {
    let county = County::load(conn, at, filter.campaign.as_ref())?;
    let after = page.after.as_deref().unwrap_or_default();
    let mut wanted = county.units.iter().filter(|unit| {
        unit.unit.as_str() > after
            && filter.kind.is_none_or(|kind| unit.kind == kind)
            && filter.within.as_ref().is_none_or(|root| county.is_within(unit, root))
    });
    let items: Vec<UnitQuota> =
        wanted.by_ref().take(page.rows()).map(|unit| county.quota(unit)).collect();
    let more = wanted.next().is_some();
    let next = items.last().filter(|_| more).map(|last| last.unit.unit.to_string());
    Ok(Page { items, next })
}

/// One unit, as of `at`.
///
/// # Errors
/// See [`QueryError`].
pub fn get(
    conn: &Connection,
    unit: &UnitCode,
    at: Timestamp,
) -> Result<Option<UnitQuota>, QueryError> {
    get_in(conn, unit, None, at)
}

/// One unit in a campaign, as of `at`; none: in the one adopted last.
///
/// # Errors
/// See [`QueryError`].
pub fn get_in(
    conn: &Connection,
    unit: &UnitCode,
    campaign: Option<&CampaignCode>,
    at: Timestamp,
) -> Result<Option<UnitQuota>, QueryError> {
    let county = County::load(conn, at, campaign)?;
    Ok(county.find(unit).map(|unit| county.quota(unit)))
}

/// Whether there is a campaign of this code.
///
/// # Errors
/// See [`QueryError`].
pub fn has_campaign(conn: &Connection, campaign: &CampaignCode) -> Result<bool, QueryError> {
    Ok(find::<Campaign>(conn, campaign)?.is_some())
}
