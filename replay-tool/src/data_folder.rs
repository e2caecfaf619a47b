//! The files of the service's data folder that an auditor reads beside the log.

use std::ffi::OsString;
use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};

use crate::failure::Failure;

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

/// The evidence, where the service keeps it in a folder.
pub fn evidence(data: &Path) -> PathBuf {
    data.join("evidence")
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
pub fn replace(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let failed = |source| Failure::File { path: path.to_owned(), source };
    replace_with(path, |file| file.write_all(bytes).map_err(failed))
}

/// As [`replace`], what `write` writes.
pub fn replace_with(
    path: &Path,
    write: impl FnOnce(&mut BufWriter<File>) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let failed = |source| Failure::File { path: path.to_owned(), source };
    let part = beside(path, ".part");
    let mut file = BufWriter::new(File::create(&part).map_err(failed)?);
    let written = write(&mut file).and_then(|()| {
        let file = file.into_inner().map_err(|error| failed(error.into_error()))?;
        file.sync_all().map_err(failed)?;
        std::fs::rename(&part, path).map_err(failed)
    });
    if written.is_err() {
        // The unfinished file is removed if possible; the error to report is why it is unfinished.
        drop(std::fs::remove_file(&part));
    }
    written
}
