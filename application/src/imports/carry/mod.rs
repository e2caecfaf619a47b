//! From good rows to facts. Every row stands alone: what is refused is listed, the others go in, and the
//! same file again adds nothing.

mod divisions;
mod roster;
mod units;

use domain::permission::Act;
use domain::{Role, county_date};
use uuid::Uuid;

use super::{BadFile, Kind, Numbered, Reading, RowProblem};
use crate::{App, Caller, CommandOutcome, Error};

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
enum Row {
    Added,
    Unchanged,
    Refused(RowProblem),
}

impl Imported {
    fn begin(rows: u32, problems: Vec<RowProblem>) -> Self {
        Self { rows, problems, ..Self::default() }
    }

    fn count(&mut self, row: Row) {
        match row {
            Row::Added => self.added += 1,
            Row::Unchanged => self.unchanged += 1,
            Row::Refused(problem) => self.problems.push(problem),
        }
    }

    fn finish(mut self) -> Self {
        self.problems.sort_by_key(|problem| problem.row);
        self
    }
}

/// Imports a table.
///
/// # Errors
/// See [`ImportError`]; a bad row is no error.
pub async fn import(
    app: &App,
    kind: Kind,
    bytes: &[u8],
    caller: &Caller,
    progress: Progress<'_>,
) -> Result<Imported, ImportError> {
    let everywhere = caller.actor.role == Role::CountyOffice && caller.actor.unit.is_none();
    let own = caller.actor.unit.as_ref().filter(|_| !everywhere);
    app.permit(&caller.actor, Act::Import, own, None)?;
    match kind {
        Kind::Divisions => {
            let known = app.reference_data().units.iter().map(|(code, _)| code.clone()).collect();
            let reading = super::divisions::read(bytes, &known)?;
            one_by_one(reading, progress, |row| divisions::take_in(app, row, caller)).await
        }
        Kind::Units => {
            let reading = super::units::read(bytes)?;
            one_by_one(reading, progress, |row| units::take_in(app, row, caller)).await
        }
        Kind::Roster => {
            let reading = super::roster::read(bytes, county_date(app.clock.now()))?;
            roster::import(app, reading, caller, progress).await
        }
    }
}

/// Takes each row in before the next; `take_in` says whether anything was new.
async fn one_by_one<T, F: Future<Output = Result<bool, Error>>>(
    reading: Reading<T>,
    progress: Progress<'_>,
    take_in: impl Fn(T) -> F,
) -> Result<Imported, ImportError> {
    let mut imported = Imported::begin(reading.total, reading.problems);
    let total = reading.rows.len() as u64;
    for (done, Numbered { row, value }) in (1..).zip(reading.rows) {
        imported.count(outcome(row, take_in(value).await)?);
        progress(done, total);
    }
    Ok(imported.finish())
}

/// A command of the import that is the same whenever the same thing is imported. `what` names no person
/// but by number.
fn step(caller: &Caller, what: &str) -> Caller {
    Caller {
        command: Uuid::new_v5(&Uuid::NAMESPACE_URL, format!("yuanfa:import/{what}").as_bytes()),
        ..caller.clone()
    }
}

/// What a row came to whose commands were these; an error that no rule gave ends the import.
fn outcome(row: u32, result: Result<bool, Error>) -> Result<Row, Error> {
    match result {
        Ok(true) => Ok(Row::Added),
        Ok(false) => Ok(Row::Unchanged),
        Err(Error::Refused(refusal)) => Ok(Row::Refused(RowProblem::refused(row, &*refusal))),
        Err(Error::Forbidden(refusal)) => Ok(Row::Refused(RowProblem::refused(row, &refusal))),
        Err(error) => Err(error),
    }
}

fn is_new(done: &CommandOutcome) -> bool {
    !done.repeated && !done.events.is_empty()
}
