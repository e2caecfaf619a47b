//! `explain STREAM`: when, who, what, why, under which rule.

use std::path::Path;

use domain::Event;
use domain::rulebook::{Adopted, Event as RulebookEvent};
use event_store::StreamId;
use projections::Fact;
use rusqlite::{Connection, OptionalExtension as _};
use uuid::Uuid;

use crate::cli::Explain;
use crate::console::Console;
use crate::explain::{self, Rulebooks};
use crate::failure::{Failure, exit};
use crate::lang::{Lang, Said};
use crate::log::Log;
use crate::moment::county;

pub(super) fn run(data: &Path, asked: &Explain, console: &mut Console<'_>) -> Result<u8, Failure> {
    let log = Log::open(data)?;
    let tables = log.tables()?;
    let stream = StreamId::new(&asked.stream).map_err(|_| {
        Failure::usage(
            "事件流名称应为“类别-编号”,例 unit-330225001。",
            "A stream is named \"category-key\", for example unit-330225001.",
        )
    })?;
    let events = log.stream(&stream)?;
    if events.is_empty() {
        return Err(unknown(&tables, &asked.stream)?);
    }
    let rulebooks = Rulebooks::new(adopted(&log, &tables)?);
    let count = events.len();
    console
        .say(&Said::new(format!("{stream}:{count}件事件"), format!("{stream}: {count} events")))?;
    for recorded in &events {
        let fact = Fact::read(recorded).map_err(projections::ProjectionError::from)?;
        entry(console, &fact, &rulebooks, &tables)?;
    }
    Ok(exit::OK)
}

/// One event, a few lines.
fn entry(
    console: &mut Console<'_>,
    fact: &Fact,
    rulebooks: &Rulebooks,
    tables: &Connection,
) -> Result<(), Failure> {
    let lang = console.lang;
    let (told, line) = (explain::tell(&fact.event), fact.event.entry());
    let head = lang.pick(line.zh, line.kind);
    let out = &mut *console.out;
    writeln!(out, "\n{}. {}  {head}", fact.version, county(fact.recorded_at))?;
    let mut row = |label: (&str, &str), text: &str| {
        let label = lang.pick(label.0, label.1);
        writeln!(out, "   {label} {text}")
    };
    row(("经过:", "what: "), told.what.pick(lang))?;
    row(("操作:", "who:  "), &who(fact, lang))?;
    if let Some(reason) = &told.reason {
        row(("原因:", "why:  "), reason)?;
    }
    if let Some(cause) = fact.metadata.cause {
        row(("起因:", "after:"), &caused_by(tables, cause, lang)?)?;
    }
    let version = fact.metadata.rulebook;
    let cited: Result<Vec<String>, Failure> =
        told.basis.iter().map(|basis| rulebooks.cite(version, basis, lang)).collect();
    let book = match lang {
        Lang::Zh => format!("规则簿第{version}版"),
        Lang::En => format!("rulebook version {version}"),
    };
    let basis: Vec<String> = std::iter::once(book).chain(cited?).collect();
    row(("依据:", "under:"), &basis.join(lang.pick(";", "; ")))?;
    Ok(())
}

fn who(fact: &Fact, lang: Lang) -> String {
    let actor = &fact.metadata.actor;
    let (id, unit) = (&actor.id, actor.unit.as_ref());
    let mut text = match lang {
        Lang::Zh => format!("{},账号{id}", actor.role.zh()),
        Lang::En => format!("{}, account {id}", actor.role.as_str().replace('_', " ")),
    };
    if let Some(person) = actor.person {
        text.push_str(&lang.pick(format!(",人员{person}"), format!(", person {person}")));
    }
    if let Some(unit) = unit {
        text.push_str(&lang.pick(format!(",单位{unit}"), format!(", unit {unit}")));
    }
    text
}

/// The event that a policy answered.
fn caused_by(tables: &Connection, cause: Uuid, lang: Lang) -> Result<String, Failure> {
    let mut find = tables.prepare_cached(
        "SELECT streams.name, events.version, events.kind FROM events
         JOIN streams ON streams.id = events.stream WHERE events.id = ?1",
    )?;
    let found = find.query_row([cause.as_bytes().as_slice()], |row| {
        Ok((row.get::<_, String>(0)?, row.get::<_, i64>(1)?, row.get::<_, String>(2)?))
    });
    let Some((stream, version, kind)) = found.optional()? else {
        return Ok(lang.pick(
            format!("日志中没有事件{cause}"),
            format!("event {cause}, which the log does not hold"),
        ));
    };
    let entry = domain::catalogue::CATALOGUE.iter().find(|entry| entry.kind == kind);
    let name = entry.map_or(kind.as_str(), |entry| lang.pick(entry.zh, entry.kind));
    Ok(lang.pick(
        format!("{stream}第{version}件事件“{name}”"),
        format!("event {version} of {stream}, {name}"),
    ))
}

/// The rulebooks that the log holds; there is one stream of them.
fn adopted(log: &Log, tables: &Connection) -> Result<Vec<Adopted>, Failure> {
    let mut versions = Vec::new();
    for name in named_like(tables, "rulebook-%", u32::MAX)? {
        let Ok(stream) = StreamId::new(&name) else { continue };
        for recorded in log.stream(&stream)? {
            let fact = Fact::read(&recorded).map_err(projections::ProjectionError::from)?;
            if let Event::Rulebook(RulebookEvent::Adopted(adopted)) = fact.event {
                versions.push(*adopted);
            }
        }
    }
    Ok(versions)
}

/// Says which streams there are that the user may have meant.
fn unknown(tables: &Connection, asked: &str) -> Result<Failure, Failure> {
    let key = asked.split_once('-').map_or(asked, |(_, key)| key);
    let near = named_like(tables, &format!("%{}%", key.replace(['%', '_'], "")), 5)?;
    let (mut zh, mut en) =
        (format!("日志中没有事件流 {asked}。"), format!("The log has no stream {asked}."));
    if near.is_empty() {
        let categories = "rulebook, unit, squad, volunteer, activity, service, points, notice";
        zh.push_str(&format!("名称为“类别-编号”,类别有:{categories}。"));
        en.push_str(&format!(" A name is \"category-key\"; categories are: {categories}."));
    } else {
        zh.push_str(&format!("相近的有:{}。", near.join("、")));
        en.push_str(&format!(" Names like it: {}.", near.join(", ")));
    }
    Ok(Failure::NotThere(Said::new(zh, en)))
}

fn named_like(tables: &Connection, pattern: &str, most: u32) -> Result<Vec<String>, Failure> {
    let mut find = tables
        .prepare_cached("SELECT name FROM streams WHERE name LIKE ?1 ORDER BY name LIMIT ?2")?;
    let names = find.query_map((pattern, most), |row| row.get(0))?;
    Ok(names.collect::<Result<_, _>>()?)
}
