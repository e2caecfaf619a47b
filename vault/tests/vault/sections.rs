//! Sealing, replacing and checking sections; every changed byte is noticed.

use vault::{Check, Digest, Enrolled, PersonId, Refusal, VaultError};

use crate::fixture::{Fixture, READER, command};

fn enrolled(kept: &Fixture) -> Enrolled {
    kept.vault.enrol("11010519491231002X", "contact", b"first", command(1)).unwrap()
}

#[test]
fn a_section_is_replaced_and_the_old_digest_differs() {
    let kept = Fixture::new();
    let first = enrolled(&kept);
    let second = kept.vault.seal(first.person, "contact", b"second", command(2)).unwrap();
    assert_eq!(kept.plain(first.person, "contact").unwrap(), b"second");
    for (digest, check) in [(first.digest, Check::Differs), (second.digest, Check::Matches)] {
        assert_eq!(kept.vault.check(first.person, "contact", &digest).unwrap(), check);
    }
    let missing = kept.vault.check(first.person, "guardian", &first.digest).unwrap();
    assert_eq!(missing, Check::Missing);
    assert_eq!(kept.plain(first.person, "guardian"), None);
}

#[test]
fn a_repeated_seal_does_not_undo_a_later_one() {
    let kept = Fixture::new();
    let person = enrolled(&kept).person;
    let second = kept.vault.seal(person, "contact", b"second", command(2)).unwrap();
    kept.vault.seal(person, "contact", b"third", command(3)).unwrap();
    assert_eq!(kept.vault.seal(person, "contact", b"second", command(2)).unwrap(), second);
    assert_eq!(kept.plain(person, "contact").unwrap(), b"third");
}

#[test]
fn requests_that_cannot_be_met_are_refused_by_name() {
    let kept = Fixture::new();
    let person = enrolled(&kept).person;
    let other = kept.vault.enrol("2", "contact", b"other", command(2)).unwrap().person;
    let stranger: PersonId = "V000000000000".parse().unwrap();
    let long = vec![0; vault::MAX_PLAIN_BYTES + 1];
    for (person, section, plain, number, expected) in [
        (stranger, "contact", &b"x"[..], 3, Refusal::NoSuchPerson(stranger)),
        (person, "联系", b"x", 3, Refusal::SectionName),
        (person, "contact", &long, 3, Refusal::PlainTooLong),
        (other, "contact", b"x", 1, Refusal::CommandReused),
    ] {
        match kept.vault.seal(person, section, plain, command(number)) {
            Err(VaultError::Refused(refusal)) => assert_eq!(refusal, expected),
            result => panic!("{result:?} instead of {expected:?}"),
        }
    }
}

#[test]
fn every_flipped_byte_of_a_stored_section_is_noticed() {
    let kept = Fixture::new();
    let Enrolled { person, digest, .. } = enrolled(&kept);
    let raw = kept.raw();
    let sealed: Vec<u8> =
        raw.query_row("SELECT sealed FROM sections", [], |row| row.get(0)).unwrap();
    assert_eq!(Digest::of(&sealed), digest);
    for position in 0..sealed.len() {
        let mut changed = sealed.clone();
        changed[position] ^= 0x10;
        raw.execute("UPDATE sections SET sealed = ?1", [&changed]).unwrap();
        let opened = kept.vault.unseal(person, "contact", READER);
        assert!(matches!(opened, Err(VaultError::Tampered(_))), "byte {position}");
        let check = kept.vault.check(person, "contact", &digest).unwrap();
        assert_eq!(check, Check::Differs, "byte {position}");
    }
    raw.execute("UPDATE sections SET sealed = ?1", [&sealed]).unwrap();
    assert_eq!(kept.plain(person, "contact").unwrap(), b"first");
}

#[test]
fn sections_and_keys_moved_to_another_person_do_not_open() {
    let kept = Fixture::new();
    let person = enrolled(&kept).person;
    kept.vault.enrol("2", "contact", b"other", command(2)).unwrap();
    let raw = kept.raw();
    for (table, column) in [("sections", "sealed"), ("persons", "wrapped_key")] {
        let read = format!("SELECT {column} FROM {table} WHERE slot = ?1");
        let write = format!("UPDATE {table} SET {column} = ?1 WHERE slot = 1");
        let [own, others]: [Vec<u8>; 2] =
            [1, 2].map(|slot| raw.query_row(&read, [slot], |row| row.get(0)).unwrap());
        raw.execute(&write, [&others]).unwrap();
        let opened = kept.vault.unseal(person, "contact", READER);
        assert!(matches!(opened, Err(VaultError::Tampered(_))), "{table}");
        raw.execute(&write, [&own]).unwrap();
        assert_eq!(kept.plain(person, "contact").unwrap(), b"first");
    }
}
