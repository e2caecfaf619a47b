//! Every stream is dense from its first version, and ends where the table of streams says.

use std::collections::HashMap;

use event_store::{Position, Recorded, StreamId};
use rusqlite::Connection;

use super::finding::{Finding, Report};
use crate::failure::Failure;

/// The log's table of streams at one moment, and the position of the last event at that moment.
pub struct StreamTable {
    /// Where the log ended.
    pub head: Position,
    versions: HashMap<String, u64>,
}

impl StreamTable {
    /// Reads both in one transaction: what is appended meanwhile is in neither.
    pub fn read(tables: &Connection) -> Result<Self, Failure> {
        let snapshot = tables.unchecked_transaction()?;
        let head =
            snapshot
                .query_row("SELECT coalesce(max(position), 0) FROM events", [], |row| row.get(0))?;
        let mut versions = HashMap::new();
        let mut query = snapshot.prepare("SELECT name, version FROM streams")?;
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            versions.insert(row.get(0)?, count(row.get(1)?));
        }
        Ok(Self { head: Position(count(head)), versions })
    }
}

/// SQLite counts in `i64`; our counts are never negative.
fn count(stored: i64) -> u64 {
    u64::try_from(stored).unwrap_or(0)
}

/// The version that each stream has reached.
#[derive(Default)]
pub struct Streams {
    seen: HashMap<StreamId, u64>,
}

impl Streams {
    /// Takes an event in; gives whether it follows the one before it in its stream.
    pub fn see(&mut self, event: &Recorded, report: &mut Report) -> bool {
        let last = self.seen.entry(event.stream.clone()).or_default();
        let (expected, found) = (*last + 1, event.version.0);
        *last = found;
        if found == expected {
            return true;
        }
        report.find(
            Finding::new(
                "stream.gap",
                format!("版本不连续:应为第{expected}件,实为第{found}件。"),
                format!(
                    "The stream is not dense: event {expected} was expected, {found} was found."
                ),
            )
            .at(event),
        );
        false
    }

    /// Compares with the table of streams, where the engine has one; gives how many streams there are.
    pub fn finish(self, table: Option<StreamTable>, report: &mut Report) -> u64 {
        let streams = self.seen.len() as u64;
        let Some(mut table) = table else { return streams };
        let mut disagreeing: Vec<(String, u64, u64)> = Vec::new();
        for (stream, last) in self.seen {
            let stated = table.versions.remove(stream.as_str()).unwrap_or(0);
            if stated != last {
                disagreeing.push((stream.to_string(), stated, last));
            }
        }
        let empty = table.versions.into_iter().filter(|(_, stated)| *stated != 0);
        disagreeing.extend(empty.map(|(stream, stated)| (stream, stated, 0)));
        disagreeing.sort_unstable();
        for (stream, stated, last) in disagreeing {
            report.find(
                Finding::new(
                    "stream.end",
                    format!("流表记到第{stated}件,日志中到第{last}件为止:末尾的事件缺失或流表被改。"),
                    format!(
                        "The table of streams says {stated} events, the log ends with event {last}: events are missing at the end, or the table was changed."
                    ),
                )
                .of(&stream),
            );
        }
        streams
    }
}
