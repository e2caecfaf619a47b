//! The files of the service's data folder that an auditor reads beside the log.

use std::ffi::OsString;
use std::fs::File;
use std::io::Write as _;
use std::path::{Path, PathBuf};

/// The live read models, derived from the log.
pub fn read_models(data: &Path) -> PathBuf {
    data.join("read.sqlite")
}

/// The vault.
pub fn vault(data: &Path) -> PathBuf {
    data.join("vault.sqlite")
}

/// The ledger.
pub fn ledger(data: &Path) -> PathBuf {
    data.join("ledger")
}

/// Makes a folder where there is none, readable by nobody else.
pub fn make(folder: &Path) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.recursive(true).create(folder)
}

/// A name beside a file.
pub fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(suffix);
    PathBuf::from(name)
}

/// Writes a file whole or not at all, in place of what was there.
pub fn replace(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let draft = beside(path, ".part");
    let written = File::create(&draft).and_then(|mut file| {
        file.write_all(bytes)?;
        file.sync_all()
    });
    let placed = written.and_then(|()| std::fs::rename(&draft, path));
    if placed.is_err() {
        // The unfinished file has no use; why it stayed unfinished is said.
        drop(std::fs::remove_file(&draft));
    }
    placed
}
