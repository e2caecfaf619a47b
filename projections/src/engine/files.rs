//! The files of databases that are being built.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use rusqlite::Connection;

use crate::ProjectionError;

/// What the name of the file ends with in which the second half of the read models is built.
pub(crate) const HALF: &str = ".half";

/// Gives a finished file its name, or removes what an error left.
pub(crate) fn settle(
    built: Result<(), ProjectionError>,
    part: &Path,
    path: &Path,
) -> Result<(), ProjectionError> {
    let named = built.and_then(|()| Ok(fs::rename(part, path)?));
    if named.is_err() {
        discard(part)?;
    }
    named
}

/// Lets go of a file that was built, after everything has reached the disk.
pub(crate) fn close(built: Connection, path: &Path) -> Result<(), ProjectionError> {
    built.close().map_err(|(_, error)| error)?;
    Ok(fs::File::open(path)?.sync_all()?)
}

/// Removes the file of a rebuild that did not come to its end.
pub(crate) fn remove_leftovers(path: &Path) -> Result<(), ProjectionError> {
    discard(&beside(path, ".rebuild"))
}

pub(crate) fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(suffix);
    PathBuf::from(name)
}

/// Removes a file, what SQLite may have put beside it, and the half of a build.
pub(crate) fn discard(path: &Path) -> Result<(), ProjectionError> {
    for suffix in ["", "-journal", "-wal", "-shm", HALF] {
        match fs::remove_file(beside(path, suffix)) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error.into()),
            Ok(()) | Err(_) => {}
        }
    }
    Ok(())
}
