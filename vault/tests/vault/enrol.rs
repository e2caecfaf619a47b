//! One person per identity number, and repeated commands.

use std::collections::HashSet;
use std::time::Instant;

use uuid::Uuid;
use vault::{Enrol, Refusal, VaultError};

use crate::fixture::{Fixture, command, contains};

const NUMBER: &str = "11010519491231002X";

#[test]
fn a_person_is_sealed_and_opened_again() {
    let kept = Fixture::new();
    let enrolled = kept.vault.enrol(NUMBER, "contact", "张三".as_bytes(), command(1)).unwrap();
    assert!(!enrolled.known);
    let kept = kept.reopened();
    assert_eq!(kept.plain(enrolled.person, "contact").unwrap(), "张三".as_bytes());
    assert_eq!(kept.vault.digest(enrolled.person, "contact").unwrap(), Some(enrolled.digest));
}

#[test]
fn one_person_per_identity_number() {
    let kept = Fixture::new();
    let first = kept.vault.enrol(NUMBER, "contact", b"first", command(1)).unwrap();
    let second = kept.vault.enrol(" 11010519491231002x", "contact", b"second", command(2)).unwrap();
    assert_eq!((second.person, second.digest), (first.person, first.digest));
    assert!(second.known);
    assert_eq!(kept.plain(first.person, "contact").unwrap(), b"first");

    let other = kept.vault.enrol("110105194912310038", "contact", b"other", command(3)).unwrap();
    assert_ne!(other.person, first.person);
    assert!(!other.known);
}

#[test]
fn a_known_person_gets_the_section_they_lack() {
    let kept = Fixture::new();
    let first = kept.vault.enrol(NUMBER, "contact", b"contact", command(1)).unwrap();
    let second = kept.vault.enrol(NUMBER, "guardian", b"guardian", command(2)).unwrap();
    assert_eq!((second.person, second.known), (first.person, true));
    assert_eq!(kept.plain(first.person, "guardian").unwrap(), b"guardian");
    assert_eq!(kept.plain(first.person, "contact").unwrap(), b"contact");
}

#[test]
fn a_repeated_command_answers_as_the_first_time() {
    let kept = Fixture::new();
    let first = kept.vault.enrol(NUMBER, "contact", b"first", command(1)).unwrap();
    let known = kept.vault.enrol(NUMBER, "contact", b"again", command(2)).unwrap();
    let kept = kept.reopened();
    for _ in 0..3 {
        assert_eq!(kept.vault.enrol(NUMBER, "contact", b"first", command(1)).unwrap(), first);
        assert_eq!(kept.vault.enrol(NUMBER, "contact", b"again", command(2)).unwrap(), known);
    }
    let rows: i64 =
        kept.raw().query_row("SELECT count(*) FROM sections", [], |row| row.get(0)).unwrap();
    assert_eq!(rows, 1);
}

#[test]
fn a_command_is_for_one_identity_number() {
    let kept = Fixture::new();
    kept.vault.enrol(NUMBER, "contact", b"plain", command(1)).unwrap();
    for reused in [
        kept.vault.enrol("110105194912310038", "contact", b"plain", command(1)),
        kept.vault.enrol_without_identity("contact", b"plain", command(1)),
    ] {
        assert!(matches!(reused, Err(VaultError::Refused(Refusal::CommandReused))));
    }
}

#[test]
fn without_identity_every_command_is_a_new_person() {
    let kept = Fixture::new();
    let first = kept.vault.enrol_without_identity("contact", b"same", command(1)).unwrap();
    let other = kept.vault.enrol_without_identity("contact", b"same", command(2)).unwrap();
    assert_ne!(first.person, other.person);
    assert_ne!(first.digest, other.digest);
    let again = kept.vault.enrol_without_identity("contact", b"same", command(1)).unwrap();
    assert_eq!(again, first);
}

#[test]
fn many_at_once_refuse_only_the_bad_ones() {
    let kept = Fixture::new();
    let item = |identity_number, section, number| Enrol {
        identity_number,
        section,
        plain: b"plain",
        command: command(number),
        reader: None,
    };
    let items = [
        item(NUMBER, "contact", 1),
        item("", "contact", 2),
        item(NUMBER, "contact", 3),
        item("2", "Bad Name", 4),
        item("3", "contact", 1),
        item("4", "contact", 5),
    ];
    let answers = kept.vault.enrol_many(&items).unwrap();
    let first = answers[0].as_ref().unwrap();
    assert_eq!(answers[1], Err(Refusal::IdentityNumber));
    let same = answers[2].as_ref().unwrap();
    assert_eq!((same.person, same.known), (first.person, true));
    assert_eq!(answers[3], Err(Refusal::SectionName));
    assert_eq!(answers[4], Err(Refusal::CommandReused));
    assert!(answers[5].is_ok());
    assert_eq!(kept.vault.enrol_many(&items).unwrap(), answers);

    let too_many = vec![items[0]; vault::MAX_BATCH + 1];
    let refused = kept.vault.enrol_many(&too_many);
    assert!(matches!(refused, Err(VaultError::Refused(Refusal::TooManyAtOnce))));
}

#[test]
fn ten_thousand_people() {
    let kept = Fixture::new();
    let numbers: Vec<String> = (0..10_000).map(|number| format!("33022519{number:010}")).collect();
    let plain = [b'x'; 300];
    let items: Vec<Enrol<'_>> = numbers
        .iter()
        .zip(0..)
        .map(|(number, index)| Enrol {
            identity_number: number,
            section: "contact",
            plain: &plain,
            command: command(index),
            reader: None,
        })
        .collect();
    let started = Instant::now();
    let answers = kept.vault.enrol_many(&items).unwrap();
    println!("10 000 people enrolled in one transaction: {:?}", started.elapsed());
    let persons: HashSet<_> =
        answers.iter().map(|answer| answer.as_ref().unwrap().person).collect();
    assert_eq!(persons.len(), 10_000);
    assert_eq!(kept.vault.enrol_many(&items).unwrap(), answers);
}

#[test]
fn eight_threads_enrol_the_same_human() {
    let kept = Fixture::new();
    let answers: Vec<_> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..8u128)
            .map(|thread| {
                let vault = &kept.vault;
                scope.spawn(move || {
                    (0..20u128)
                        .map(|turn| {
                            let id = Uuid::from_u128(thread << 64 | turn);
                            vault.enrol(NUMBER, "contact", &thread.to_be_bytes(), id).unwrap()
                        })
                        .collect::<Vec<_>>()
                })
            })
            .collect();
        threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
    });
    let persons: HashSet<_> = answers.iter().map(|answer| (answer.person, answer.digest)).collect();
    assert_eq!(persons.len(), 1);
    assert_eq!(answers.iter().filter(|answer| !answer.known).count(), 1);
}

#[test]
fn neither_number_nor_plaintext_is_on_disk() {
    let kept = Fixture::new();
    let marker = b"MARKER-7f3a9c41";
    kept.vault.enrol(NUMBER, "contact", marker, command(1)).unwrap();
    let (before, kept) = (kept.bytes(), kept.reopened());
    for bytes in [before, kept.bytes()] {
        assert!(!contains(&bytes, marker));
        assert!(!contains(&bytes, NUMBER.as_bytes()));
        assert!(contains(&bytes, b"contact"), "the search looks at the right files");
    }
}
