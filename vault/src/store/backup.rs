//! Copying the vault while it works 在线备份.

use std::fs::{self, File};
use std::path::Path;

use rusqlite::Connection;
use rusqlite::backup::{Backup, StepResult};

use super::{Vault, lock};
use crate::master_key::{create_owner_only, folder_of};
use crate::{VaultError, schema};

/// Pages copied between two calls of `progress`: one MiB.
const PAGES: i32 = 256;

impl Vault {
    /// Copies the vault, as it stands now, to a new file with mode 0600. Others go on reading and enrolling;
    /// erasures wait until the copy is complete. `progress` is told how many pages are done, of how many.
    ///
    /// The copy holds sealed data only, and opens under the same master key. It appears under its name
    /// when it is complete and durable, not before.
    ///
    /// # Errors
    /// [`VaultError::BackupExists`] when there is such a file already.
    pub fn backup(
        &self,
        to: impl AsRef<Path>,
        mut progress: impl FnMut(u64, u64),
    ) -> Result<(), VaultError> {
        let to = to.as_ref();
        if to.try_exists()? {
            return Err(VaultError::BackupExists);
        }
        let mut draft = to.as_os_str().to_owned();
        draft.push(".partial");
        let draft = Path::new(&draft);
        if draft.try_exists()? {
            fs::remove_file(draft)?;
        }
        let file = create_owner_only(draft)?;
        {
            let _snapshot = lock(&self.snapshot);
            copy(&self.path, draft, &mut progress)?;
        }
        file.sync_all()?;
        fs::rename(draft, to)?;
        File::open(folder_of(to))?.sync_all()?;
        Ok(())
    }
}

fn copy(from: &Path, draft: &Path, progress: &mut impl FnMut(u64, u64)) -> Result<(), VaultError> {
    let mut source = schema::open_reader(from)?;
    // An open read transaction pins one moment: writers go on, and the copy never has to start again.
    let snapshot = source.transaction()?;
    snapshot.query_row("SELECT count(*) FROM meta", [], |_| Ok(()))?;
    let mut target = Connection::open(draft)?;
    let backup = Backup::new(&snapshot, &mut target)?;
    loop {
        let step = backup.step(PAGES)?;
        let at = backup.progress();
        let total = u64::try_from(at.pagecount).unwrap_or(0);
        let left = u64::try_from(at.remaining).unwrap_or(0);
        progress(total.saturating_sub(left), total);
        match step {
            StepResult::Done => return Ok(()),
            StepResult::More => {}
            // Nobody else uses the draft and the snapshot is pinned, so somebody meddles.
            StepResult::Busy | StepResult::Locked | _ => return Err(VaultError::BackupDisturbed),
        }
    }
}
