use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::unit::Kind;
use crate::{BulletinId, Text, UnitCode};

/// What happens to a bulletin (通报).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// 通报编制.
    Ordered(Ordered),
    /// 通报列表: a part of the table.
    Tabled(Tabled),
    /// 通报发布.
    Published(Published),
}

/// A bulletin is to be published. Whatever the log learns later is not in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ordered {
    /// 文号.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<Text<40>>,
    /// 标题.
    pub title: Text<80>,
    /// 说明: what stands above the table.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Text<1000>>,
    /// 截至: the moment that is told of; none for that of this event.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_of: Option<Timestamp>,
    /// The earlier bulletin that it corrects.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub corrects: Option<Correction>,
}

/// 更正: which bulletin a later one takes the place of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Correction {
    /// The earlier one.
    pub bulletin: BulletinId,
    /// What was wrong with it.
    pub reason: Text<200>,
}

/// Units of the table, in its order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tabled {
    /// A row each.
    pub rows: Vec<Row>,
}

/// The table is whole, and everybody may read it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Published {
    /// 截至: the figures follow from what the log knew at this moment, and from nothing else.
    pub as_of: Timestamp,
    /// Rows of the table.
    pub units: u32,
}

named! {
    /// 逾期事项.
    Late {
        Administrator "administrator" "管理员上报逾期",
        Squad "squad" "小分队组建逾期",
        Earlier "earlier" "以前行动逾期",
    }
}

/// 一个单位: a row of the table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// 名次 among the units of its kind; none without a task.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rank: Option<u32>,
    /// What is told of it.
    #[serde(flatten)]
    pub figures: Figures,
}

/// What a bulletin tells of a unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figures {
    /// 单位代码.
    pub unit: UnitCode,
    /// 单位名称 at that moment; none where it must not stand here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Text<80>>,
    /// 类别.
    pub kind: Kind,
    /// 应有队员数; 0 without a task.
    pub required: u32,
    /// 队员数.
    pub members: u32,
    /// 注册志愿者数.
    pub registered: u32,
    /// 实名比对一致.
    pub matched: u32,
    /// 实名比对不一致.
    pub refused: u32,
    /// 待办: records that wait for attestation or approval, and disputes.
    pub open: u32,
    /// 逾期.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub late: Vec<Late>,
}

impl Figures {
    /// 差额: members that are missing.
    #[must_use]
    pub fn gap(&self) -> u32 {
        self.required.saturating_sub(self.members)
    }

    /// 未比对: registered people of whom no roster said anything yet.
    #[must_use]
    pub fn pending(&self) -> u32 {
        self.registered.saturating_sub(self.matched).saturating_sub(self.refused)
    }

    /// 完成率 in tenths of a percent; none without a task.
    #[must_use]
    pub fn completion(&self) -> Option<u32> {
        per_mille(self.members, self.required)
    }

    /// 比对率 in tenths of a percent; none without registered people.
    #[must_use]
    pub fn verified(&self) -> Option<u32> {
        per_mille(self.matched, self.registered)
    }
}

fn per_mille(part: u32, whole: u32) -> Option<u32> {
    let of = (u64::from(part) * 1000).checked_div(u64::from(whole))?;
    Some(u32::try_from(of).unwrap_or(u32::MAX))
}
