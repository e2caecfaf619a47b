//! The digest over all readings: whatever is changed, taken out or put in afterwards, it shows.

use jiff::Timestamp;
use vault::{Digest, KeylessVault, Means, PersonId, Stretch};

use crate::fixture::{Fixture, READER, START, command};

const NONE: Digest = Digest::from_bytes([0; 32]);

/// Three people, and of them a reading of one, a list and another of one.
fn read() -> (Fixture, Vec<PersonId>) {
    let kept = Fixture::new();
    let persons: Vec<_> = (1..=3)
        .map(|number| {
            kept.vault.enrol(&number.to_string(), "contact", b"x", command(number)).unwrap().person
        })
        .collect();
    kept.vault.unseal(persons[0], "contact", READER).unwrap();
    kept.vault.show(&persons, "contact", Means::List, READER).unwrap();
    kept.vault.unseal(persons[2], "contact", READER).unwrap();
    (kept, persons)
}

fn all(kept: &Fixture) -> Stretch {
    kept.vault.readings(0, &NONE, u64::MAX).unwrap()
}

#[test]
fn stretches_join_to_the_same_digest() {
    let (kept, _) = read();
    let whole = all(&kept);
    assert_eq!((whole.readings, whole.last), (3, 3));
    let first = kept.vault.readings(0, &NONE, 1).unwrap();
    let rest = kept.vault.readings(first.last, &first.digest, u64::MAX).unwrap();
    assert_eq!((rest.readings, rest.last, rest.digest), (2, 3, whole.digest));
    let none = kept.vault.readings(3, &whole.digest, u64::MAX).unwrap();
    assert_eq!(none, Stretch { readings: 0, ..whole });
    let keyless = KeylessVault::over(kept.raw());
    assert_eq!(keyless.readings(0, &NONE, u64::MAX).unwrap(), whole);
}

#[test]
fn a_day_ends_before_the_first_reading_of_the_next() {
    let (kept, _) = read();
    let second = |seconds| Timestamp::from_second(START + seconds).unwrap();
    // They were read in the seconds 3, 4 and 5.
    assert_eq!(kept.vault.reading_after(0).unwrap(), Some((1, second(3))));
    assert_eq!(kept.vault.reading_after(3).unwrap(), None);
    let before = |moment| kept.vault.readings_before(0, &NONE, moment).unwrap();
    assert_eq!(before(second(3)).readings, 0);
    assert_eq!((before(second(5)).readings, before(second(5)).last), (2, 2));
    assert_eq!(before(second(6)), all(&kept));
    // A clock that was set back: what was read later stays later.
    kept.raw().execute("UPDATE reads SET at = at - 1000000000 WHERE id = 3", []).unwrap();
    assert_eq!(before(second(4)).last, 1);
}

#[test]
fn what_is_taken_out_before_it_is_stated_leaves_a_gap_in_the_numbers() {
    let (kept, _) = read();
    assert_eq!(kept.vault.numbered_after(1).unwrap(), (2, 2));
    assert_eq!(kept.vault.numbered_after(9).unwrap(), (0, 0));
    kept.raw().execute("DELETE FROM reads WHERE id = 3", []).unwrap();
    assert_eq!(kept.vault.numbered_after(1).unwrap(), (2, 1), "also the last");
}

#[test]
fn whatever_is_changed_shows() {
    let (kept, persons) = read();
    let told = all(&kept).digest;
    let one = persons[1].as_u64();
    kept.vault.backup(kept.folder.path().join("as-it-was"), |_, _| {}).unwrap();
    for change in [
        "UPDATE reads SET purpose = 'another' WHERE id = 1".to_owned(),
        "UPDATE reads SET actor = 'another' WHERE id = 3".to_owned(),
        "UPDATE reads SET at = at + 1 WHERE id = 2".to_owned(),
        format!("UPDATE reads SET person = {one} WHERE id = 1"),
        "DELETE FROM reads WHERE id = 1".to_owned(),
        "DELETE FROM reads WHERE id = 3".to_owned(),
        "UPDATE lists SET means = 'name'".to_owned(),
        "UPDATE lists SET people = substr(people, 9)".to_owned(),
        format!("DELETE FROM shown WHERE person = {one}"),
        "INSERT INTO reads (at, actor, purpose, person, section) VALUES (1, 'a', 'b', 5, 'c')"
            .to_owned(),
        "UPDATE reads SET actor = actor || 'r', purpose = substr(purpose, 2) WHERE id = 1"
            .to_owned(),
    ] {
        let copy = kept.folder.path().join("copy");
        std::fs::copy(kept.folder.path().join("as-it-was"), &copy).unwrap();
        let copy = rusqlite::Connection::open(copy).unwrap();
        assert_eq!(copy.execute(&change, []).unwrap(), 1, "{change}");
        let changed = KeylessVault::over(copy).readings(0, &NONE, u64::MAX).unwrap();
        assert_ne!(changed.digest, told, "{change}");
    }
    assert_eq!(all(&kept).digest, told);
}
