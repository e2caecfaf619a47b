//! Backups, and erasing again after one was restored.

use std::cell::RefCell;
use std::fs;
use std::os::unix::fs::PermissionsExt;

use vault::{Check, Enrol, MasterKey, Vault, VaultError};

use crate::fixture::{Fixture, READER, clock, command};

#[test]
fn a_backup_is_one_moment_and_opens_by_itself() {
    let kept = Fixture::new();
    let plain = [b'x'; 2000];
    let numbers: Vec<String> = (0..2000).map(|number| number.to_string()).collect();
    let items: Vec<_> = (0..)
        .zip(&numbers)
        .map(|(index, number)| Enrol {
            identity_number: number,
            section: "contact",
            plain: &plain,
            command: command(index),
            reader: None,
        })
        .collect();
    let answers = kept.vault.enrol_many(&items).unwrap();
    let to = kept.folder.path().join("backup.sqlite");
    let steps = RefCell::new(Vec::new());
    kept.vault
        .backup(&to, |done, total| {
            // Others go on enrolling meanwhile; the copy does not start again for them.
            let turn = steps.borrow().len();
            kept.vault
                .enrol(&format!("late-{turn}"), "contact", &plain, command(1 << 64 | turn as u128))
                .unwrap();
            steps.borrow_mut().push((done, total));
        })
        .unwrap();
    let steps = steps.into_inner();
    assert!(steps.len() > 2 && steps.is_sorted(), "{steps:?}");
    assert!(steps.last().is_some_and(|(done, total)| done == total));
    assert_eq!(fs::metadata(&to).unwrap().permissions().mode() & 0o777, 0o600);
    assert!(matches!(kept.vault.backup(&to, |_, _| ()), Err(VaultError::BackupExists)));

    let key = MasterKey::load_or_create(kept.folder.path().join("master.key")).unwrap();
    let restored = Vault::open(&to, key, clock()).unwrap();
    for answer in answers.iter().step_by(100) {
        let enrolled = answer.as_ref().unwrap();
        let check = restored.check(enrolled.person, "contact", &enrolled.digest).unwrap();
        assert_eq!(check, Check::Matches);
        let opened = restored.unseal(enrolled.person, "contact", READER).unwrap().unwrap();
        assert_eq!(*opened, plain);
    }
    assert!(!restored.enrol("late-0", "contact", b"", command(9 << 64)).unwrap().known);
    let names: Vec<_> = fs::read_dir(kept.folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.contains("partial"))
        .collect();
    assert!(names.is_empty(), "{names:?}");
}

#[test]
fn what_was_erased_is_erased_again_in_a_restored_backup() {
    let kept = Fixture::new();
    let first = kept.vault.enrol("1", "contact", b"plain", command(1)).unwrap();
    let to = kept.folder.path().join("backup.sqlite");
    kept.vault.backup(&to, |_, _| ()).unwrap();
    let later = kept.vault.enrol("2", "contact", b"plain", command(2)).unwrap();
    kept.vault.erase(first.person).unwrap();
    kept.vault.erase(later.person).unwrap();

    let key = MasterKey::load_or_create(kept.folder.path().join("master.key")).unwrap();
    let restored = Vault::open(&to, key, clock()).unwrap();
    assert!(restored.unseal(first.person, "contact", READER).unwrap().is_some());
    assert_eq!(restored.erase_again(&[first.person, later.person]).unwrap(), 1);
    for person in [first.person, later.person] {
        let check = restored.check(person, "contact", &first.digest).unwrap();
        assert_eq!(check, Check::Erased);
    }
}
