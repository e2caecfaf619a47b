//! What an import came to, row by row.

use uuid::Uuid;

use crate::imports::{BadFile, Note, RowProblem, SheetRow};
use crate::{Caller, CommandOutcome, Error};

/// Told how many rows of how many are done.
pub type Progress<'a> = &'a (dyn Fn(u64, u64) + Send + Sync);

/// What an import did.
#[derive(Debug, Default, serde::Serialize)]
pub struct Imported {
    /// Rows that hold anything.
    pub rows: u32,
    /// Rows that added or changed something.
    pub added: u32,
    /// Rows that were so already.
    pub unchanged: u32,
    /// Everything that was not taken.
    pub problems: Vec<RowProblem>,
    /// What was read, and what was left out and why.
    pub notes: Vec<Note>,
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

/// What one row came to.
pub enum Row {
    /// It added or changed something.
    Added,
    /// It was so already.
    Unchanged,
    /// A rule is against it.
    Refused(RowProblem),
}

impl Imported {
    /// Nothing taken yet.
    pub fn begin(rows: u32, problems: Vec<RowProblem>, notes: Vec<Note>) -> Self {
        Self { rows, problems, notes, ..Self::default() }
    }

    /// Counts a row.
    pub fn count(&mut self, row: Row) {
        match row {
            Row::Added => self.added += 1,
            Row::Unchanged => self.unchanged += 1,
            Row::Refused(problem) => self.problems.push(problem),
        }
    }

    /// The problems in the order of the file.
    pub fn finish(mut self) -> Self {
        self.problems.sort_by_key(RowProblem::order);
        self
    }
}

/// A command of the import that is the same whenever the same thing is imported. `what` names no person
/// but by number.
pub fn step(caller: &Caller, what: &str) -> Caller {
    Caller {
        command: Uuid::new_v5(&Uuid::NAMESPACE_URL, format!("yuanfa:import/{what}").as_bytes()),
        ..caller.clone()
    }
}

/// What a row came to whose commands were these; an error that no rule gave ends the import.
pub fn outcome(row: SheetRow, result: Result<bool, Error>) -> Result<Row, Error> {
    match result {
        Ok(true) => Ok(Row::Added),
        Ok(false) => Ok(Row::Unchanged),
        Err(Error::Refused(refusal)) => Ok(Row::Refused(RowProblem::refused(row, &*refusal))),
        Err(Error::Forbidden(refusal)) => Ok(Row::Refused(RowProblem::refused(row, &refusal))),
        Err(error) => Err(error),
    }
}

/// Whether a command changed anything.
pub fn is_new(done: &CommandOutcome) -> bool {
    !done.repeated && !done.events.is_empty()
}
