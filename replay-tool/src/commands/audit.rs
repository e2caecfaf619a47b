//! `audit decisions`: what became of every decision, and what is missing.

use event_store::Place;
use papers::table::Form;

use super::show::unit;
use crate::audit::{self, ALL, Audit, EXPEDITED, RESOLUTIONS, Row};
use crate::cli::{AuditOf, Decisions};
use crate::console::Console;
use crate::failure::{Failure, exit};
use crate::lang::Said;
use crate::log::Log;
use crate::table::{self, Column, Format};

pub(super) fn run(
    place: &Place,
    asked: &AuditOf,
    console: &mut Console<'_>,
) -> Result<u8, Failure> {
    let AuditOf::Decisions(asked) = asked;
    let unit = unit(asked.unit.as_deref())?;
    let mut audit = audit::decisions(&Log::open(place)?, &asked.cut, unit.as_ref(), console)?;
    if asked.failures_only {
        audit.rows.retain(Row::fails);
    }
    write(&audit, asked, console)?;
    Ok(if audit.missing + audit.wrong == 0 { exit::OK } else { exit::FINDING })
}

fn write(audit: &Audit, asked: &Decisions, console: &mut Console<'_>) -> Result<(), Failure> {
    match asked.format {
        Format::Json => table::write_json(console, audit),
        Format::Csv => file(audit, Form::Csv, console),
        Format::Xlsx => file(audit, Form::Xlsx, console),
        Format::Table => {
            console.say(&audit.heading())?;
            let at = audit.rows.partition_point(|row| row.resolution().is_some());
            let (resolutions, expedited) = audit.rows.split_at(at);
            list(console, RESOLUTIONS, resolutions)?;
            if !expedited.is_empty() {
                console.say(&Said::new("急事急议、特事特议", "Dealt with before a meeting"))?;
                list(console, EXPEDITED, expedited)?;
            }
            console.say(&audit.summary())
        }
    }
}

fn file(audit: &Audit, form: Form, console: &mut Console<'_>) -> Result<(), Failure> {
    console.note(&audit.heading());
    table::write_file(console, form, ("决议审计", audit.as_of), ALL, &audit.rows)
}

/// A table, and below it what was found.
fn list(console: &mut Console<'_>, columns: &[Column<Row>], rows: &[Row]) -> Result<(), Failure> {
    table::write_table(console, columns, rows)?;
    for row in rows {
        for finding in &row.findings {
            let (code, weight) = (finding.code, finding.weight.said());
            let place = finding.event.as_ref().unwrap_or(&row.stream);
            let Said { zh, en } = &finding.said;
            console.say(&Said::new(
                format!("[{code}] {} {place} {zh}", weight.zh),
                format!("[{code}] {} {place} {en}", weight.en),
            ))?;
        }
    }
    Ok(())
}
