//! One process writes. SQLite's own locks are held only while it works, so the writer holds one of the
//! operating system beside the database, which ends with the process however that ends.

use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::OpenError;
use crate::StoreError;

/// Held by a writer for as long as it may write.
pub(super) struct WriterLock {
    /// Closing the file lets go of the lock.
    _file: File,
}

impl WriterLock {
    /// Takes the lock of the database at `path`; at once, or not at all.
    pub(super) fn take(path: &Path) -> Result<Self, OpenError> {
        let file = File::options()
            .create(true)
            .truncate(false)
            .read(true)
            .write(true)
            .open(beside(path, "-lock"))
            .map_err(|e| StoreError::Io(Arc::new(e)))?;
        match file.try_lock() {
            Ok(()) => Ok(Self { _file: file }),
            Err(TryLockError::WouldBlock) => Err(OpenError::InUse),
            Err(TryLockError::Error(e)) => Err(StoreError::Io(Arc::new(e)).into()),
        }
    }
}

/// A file next to the database: its path with `suffix` put after it.
pub(super) fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}
