//! From good rows to facts. Every row stands alone: what is refused is listed, the others go in, and the
//! same file again adds nothing.

mod divisions;
mod imported;
mod roster;
mod units;

use domain::permission::Act;
use domain::{Role, county_date};

use super::kind::Kind;
use super::reading::{Numbered, Reading};
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
