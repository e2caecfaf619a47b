//! What is erased is gone, stays gone and does not come back by repetition.

use vault::{Check, Erased, PersonId, Refusal, VaultError};

use crate::fixture::{Fixture, READER, command};

const NUMBER: &str = "11010519491231002X";

#[test]
fn an_erased_person_is_refused_everywhere() {
    let kept = Fixture::new();
    let first = kept.vault.enrol(NUMBER, "contact", b"first", command(1)).unwrap();
    let person = first.person;
    kept.vault.seal(person, "guardian", b"guardian", command(2)).unwrap();
    assert_eq!(kept.vault.erase(person).unwrap(), Erased { sections: 2 });
    assert_eq!(kept.vault.erase(person).unwrap(), Erased { sections: 0 });

    let kept = kept.reopened();
    assert_eq!(kept.vault.digest(person, "contact").unwrap(), None);
    let check = kept.vault.check(person, "contact", &first.digest).unwrap();
    assert_eq!(check, Check::Erased);
    for refused in [
        kept.vault.unseal(person, "contact", READER).map(drop),
        kept.vault.seal(person, "contact", b"again", command(3)).map(drop),
        kept.vault.seal(person, "guardian", b"guardian", command(2)).map(drop),
        kept.vault.enrol(NUMBER, "contact", b"first", command(1)).map(drop),
    ] {
        match refused {
            Err(VaultError::Refused(refusal)) => assert_eq!(refusal, Refusal::Erased(person)),
            result => panic!("{result:?}"),
        }
    }
}

#[test]
fn the_same_human_may_come_anew_as_another_person() {
    let kept = Fixture::new();
    let first = kept.vault.enrol(NUMBER, "contact", b"first", command(1)).unwrap();
    kept.vault.erase(first.person).unwrap();
    let anew = kept.vault.enrol(NUMBER, "contact", b"anew", command(2)).unwrap();
    assert!(!anew.known);
    assert_ne!(anew.person, first.person);
    assert_eq!(kept.plain(anew.person, "contact").unwrap(), b"anew");
}

#[test]
fn who_read_is_known_after_the_erasure() {
    let kept = Fixture::new();
    let person = kept.vault.enrol(NUMBER, "contact", b"first", command(1)).unwrap().person;
    kept.vault.unseal(person, "contact", READER).unwrap();
    kept.vault.erase(person).unwrap();
    assert_eq!(kept.vault.reads(person, 0, 10).unwrap().len(), 1);
}

#[test]
fn a_stranger_cannot_be_erased_but_can_be_buried() {
    let kept = Fixture::new();
    let stranger: PersonId = "V00000000000A".parse().unwrap();
    let refused = kept.vault.erase(stranger);
    assert!(
        matches!(refused, Err(VaultError::Refused(Refusal::NoSuchPerson(person))) if person == stranger)
    );

    let known = kept.vault.enrol(NUMBER, "contact", b"first", command(1)).unwrap();
    let persons = [stranger, known.person];
    assert_eq!(kept.vault.erase_again(&persons).unwrap(), 1);
    assert_eq!(kept.vault.erase_again(&persons).unwrap(), 0);
    for person in persons {
        let check = kept.vault.check(person, "contact", &known.digest).unwrap();
        assert_eq!(check, Check::Erased);
    }
}

#[test]
fn an_erasure_that_leaves_bytes_behind_says_so() {
    let kept = Fixture::new();
    let person = kept.vault.enrol(NUMBER, "contact", b"first", command(1)).unwrap().person;
    let mut raw = kept.raw();
    let reading = raw.transaction().unwrap();
    let count: i64 =
        reading.query_row("SELECT count(*) FROM sections", [], |row| row.get(0)).unwrap();
    assert_eq!(count, 1);
    assert!(matches!(kept.vault.erase(person), Err(VaultError::BytesRemain)));
    reading.finish().unwrap();
    assert_eq!(kept.vault.erase(person).unwrap(), Erased { sections: 0 });
    let log = std::fs::metadata(kept.folder.path().join("vault.sqlite-wal")).unwrap();
    assert_eq!(log.len(), 0);
}
