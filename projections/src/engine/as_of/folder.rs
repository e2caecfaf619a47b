//! Where the database lies, and who may write to it.

use std::fs::{self, File, TryLockError};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use uuid::Uuid;

use crate::ProjectionError;
use crate::engine::files::discard;
use crate::models::ALL;

/// What the names of our folders begin with: nothing else is ever removed.
const OURS: &str = "as-of-";
/// Raised when the tables change their form.
const FORM: u32 = 3;
const DATABASE: &str = "past.sqlite";
const MOMENTS: &str = "moments";

/// A folder in which one program at a time keeps the read models of the past.
pub(super) struct Folder {
    folder: PathBuf,
    /// Closing the file lets go of the lock.
    _lock: File,
}

impl Folder {
    /// Opens the folder, creating it. What other revisions left is removed.
    pub(super) fn open(root: &Path) -> Result<Self, ProjectionError> {
        fs::create_dir_all(root)?;
        let lock =
            File::options().create(true).truncate(false).write(true).open(root.join("lock"))?;
        lock.try_lock().map_err(|error| match error {
            TryLockError::WouldBlock => ProjectionError::InUse,
            TryLockError::Error(error) => error.into(),
        })?;
        let revisions: Vec<String> =
            ALL.iter().map(|model| format!("{}{}", model.name, model.revision)).collect();
        // The names of all read models together are longer than a file's name may be.
        let revisions = Uuid::new_v5(&Uuid::NAMESPACE_OID, revisions.join("-").as_bytes());
        let folder = root.join(format!("{OURS}{FORM}-{}", revisions.simple()));
        for other in fs::read_dir(root)? {
            let other = other?;
            let ours = other.file_name().to_string_lossy().starts_with(OURS);
            if ours && other.path() != folder {
                fs::remove_dir_all(other.path())?;
            }
        }
        fs::create_dir_all(&folder)?;
        Ok(Self { folder, _lock: lock })
    }

    /// What keeps the marks.
    pub(super) fn database(&self) -> PathBuf {
        self.folder.join(DATABASE)
    }

    /// What keeps moments between them.
    pub(super) fn moments(&self) -> PathBuf {
        self.folder.join(MOMENTS)
    }

    /// Removes all of it.
    pub(super) fn clear(&self) -> Result<(), ProjectionError> {
        discard(&self.database())?;
        match fs::remove_dir_all(self.moments()) {
            Err(error) if error.kind() != ErrorKind::NotFound => Err(error.into()),
            Ok(()) | Err(_) => Ok(()),
        }
    }
}
