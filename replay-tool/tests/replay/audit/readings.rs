//! `audit access`: who read personal data and for what, and whether every day was stated.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use jiff::Timestamp;
use serde_json::Value;
use uuid::Uuid;
use vault::{Digest, MasterKey, PersonId, Reader, Vault};

use crate::fixture::Folder;

const DAY: i64 = 86_400;
/// Noon of 1 March 2022 in the county.
const NOON: i64 = 1_646_107_200;

/// A data folder with a vault of one person, and its clock.
struct Readings {
    folder: Folder,
    vault: Vault,
    person: PersonId,
    clock: Arc<AtomicI64>,
}

impl Readings {
    fn new() -> Self {
        let folder = Folder::new();
        let master = MasterKey::load_or_create(folder.path("vault.key")).unwrap();
        let clock = Arc::new(AtomicI64::new(NOON));
        let told = Arc::clone(&clock);
        let now = move || Timestamp::from_second(told.load(Ordering::Relaxed)).unwrap();
        let vault = Vault::open(folder.path("vault.sqlite"), master, Box::new(now)).unwrap();
        let number = "99999919900307001X";
        let person =
            vault.enrol(number, "registration", b"name", Uuid::from_u128(1)).unwrap().person;
        let unit = r#"{"unit":"330225","name":"示例县","kind":"county"}"#;
        folder.tell("unit-330225", "UnitRegistered", unit, "2022-02-01T00:00:00Z", None);
        Self { folder, vault, person, clock }
    }

    fn read(&self, purpose: &str, times: u32) {
        let reader = Reader { actor: "clerk-1", purpose };
        for _ in 0..times {
            self.vault.unseal(self.person, "registration", reader).unwrap().unwrap();
        }
    }

    /// The next day states what was read so far.
    fn state(&self, readings: u64) {
        let day = self.clock.fetch_add(DAY, Ordering::Relaxed);
        let day = domain::county_date(Timestamp::from_second(day).unwrap());
        let digest = Digest::from_bytes([7; 32]);
        let stated = format!(
            r#"{{"day":"{day}","after":0,"last":{readings},"readings":{readings},"digest":"{digest}"}}"#
        );
        self.folder.tell(
            "operation-county",
            "ReadingsStated",
            &stated,
            "2022-03-02T00:10:00Z",
            None,
        );
    }

    fn audit(&self, as_of: &str) -> (u8, Vec<String>) {
        let args = ["audit", "access", "--as-of", as_of, "--format", "json"];
        let answer = self.folder.run(&args);
        let rows = answer.json()["rows"].as_array().unwrap().clone();
        let findings = rows.iter().flat_map(|row| row["findings"].as_array().unwrap().clone());
        let code = |it: Value| it["code"].as_str().unwrap().to_owned();
        (answer.code, findings.map(code).collect())
    }
}

#[test]
fn a_reading_has_a_purpose_that_fits_and_is_stated_the_day_after() {
    let one = Readings::new();
    one.read("电话回访", 3);
    one.read("办理本人申请", 20);
    assert_eq!(one.audit("2022-03-02"), (0, vec![]));
    assert_eq!(one.audit("2022-03-03"), (1, vec!["access.not_stated".to_owned()]));
    one.state(23);
    assert_eq!(one.audit("2022-03-10"), (0, vec![]));
    let shown = one.folder.run(&["audit", "access", "--as-of", "2022-03-10"]).exits(0);
    shown.says(&["clerk-1", "2022-03-01", "2 accounts and statements: 0 missing, 0 wrong"]);
}

#[test]
fn purposes_that_say_nothing_or_do_not_fit_are_found() {
    let one = Readings::new();
    one.read("看看", 2);
    one.read("投诉核查", 21);
    one.state(23);
    let found = ["access.purpose_does_not_fit", "access.no_purpose"].map(str::to_owned);
    assert_eq!(one.audit("2022-03-10"), (1, found.to_vec()));
    // Of the past only what had been read by then counts.
    assert_eq!(one.audit("2022-02-28"), (0, vec![]));
}

#[test]
fn many_people_in_a_day_take_a_purpose_that_lists_them() {
    let codes = |purpose: &str| {
        let one = Readings::new();
        one.read(purpose, 1_001);
        one.state(1_001);
        one.audit("2022-03-10")
    };
    let many = vec!["access.many_people".to_owned()];
    assert_eq!(codes("电话回访"), (1, many.clone()));
    assert_eq!(codes("打印花名册"), (0, many));
}

#[test]
fn a_statement_is_held_against_the_records_where_there_are_any() {
    let one = Readings::new();
    one.read("电话回访", 3);
    one.state(4);
    assert_eq!(one.audit("2022-03-10"), (1, vec!["access.stated_differs".to_owned()]));
    let elsewhere = one.folder.path("no-vault.sqlite");
    let args = ["audit", "access", "--as-of", "2022-03-10", "--vault", elsewhere.to_str().unwrap()];
    one.folder.run(&args).exits(3);
}
