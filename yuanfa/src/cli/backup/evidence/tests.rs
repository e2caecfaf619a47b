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
    assert!(copy(&folder.path().join("evidence"), &to, |_, _| {}).is_err(), "never into another's");
}
