//! Reading pages of events on one connection.

use std::collections::HashMap;

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Params, Row, Rows};
use uuid::Uuid;

use super::convert::{BadRow, from_sql, mistyped, sql, to_sql};
use crate::limits::Page;
use crate::{Position, Recorded, StoreError, StreamId, Version};

const COLUMNS: &str =
    "SELECT position, stream, version, id, kind, recorded_at, data, metadata FROM events";
/// How many names of streams a connection remembers before it forgets them all.
const MAX_NAMES: usize = 50_000;
/// Room made for a page in advance, in events.
const USUAL_PAGE: u32 = 4_096;

/// A connection that reads, with the names of streams it met. A stream never changes its name, so joining
/// the two tables for each event would be wasted work.
pub(super) struct Pages {
    conn: Connection,
    names: HashMap<i64, StreamId>,
}

impl Pages {
    pub(super) fn new(conn: Connection) -> Self {
        Self { conn, names: HashMap::new() }
    }

    /// The position of the last event.
    pub(super) fn head(&self) -> Result<Position, StoreError> {
        self.conn
            .prepare_cached("SELECT coalesce(max(position), 0) FROM events")
            .and_then(|mut max| max.query_row([], |row| row.get(0)))
            .map(|max| Position(from_sql(max)))
            .map_err(sql)
    }

    /// The events after `after` in the whole log.
    pub(super) fn all(&mut self, after: Position, limit: u32) -> Result<Vec<Recorded>, StoreError> {
        let page = Page::of(limit);
        let bounds = [to_sql(after.0), i64::from(page.events_left())];
        self.read(
            &format!("{COLUMNS} WHERE position > ?1 ORDER BY position LIMIT ?2"),
            bounds,
            page,
        )
    }

    /// The events after `after` in one stream.
    pub(super) fn stream(
        &mut self,
        stream: &StreamId,
        after: Version,
        limit: u32,
    ) -> Result<Vec<Recorded>, StoreError> {
        let id: Option<i64> = self
            .conn
            .prepare_cached("SELECT id FROM streams WHERE name = ?1")
            .and_then(|mut find| find.query_row([stream.as_str()], |row| row.get(0)).optional())
            .map_err(sql)?;
        let Some(id) = id else { return Ok(Vec::new()) };
        let page = Page::of(limit);
        let bounds = [id, to_sql(after.0), i64::from(page.events_left())];
        let query =
            format!("{COLUMNS} WHERE stream = ?1 AND version > ?2 ORDER BY version LIMIT ?3");
        self.read(&query, bounds, page)
    }

    fn read(
        &mut self,
        query: &str,
        bounds: impl Params,
        mut page: Page,
    ) -> Result<Vec<Recorded>, StoreError> {
        let Self { conn, names } = self;
        let mut statement = conn.prepare_cached(query).map_err(sql)?;
        let mut rows: Rows<'_> = statement.query(bounds).map_err(sql)?;
        let mut events = Vec::with_capacity(page.events_left().min(USUAL_PAGE) as usize);
        while let Some(row) = rows.next().map_err(sql)? {
            let event = recorded(row, |id| name(conn, names, id))?;
            let payload = event.data.len() + event.metadata.len() + event.kind.len();
            events.push(event);
            if page.full_after(payload) {
                break;
            }
        }
        Ok(events)
    }
}

fn name(
    conn: &Connection,
    names: &mut HashMap<i64, StreamId>,
    id: i64,
) -> Result<Option<StreamId>, StoreError> {
    if let Some(name) = names.get(&id) {
        return Ok(Some(name.clone()));
    }
    let name: Option<String> = conn
        .prepare_cached("SELECT name FROM streams WHERE id = ?1")
        .and_then(|mut find| find.query_row([id], |row| row.get(0)).optional())
        .map_err(sql)?;
    let Some(name) = name.and_then(|name| StreamId::new(&name).ok()) else { return Ok(None) };
    if names.len() >= MAX_NAMES {
        names.clear();
    }
    names.insert(id, name.clone());
    Ok(Some(name))
}

fn recorded(
    row: &Row<'_>,
    name: impl FnOnce(i64) -> Result<Option<StreamId>, StoreError>,
) -> Result<Recorded, StoreError> {
    let value = |column| row.get_ref(column).map_err(sql);
    let number = |column| -> Result<i64, StoreError> { row.get(column).map_err(sql) };
    let position = number(0)?;
    let bad = |column| BadRow { position, column };
    let blob = |column, label| value(column)?.as_blob().map_err(mistyped(position, label));
    Ok(Recorded {
        position: Position(u64::try_from(position).map_err(|_| bad("position"))?),
        stream: name(number(1)?)?.ok_or_else(|| bad("stream"))?,
        version: Version(u64::try_from(number(2)?).map_err(|_| bad("version"))?),
        id: Uuid::from_slice(blob(3, "id")?).map_err(|_| bad("id"))?,
        kind: value(4)?.as_str().map_err(mistyped(position, "kind"))?.to_owned(),
        recorded_at: Timestamp::from_microsecond(number(5)?).map_err(|_| bad("recorded_at"))?,
        data: blob(6, "data")?.to_vec(),
        metadata: blob(7, "metadata")?.to_vec(),
    })
}
