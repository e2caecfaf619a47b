//! From good rows to facts. Every row stands alone: what is refused is listed, the others go in, and the
//! same file again adds nothing.

mod divisions;
mod imported;
mod roster;
mod units;

use bytes::Bytes;
use domain::permission::Act;
use domain::{Role, county_date};

use super::bad_file::BadFile;
use super::kind::Kind;
use super::reading::{Numbered, Reading};
use super::register::Register;
use crate::{App, Caller, Error};
use imported::outcome;
pub use imported::{ImportError, Imported, Progress};

/// Imports a table.
///
/// # Errors
/// See [`ImportError`]; a bad row is no error.
pub async fn import(
    app: &App,
    kind: Kind,
    bytes: impl Into<Bytes>,
    caller: &Caller,
    progress: Progress<'_>,
) -> Result<Imported, ImportError> {
    let everywhere = caller.actor.role == Role::CountyOffice && caller.actor.unit.is_none();
    let own = caller.actor.unit.as_ref().filter(|_| !everywhere);
    app.permit(&caller.actor, Act::Import, own, None)?;
    let bytes = bytes.into();
    let register = Register::of(&app.reference_data().units);
    match kind {
        Kind::Divisions => {
            let reading = read(app, move || super::divisions::read(&bytes, &register)).await?;
            one_by_one(reading, progress, |row| divisions::take_in(app, row, caller)).await
        }
        Kind::Units => {
            let reading = read(app, move || super::units::read(&bytes, &register)).await?;
            one_by_one(reading, progress, |row| units::take_in(app, row, caller)).await
        }
        Kind::Roster => {
            let today = county_date(app.clock.now());
            let reading = read(app, move || super::roster::read(&bytes, today, &register)).await?;
            roster::import(app, reading, caller, progress).await
        }
    }
}

/// Reads a table beside the threads that answer: a small file may hold millions of cells.
async fn read<T: Send + 'static>(
    app: &App,
    table: impl FnOnce() -> Result<T, BadFile> + Send + 'static,
) -> Result<T, ImportError> {
    Ok(app.tables.run(table).await.map_err(Error::from)??)
}

/// Takes each row in before the next; `take_in` says whether anything was new.
async fn one_by_one<T, F: Future<Output = Result<bool, Error>>>(
    reading: Reading<T>,
    progress: Progress<'_>,
    take_in: impl Fn(T) -> F,
) -> Result<Imported, ImportError> {
    let mut imported = Imported::begin(reading.total, reading.problems, reading.notes);
    let total = reading.rows.len() as u64;
    for (done, Numbered { row, value }) in (1..).zip(reading.rows) {
        imported.count(outcome(row, take_in(value).await)?);
        progress(done, total);
    }
    Ok(imported.finish())
}
