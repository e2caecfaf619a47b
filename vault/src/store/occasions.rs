//! What somebody reads for, said once for a piece of work.

use jiff::{SignedDuration, Timestamp};
use rusqlite::{Connection, OptionalExtension};

use super::Vault;
use super::reading::moment;
use crate::{VaultError, limits};

/// What an account reads for, until a moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Occasion {
    /// Rises with each that was opened.
    pub id: u64,
    /// What for.
    pub purpose: String,
    /// Since when.
    pub opened_at: Timestamp,
    /// Until when.
    pub until: Timestamp,
}

impl Vault {
    /// Says what an account reads for from now on, for so long. What it said before ends; the same again goes on for as long.
    ///
    /// # Errors
    /// [`Refusal::Reader`](crate::Refusal::Reader) when actor or purpose is empty or too long.
    pub fn open_occasion(
        &self,
        actor: &str,
        purpose: &str,
        lasting: SignedDuration,
    ) -> Result<Occasion, VaultError> {
        limits::reader(actor, purpose)?;
        let now = self.now();
        let until = now.saturating_add(micros(lasting));
        let mut open = self.lock();
        let (transaction, _) = open.write()?;
        let known = current(&transaction, actor, now)?.filter(|known| known.purpose == purpose);
        let id = match known {
            Some(known) => {
                set_until(&transaction, known.id, until)?;
                known.id
            }
            None => {
                end(&transaction, actor, now)?;
                transaction
                    .prepare_cached(
                        "INSERT INTO occasions (actor, purpose, opened_at, until)
                         VALUES (?1, ?2, ?3, ?4)",
                    )?
                    .execute((actor, purpose, now, until))?;
                transaction.last_insert_rowid().unsigned_abs()
            }
        };
        let opened = with_id(&transaction, id)?;
        transaction.commit()?;
        Ok(opened)
    }

    /// What an account reads for at the moment; none where it said nothing, or the time is over.
    ///
    /// # Errors
    /// When the database fails.
    pub fn occasion(&self, actor: &str) -> Result<Option<Occasion>, VaultError> {
        let now = self.now();
        current(&self.lock().connection, actor, now)
    }

    /// Ends what an account reads for. Answers what that was; none where nothing was.
    ///
    /// # Errors
    /// When the database fails.
    pub fn end_occasion(&self, actor: &str) -> Result<Option<Occasion>, VaultError> {
        let now = self.now();
        let mut open = self.lock();
        let (transaction, _) = open.write()?;
        let Some(known) = current(&transaction, actor, now)? else { return Ok(None) };
        end(&transaction, actor, now)?;
        let ended = with_id(&transaction, known.id)?;
        transaction.commit()?;
        Ok(Some(ended))
    }
}

fn micros(lasting: SignedDuration) -> i64 {
    i64::try_from(lasting.as_micros()).unwrap_or(i64::MAX)
}

fn current(connection: &Connection, actor: &str, now: i64) -> Result<Option<Occasion>, VaultError> {
    let found: Option<(i64, i64)> = connection
        .prepare_cached(
            "SELECT id, until FROM occasions WHERE actor = ?1 ORDER BY id DESC LIMIT 1",
        )?
        .query_row([actor], |row| row.try_into())
        .optional()?;
    match found {
        Some((id, until)) if until > now => Ok(Some(with_id(connection, id.unsigned_abs())?)),
        Some(_) | None => Ok(None),
    }
}

fn with_id(connection: &Connection, id: u64) -> Result<Occasion, VaultError> {
    let (purpose, opened_at, until): (String, i64, i64) = connection
        .prepare_cached("SELECT purpose, opened_at, until FROM occasions WHERE id = ?1")?
        .query_row([id.cast_signed()], |row| row.try_into())?;
    Ok(Occasion { id, purpose, opened_at: moment(opened_at)?, until: moment(until)? })
}

fn set_until(connection: &Connection, id: u64, until: i64) -> Result<(), VaultError> {
    connection
        .prepare_cached("UPDATE occasions SET until = ?2 WHERE id = ?1")?
        .execute((id.cast_signed(), until))?;
    Ok(())
}

fn end(connection: &Connection, actor: &str, now: i64) -> Result<(), VaultError> {
    connection
        .prepare_cached("UPDATE occasions SET until = ?2 WHERE actor = ?1 AND until > ?2")?
        .execute((actor, now))?;
    Ok(())
}
