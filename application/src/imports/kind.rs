//! The tables there are.

use super::column::Column;
use super::{divisions, roster, units};

/// What a table holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// 区划.
    Divisions,
    /// 单位.
    Units,
    /// 花名册.
    Roster,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::Divisions, Self::Units, Self::Roster];

    /// The name in commands and addresses, for example `roster`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Divisions => "divisions",
            Self::Units => "units",
            Self::Roster => "roster",
        }
    }

    /// 表名, as the template shows it.
    #[must_use]
    pub fn zh(self) -> &'static str {
        match self {
            Self::Divisions => "区划",
            Self::Units => "单位",
            Self::Roster => "花名册",
        }
    }

    /// The columns, in the order of the template. They may stand in any order in a file.
    #[must_use]
    pub fn columns(self) -> &'static [Column] {
        match self {
            Self::Divisions => divisions::COLUMNS,
            Self::Units => units::COLUMNS,
            Self::Roster => roster::COLUMNS,
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
#[error("应为 divisions、units 或 roster / expected divisions, units or roster")]
pub struct UnknownKind;
