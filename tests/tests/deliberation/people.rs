//! Askers, objectors and members: sealed, read for a purpose, erased.

use application::{Appointee, Contact, ElectionResult, Error};
use domain::issue::{Issue, Source};
use domain::meeting::Body;
use domain::station::{Capacity, Group, Station, Way};
use domain::volunteer::PersonalDataErased;
use domain::{PersonId, Role, county_date};
use event_store::Position;
use tests::county::{TOWN, caller, code, person, refused, text};
use tests::village::{
    VILLAGE, Village, appointment, elected, election, member, problem, resident, station, used_by,
};
use vault::{Check, Digest, KeylessVault};

fn contact() -> Contact {
    Contact { name: Some("示例甲".into()), telephone: Some("13800000001".into()) }
}

fn erased() -> PersonalDataErased {
    PersonalDataErased {
        reason: text("本人申请"), legal_basis: text("个人信息保护法 §47")
    }
}

fn count(village: &Village, table: &str) -> i64 {
    let vault = rusqlite::Connection::open(village.county.data().join("vault.sqlite")).unwrap();
    vault.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get(0)).unwrap()
}

fn enrolled(village: &Village) -> i64 {
    count(village, "persons")
}

/// How many people the vault knows, and how much they told it.
fn sealed(village: &Village) -> (i64, i64) {
    (enrolled(village), count(village, "sections"))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_asker_stays_unknown_or_is_read_for_a_purpose() {
    let village = Village::new().await;
    let app = &village.county.app;
    let before = enrolled(&village);
    let unknown = app.register_issue_online(problem(), &resident()).await.unwrap().issue;
    assert_eq!(enrolled(&village), before, "who says nothing is nobody");
    let read = app.read_asker(unknown, "回访".into(), &village.grid_worker()).await.unwrap();
    assert!(read.is_none());

    let named = by_somebody(&village).await;
    let read = app.read_asker(named, "回访".into(), &village.grid_worker()).await.unwrap().unwrap();
    assert_eq!(read.telephone.as_deref(), Some("13800000001"));
    let supervisor = app.read_asker(named, "好奇".into(), &village.supervision()).await;
    assert_eq!(refused(supervisor), "permission.role");
    for event in app.store.read_all(Position::START, 1000).await.unwrap() {
        let stored = String::from_utf8(event.data).unwrap();
        assert!(!stored.contains("13800000001") && !stored.contains("示例甲"), "{stored}");
    }
}

async fn by_somebody(village: &Village) -> domain::IssueId {
    let mut new = problem();
    new.asker = contact();
    village.county.app.register_issue(new, &village.grid_worker()).await.unwrap().issue
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_registration_repeated_is_one_issue_and_a_refused_one_seals_nothing() {
    let village = Village::new().await;
    let app = &village.county.app;
    let worker = village.grid_worker();
    let new = || {
        let mut new = problem();
        new.asker = contact();
        new
    };
    let first = app.register_issue(new(), &worker).await.unwrap();
    village.county.days(2);
    let again = app.register_issue(new(), &worker).await.unwrap();
    assert!(again.done.repeated);
    assert_eq!((first.issue, first.code.expose()), (again.issue, again.code.expose()));

    let before = enrolled(&village);
    let mut elsewhere = new();
    elsewhere.station = code(TOWN);
    assert_eq!(
        refused(app.register_issue_online(elsewhere, &resident()).await),
        "station.not_open"
    );
    let mut ahead = new();
    ahead.raised_at = Some("2031-01-01T00:00:00Z".parse().unwrap());
    assert_eq!(refused(app.register_issue_online(ahead, &resident()).await), "issue.in_future");
    assert_eq!(enrolled(&village), before);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_register_says_as_what_it_was_kept() {
    let village = Village::new().await;
    let app = &village.county.app;
    let mut new = problem();
    new.source = Some(Source::Mediator);
    app.register_issue(new.clone(), &village.grid_worker()).await.unwrap();
    assert_eq!(refused(app.register_issue(new, &village.leader()).await), "issue.source");
    let online = app.register_issue_online(problem(), &resident()).await.unwrap().issue;
    let due = app.read_state::<Issue, _>(&online.to_string(), Issue::answer_due).await.unwrap();
    assert_eq!(due, Some("2021-11-17".parse().unwrap()));
    let stranger = caller(Role::GridWorker, "A-ELSEWHERE", Some("330225002"));
    assert_eq!(refused(app.register_issue(problem(), &stranger).await), "permission.elsewhere");
    let resident = app.register_issue(problem(), &resident()).await;
    assert_eq!(refused(resident), "permission.role");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_human_has_one_number_as_volunteer_and_as_member() {
    let village = Village::new().await;
    let (app, office) = (&village.county.app, village.county.office());
    let volunteer = app.register_volunteer(person(20), &office).await.unwrap().volunteer;
    let office = used_by(office, 902);
    let new = elected(&village.county, Capacity::Volunteer, 20).await;
    let (appointed, _) = app.appoint_member(&station(), new, &office).await.unwrap();
    assert_eq!(appointed, volunteer);
    let read = app.read_member(&station(), volunteer, "开会通知".into(), &office).await.unwrap();
    assert_eq!(read.unwrap().name.as_deref(), Some("示例20"));
    let leader = app.read_member(&station(), volunteer, "好奇".into(), &village.leader()).await;
    assert_eq!(refused(leader), "permission.role");
    let stranger = PersonId::from_bits(5);
    let read = app.read_member(&station(), stranger, "开会通知".into(), &office).await;
    assert_eq!(refused(read), "person.unknown");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_refused_appointment_seals_nothing() {
    let village = Village::new().await;
    let (app, office) = (&village.county.app, village.county.office());
    let before = enrolled(&village);
    let mut new = appointment(&village.county, Group::LeadingGroup, Capacity::GridWorker, 30);
    new.relatives = vec![village.supervisor];
    let refusal = app.appoint_member(&station(), new, &office).await;
    assert_eq!(refused(refusal), "station.relative_on_other_side");
    let mut new = appointment(&village.county, Group::Council, Capacity::Volunteer, 30);
    new.member = Appointee::Known(PersonId::from_bits(5));
    assert_eq!(refused(app.appoint_member(&station(), new, &office).await), "person.unknown");
    let mut bad = member(30);
    bad.identity_number = "999999198001010019".into();
    let mut new = appointment(&village.county, Group::Council, Capacity::Volunteer, 30);
    new.member = Appointee::New(bad);
    refused(app.appoint_member(&station(), new, &office).await);
    assert_eq!(enrolled(&village), before);
}

/// Who has a number already is asked about under it, so that a refusal comes before anything is sealed.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_refused_of_somebody_known_seals_nothing() {
    let village = Village::new().await;
    let (app, office) = (&village.county.app, village.county.office());
    let volunteer = app.register_volunteer(person(20), &office).await.unwrap().volunteer;
    let (teller, relatives) = (village.county.office(), vec![volunteer]);
    app.declare_relatives(&station(), village.supervisor, relatives, &teller).await.unwrap();
    let mut recorder = caller(Role::Recorder, "A-RECORDER", Some(VILLAGE));
    recorder.actor.person = Some(volunteer);
    let list = app.keep_evidence("%PDF-1.7\n%%EOF\n".into(), &recorder).await.unwrap();
    let before = sealed(&village);
    let new = appointment(&village.county, Group::LeadingGroup, Capacity::GridWorker, 20);
    let refusal = app.appoint_member(&station(), new, &office).await;
    assert_eq!(refused(refusal), "station.relative_on_other_side");
    let result = ElectionResult {
        held_on: county_date(application::Clock::now(&*village.county.clock)),
        body: Body::Representatives,
        way: Way::Election,
        elected: vec![Appointee::New(member(20)), Appointee::New(member(21))],
        result: text("到会28人,过半数赞成"),
        evidence: vec![list.digest],
    };
    let refusal = app.record_election(&station(), result, &recorder).await;
    assert_eq!(refused(refusal), "station.elected_oneself");
    assert_eq!(sealed(&village), before);
}

/// After 村民委员会组织法 §32: one person records whom residents elected, another appoints them.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_fills_the_supervision_group_alone() {
    let village = Village::new().await;
    let (app, office) = (&village.county.app, village.county.office());
    let before = enrolled(&village);
    let alone = appointment(&village.county, Group::Supervision, Capacity::Volunteer, 30);
    assert_eq!(
        refused(app.appoint_member(&station(), alone, &office).await),
        "station.needs_election"
    );
    assert_eq!(enrolled(&village), before);
    let new = elected(&village.county, Capacity::Volunteer, 30).await;
    let recorder = caller(Role::Recorder, "A-RECORDER", Some(TOWN));
    assert_eq!(
        refused(app.appoint_member(&station(), new.clone(), &recorder).await),
        "permission.role"
    );
    let recorder = caller(Role::UnitAdministrator, "A-RECORDER", Some(TOWN));
    let nobody = app.appoint_member(&station(), new.clone(), &recorder).await;
    assert_eq!(refused(nobody), "station.nobody_behind");
    let recorder = used_by(recorder, 903);
    let own = app.appoint_member(&station(), new.clone(), &recorder).await;
    assert_eq!(refused(own), "station.own_election");
    let (member, _) =
        app.appoint_member(&station(), new, &used_by(village.town(), 904)).await.unwrap();
    let read = app.read_member(&station(), member, "开会通知".into(), &office).await;
    assert_eq!(read.unwrap().unwrap().name.as_deref(), Some("示例30"));
}

/// What the elected tell is vouched for by the election, before anybody appoints them.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_election_vouches_for_what_the_elected_told() {
    let village = Village::new().await;
    let (_, chosen, done) = election(&village.county, 30).await;
    let sealed: Vec<_> = done.events.iter().flat_map(|it| it.sealed(station().as_str())).collect();
    let [one] = sealed.as_slice() else { panic!("{sealed:?}") };
    assert_eq!((one.person, &*one.section), (chosen[0], "member-330225001001"));
    let vault = KeylessVault::over(
        rusqlite::Connection::open(village.county.data().join("vault.sqlite")).unwrap(),
    );
    let (person, digest) =
        (one.person.bits().try_into().unwrap(), Digest::from_bytes(one.digest.0));
    assert_eq!(vault.check(person, &one.section, &digest).unwrap(), Check::Matches);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_member_declares_relatives_from_their_own_account() {
    let village = Village::new().await;
    let app = &village.county.app;
    let (leader, supervisor) = (village.leaders[0], village.supervisor);
    let own = app.declare_relatives(&station(), leader, vec![supervisor], &village.leader()).await;
    own.unwrap();
    let other = app.declare_relatives(&station(), supervisor, vec![], &village.leader()).await;
    assert_eq!(refused(other), "permission.not_own");
    let today = county_date(application::Clock::now(&*village.county.clock));
    let standing = app
        .read_state::<Station, _>(station().as_str(), |known| {
            known.standing(Some(supervisor), today)
        })
        .await
        .unwrap();
    assert!(standing.is_close_to(leader, today));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn askers_and_members_are_erased_on_request() {
    let village = Village::new().await;
    let (app, office) = (&village.county.app, village.county.office());
    let issue = by_somebody(&village).await;
    let asker = app
        .read_state::<Issue, _>(&issue.to_string(), |known| known.asker().unwrap().person)
        .await
        .unwrap();
    let refusal = app.erase_personal_data(asker, erased(), &village.grid_worker()).await;
    assert_eq!(refused(refusal), "permission.role");
    let nobody = app.erase_personal_data(PersonId::from_bits(5), erased(), &office).await;
    assert_eq!(refused(nobody), "volunteer.unregistered");
    for person in [asker, village.council[0]] {
        app.erase_personal_data(person, erased(), &office).await.unwrap();
    }
    village.county.settle().await;
    let read = app.read_asker(issue, "回访".into(), &village.grid_worker()).await;
    let gone = |error: Error| {
        matches!(error, Error::Vault(vault::VaultError::Refused(vault::Refusal::Erased(_))))
    };
    assert!(gone(read.unwrap_err()));
    let member = village.council[0];
    let read = app.read_member(&station(), member, "开会通知".into(), &office).await;
    assert!(gone(read.unwrap_err()));
    let again = app.erase_personal_data(asker, erased(), &village.county.office()).await.unwrap();
    assert!(again.events.is_empty(), "erased once");
}
