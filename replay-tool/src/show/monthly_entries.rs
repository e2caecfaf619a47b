//! 月报依据: the events behind a figure of a monthly report.

use domain::{Month, UnitCode};
use event_store::{StreamId, Version};
use jiff::Timestamp;
use projections::models::monthly_report::{self, Entry, Figure};
use projections::{Fact, PageRequest, ProjectionError};
use rusqlite::Connection;
use serde::Serialize;

use super::monthly_report::month;
use super::shown::{self, Asked};
use crate::explain;
use crate::failure::Failure;
use crate::lang::Said;
use crate::log::Log;
use crate::moment::county;
use crate::table::{Column, columns};

/// An event behind a figure.
#[derive(Serialize)]
pub struct Row {
    station: UnitCode,
    month: Month,
    figure: Figure,
    stream: StreamId,
    version: u64,
    recorded_at: Timestamp,
    #[serde(flatten)]
    said: Said,
}

/// What a list shows of it.
pub const COLUMNS: &[Column<Row>] = columns! { Row:
    "station" "工作站" "Station" left |row, _| row.station.to_string();
    "month" "月份" "Month" left |row, _| row.month.to_string();
    "figure" "指标" "Figure" left |row, lang| lang.word(row.figure);
    "stream" "事件流" "Stream" left |row, _| row.stream.to_string();
    "version" "版本" "Version" right |row, _| row.version.to_string();
    "recorded_at" "时间" "Time" left |row, _| county(row.recorded_at);
    "sentence" "经过" "What" left |row, lang| row.said.pick(lang).to_owned();
};

/// The events up to the limit, and whether there are more.
pub fn rows(
    log: &Log,
    conn: &Connection,
    figure: Figure,
    asked: &Asked,
) -> Result<(Vec<Row>, bool), Failure> {
    let month = month(asked.month, asked.at);
    let list = |page: &PageRequest| {
        monthly_report::entries(conn, asked.unit.as_ref(), month, figure, page)
    };
    let (entries, more) = shown::all(asked, list)?;
    let rows: Result<_, _> = entries.into_iter().map(|entry| row(log, entry)).collect();
    Ok((rows?, more))
}

/// The sentence is that of the log's own event.
fn row(log: &Log, entry: Entry) -> Result<Row, Failure> {
    let Entry { station, month, figure, stream, version, recorded_at, .. } = entry;
    let said = sentence(log, &stream, Version(version))?
        .unwrap_or_else(|| Said::new("日志中没有这件事件。", "The log does not hold this event."));
    Ok(Row { station, month, figure, stream, version, recorded_at, said })
}

fn sentence(log: &Log, stream: &StreamId, version: Version) -> Result<Option<Said>, Failure> {
    let event = log.event(stream, version)?;
    let fact = event.as_ref().map(Fact::read).transpose().map_err(ProjectionError::from)?;
    Ok(fact.map(|fact| explain::describe(&fact.event).what))
}
