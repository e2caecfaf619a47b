//! The checks of `verify`. Each reads the log as it passes by; together they read it once.

mod bulletins;
mod evidence;
mod finding;
mod history;
mod ids;
mod ledger;
mod order;
mod points;
mod read_models;
mod sealed;
mod service;
mod streams;

use std::error::Error as _;
use std::path::Path;

use event_store::{Position, StoreError};
use projections::{Goal, Until};

use crate::console::Console;
use crate::failure::Failure;
use crate::lang::Said;
use crate::log::Log;
use bulletins::Bulletins;
use evidence::Citations;
pub use evidence::EvidencePlace;
pub use finding::{Compared, Finding, LISTED, Report};
use history::History;
use ids::Ids;
pub use ledger::Against;
use ledger::LedgerCheck;
use order::Order;
use streams::{StreamTable, Streams};

/// Checks the log and holds it against its ledger, then evidence and live read models against it.
pub fn verify(
    log: &Log,
    data: &Path,
    strict: bool,
    against: &Against,
    evidence: &EvidencePlace,
    console: &mut Console<'_>,
) -> Result<Report, Failure> {
    let mut report = Report::default();
    let mut bulletins = Bulletins::default();
    let read = check_log(log, data, against, &mut bulletins, &mut report, console)?;
    let (Read::Whole(citations) | Read::Beginning(citations)) = &read;
    evidence::check(citations, evidence, &mut report, console)?;
    if let Read::Whole(citations) = &read {
        evidence::name_uncited(citations, evidence, &mut report)?;
        bulletins.finish(log, &mut report)?;
        read_models::check(data, log, strict, &mut report, console)?;
    }
    report.advise();
    Ok(report)
}

/// How much of the log could be read, and which evidence that names.
enum Read {
    Whole(Citations),
    Beginning(Citations),
}

/// Reads the log once.
fn check_log(
    log: &Log,
    data: &Path,
    against: &Against,
    bulletins: &mut Bulletins,
    report: &mut Report,
    console: &mut Console<'_>,
) -> Result<Read, Failure> {
    let mut ledger = LedgerCheck::begin(against, report)?;
    let table = log.tables()?.as_ref().map(StreamTable::read).transpose()?;
    let goal = match &table {
        Some(table) => Goal { position: table.head, time: None },
        None => log.goal(Until::Head)?,
    };
    let (mut order, mut streams) = (Order::new(log.is_file()), Streams::default());
    let (mut ids, mut history) = (Ids::default(), History::new());
    let progress = console.progress(Said::new("校验", "verify"), goal.position);
    let mut last = Position::START;
    let read = log.for_each(goal, |event| {
        report.events += 1;
        last = event.position;
        progress.at(last);
        order.see(event, report);
        ids.see(event);
        if !streams.see(event, report) {
            history.distrust(&event.stream);
        }
        history.see(event, &mut ids, report);
        bulletins.see(event);
        ledger.see(event, report)
    });
    console.done(progress, report.events);
    match read {
        Err(Failure::Log(StoreError::Corrupt(damage))) => {
            let why = damage
                .source()
                .map_or_else(|| damage.to_string(), |cause| format!("{damage}: {cause}"));
            report.find(
                Finding::new(
                    "log.damaged",
                    format!("此位置之后的日志无法读取({why}),其后未校验。"),
                    format!("The log cannot be read after this position ({why}); nothing behind it was checked."),
                )
                .position(last.0),
            );
            ledger.finish(report)?;
            return Ok(Read::Beginning(history.citations));
        }
        read => read?,
    }
    ledger.finish(report)?;
    report.streams = streams.finish(table, report);
    ids.finish(report);
    history.finish(data, report).map(Read::Whole)
}
