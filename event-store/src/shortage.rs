//! Shortages 短缺: room on the disk, memory, open files. They end, and what failed for want of them was not done; so nobody
//! halts for them.

use std::io;

use rusqlite::{ErrorCode, ffi};

/// Whether the system was short of something when it refused this.
#[must_use]
pub fn is_shortage(error: &io::Error) -> bool {
    use rustix::io::Errno;
    let short = [Errno::MFILE, Errno::NFILE, Errno::NOMEM, Errno::NOSPC, Errno::DQUOT];
    short.iter().any(|errno| error.raw_os_error() == Some(errno.raw_os_error()))
        || matches!(
            error.kind(),
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::OutOfMemory
        )
}

/// Whether SQLite was short of something: [`Shortage::Room`] or [`Shortage::Means`].
///
/// It says the same of a file that it may not open as of one too many; that is taken for a shortage, because it can do no
/// harm to try again. A disk quota that is used up it calls a failing disk.
#[must_use]
pub fn shortage_of(error: &rusqlite::Error) -> Option<Shortage> {
    match error.sqlite_error_code() {
        Some(ErrorCode::DiskFull) => return Some(Shortage::Room),
        Some(ErrorCode::OutOfMemory | ErrorCode::CannotOpen) => return Some(Shortage::Means),
        _ => {}
    }
    let code = error.sqlite_error()?.extended_code;
    // The index of the write-ahead log: what is in it is made anew, so nothing is lost.
    let of_the_index =
        [ffi::SQLITE_IOERR_SHMOPEN, ffi::SQLITE_IOERR_SHMSIZE, ffi::SQLITE_IOERR_SHMMAP];
    (code == ffi::SQLITE_IOERR_NOMEM || of_the_index.contains(&code)).then_some(Shortage::Means)
}

/// What the system is short of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shortage {
    /// Room on the disk.
    Room,
    /// Memory, or files that may be open at once.
    Means,
}

/// Bytes that are free for us where a path lies; none where the system does not tell.
#[must_use]
pub fn free_bytes(path: &std::path::Path) -> Option<u64> {
    let told = rustix::fs::statvfs(path).ok()?;
    told.f_bavail.checked_mul(told.f_frsize)
}

#[cfg(test)]
mod tests;
