//! The only way to a fact: idempotent, consistent, without contention, and closed to whoever may not.

use std::sync::Arc;
use std::time::Instant;

use application::{Clock as _, Error};
use domain::activity::Insured;
use domain::{PersonId, Role};
use event_store::Version;
use futures::stream::{self, StreamExt as _, TryStreamExt as _};
use jiff::SignedDuration;
use tests::county::{COUNTY, County, TOWN, activity, caller, code, consent, person, refused, text};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_same_command_again_answers_as_the_first_time() {
    let county = County::new().await;
    let office = county.office();
    let first = county.app.declare_headcount(&code(TOWN), 120, &office).await.unwrap();
    county.app.declare_headcount(&code(TOWN), 130, &county.office()).await.unwrap();
    let again = county.app.declare_headcount(&code(TOWN), 120, &office).await.unwrap();
    assert!(again.repeated && !first.repeated);
    assert_eq!(
        (again.version, again.position, &again.events),
        (first.version, first.position, &first.events)
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_registration_repeated_gives_the_same_number() {
    let county = County::new().await;
    let office = county.office();
    let first = county.app.register_volunteer(person(1), &office).await.unwrap();
    let again = county.app.register_volunteer(person(1), &office).await.unwrap();
    assert_eq!(first.volunteer, again.volunteer);
    assert!(again.done.repeated);
    let other = county.app.register_volunteer(person(1), &county.office()).await;
    assert_eq!(refused(other), "volunteer.already_registered");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_saw_an_older_version_is_told_so() {
    let county = County::new().await;
    let mut office = county.office();
    office.seen = Some(Version(7));
    let answer = county.app.declare_headcount(&code(TOWN), 120, &office).await;
    assert!(
        matches!(answer, Err(Error::Outdated { seen: Version(7), actual: Version(1) })),
        "{answer:?}"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn another_node_s_writing_is_seen() {
    let county = County::new().await;
    county.app.declare_headcount(&code(TOWN), 120, &county.office()).await.unwrap();
    // A second service on the same log, as another node would be.
    let folder = tempfile::tempdir().unwrap();
    let key = vault::MasterKey::generate().unwrap();
    let other = application::App::with_store(
        folder.path(),
        Arc::clone(&county.app.store),
        key,
        Arc::clone(&county.clock) as _,
    )
    .await
    .unwrap();
    other.declare_headcount(&code(TOWN), 140, &county.office()).await.unwrap();
    let done = county.app.declare_headcount(&code(TOWN), 150, &county.office()).await.unwrap();
    assert_eq!(done.version, Version(4));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_acts_outside_their_subtree_or_beyond_their_role() {
    let county = County::new().await;
    let elsewhere = caller(Role::UnitAdministrator, "A-ELSEWHERE", Some("330225999"));
    county.unit("330225999", "别镇", domain::unit::Kind::Town, Some(COUNTY)).await;
    assert_eq!(
        refused(county.app.declare_headcount(&code(TOWN), 9, &elsewhere).await),
        "permission.elsewhere"
    );
    let auditor = caller(Role::Auditor, "A-AUDITOR", None);
    assert_eq!(
        refused(county.app.declare_headcount(&code(TOWN), 9, &auditor).await),
        "permission.role"
    );
    let volunteer = county.member(1).await;
    let stranger = county.volunteer(PersonId::from_bits(5));
    let read = county.app.read_personal_data(volunteer, "好奇".into(), &stranger).await;
    assert_eq!(refused(read), "permission.not_own");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn reading_personal_data_is_itself_recorded() {
    let county = County::new().await;
    let volunteer = county.member(1).await;
    let data = county
        .app
        .read_personal_data(volunteer, "电话通知".into(), &county.office())
        .await
        .unwrap()
        .unwrap();
    assert_eq!(data.name, "示例1");
    let person = vault::PersonId::try_from(volunteer.bits()).unwrap();
    let reads = county.app.vault.as_ref().unwrap().reads(person, 0, 10).unwrap();
    assert_eq!(reads.len(), 1);
    assert_eq!((reads[0].actor.as_str(), reads[0].purpose.as_str()), ("A-OFFICE", "电话通知"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_refused_registration_leaves_nothing_in_the_vault() {
    let county = County::new().await;
    let mut minor = person(1);
    minor.personal.identity_number =
        domain::identity_number::IdentityNumber::with_check_digit("99999920080101001")
            .unwrap()
            .expose()
            .to_owned();
    assert_eq!(
        refused(county.app.register_volunteer(minor, &county.office()).await),
        "volunteer.minor_without_guardian"
    );
    let mut unwilling = person(2);
    unwilling.consent = None;
    assert_eq!(
        refused(county.app.register_volunteer(unwilling, &county.office()).await),
        "volunteer.no_consent"
    );
    let vault = rusqlite::Connection::open(county.data().join("vault.sqlite")).unwrap();
    let people: i64 =
        vault.query_row("SELECT count(*) FROM persons", [], |row| row.get(0)).unwrap();
    assert_eq!(people, 0);
}

/// One operation, up to 10 800 people, no contention. A tenth of it here; the whole is a benchmark.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_thousand_people_sign_up_for_one_operation_at_once() {
    let county = County::new().await;
    let people: Vec<PersonId> = stream::iter(0..1080)
        .map(|number| {
            let county = &county;
            async move {
                county
                    .app
                    .register_volunteer(person(number), &county.office())
                    .await
                    .map(|one| one.volunteer)
            }
        })
        .buffered(64)
        .try_collect()
        .await
        .unwrap();
    let starts_at = county.clock.now() + SignedDuration::from_hours(5);
    let mut operation = activity(starts_at, starts_at + SignedDuration::from_hours(8));
    operation.dangerous = true;
    let (id, _) = county.app.publish_activity(operation, &county.office()).await.unwrap();
    let begun = Instant::now();
    stream::iter(&people)
        .map(|&volunteer| {
            let county = &county;
            async move { county.app.sign_up(id, volunteer, &county.office()).await }
        })
        .buffered(64)
        .try_collect::<Vec<_>>()
        .await
        .unwrap();
    println!("1080 sign-ups in {:?}", begun.elapsed());
    assert_eq!(
        refused(county.app.start_activity(id, &county.office()).await),
        "activity.risk_not_assessed"
    );
    let assessed = domain::activity::RiskAssessed {
        dangerous: true,
        findings: text("防汛,已落实防护"),
    };
    county.app.assess_risk(id, assessed, &county.office()).await.unwrap();
    let (last, covered) = people.split_last().unwrap();
    let insured = Insured { policy: text("示例保单1号"), volunteers: covered.to_vec() };
    county.app.insure(id, insured, &county.office()).await.unwrap();
    let refusal = county.app.start_activity(id, &county.office()).await.unwrap_err();
    assert!(refusal.to_string().contains(&last.to_string()), "names who is uninsured: {refusal}");
    let insured = Insured { policy: text("示例保单2号"), volunteers: vec![*last] };
    county.app.insure(id, insured, &county.office()).await.unwrap();
    county.app.start_activity(id, &county.office()).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn concurrent_redemptions_never_overdraw() {
    let county = County::new().await;
    let volunteer = county.member(1).await;
    county.served(volunteer, 12).await;
    county.settle().await;
    let answers =
        stream::iter(0..16)
            .map(|_| {
                let county = &county;
                async move {
                    county.app.redeem(volunteer, "BUS-10".into(), &county.office()).await.is_ok()
                }
            })
            .buffered(16)
            .collect::<Vec<_>>()
            .await;
    assert_eq!(
        answers.into_iter().filter(|done| *done).count(),
        1,
        "twelve points pay for one card of ten"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn joining_without_consent_is_refused() {
    let county = County::new().await;
    let volunteer =
        county.app.register_volunteer(person(1), &county.office()).await.unwrap().volunteer;
    assert_eq!(
        refused(county.app.join_squad(&code(TOWN), volunteer, None, &county.office()).await),
        "squad.no_consent"
    );
    county.app.join_squad(&code(TOWN), volunteer, Some(consent()), &county.office()).await.unwrap();
}
