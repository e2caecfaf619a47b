//! `audit`: what was done as it should be, what is missing, and what to do next.

use std::collections::BTreeSet;
use std::path::Path;

use event_store::Place;
use papers::table::Form;

use super::show::unit;
use crate::advice::{Advice, advise};
use crate::audit::{
    self, ALL, Audit, Audits, EXPEDITED, Finding, Listed, Part, RESOLUTIONS, Row, access, hours,
    points, squads, supervision, surveys,
};
use crate::cli::{self, AuditOf, WithVault};
use crate::console::Console;
use crate::data_folder;
use crate::failure::{Failure, exit};
use crate::lang::Said;
use crate::log::Log;
use crate::moment::county_exact;
use crate::replayed::open_database;
use crate::table::{self, Column, Format, columns};

pub(super) fn run(
    place: &Place,
    data: &Path,
    asked: &cli::Audit,
    console: &mut Console<'_>,
) -> Result<u8, Failure> {
    let cli::Audit { of, all } = asked;
    let (parts, asked, vault): (&[Part], &cli::Asked, _) = match of {
        None => (&Part::ALL, &all.asked, all.vault.as_ref()),
        Some(AuditOf::Decisions(asked)) => (&[Part::Decisions], asked, None),
        Some(AuditOf::Squads(asked)) => (&[Part::Squads], asked, None),
        Some(AuditOf::Hours(asked)) => (&[Part::Hours], asked, None),
        Some(AuditOf::Points(asked)) => (&[Part::Points], asked, None),
        Some(AuditOf::Supervision(asked)) => (&[Part::Supervision], asked, None),
        Some(AuditOf::Surveys(asked)) => (&[Part::Surveys], asked, None),
        Some(AuditOf::Access(WithVault { asked, vault })) => {
            (&[Part::Access], asked, vault.as_ref())
        }
    };
    let unit = unit(asked.unit.as_deref())?;
    if let Some(named) = vault {
        // A file that was named and is not there must not look like one without findings.
        open_database(named)?;
    }
    let vault = vault.cloned().unwrap_or_else(|| data_folder::vault(data));
    let (cut, unit) = (&asked.cut, unit.as_ref());
    let asked_of = audit::Asked { parts, cut, unit, vault: &vault };
    let mut audits = audit::audit(&Log::open(place)?, &asked_of, console)?;
    let fails = shown(&mut audits, asked, of.is_none(), console)?;
    Ok(if fails { exit::FINDING } else { exit::OK })
}

/// Shows what was audited; gives whether something fails.
fn shown(
    audits: &mut Audits,
    asked: &cli::Asked,
    whole: bool,
    console: &mut Console<'_>,
) -> Result<bool, Failure> {
    let mut all = Vec::new();
    let (as_of, events) = (audits.as_of, audits.events);
    let mut part = Shower { asked, whole, console: &mut *console, all: &mut all };
    part.decisions(audits.decisions.as_mut())?;
    part.list(Part::Squads, audits.squads.as_mut(), squads::COLUMNS)?;
    part.list(Part::Hours, audits.hours.as_mut(), hours::COLUMNS)?;
    part.list(Part::Points, audits.points.as_mut(), points::COLUMNS)?;
    part.list(Part::Supervision, audits.supervision.as_mut(), supervision::COLUMNS)?;
    part.list(Part::Surveys, audits.surveys.as_mut(), surveys::COLUMNS)?;
    part.list(Part::Access, audits.access.as_mut(), access::COLUMNS)?;
    let fails = all.iter().any(|found| found.finding.fails());
    if !whole {
        return Ok(fails);
    }
    let title = Said::new(
        format!("审计,截至{},共{events}件事件", county_exact(as_of)),
        format!("audit as of {}, {events} events", county_exact(as_of)),
    );
    match asked.format {
        Format::Json => table::write_json(console, audits)?,
        Format::Csv => files(console, Form::Csv, as_of, &title, &all)?,
        Format::Xlsx => files(console, Form::Xlsx, as_of, &title, &all)?,
        Format::Table => {
            advise(console, all.iter().filter_map(|it| it.advice.as_ref()))?;
            // What two parts show, such as a verdict, is one finding.
            let failing = all.iter().filter(|found| found.finding.fails());
            let distinct: BTreeSet<_> = failing.map(Found::key).collect();
            let count = distinct.len();
            console.say(&Said::new(
                format!("{}:共{count}处缺失、违规或存疑。", title.zh),
                format!("{}: {count} missing, wrong or doubtful in all.", title.en),
            ))?;
        }
    }
    Ok(fails)
}

/// A finding in its part.
struct Found {
    part: Part,
    about: String,
    finding: Finding,
    advice: Option<Advice>,
}

impl Found {
    fn place(&self) -> &str {
        self.finding.event.as_ref().unwrap_or(&self.about)
    }

    fn key(&self) -> (&'static str, String, String) {
        (self.finding.code, self.place().to_owned(), self.finding.on.to_string())
    }

