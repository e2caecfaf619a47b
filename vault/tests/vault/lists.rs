//! A reading that shows several people is one record, and each of them finds it.

use std::time::Duration;

use vault::{Enrol, IDENTITY, KeylessVault, Means, PersonId, Reading, Refusal, Sought, VaultError};

use crate::fixture::{Fixture, READER, command};

const NAMES: [&str; 5] = ["王小明", "李大明", "赵一", "欧阳明月", "孙二"];

fn named() -> (Fixture, Vec<PersonId>) {
    let kept = Fixture::new();
    let persons = (1..).zip(NAMES).map(|(number, name)| {
        let enrolled =
            kept.vault.enrol(&format!("{number}"), "contact", name.as_bytes(), command(number));
        enrolled.unwrap().person
    });
    let persons = persons.collect();
    (kept, persons)
}

fn counted(kept: &Fixture) -> i64 {
    kept.raw().query_row("SELECT count(*) FROM reads", [], |row| row.get(0)).unwrap()
}

#[test]
fn a_list_is_one_reading_that_everybody_in_it_finds() {
    let (kept, persons) = named();
    kept.vault.erase(persons[4]).unwrap();
    let nobody = vault::PersonId::try_from(77).unwrap();
    let wanted = [persons[2], persons[0], persons[4], nobody];
    let shown = kept.vault.show(&wanted, "contact", Means::List, READER).unwrap();
    let shown: Vec<_> = shown.iter().map(|(person, plain)| (*person, plain.as_slice())).collect();
    assert_eq!(shown, [(persons[2], NAMES[2].as_bytes()), (persons[0], NAMES[0].as_bytes())]);
    assert_eq!(counted(&kept), 1);
    let mut all = Vec::new();
    KeylessVault::over(kept.raw()).each_reading(|reading| all.push(reading)).unwrap();
    let said = |one: &Reading| (one.id, one.actor.clone(), one.purpose.clone(), one.people);
    let told = (1, READER.actor.to_owned(), READER.purpose.to_owned(), 2);
    assert_eq!(all.iter().map(said).collect::<Vec<_>>(), [told]);
    let kept = kept.reopened();
    for (person, times) in [(persons[0], 1), (persons[1], 0), (persons[2], 1), (persons[4], 0)] {
        let reads = kept.vault.reads(person, 0, 10).unwrap();
        assert_eq!(reads.len(), times);
        for read in reads {
            assert_eq!((read.person, read.people), (person, 2));
            assert_eq!((read.means.as_deref(), read.section.as_str()), (Some("list"), "contact"));
            assert_eq!(
                (read.actor.as_str(), read.purpose.as_str()),
                (READER.actor, READER.purpose)
            );
        }
    }
}

#[test]
fn readings_of_one_and_of_several_are_paged_in_their_order() {
    let (kept, persons) = named();
    for round in 0..6 {
        if round % 2 == 0 {
            kept.vault.unseal(persons[0], "contact", READER).unwrap();
        } else {
            kept.vault.show(&persons, "contact", Means::List, READER).unwrap();
        }
    }
    let first = kept.vault.reads(persons[0], 0, 4).unwrap();
    let rest = kept.vault.reads(persons[0], first[3].id, 4).unwrap();
    let people: Vec<_> = first.iter().chain(&rest).map(|read| read.people).collect();
    assert_eq!(people, [1, 5, 1, 5, 1, 5]);
    assert!(first.iter().chain(&rest).is_sorted_by_key(|read| read.id));
}

#[test]
fn a_search_opens_all_and_shows_whom_it_found() {
    let (kept, persons) = named();
    let sought = |most, patience| Sought {
        matches: &|plain| String::from_utf8_lossy(plain).contains('明'),
        means: Means::Name,
        most,
        patience,
    };
    let long = Duration::from_secs(60);
    let found = kept.vault.select(&persons, "contact", &sought(10, long), READER).unwrap();
    let who: Vec<_> = found.found.iter().map(|(person, _)| *person).collect();
    assert_eq!(who, [persons[0], persons[1], persons[3]]);
    assert_eq!((found.looked, found.whole), (5, true));
    let read = |person| kept.vault.reads(person, 0, 10).unwrap();
    assert_eq!(read(persons[0])[0].means.as_deref(), Some("name"));
    assert!(read(persons[2]).is_empty(), "compared and forgotten");

    let some = kept.vault.select(&persons, "contact", &sought(2, long), READER).unwrap();
    assert_eq!((some.found.len(), some.whole), (2, false));
    assert_eq!(read(persons[3]).len(), 1, "who was left out was not shown");
}

#[test]
fn that_nobody_was_found_is_recorded_too() {
    let (kept, persons) = named();
    let sought = Sought {
        matches: &|_| false,
        means: Means::Name,
        most: 5,
        patience: Duration::from_secs(60),
    };
    kept.vault.select(&persons, "contact", &sought, READER).unwrap();
    kept.vault.show(&[], "contact", Means::Lookup, READER).unwrap();
    assert_eq!(counted(&kept), 2);
}

#[test]
fn numbers_recognised_together_are_one_reading() {
    let (kept, persons) = named();
    let found = kept.vault.recognise(&["1", "9", "3", "1"], READER).unwrap();
    assert_eq!(found, [Some(persons[0]), None, Some(persons[2]), Some(persons[0])]);
    let items = ["2", "3", "8"].map(|identity_number| Enrol {
        identity_number,
        section: "contact",
        plain: b"",
        command: command(100 + identity_number.parse::<u128>().unwrap()),
        reader: Some(READER),
    });
    for _ in 0..2 {
        // Asked again, it says nothing that it had not said.
        kept.vault.enrol_many(&items).unwrap();
    }
    assert_eq!(counted(&kept), 2);
    let reads = kept.vault.reads(persons[2], 0, 10).unwrap();
    let told: Vec<_> = reads.iter().map(|read| (read.section.as_str(), read.people)).collect();
    assert_eq!(told, [(IDENTITY, 2), (IDENTITY, 2)]);
}

#[test]
fn a_reading_of_too_many_is_refused_and_not_recorded() {
    let (kept, persons) = named();
    let many = vec![persons[0]; vault::MAX_SHOWN + 1];
    let refused = kept.vault.show(&many, "contact", Means::List, READER);
    assert!(matches!(refused, Err(VaultError::Refused(Refusal::TooManyAtOnce))));
    assert_eq!(counted(&kept), 0);
}
