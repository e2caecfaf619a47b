//! What a crash, a late policy or two at once come between: between the log and the vault, an event and what follows from it.

use application::{Caller, PersonalCorrection, PersonalData, files};
use domain::identity_number::{AgeGroup, IdentityNumber};
use domain::squad::{Consent, Squad};
use domain::volunteer::{
    Command, PersonalDataCorrected, PersonalDataErased, PersonalItem, Volunteer,
};
use domain::{PersonId, SealedDigest};
use jiff::civil::date;
use tests::county::{COUNTY, County, TOWN, code, consent, person, refused, text};
use uuid::Uuid;

const REGISTRATION: &str = "registration";
const REASON: &str = "登记有误";

/// Seals a registration beside the one that stands, as a command does before its event.
fn prepared(county: &County, of: PersonId, change: impl FnOnce(&mut PersonalData)) -> SealedDigest {
    let mut personal = person(1).personal;
    change(&mut personal);
    let number = personal.identity_number.clone();
    let (vault, plain) =
        (county.app.vault.as_ref().unwrap(), serde_json::to_vec(&personal).unwrap());
    let of = vault::PersonId::try_from(of.bits()).unwrap();
    let sealed = vault.prepare(of, REGISTRATION, &plain, Some(&number), Uuid::new_v4()).unwrap();
    SealedDigest(*sealed.digest.as_bytes())
}

fn keeps(county: &County, of: PersonId, sealed: SealedDigest) -> bool {
    let of = vault::PersonId::try_from(of.bits()).unwrap();
    let digest = vault::Digest::from_bytes(sealed.0);
    county.app.vault.as_ref().unwrap().keeps(of, REGISTRATION, &digest).unwrap()
}

async fn decided(county: &County, of: PersonId, command: Command, by: &Caller) {
    county.app.execute::<Volunteer>(&of.to_string(), command, by).await.unwrap();
}

async fn held(county: &County, of: PersonId) -> PersonalData {
    let (purpose, by) = ("核对".to_owned(), county.office());
    county.app.read_personal_data(of, purpose, &by).await.unwrap().unwrap()
}

