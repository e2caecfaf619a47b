use domain::CampaignCode;
use jiff::Timestamp;

use super::Unit;
use crate::described;
use crate::engine::column::words;

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
    /// 任务进度 a unit against its quota: its counts with all that depends on the day and on the rulebook.
    pub struct UnitQuota as "Quota" {
        /// 单位 the counts, with the tasks of the campaign
        #[serde(flatten)]
        pub unit: Unit,
        /// 行动代码 campaign whose tasks and deadlines these are; none: the county has none yet
        pub campaign: Option<CampaignCode>,
        /// 全县目标 members to reach in the county; of the county alone, where one was set
        pub county_total: Option<u32>,
        /// 全县目标达标 whether the members of all units together reach it
        pub county_total_met: Option<bool>,
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
        /// 管理员上报逾期 administrator overdue: reported late, or not yet though the deadline is over; never without a task, nor for a deadline after a succession
        pub administrator_overdue: bool,
        /// 小分队逾期 squad overdue: complete late, or not yet though the deadline is over; never without a task, nor for a deadline after a succession
        pub squad_overdue: bool,
    }
}
