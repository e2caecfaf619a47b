//! What begins to wait, and ends.

use domain::rulebook::Adopted;
use domain::{PersonId, UnitCode, county_date};
use event_store::StreamId;
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};

use super::rows::{Figures, Kind, Task};
use crate::{Fact, Rows};

/// What begins to wait.
pub(super) struct Waits {
    pub kind: Kind,
    pub number: u32,
    pub since: Timestamp,
    pub due: Option<Date>,
    pub executor: Option<PersonId>,
    pub supervisors_changed_on: Option<Date>,
}

impl Waits {
    pub fn since(fact: &Fact, kind: Kind, due: Option<Date>) -> Self {
        let (executor, supervisors_changed_on) = (None, None);
        Self { kind, number: 0, since: fact.recorded_at, due, executor, supervisors_changed_on }
    }
}

pub(super) fn begin(
    rows: &mut Rows<'_>,
    fact: &Fact,
    station: UnitCode,
    title: String,
    waits: Waits,
) {
    let Waits { kind, number, since, due, executor, supervisors_changed_on } = waits;
    rows.put(Task {
        kind,
        subject: fact.stream.clone(),
        number,
        station,
        waits_for: kind.waits_for(),
        executor,
        since,
        due,
        supervisors_changed_on,
        title,
    });
}

pub(super) fn finish(rows: &mut Rows<'_>, fact: &Fact, kinds: &[Kind]) {
    for &kind in kinds {
        rows.delete::<Task>(&key(fact, kind, 0));
    }
}

pub(super) fn key(fact: &Fact, kind: Kind, number: u32) -> (Kind, StreamId, u32) {
    (kind, fact.stream.clone(), number)
}

/// The last day of a step that nobody dated.
pub(super) fn step_due(rows: &mut Rows<'_>, fact: &Fact) -> Date {
    let days = figures(rows, fact).0;
    county_date(fact.recorded_at).saturating_add(days)
}

/// Days for a step and for the minutes, under the rulebook of the fact.
pub(super) fn figures(rows: &mut Rows<'_>, fact: &Fact) -> (jiff::Span, jiff::Span) {
    let version = fact.metadata.rulebook;
    let found = rows.get::<Figures>(&version).cloned();
    let figures =
        found.unwrap_or_else(|| Figures::of(version, Adopted::shipped().rules.deliberation()));
    let days = |days: u8| i32::from(days).days();
    (days(figures.step_days), days(figures.minutes_days))
}
