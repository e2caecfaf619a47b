//! Evidence in a folder.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use bytes::Bytes;
use futures_util::StreamExt;

use super::samples;
use crate::{
    Check, Digest, Evidence, KeepError, Location, MAX_BYTES, MediaType, ReadError, Refusal,
    StoredEvidence,
};

fn open(folder: &Path) -> Evidence {
    Evidence::open(&Location::Folder(folder.to_owned())).unwrap()
}

fn file(folder: &Path, digest: &Digest) -> PathBuf {
    let digest = digest.to_string();
    folder.join(&digest[..2]).join(digest)
}

/// All files below, however they are called.
fn files(folder: &Path) -> usize {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.map(|path| if path.is_dir() { files(&path) } else { 1 }).sum()
}

#[tokio::test]
async fn what_is_kept_is_found_and_read_also_after_opening_anew() {
    let folder = tempfile::tempdir().unwrap();
    let pdf = b"%PDF-1.4\n%%EOF".to_vec();
    for (media_type, bytes) in [
        (MediaType::Jpeg, samples::jpeg(1)),
        (MediaType::Png, samples::png(1)),
        (MediaType::Webp, samples::webp(1)),
        (MediaType::Pdf, pdf),
    ] {
        let kept = open(folder.path()).keep(bytes.clone().into()).await.unwrap();
        let expected =
            StoredEvidence { digest: Digest::of(&bytes), media_type, bytes: bytes.len() as u64 };
        assert_eq!(kept, expected);
        let evidence = open(folder.path());
        assert_eq!(evidence.find(&kept.digest).await.unwrap(), Some(kept));
        assert_eq!(evidence.read(&kept.digest).await.unwrap(), Some((kept, bytes.into())));
    }
    assert_eq!(files(folder.path()), 4);
}

#[tokio::test]
async fn the_same_photograph_with_a_place_in_it_is_one_object() {
    let folder = tempfile::tempdir().unwrap();
    let evidence = open(folder.path());
    let first = evidence.keep(samples::jpeg(1).into()).await.unwrap();
    let again = evidence.keep(samples::with_place(&samples::jpeg(1)).into()).await.unwrap();
    assert_eq!(again, first);
    assert_eq!(files(folder.path()), 1);
}

#[tokio::test]
async fn keeping_the_same_at_once_leaves_one_file() {
    let folder = tempfile::tempdir().unwrap();
    let evidence = open(folder.path());
    let keeping: Vec<_> = (0..8)
        .map(|_| {
            let evidence = evidence.clone();
            tokio::spawn(async move { evidence.keep(samples::png(3).into()).await.unwrap() })
        })
        .collect();
    for kept in keeping {
        assert_eq!(kept.await.unwrap().digest, Digest::of(&samples::png(3)));
    }
    assert_eq!(files(folder.path()), 1);
}

#[tokio::test]
async fn a_refusal_stores_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let refused = open(folder.path()).keep(Bytes::from_static(b"text")).await.unwrap_err();
    assert_eq!(refused, KeepError::Refused(Refusal::UnknownType));
    assert_eq!(files(folder.path()), 0);
}

#[tokio::test]
async fn what_was_never_kept_is_not_there() {
    let folder = tempfile::tempdir().unwrap();
    let evidence = open(folder.path());
    let nowhere = Digest::of(b"nowhere");
    assert_eq!(evidence.find(&nowhere).await.unwrap(), None);
    assert_eq!(evidence.read(&nowhere).await.unwrap(), None);
}

#[tokio::test]
async fn an_interrupted_write_leaves_nothing_under_a_digest() {
    let folder = tempfile::tempdir().unwrap();
    let evidence = open(folder.path());
    let bytes = samples::jpeg(4);
    let digest = Digest::of(&bytes);
    // As the adapter stages it: what a crash before the last step leaves.
    let staged = format!("{}#1", file(folder.path(), &digest).display());
    fs::create_dir_all(Path::new(&staged).parent().unwrap()).unwrap();
    fs::write(&staged, &bytes[..100]).unwrap();
    assert_eq!(evidence.find(&digest).await.unwrap(), None);
    assert_eq!(evidence.keep(bytes.clone().into()).await.unwrap().digest, digest);
    assert_eq!(fs::read(file(folder.path(), &digest)).unwrap(), bytes);
}

