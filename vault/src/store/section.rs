//! The sections of a person: sealing, replacing, comparing with what the log says.

use rusqlite::Connection;
use uuid::Uuid;

use super::Vault;
use super::lookups::put_section;
use super::rows::{self, Answer, beside};
use crate::{Digest, PersonId, Refusal, VaultError, limits, schema};

/// A section that lies in the vault, as the log refers to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sealed {
    /// Whose it is.
    pub person: PersonId,
    /// What it is called.
    pub section: String,
    /// Of its sealed bytes.
    pub digest: Digest,
}

/// What became of a section the log refers to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Check {
    /// The sealed bytes are those the log refers to, or lie ready to stand.
    Matches,
    /// Other bytes stand there: the section was replaced since, or changed by hand.
    Differs,
    /// The person's data was erased.
    Erased,
    /// There is no such section, or no such person.
    Missing,
}

impl Vault {
    /// Adds a section to a person, or replaces the one of that name; the replaced bytes are overwritten.
    ///
    /// A command that is repeated is answered as the first time and changes nothing, even when another command
    /// replaced the section since.
    ///
    /// # Errors
    /// [`Refusal::NoSuchPerson`], [`Refusal::Erased`], or [`Refusal::CommandReused`] when the command was about
    /// another person.
    pub fn seal(
        &self,
        person: PersonId,
        section: &str,
        plain: &[u8],
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
                let digest = put_section(&transaction, (keys, &key, person, section), plain, now)?;
                let answer = Answer { person, known: true, digest };
                rows::put_answer(&transaction, command, section, &answer)?;
                digest
            }
        };
        transaction.commit()?;
        Ok(Sealed { person, section: section.to_owned(), digest })
    }

    /// The digest of a section as it stands; `None` when there is no such section, or no longer.
    ///
    /// # Errors
    /// When the database fails.
    pub fn digest(&self, person: PersonId, section: &str) -> Result<Option<Digest>, VaultError> {
        let open = self.lock();
        let sealed = rows::sealed(&open.connection, person, section)?;
        Ok(sealed.map(|bytes| Digest::of(&bytes)))
    }

    /// Whether this vault made the number, whatever became of the person since.
    ///
    /// # Errors
    /// When the database fails.
    pub fn knows(&self, person: PersonId) -> Result<bool, VaultError> {
        let open = self.lock();
        Ok(match rows::require_present(&open.connection, person) {
            Ok(()) | Err(VaultError::Refused(Refusal::Erased(_))) => true,
            Err(VaultError::Refused(_)) => false,
            Err(error) => return Err(error),
        })
    }

    /// Compares a digest from the log with the bytes that lie here. Decrypts nothing, so it is no read.
    ///
    /// # Errors
    /// When the database fails.
    pub fn check(
        &self,
        person: PersonId,
        section: &str,
        digest: &Digest,
    ) -> Result<Check, VaultError> {
        check(&self.lock().connection, schema::FORMAT, person, section, digest)
    }
}

/// A vault's file, read by somebody who has no key and opens nothing.
pub struct KeylessVault(Connection);

impl KeylessVault {
    /// The vault behind this connection, which need not be able to write.
    #[must_use]
    pub fn over(connection: Connection) -> Self {
        Self(connection)
    }

    pub(super) const fn connection(&self) -> &Connection {
        &self.0
    }

    /// Compares a digest from the log with the bytes that lie here.
    ///
    /// # Errors
    /// When the database fails.
    pub fn check(
        &self,
        person: PersonId,
        section: &str,
        digest: &Digest,
    ) -> Result<Check, VaultError> {
        // Nobody brings a file up that is only read.
        let format = self.0.pragma_query_value(None, "user_version", |row| row.get(0))?;
        check(&self.0, format, person, section, digest)
    }
}

/// Compares a digest with the bytes that lie in a vault.
fn check(
    connection: &Connection,
    format: i64,
    person: PersonId,
    section: &str,
    digest: &Digest,
) -> Result<Check, VaultError> {
    if rows::is_erased(connection, person)? {
        return Ok(Check::Erased);
    }
    Ok(match rows::sealed_in(connection, format, person, section)? {
        None => Check::Missing,
        Some(bytes) if Digest::of(&bytes) == *digest => Check::Matches,
        // The log has it already; the service is about to settle it.
        Some(_) if beside(connection, person, section, digest)?.is_some() => Check::Matches,
        Some(_) => Check::Differs,
    })
}