fn right() -> IdentityNumber {
    IdentityNumber::with_check_digit("99999919800301777").unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_correction_is_built_on_the_one_that_a_crash_left_unsettled() {
    let county = County::new().await;
    let volunteer = county.member(1).await;
    let sealed = prepared(&county, volunteer, |held| held.residence = "新村".to_owned());
    let corrected = PersonalDataCorrected {
        items: vec![PersonalItem::Residence],
        guardian_consent: false,
        reason: text(REASON),
        sealed,
    };
    let command = Command::CorrectPersonalData { corrected, age_group: AgeGroup::Adult };
    decided(&county, volunteer, command, &county.office()).await;
    let telephone = Some("13900000001".to_owned());
    let correction = PersonalCorrection { telephone, ..PersonalCorrection::default() };
    let office = county.office();
    county.app.correct_personal_data(volunteer, &correction, text(REASON), &office).await.unwrap();
    let now = held(&county, volunteer).await;
    assert_eq!((&*now.residence, &*now.telephone), ("新村", "13900000001"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_refused_correction_left_behind_is_destroyed_by_a_policy() {
    let county = County::new().await;
    let volunteer = county.member(1).await;
    let prepared =
        prepared(&county, volunteer, |held| held.identity_number = right().expose().to_owned());
    let command = Command::RequestIdentityCorrection { prepared, reason: text(REASON) };
    decided(&county, volunteer, command, &county.recorder()).await;
    county.settle().await;
    assert!(keeps(&county, volunteer, prepared));
    let command = Command::RefuseIdentityCorrection { correction: 1, reason: text(REASON) };
    decided(&county, volunteer, command, &county.office()).await;
    assert!(keeps(&county, volunteer, prepared), "the service fell here");
    county.settle().await;
    assert!(!keeps(&county, volunteer, prepared));
    let mut other = person(2);
    other.personal.identity_number = right().expose().to_owned();
    county.app.register_volunteer(other, &county.office()).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_number_that_is_held_is_no_correction() {
    let county = County::new().await;
    let volunteer = county.member(1).await;
    let same = IdentityNumber::parse(&person(1).personal.identity_number).unwrap();
    let (app, office) = (&county.app, county.office());
    let asked = app.request_identity_correction(volunteer, &same, text(REASON), &office).await;
    assert_eq!(refused(asked), "volunteer.same_identity");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn erasure_leaves_no_version_whatever_became_of_the_correction() {
    let county = County::new().await;
    let volunteer = county.member(1).await;
    let app = &county.app;
    for telephone in ["13900000001", "13900000002"] {
        let telephone = Some(telephone.to_owned());
        let correction = PersonalCorrection { telephone, ..PersonalCorrection::default() };
        app.correct_personal_data(volunteer, &correction, text(REASON), &county.office())
            .await
            .unwrap();
    }
    request(&county, volunteer).await;
    let mut versions = sealed(&county);
    let office = county.office();
    app.refuse_identity_correction(volunteer, 1, text(REASON), &office).await.unwrap();
    request(&county, volunteer).await;
    versions.extend(sealed(&county));
    versions.sort();
    versions.dedup();
    // As registered, two corrections, two requests: the refused one is gone already.
    assert_eq!(versions.iter().filter(|bytes| bytes.iter().any(|byte| *byte != 0)).count(), 5);
    assert_eq!(found(&county, &versions), 4);
    let erased = PersonalDataErased {
        reason: text("本人申请"),
        legal_basis: text("个人信息保护法第47条"),
    };
    app.erase_personal_data(volunteer, erased, &county.office()).await.unwrap();
    assert_eq!(found(&county, &versions), 0);
}

/// The sealed bytes of every version of everybody.
fn sealed(county: &County) -> Vec<Vec<u8>> {
    let vault = rusqlite::Connection::open(county.data().join(files::VAULT)).unwrap();
    let mut query = vault.prepare("SELECT sealed FROM sections").unwrap();
    query.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
}

/// How many of them stand in some file of the service, as far as they are more than zeros.
fn found(county: &County, versions: &[Vec<u8>]) -> usize {
    let mut files = Vec::new();
    crate::privacy::each_file(county.data(), |_, bytes| files.push(bytes.to_vec()));
    let there = |version: &&Vec<u8>| {
        let piece = &version[..16];
        piece.iter().any(|byte| *byte != 0)
            && files.iter().any(|bytes| bytes.windows(16).any(|window| window == piece))
    };
    versions.iter().filter(there).count()
}

async fn request(county: &County, volunteer: PersonId) {
    let (number, office) = (right(), county.office());
    county
        .app
        .request_identity_correction(volunteer, &number, text(REASON), &office)
        .await
        .unwrap();
}

async fn withdrawn(county: &County, volunteer: PersonId) {
    county.app.withdraw_volunteer(volunteer, text("迁居"), &county.office()).await.unwrap();
}

async fn returned(county: &County, unit: &str) -> PersonId {
    let mut back = person(1);
    back.unit = code(unit);
    back.consent = Some(fresh());
    county.app.register_volunteer(back, &county.office()).await.unwrap().volunteer
}

fn fresh() -> Consent {
    Consent { given_on: date(2021, 11, 12), ..consent() }
}

async fn in_squad(county: &County, volunteer: PersonId) -> bool {
    county.app.read_state::<Squad, _>(TOWN, |squad| squad.has(volunteer)).await.unwrap()
}

/// The policy that takes whoever withdrew out of the squad may come to it after they are back.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_comes_back_before_a_policy_noticed_stays_where_they_are_now() {
    for (unit, stays) in [(TOWN, true), ("330225002", false)] {
        let county = County::new().await;
        county.unit("330225002", "别镇", domain::unit::Kind::Town, Some(COUNTY)).await;
        let volunteer = county.member(1).await;
        county.settle().await;
        withdrawn(&county, volunteer).await;
        assert_eq!(returned(&county, unit).await, volunteer);
        county.settle().await;
        assert_eq!(in_squad(&county, volunteer).await, stays, "{unit}");
    }
    let county = County::new().await;
    let volunteer = county.member(1).await;
    withdrawn(&county, volunteer).await;
    county.settle().await;
    assert!(!in_squad(&county, volunteer).await);
}
