//! Opening sections: of one, of several at once, of those who match.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use rusqlite::Connection;
use zeroize::Zeroizing;

use super::Vault;
use super::reading::{Means, Reader, record, record_all};
use super::rows::{self, beside};
use crate::keyring::Keyring;
use crate::sealing::{self, Context, DoesNotOpen, Key};
use crate::{Digest, PersonId, VaultError, limits};

/// People looked at in one turn of a search: others take theirs between.
const CHUNK: usize = 256;

/// The plaintext of a section, wiped from memory when dropped. It has a `Debug` form: do not print it.
pub type Plain = Zeroizing<Vec<u8>>;

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
    /// record for all and one `fsync`. Answers in the order asked; one that fails leaves the others alone.
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
        let mut read: BTreeMap<&str, Vec<PersonId>> = BTreeMap::new();
        for &(person, section) in wanted {
            let locked = find(&transaction, keys, person, section);
            if is_read(&locked) {
                read.entry(section).or_default().push(person);
            }
            found.push(locked);
        }
        for (section, people) in read {
            record_all(&transaction, &people, (section, Means::Several), reader, now)?;
        }
        transaction.commit()?;
        drop(open);
        let unlock =
            |(locked, &(person, section)): (Result<Option<Locked>, _>, &(PersonId, &str))| {
                locked?.map(|locked| locked.unlock(person, section)).transpose()
            };
        Ok(found.into_iter().zip(wanted).map(unlock).collect())
    }

    /// A section of each of up to 50 000 people as one reading, recorded with how they were found, also where they are none.
    /// Who has no such section, or is erased, is not in the answer.
    ///
    /// # Errors
    /// As [`unseal`](Self::unseal); a section that was changed fails the whole.
    pub fn show(
        &self,
        people: &[PersonId],
        section: &str,
        means: Means,
        reader: Reader<'_>,
    ) -> Result<Vec<(PersonId, Plain)>, VaultError> {
        limits::shown(people.len())?;
        limits::reader(reader.actor, reader.purpose)?;
        limits::section_name(section)?;
        let now = self.now();
        let mut open = self.lock();
        let (transaction, keys) = open.write()?;
        let mut found = Vec::with_capacity(people.len());
        for &person in people {
            if let Some(locked) = find_standing(&transaction, keys, person, section)? {
                found.push((person, locked));
            }
        }
        let shown: Vec<PersonId> = found.iter().map(|(person, _)| *person).collect();
        record_all(&transaction, &shown, (section, means), reader, now)?;
        transaction.commit()?;
        drop(open);
        let unlock =
            |(person, locked): (PersonId, Locked)| Ok((person, locked.unlock(person, section)?));
        found.into_iter().map(unlock).collect()
    }

    /// Those of these people whose section says what is looked for, at most `most`, as one reading that shows them and nobody
    /// else: whatever else is opened is compared and forgotten. Ends where `patience` does.
    ///
    /// # Errors
    /// As [`show`](Self::show).
    pub fn select(
        &self,
        people: &[PersonId],
        section: &str,
        sought: &Sought<'_>,
        reader: Reader<'_>,
    ) -> Result<Selected, VaultError> {
        limits::reader(reader.actor, reader.purpose)?;
        limits::section_name(section)?;
        let begun = Instant::now();
        let (mut matching, mut looked) = (Vec::new(), 0);
        for some in people.chunks(CHUNK) {
            if matching.len() > sought.most || begun.elapsed() > sought.patience {
                break;
            }
            for (person, locked) in self.locked(some, section)? {
                let plain = locked.unlock(person, section)?;
                if (sought.matches)(&plain) {
                    matching.push(person);
                }
            }
            looked += some.len();
        }
        let whole = looked == people.len() && matching.len() <= sought.most;
        matching.truncate(sought.most);
        let found = self.show(&matching, section, sought.means, reader)?;
        Ok(Selected { found, looked, whole })
    }

    fn locked(
        &self,
        people: &[PersonId],
        section: &str,
    ) -> Result<Vec<(PersonId, Locked)>, VaultError> {
        let open = self.lock();
        let find = |&person: &PersonId| {
            let found = find_standing(&open.connection, &open.keys, person, section);
            found.map(|locked| locked.map(|locked| (person, locked))).transpose()
        };
        people.iter().filter_map(find).collect()
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
}

/// How people are looked for in what is sealed of them.
pub struct Sought<'a> {
    /// Whether a section says it. It must keep nothing of what it sees.
    pub matches: &'a dyn Fn(&[u8]) -> bool,
    /// How the reading is recorded.
    pub means: Means,
    /// Most people in the answer.
    pub most: usize,
    /// How long it is looked for them.
    pub patience: Duration,
}

/// Who was found, and how far it was looked.
#[derive(Debug)]
pub struct Selected {
    /// With the section of each.
    pub found: Vec<(PersonId, Plain)>,
    /// At how many people it was looked.
    pub looked: usize,
    /// Whether these are all: nobody was left out.
    pub whole: bool,
}

/// Whether something will be handed out, unless its bytes turn out to be changed.
const fn is_read(found: &Result<Option<Locked>, VaultError>) -> bool {
    !matches!(found, Ok(None) | Err(VaultError::Refused(_)))
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

/// As [`find`], of nobody who is erased or unknown.
fn find_standing(
    connection: &Connection,
    keys: &Keyring,
    person: PersonId,
    section: &str,
) -> Result<Option<Locked>, VaultError> {
    match find(connection, keys, person, section) {
        Err(VaultError::Refused(_)) => Ok(None),
        found => found,
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
