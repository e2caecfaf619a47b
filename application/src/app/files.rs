//! The files of a data folder.

use std::fs::{self, DirBuilder, Permissions};
use std::io;
use std::os::unix::fs::{DirBuilderExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};

/// Why a folder cannot hold the data.
#[derive(Debug, thiserror::Error)]
pub enum FolderError {
    /// Others have rights on it and there is something in it, which they may have read or exchanged.
    #[error(
        "其他用户有权访问此目录；请先执行 others have rights on the folder; run first: chmod -R go= {}",
        .0.display()
    )]
    OpenToOthers(PathBuf),
    /// The system refuses.
    #[error(transparent)]
    System(#[from] io::Error),
}

/// Makes the folder where it is not, readable by nobody else.
///
/// # Errors
/// When the system refuses.
pub fn create_folder(folder: &Path) -> io::Result<()> {
    DirBuilder::new().recursive(true).mode(OWNER_ONLY).create(folder)
}

/// The same for a folder that this process is to have for itself: an empty one that others can read is closed to them.
///
/// # Errors
/// See [`FolderError`].
pub fn take_folder(folder: &Path) -> Result<(), FolderError> {
    create_folder(folder)?;
    let mode = fs::metadata(folder)?.permissions().mode();
    if mode & OF_OTHERS == 0 {
        return Ok(());
    }
    // A fresh volume has something of its own.
    let is_ours = |entry: io::Result<fs::DirEntry>| {
        entry.map_or(true, |entry| entry.file_name() != "lost+found")
    };
    if fs::read_dir(folder)?.any(is_ours) {
        return Err(FolderError::OpenToOthers(folder.to_owned()));
    }
    Ok(fs::set_permissions(folder, Permissions::from_mode(OWNER_ONLY))?)
}

const OWNER_ONLY: u32 = 0o700;
const OF_OTHERS: u32 = 0o077;

/// The log.
pub const LOG: &str = "log.sqlite";
/// Sealed personal data.
pub const VAULT: &str = "vault.sqlite";
/// Photographs and documents.
pub const EVIDENCE: &str = "evidence";
/// The vault's master key.
pub const VAULT_KEY: &str = "vault.key";
/// The ledger of the log: key, hashes, checkpoint.
pub const LEDGER: &str = "ledger";
/// Read models, derived from the log.
pub const READ: &str = "read.sqlite";
/// Tokens and checkpoints of this node.
pub const NODE: &str = "node.sqlite";
