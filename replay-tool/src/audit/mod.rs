//! Whether decisions were publicised, executed, verified and told of: `audit decisions`.
//!
//! It folds the log by itself and asks neither the read models nor the rules that let facts in, so that an error in
//! either of them shows here.

mod around;
mod book;
mod columns;
mod decision;
mod duty;
mod expedited;
mod finding;
mod meeting;
mod row;
mod rules;
mod seen;
mod station;
mod topic;

use domain::{Category, UnitCode, county_date};
use jiff::Timestamp;
use projections::{Fact, Fold as _, ProjectionError, Until};
use serde::Serialize;

use crate::console::Console;
use crate::failure::Failure;
use crate::lang::Said;
use crate::log::Log;
use crate::moment::{Cut, county_exact};
use book::Book;
pub use columns::{ALL, EXPEDITED, RESOLUTIONS};
pub use finding::Weight;
pub use row::Row;

/// All decisions, and what is missing or wrong about them.
#[derive(Debug, Serialize)]
pub struct Audit {
    /// As of when.
    pub as_of: Timestamp,
    /// Events read.
    pub events: u64,
    /// Decisions looked at.
    pub decisions: usize,
    /// Steps that were not taken in time.
    pub missing: usize,
    /// What the rules forbid.
    pub wrong: usize,
    /// Steps that were taken late.
    pub late: usize,
    /// What a reader should know besides.
    pub notes: usize,
    /// The decisions, resolutions first.
    pub rows: Vec<Row>,
}

impl Audit {
    /// As of when and over how many events.
    pub fn heading(&self) -> Said {
        let (at, events) = (county_exact(self.as_of), self.events);
        Said::new(
            format!("决议落实情况,截至{at},共{events}件事件"),
            format!("decisions as of {at}, {events} events"),
        )
    }

    /// What it comes to.
    pub fn summary(&self) -> Said {
        let Self { decisions, missing, wrong, late, notes, .. } = self;
        Said::new(
            format!(
                "{decisions}项决定:缺失{missing}处,违规{wrong}处,另有迟办{late}处,提示{notes}处。"
            ),
            format!(
                "{decisions} decisions: {missing} missing, {wrong} wrong; {late} done late, {notes} to note."
            ),
        )
    }
}

/// Reads the log up to a moment and judges every decision of a unit and those below it.
///
/// Without a moment it judges as of now, because days for a step also pass while nothing happens.
pub fn decisions(
    log: &Log,
    cut: &Cut,
    unit: Option<&UnitCode>,
    console: &mut Console<'_>,
) -> Result<Audit, Failure> {
    let goal = log.goal(cut.until())?;
    let progress = console.progress(Said::new("审计", "audit"), goal.position);
    let (mut book, mut events, mut last) = (Book::default(), 0, Timestamp::UNIX_EPOCH);
    let read = log.for_each(goal, |event| {
        events += 1;
        last = event.recorded_at;
        progress.at(event.position);
        if Category::named(event.stream.category()).is_some_and(|it| Book::READS.contains(&it)) {
            Book::apply(&Fact::read(event).map_err(ProjectionError::from)?, &mut book);
        }
        Ok(())
    });
    console.done(progress, events);
    read?;
    let as_of = match cut.until() {
        Until::Time(time) => time,
        Until::Position(_) => last,
        Until::Head => Timestamp::now().max(last),
    };
    if let Some(unit) = unit.filter(|unit| !book.units.knows(unit)) {
        return Err(unregistered(unit));
    }
    Ok(judge(book, events, as_of, unit))
}

fn judge(mut book: Book, events: u64, as_of: Timestamp, unit: Option<&UnitCode>) -> Audit {
    let today = county_date(as_of);
    let (decisions, expedited) =
        (std::mem::take(&mut book.decisions), std::mem::take(&mut book.expedited));
    let asked = |station: &UnitCode| unit.is_none_or(|unit| book.units.is_within(station, unit));
    let resolutions = decisions
        .into_values()
        .filter(|it| asked(&it.station))
        .map(|it| Row::decision(book.around(&it.station), it, today));
    let urgent = expedited
        .into_iter()
        .filter(|(_, it)| asked(&it.station))
        .map(|(id, it)| Row::expedited(id, book.around(&it.station), it, today));
    let rows: Vec<Row> = resolutions.chain(urgent).collect();
    let count = |weight| rows.iter().map(|row| row.count(weight)).sum();
    Audit {
        as_of,
        events,
        decisions: rows.len(),
        missing: count(Weight::Missing),
        wrong: count(Weight::Wrong),
        late: count(Weight::Late),
        notes: count(Weight::Note),
        rows,
    }
}

fn unregistered(unit: &UnitCode) -> Failure {
    Failure::NotThere(Said::new(
        format!("截至该时刻没有登记单位{unit}。"),
        format!("There is no unit {unit} as of that moment."),
    ))
}
