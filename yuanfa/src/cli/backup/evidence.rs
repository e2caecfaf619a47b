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
    super::make_private(to)?;
    for (done, piece) in (1..).zip(&pieces) {
        let target = to.join(piece.strip_prefix(from).map_err(io::Error::other)?);
        if let Some(folder) = target.parent()
            && !folder.exists()
        {
            super::make_private(folder)?;
        }
        fs::copy(piece, &target)?;
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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn what_is_kept_is_copied_and_what_is_being_written_is_not() {
        let folder = tempfile::tempdir().unwrap();
        let (from, to) = (folder.path().join("evidence"), folder.path().join("copy"));
        let piece = Digest::of(b"a photograph").to_string();
        let kept = Path::new(&piece[..2]).join(&piece);
        fs::create_dir_all(from.join(&piece[..2])).unwrap();
        fs::write(from.join(&kept), b"a photograph").unwrap();
        fs::write(from.join(format!("{}#1", kept.display())), b"a pho").unwrap();
        let mut told = vec![];
        copy(&from, &to, |done, total| told.push((done, total))).unwrap();
        assert_eq!(fs::read(to.join(&kept)).unwrap(), b"a photograph");
        assert_eq!(entries(&to.join(&piece[..2])).unwrap().len(), 1);
        assert_eq!(told, [(1, 1)]);
    }

    #[test]
    fn no_evidence_is_an_empty_folder() {
        let folder = tempfile::tempdir().unwrap();
        let to = folder.path().join("copy");
        copy(&folder.path().join("evidence"), &to, |_, _| {}).unwrap();
        assert!(entries(&to).unwrap().is_empty());
        assert!(
            copy(&folder.path().join("evidence"), &to, |_, _| {}).is_err(),
            "never into another's"
        );
    }
}
