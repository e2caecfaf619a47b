//! What is wrong with a row, what else is to be said of a file, and the file that says so to whoever filled it in.

use std::sync::Arc;

use domain::Refusal;

use super::row::SheetRow;

/// Why one cell is not taken. Repeats nothing that stood in it, but for a number of a person in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Reason {
    pub code: &'static str,
    pub zh: String,
    pub en: String,
}

impl Reason {
    pub fn new(code: &'static str, zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { code, zh: zh.into(), en: en.into() }
    }
}

impl<R: Refusal> From<R> for Reason {
    fn from(refusal: R) -> Self {
        Self { code: refusal.code(), zh: refusal.zh(), en: refusal.en() }
    }
}

/// One thing wrong with one row.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct RowProblem {
    /// The sheet's name; none in a file of text, and where the file as a whole is meant.
    pub sheet: Option<Arc<str>>,
    /// The row number as Excel shows it: 1 is the first row, mostly the header.
    pub row: u32,
    /// The column's name, empty where the row or the file as a whole is meant.
    pub column: String,
    /// Stable code, for example `row.date`.
    pub code: &'static str,
    /// What would be accepted, in Chinese. Never a personal value, but for a number that must not stand in a text.
    pub zh: String,
    /// What would be accepted, in English. Never a personal value, with the same exception.
    pub en: String,
    /// Which sheet of the file, from 0; orders the problems.
    #[serde(skip)]
    order: u16,
    #[serde(skip)]
    of_sheet: bool,
}

impl RowProblem {
    pub(super) fn new(at: SheetRow, column: &str, reason: Reason) -> Self {
        let Reason { code, zh, en } = reason;
        let order = at.order();
        Self {
            sheet: at.sheet,
            row: at.row,
            column: column.to_owned(),
            code,
            zh,
            en,
            order,
            of_sheet: false,
        }
    }

    /// A problem with the row as a whole that shows only when it is imported.
    #[must_use]
    pub fn refused(at: SheetRow, refusal: &dyn Refusal) -> Self {
        let reason = Reason { code: refusal.code(), zh: refusal.zh(), en: refusal.en() };
        Self::new(at, "", reason)
    }

    /// A problem with a sheet of which no row is read, told at its first row.
    pub(super) fn of_sheet(at: SheetRow, reason: Reason) -> Self {
        Self { of_sheet: true, ..Self::new(at, "", reason) }
    }

    /// Whether a row is meant, and not the sheet as a whole.
    pub(super) fn is_of_row(&self) -> bool {
        !self.of_sheet
    }

    /// The same, of this column.
    #[must_use]
    pub fn in_column(self, column: &str) -> Self {
        Self { column: column.to_owned(), ..self }
    }

    /// Where the row stands.
    #[must_use]
    pub fn at(&self) -> SheetRow {
        SheetRow::new(self.order, self.sheet.clone(), self.row)
    }

    /// Where it stands among the problems of a file.
    #[must_use]
    pub fn order(&self) -> (u16, u32) {
        (self.order, self.row)
    }
}

/// Something to know of a file that is no fault: a sheet that was read, rows that are no data.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Note {
    /// The sheet's name; none in a file of text.
    pub sheet: Option<Arc<str>>,
    /// Stable code, for example `rows.above_header`.
    pub code: &'static str,
    /// A sentence in Chinese that names the rows or columns. Repeats nothing that stood in a cell.
    pub zh: String,
    /// The same in English.
    pub en: String,
}

impl Note {
    /// 未读取的工作表: whether it tells of a sheet that holds something of which nothing was read.
    #[must_use]
    pub fn is_of_unread_sheet(&self) -> bool {
        self.code == Self::NO_TABLE
    }

    /// Code of a note about a sheet that looks like no table.
    pub(super) const NO_TABLE: &'static str = "sheet.no_table";
}

/// The columns of a list of problems.
pub const PROBLEM_COLUMNS: [&str; 6] = ["行号", "列", "代码", "原因", "Reason", "工作表"];

impl RowProblem {
    /// What stands in these columns.
    #[must_use]
    pub fn cells(&self) -> [String; 6] {
        let Self { sheet, row, column, code, zh, en, order: _, of_sheet: _ } = self;
        let sheet = sheet.as_deref().unwrap_or_default();
        [&row.to_string(), column, *code, zh, en, sheet].map(str::to_owned)
    }
}
