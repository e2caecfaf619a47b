//! The bytes that must not stay behind, searched in every file of the vault's folder.

use std::collections::HashSet;

use vault::{Enrol, MasterKey, PersonId};

use crate::fixture::{Fixture, command};

const PEOPLE: u64 = 1500;

/// Every aligned 8-byte piece of some secret bytes; 8 random bytes do not occur twice by chance.
type Pieces = HashSet<[u8; 8]>;

fn pieces(kept: &Fixture, column: &str, table: &str, wanted: impl Fn(i64) -> bool) -> Pieces {
    let raw = kept.raw();
    let mut query = raw.prepare(&format!("SELECT person, {column} FROM {table}")).unwrap();
    let rows = query.query_map([], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, Vec<u8>>(1)?)));
    rows.unwrap()
        .map(Result::unwrap)
        .filter(|(person, _)| wanted(*person))
        .flat_map(|(_, bytes)| bytes.as_chunks().0.to_vec())
        .filter(|piece| *piece != [0; 8])
        .collect()
}

/// How many of the pieces are somewhere in the folder's files, at any offset.
fn found(kept: &Fixture, pieces: &Pieces) -> usize {
    let bytes = kept.bytes();
    let windows = bytes.windows(8).filter_map(|window| window.as_array::<8>());
    windows.filter(|window| pieces.contains(*window)).collect::<HashSet<_>>().len()
}

/// Sections from a few bytes to several pages, so that some overflow a page of the database.
fn populated() -> (Fixture, Vec<PersonId>) {
    let kept = Fixture::new();
    let plain = vec![b'p'; 12_000];
    let numbers: Vec<String> = (0..PEOPLE).map(|number| number.to_string()).collect();
    let mut persons = Vec::new();
    // Several batches, so that the write-ahead log is written back in between.
    for batch in (0..).zip(&numbers).collect::<Vec<_>>().chunks(250) {
        let items: Vec<Enrol<'_>> = batch
            .iter()
            .map(|&(index, identity_number)| Enrol {
                identity_number,
                section: "contact",
                plain: &plain[..(index * 31) % 600 + usize::from(index % 50 == 0) * 9000],
                command: command(index as u128),
                reader: None,
            })
            .collect();
        let answers = kept.vault.enrol_many(&items).unwrap();
        persons.extend(answers.into_iter().map(|answer| answer.unwrap().person));
    }
    (kept, persons)
}

#[test]
fn erasure_leaves_no_byte_of_key_section_or_identity() {
    let (kept, persons) = populated();
    let gone: Vec<PersonId> = persons.iter().copied().step_by(3).collect();
    for &person in &gone[..3] {
        // Replaced before: the replaced bytes must be gone as well.
        let replaced =
            pieces(&kept, "sealed", "sections", |of| of == person.as_u64().cast_signed());
        assert!(!replaced.is_empty() && found(&kept, &replaced) > 0);
        kept.vault
            .seal(person, "contact", b"new", command(1 << 64 | u128::from(person.as_u64())))
            .unwrap();
        kept.vault.erase(person).unwrap();
        assert_eq!(found(&kept, &replaced), 0);
    }
    let ids: HashSet<i64> = gone[3..].iter().map(|person| person.as_u64().cast_signed()).collect();
    let secrets = [("sealed", "sections"), ("wrapped_key", "persons"), ("identity", "persons")]
        .map(|(column, table)| {
            (column, pieces(&kept, column, table, |person| ids.contains(&person)))
        });
    for (column, secret) in &secrets {
        // Not quite all: some pieces straddle two pages of the file.
        assert!(
            found(&kept, secret) * 100 > secret.len() * 99,
            "{column}: the search finds what is there"
        );
    }
    kept.vault.erase_again(&gone).unwrap();
    for (column, secret) in &secrets {
        assert_eq!(found(&kept, secret), 0, "{column} of {} before", secret.len());
    }
    let left = persons.iter().filter(|person| !gone.contains(person));
    for person in left.step_by(37) {
        assert!(kept.plain(*person, "contact").is_some());
    }
}

#[test]
fn a_new_master_key_leaves_nothing_the_old_one_opens() {
    let (kept, _) = populated();
    let keys = pieces(&kept, "wrapped_key", "persons", |_| true);
    assert_eq!(found(&kept, &keys), keys.len());
    assert_eq!(kept.vault.rewrap(MasterKey::generate().unwrap()).unwrap(), PEOPLE);
    assert_eq!(found(&kept, &keys), 0);
}

/// A row that changed its length would be moved, and leave a copy behind: SQLite stores 2 to 127 in one byte, 0 and 1 in none.
fn states_take_a_byte_each(kept: &Fixture) {
    let raw = kept.raw();
    let mut query = raw.prepare("SELECT DISTINCT current FROM sections").unwrap();
    let states = query.query_map([], |row| row.get::<_, i64>(0)).unwrap();
    states.for_each(|state| assert!((2..128).contains(&state.unwrap())));
}

/// Rows of one length fill their pages alike; among these lengths are some that leave a page no byte to grow by.
#[test]
fn erasing_corrected_people_of_a_full_vault_leaves_no_byte_of_any_version() {
    const LENGTHS: std::ops::Range<usize> = 200..214;
    const OF_A_LENGTH: usize = 30;
    let kept = Fixture::new();
    let plain = [b'p'; LENGTHS.end];
    let plain_of = |index: usize| &plain[..LENGTHS.start + index / OF_A_LENGTH];
    let numbers: Vec<String> =
        (0..LENGTHS.len() * OF_A_LENGTH).map(|number| number.to_string()).collect();
    let items = (0_u16..).zip(&numbers).map(|(index, identity_number)| Enrol {
        identity_number,
        section: "contact",
        plain: plain_of(usize::from(index)),
        command: command(u128::from(index)),
        reader: None,
    });
    let enrolled = kept.vault.enrol_many(&items.collect::<Vec<_>>()).unwrap();
    let persons: Vec<PersonId> =
        enrolled.into_iter().map(|answer| answer.unwrap().person).collect();
    for (index, &person) in (0_u16..).zip(&persons) {
        let (plain, command) = (plain_of(usize::from(index)), command(1 << 64 | u128::from(index)));
        let next = kept.vault.prepare(person, "contact", plain, None, command).unwrap().digest;
        if index == 0 {
            states_take_a_byte_each(&kept);
        }
        assert!(kept.vault.settle(person, "contact", &next).unwrap());
    }
    states_take_a_byte_each(&kept);
    let secret = pieces(&kept, "sealed", "sections", |_| true);
    assert!(found(&kept, &secret) * 100 > secret.len() * 99, "the search finds what is there");
    kept.vault.erase_again(&persons).unwrap();
    assert_eq!(found(&kept, &secret), 0, "of {} before", secret.len());
    states_take_a_byte_each(&kept);
}
