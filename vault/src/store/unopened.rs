//! A vault without its master key: what an auditor can see of it.

use rusqlite::Connection;

use super::section::{self, Check};
use crate::{Digest, PersonId, VaultError};

/// A vault's file, read by somebody who has no key and opens nothing.
pub struct Unopened(Connection);

impl Unopened {
    /// The vault behind this connection, which need not be able to write.
    #[must_use]
    pub fn over(connection: Connection) -> Self {
        Self(connection)
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
        section::check(&self.0, person, section, digest)
    }
}
