//! Opening sections, and the record of who did.

use jiff::Timestamp;
use rusqlite::Connection;
use zeroize::Zeroizing;

use super::replace::beside;
use super::{Vault, rows};
use crate::keyring::Keyring;
use crate::sealing::{self, Context, DoesNotOpen, Key};
use crate::{Digest, PersonId, VaultError, limits};

/// Most reads in one page.
const MAX_PAGE: u32 = 1000;

/// The plaintext of a section, wiped from memory when dropped. It has a `Debug` form: do not print it.
pub type Plain = Zeroizing<Vec<u8>>;

/// Who wants to read, and what for. Both are recorded as given: they must not hold personal data.
#[derive(Clone, Copy, Debug)]
pub struct Reader<'a> {
    /// The account or person id of whoever will see the plaintext, 1–200 bytes.
    pub actor: &'a str,
    /// The occasion, 1–200 bytes.
    pub purpose: &'a str,
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
}

impl Vault {
    /// The plaintext of a section; `None` when the person has no such section.
    ///
    /// The read is recorded durably before anything is decrypted: no plaintext without a record, though there may
    /// be a record without a plaintext (when the bytes turn out to be changed, or the power goes).
    ///
    /// # Errors
    /// [`Refusal::NoSuchPerson`](crate::Refusal::NoSuchPerson), [`Refusal::Erased`](crate::Refusal::Erased),
    /// [`VaultError::Tampered`].
    pub fn unseal(
        &self,
        person: PersonId,
        section: &str,
        reader: Reader<'_>,
    ) -> Result<Option<Plain>, VaultError> {
        let mut plain = self.unseal_many(&[(person, section)], reader)?;
        plain.pop().unwrap_or(Ok(None))
    }

    /// [`unseal`](Self::unseal) for up to 10 000 sections of different persons, as for a list of names, with one
    /// `fsync` for all their records. Answers in the order asked; one that fails leaves the others alone.
    ///
    /// # Errors
    /// When the whole call fails; nothing was decrypted then.
    pub fn unseal_many(
        &self,
        wanted: &[(PersonId, &str)],
        reader: Reader<'_>,
    ) -> Result<Vec<Result<Option<Plain>, VaultError>>, VaultError> {
        limits::batch(wanted.len())?;
        limits::reader(reader.actor, reader.purpose)?;
        let now = self.now();
        let mut open = self.lock();
        let (transaction, keys) = open.write()?;
        let mut found = Vec::with_capacity(wanted.len());
        for &(person, section) in wanted {
            let locked = find(&transaction, keys, person, section);
            if !matches!(locked, Ok(None) | Err(VaultError::Refused(_))) {
                record(&transaction, person, section, reader, now)?;
            }
            found.push(locked);
        }
        transaction.commit()?;
        drop(open);
        let unlock =
            |(locked, &(person, section)): (Result<Option<Locked>, _>, &(PersonId, &str))| {
                locked?.map(|locked| locked.unlock(person, section)).transpose()
            };
        Ok(found.into_iter().zip(wanted).map(unlock).collect())
    }

    /// The plaintext of what was [prepared](Self::prepare) for a section, by the digest of its sealed bytes; recorded as a
    /// reading of the section. `None` when it lies there no longer.
    ///
    /// # Errors
    /// As [`unseal`](Self::unseal).
    pub fn unseal_prepared(
        &self,
        person: PersonId,
        section: &str,
        digest: &Digest,
        reader: Reader<'_>,
    ) -> Result<Option<Plain>, VaultError> {
        limits::reader(reader.actor, reader.purpose)?;
        let now = self.now();
        let mut open = self.lock();
        let (transaction, keys) = open.write()?;
        rows::require_present(&transaction, person)?;
        let Some(slot) = beside(&transaction, person, section, digest)? else { return Ok(None) };
        let sealed = transaction.query_row(
            "SELECT sealed FROM sections WHERE slot = ?1",
            [slot],
            |row| row.get(0),
        )?;
        let key = rows::person_key(&transaction, keys, person)?;
        record(&transaction, person, section, reader, now)?;
        transaction.commit()?;
        Locked { key, sealed }.unlock(person, section).map(Some)
    }

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
            "SELECT id, at, actor, purpose, section FROM reads
             WHERE person = ?1 AND id > ?2 ORDER BY id LIMIT ?3",
        )?;
        let after = i64::try_from(after).unwrap_or(i64::MAX);
        let mut found = query.query((person.to_sql(), after, limit.min(MAX_PAGE)))?;
        let mut reads = Vec::new();
        while let Some(row) = found.next()? {
            let at = Timestamp::from_microsecond(row.get(1)?)
                .map_err(|_| VaultError::Tampered("the time of a read".to_owned()))?;
            reads.push(ReadRecord {
                id: row.get::<_, i64>(0)?.unsigned_abs(),
                at,
                actor: row.get(2)?,
                purpose: row.get(3)?,
                person,
                section: row.get(4)?,
            });
        }
        Ok(reads)
    }
}

/// A section whose read is not yet recorded.
struct Locked {
    key: Key,
    sealed: Vec<u8>,
}

impl Locked {
    fn unlock(&self, person: PersonId, section: &str) -> Result<Plain, VaultError> {
        sealing::unseal(&self.key, Context::Section(person, section), &self.sealed).map_err(
            |DoesNotOpen| VaultError::Tampered(format!("section {section} of person {person}")),
        )
    }
}

fn find(
    connection: &Connection,
    keys: &Keyring,
    person: PersonId,
    section: &str,
) -> Result<Option<Locked>, VaultError> {
    limits::section_name(section)?;
    rows::require_present(connection, person)?;
    let Some(sealed) = rows::sealed(connection, person, section)? else {
        return Ok(None);
    };
    let key = rows::person_key(connection, keys, person)?;
    Ok(Some(Locked { key, sealed }))
}

/// Records who read, before anything is handed out.
pub(super) fn record(
    connection: &Connection,
    person: PersonId,
    section: &str,
    reader: Reader<'_>,
    now: i64,
) -> Result<(), VaultError> {
    connection
        .prepare_cached(
            "INSERT INTO reads (at, actor, purpose, person, section) VALUES (?1, ?2, ?3, ?4, ?5)",
        )?
        .execute((now, reader.actor, reader.purpose, person.to_sql(), section))?;
    Ok(())
}
