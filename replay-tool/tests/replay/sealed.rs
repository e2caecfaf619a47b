//! `verify` against the vault: every personal section is the one that its event vouches for, or was erased.

use jiff::Timestamp;
use uuid::Uuid;
use vault::{MasterKey, Vault};

use crate::fixture::Folder;

/// A volunteer whose section lies in the vault.
struct Registered {
    folder: Folder,
    vault: Vault,
    person: vault::PersonId,
}

fn registered() -> Registered {
    let folder = Folder::new();
    let master = MasterKey::load_or_create(folder.path("vault.key")).unwrap();
    let clock = Box::new(|| Timestamp::UNIX_EPOCH);
    let vault = Vault::open(folder.path("vault.sqlite"), master, clock).unwrap();
    let enrolled = vault
        .enrol("99999919900307001X", domain::sealed::REGISTRATION, b"name", Uuid::from_u128(1))
        .unwrap();
    let unit = r#"{"unit":"330225","name":"示例县","kind":"county"}"#;
    folder.tell("unit-330225", "UnitRegistered", unit, "2021-11-09T00:00:00Z", None);
    let registered = format!(
        r#"{{"unit":"330225","kind":"registered","recruitment":"long_term","political_status":"masses","age_group":"adult","consent":{{"given_on":"2021-11-12","form":"书面"}},"guardian_consent":false,"sealed":"{}"}}"#,
        enrolled.digest
    );
    let stream = format!("volunteer-{}", enrolled.person);
    folder.tell(&stream, "VolunteerRegistered", &registered, "2021-11-10T00:00:00Z", None);
    folder.project();
    Registered { folder, vault, person: enrolled.person }
}

impl Registered {
    fn tell_erased(&self) {
        let erased = r#"{"reason":"本人申请","legal_basis":"个人信息保护法第47条"}"#;
        let stream = format!("volunteer-{}", self.person);
        self.folder.tell(&stream, "PersonalDataErased", erased, "2021-11-11T00:00:00Z", None);
        self.folder.project();
    }

    /// Changes one bit of the sealed bytes.
    fn flip(&self) {
        let tool = rusqlite::Connection::open(self.folder.path("vault.sqlite")).unwrap();
        let query = "SELECT sealed FROM sections";
        let mut sealed: Vec<u8> = tool.query_row(query, [], |row| row.get(0)).unwrap();
        sealed[40] ^= 1;
        tool.execute("UPDATE sections SET sealed = ?1", [sealed]).unwrap();
    }
}

#[test]
fn a_section_as_it_was_sealed_passes() {
    let one = registered();
    one.folder.run(&["verify"]).exits(0).says(&["1 personal section(s) are as their events say"]);
}

#[test]
fn a_changed_byte_of_a_section_is_named() {
    let one = registered();
    one.flip();
    one.folder.run(&["verify"]).exits(1).says(&[
        &format!("[vault.section] position 2 stream volunteer-{} event 1", one.person),
        &format!("Section registration of {}", one.person),
    ]);
}

/// Whoever is elected tells the station how to be reached, before anybody appoints them.
#[test]
fn what_the_elected_told_is_vouched_for_by_the_election() {
    let one = registered();
    let section = "member-330225";
    let told = one.vault.enrol("99999919900307001X", section, b"name", Uuid::from_u128(2)).unwrap();
    let opened = r#"{"unit":"330225","estate":false,"opened_on":"2021-11-11"}"#;
    one.folder.tell("station-330225", "StationOpened", opened, "2021-11-11T00:00:00Z", None);
    let (person, digest) = (told.person, told.digest);
    let elected = format!(
        r#"{{"election":1,"held_on":"2021-11-11","body":"representatives","way":"election","elected":["{person}"],"result":"过半数","recorder":{{"account":"recorder-1","person":"V000000000004"}},"evidence":[],"sealed_here":[{{"member":"{person}","digest":"{digest}"}}]}}"#
    );
    one.folder.tell("station-330225", "SupervisorsElected", &elected, "2021-11-12T00:00:00Z", None);
    one.folder.project();
    one.folder.run(&["verify"]).exits(0).says(&["2 personal section(s)"]);
    one.flip();
    one.folder.run(&["verify"]).exits(1).says(&[
        "[vault.section] position 4 stream station-330225 event 2",
        &format!("Section {section} of {person}"),
    ]);
}

#[test]
fn a_section_that_is_gone_needs_an_event_that_says_so() {
    let one = registered();
    let tool = rusqlite::Connection::open(one.folder.path("vault.sqlite")).unwrap();
    tool.execute("UPDATE sections SET current = 5", []).unwrap();
    one.folder.run(&["verify"]).exits(1).says(&["[vault.missing] position 2"]);

    let one = registered();
    one.vault.erase(one.person).unwrap();
    one.folder.run(&["verify"]).exits(1).says(&["[vault.erased] position 2"]);
    one.tell_erased();
    one.folder.run(&["verify"]).exits(0).says(&["or erased"]);
}

/// The event comes first: until the vault followed, that is found.
#[test]
fn what_was_to_be_erased_and_remains_is_named() {
    let one = registered();
    one.tell_erased();
    one.folder.run(&["verify"]).exits(1).says(&["[vault.remains] position 2"]);
    one.vault.erase(one.person).unwrap();
    one.folder.run(&["verify"]).exits(0);
}
