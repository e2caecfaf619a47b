use domain::unit::Kind;
use domain::{PersonId, UnitCode};
use jiff::Timestamp;
use jiff::civil::Date;

use crate::engine::row::table;

table! {
    /// 单位任务进度: a unit's figures, its own and (`_total`) with all units that count towards it.
    pub struct Unit in "quota_unit" {
        key {
            /// 单位代码 code of the unit
            unit: UnitCode,
        }
        /// 单位名称 name
        #[example = "象山县"]
        name: String,
        /// 类别 kind
        kind: Kind,
        /// 上级代码 parent
        parent: Option<UnitCode>,
        /// 归口部门 department its people count towards instead of the parent
        attributed_to: Option<UnitCode>,
        /// 计入单位 unit its people count towards
        counts_towards: Option<UnitCode>,
        /// 承接单位 successor
        succeeded_by: Option<UnitCode>,
        /// 承接时间 since when the successor has its people, task and squad (UTC)
        taken_over_at: Option<Timestamp>,
        /// 本单位总人数 people of the unit itself
        headcount: i64,
        /// 总人数(含归口及下属) people with those of all units that count towards it
        headcount_total: i64,
        /// 下达任务数 task number of the unit itself in the campaign adopted last; before there was any, the one last assigned
        task: i64,
        /// 下属任务数之和 sum of the task numbers of the units that count towards it
        task_below: i64,
        /// 任务数(上级任务数包含下级) task number: its own or that of those below, whichever is more
        task_total: i64,
        /// 本单位队员数 squad members of the unit itself
        members: i64,
        /// 队员数 squad members in all
        members_total: i64,
        /// 本单位实名比对一致队员数 members of the unit itself whose real name matched
        verified: i64,
        /// 实名比对一致队员数 members in all whose real name matched
        verified_total: i64,
        /// 本单位党员和入党积极分子 party members and activists of the unit itself
        party: i64,
        /// 党员和入党积极分子 party members and activists in all
        party_total: i64,
        /// 管理员上报时间 when the administrator was first reported (UTC)
        administrator_reported_at: Option<Timestamp>,
        /// 管理员上报是否逾期 whether that was late
        administrator_late: Option<bool>,
        /// 小分队申请时间 when the squad was applied for (UTC)
        squad_applied_at: Option<Timestamp>,
        /// 小分队核准时间 when the squad was approved (UTC)
        squad_approved_at: Option<Timestamp>,
        /// 小分队注册编号 registration of the squad
        #[example = "XF-2021-001"]
        squad_registration: Option<String>,
        /// 小分队组建完成时间 when the squad was complete (UTC)
        squad_completed_at: Option<Timestamp>,
        /// 小分队组建是否逾期 whether that was late
        squad_late: Option<bool>,
        /// 此前是否逾期 whether it was late before the county had its first campaign
        late_before_campaigns: bool,
        /// 常住人口 inhabitants, where they were stated
        population: Option<i64>,
        /// 人口统计日期 the day for which they were counted
        population_on: Option<Date>,
        /// 人口数据来源 where that figure stands
        #[example = "第七次全国人口普查公报"]
        population_source: Option<String>,
    }
    index (counts_towards);
}

table! {
    /// 志愿者归属: where a volunteer counts.
    pub struct Volunteer in "quota_volunteer" {
        key {
            /// 志愿者编号 volunteer number
            volunteer: PersonId,
        }
        /// 单位代码 unit
        unit: UnitCode,
        /// 所在小分队 unit of the squad the volunteer is a member of; none: no member
        squad: Option<UnitCode>,
        /// 是否党员或入党积极分子 party member or activist
        party: bool,
        /// 是否实名比对一致 whether the real name matched
        verified: bool,
        /// 最近认定服务日 day of the latest attested service
        latest_day: Option<Date>,
    }
    index (unit);
}

table! {
    /// 已认定的服务: attested services.
    pub struct AttestedService in "quota_attested_service" {
        key {
            /// 志愿者编号 volunteer number
            volunteer: PersonId,
            /// 记录号 record
            record: u32,
        }
        /// 服务日 last day of the service
        served_on: Date,
    }
}

table! {
    /// 活跃统计: how many members of a unit itself have their latest attested service on a day.
    pub struct ActiveDay in "quota_active_day" {
        key {
            /// 服务日 day
            day: Date,
            /// 单位代码 unit
            unit: UnitCode,
        }
        /// 队员数 members
        members: i64,
    }
}

table! {
    /// 规则簿摘要: the figures of each adopted rulebook that the quota needs.
    pub struct RulesFrom in "quota_rules" {
        key {
            /// 规则簿版本 version of the rulebook
            version: u32,
        }
        /// 生效日期 first day of validity
        effective_from: Date,
        /// 队员占总人数百分比下限 least percentage of members
        member_percent: u8,
        /// 党员和积极分子占队员百分比下限 least percentage of party members and activists
        party_percent: u8,
        /// 活跃天数 days for which an attested service makes active
        active_days: u32,
        /// 管理员上报期限 deadline for reporting the administrator, where the version states one (UTC)
        administrator_deadline: Option<Timestamp>,
        /// 小分队组建期限 deadline for completing the squad, where the version states one (UTC)
        squad_deadline: Option<Timestamp>,
        /// 全县目标 the county's total, where the version states one
        county_total: Option<u32>,
        /// 镇乡街道是否含村社区 whether a town's heads include those of its villages
        towns_count_villages: bool,
        /// 注册志愿者占常住人口百分比 percentage of the inhabitants that registers
        population_percent: u8,
        /// 该比例期限 by when
        population_by: Date,
    }
}

impl Unit {
    /// A unit of which nothing more is known than its registration.
    pub(super) fn registered(registered: &domain::unit::Registered) -> Self {
        Self {
            unit: registered.unit.clone(),
            name: registered.name.to_string(),
            kind: registered.kind,
            parent: registered.parent.clone(),
            attributed_to: None,
            counts_towards: registered.parent.clone(),
            succeeded_by: None,
            taken_over_at: None,
            headcount: 0,
            headcount_total: 0,
            task: 0,
            task_below: 0,
            task_total: 0,
            members: 0,
            members_total: 0,
            verified: 0,
            verified_total: 0,
            party: 0,
            party_total: 0,
            administrator_reported_at: None,
            administrator_late: None,
            squad_applied_at: None,
            squad_approved_at: None,
            squad_registration: None,
            squad_completed_at: None,
            squad_late: None,
            late_before_campaigns: false,
            population: None,
            population_on: None,
            population_source: None,
        }
    }
}

impl From<&domain::rulebook::Adopted> for RulesFrom {
    fn from(adopted: &domain::rulebook::Adopted) -> Self {
        let rules = &adopted.rules;
        Self {
            version: adopted.version,
            effective_from: adopted.effective_from,
            member_percent: *rules.member_percent,
            party_percent: *rules.party_percent,
            active_days: u32::from(*rules.active_days),
            administrator_deadline: rules.administrator_deadline.as_ref().map(|rule| rule.value),
            squad_deadline: rules.squad_deadline.as_ref().map(|rule| rule.value),
            county_total: rules.county_total.as_ref().map(|rule| rule.value),
            towns_count_villages: rules.towns_count_villages(),
            population_percent: rules.population_share().percent,
            population_by: rules.population_share().by,
        }
    }
}
