//! Making a person known: one person per identity number.

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension};
use uuid::Uuid;

use super::Vault;
use super::lookups::put_section;
use super::reading::{Means, Reader, record, record_all};
use super::rows::{self, Answer};
use crate::keyring::{IdentityHash, Keyring};
use crate::{Digest, PersonId, Refusal, VaultError, limits, sealing};

/// One person to make known.
#[derive(Clone, Copy)]
pub struct Enrol<'a> {
    /// As the person gave it: white space, full-width forms and letter case do not matter. Never stored.
    pub identity_number: &'a str,
    /// What the section is called, 1–64 of `A-Z a-z 0-9 -`.
    pub section: &'a str,
    /// The personal data, at most 32 KiB.
    pub plain: &'a [u8],
    /// Identifies the request: the same id again answers as the first time. Not derived from personal data.
    pub command: Uuid,
    /// Who gave the number, and what for. Recorded as a read of [`IDENTITY`] where it is somebody's already: the answer
    /// says so.
    pub reader: Option<Reader<'a>>,
}

/// What a read is recorded of when an identity number was recognised.
pub const IDENTITY: &str = "identity";

/// Who the person is in the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Enrolled {
    /// Fresh and random, or the one this identity number already had.
    pub person: PersonId,
    /// Of the section as it stood after the command.
    pub digest: Digest,
    /// The identity number was known before this command, and a section that stood was left as it is.
    ///
    /// Known to the vault does not mean known to the log: somebody may have stopped between the two.
    pub known: bool,
}

/// What an item asks for, after all checks that need no database.
struct Checked<'a> {
    /// `None` for a person known without an identity number.
    identity: Option<IdentityHash>,
    section: &'a str,
    plain: &'a [u8],
    command: Uuid,
    reader: Option<Reader<'a>>,
}

impl Vault {
    /// Makes the person with this identity number known, with one sealed section.
    ///
    /// If the number is known, the person it belongs to is returned with `known`, and a section of that name
    /// stays as it is (there being none, it is added). Otherwise a random person is made. A command that is
    /// repeated is answered as the first time.
    ///
    /// # Errors
    /// [`Refusal::Erased`] when this command made a person known who was erased since; a new command makes
    /// the same human known anew. [`Refusal::CommandReused`] when the command was about another identity number.
    /// [`Refusal::IdentityTaken`] when somebody else's correction to this number is not settled.
    pub fn enrol(
        &self,
        identity_number: &str,
        section: &str,
        plain: &[u8],
        command: Uuid,
    ) -> Result<Enrolled, VaultError> {
        let item = Enrol { identity_number, section, plain, command, reader: None };
        self.enrol_one(|keys| check(keys, &item))
    }

    /// [`enrol`](Self::enrol) for up to 10 000 in one transaction, so that they cost one `fsync` together.
    ///
    /// The answers stand in the order of the items; an item that is refused leaves the others alone.
    ///
    /// # Errors
    /// When the whole call fails; nothing of it is kept then.
    pub fn enrol_many(
        &self,
        items: &[Enrol<'_>],
    ) -> Result<Vec<Result<Enrolled, Refusal>>, VaultError> {
        limits::batch(items.len())?;
        let now = self.now();
        let mut open = self.lock();
        let (transaction, keys) = open.write()?;
        let mut answers = Vec::with_capacity(items.len());
        let mut recognised: BTreeMap<(&str, &str), Vec<PersonId>> = BTreeMap::new();
        for item in items {
            let checked = match check(keys, item) {
                Ok(checked) => checked,
                Err(refusal) => {
                    answers.push(Err(refusal));
                    continue;
                }
            };
            let answer = refusal_apart(enrol(&transaction, keys, &checked, now))?;
            answers.push(answer.map(|(enrolled, anew)| {
                if let Some(reader) = item.reader.filter(|_| anew) {
                    let by = recognised.entry((reader.actor, reader.purpose)).or_default();
                    by.push(enrolled.person);
                }
                enrolled
            }));
        }
        for ((actor, purpose), people) in recognised {
            let reader = Reader { actor, purpose };
            record_all(&transaction, &people, (IDENTITY, Means::Several), reader, now)?;
        }
        transaction.commit()?;
        Ok(answers)
    }

    /// Makes somebody known without an identity number, as for an administrator 管理员 reported with name and
    /// telephone: a new person for every command.
    ///
    /// # Errors
    /// As [`enrol`](Self::enrol).
    pub fn enrol_without_identity(
        &self,
        section: &str,
        plain: &[u8],
        command: Uuid,
    ) -> Result<Enrolled, VaultError> {
        limits::section(section, plain)?;
        self.enrol_one(|_| Ok(Checked { identity: None, section, plain, command, reader: None }))
    }

    /// Who goes by this identity number. As [`holders`](Self::holders), it is recorded by whoever tells it.
    ///
    /// # Errors
    /// When it is empty or too long, or the database fails.
    pub fn holder_of_identity(&self, number: &str) -> Result<Option<PersonId>, VaultError> {
        let open = self.lock();
        person_with(&open.connection, &open.keys.identity_hash(number)?)
    }

    fn enrol_one<'a>(
        &self,
        check: impl FnOnce(&Keyring) -> Result<Checked<'a>, Refusal>,
    ) -> Result<Enrolled, VaultError> {
        let now = self.now();
        let mut open = self.lock();
        let (transaction, keys) = open.write()?;
        let checked = check(keys)?;
        let (enrolled, anew) = enrol(&transaction, keys, &checked, now)?;
        if let Some(reader) = checked.reader.filter(|_| anew) {
            record(&transaction, enrolled.person, IDENTITY, reader, now)?;
        }
        transaction.commit()?;
        Ok(enrolled)
    }
}

