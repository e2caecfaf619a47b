//! The vault's file: how it is opened, what it holds.

use std::io;
use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, OptionalExtension, TransactionBehavior};

use crate::keyring::{KeyCheck, Keyring};
use crate::master_key::create_owner_only;
use crate::{MasterKey, VaultError};

/// Counted up with every further piece of [`TABLES`].
pub(crate) const FORMAT: i64 = 4;
/// What each format added to the one before.
const TABLES: [&str; 4] = [
    include_str!("schema.sql"),
    include_str!("replacing.sql"),
    include_str!("reading.sql"),
    include_str!("states.sql"),
];
/// How long to wait for another process that writes.
pub(crate) const BUSY: Duration = Duration::from_secs(10);

/// Opens the file, which is made with mode 0600 when it is not there, and the keys in it.
pub(crate) fn open(path: &Path, master: &MasterKey) -> Result<(Connection, Keyring), VaultError> {
    match create_owner_only(path) {
        Ok(_) => {}
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
        Err(error) => return Err(error.into()),
    }
    let mut connection = Connection::open(path)?;
    configure(&connection)?;
    let keys = load_or_create(&mut connection, master)?;
    Ok((connection, keys))
}

/// A read-only connection to the same file.
pub(crate) fn open_reader(path: &Path) -> Result<Connection, VaultError> {
    let flags = rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(BUSY)?;
    Ok(connection)
}

fn configure(connection: &Connection) -> Result<(), VaultError> {
    connection.busy_timeout(BUSY)?;
    // Read to its end: the change is committed after its only row. A journal that cannot be removed then would, after a
    // loss of power, undo all that was written since.
    let mut change = connection.prepare("PRAGMA journal_mode = WAL")?;
    let mut modes = change.query([])?;
    while modes.next()?.is_some() {}
    // An answer given must survive a power cut: the log will refer to it.
    connection.pragma_update(None, "synchronous", "FULL")?;
    // Pages given free are zeroed, as when an erasure builds the identity index anew.
    connection.pragma_update(None, "secure_delete", "ON")?;
    // No spilling into temporary files outside the folder.
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    connection.set_prepared_statement_cache_capacity(64);
    Ok(())
}

fn load_or_create(connection: &mut Connection, master: &MasterKey) -> Result<Keyring, VaultError> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let found = transaction.pragma_query_value(None, "user_version", |row| row.get(0))?;
    let keys = match found {
        0 => {
            bring_up(&transaction, 0)?;
            let (keys, wrapped_index) = Keyring::create(master)?;
            store_keys(&transaction, &keys, &wrapped_index)?;
            keys
        }
        1..=FORMAT => {
            bring_up(&transaction, found)?;
            let wrapped_index = meta(&transaction, "index-key")?;
            Keyring::load(master, &stored_check(&transaction)?, &wrapped_index)?
        }
        found => {
            return Err(VaultError::Format { found, known: FORMAT });
        }
    };
    transaction.commit()?;
    Ok(keys)
}

/// Adds what came after this format.
fn bring_up(connection: &Connection, found: i64) -> Result<(), VaultError> {
    let known = usize::try_from(found).unwrap_or(TABLES.len());
    for tables in TABLES.iter().skip(known) {
        connection.execute_batch(tables)?;
    }
    Ok(connection.pragma_update(None, "user_version", FORMAT)?)
}

/// Puts the key check and the wrapped index key in place of what was there.
pub(crate) fn store_keys(
    connection: &Connection,
    keys: &Keyring,
    wrapped_index: &[u8],
) -> Result<(), VaultError> {
    let mut put = connection.prepare_cached(
        "INSERT INTO meta (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
    )?;
    put.execute(("key-check", keys.check().as_slice()))?;
    put.execute(("index-key", wrapped_index))?;
    Ok(())
}

/// The key check as stored, which another process may have changed since the file was opened.
pub(crate) fn stored_check(connection: &Connection) -> Result<KeyCheck, VaultError> {
    meta(connection, "key-check")?
        .try_into()
        .map_err(|_| VaultError::Tampered("the key check".to_owned()))
}

fn meta(connection: &Connection, name: &str) -> Result<Vec<u8>, VaultError> {
    connection
        .prepare_cached("SELECT value FROM meta WHERE name = ?1")?
        .query_row([name], |row| row.get(0))
        .optional()?
        .ok_or_else(|| VaultError::Tampered(format!("the stored {name}")))
}
