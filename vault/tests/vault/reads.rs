//! No plaintext without a record.

use jiff::Timestamp;
use vault::{Reader, Refusal, VaultError};

use crate::fixture::{Fixture, READER, START, command};

#[test]
fn every_read_is_recorded_with_who_when_and_why() {
    let kept = Fixture::new();
    let person = kept.vault.enrol("1", "contact", b"plain", command(1)).unwrap().person;
    let other = kept.vault.enrol("2", "contact", b"plain", command(2)).unwrap().person;
    kept.vault.unseal(person, "contact", READER).unwrap();
    kept.vault.unseal(other, "contact", READER).unwrap();
    let supervisor = Reader { actor: "supervisor-2", purpose: "投诉核查" };
    kept.vault.unseal(person, "contact", supervisor).unwrap();

    let reads = kept.reopened().vault.reads(person, 0, 10).unwrap();
    let told: Vec<_> = reads
        .iter()
        .map(|read| (read.at, read.actor.as_str(), read.purpose.as_str(), read.section.as_str()))
        .collect();
    let second = |seconds| Timestamp::from_second(START + seconds).unwrap();
    assert_eq!(
        told,
        [
            (second(2), "officer-1", "real-name match", "contact"),
            (second(4), "supervisor-2", "投诉核查", "contact"),
        ]
    );
    assert!(reads.iter().all(|read| read.person == person));
}

#[test]
fn reads_are_paged() {
    let kept = Fixture::new();
    let person = kept.vault.enrol("1", "contact", b"plain", command(1)).unwrap().person;
    for _ in 0..7 {
        kept.vault.unseal(person, "contact", READER).unwrap();
    }
    let mut pages = Vec::new();
    let mut after = 0;
    while let Some(last) = kept.vault.reads(person, after, 3).unwrap().last() {
        let page = kept.vault.reads(person, after, 3).unwrap();
        pages.push(page.len());
        after = last.id;
    }
    assert_eq!(pages, [3, 3, 1]);
    assert!(kept.vault.reads(person, u64::MAX, 3).unwrap().is_empty());
}

#[test]
fn a_read_that_fails_on_changed_bytes_is_recorded_all_the_same() {
    let kept = Fixture::new();
    let person = kept.vault.enrol("1", "contact", b"plain", command(1)).unwrap().person;
    kept.raw().execute("UPDATE sections SET sealed = zeroblob(length(sealed))", []).unwrap();
    assert!(kept.vault.unseal(person, "contact", READER).is_err());
    assert_eq!(kept.vault.reads(person, 0, 10).unwrap().len(), 1);
}

#[test]
fn many_are_read_at_once_and_each_is_recorded() {
    let kept = Fixture::new();
    let [first, second, erased] = [1, 2, 3].map(|number: u8| {
        let plain = [number; 4];
        kept.vault
            .enrol(&number.to_string(), "contact", &plain, command(number.into()))
            .unwrap()
            .person
    });
    kept.vault.erase(erased).unwrap();
    let wanted =
        [(second, "contact"), (erased, "contact"), (first, "guardian"), (first, "contact")];
    let plain = kept.vault.unseal_many(&wanted, READER).unwrap();
    assert_eq!(plain[0].as_ref().unwrap().as_ref().unwrap().as_slice(), [2; 4]);
    assert!(matches!(plain[1], Err(VaultError::Refused(Refusal::Erased(_)))));
    assert!(matches!(plain[2], Ok(None)));
    assert_eq!(plain[3].as_ref().unwrap().as_ref().unwrap().as_slice(), [1; 4]);
    let counts =
        [first, second, erased].map(|person| kept.vault.reads(person, 0, 10).unwrap().len());
    assert_eq!(counts, [1, 1, 0]);
}

#[test]
fn nobody_reads_without_a_name_and_a_purpose() {
    let kept = Fixture::new();
    let person = kept.vault.enrol("1", "contact", b"plain", command(1)).unwrap().person;
    for (actor, purpose) in [("", "why"), ("who", ""), ("who", "  ")] {
        let refused = kept.vault.unseal(person, "contact", Reader { actor, purpose });
        assert!(matches!(refused, Err(VaultError::Refused(Refusal::Reader))));
    }
    assert!(kept.vault.reads(person, 0, 10).unwrap().is_empty());
}

#[test]
fn the_vault_does_not_print_itself() {
    let kept = Fixture::new();
    assert_eq!(format!("{:?}", kept.vault), "Vault { .. }");
}
