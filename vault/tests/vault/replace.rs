//! Sections that are replaced in two steps, and identity numbers that were wrong.

use jiff::Timestamp;
use vault::{Check, Digest, IDENTITY, Refusal, VaultError};

use crate::fixture::{Fixture, READER, START, command, contains};

const NUMBER: &str = "110101199003070134";
const RIGHT: &str = "11010119900307014X";

/// Later than whatever the fixture's clock has told.
fn later() -> Timestamp {
    Timestamp::from_second(START + 1_000_000).unwrap()
}

fn digest(kept: &Fixture, person: vault::PersonId) -> Digest {
    kept.vault.digest(person, "registration").unwrap().unwrap()
}

#[test]
fn what_is_prepared_is_read_once_it_is_settled() {
    let kept = Fixture::new();
    let person = kept.vault.enrol(NUMBER, "registration", b"old", command(1)).unwrap().person;
    let before = digest(&kept, person);
    let next = kept.vault.prepare(person, "registration", b"new", None, command(2)).unwrap().digest;
    assert_eq!(kept.plain(person, "registration").unwrap(), b"old");
    // The log may refer to either while it stands between the two.
    for digest in [&before, &next] {
        assert_eq!(kept.vault.check(person, "registration", digest).unwrap(), Check::Matches);
    }
    assert!(kept.vault.settle(person, "registration", &next).unwrap());
    assert!(kept.vault.settle(person, "registration", &next).unwrap(), "again changes nothing");
    assert_eq!(kept.plain(person, "registration").unwrap(), b"new");
    // And back, as long as it is kept.
    assert!(kept.vault.settle(person, "registration", &before).unwrap());
    assert_eq!(kept.plain(person, "registration").unwrap(), b"old");
    assert_eq!(digest(&kept, person), before);
}

#[test]
fn a_repeated_command_prepares_nothing_twice() {
    let kept = Fixture::new();
    let person = kept.vault.enrol(NUMBER, "registration", b"old", command(1)).unwrap().person;
    let prepare = |plain| kept.vault.prepare(person, "registration", plain, None, command(2));
    let first = prepare(b"new").unwrap();
    assert_eq!(prepare(b"other").unwrap(), first);
    let other = kept.vault.enrol(RIGHT, "registration", b"", command(3)).unwrap().person;
    let reused = kept.vault.prepare(other, "registration", b"new", None, command(2));
    assert!(matches!(reused, Err(VaultError::Refused(Refusal::CommandReused))));
}

#[test]
fn what_was_replaced_is_destroyed_after_its_time() {
    let kept = Fixture::new();
    let person = kept.vault.enrol(NUMBER, "registration", b"old", command(1)).unwrap().person;
    let before = digest(&kept, person);
    let left =
        kept.vault.prepare(person, "registration", b"left", None, command(2)).unwrap().digest;
    let next = kept.vault.prepare(person, "registration", b"new", None, command(3)).unwrap().digest;
    kept.vault.settle(person, "registration", &next).unwrap();
    assert!(kept.vault.keeps(person, "registration", &before).unwrap());

    assert_eq!(kept.vault.clear_replaced(Timestamp::from_second(START).unwrap()).unwrap(), 0);
    assert_eq!(kept.vault.clear_replaced(later()).unwrap(), 2);
    assert_eq!(kept.vault.clear_replaced(later()).unwrap(), 0);
    for gone in [&before, &left] {
        assert!(!kept.vault.keeps(person, "registration", gone).unwrap());
        assert!(!kept.vault.settle(person, "registration", gone).unwrap());
        assert_eq!(kept.vault.check(person, "registration", gone).unwrap(), Check::Differs);
    }
    assert_eq!(kept.plain(person, "registration").unwrap(), b"new");
}

#[test]
fn a_corrected_number_is_the_persons_and_the_wrong_one_is_free_again() {
    let kept = Fixture::new();
    let person = kept.vault.enrol(NUMBER, "registration", b"old", command(1)).unwrap().person;
    let next =
        kept.vault.prepare(person, "registration", b"new", Some(RIGHT), command(2)).unwrap().digest;
    // Claimed: nobody registers under it meanwhile, and it is not yet this person's.
    assert_eq!(kept.vault.recognise(&[NUMBER, RIGHT], READER).unwrap(), [Some(person), None]);
    assert_eq!(kept.vault.holder_of_identity(RIGHT).unwrap(), None);
    let meanwhile = kept.vault.enrol(RIGHT, "registration", b"other", command(5));
    assert!(matches!(meanwhile, Err(VaultError::Refused(Refusal::IdentityTaken))));
    kept.vault.settle(person, "registration", &next).unwrap();
    assert_eq!(kept.vault.recognise(&[NUMBER, RIGHT], READER).unwrap(), [None, Some(person)]);
    let kept = kept.reopened();
    let other = kept.vault.enrol(NUMBER, "registration", b"other", command(3)).unwrap();
    assert!(!other.known);
    assert_ne!(other.person, person);
    let back = kept.vault.prepare(person, "registration", b"", Some(NUMBER), command(4));
    assert!(matches!(back, Err(VaultError::Refused(Refusal::IdentityTaken))));
    let reads = kept.vault.reads(person, 0, 10).unwrap();
    assert_eq!(reads.iter().filter(|read| read.section == IDENTITY).count(), 2);
}

