//! Finding people by what their sections say, without opening any: keyed hashes of it, in an index of their own.

use rusqlite::{Connection, OptionalExtension};
use zeroize::Zeroizing;

use super::{Vault, rows};
use crate::keyring::{Finder, Keyring};
use crate::sealing::{self, Context, Key};
use crate::{Digest, PersonId, VaultError};

/// Sections looked through in one transaction.
const PAGE: u32 = 500;

impl Vault {
    /// With a rule that tells what sections can be found by. Sections that were sealed without it, or by another revision of
    /// it, are looked through by [`look_through`](Self::look_through), or when somebody is first looked for.
    #[must_use]
    pub fn found_by(self, finder: Finder) -> Self {
        self.lock().keys.find_by(finder);
        self
    }

    /// Looks through sections that cannot be found yet; answers how many that were, 0 when all can. Opens them for nobody, so
    /// it is no read. Others take their turns between two calls.
    ///
    /// # Errors
    /// When the database fails. A section that does not open is passed over: `check` and `unseal` tell of it.
    pub fn look_through(&self) -> Result<u32, VaultError> {
        let mut open = self.lock();
        let Some(finder) = open.keys.finder() else { return Ok(0) };
        if open.all_found {
            return Ok(0);
        }
        let (transaction, keys) = open.write()?;
        let left = left(&transaction, finder)?;
        for (slot, person, section) in &left {
            let person = rows::person_of(*person)?;
            let plain = open_section(&transaction, keys, (*slot, person, section))?;
            release_section(&transaction, *slot)?;
            insert(&transaction, keys, *slot, plain.and_then(|it| (finder.term)(section, &it)))?;
        }
        transaction.commit()?;
        open.all_found = left.is_empty();
        Ok(u32::try_from(left.len()).unwrap_or(u32::MAX))
    }

    /// Whose sections, as they stand, can be found by this, in the order they were made known. Says nothing of what is sealed
    /// but that, so whoever tells somebody records it: [`show`](Self::show).
    ///
    /// # Errors
    /// When the database fails.
    pub fn holders(&self, term: &str) -> Result<Vec<PersonId>, VaultError> {
        while self.look_through()? > 0 {}
        let open = self.lock();
        let mut query = open.connection.prepare_cached(
            "SELECT DISTINCT sections.person FROM lookups
             JOIN sections ON sections.slot = lookups.section AND sections.current = 4
             WHERE lookups.hash = ?1 AND lookups.gone = 0 ORDER BY lookups.slot",
        )?;
        let hash = open.keys.lookup_hash(term);
        let found = query.query_map([hash], |row| row.get(0))?;
        found.map(|person| rows::person_of(person?)).collect()
    }
}

/// Seals a section and puts it in place of the one that stands, whose bytes are overwritten.
pub(super) fn put_section(
    connection: &Connection,
    (keys, key, person, section): (&Keyring, &Key, PersonId, &str),
    plain: &[u8],
    now: i64,
) -> Result<Digest, VaultError> {
    let sealed = sealing::seal(key, Context::Section(person, section), plain)?;
    connection
        .prepare_cached(
            "UPDATE sections SET current = 5, sealed = zeroblob(length(sealed))
             WHERE person = ?1 AND section = ?2 AND current = 4",
        )?
        .execute((person.to_sql(), section))?;
    release(connection, person)?;
    connection
        .prepare_cached(
            "INSERT INTO sections (person, section, current, sealed_at, sealed) VALUES (?1, ?2, 4, ?3, ?4)",
        )?
        .execute((person.to_sql(), section, now, &sealed))?;
    put(connection, keys, section, plain)?;
    Ok(Digest::of(&sealed))
}

/// Notes what a section can be found by that was sealed just now.
pub(super) fn put(
    connection: &Connection,
    keys: &Keyring,
    section: &str,
    plain: &[u8],
) -> Result<(), VaultError> {
    match keys.finder() {
        Some(finder) => {
            let slot = connection.last_insert_rowid();
            insert(connection, keys, slot, (finder.term)(section, plain))
        }
        // Looked through by whoever has a rule.
        None => Ok(()),
    }
}

fn insert(
    connection: &Connection,
    keys: &Keyring,
    slot: i64,
    term: Option<Zeroizing<String>>,
) -> Result<(), VaultError> {
    let hash = match term {
        Some(term) => keys.lookup_hash(&term),
        None => *sealing::random_key()?,
    };
    let revision = keys.finder().map_or(0, |finder| finder.revision);
    connection
        .prepare_cached(
            "INSERT INTO lookups (section, revision, gone, hash) VALUES (?1, ?2, 0, ?3)",
        )?
        .execute((slot, revision, hash))?;
    Ok(())
}

/// Overwrites what a person's sections could be found by that are no more.
pub(super) fn release(connection: &Connection, person: PersonId) -> Result<(), VaultError> {
    connection
        .prepare_cached(
            "UPDATE lookups SET gone = 1, hash = randomblob(32) WHERE gone = 0 AND section IN
             (SELECT slot FROM sections WHERE person = ?1 AND current = 5)",
        )?
        .execute([person.to_sql()])?;
    Ok(())
}

/// Overwrites what sections could be found by that are no more, whosever they were.
pub(super) fn release_all(connection: &Connection) -> Result<(), VaultError> {
    connection.execute(
        "UPDATE lookups SET gone = 1, hash = randomblob(32) WHERE gone = 0 AND section IN
         (SELECT slot FROM sections WHERE current = 5)",
        [],
    )?;
    Ok(())
}

fn release_section(connection: &Connection, slot: i64) -> Result<(), VaultError> {
    connection
        .prepare_cached(
            "UPDATE lookups SET gone = 1, hash = randomblob(32) WHERE gone = 0 AND section = ?1",
        )?
        .execute([slot])?;
    Ok(())
}

type Left = (i64, i64, String);

/// Sections that nobody has looked through by this rule.
fn left(connection: &Connection, finder: Finder) -> Result<Vec<Left>, VaultError> {
    let mut query = connection.prepare_cached(
        "SELECT slot, person, section FROM sections WHERE current <> 5 AND NOT EXISTS
         (SELECT 1 FROM lookups WHERE lookups.section = sections.slot
          AND lookups.gone = 0 AND lookups.revision = ?1)
         ORDER BY slot LIMIT ?2",
    )?;
    let rows = query.query_map((finder.revision, PAGE), |row| row.try_into())?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The content of a section; none where its bytes were changed.
fn open_section(
    connection: &Connection,
    keys: &Keyring,
    (slot, person, section): (i64, PersonId, &str),
) -> Result<Option<Zeroizing<Vec<u8>>>, VaultError> {
    let sealed: Option<Vec<u8>> = connection
        .prepare_cached("SELECT sealed FROM sections WHERE slot = ?1")?
        .query_row([slot], |row| row.get(0))
        .optional()?;
    let key = match rows::person_key(connection, keys, person) {
        Ok(key) => key,
        Err(VaultError::Tampered(_)) => return Ok(None),
        Err(error) => return Err(error),
    };
    Ok(sealed
        .and_then(|sealed| sealing::unseal(&key, Context::Section(person, section), &sealed).ok()))
}
