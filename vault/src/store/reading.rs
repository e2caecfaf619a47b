//! The record of who read: a reading of one person is one row, a reading of several is one row with a list.

use jiff::Timestamp;
use rusqlite::Connection;

use super::{KeylessVault, Vault, rows};
use crate::{PersonId, VaultError};

/// Most reads in one page.
const MAX_PAGE: u32 = 1000;
/// Stands for the people of a list where a row names a person.
pub(super) const SEVERAL: i64 = -1;

/// Who wants to read, and what for. Both are recorded as given: they must not hold personal data.
#[derive(Clone, Copy, Debug)]
pub struct Reader<'a> {
    /// The account or person id of whoever will see the plaintext, 1–200 bytes.
    pub actor: &'a str,
    /// The occasion, 1–200 bytes.
    pub purpose: &'a str,
}

/// How the people of one reading were found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Means {
    /// As a list, such as a unit's.
    List,
    /// By something that their sections say, such as a telephone number.
    Lookup,
    /// By their identity number.
    Identity,
    /// By a part of their names.
    Name,
    /// Several at once, by their numbers.
    Several,
}

impl Means {
    /// As it is recorded.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::List => "list",
            Self::Lookup => "telephone",
            Self::Identity => "identity-number",
            Self::Name => "name",
            Self::Several => "several",
        }
    }
}

/// The record of one read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadRecord {
    /// Rises with every read; for the next page.
    pub id: u64,
    /// When it was recorded, just before the plaintext was handed out.
    pub at: Timestamp,
    /// Who read.
    pub actor: String,
    /// What for.
    pub purpose: String,
    /// Whose data.
    pub person: PersonId,
    /// Which section.
    pub section: String,
    /// How they were found, where the reading was a search or a list; see [`Means::as_str`].
    pub means: Option<String>,
    /// How many people it showed.
    pub people: u32,
}

impl Vault {
    /// Who read this person's data after read `after` (0 for the first page), oldest first, at most 1000 at once.
    /// It outlives the erasure of the data.
    ///
    /// # Errors
    /// When the database fails.
    pub fn reads(
        &self,
        person: PersonId,
        after: u64,
        limit: u32,
    ) -> Result<Vec<ReadRecord>, VaultError> {
        let open = self.lock();
        let mut query = open.connection.prepare_cached(
            "SELECT id, at, actor, purpose, section, means, coalesce(length(people) / 8, 1)
             FROM (SELECT id FROM reads WHERE person = ?1 AND id > ?2
                   UNION ALL SELECT read FROM shown WHERE person = ?1 AND read > ?2
                   ORDER BY 1 LIMIT ?3)
             JOIN reads USING (id) LEFT JOIN lists ON lists.read = id ORDER BY id",
        )?;
        let after = i64::try_from(after).unwrap_or(i64::MAX);
        let mut found = query.query((person.to_sql(), after, limit.min(MAX_PAGE)))?;
        let mut reads = Vec::new();
        while let Some(row) = found.next()? {
            reads.push(ReadRecord {
                id: row.get::<_, i64>(0)?.unsigned_abs(),
                at: moment(row.get(1)?)?,
                actor: row.get(2)?,
                purpose: row.get(3)?,
                person,
                section: row.get(4)?,
                means: row.get(5)?,
                people: row.get(6)?,
            });
        }
        Ok(reads)
    }
}

/// One reading, whoever it showed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// Rises with every read.
    pub id: u64,
    /// When it was recorded.
    pub at: Timestamp,
    /// Who read.
    pub actor: String,
    /// What for.
    pub purpose: String,
    /// How many people it showed.
    pub people: u32,
}

impl KeylessVault {
    /// Hands every reading to `each`, oldest first.
    ///
    /// # Errors
    /// When the database fails.
    pub fn each_reading(&self, mut each: impl FnMut(Reading)) -> Result<(), VaultError> {
        let mut query = self.connection().prepare(
            "SELECT id, at, actor, purpose, coalesce(length(people) / 8, 1)
             FROM reads LEFT JOIN lists ON lists.read = id ORDER BY id",
        )?;
        let mut found = query.query(())?;
        while let Some(row) = found.next()? {
            each(Reading {
                id: row.get::<_, i64>(0)?.unsigned_abs(),
                at: moment(row.get(1)?)?,
                actor: row.get(2)?,
                purpose: row.get(3)?,
                people: row.get(4)?,
            });
        }
        Ok(())
    }
}

pub(super) fn moment(micros: i64) -> Result<Timestamp, VaultError> {
    Timestamp::from_microsecond(micros)
        .map_err(|_| VaultError::Tampered("the time of a read".to_owned()))
}

/// Records who read, before anything is handed out.
pub(super) fn record(
    connection: &Connection,
    person: PersonId,
    section: &str,
    reader: Reader<'_>,
    now: i64,
) -> Result<(), VaultError> {
    put(connection, person.to_sql(), section, reader, now)
}

/// Records one reading of these people. Of none it is recorded where somebody was looked for, since that nobody was found
/// is an answer too.
pub(super) fn record_all(
    connection: &Connection,
    people: &[PersonId],
    (section, means): (&str, Means),
    reader: Reader<'_>,
    now: i64,
) -> Result<(), VaultError> {
    match (people, means) {
        ([], Means::Several) => return Ok(()),
        ([person], Means::Several) => return record(connection, *person, section, reader, now),
        _ => {}
    }
    put(connection, SEVERAL, section, reader, now)?;
    let read = connection.last_insert_rowid();
    let mut shown: Vec<i64> = people.iter().map(|person| person.to_sql()).collect();
    shown.sort_unstable();
    shown.dedup();
    let listed: Vec<u8> = shown.iter().flat_map(|person| person.to_be_bytes()).collect();
    connection
        .prepare_cached("INSERT INTO lists (read, means, people) VALUES (?1, ?2, ?3)")?
        .execute((read, means.as_str(), listed))?;
    let mut insert =
        connection.prepare_cached("INSERT INTO shown (person, read) VALUES (?1, ?2)")?;
    for person in shown {
        insert.execute((person, read))?;
    }
    Ok(())
}

fn put(
    connection: &Connection,
    person: i64,
    section: &str,
    reader: Reader<'_>,
    now: i64,
) -> Result<(), VaultError> {
    connection
        .prepare_cached(
            "INSERT INTO reads (at, actor, purpose, person, section) VALUES (?1, ?2, ?3, ?4, ?5)",
        )?
        .execute((now, reader.actor, reader.purpose, person, section))?;
    Ok(())
}

/// The people of a list, as they are stored.
pub(super) fn listed(people: &[u8]) -> Result<Vec<PersonId>, VaultError> {
    let (numbers, rest) = people.as_chunks::<8>();
    if !rest.is_empty() {
        return Err(VaultError::Tampered("the people of a read".to_owned()));
    }
    numbers.iter().map(|number| rows::person_of(i64::from_be_bytes(*number))).collect()
}