#[test]
fn a_number_that_is_claimed_twice_is_the_persons_with_the_later_section() {
    let kept = Fixture::new();
    let person = kept.vault.enrol(NUMBER, "registration", b"old", command(1)).unwrap().person;
    let mut prepared = Vec::new();
    for of in [2, 3] {
        let next = kept.vault.prepare(person, "registration", b"new", Some(RIGHT), command(of));
        prepared.push(next.unwrap().digest);
    }
    kept.vault.give_up(person, "registration", &prepared[0]).unwrap();
    assert!(kept.vault.settle(person, "registration", &prepared[1]).unwrap());
    assert_eq!(kept.vault.recognise(&[NUMBER, RIGHT], READER).unwrap(), [None, Some(person)]);
}

#[test]
fn a_number_that_was_claimed_in_vain_is_free_after_a_while() {
    let kept = Fixture::new();
    let person = kept.vault.enrol(NUMBER, "registration", b"old", command(1)).unwrap().person;
    kept.vault.prepare(person, "registration", b"new", Some(RIGHT), command(2)).unwrap();
    kept.vault.clear_replaced(later()).unwrap();
    assert_eq!(kept.vault.recognise(&[NUMBER, RIGHT], READER).unwrap(), [Some(person), None]);
}

#[test]
fn what_is_prepared_is_shown_on_request_and_given_up() {
    let kept = Fixture::new();
    let person = kept.vault.enrol(NUMBER, "registration", b"old", command(1)).unwrap().person;
    let sealed = kept.vault.prepare(person, "registration", b"new", Some(RIGHT), command(2));
    let digest = sealed.unwrap().digest;
    let shown = || kept.vault.unseal_prepared(person, "registration", &digest, READER).unwrap();
    assert_eq!(**shown().unwrap(), *b"new");
    assert_eq!(kept.vault.reads(person, 0, 10).unwrap().len(), 1);
    for _ in 0..2 {
        kept.vault.give_up(person, "registration", &digest).unwrap();
    }
    assert!(shown().is_none());
    assert!(!kept.vault.settle(person, "registration", &digest).unwrap());
    assert_eq!(kept.vault.recognise(&[RIGHT], READER).unwrap(), [None]);
    assert_eq!(kept.plain(person, "registration").unwrap(), b"old");
}

#[test]
fn erasing_a_corrected_person_leaves_no_byte_of_any_version() {
    let kept = Fixture::new();
    let person = kept.vault.enrol(NUMBER, "registration", &[b'1'; 200], command(1)).unwrap().person;
    for (number, plain) in [(2, [b'2'; 200]), (3, [b'3'; 200]), (4, [b'4'; 200])] {
        let identity = (number > 2).then_some(RIGHT);
        let sealed = kept.vault.prepare(person, "registration", &plain, identity, command(number));
        // The last is prepared and never settled.
        if number < 4 {
            kept.vault.settle(person, "registration", &sealed.unwrap().digest).unwrap();
        }
    }
    let bytes_of = |sql: &str| -> Vec<Vec<u8>> {
        let raw = kept.raw();
        let mut query = raw.prepare(sql).unwrap();
        query.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
    };
    let mut secret = bytes_of("SELECT sealed FROM sections");
    assert_eq!(secret.len(), 4);
    secret.extend(bytes_of("SELECT identity FROM persons UNION ALL SELECT identity FROM claims"));
    secret.extend(bytes_of("SELECT wrapped_key FROM persons"));
    kept.vault.erase(person).unwrap();
    let left = kept.bytes();
    for bytes in &secret {
        assert!(!contains(&left, &bytes[..16]), "a piece of {} bytes is left", bytes.len());
    }
    assert_eq!(kept.vault.recognise(&[NUMBER, RIGHT], READER).unwrap(), [None, None]);
}
