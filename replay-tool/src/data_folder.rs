//! The files of the service's data folder that an auditor reads beside the log.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// The live read models, derived from the log.
pub fn read_models(data: &Path) -> PathBuf {
    data.join("read.sqlite")
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