#[tokio::test]
async fn damage_is_noticed_and_never_handed_out() {
    let folder = tempfile::tempdir().unwrap();
    let evidence = open(folder.path());
    let kept = evidence.keep(samples::png(5).into()).await.unwrap();
    let (digest, path) = (kept.digest, file(folder.path(), &kept.digest));
    let whole = fs::read(&path).unwrap();

    let mut flipped = whole.clone();
    flipped[60] ^= 1;
    for damaged in [flipped, whole[..70].to_vec(), b"GIF89a and more than that".to_vec()] {
        fs::write(&path, damaged).unwrap();
        assert_eq!(evidence.read(&digest).await.unwrap_err(), ReadError::Damaged(digest));
        let again = evidence.keep(whole.clone().into()).await.unwrap_err();
        assert_eq!(again, KeepError::Damaged(digest), "it is not overwritten");
    }
    assert_eq!(evidence.find(&digest).await.unwrap_err(), ReadError::Damaged(digest));
    fs::write(&path, b"").unwrap();
    assert!(evidence.find(&digest).await.is_err());
    assert_eq!(evidence.read(&digest).await.unwrap_err(), ReadError::Damaged(digest));
    fs::File::options().write(true).open(&path).unwrap().set_len(MAX_BYTES + 1).unwrap();
    assert_eq!(evidence.read(&digest).await.unwrap_err(), ReadError::Damaged(digest));
}

#[tokio::test]
async fn an_auditor_makes_nothing_and_is_told_what_is_sound() {
    let parent = tempfile::tempdir().unwrap();
    let folder = parent.path().join("evidence");
    let location = Location::Folder(folder.clone());
    assert!(Evidence::open_existing(&location).unwrap().is_none() && !folder.exists());
    let kept = open(&folder).keep(samples::png(5).into()).await.unwrap().digest;
    fs::write(folder.join("notes.txt"), b"not a digest").unwrap();
    fs::write(format!("{}#1", file(&folder, &kept).display()), b"staged").unwrap();
    let evidence = Evidence::open_existing(&location).unwrap().unwrap();
    let found: Vec<_> = evidence.digests().collect().await;
    assert_eq!(found, [Ok(kept)]);
    assert_eq!(evidence.check(&kept).await.unwrap(), Check::Sound);
    for changed in [samples::png(6), b"".to_vec(), vec![0; MAX_BYTES as usize + 1]] {
        fs::write(file(&folder, &kept), changed).unwrap();
        assert_eq!(evidence.check(&kept).await.unwrap(), Check::Changed);
    }
    fs::remove_file(file(&folder, &kept)).unwrap();
    assert_eq!(evidence.check(&kept).await.unwrap(), Check::Missing);
}

#[tokio::test]
async fn a_folder_that_cannot_be_written_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    let evidence = open(folder.path());
    let bytes = samples::webp(6);
    fs::write(folder.path().join(&Digest::of(&bytes).to_string()[..2]), b"in the way").unwrap();
    let failed = evidence.keep(bytes.into()).await.unwrap_err();
    assert!(matches!(failed, KeepError::Storage(_)), "{failed}");
    let file = Location::Folder(folder.path().join("file"));
    fs::write(folder.path().join("file"), b"").unwrap();
    assert!(Evidence::open(&file).is_err());
}

#[test]
fn the_folder_is_for_its_owner_only() {
    let parent = tempfile::tempdir().unwrap();
    let folder = parent.path().join("data").join("evidence");
    open(&folder);
    for made in [&folder, folder.parent().unwrap()] {
        assert_eq!(fs::metadata(made).unwrap().permissions().mode() & 0o777, 0o700);
    }
}
