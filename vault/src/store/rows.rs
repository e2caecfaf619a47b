//! The statements that more than one operation needs.

use rusqlite::{Connection, OptionalExtension};
use uuid::Uuid;

use super::lookups;
use crate::keyring::{IdentityHash, Keyring};
use crate::sealing::{self, Context, Key};
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
    Ok(connection
        .prepare_cached(
            "SELECT sealed FROM sections WHERE person = ?1 AND section = ?2 AND current = 1",
        )?
        .query_row((person.to_sql(), section), |row| row.get(0))
        .optional()?)
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
            "UPDATE sections SET current = 0, sealed = zeroblob(length(sealed))
             WHERE person = ?1 AND section = ?2 AND current = 1",
        )?
        .execute((person.to_sql(), section))?;
    lookups::release(connection, person)?;
    connection
        .prepare_cached(
            "INSERT INTO sections (person, section, current, sealed_at, sealed) VALUES (?1, ?2, 1, ?3, ?4)",
        )?
        .execute((person.to_sql(), section, now, &sealed))?;
    lookups::put(connection, keys, section, plain)?;
    Ok(Digest::of(&sealed))
}
