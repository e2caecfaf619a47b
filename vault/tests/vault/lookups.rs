//! Finding people by what their sections say, and what of it lies in the file.

use vault::{Finder, PersonId, Vault};
use zeroize::Zeroizing;

use crate::fixture::{Fixture, command, contains, open};

const NUMBER: &str = "110101199003070134";

/// What stands behind `tel:`, in digits.
fn telephone(section: &str, plain: &[u8]) -> Option<Zeroizing<String>> {
    let text = str::from_utf8(plain).ok()?;
    let (_, number) = text.split_once("tel:")?;
    (section == "registration").then(|| Zeroizing::new(number.replace(' ', "")))
}

/// What a later rule makes of the same.
fn last_digits(section: &str, plain: &[u8]) -> Option<Zeroizing<String>> {
    telephone(section, plain).map(|number| Zeroizing::new(number[number.len() - 4..].to_owned()))
}

const RULE: Finder = Finder { revision: 1, term: telephone };

fn findable() -> Fixture {
    let Fixture { vault, folder } = Fixture::new();
    Fixture { vault: vault.found_by(RULE), folder }
}

fn enrolled(vault: &Vault, number: &str, plain: &str, id: u128) -> PersonId {
    vault.enrol(number, "registration", plain.as_bytes(), command(id)).unwrap().person
}

#[test]
fn everybody_who_says_it_is_found_and_nobody_else() {
    let kept = findable();
    let mother = enrolled(&kept.vault, "1", "a tel:138 0013 8000", 1);
    let son = enrolled(&kept.vault, "2", "b tel:13800138000", 2);
    enrolled(&kept.vault, "3", "c tel:13900138000", 3);
    kept.vault.seal(son, "contact", b"tel:13700000000", command(4)).unwrap();
    assert_eq!(kept.vault.holders("13800138000").unwrap(), [mother, son]);
    assert!(kept.vault.holders("13700000000").unwrap().is_empty());
    assert!(kept.vault.holders("").unwrap().is_empty());
}

#[test]
fn a_correction_is_found_once_it_stands_and_the_old_one_no_longer() {
    let kept = findable();
    let person = enrolled(&kept.vault, NUMBER, "tel:13800138000", 1);
    let old = kept.vault.digest(person, "registration").unwrap().unwrap();
    let prepare = |plain: &[u8], id| {
        kept.vault.prepare(person, "registration", plain, None, command(id)).unwrap().digest
    };
    let found = |term| kept.vault.holders(term).unwrap();
    let new = prepare(b"tel:13911112222", 2);
    assert_eq!((found("13800138000"), found("13911112222")), (vec![person], vec![]));
    kept.vault.settle(person, "registration", &new).unwrap();
    assert_eq!((found("13800138000"), found("13911112222")), (vec![], vec![person]));
    kept.vault.settle(person, "registration", &old).unwrap();
    assert_eq!((found("13800138000"), found("13911112222")), (vec![person], vec![]));
    let given_up = prepare(b"tel:13711112222", 3);
    kept.vault.give_up(person, "registration", &given_up).unwrap();
    kept.vault.settle(person, "registration", &given_up).unwrap();
    assert!(found("13711112222").is_empty());
    kept.vault.seal(person, "registration", b"tel:13611112222", command(4)).unwrap();
    assert_eq!((found("13800138000"), found("13611112222")), (vec![], vec![person]));
}

#[test]
fn an_older_vault_is_looked_through_and_so_it_is_after_a_new_rule() {
    let kept = Fixture::new();
    let many: Vec<PersonId> = (0..1200_u32)
        .map(|id| {
            let plain = format!("tel:138{id:08}");
            enrolled(&kept.vault, &format!("n{id}"), &plain, u128::from(id))
        })
        .collect();
    assert!(kept.vault.holders("13800000777").unwrap().is_empty(), "nobody has a rule");
    let kept = kept.reopened();
    let vault = kept.vault.found_by(RULE);
    let mut looked = 0;
    loop {
        match vault.look_through().unwrap() {
            0 => break,
            some => looked += some,
        }
    }
    assert_eq!(looked, 1200);
    assert_eq!(vault.holders("13800000777").unwrap(), [many[777]]);
    assert!(vault.reads(many[777], 0, 10).unwrap().is_empty(), "nobody saw it");
    drop(vault);
    let vault = open(&kept.folder).unwrap().found_by(Finder { revision: 2, term: last_digits });
    assert_eq!(vault.holders("0777").unwrap(), [many[777]]);
    assert!(vault.holders("13800000777").unwrap().is_empty());
}

#[test]
fn nothing_of_it_is_readable_and_erasure_leaves_no_lookup() {
    let kept = findable();
    let person = enrolled(&kept.vault, NUMBER, "tel:13800138000", 1);
    let before = kept.vault.prepare(person, "registration", b"tel:13911112222", None, command(2));
    kept.vault.settle(person, "registration", &before.unwrap().digest).unwrap();
    let hashes = |kept: &Fixture| -> Vec<Vec<u8>> {
        let raw = kept.raw();
        let mut query = raw.prepare("SELECT hash FROM lookups").unwrap();
        let rows = query.query_map([], |row| row.get(0)).unwrap();
        rows.map(Result::unwrap).collect()
    };
    let known = hashes(&kept);
    assert_eq!(known.len(), 2);
    let bytes = kept.bytes();
    assert!(known.iter().all(|hash| contains(&bytes, hash)), "the search finds what is there");
    assert!(!contains(&bytes, b"13800138000") && !contains(&bytes, b"13911112222"));
    kept.vault.erase(person).unwrap();
    let bytes = kept.bytes();
    assert!(known.iter().all(|hash| !contains(&bytes, hash)));
    assert!(kept.vault.holders("13911112222").unwrap().is_empty());
}

#[test]
fn a_new_master_key_leaves_people_findable() {
    let kept = findable();
    let person = enrolled(&kept.vault, NUMBER, "tel:13800138000", 1);
    kept.vault.rewrap(vault::MasterKey::generate().unwrap()).unwrap();
    assert_eq!(kept.vault.holders("13800138000").unwrap(), [person]);
    let other = enrolled(&kept.vault, "2", "tel:13800138000", 2);
    assert_eq!(kept.vault.holders("13800138000").unwrap(), [person, other]);
    assert_eq!(kept.vault.holder_of_identity(NUMBER).unwrap(), Some(person));
    assert_eq!(kept.vault.holder_of_identity("9").unwrap(), None);
}
