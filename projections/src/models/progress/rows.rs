use std::ops::AddAssign;

use domain::UnitCode;
use domain::rulebook::PopulationShare;
use domain::unit::Kind;
use jiff::civil::Date;

use crate::described;
use crate::models::quota::UnitQuota;

described! {
    /// 单位进度 how far a unit has come, with all that counts towards it.
    pub struct UnitProgress {
        /// 单位代码 code of the unit
        pub unit: UnitCode,
        /// 单位名称 name
        #[example = "墙头镇"]
        pub name: String,
        /// 类别 kind
        pub kind: Kind,
        /// 计入单位 unit its people count towards
        pub counts_towards: Option<UnitCode>,
        /// 总人数 people
        pub headcount: i64,
        /// 任务数 task number
        pub task: i64,
        /// 是否有任务 whether it has a task, its own or one below it
        pub has_task: bool,
        /// 应有队员数 members required; none without a task
        pub required: Option<u32>,
        /// 队员数 squad members
        pub members: i64,
        /// 差额 members that are missing; none without a task
        pub gap: Option<i64>,
        /// 本单位注册人数 registered volunteers of the unit itself
        pub registered: i64,
        /// 注册人数 registered volunteers in all
        pub registered_total: i64,
        /// 常住人口 inhabitants, where they were stated
        pub population: Option<i64>,
        /// 人口统计日期 the day for which they were counted
        pub population_on: Option<Date>,
        /// 人口数据来源 where that figure stands
        #[example = "第七次全国人口普查公报"]
        pub population_source: Option<String>,
        /// 应有注册人数 registered volunteers that so many inhabitants take
        pub registered_required: Option<u32>,
        /// 注册人数期限 by when
        pub registered_by: Option<Date>,
        /// 注册人数达标 whether there are so many
        pub registered_met: Option<bool>,
        /// 本单位比对一致 of the unit itself: whose real name matched
        pub matched: i64,
        /// 比对一致 in all: whose real name matched
        pub matched_total: i64,
        /// 比对不一致 in all: whose real name did not
        pub refused_total: i64,
        /// 未比对 in all: of whom no roster said anything yet
        pub pending_total: i64,
        /// 待认定和待核准 service records that wait for attestation or approval
        pub waiting_total: i64,
        /// 异议中 service records under dispute
        pub disputed_total: i64,
        /// 管理员上报逾期 administrator overdue
        pub administrator_overdue: bool,
        /// 小分队逾期 squad overdue
        pub squad_overdue: bool,
        /// 以前行动逾期 whether it was late under an earlier campaign
        pub late_earlier: bool,
    }
}

/// What a unit has itself.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Own {
    pub registered: i64,
    pub matched: i64,
    pub refused: i64,
    pub waiting: i64,
    pub disputed: i64,
}

impl AddAssign for Own {
    fn add_assign(&mut self, more: Self) {
        self.registered += more.registered;
        self.matched += more.matched;
        self.refused += more.refused;
        self.waiting += more.waiting;
        self.disputed += more.disputed;
    }
}

impl UnitProgress {
    pub(super) fn of(quota: UnitQuota, own: Own, total: Own, share: PopulationShare) -> Self {
        let unit = quota.unit;
        let required = quota.has_task.then_some(quota.required);
        let people = unit.population.and_then(|people| u32::try_from(people).ok());
        let registered_required = people.map(|people| share.required(people));
        Self {
            unit: unit.unit,
            name: unit.name,
            kind: unit.kind,
            counts_towards: unit.counts_towards,
            headcount: unit.headcount_total,
            task: unit.task_total,
            has_task: quota.has_task,
            required,
            members: unit.members_total,
            gap: required.map(|required| (i64::from(required) - unit.members_total).max(0)),
            registered: own.registered,
            registered_total: total.registered,
            population: unit.population,
            population_on: unit.population_on,
            population_source: unit.population_source,
            registered_required,
            registered_by: registered_required.map(|_| share.by),
            registered_met: registered_required
                .map(|required| total.registered >= i64::from(required)),
            matched: own.matched,
            matched_total: total.matched,
            refused_total: total.refused,
            pending_total: total.registered - total.matched - total.refused,
            waiting_total: total.waiting,
            disputed_total: total.disputed,
            administrator_overdue: quota.administrator_overdue,
            squad_overdue: quota.squad_overdue,
            late_earlier: quota.late_earlier,
        }
    }
}
