//! The files of a data folder.

use std::path::Path;

/// Makes the folder where it is not, readable by nobody else.
///
/// # Errors
/// When the system refuses.
pub fn create_folder(folder: &Path) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.recursive(true).create(folder)
}

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
