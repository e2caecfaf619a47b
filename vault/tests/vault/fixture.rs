//! A vault in a folder of its own, with a clock that goes one second a call.

use std::path::PathBuf;
use std::sync::atomic::{AtomicI64, Ordering};

use jiff::Timestamp;
use tempfile::TempDir;
use uuid::Uuid;
use vault::{Clock, MasterKey, Reader, Vault, VaultError};

/// 2021-11-01T00:00:00Z.
pub const START: i64 = 1_635_724_800;
pub const READER: Reader<'static> = Reader { actor: "officer-1", purpose: "real-name match" };

pub struct Fixture {
    pub vault: Vault,
    pub folder: TempDir,
}

impl Fixture {
    pub fn new() -> Self {
        let folder = TempDir::new().unwrap();
        let vault = open(&folder).unwrap();
        Self { vault, folder }
    }

    /// Closes the vault and opens it again, as after a restart.
    pub fn reopened(self) -> Self {
        drop(self.vault);
        let vault = open(&self.folder).unwrap();
        Self { vault, folder: self.folder }
    }

    pub fn file(&self) -> PathBuf {
        self.folder.path().join("vault.sqlite")
    }

    /// A connection of somebody who does not keep to the vault's API.
    pub fn raw(&self) -> rusqlite::Connection {
        rusqlite::Connection::open(self.file()).unwrap()
    }

    /// Every byte of every file in the folder.
    pub fn bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        for entry in std::fs::read_dir(self.folder.path()).unwrap() {
            bytes.extend(std::fs::read(entry.unwrap().path()).unwrap());
        }
        bytes
    }

    pub fn plain(&self, person: vault::PersonId, section: &str) -> Option<Vec<u8>> {
        let plain = self.vault.unseal(person, section, READER).unwrap();
        plain.map(|plain| plain.to_vec())
    }
}

pub fn open(folder: &TempDir) -> Result<Vault, VaultError> {
    let key = MasterKey::load_or_create(folder.path().join("master.key")).unwrap();
    Vault::open(folder.path().join("vault.sqlite"), key, clock())
}

pub fn clock() -> Clock {
    let seconds = AtomicI64::new(START);
    Box::new(move || Timestamp::from_second(seconds.fetch_add(1, Ordering::Relaxed)).unwrap())
}

/// A command id for each number.
pub fn command(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

pub fn contains(bytes: &[u8], marker: &[u8]) -> bool {
    bytes.windows(marker.len()).any(|window| window == marker)
}
