use std::fs::{self, DirEntry, File};
use std::io;
use std::path::{Path, PathBuf};

use evidence::{Digest, Location};

/// Copies every piece of evidence to a new folder, durably; `progress` is told how many are done, of how many. What is
/// being written meanwhile is left out: no event cites it yet.
pub fn copy(from: &Path, to: &Path, mut progress: impl FnMut(u64, u64)) -> io::Result<()> {
    let mut pieces: Vec<PathBuf> = Vec::new();
    for folder in entries(from)? {
        pieces.extend(
            entries(&folder.path())?.iter().filter(|file| is_kept(file)).map(DirEntry::path),
        );
    }
    let total = pieces.len() as u64;
    make_private(to)?;
    for (done, piece) in (1..).zip(&pieces) {
        let target = to.join(piece.strip_prefix(from).map_err(io::Error::other)?);
        if let Some(folder) = target.parent()
            && !folder.exists()
        {
            make_private(folder)?;
        }
        match fs::copy(piece, &target) {
            // Nobody had cited it, and the service removed it meanwhile.
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            copied => copied?,
        };
        File::open(&target)?.sync_all()?;
        progress(done, total);
    }
    for folder in entries(to)? {
        File::open(folder.path())?.sync_all()?;
    }
    File::open(to)?.sync_all()
}

/// What lies in a folder; nothing where there is none.
fn entries(folder: &Path) -> io::Result<Vec<DirEntry>> {
    match fs::read_dir(folder) {
        Ok(entries) => entries.collect(),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(vec![]),
        Err(error) => Err(error),
    }
}

fn is_kept(file: &DirEntry) -> bool {
    file.file_name().to_str().is_some_and(|name| name.parse::<Digest>().is_ok())
}

/// What the operator has to do besides, where evidence lies in no folder.
pub fn elsewhere(place: &Location) -> String {
    format!(
        "佐证材料在 {place}，未包含在备份中。请在本备份之后用存储服务自身的办法备份（例如版本控制或跨区复制）。\n\
         Evidence is at {place} and not in the backup. Back it up after this, by the storage service's own means\n\
         (versions, or replication to another place)."
    )
}

/// A folder that only its owner may look into.
pub fn make_private(folder: &Path) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

#[cfg(test)]
mod tests;
