//! A copy of the log while it is written to.

use std::fs::File;
use std::io;
use std::path::Path;
use std::sync::Arc;

use rusqlite::Connection;
use rusqlite::backup::{Backup, StepResult};

use super::OpenError;
use super::convert::{from_sql, sql};
use super::open::{Access, expect_log, sync_folder};
use super::pages::Pages;
use crate::{Position, StoreError};

/// Pages of 4 KiB copied between two reports of progress.
const STEP: i32 = 1_024;

/// Why no copy was made. No half-made file is left behind.
#[derive(Debug, Clone, thiserror::Error)]
pub enum BackupError {
    /// Something is there already; a backup overwrites nothing.
    #[error("there is a file at the backup's place already")]
    Exists,
    /// What was copied cannot be opened again.
    #[error("the copy is not whole")]
    Copy(#[source] OpenError),
    /// Reading the log or writing the copy failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Copies the log behind `access` to `to`; gives the position up to which the copy is complete.
pub(super) fn copy(
    access: &Access,
    to: &Path,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<Position, BackupError> {
    // Whoever makes the name owns the file: two backups to one place cannot both begin.
    match File::create_new(to) {
        Ok(_) => {}
        Err(e) if e.kind() == io::ErrorKind::AlreadyExists => return Err(BackupError::Exists),
        Err(e) => return Err(StoreError::Io(Arc::new(e)).into()),
    }
    let done = copy_pages(access, to, progress)
        .map_err(BackupError::from)
        .and_then(|head| check(to, head))
        .and_then(|head| Ok(sync_folder(to).map(|()| head)?));
    if done.is_err()
        && let Err(error) = std::fs::remove_file(to)
    {
        tracing::warn!(%error, "a backup failed, and its file could not be removed");
    }
    done
}

fn copy_pages(
    access: &Access,
    to: &Path,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<Position, StoreError> {
    let from = access.connect()?;
    // One snapshot for the whole copy. Without it SQLite starts over whenever something was appended.
    from.execute_batch("BEGIN").map_err(sql)?;
    let head: i64 = from
        .query_row("SELECT coalesce(max(position), 0) FROM events", [], |row| row.get(0))
        .map_err(sql)?;
    let mut copy = Connection::open(to).map_err(sql)?;
    let backup = Backup::new(&from, &mut copy).map_err(sql)?;
    loop {
        let step = backup.step(STEP).map_err(sql)?;
        let pages = backup.progress();
        let total = u64::from(pages.pagecount.unsigned_abs());
        progress(total - u64::from(pages.remaining.unsigned_abs()), total);
        if step == StepResult::Done {
            return Ok(Position(from_sql(head)));
        }
    }
}

/// Opens the copy as its reader will.
fn check(to: &Path, head: Position) -> Result<Position, BackupError> {
    let conn =
        Access::onlooker(to).and_then(|access| Ok(access.connect()?)).map_err(BackupError::Copy)?;
    expect_log(&conn).map_err(BackupError::Copy)?;
    let copied = Pages::new(conn).head()?;
    if copied == head { Ok(head) } else { Err(BackupError::Copy(OpenError::HalfCopied)) }
}
