//! The master key: its file, its environment variable, its replacement.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use tempfile::TempDir;
use vault::{Check, KeyError, KeylessVault, MasterKey, Vault, VaultError};

use crate::fixture::{Fixture, READER, clock, command, open};

fn mode(path: impl AsRef<std::path::Path>) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[test]
fn files_are_for_their_owner_only() {
    let kept = Fixture::new();
    kept.vault.enrol("1", "contact", b"plain", command(1)).unwrap();
    let mut names = Vec::new();
    for entry in fs::read_dir(kept.folder.path()).unwrap() {
        let entry = entry.unwrap();
        names.push(entry.file_name().into_string().unwrap());
        assert_eq!(mode(entry.path()), 0o600, "{names:?}");
    }
    names.sort();
    assert_eq!(names, ["master.key", "vault.sqlite", "vault.sqlite-shm", "vault.sqlite-wal"]);
}

#[test]
fn a_key_file_open_to_others_is_refused() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("master.key");
    MasterKey::load_or_create(&path).unwrap();
    for bits in [0o640, 0o604, 0o620, 0o777] {
        fs::set_permissions(&path, fs::Permissions::from_mode(bits)).unwrap();
        let refused = MasterKey::load_or_create(&path);
        assert!(matches!(refused, Err(KeyError::OpenToOthers(_))), "{bits:o}");
    }
    fs::set_permissions(&path, fs::Permissions::from_mode(0o400)).unwrap();
    assert!(MasterKey::load_or_create(&path).is_ok());
}

#[test]
fn a_key_file_with_other_content_is_refused() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("master.key");
    MasterKey::load_or_create(&path).unwrap();
    let good = fs::read_to_string(&path).unwrap();
    for bad in [
        "",
        "secret",
        &good.to_uppercase().replace('0', "A"),
        &good[1..],
        &good.repeat(2),
        "\u{7f}\0",
    ] {
        fs::write(&path, bad).unwrap();
        let refused = MasterKey::load_or_create(&path).err().unwrap();
        assert!(matches!(refused, KeyError::Malformed));
        assert!(!refused.to_string().contains(good.trim()));
    }
    fs::write(&path, good.trim()).unwrap();
    assert!(MasterKey::load_or_create(&path).is_ok());
}

#[test]
fn a_key_file_is_read_however_an_editor_saved_it() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("master.key");
    MasterKey::load_or_create(&path).unwrap();
    let good = fs::read_to_string(&path).unwrap().replace('\n', " \r\n\r\n");
    let wide = |order: fn(u16) -> [u8; 2]| {
        format!("\u{feff}{good}").encode_utf16().flat_map(order).collect::<Vec<u8>>()
    };
    let saved = [
        good.clone().into_bytes(),
        format!("\u{feff}{good}").into_bytes(),
        wide(u16::to_le_bytes),
        wide(u16::to_be_bytes),
    ];
    for bytes in saved {
        fs::write(&path, &bytes).unwrap();
        assert!(MasterKey::load_or_create(&path).is_ok(), "{} bytes", bytes.len());
        fs::write(&path, &bytes[..bytes.len() / 2]).unwrap();
        let refused = MasterKey::load_or_create(&path).err();
        assert!(matches!(refused, Some(KeyError::Malformed)), "half of a key");
    }
}

#[test]
fn processes_that_start_together_share_one_key() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("master.key");
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| MasterKey::load_or_create(&path).map(drop).unwrap());
        }
    });
    let names: Vec<_> =
        fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(names, ["master.key"]);
}

#[test]
fn the_environment_is_asked_by_name() {
    let missing = MasterKey::from_env("YUANFA_NO_SUCH_VARIABLE").err().unwrap();
    assert!(
        matches!(missing, KeyError::NotInEnvironment(name) if name == "YUANFA_NO_SUCH_VARIABLE")
    );
    // Cargo sets this one for tests; it is no key, and its value is not repeated.
    let malformed = MasterKey::from_env("CARGO_PKG_NAME").err().unwrap();
    assert!(matches!(malformed, KeyError::Malformed));
    assert!(!malformed.to_string().contains("vault"));
}

#[test]
fn a_wrong_master_key_is_refused() {
    let kept = Fixture::new();
    kept.vault.enrol("1", "contact", b"plain", command(1)).unwrap();
    let other = Vault::open(kept.file(), MasterKey::generate().unwrap(), clock());
    assert!(matches!(other, Err(VaultError::WrongMasterKey)));
}

