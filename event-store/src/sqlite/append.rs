//! One append within an open transaction: first everything is checked, then everything is written, so
//! that a refusal needs no rollback and does not touch the neighbours of its group.

use jiff::Timestamp;
use lru::LruCache;
use rusqlite::{Connection, OptionalExtension, params};

use super::convert::{BadRow, from_sql, sql, to_sql};
use crate::{
    AppendError, Appended, Expected, NewEvent, Position, StoreError, StreamId, Version, limits,
};

/// What the writer tells one caller.
pub(super) type Answer = Result<Appended, AppendError>;

/// What the writer remembers of a stream.
#[derive(Clone, Copy)]
pub(super) struct Row {
    id: i64,
    version: Version,
}

/// The end of the log as the open transaction sees it.
pub(super) struct Tail {
    pub(super) position: Position,
    recorded_at: i64,
}

impl Tail {
    /// Reads the end of the log.
    pub(super) fn load(conn: &Connection) -> Result<Self, StoreError> {
        let last = "SELECT position, recorded_at FROM events ORDER BY position DESC LIMIT 1";
        let (position, recorded_at) = conn
            .query_row(last, [], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()
            .map_err(sql)?
            .unwrap_or((0, i64::MIN));
        Ok(Self { position: Position(from_sql(position)), recorded_at })
    }

    /// The place and the time of the next event: never before the one before it.
    fn next(&mut self, asked: Timestamp) -> (i64, i64) {
        self.position.0 += 1;
        self.recorded_at = self.recorded_at.max(limits::micros(asked));
        (to_sql(self.position.0), self.recorded_at)
    }
}

/// The log under a transaction.
pub(super) struct LogTransaction<'a> {
    pub(super) conn: &'a Connection,
    pub(super) tail: &'a mut Tail,
    /// Versions of streams lately written. After a rollback they are forgotten, so they are never ahead of the disk.
    pub(super) streams: &'a mut LruCache<StreamId, Row>,
}

impl LogTransaction<'_> {
    /// Appends a batch, or says why not. The outer error is the engine's and spoils the whole transaction.
    pub(super) fn append(
        &mut self,
        stream: &StreamId,
        expected: Expected,
        events: &[NewEvent],
    ) -> Result<Answer, StoreError> {
        let row = self.find(stream)?;
        let actual = row.map_or(Version::NONE, |row| row.version);
        if actual != expected.version() {
            let standing = match row {
                Some(row) => self.standing(row, expected.version(), events)?,
                None => None,
            };
            let conflict = || AppendError::Conflict { stream: stream.clone(), expected, actual };
            return Ok(standing.ok_or_else(conflict));
        }
        for event in events {
            if self.holds(event)? {
                return Ok(Err(AppendError::IdTaken { id: event.id }));
            }
        }
        self.write(stream, row, events).map(Ok)
    }

    fn find(&mut self, stream: &StreamId) -> Result<Option<Row>, StoreError> {
        if let Some(row) = self.streams.get(stream) {
            return Ok(Some(*row));
        }
        self.conn
            .prepare_cached("SELECT id, version FROM streams WHERE name = ?1")
            .and_then(|mut find| {
                let row = |row: &rusqlite::Row<'_>| {
                    Ok(Row { id: row.get(0)?, version: Version(from_sql(row.get(1)?)) })
                };
                find.query_row([stream.as_str()], row).optional()
            })
            .map_err(sql)
    }

    fn holds(&self, event: &NewEvent) -> Result<bool, StoreError> {
        self.conn
            .prepare_cached("SELECT 1 FROM events WHERE id = ?1")
            .and_then(|mut find| find.exists([event.id.as_bytes()]))
            .map_err(sql)
    }

    /// Where the batch stands already, if it stands right after version `after`.
    fn standing(
        &self,
        row: Row,
        after: Version,
        events: &[NewEvent],
    ) -> Result<Option<Appended>, StoreError> {
        let mut find = self
            .conn
            .prepare_cached(
                "SELECT position, version, id FROM events WHERE stream = ?1 AND version > ?2 ORDER BY version LIMIT ?3",
            )
            .map_err(sql)?;
        let mut rows = find
            .query(params![row.id, to_sql(after.0), to_sql(events.len() as u64)])
            .map_err(sql)?;
        let mut last = None;
        for event in events {
            let Some(there) = rows.next().map_err(sql)? else { return Ok(None) };
            let position: i64 = there.get(0).map_err(sql)?;
            let id: [u8; 16] = there.get(2).map_err(|_| BadRow { position, column: "id" })?;
            if &id != event.id.as_bytes() {
                return Ok(None);
            }
            last = Some(Appended {
                last_version: Version(from_sql(there.get(1).map_err(sql)?)),
                last_position: Position(from_sql(position)),
                repeated: true,
            });
        }
        Ok(last)
    }

    fn write(
        &mut self,
        stream: &StreamId,
        row: Option<Row>,
        events: &[NewEvent],
    ) -> Result<Appended, StoreError> {
        let before = row.map_or(Version::NONE, |row| row.version);
        let last = Version(before.0 + events.len() as u64);
        let id = self.set_version(stream, row, last).map_err(sql)?;
        let mut insert = self
            .conn
            .prepare_cached(
                "INSERT INTO events (position, stream, version, id, kind, recorded_at, data, metadata) \
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            )
            .map_err(sql)?;
        for (version, event) in (before.0 + 1..).zip(events) {
            let (position, recorded_at) = self.tail.next(event.recorded_at);
            insert
                .execute(params![
                    position,
                    id,
                    to_sql(version),
                    event.id.as_bytes(),
                    event.kind,
                    recorded_at,
                    event.data,
                    event.metadata
                ])
                .map_err(sql)?;
        }
        self.streams.put(stream.clone(), Row { id, version: last });
        Ok(Appended { last_version: last, last_position: self.tail.position, repeated: false })
    }

    /// Notes the stream's new version, and the stream itself if it is new; gives its row id.
    fn set_version(
        &self,
        stream: &StreamId,
        row: Option<Row>,
        version: Version,
    ) -> rusqlite::Result<i64> {
        let version = to_sql(version.0);
        if let Some(Row { id, .. }) = row {
            let mut update =
                self.conn.prepare_cached("UPDATE streams SET version = ?2 WHERE id = ?1")?;
            update.execute([id, version])?;
            return Ok(id);
        }
        let mut insert =
            self.conn.prepare_cached("INSERT INTO streams (name, version) VALUES (?1, ?2)")?;
        insert.insert(params![stream.as_str(), version])
    }
}
