//! The tables there are.

use super::column::Column;
use super::{accounts, counting_lists, divisions, roster, sign_in, units};

/// What a table holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// 区划.
    Divisions,
    /// 单位.
    Units,
    /// 花名册.
    Roster,
    /// 签到表.
    SignIn,
    /// 计票表.
    CountingLists,
    /// 账号: taken by `yuanfa token issue-all` alone, because secrets come of it.
    Accounts,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 6] = [
        Self::Divisions,
        Self::Units,
        Self::Roster,
        Self::SignIn,
        Self::CountingLists,
        Self::Accounts,
    ];

    /// The name in commands and addresses, for example `roster`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Divisions => "divisions",
            Self::Units => "units",
            Self::Roster => "roster",
            Self::SignIn => "sign-in",
            Self::CountingLists => "counting-lists",
            Self::Accounts => "accounts",
        }
    }

    /// 表名, as the template shows it.
    #[must_use]
    pub fn zh(self) -> &'static str {
        match self {
            Self::Divisions => "区划",
            Self::Units => "单位",
            Self::Roster => "花名册",
            Self::SignIn => "签到表",
            Self::CountingLists => "计票表",
            Self::Accounts => "账号",
        }
    }

    /// The columns, in the order of the template. They may stand in any order in a file.
    #[must_use]
    pub fn columns(self) -> &'static [Column] {
        match self {
            Self::Divisions => divisions::COLUMNS,
            Self::Units => units::COLUMNS,
            Self::Roster => roster::COLUMNS,
            Self::SignIn => sign_in::COLUMNS,
            Self::CountingLists => counting_lists::COLUMNS,
            Self::Accounts => accounts::COLUMNS,
        }
    }
}

impl std::str::FromStr for Kind {
    type Err = UnknownKind;

    fn from_str(text: &str) -> Result<Self, UnknownKind> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text).ok_or(UnknownKind)
    }
}

/// Not a kind of table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "应为 divisions、units、roster、sign-in、counting-lists 或 accounts / expected divisions, units, roster, sign-in, counting-lists or accounts"
)]
pub struct UnknownKind;