#[test]
fn a_file_of_another_format_is_refused() {
    let kept = Fixture::new();
    kept.raw().pragma_update(None, "user_version", 5).unwrap();
    let refused = open(&kept.folder);
    assert!(matches!(refused, Err(VaultError::Format { found: 5, known: 4 })));
}

#[test]
fn a_file_of_the_format_before_is_read_and_brought_up() {
    let kept = Fixture::new();
    let person = kept.vault.enrol("1", "contact", b"old", command(1)).unwrap().person;
    let old = kept.vault.digest(person, "contact").unwrap().unwrap();
    let next = kept.vault.prepare(person, "contact", b"new", Some("2"), command(2)).unwrap().digest;
    kept.vault.enrol("3", "contact", b"replaced", command(3)).unwrap();
    let other = kept.vault.enrol("3", "contact", b"", command(4)).unwrap().person;
    kept.vault.seal(other, "contact", b"other", command(5)).unwrap();
    kept.raw()
        .execute_batch(
            "DROP INDEX sections_current;
             UPDATE sections SET current = CASE current WHEN 4 THEN 1 WHEN 5 THEN 0 ELSE current END;
             CREATE UNIQUE INDEX sections_current ON sections (person, section) WHERE current = 1;
             PRAGMA user_version = 3",
        )
        .unwrap();
    // Auditors read it as it is.
    let keyless = KeylessVault::over(kept.raw());
    for digest in [&old, &next] {
        assert_eq!(keyless.check(person, "contact", digest).unwrap(), Check::Matches);
    }
    drop(keyless);
    let kept = kept.reopened();
    assert_eq!(kept.plain(person, "contact").unwrap(), b"old");
    assert_eq!(kept.plain(other, "contact").unwrap(), b"other");
    assert!(kept.vault.settle(person, "contact", &next).unwrap());
    assert_eq!(kept.plain(person, "contact").unwrap(), b"new");
    assert_eq!(kept.vault.recognise(&["1", "2"], READER).unwrap(), [None, Some(person)]);
    assert_eq!(kept.reopened().plain(person, "contact").unwrap(), b"new");
}

#[test]
fn changed_key_material_is_noticed() {
    let kept = Fixture::new();
    kept.raw()
        .execute("UPDATE meta SET value = zeroblob(length(value)) WHERE name = 'index-key'", [])
        .unwrap();
    assert!(matches!(open(&kept.folder), Err(VaultError::Tampered(_))));
}

#[test]
fn a_new_master_key_keeps_persons_digests_codes_and_the_identity_index() {
    let kept = Fixture::new();
    let first = kept.vault.enrol("1", "contact", b"plain", command(1)).unwrap();
    let erased = kept.vault.enrol("2", "contact", b"plain", command(2)).unwrap().person;
    kept.vault.erase(erased).unwrap();
    let code = kept.vault.code("follow-up", "Y1");
    let elsewhere = open(&kept.folder).unwrap();

    let new = kept.folder.path().join("new.key");
    let rewrapped = kept.vault.rewrap(MasterKey::load_or_create(&new).unwrap()).unwrap();
    assert_eq!(rewrapped, 1);
    assert_eq!(kept.plain(first.person, "contact").unwrap(), b"plain");
    assert!(kept.vault.code("follow-up", "Y1").is(code.expose()));

    // A process that still holds the old key may not seal anything under it.
    let stale = elsewhere.enrol("3", "contact", b"plain", command(3));
    assert!(matches!(stale, Err(VaultError::WrongMasterKey)));
    assert!(matches!(open(&kept.folder), Err(VaultError::WrongMasterKey)));

    let reopened =
        Vault::open(kept.file(), MasterKey::load_or_create(&new).unwrap(), clock()).unwrap();
    let again = reopened.enrol("1", "contact", b"other", command(4)).unwrap();
    assert_eq!((again.person, again.digest, again.known), (first.person, first.digest, true));
    let plain = reopened.unseal(first.person, "contact", READER).unwrap().unwrap();
    assert_eq!(*plain, b"plain");
    assert!(reopened.code("follow-up", "Y1").is(code.expose()));
}

#[test]
fn another_vault_makes_other_codes() {
    let (one, other) = (Fixture::new(), Fixture::new());
    let code = one.vault.code("follow-up", "Y1");
    assert!(!other.vault.code("follow-up", "Y1").is(code.expose()));
    assert!(one.reopened().vault.code("follow-up", "Y1").is(code.expose()));
}
