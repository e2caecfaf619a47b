use serde::{Deserialize, Serialize};

use crate::{Text, UnitCode};

/// What happens to an import (导入).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// 导入开始.
    Began(Began),
    /// 导入完成.
    Finished(Finished),
    /// 导入撤销.
    Undone(Undone),
}

named! {
    /// What a table lists.
    Table {
        Divisions "divisions" "区划",
        Units "units" "单位",
        Roster "roster" "花名册",
        SignIn "sign_in" "签到表",
    }
}

/// A table is being taken in. Every fact that it brings about names this import.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Began {
    /// What it lists.
    pub table: Table,
    /// Rows that hold anything.
    pub rows: u32,
    /// The unit of the account that imports; none for the county.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<UnitCode>,
}

/// All rows were looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finished {
    /// Rows that added somebody or something.
    pub added: u32,
    /// Rows that changed something known.
    pub changed: u32,
    /// Rows that said what was known.
    pub unchanged: u32,
    /// Rows of which nothing was taken.
    pub not_taken: u32,
}

/// The import was taken back, by facts that name it too.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Undone {
    /// Why.
    pub reason: Text<200>,
    /// Of how many units or people the import's facts were taken back.
    pub undone: u32,
    /// Of how many they stay, because later facts rest on them.
    pub stayed: u32,
}
