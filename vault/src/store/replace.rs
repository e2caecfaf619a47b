//! Replacing a section in two steps 更正, so that the log can come between: prepared first, standing once the log says so.
//! What it replaced is kept sealed for a while, so that a replacement can be taken back.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension};
use uuid::Uuid;

use super::enrol::{claimant, person_with};
use super::lookups;
use super::reading::{Means, Reader, record_all};
use super::rows::{self, Answer, beside};
use super::{Vault, lock};
use crate::{Digest, IDENTITY, PersonId, Refusal, Sealed, VaultError, limits, sealing};

impl Vault {
    /// Seals what will stand in place of a section once it is [settled](Self::settle); until then nobody reads it. With an
    /// identity number, the person will go by that one, and nobody else is made known under it meanwhile.
    ///
    /// A command that is repeated is answered as the first time.
    ///
    /// # Errors
    /// [`Refusal::IdentityTaken`] when the number is somebody else's; as [`seal`](Self::seal).
    pub fn prepare(
        &self,
        person: PersonId,
        section: &str,
        plain: &[u8],
        identity_number: Option<&str>,
        command: Uuid,
    ) -> Result<Sealed, VaultError> {
        limits::section(section, plain)?;
        let now = self.now();
        let mut open = self.lock();
        let (transaction, keys) = open.write()?;
        rows::require_present(&transaction, person)?;
        let digest = match rows::answer(&transaction, command, section)? {
            Some(answer) if answer.person == person => answer.digest,
            Some(_) => return Err(Refusal::CommandReused.into()),
            None => {
                let key = rows::person_key(&transaction, keys, person)?;
                let sealed =
                    sealing::seal(&key, sealing::Context::Section(person, section), plain)?;
                let digest = Digest::of(&sealed);
                transaction
                    .prepare_cached(
                        "INSERT INTO sections (person, section, current, sealed_at, sealed)
                         VALUES (?1, ?2, 2, ?3, ?4)",
                    )?
                    .execute((person.to_sql(), section, now, &sealed))?;
                lookups::put(&transaction, keys, section, plain)?;
                if let Some(number) = identity_number {
                    let identity = keys.identity_hash(number)?;
                    let holder = match person_with(&transaction, &identity)? {
                        None => claimant(&transaction, &identity)?,
                        holder => holder,
                    };
                    match holder {
                        Some(other) if other != person => return Err(Refusal::IdentityTaken.into()),
                        // It is theirs, or will be with what an earlier try prepared.
                        Some(_) => claim_again(&transaction, person, &digest, &identity, now)?,
                        None => claim(&transaction, person, &digest, &identity, now)?,
                    }
                }
                let answer = Answer { person, known: true, digest };
                rows::put_answer(&transaction, command, section, &answer)?;
                digest
            }
        };
        transaction.commit()?;
        Ok(Sealed { person, section: section.to_owned(), digest })
    }

    /// Lets the section stand whose bytes have this digest: one that was prepared, or one that was replaced and is still
    /// kept. What stood before is kept. Answers whether it stands now; again changes nothing.
    ///
    /// # Errors
    /// [`Refusal::NoSuchPerson`], [`Refusal::Erased`], or when the database fails.
    pub fn settle(
        &self,
        person: PersonId,
        section: &str,
        digest: &Digest,
    ) -> Result<bool, VaultError> {
        let now = self.now();
        let mut open = self.lock();
        let (transaction, _) = open.write()?;
        rows::require_present(&transaction, person)?;
        let standing = rows::sealed(&transaction, person, section)?;
        if standing.is_some_and(|bytes| Digest::of(&bytes) == *digest) {
            return Ok(true);
        }
        let Some(slot) = beside(&transaction, person, section, digest)? else { return Ok(false) };
        transaction
            .prepare_cached(
                "UPDATE sections SET current = 3, sealed_at = ?3
                 WHERE person = ?1 AND section = ?2 AND current = 4",
            )?
            .execute((person.to_sql(), section, now))?;
        transaction
            .prepare_cached("UPDATE sections SET current = 4, sealed_at = ?2 WHERE slot = ?1")?
            .execute((slot, now))?;
        settle_claim(&transaction, person, digest)?;
        transaction.commit()?;
        Ok(true)
    }

    /// Destroys what was prepared for a section and is not wanted after all, and frees the identity number it claimed. What
    /// stands stays. Again changes nothing.
    ///
    /// # Errors
    /// As [`erase`](Self::erase).
    pub fn give_up(
        &self,
        person: PersonId,
        section: &str,
        digest: &Digest,
    ) -> Result<(), VaultError> {
        let _no_snapshot = lock(&self.snapshot);
        let mut open = self.lock();
        let (transaction, _) = open.write()?;
        let Some(slot) = beside(&transaction, person, section, digest)? else {
            // An earlier try may have destroyed it, and failed at the last step.
            drop(transaction);
            return open.empty_log();
        };
        transaction.execute(
            "UPDATE sections SET current = 5, sealed = zeroblob(length(sealed)) WHERE slot = ?1",
            [slot],
        )?;
        lookups::release(&transaction, person)?;
        if let Some((claim, _)) = claimed(&transaction, person, digest)? {
            release(&transaction, claim)?;
        }
        transaction.execute_batch("REINDEX claims_identity; REINDEX lookups_hash")?;
        transaction.commit()?;
        open.empty_log()
    }

