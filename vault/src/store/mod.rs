//! The vault itself: one file, one connection behind a lock, one file of this folder for each thing it does.

mod backup;
mod enrol;
mod erase;
mod lookups;
mod occasions;
mod read;
mod reading;
mod replace;
mod rewrap;
mod rows;
mod section;
mod stated;

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use rusqlite::{Connection, Transaction, TransactionBehavior};

pub use enrol::{Enrol, Enrolled, IDENTITY};
pub use erase::Erased;
pub use occasions::Occasion;
pub use read::{Plain, Selected, Sought};
pub use reading::{Means, ReadRecord, Reader, Reading};
pub use section::{Check, KeylessVault, Sealed};
pub use stated::Stretch;

use crate::keyring::Keyring;
use crate::{Code, MasterKey, VaultError, schema};

/// Tells the time; injected, so that tests and replays decide what time it is.
pub type Clock = Box<dyn Fn() -> Timestamp + Send + Sync>;

/// The sealed personal data of everybody, in one SQLite file.
///
/// Shared between threads by reference; calls take turns. Another process may open the same file, except while
/// it is rewrapped.
///
/// # Examples
/// ```
/// use jiff::Timestamp;
/// use uuid::Uuid;
/// use vault::{Check, MasterKey, Reader, Vault};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let folder = tempfile::tempdir()?;
/// # let path = folder.path().join("vault.sqlite");
/// let vault = Vault::open(path, MasterKey::generate()?, Box::new(Timestamp::now))?;
/// let number = "110101199003070134";
/// let enrolled = vault.enrol(number, "contact", b"138 0000 0000", Uuid::from_u128(1))?;
/// // The same number is the same person.
/// let again = vault.enrol(number, "contact", b"", Uuid::from_u128(2))?;
/// assert_eq!((again.person, again.known), (enrolled.person, true));
///
/// let reader = Reader { actor: "officer-7", purpose: "calls the volunteer back" };
/// let plain = vault.unseal(enrolled.person, "contact", reader)?.ok_or("it was sealed")?;
/// assert_eq!(*plain, b"138 0000 0000");
/// assert_eq!(vault.reads(enrolled.person, 0, 10)?[0].actor, "officer-7");
///
/// let digest = vault.digest(enrolled.person, "contact")?.ok_or("it was sealed")?;
/// vault.erase(enrolled.person)?;
/// assert_eq!(vault.check(enrolled.person, "contact", &digest)?, Check::Erased);
/// # Ok(())
/// # }
/// ```
pub struct Vault {
    open: Mutex<Open>,
    path: PathBuf,
    clock: Clock,
    /// Held by whoever reads a long snapshot (a backup) or must have no reader about (the end of an erasure).
    snapshot: Mutex<()>,
}

struct Open {
    connection: Connection,
    keys: Keyring,
    /// Every section was looked through for what it can be found by.
    all_found: bool,
}

impl Vault {
    /// Opens the vault in this file, or makes an empty one, readable by the owner only. The folder must exist.
    ///
    /// # Errors
    /// [`VaultError::WrongMasterKey`] when the vault was made under another key; [`VaultError::Format`] when it was
    /// written by a newer program.
    pub fn open(
        path: impl AsRef<Path>,
        master: MasterKey,
        clock: Clock,
    ) -> Result<Self, VaultError> {
        let path = path.as_ref().to_owned();
        let (connection, keys) = schema::open(&path, &master)?;
        Ok(Self {
            open: Mutex::new(Open { connection, keys, all_found: false }),
            path,
            clock,
            snapshot: Mutex::new(()),
        })
    }

    /// The code of a secret link for what `subject` names, different for each purpose. It is made anew from a key of
    /// this vault whenever it is asked for: it is stored nowhere, survives a new master key and a restored backup, and
    /// is another one in every other vault.
    #[must_use]
    pub fn code(&self, purpose: &str, subject: &str) -> Code {
        self.lock().keys.code(purpose, subject)
    }

    /// How many persons were ever made known here, erased ones among them: it never falls.
    ///
    /// # Errors
    /// When the database fails.
    pub fn persons(&self) -> Result<u64, VaultError> {
        let last = "SELECT coalesce(max(slot), 0) FROM persons";
        Ok(self.lock().connection.query_row(last, [], |row| row.get::<_, i64>(0))?.unsigned_abs())
    }

    /// Microseconds since 1970, UTC.
    fn now(&self) -> i64 {
        (self.clock)().as_microsecond()
    }

    fn lock(&self) -> MutexGuard<'_, Open> {
        lock(&self.open)
    }
}

/// A panic elsewhere rolled its transaction back, so what the lock guards is whole.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Open {
    /// A transaction that holds the file's write lock from its start, and the keys to work with in it.
    fn write(&mut self) -> Result<(Transaction<'_>, &Keyring), VaultError> {
        let transaction =
            self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        // Another process may have rewrapped the vault: nothing may be sealed under the old key then.
        if schema::stored_check(&transaction)? != *self.keys.check() {
            return Err(VaultError::WrongMasterKey);
        }
        Ok((transaction, &self.keys))
    }

    /// Moves everything committed into the main file and empties the write-ahead log, where old bytes remain.
    fn empty_log(&self) -> Result<(), VaultError> {
        // Everybody waits behind this lock, so another program's reader gets less patience than usual.
        self.connection.busy_timeout(Duration::from_secs(1))?;
        let busy =
            self.connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0));
        self.connection.busy_timeout(schema::BUSY)?;
        if busy? { Err(VaultError::BytesRemain) } else { Ok(()) }
    }
}

impl fmt::Debug for Vault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Vault").finish_non_exhaustive()
    }
}
