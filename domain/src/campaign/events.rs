use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::unit::Kind;
use crate::{Text, UnitCode};

/// What happens to a campaign (组建行动).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// 发起.
    Adopted(Box<Adopted>),
    /// 期限延长.
    DeadlinesMoved(DeadlinesMoved),
    /// 结束.
    Ended(Ended),
}

/// The county adopted a campaign to raise its squads (组建) or to enlarge them (增补).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Adopted {
    /// 名称, for example 组建2021.
    pub name: Text<80>,
    /// The notice or decision that orders it.
    pub source: Text<200>,
    /// First day.
    pub starts_on: Date,
    /// Last day; none: until it is ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ends_on: Option<Date>,
    /// Until when units owe what.
    pub deadlines: Deadlines,
    /// Other deadlines for some kinds of units.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub by_kind: Vec<KindDeadlines>,
    /// 全县目标: members to reach in the whole county; none: the sum of the tasks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub county_total: Option<u32>,
    /// 任务分解表: which units have a task. Whoever is not in it has none until it is given one.
    pub tasks: Vec<Task>,
}

/// Until when a unit owes what; none: without a deadline.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deadlines {
    /// 管理员上报期限: reported then or later is late.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub administrator: Option<Timestamp>,
    /// 小分队组建期限: complete then or later is late.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub squad: Option<Timestamp>,
}

/// Deadlines of one kind of unit; one that is left out is that of the campaign.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct KindDeadlines {
    /// 类别.
    pub kind: Kind,
    /// Until when.
    #[serde(flatten)]
    pub deadlines: Deadlines,
}

/// 任务: members that a unit has to reach in a campaign.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Task {
    /// Which unit.
    pub unit: UnitCode,
    /// Members to reach.
    pub task: u32,
}

/// Deadlines that were not over yet were put off. One that is over stays, and with it who was late.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeadlinesMoved {
    /// From now on.
    pub deadlines: Deadlines,
    /// Those of some kinds of units, from now on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub by_kind: Vec<KindDeadlines>,
    /// Why.
    pub reason: Text<200>,
}

/// The campaign is over; who was late under it stays late under it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ended {
    /// The day from which no unit owes anything under it.
    pub on: Date,
    /// Why.
    pub reason: Text<200>,
}
