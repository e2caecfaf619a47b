//! The chain of readings: a digest over the records in their order, so that none vanishes once it was stated elsewhere.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row};
use sha2::{Digest as _, Sha256};

use super::reading::{SEVERAL, listed, moment};
use super::{KeylessVault, Vault};
use crate::{Digest, VaultError};

/// A stretch of readings without a gap, and the digest of all up to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// How many readings.
    pub readings: u64,
    /// The number of the last one.
    pub last: u64,
    /// Of the digest before and of every reading of the stretch, in order.
    pub digest: Digest,
}

impl Vault {
    /// The first reading after a number: its own number and when it was.
    ///
    /// # Errors
    /// When the database fails.
    pub fn reading_after(&self, after: u64) -> Result<Option<(u64, Timestamp)>, VaultError> {
        let found: Option<(i64, i64)> = self
            .lock()
            .connection
            .prepare_cached("SELECT id, at FROM reads WHERE id > ?1 ORDER BY id LIMIT 1")?
            .query_row([sql(after)], |row| row.try_into())
            .optional()?;
        found.map(|(id, at)| Ok((id.unsigned_abs(), moment(at)?))).transpose()
    }

    /// How many readings were numbered after a number, and how many of them are there. Numbers are given without a gap, and
    /// none twice.
    ///
    /// # Errors
    /// When the database fails.
    pub fn numbered_after(&self, after: u64) -> Result<(u64, u64), VaultError> {
        let found: (i64, i64) = self.lock().connection.query_row(
            "SELECT max(0, coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'reads'), 0) - ?1),
                    (SELECT count(*) FROM reads WHERE id > ?1)",
            [sql(after)],
            |row| row.try_into(),
        )?;
        Ok((found.0.unsigned_abs(), found.1.unsigned_abs()))
    }

    /// The readings after a number up to the first that was not before a moment.
    ///
    /// # Errors
    /// When the database fails.
    pub fn readings_before(
        &self,
        after: u64,
        start: &Digest,
        moment: Timestamp,
    ) -> Result<Stretch, VaultError> {
        let open = self.lock();
        let last: i64 = open.connection.query_row(
            "SELECT coalesce((SELECT min(id) FROM reads WHERE id > ?1 AND at >= ?2),
                             (SELECT max(id) FROM reads) + 1, 0) - 1",
            (sql(after), moment.as_microsecond()),
            |row| row.get(0),
        )?;
        chain(&open.connection, after, start, last.unsigned_abs())
    }

    /// The readings after a number up to another.
    ///
    /// # Errors
    /// When the database fails.
    pub fn readings(&self, after: u64, start: &Digest, last: u64) -> Result<Stretch, VaultError> {
        chain(&self.lock().connection, after, start, last)
    }
}

impl KeylessVault {
    /// As [`Vault::readings`].
    ///
    /// # Errors
    /// When the database fails.
    pub fn readings(&self, after: u64, start: &Digest, last: u64) -> Result<Stretch, VaultError> {
        chain(self.connection(), after, start, last)
    }
}

/// Columns of the query in [`chain`].
const ACTOR: usize = 2;
const PURPOSE: usize = 3;
const SECTION: usize = 5;
const MEANS: usize = 6;
const PEOPLE: usize = 7;

fn sql(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

fn chain(
    connection: &Connection,
    after: u64,
    start: &Digest,
    last: u64,
) -> Result<Stretch, VaultError> {
    let mut stretch = Stretch { readings: 0, last: after, digest: *start };
    let mut query = connection.prepare_cached(
        "SELECT id, at, actor, purpose, person, section, means, people
         FROM reads LEFT JOIN lists ON lists.read = id
         WHERE id > ?1 AND id <= ?2 ORDER BY id",
    )?;
    let mut rows = query.query((sql(after), sql(last)))?;
    while let Some(row) = rows.next()? {
        let (id, at, person): (i64, i64, i64) = (row.get(0)?, row.get(1)?, row.get(4)?);
        let mut hasher = Sha256::new();
        hasher.update(stretch.digest.as_bytes());
        for number in [id, at, person] {
            hasher.update(number.to_be_bytes());
        }
        for column in [ACTOR, PURPOSE, SECTION] {
            framed(&mut hasher, text(row, column)?);
        }
        if person == SEVERAL {
            framed(&mut hasher, text(row, MEANS)?);
            let people = text(row, PEOPLE)?;
            framed(&mut hasher, people);
            // A list counts only as far as those whom it showed find it.
            hasher.update(missing(connection, id, people)?.to_be_bytes());
        }
        stretch.digest = Digest::from_bytes(hasher.finalize().into());
        stretch.last = id.unsigned_abs();
        stretch.readings += 1;
    }
    Ok(stretch)
}

/// The bytes of a text or blob; of none where there is none.
fn text<'a>(row: &'a Row<'_>, column: usize) -> Result<&'a [u8], VaultError> {
    let found = row.get_ref(column)?.as_bytes_or_null().map_err(rusqlite::Error::from)?;
    Ok(found.unwrap_or_default())
}

/// With their length before them, no byte can move from one field into another.
fn framed(hasher: &mut Sha256, bytes: &[u8]) {
    hasher.update((bytes.len() as u64).to_be_bytes());
    hasher.update(bytes);
}

/// How many people of a list would not find it among what was read of them.
fn missing(connection: &Connection, read: i64, people: &[u8]) -> Result<u64, VaultError> {
    let mut query =
        connection.prepare_cached("SELECT 1 FROM shown WHERE person = ?1 AND read = ?2")?;
    let mut missing = 0;
    for person in listed(people)? {
        missing += u64::from(!query.exists((person.to_sql(), read))?);
    }
    Ok(missing)
}
