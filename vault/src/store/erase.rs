//! Erasure 删除 (个人信息保护法 §47): the key and the bytes go, the person id stays as a tombstone.

use rusqlite::Connection;

use super::{Vault, lock, lookups, rows};
use crate::{PersonId, VaultError, limits, sealing};

/// What an erasure found to erase.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Erased {
    /// How many sections stood; 0 when the person was erased before.
    pub sections: u32,
}

impl Vault {
    /// Destroys a person's key, sections and identity hash, and leaves no byte of them in the vault's files. The
    /// same human may be made known anew, as another person. Erasing again changes nothing.
    ///
    /// Backups made before still hold the data: [`erase_again`](Self::erase_again) after restoring one.
    ///
    /// # Errors
    /// [`Refusal::NoSuchPerson`](crate::Refusal::NoSuchPerson); [`VaultError::BytesRemain`] when another program holds the file open, so that
    /// the data is erased but the write-ahead log could not be emptied: erase again later.
    pub fn erase(&self, person: PersonId) -> Result<Erased, VaultError> {
        let now = self.now();
        self.erasing(|connection| {
            if rows::is_erased(connection, person)? {
                return Ok(Erased { sections: 0 });
            }
            rows::require_present(connection, person)?;
            let sections = destroy(connection, person)?;
            bury(connection, person, now)?;
            Ok(Erased { sections })
        })
    }

    /// Erases everybody the log says was erased, after a backup was restored that may still know them or may
    /// never have. Answers how many persons had something to erase. At most 10 000 at once.
    ///
    /// # Errors
    /// As [`erase`](Self::erase), but an unknown person is no error: the id is buried all the same.
    pub fn erase_again(&self, persons: &[PersonId]) -> Result<u32, VaultError> {
        limits::batch(persons.len())?;
        let now = self.now();
        self.erasing(|connection| {
            let mut found = 0;
            for &person in persons {
                if !rows::is_erased(connection, person)? {
                    found += u32::from(destroy(connection, person)? > 0);
                    bury(connection, person, now)?;
                }
            }
            Ok(found)
        })
    }

    /// Those of them whom this vault does not know as erased.
    ///
    /// # Errors
    /// When the database fails.
    pub fn not_erased(&self, persons: &[PersonId]) -> Result<Vec<PersonId>, VaultError> {
        let open = self.lock();
        let mut left = Vec::new();
        for &person in persons {
            if !rows::is_erased(&open.connection, person)? {
                left.push(person);
            }
        }
        Ok(left)
    }

    fn erasing<T>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, VaultError>,
    ) -> Result<T, VaultError> {
        let _no_snapshot = lock(&self.snapshot);
        let mut open = self.lock();
        let (transaction, _) = open.write()?;
        let done = work(&transaction)?;
        // Unlike the tables, the index was split and shuffled as it grew, and its pages may hold stale copies of the
        // erased hash. Building it anew zeroes the old pages: 0.2 s for 100 000 persons.
        transaction.execute_batch(
            "REINDEX persons_identity; REINDEX claims_identity; REINDEX lookups_hash",
        )?;
        transaction.commit()?;
        open.empty_log()?;
        Ok(done)
    }
}

/// Overwrites in place with as many bytes; see `schema.sql` for why nothing is deleted.
fn destroy(connection: &Connection, person: PersonId) -> Result<u32, VaultError> {
    let sections = connection
        .prepare_cached(
            "UPDATE sections SET current = 5, sealed = zeroblob(length(sealed))
             WHERE person = ?1 AND current <> 5",
        )?
        .execute([person.to_sql()])?;
    lookups::release(connection, person)?;
    connection
        .prepare_cached(
            "UPDATE persons SET identity = ?2, wrapped_key = zeroblob(length(wrapped_key))
             WHERE person = ?1",
        )?
        .execute((person.to_sql(), *sealing::random_key()?))?;
    connection
        .prepare_cached("UPDATE claims SET identity = randomblob(32) WHERE person = ?1")?
        .execute([person.to_sql()])?;
    Ok(u32::try_from(sections).unwrap_or(u32::MAX))
}

fn bury(connection: &Connection, person: PersonId, now: i64) -> Result<(), VaultError> {
    connection
        .prepare_cached("INSERT INTO tombstones (person, erased_at) VALUES (?1, ?2)")?
        .execute((person.to_sql(), now))?;
    Ok(())
}