    /// Whether a section with this digest stands, or could be settled.
    ///
    /// # Errors
    /// When the database fails.
    pub fn keeps(
        &self,
        person: PersonId,
        section: &str,
        digest: &Digest,
    ) -> Result<bool, VaultError> {
        let open = self.lock();
        let standing = rows::sealed(&open.connection, person, section)?;
        Ok(standing.is_some_and(|bytes| Digest::of(&bytes) == *digest)
            || beside(&open.connection, person, section, digest)?.is_some())
    }

    /// Destroys what was prepared or replaced before this moment and does not stand. Answers how many sections that were.
    ///
    /// # Errors
    /// As [`erase`](Self::erase).
    pub fn clear_replaced(&self, before: Timestamp) -> Result<u64, VaultError> {
        let before = before.as_microsecond();
        let old = "FROM sections WHERE current IN (2, 3) AND sealed_at < ?1";
        let any = format!("SELECT EXISTS (SELECT 1 {old})");
        if !self.lock().connection.query_row(&any, [before], |row| row.get::<_, bool>(0))? {
            // The time before may have failed at the last step.
            let _no_snapshot = lock(&self.snapshot);
            self.lock().empty_log()?;
            return Ok(0);
        }
        let _no_snapshot = lock(&self.snapshot);
        let mut open = self.lock();
        let (transaction, _) = open.write()?;
        let claims: Vec<i64> = {
            let mut query = transaction.prepare(
                "SELECT slot FROM claims WHERE claimed_at < ?1 AND digest <> zeroblob(32)",
            )?;
            query.query_map([before], |row| row.get(0))?.collect::<Result<_, _>>()?
        };
        for slot in claims {
            release(&transaction, slot)?;
        }
        let cleared = transaction.execute(
            "UPDATE sections SET current = 5, sealed = zeroblob(length(sealed))
             WHERE current IN (2, 3) AND sealed_at < ?1",
            [before],
        )?;
        lookups::release_all(&transaction)?;
        // A settled correction overwrote the wrong number's hash, which the index may still hold.
        transaction.execute_batch(
            "REINDEX persons_identity; REINDEX claims_identity; REINDEX lookups_hash",
        )?;
        transaction.commit()?;
        open.empty_log()?;
        Ok(cleared as u64)
    }

    /// Whose identity numbers these are; `None` for those of nobody. For each that is somebody's, a read of [`IDENTITY`] is
    /// recorded: the answer says so.
    ///
    /// # Errors
    /// When the whole call fails.
    pub fn recognise(
        &self,
        numbers: &[&str],
        reader: Reader<'_>,
    ) -> Result<Vec<Option<PersonId>>, VaultError> {
        limits::batch(numbers.len())?;
        limits::reader(reader.actor, reader.purpose)?;
        let now = self.now();
        let mut open = self.lock();
        let (transaction, keys) = open.write()?;
        let mut found = Vec::with_capacity(numbers.len());
        for number in numbers {
            found.push(person_with(&transaction, &keys.identity_hash(number)?)?);
        }
        let known: Vec<PersonId> = found.iter().copied().flatten().collect();
        record_all(&transaction, &known, (IDENTITY, Means::Several), reader, now)?;
        transaction.commit()?;
        Ok(found)
    }
}

fn claim(
    connection: &Connection,
    person: PersonId,
    digest: &Digest,
    identity: &[u8; 32],
    now: i64,
) -> Result<(), VaultError> {
    connection
        .prepare_cached(
            "INSERT INTO claims (person, claimed_at, digest, identity) VALUES (?1, ?2, ?3, ?4)",
        )?
        .execute((person.to_sql(), now, digest.as_bytes(), identity))?;
    Ok(())
}

/// What was claimed with an earlier section is claimed with this one, which is the one to come.
fn claim_again(
    connection: &Connection,
    person: PersonId,
    digest: &Digest,
    identity: &[u8; 32],
    now: i64,
) -> Result<(), VaultError> {
    connection
        .prepare_cached(
            "UPDATE claims SET claimed_at = ?2, digest = ?3 WHERE person = ?1 AND identity = ?4",
        )?
        .execute((person.to_sql(), now, digest.as_bytes(), identity))?;
    Ok(())
}

/// The claim that was made with this section.
fn claimed(
    connection: &Connection,
    person: PersonId,
    digest: &Digest,
) -> Result<Option<(i64, [u8; 32])>, VaultError> {
    Ok(connection
        .prepare_cached("SELECT slot, identity FROM claims WHERE person = ?1 AND digest = ?2")?
        .query_row((person.to_sql(), digest.as_bytes()), |row| row.try_into())
        .optional()?)
}

/// The person goes by the number that was claimed with this section, if one was.
fn settle_claim(
    connection: &Connection,
    person: PersonId,
    digest: &Digest,
) -> Result<(), VaultError> {
    let Some((slot, identity)) = claimed(connection, person, digest)? else { return Ok(()) };
    release(connection, slot)?;
    connection
        .prepare_cached("UPDATE persons SET identity = ?2, anonymous = 0 WHERE person = ?1")?
        .execute((person.to_sql(), identity))?;
    Ok(())
}

/// Overwrites a claim with bytes that are nobody's hash.
fn release(connection: &Connection, slot: i64) -> Result<(), VaultError> {
    connection
        .prepare_cached("UPDATE claims SET identity = ?2, digest = zeroblob(32) WHERE slot = ?1")?
        .execute((slot, *sealing::random_key()?))?;
    Ok(())
}
