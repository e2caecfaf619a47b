//! What is asked of a comparison, and what it answers.

use domain::comparison::{Counts, Outcome};
use domain::{ComparisonId, PersonId, Text, UnitCode};
use projections::described;
use projections::models::volunteer_archive::Registered;

use crate::imports::{Note, RowProblem, SheetRow};

/// How a roster is compared.
#[derive(Debug, Clone)]
pub struct Asked {
    /// What the roster is called.
    pub roster: Text<80>,
    /// Why people's personal data is opened for it.
    pub purpose: Text<60>,
    /// Only people of this unit and those below it; none for the whole county.
    pub within: Option<UnitCode>,
    /// Whether the roster lists everybody, so that it does not bear out whom it leaves out.
    pub whole: bool,
    /// Whether nothing is stated: what would come of it is only shown.
    pub dry_run: bool,
}

/// What a comparison came to.
#[derive(Debug)]
pub struct Compared {
    /// Its number; none of a dry run.
    pub comparison: Option<ComparisonId>,
    /// Rows of the roster that hold anything.
    pub rows: u32,
    /// People registered who were held against it.
    pub registered: u32,
    /// Whether the roster counted as whole: one with rows or sheets that cannot be read does not.
    pub whole: bool,
    /// How often each outcome came.
    pub outcomes: Counts,
    /// Row by row, then who is missing.
    pub lines: Vec<Line>,
    /// What of the file was read, and what was left out and why.
    pub notes: Vec<Note>,
}

described! {
    /// 比对结果 what a row of the roster came to, or somebody registered whom no row names.
    pub struct Line as "ComparisonLine" {
        /// 工作表 sheet of the roster; none in a file of text
        #[example = "甲组"]
        pub sheet: Option<String>,
        /// 行号 row of the roster, as Excel shows it; none of somebody whom it does not list
        pub row: Option<u32>,
        /// 志愿者编号 whom it is about, where that is known
        pub volunteer: Option<PersonId>,
        /// 单位代码 where they are registered
        pub unit: Option<UnitCode>,
        /// 结果 outcome
        pub outcome: Outcome,
        /// 列 column of the roster that does not agree
        #[example = "姓名"]
        pub column: Option<String>,
        /// 说明 what it means and what to do, in Chinese
        #[example = "请对照证件核对姓名;注册有误的办理更正个人信息,名册有误的更正名册。"]
        pub zh: String,
        /// 说明 (English) what it means and what to do
        #[example = "Compare the name with the card; correct the personal data, or the roster."]
        pub en: String,
    }
}

impl Line {
    /// What a row, or somebody whom no row names, came to.
    pub(super) fn of(row: Option<&SheetRow>, about: Option<&Registered>, outcome: Outcome) -> Self {
        Self {
            sheet: row.and_then(|row| row.sheet.as_deref().map(str::to_owned)),
            row: row.map(|row| row.row),
            volunteer: about.map(|one| one.volunteer),
            unit: about.map(|one| one.unit.clone()),
            outcome,
            column: outcome.column().map(str::to_owned),
            zh: format!("{}。{}", outcome.zh(), outcome.advice_zh()),
            en: outcome.advice_en().to_owned(),
        }
    }

    /// A row that says nothing of anybody.
    pub(super) fn unreadable(problem: RowProblem) -> Self {
        let RowProblem { sheet, row, column, zh, en, .. } = problem;
        let sheet = sheet.as_deref().map(str::to_owned);
        let column = Some(column).filter(|column| !column.is_empty());
        let (volunteer, unit) = (None, None);
        Self {
            sheet,
            row: Some(row),
            volunteer,
            unit,
            outcome: Outcome::Unreadable,
            column,
            zh,
            en,
        }
    }
}

/// The columns of the lines as a table.
pub const COLUMNS: [&str; 8] =
    ["行号", "志愿者编号", "单位代码", "结果", "列", "说明", "Explanation", "工作表"];

impl Line {
    /// What stands in these columns.
    #[must_use]
    pub fn cells(&self) -> [String; 8] {
        [
            self.row.map(|row| row.to_string()).unwrap_or_default(),
            self.volunteer.map(|volunteer| volunteer.to_string()).unwrap_or_default(),
            self.unit.as_ref().map(ToString::to_string).unwrap_or_default(),
            self.outcome.zh().to_owned(),
            self.column.clone().unwrap_or_default(),
            self.zh.clone(),
            self.en.clone(),
            self.sheet.clone().unwrap_or_default(),
        ]
    }
}
