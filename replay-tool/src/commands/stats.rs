//! `stats`: what the log is made of.

use std::collections::{BTreeMap, HashSet};

use domain::catalogue::CATALOGUE;
use event_store::{Place, Recorded, StreamId};
use jiff::Timestamp;
use jiff::tz::Offset;
use projections::Until;
use serde::Serialize;

use crate::cli::{Stats, TextOrJson};
use crate::console::Console;
use crate::failure::{Failure, exit};
use crate::lang::Said;
use crate::log::Log;
use crate::moment::county;
use crate::table::{self, Column, columns};

/// The figures. Bytes are those of data and metadata.
#[derive(Default, Serialize)]
struct Figures {
    events: u64,
    bytes: u64,
    first_at: Option<Timestamp>,
    last_at: Option<Timestamp>,
    kinds: BTreeMap<String, Kind>,
    months: BTreeMap<String, u64>,
    streams: BTreeMap<String, u64>,
    #[serde(skip)]
    known: HashSet<StreamId>,
}

#[derive(Clone, Default, Serialize)]
struct Kind {
    events: u64,
    bytes: u64,
}

impl Figures {
    fn count(&mut self, recorded: &Recorded) {
        let bytes = (recorded.data.len() + recorded.metadata.len()) as u64;
        self.events += 1;
        self.bytes += bytes;
        self.first_at.get_or_insert(recorded.recorded_at);
        self.last_at = Some(recorded.recorded_at);
        let kind = self.kinds.entry(recorded.kind.clone()).or_default();
        kind.events += 1;
        kind.bytes += bytes;
        let month = Offset::constant(8).to_datetime(recorded.recorded_at).strftime("%Y-%m");
        *self.months.entry(month.to_string()).or_default() += 1;
        if self.known.insert(recorded.stream.clone()) {
            *self.streams.entry(recorded.stream.category().to_owned()).or_default() += 1;
        }
    }
}

const KINDS: &[Column<(String, Kind)>] = columns! { (String, Kind):
    "kind" "事件" "Event" left |row, _| row.0.clone();
    "meaning" "含义" "Meaning" left |row, lang| {
        let known = CATALOGUE.iter().find(|known| known.name == row.0.as_str());
        known.map_or("?", |known| lang.pick(known.zh, known.en)).to_owned()
    };
    "events" "件数" "Events" right |row, _| row.1.events.to_string();
    "bytes" "字节" "Bytes" right |row, _| row.1.bytes.to_string();
};

const MONTHS: &[Column<(String, u64)>] = columns! { (String, u64):
    "month" "月份" "Month" left |row, _| row.0.clone();
    "events" "件数" "Events" right |row, _| row.1.to_string();
};

const STREAMS: &[Column<(String, u64)>] = columns! { (String, u64):
    "category" "类别" "Category" left |row, _| row.0.clone();
    "streams" "事件流数" "Streams" right |row, _| row.1.to_string();
};

pub(super) fn run(place: &Place, asked: &Stats, console: &mut Console<'_>) -> Result<u8, Failure> {
    let log = Log::open(place)?;
    let goal = log.goal(Until::Head)?;
    let progress = console.progress(Said::new("统计", "count"), goal.position);
    let mut figures = Figures::default();
    let counted = log.for_each(goal, |recorded| {
        figures.count(recorded);
        progress.at(recorded.position);
        Ok(())
    });
    console.done(progress, figures.events);
    counted?;
    match asked.format {
        TextOrJson::Json => table::write_json(console, &figures)?,
        TextOrJson::Text => text(console, &figures)?,
    }
    Ok(exit::OK)
}

fn text(console: &mut Console<'_>, figures: &Figures) -> Result<(), Failure> {
    let Figures { events, bytes, .. } = figures;
    let streams = figures.known.len();
    let at = |time: Option<Timestamp>| time.map_or("–".to_owned(), county);
    let (first, last) = (at(figures.first_at), at(figures.last_at));
    console.say(&Said::new(
        format!("{events}件事件,{streams}个事件流,{bytes}字节,{first}至{last}(东八区)"),
        format!("{events} events in {streams} streams, {bytes} bytes, {first} to {last} (UTC+8)"),
    ))?;
    table::write_table(console, KINDS, &owned(&figures.kinds))?;
    table::write_table(console, MONTHS, &owned(&figures.months))?;
    table::write_table(console, STREAMS, &owned(&figures.streams))
}

fn owned<T: Clone>(counts: &BTreeMap<String, T>) -> Vec<(String, T)> {
    counts.iter().map(|(name, count)| (name.clone(), count.clone())).collect()
}