fn check<'a>(keys: &Keyring, item: &Enrol<'a>) -> Result<Checked<'a>, Refusal> {
    limits::section(item.section, item.plain)?;
    if let Some(reader) = item.reader {
        limits::reader(reader.actor, reader.purpose)?;
    }
    Ok(Checked {
        identity: Some(keys.identity_hash(item.identity_number)?),
        section: item.section,
        plain: item.plain,
        command: item.command,
        reader: item.reader,
    })
}

/// A refused item wrote nothing and concerns itself only; any other error concerns the whole transaction.
fn refusal_apart<T>(result: Result<T, VaultError>) -> Result<Result<T, Refusal>, VaultError> {
    match result {
        Ok(value) => Ok(Ok(value)),
        Err(VaultError::Refused(refusal)) => Ok(Err(refusal)),
        Err(error) => Err(error),
    }
}

/// Who the person is, and whether that says that the number was known.
fn enrol(
    connection: &Connection,
    keys: &Keyring,
    item: &Checked<'_>,
    now: i64,
) -> Result<(Enrolled, bool), VaultError> {
    if let Some(answer) = rows::answer(connection, item.command, item.section)? {
        return Ok((repeated(connection, item, answer)?, false));
    }
    let known = match item.identity {
        Some(identity) => match person_with(connection, &identity)? {
            None if claimant(connection, &identity)?.is_some() => {
                return Err(Refusal::IdentityTaken.into());
            }
            known => known,
        },
        None => None,
    };
    let (person, digest) = match known {
        Some(person) => (person, standing(connection, keys, person, item, now)?),
        None => new_person(connection, keys, item, now)?,
    };
    let answer = Answer { person, known: known.is_some(), digest };
    rows::put_answer(connection, item.command, item.section, &answer)?;
    Ok((enrolled(&answer), known.is_some()))
}

fn repeated(
    connection: &Connection,
    item: &Checked<'_>,
    answer: Answer,
) -> Result<Enrolled, VaultError> {
    rows::require_present(connection, answer.person)?;
    if rows::identity_of(connection, answer.person)? != item.identity {
        return Err(Refusal::CommandReused.into());
    }
    Ok(enrolled(&answer))
}

const fn enrolled(answer: &Answer) -> Enrolled {
    Enrolled { person: answer.person, digest: answer.digest, known: answer.known }
}

/// Who goes by this number.
pub(super) fn person_with(
    connection: &Connection,
    identity: &IdentityHash,
) -> Result<Option<PersonId>, VaultError> {
    connection
        .prepare_cached("SELECT person FROM persons WHERE identity = ?1")?
        .query_row([identity], |row| row.get(0))
        .optional()?
        .map(rows::person_of)
        .transpose()
}

/// Who will go by this number once a correction is settled: until then nobody else may.
pub(super) fn claimant(
    connection: &Connection,
    identity: &IdentityHash,
) -> Result<Option<PersonId>, VaultError> {
    connection
        .prepare_cached("SELECT person FROM claims WHERE identity = ?1")?
        .query_row([identity], |row| row.get(0))
        .optional()?
        .map(rows::person_of)
        .transpose()
}

/// The section of a known person: as it stands, or sealed now if there is none.
fn standing(
    connection: &Connection,
    keys: &Keyring,
    person: PersonId,
    item: &Checked<'_>,
    now: i64,
) -> Result<Digest, VaultError> {
    if let Some(sealed) = rows::sealed(connection, person, item.section)? {
        return Ok(Digest::of(&sealed));
    }
    let key = rows::person_key(connection, keys, person)?;
    put_section(connection, (keys, &key, person, item.section), item.plain, now)
}

fn new_person(
    connection: &Connection,
    keys: &Keyring,
    item: &Checked<'_>,
    now: i64,
) -> Result<(PersonId, Digest), VaultError> {
    let person = PersonId::random()?;
    let (key, wrapped) = keys.new_person(person)?;
    // Everybody has 32 bytes in the unique index; random ones are nobody's hash.
    let identity = match item.identity {
        Some(identity) => identity,
        None => *sealing::random_key()?,
    };
    connection
        .prepare_cached(
            "INSERT INTO persons (person, enrolled_at, anonymous, identity, wrapped_key)
             VALUES (?1, ?2, ?3, ?4, ?5)",
        )?
        .execute((person.to_sql(), now, item.identity.is_none(), identity, &wrapped))?;
    let digest = put_section(connection, (keys, &key, person, item.section), item.plain, now)?;
    Ok((person, digest))
}
