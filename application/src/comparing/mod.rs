//! 实名比对 in bulk: a roster of the office's register is held against everybody registered, in one run.
//!
//! Identity numbers and names are compared beside the log: an event says how often which outcome came, and of whom the
//! roster bears the registration out or does not; the answer names rows, numbers and columns.

mod compared;
mod facts;
mod held;
mod sides;

use bytes::Bytes;
use domain::comparison::{Counts, Outcome};
use domain::permission::Act;
use projections::models::volunteer_archive::{self, Registered, VolunteerArchive};
use projections::{Limits, ReadModel, ReadModels, Until};
use tokio::runtime::Handle;

use crate::imports::{ImportError, Note, Progress, RowProblem, SheetRow, real_names};
use crate::{App, Caller, Error};
pub use compared::{Asked, COLUMNS, Compared, Line};
use held::hold;
use sides::Sides;

/// Compares a roster with `people`, everybody registered. Who reads whose personal data for it is recorded in the vault
/// first; nothing is stated of anybody in a dry run.
///
/// # Errors
/// When the file is no roster, the caller may not, or the service fails; what was stated before stays, and the same
/// roster again goes on.
pub async fn compare(
    app: &App,
    file: Bytes,
    asked: &Asked,
    people: Vec<Registered>,
    caller: &Caller,
    progress: Progress<'_>,
) -> Result<Compared, ImportError> {
    app.permit(&caller.actor, Act::MatchRealName, None, None)?;
    app.clock.trusted().map_err(Error::from)?;
    let read = file.clone();
    let reading = app.tables.run(move || real_names::read(&read)).await.map_err(Error::from)??;
    let unread = reading.notes.iter().any(Note::is_of_unread_sheet);
    let whole = asked.whole && reading.problems.is_empty() && !unread;
    let (rows, problems, notes) = (reading.total, reading.problems, reading.notes);
    let sides = Sides::of(app, reading.rows, people, asked.within.as_ref());
    let registered = sides.registered();
    let begun = facts::begin(app, asked, &file, rows, whole, caller).await?;
    let held = hold(app, sides, asked, caller, progress).await?;
    let (lines, outcomes) = told(problems, &held);
    let mut comparison = None;
    if let Some(begun) = begun {
        facts::state(app, &begun, asked, whole, &held, caller, progress).await?;
        facts::finish(app, &begun, registered, outcomes.clone(), caller).await?;
        comparison = Some(begun.comparison);
    }
    Ok(Compared { comparison, rows, registered, whole, outcomes, lines, notes })
}

/// Everybody registered, as the log tells it by now: for whoever has no read models at hand.
///
/// # Errors
/// When the log cannot be read.
pub async fn registered(app: &App) -> Result<Vec<Registered>, Error> {
    let (store, handle) = (std::sync::Arc::clone(&app.store), Handle::current());
    let folded = tokio::task::spawn_blocking(move || {
        let models = [ReadModel::of::<VolunteerArchive>()];
        let mut models = ReadModels::open_with(":memory:", &models, Limits::default())?;
        models.run_until(&*store, &handle, Until::Head, &mut |_| {})?;
        Ok::<_, Error>(volunteer_archive::registered(models.connection())?)
    });
    folded.await?
}

/// All lines in the order of the roster, and how often each outcome came; a row counts once, whatever is wrong with it.
fn told(problems: Vec<RowProblem>, held: &[held::Judged]) -> (Vec<Line>, Counts) {
    let mut counts = Counts::new();
    let mut unreadable: Vec<_> = problems.iter().map(RowProblem::order).collect();
    unreadable.dedup();
    let judged = held.iter().map(|one| one.outcome);
    for outcome in judged.chain(unreadable.iter().map(|_| Outcome::Unreadable)) {
        let count = counts.entry(outcome).or_default();
        *count = u32::saturating_add(*count, 1);
    }
    let unreadable = problems.into_iter().map(|one| (Some(one.at()), Line::unreadable(one)));
    let mut lines: Vec<(Option<SheetRow>, Line)> = unreadable.collect();
    lines.extend(held.iter().map(|one| {
        let line = Line::of(one.row.as_ref(), one.about.as_ref(), one.outcome);
        (one.row.clone(), line)
    }));
    lines.sort_by(|(a, one), (b, other)| {
        (a.is_none(), a, one.volunteer).cmp(&(b.is_none(), b, other.volunteer))
    });
    (lines.into_iter().map(|(_, line)| line).collect(), counts)
}
