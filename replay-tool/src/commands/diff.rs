//! `diff`: two rebuilt files, or two moments, row by row and column by column.

use std::path::Path;

use event_store::{Place, Recorded};
use jiff::Timestamp;
use papers::table::Form;
use projections::{Difference, Fact};
use rusqlite::Connection;
use serde::Serialize;

use crate::cli::Diff;
use crate::console::Console;
use crate::explain::{self, Description};
use crate::failure::{Failure, exit};
use crate::lang::Said;
use crate::log::Log;
use crate::moment::{Cut, county};
use crate::replayed::{Replayed, open_database};
use crate::table::{self, Column, Format, columns, or_blank};

const COLUMNS: &[Column<Difference>] = columns! { Difference:
    "table" "表" "Table" left |row, _| row.table.clone();
    "key" "键" "Key" left |row, _| row.key.clone();
    "column" "列" "Column" left |row, _| row.column.clone();
    "left" "左(较早)" "Left (earlier)" left |row, _| or_blank(row.left.as_ref());
    "right" "右(较晚)" "Right (later)" left |row, _| or_blank(row.right.as_ref());
};

/// An event that the log learned between two moments.
#[derive(Serialize)]
struct Learned {
    position: u64,
    recorded_at: Timestamp,
    stream: String,
    version: u64,
    kind: String,
    what: Said,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
}

const LEARNED: &[Column<Learned>] = columns! { Learned:
    "position" "位置" "Position" right |row, _| row.position.to_string();
    "recorded_at" "记录时间" "Recorded" left |row, _| county(row.recorded_at);
    "stream" "事件流" "Stream" left |row, _| row.stream.clone();
    "version" "序号" "Event" right |row, _| row.version.to_string();
    "kind" "类型" "Kind" left |row, _| row.kind.clone();
    "what" "经过" "What" left |row, lang| row.what.pick(lang).to_owned();
    "reason" "原因" "Why" left |row, _| or_blank(row.reason.as_ref());
};

pub(super) fn run(place: &Place, asked: &Diff, console: &mut Console<'_>) -> Result<u8, Failure> {
    match (asked.files.as_slice(), asked.from, asked.to) {
        ([left, right], None, None) if asked.cache.folder.is_none() => {
            let (left, right) = (existing(left)?, existing(right)?);
            report((&left, &right), Timestamp::now(), asked, console)
        }
        ([], Some(from), Some(to)) if asked.facts => {
            facts(&Log::open(place)?, from, to, asked, console)
        }
        ([], Some(from), Some(to)) => {
            let log = Log::open(place)?;
            let cache = asked.cache.folder.as_deref();
            let left = Replayed::cached(&log, Cut::at(from).until(), cache, console)?;
            let right = Replayed::cached(&log, Cut::at(to).until(), cache, console)?;
            for (side, cut) in [(&left, from), (&right, to)] {
                console.note(&side.heading(&Cut::at(cut)));
            }
            report((&left.conn, &right.conn), to, asked, console)
        }
        _ => Err(Failure::usage(
            "请给出两个文件,或用 --from 和 --to 给出两个时刻(可加 --cache)。",
            "Name two files, or two moments with --from and --to, and with --cache if you like.",
        )),
    }
}

/// What the log learned between two moments, as sentences.
fn facts(
    log: &Log,
    from: Timestamp,
    to: Timestamp,
    asked: &Diff,
    console: &mut Console<'_>,
) -> Result<u8, Failure> {
    let goal = log.goal(Cut::at(to).until())?;
    let progress = console.progress(Said::new("查找", "search"), goal.position);
    let most = asked.limit as usize;
    let (mut found, mut events, mut count) = (Vec::new(), 0, 0_u64);
    let read = log.for_each(goal, |event| {
        events += 1;
        progress.at(event.position);
        if event.recorded_at > from {
            count += 1;
            if found.len() < most {
                found.push(Learned::of(event)?);
            }
        }
        Ok(())
    });
    console.done(progress, events);
    read?;
    let titled = ("其间的事件", to);
    match asked.format {
        Format::Csv => table::write_file(console, Form::Csv, titled, LEARNED, &found)?,
        Format::Xlsx => {
            table::write_file(console, Form::Xlsx, titled, LEARNED, &found)?;
        }
        Format::Json => table::write_json(console, &found)?,
        Format::Table => {
            table::write_table(console, LEARNED, &found)?;
            console.say(&Said::new(format!("{count}件事件。"), format!("{count} events.")))?;
        }
    }
    if count > found.len() as u64 {
        console.note(&Said::new(
            format!("还有更多事件;用 --limit 列出{most}件以上。"),
            format!("There are more; list more than {most} with --limit."),
        ));
    }
    Ok(if count == 0 { exit::OK } else { exit::FINDING })
}

impl Learned {
    fn of(event: &Recorded) -> Result<Self, Failure> {
        let fact = Fact::read(event).map_err(projections::ProjectionError::from)?;
        let Description { what, reason, .. } = explain::describe(&fact.event);
        Ok(Self {
            position: event.position.0,
            recorded_at: event.recorded_at,
            stream: event.stream.to_string(),
            version: event.version.0,
            kind: event.kind.clone(),
            what,
            reason,
        })
    }
}

/// Opens a read database. Refuses a file that is none, so that a mistyped name does not look like an empty one.
fn existing(path: &Path) -> Result<Connection, Failure> {
    let conn = open_database(path)?;
    projections::checkpoints(&conn)
        .map_err(|source| Failure::OpenDatabase { path: path.to_owned(), source })?;
    Ok(conn)
}

fn report(
    (left, right): (&Connection, &Connection),
    at: Timestamp,
    asked: &Diff,
    console: &mut Console<'_>,
) -> Result<u8, Failure> {
    let titled = ("差异", at);
    let most = asked.limit as usize;
    let mut found = projections::compare(left, right, most.saturating_add(1))?;
    let more = found.len() > most;
    found.truncate(most);
    match asked.format {
        Format::Csv => table::write_file(console, Form::Csv, titled, COLUMNS, &found)?,
        Format::Xlsx => table::write_file(console, Form::Xlsx, titled, COLUMNS, &found)?,
        Format::Json => table::write_json(console, &found)?,
        Format::Table if found.is_empty() => {
            console.say(&Said::new("没有差异。", "No differences."))?;
        }
        Format::Table => {
            table::write_table(console, COLUMNS, &found)?;
            let count = found.len();
            console.say(&Said::new(format!("{count}处差异。"), format!("{count} differences.")))?;
        }
    }
    if more {
        console.note(&Said::new(
            format!("还有更多差异;用 --limit 列出{most}处以上。"),
            format!("There are more; list more than {most} with --limit."),
        ));
    }
    Ok(if found.is_empty() { exit::OK } else { exit::FINDING })
}
