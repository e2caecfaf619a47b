use domain::unit::Kind;
use domain::{CampaignCode, UnitCode};
use jiff::Timestamp;
use jiff::civil::Date;

use crate::engine::row::table;

table! {
    /// 组建行动: a campaign to raise or enlarge the squads.
    pub struct Campaign in "quota_campaign" {
        key {
            /// 行动代码 code
            campaign: CampaignCode,
        }
        /// 序号 which of the county's campaigns it is, in the order of their adoption, from 1
        number: u32,
        /// 名称 name
        #[example = "组建2021"]
        name: String,
        /// 开始日期 first day
        starts_on: Date,
        /// 结束日期 last day; none: until it is ended
        ends_on: Option<Date>,
        /// 提前结束日期 the day from which it is over, where it was ended
        ended_on: Option<Date>,
        /// 全县目标 members to reach in the county; none: the sum of the tasks
        county_total: Option<u32>,
    }
}

table! {
    /// 组建期限: until when units of a kind owe what in a campaign.
    pub struct CampaignDeadline in "quota_deadline" {
        key {
            /// 行动代码 campaign
            campaign: CampaignCode,
            /// 单位类别 kind of unit
            kind: Kind,
        }
        /// 管理员上报期限 deadline for reporting the administrator (UTC)
        administrator: Option<Timestamp>,
        /// 小分队组建期限 deadline for completing the squad (UTC)
        squad: Option<Timestamp>,
    }
}

table! {
    /// 任务: the task of a unit in a campaign.
    pub struct CampaignTask in "quota_task" {
        key {
            /// 行动代码 campaign
            campaign: CampaignCode,
            /// 单位代码 unit
            unit: UnitCode,
        }
        /// 任务数 members to reach; 0: 无任务
        task: i64,
        /// 小分队组建完成时间 when the squad was complete in this campaign (UTC)
        squad_completed_at: Option<Timestamp>,
        /// 管理员上报期限所依类别 kind whose deadline for the administrator holds; none: the unit's
        administrator_kind: Option<Kind>,
        /// 小分队组建期限所依类别 kind whose deadline for the squad holds; none: the unit's
        squad_kind: Option<Kind>,
        /// 是否由承接单位承担 whether the successor has it from then on
        taken_over: bool,
    }
}