    fn line(&self) -> Said {
        let Finding { code, weight, said, .. } = &self.finding;
        let (place, weight) = (self.place(), weight.said());
        Said::new(
            format!("[{code}] {} {place} {}", weight.zh, said.zh),
            format!("[{code}] {} {place} {}", weight.en, said.en),
        )
    }
}

/// What a list of everything that was found shows.
const FOUND: &[Column<Found>] = columns! { Found:
    "part" "部分" "Part" left |it, lang| it.part.title().pick(lang).to_owned();
    "code" "代码" "Code" left |it, _| it.finding.code.to_owned();
    "weight" "性质" "Weight" left |it, lang| it.finding.weight.said().pick(lang).to_owned();
    "on" "日期" "Day" left |it, _| it.finding.on.to_string();
    "about" "对象" "About" left |it, _| it.about.clone();
    "event" "事件" "Event" left |it, _| it.finding.event.clone().unwrap_or_default();
    "said" "发现" "Finding" left |it, lang| it.finding.said.pick(lang).to_owned();
    "next" "含义和下一步" "What to do" left |it, lang| it.advice.map(|it| it.pick(lang).to_owned()).unwrap_or_default();
};

fn files(
    console: &mut Console<'_>,
    form: Form,
    at: jiff::Timestamp,
    title: &Said,
    all: &[Found],
) -> Result<(), Failure> {
    console.note(title);
    table::write_file(console, form, ("审计", at), FOUND, all)
}

/// Shows part after part, and keeps what was found in them.
struct Shower<'a, 'c> {
    asked: &'a cli::Asked,
    /// Whether all parts are shown together: then only what was found, and no tables.
    whole: bool,
    console: &'a mut Console<'c>,
    all: &'a mut Vec<Found>,
}

impl Shower<'_, '_> {
    fn list<R: Listed>(
        &mut self,
        part: Part,
        audit: Option<&mut Audit<R>>,
        columns: &[Column<R>],
    ) -> Result<(), Failure> {
        self.show(part, audit, columns, |console, rows| table::write_table(console, columns, rows))
    }

    /// Decisions are shown as two tables, and filed with more columns than fit the eye.
    fn decisions(&mut self, audit: Option<&mut Audit<Row>>) -> Result<(), Failure> {
        self.show(Part::Decisions, audit, ALL, |console, rows| {
            let at = rows.partition_point(|row| row.resolution().is_some());
            let (resolutions, expedited) = rows.split_at(at);
            table::write_table(console, RESOLUTIONS, resolutions)?;
            if !expedited.is_empty() {
                console.say(&Said::new("急事急议、特事特议", "Dealt with before a meeting"))?;
                table::write_table(console, EXPEDITED, expedited)?;
            }
            Ok(())
        })
    }

    fn show<R: Listed>(
        &mut self,
        part: Part,
        audit: Option<&mut Audit<R>>,
        columns: &[Column<R>],
        tables: impl FnOnce(&mut Console<'_>, &[R]) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        let Some(audit) = audit else { return Ok(()) };
        let from = self.all.len();
        self.keep(part, audit);
        if self.asked.failures_only {
            audit.rows.retain(Listed::fails);
        }
        let (at, title) = (county_exact(audit.as_of), part.title());
        let heading = Said::new(
            format!("{},截至{at},共{}件事件", title.zh, audit.events),
            format!("{} as of {at}, {} events", title.en, audit.events),
        );
        let (counted, tally) = (part.counted(audit.listed), audit.tally());
        let summary = Said::new(
            format!("{}:{}。", counted.zh, tally.zh),
            format!("{}: {}.", counted.en, tally.en),
        );
        let console = &mut *self.console;
        match (self.asked.format, self.whole) {
            (Format::Table, true) => {
                console.say(&title)?;
                self.lines(from)?;
                self.console.say(&summary)
            }
            (Format::Json | Format::Csv | Format::Xlsx, true) => Ok(()),
            (Format::Json, false) => table::write_json(console, audit),
            (Format::Csv | Format::Xlsx, false) => {
                console.note(&heading);
                let csv = self.asked.format == Format::Csv;
                let form = if csv { Form::Csv } else { Form::Xlsx };
                table::write_file(console, form, (&title.zh, audit.as_of), columns, &audit.rows)
            }
            (Format::Table, false) => {
                console.say(&heading)?;
                tables(console, &audit.rows)?;
                self.lines(from)?;
                let advice = self.all[from..].iter().filter_map(|it| it.advice.as_ref());
                advise(self.console, advice)?;
                self.console.say(&summary)
            }
        }
    }

    /// Keeps what was found: all of it, or only what fails.
    fn keep<R: Listed>(&mut self, part: Part, audit: &Audit<R>) {
        let only = self.asked.failures_only;
        for row in &audit.rows {
            let found = row.findings().iter().filter(|finding| !only || finding.fails());
            self.all.extend(found.map(|finding| Found {
                part,
                about: row.about().to_owned(),
                advice: audit.advice.iter().find(|it| it.code == finding.code).copied(),
                finding: finding.clone(),
            }));
        }
    }

    fn lines(&mut self, from: usize) -> Result<(), Failure> {
        self.all[from..].iter().map(Found::line).try_for_each(|line| self.console.say(&line))
    }
}
