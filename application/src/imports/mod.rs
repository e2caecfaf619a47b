//! 导入: from the bytes of a table to typed rows, and a problem for everything that is not taken.
//!
//! Pure reading: no file, no network, no command. A file that cannot be read at all is a [`BadFile`];
//! a bad row is one or more [`RowProblem`]s, and the good rows beside it are still there. Personal
//! values are held in [`Personal`](crate::people::Personal) and [`IdentityNumber`](domain::identity_number::IdentityNumber),
//! which never show them; no problem repeats what stood in a cell.

mod bad_file;
mod carry;
mod columns;
pub mod divisions;
mod problems;
pub mod roster;
mod sheet;
mod template;
mod tree;
pub mod units;
mod values;

#[cfg(test)]
mod tests;

pub use bad_file::BadFile;
pub use carry::{ImportError, Imported, Progress, import};
pub use columns::{Column, Form, Need};
pub use problems::{RowProblem, write_error_file};
pub use sheet::{MAX_CELL_CHARS, MAX_COLUMNS, MAX_FILE_BYTES, MAX_ROWS};
pub use template::template;

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

/// What a file gave: the good rows in the order to import them, and all that is wrong with the others.
#[derive(Debug)]
pub struct Reading<T> {
    /// Good rows.
    pub rows: Vec<Numbered<T>>,
    /// In the order of the file; a row may have several.
    pub problems: Vec<RowProblem>,
    /// Rows that hold anything, the header not counted: good and bad ones.
    pub total: u32,
}

/// A good row and where it stood, for a problem that only shows later.
#[derive(Debug)]
pub struct Numbered<T> {
    /// The row number as Excel shows it.
    pub row: u32,
    /// What it says.
    pub value: T,
}
