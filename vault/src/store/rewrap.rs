//! A new master key 更换主密钥.

use rusqlite::Transaction;

use super::{Vault, lock, rows};
use crate::keyring::Keyring;
use crate::{MasterKey, PersonId, VaultError, schema};

/// Persons looked at in one go, so that a large vault needs little memory.
const PAGE: i64 = 1000;

impl Vault {
    /// Wraps every person's key and the identity index key under a new master key, in one transaction, and leaves
    /// nothing that the old one opens. Sections keep their bytes and digests, persons their ids, and no identity
    /// number is needed. Answers how many persons' keys were wrapped.
    ///
    /// The new key must be stored durably before the call: after it, the old one opens nothing here. Other
    /// processes must have closed the vault; they are refused with [`VaultError::WrongMasterKey`] from then on.
    ///
    /// # Errors
    /// [`VaultError::Tampered`] names a person whose key does not open; nothing is changed then.
    pub fn rewrap(&self, new_master: MasterKey) -> Result<u64, VaultError> {
        let _no_snapshot = lock(&self.snapshot);
        let mut open = self.lock();
        let (transaction, old) = open.write()?;
        let (new, wrapped_index) = old.under(&new_master)?;
        let (mut slot, mut count) = (0, 0);
        loop {
            let page = page_after(&transaction, slot)?;
            let Some(&(last, _, _)) = page.last() else {
                break;
            };
            slot = last;
            count += page.len() as u64;
            rewrap_page(&transaction, (old, &new), page)?;
        }
        schema::store_keys(&transaction, &new, &wrapped_index)?;
        transaction.commit()?;
        open.keys = new;
        open.empty_log()?;
        Ok(count)
    }
}

type Row = (i64, PersonId, Vec<u8>);

fn page_after(transaction: &Transaction<'_>, slot: i64) -> Result<Vec<Row>, VaultError> {
    let mut query = transaction.prepare_cached(
        "SELECT slot, person, wrapped_key FROM persons
         WHERE slot > ?1 AND person NOT IN (SELECT person FROM tombstones) ORDER BY slot LIMIT ?2",
    )?;
    let mut found = query.query((slot, PAGE))?;
    let mut page = Vec::new();
    while let Some(row) = found.next()? {
        page.push((row.get(0)?, rows::person_of(row.get(1)?)?, row.get(2)?));
    }
    Ok(page)
}

fn rewrap_page(
    transaction: &Transaction<'_>,
    (old, new): (&Keyring, &Keyring),
    page: Vec<Row>,
) -> Result<(), VaultError> {
    let mut update =
        transaction.prepare_cached("UPDATE persons SET wrapped_key = ?2 WHERE slot = ?1")?;
    for (slot, person, wrapped) in page {
        let key = old.unwrap_person(person, &wrapped)?;
        update.execute((slot, new.wrap_person(person, &key)?))?;
    }
    Ok(())
}
