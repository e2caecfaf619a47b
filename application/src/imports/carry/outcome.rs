//! What an import comes to, row by row.

use std::collections::BTreeMap;

use domain::ImportId;

use crate::imports::{BadFile, Note, RowProblem, SheetRow};
use crate::{Caller, Error};

/// Told how many steps of how many are done; each row is looked at, and then taken in.
pub type Progress<'a> = &'a (dyn Fn(u64, u64) + Send + Sync);

/// Whether anything is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// 预览: says what the import would come to, and stores nothing.
    Preview,
    /// 导入.
    Import,
}

/// What an import did, or would do.
#[derive(Debug, Default, serde::Serialize)]
pub struct Imported {
    /// Number of the import, by which it is undone; none where nothing had to be stored.
    pub import: Option<ImportId>,
    /// Rows that hold anything.
    pub rows: u32,
    /// Rows that added somebody or something.
    pub added: u32,
    /// Rows that changed something known.
    pub changed: u32,
    /// Rows that say what is known.
    pub unchanged: u32,
    /// Rows of which nothing was taken.
    pub not_taken: u32,
    /// Why they were not.
    pub problems: Vec<RowProblem>,
    /// What was read, and what was left out and why.
    pub notes: Vec<Note>,
    /// Every row, in the order of the file.
    pub outcomes: Vec<RowOutcome>,
}

/// What one row came to.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct RowOutcome {
    /// Its sheet, and its number as Excel shows it.
    #[serde(flatten)]
    pub row: SheetRow,
    /// 志愿者编号 or 单位代码; empty where there is none.
    pub number: String,
    /// What became of it.
    pub outcome: Outcome,
    /// The columns that differed, where it changed something.
    pub columns: Vec<&'static str>,
}

/// What becomes of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// 新增.
    Added,
    /// 变更.
    Changed,
    /// 未变.
    Unchanged,
    /// 未导入: see the problems of the row.
    NotTaken,
}

impl Outcome {
    /// As the result file says it.
    #[must_use]
    pub fn zh(self) -> &'static str {
        match self {
            Self::Added => "新增",
            Self::Changed => "变更",
            Self::Unchanged => "未变",
            Self::NotTaken => "未导入",
        }
    }
}

/// Why an import stopped.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The file is no such table; nothing of it was taken.
    #[error(transparent)]
    File(#[from] BadFile),
    /// The service failed; rows taken before stay, and the same file again goes on.
    #[error(transparent)]
    Service(#[from] Error),
}

/// A row that was held against what is known.
pub struct Planned<S> {
    /// Where it stood.
    pub row: SheetRow,
    /// 志愿者编号 or 单位代码; empty where there is none yet.
    pub number: String,
    /// The columns that differ.
    pub columns: Vec<&'static str>,
    /// What is to be done.
    pub next: Next<S>,
}

/// What is to be done about a row.
pub enum Next<S> {
    /// Somebody or something is new.
    Add(S),
    /// Something known changes.
    Change(S),
    /// All is so already.
    Nothing,
    /// It cannot be taken.
    Refuse(Vec<RowProblem>),
}

impl<S> Planned<S> {
    /// A row of which nothing is taken; an error that no rule gave ends the import.
    pub fn refused(row: SheetRow, number: String, error: Error) -> Result<Self, Error> {
        let next = Next::Refuse(vec![problem(row.clone(), error)?]);
        Ok(Self { row, number, columns: Vec::new(), next })
    }
}

/// The rule against a row; an error that no rule gave ends the import.
pub fn problem(row: SheetRow, error: Error) -> Result<RowProblem, Error> {
    match error.refusal() {
        Some(refusal) => Ok(RowProblem::refused(row, refusal)),
        None => Err(error),
    }
}

/// A step of an import for one unit or person.
pub fn step(caller: &Caller, number: &str, what: &str) -> Caller {
    caller.step(&format!("{number}/{what}"))
}

/// Outcomes as they become known, by row.
#[derive(Default)]
pub struct Tally {
    rows: BTreeMap<SheetRow, RowOutcome>,
    problems: Vec<RowProblem>,
    notes: Vec<Note>,
}

impl Tally {
    /// Begins with what the reading noted, and the rows that were not read.
    pub fn of(problems: Vec<RowProblem>, notes: Vec<Note>) -> Self {
        let mut tally = Self { notes, ..Self::default() };
        for problem in problems {
            if problem.is_of_row() {
                tally.refuse(problem.at(), String::new(), vec![problem]);
            } else {
                tally.problems.push(problem);
            }
        }
        tally
    }

    /// A row that was taken, or need not be.
    pub fn note(
        &mut self,
        row: SheetRow,
        number: String,
        outcome: Outcome,
        columns: Vec<&'static str>,
    ) {
        self.rows.insert(row.clone(), RowOutcome { row, number, outcome, columns });
    }

    /// A row of which nothing is taken.
    pub fn refuse(&mut self, row: SheetRow, number: String, problems: Vec<RowProblem>) {
        self.problems.extend(problems);
        self.note(row, number, Outcome::NotTaken, Vec::new());
    }

    /// The rows that came to this so far.
    pub fn count(&self, outcome: Outcome) -> u32 {
        let rows = self.rows.values().filter(|row| row.outcome == outcome).count();
        u32::try_from(rows).unwrap_or(u32::MAX)
    }

    /// All of it, in the order of the file.
    pub fn finish(mut self, import: Option<ImportId>, rows: u32) -> Imported {
        self.problems.sort_by_key(RowProblem::order);
        Imported {
            import,
            rows,
            added: self.count(Outcome::Added),
            changed: self.count(Outcome::Changed),
            unchanged: self.count(Outcome::Unchanged),
            not_taken: self.count(Outcome::NotTaken),
            problems: self.problems,
            notes: self.notes,
            outcomes: self.rows.into_values().collect(),
        }
    }
}
