//! The statements that more than one operation needs.

use rusqlite::{Connection, OptionalExtension};
use uuid::Uuid;

use crate::keyring::{IdentityHash, Keyring};
use crate::schema::FORMAT;
use crate::sealing::Key;
use crate::{Digest, PersonId, Refusal, VaultError};

/// What a command was answered the first time.
pub(super) struct Answer {
    pub(super) person: PersonId,
    pub(super) known: bool,
    pub(super) digest: Digest,
}

pub(super) fn answer(
    connection: &Connection,
    command: Uuid,
    section: &str,
) -> Result<Option<Answer>, VaultError> {
    let found: Option<(i64, bool, [u8; 32])> = connection
        .prepare_cached(
            "SELECT person, known, digest FROM answers WHERE command = ?1 AND section = ?2",
        )?
        .query_row((command.as_bytes(), section), |row| row.try_into())
        .optional()?;
    found
        .map(|(person, known, digest)| {
            let digest = Digest::from_bytes(digest);
            Ok(Answer { person: person_of(person)?, known, digest })
        })
        .transpose()
}

pub(super) fn put_answer(
    connection: &Connection,
    command: Uuid,
    section: &str,
    answer: &Answer,
) -> Result<(), VaultError> {
    connection
        .prepare_cached(
            "INSERT INTO answers (command, section, person, known, digest) VALUES (?1, ?2, ?3, ?4, ?5)",
        )?
        .execute((
            command.as_bytes(),
            section,
            answer.person.to_sql(),
            answer.known,
            answer.digest.as_bytes(),
        ))?;
    Ok(())
}

pub(super) fn person_of(stored: i64) -> Result<PersonId, VaultError> {
    u64::try_from(stored)
        .ok()
        .and_then(|number| PersonId::try_from(number).ok())
        .ok_or_else(|| VaultError::Tampered("a stored person id".to_owned()))
}

pub(super) fn is_erased(connection: &Connection, person: PersonId) -> Result<bool, VaultError> {
    Ok(connection
        .prepare_cached("SELECT 1 FROM tombstones WHERE person = ?1")?
        .exists([person.to_sql()])?)
}

/// Refuses persons who are erased or were never here.
pub(super) fn require_present(connection: &Connection, person: PersonId) -> Result<(), VaultError> {
    if is_erased(connection, person)? {
        return Err(Refusal::Erased(person).into());
    }
    let known = connection
        .prepare_cached("SELECT 1 FROM persons WHERE person = ?1")?
        .exists([person.to_sql()])?;
    if known { Ok(()) } else { Err(Refusal::NoSuchPerson(person).into()) }
}

/// The hash of the person's identity number, or `None` for somebody known without one.
pub(super) fn identity_of(
    connection: &Connection,
    person: PersonId,
) -> Result<Option<IdentityHash>, VaultError> {
    let found: Option<(bool, IdentityHash)> = connection
        .prepare_cached("SELECT anonymous, identity FROM persons WHERE person = ?1")?
        .query_row([person.to_sql()], |row| row.try_into())
        .optional()?;
    Ok(found.and_then(|(anonymous, identity)| (!anonymous).then_some(identity)))
}

pub(super) fn person_key(
    connection: &Connection,
    keys: &Keyring,
    person: PersonId,
) -> Result<Key, VaultError> {
    let wrapped: Vec<u8> = connection
        .prepare_cached("SELECT wrapped_key FROM persons WHERE person = ?1")?
        .query_row([person.to_sql()], |row| row.get(0))?;
    keys.unwrap_person(person, &wrapped)
}

/// The sealed bytes of a section as it stands.
pub(super) fn sealed(
    connection: &Connection,
    person: PersonId,
    section: &str,
) -> Result<Option<Vec<u8>>, VaultError> {
    sealed_in(connection, FORMAT, person, section)
}

/// The same in a file of this format, which may be an earlier one.
pub(super) fn sealed_in(
    connection: &Connection,
    format: i64,
    person: PersonId,
    section: &str,
) -> Result<Option<Vec<u8>>, VaultError> {
    let standing = if format < 4 {
        "SELECT sealed FROM sections WHERE person = ?1 AND section = ?2 AND current = 1"
    } else {
        "SELECT sealed FROM sections WHERE person = ?1 AND section = ?2 AND current = 4"
    };
    Ok(connection
        .prepare_cached(standing)?
        .query_row((person.to_sql(), section), |row| row.get(0))
        .optional()?)
}

/// The row of a section that does not stand, by the digest of its bytes.
pub(super) fn beside(
    connection: &Connection,
    person: PersonId,
    section: &str,
    digest: &Digest,
) -> Result<Option<i64>, VaultError> {
    let mut query = connection.prepare_cached(
        "SELECT slot, sealed FROM sections
         WHERE person = ?1 AND section = ?2 AND current IN (2, 3) ORDER BY slot DESC",
    )?;
    let mut found = query.query((person.to_sql(), section))?;
    while let Some(row) = found.next()? {
        if Digest::of(&row.get::<_, Vec<u8>>(1)?) == *digest {
            return Ok(Some(row.get(0)?));
        }
    }
    Ok(None)
}
