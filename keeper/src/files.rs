//! Small files, whole or not at all, for their owner's eyes only.

#[cfg(test)]
mod tests;

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;

/// Puts a file in the place of another, durably: a crash leaves the one or the other.
pub(crate) fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let draft = path.with_extension("new");
    let mut options = OpenOptions::new();
    let mut file = options.write(true).create(true).truncate(true).mode(0o600).open(&draft)?;
    file.write_all(bytes)?;
    synced(file.sync_all())?;
    fs::rename(&draft, path)?;
    sync_folder_of(path)
}

/// What was read or opened; none where the file is not there.
pub(crate) fn found<T>(read: io::Result<T>) -> io::Result<Option<T>> {
    match read {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        read => read.map(Some),
    }
}

pub(crate) fn sync_folder_of(path: &Path) -> io::Result<()> {
    let Some(folder) = path.parent() else { return Ok(()) };
    // What has no folder in its name lies in the one this process works in.
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    synced(File::open(folder)?.sync_all())
}

/// Whatever the reason for which a sync failed, what it was for may be lost: that is no shortage which passes.
pub(crate) fn synced(done: io::Result<()>) -> io::Result<()> {
    done.map_err(io::Error::other)
}
