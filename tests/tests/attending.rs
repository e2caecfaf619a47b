//! Who may take part on which day, who came, and how long they stayed: over the vault, the rules and what follows.

use application::Error;
use domain::activity::{Insured, RiskAssessed};
use domain::identity_number::IdentityNumber;
use domain::service::Service;
use domain::volunteer::PersonalDataErased;
use domain::{ActivityId, PersonId};
use jiff::SignedDuration;
use projections::PageRequest;
use projections::models::{activity_board, service_timeliness};
use tests::county::{County, activity, person, refused, text, time};

/// An identity number of somebody born that day, `YYYYMMDD`.
fn born(day: &str) -> IdentityNumber {
    IdentityNumber::with_check_digit(&format!("999999{day}001")).unwrap()
}

/// Registered with a guardian, whatever the age.
async fn registered(county: &County, number: u32, birth: &str) -> PersonId {
    let mut new = person(number);
    new.personal.identity_number = born(birth).expose().to_owned();
    new.personal.guardian = "示例监护人 13800000009".to_owned();
    county.app.register_volunteer(new, &county.office()).await.unwrap().volunteer
}

/// Announced for a morning, eight to eleven.
async fn announced(county: &County, day: &str, dangerous: bool) -> ActivityId {
    let at = |clock: &str| time(&format!("{day}T{clock}:00+08:00"));
    let mut new = activity(at("08:00"), at("11:00"));
    new.dangerous = dangerous;
    county.app.publish_activity(new, &county.office()).await.unwrap().0
}

async fn sign_up(county: &County, id: ActivityId, who: PersonId) -> Result<(), Error> {
    county.app.sign_up(id, who, &county.office()).await.map(drop)
}

fn readings(county: &County, who: PersonId) -> Vec<String> {
    let who = vault::PersonId::try_from(who.bits()).unwrap();
    let reads = county.app.vault.as_ref().unwrap().reads(who, 0, 20).unwrap();
    reads.into_iter().map(|read| read.purpose).collect()
}

/// Makes an activity dangerous and insures who takes part.
async fn made_safe(county: &County, id: ActivityId, who: PersonId) {
    let office = || county.office();
    let assessed = RiskAssessed { dangerous: true, findings: text("临水作业,已配救生衣") };
    county.app.assess_risk(id, assessed, &office()).await.unwrap();
    let insured = Insured { policy: text("示例保单1号"), volunteers: vec![who] };
    county.app.insure(id, insured, &office()).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whether_somebody_is_a_minor_is_asked_for_the_activity_s_day() {
    let county = County::new().await;
    let young = registered(&county, 1, "20031204").await;
    let adult = registered(&county, 2, "20031112").await;
    let (eve, birthday) = (
        announced(&county, "2021-12-03", true).await,
        announced(&county, "2021-12-04", true).await,
    );
    assert_eq!(refused(sign_up(&county, eve, young).await), "activity.minor_in_danger");
    sign_up(&county, birthday, young).await.unwrap();
    // Also long after the registration, for the day on which it is asked.
    county.clock.set(time("2021-12-03T07:59:00+08:00"));
    assert_eq!(refused(sign_up(&county, eve, young).await), "activity.minor_in_danger");
    sign_up(&county, eve, adult).await.unwrap();
    let asked = "核对是否成年 whether a minor";
    assert_eq!(readings(&county, young), [asked; 3], "each time it was asked is recorded");
    assert_eq!(readings(&county, adult), [""; 0], "of age at the registration already");
    let log = county.app.store.read_all(event_store::Position(0), 1_000).await.unwrap();
    let birth =
        |day: &str| log.iter().any(|fact| String::from_utf8_lossy(&fact.data).contains(day));
    assert!(!birth("2003"), "no date of birth stands in the log");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_guesses_an_age() {
    let county = County::new().await;
    let young = registered(&county, 1, "20081204").await;
    let id = announced(&county, "2021-12-03", false).await;
    // Another node has a vault of its own, which knows nobody.
    let other = county.beside().await;
    assert_eq!(refused(sign_up(&other, id, young).await), "activity.age_unknown");
    let version = county.app.store.head().await.unwrap();
    let reason = text("本人要求");
    let erased = PersonalDataErased { reason, legal_basis: text("个人信息保护法第47条") };
    county.app.erase_personal_data(young, erased, &county.office()).await.unwrap();
    assert_ne!(county.app.store.head().await.unwrap(), version);
    assert_eq!(refused(sign_up(&county, id, young).await), "activity.not_serving");
}

/// A date of birth was corrected after the sign-up.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_turns_out_to_be_a_minor_does_not_go_into_danger() {
    let county = County::new().await;
    let young = registered(&county, 1, "19991204").await;
    let id = announced(&county, "2021-12-03", false).await;
    sign_up(&county, id, young).await.unwrap();
    made_safe(&county, id, young).await;
    let (app, wrong) = (&county.app, text("录入有误"));
    app.request_identity_correction(young, &born("20041204"), wrong, &county.office())
        .await
        .unwrap();
    let mut second = county.office();
    second.actor.id = domain::ActorId::new("A-SECOND").unwrap();
    app.approve_identity_correction(young, 1, &second).await.unwrap();
    county.clock.set(time("2021-12-03T08:00:00+08:00"));
    assert_eq!(refused(app.start_activity(id, &county.office()).await), "activity.minor_in_danger");
    app.cancel_sign_up(id, young, &county.office()).await.unwrap();
    app.start_activity(id, &county.office()).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn closing_an_activity_ends_the_presence_of_who_forgot_to_check_out() {
    let county = County::new().await;
    let (app, office) = (&county.app, || county.office());
    let (left, forgot) = (county.member(1).await, county.member(2).await);
    let (morning, noon) =
        (announced(&county, "2021-12-03", false).await, time("2021-12-03T12:00:00+08:00"));
    let next = app
        .publish_activity(activity(noon, noon + SignedDuration::from_hours(2)), &office())
        .await
        .unwrap()
        .0;
    for who in [left, forgot] {
        sign_up(&county, morning, who).await.unwrap();
        sign_up(&county, next, who).await.unwrap();
    }
    county.clock.set(time("2021-12-03T08:00:00+08:00"));
    app.start_activity(morning, &office()).await.unwrap();
    app.check_in(left, morning, &office()).await.unwrap();
    app.check_in(forgot, morning, &office()).await.unwrap();
    county.clock.set(time("2021-12-03T10:00:00+08:00"));
    app.check_out(left, morning, &office()).await.unwrap();
    county.clock.set(noon);
    let over = time("2021-12-03T10:30:00+08:00");
    app.close_activity(morning, over, text("顺利结束"), &office()).await.unwrap();
    county.settle().await;
    // Late in the day they remember: the time stays.
    app.check_out(forgot, morning, &office()).await.unwrap();
    let people = activity_board::participants(&county.read(), morning, &PageRequest::default());
    let told: Vec<_> = people
        .unwrap()
        .items
        .into_iter()
        .map(|one| (one.volunteer, one.checked_out_at, one.check_out_forgotten))
        .collect();
    assert!(told.contains(&(forgot, Some(over), true)), "{told:?}");
    assert!(told.contains(&(left, Some(time("2021-12-03T10:00:00+08:00")), false)), "{told:?}");
    let mut report = county.report(morning, 2);
    (report.started_at, report.ended_at) = (time("2021-12-03T08:00:00+08:00"), over);
    report.minutes = domain::Minutes(150);
    app.record_service(forgot, report, &county.recorder()).await.unwrap();
    county.settle().await;
    let record = service_timeliness::record(&county.read(), forgot, 1).unwrap().unwrap();
    assert!(record.check_out_forgotten && !record.walk_in);
    app.start_activity(next, &office()).await.unwrap();
    app.check_in(forgot, next, &office()).await.unwrap();
    let head = app.store.head().await.unwrap();
    app.node.forget_followers().unwrap();
    county.settle().await;
    assert_eq!(app.store.head().await.unwrap(), head, "done again it changes nothing");
}

/// Nobody has closed the first activity, and its announced end has not come.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_refusal_names_where_somebody_is_checked_in() {
    let county = County::new().await;
    let (app, office, who) = (&county.app, || county.office(), county.member(1).await);
    let [first, second] = [
        announced(&county, "2021-12-03", false).await,
        announced(&county, "2021-12-03", false).await,
    ];
    county.clock.set(time("2021-12-03T07:00:00+08:00"));
    for id in [first, second] {
        sign_up(&county, id, who).await.unwrap();
        app.start_activity(id, &office()).await.unwrap();
    }
    app.check_in(who, first, &office()).await.unwrap();
    let refusal = app.check_in(who, second, &office()).await.unwrap_err();
    assert!(refusal.to_string().contains(&first.to_string()), "{refusal}");
    assert_eq!(refused::<()>(Err(refusal)), "service.already_checked_in");
    // Past its announced end nobody is there any more, closed or not.
    county.clock.set(time("2021-12-03T11:00:01+08:00"));
    app.check_in(who, second, &office()).await.unwrap();
    let at = app.read_state::<Service, _>(&who.to_string(), Service::present_at).await.unwrap();
    assert_eq!(at, Some(second));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_comes_unannounced_serves_and_is_attested_by_another() {
    let county = County::new().await;
    let (app, office) = (&county.app, || county.office());
    let (who, young) = (county.member(1).await, registered(&county, 2, "20081204").await);
    let id = announced(&county, "2021-12-03", true).await;
    made_safe(&county, id, who).await;
    county.clock.set(time("2021-12-03T08:00:00+08:00"));
    app.start_activity(id, &office()).await.unwrap();
    county.clock.set(time("2021-12-03T09:00:00+08:00"));
    assert_eq!(refused(sign_up(&county, id, young).await), "activity.minor_in_danger");
    let late = county.member(3).await;
    assert_eq!(refused(sign_up(&county, id, late).await), "activity.walk_in_uninsured");
    sign_up(&county, id, who).await.unwrap();
    app.check_in(who, id, &office()).await.unwrap();
    let cancelled = app.cancel_sign_up(id, who, &office()).await;
    assert_eq!(refused(cancelled), "activity.has_served");
    county.clock.set(time("2021-12-03T11:00:00+08:00"));
    app.check_out(who, id, &office()).await.unwrap();
    let ended = time("2021-12-03T11:00:00+08:00");
    app.close_activity(id, ended, text("顺利结束"), &office()).await.unwrap();
    app.record_service(who, county.report(id, 2), &county.recorder()).await.unwrap();
    let mut recorder = county.attester();
    recorder.actor.id = county.recorder().actor.id;
    assert_eq!(refused(app.attest_service(who, 1, None, &recorder).await), "service.self_attested");
    app.attest_service(who, 1, Some(5), &county.attester()).await.unwrap();
    county.settle().await;
    let board = activity_board::get(&county.read(), id).unwrap().unwrap().activity;
    assert_eq!((board.signed_up, board.walk_ins), (1, 1));
    assert!(service_timeliness::record(&county.read(), who, 1).unwrap().unwrap().walk_in);
}

/// Nobody ever says that it is over: a day after its announced end nobody is there any more.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_activity_that_nobody_closes_keeps_nobody() {
    let county = County::new().await;
    let (app, who) = (&county.app, county.member(1).await);
    let id = announced(&county, "2021-12-03", false).await;
    sign_up(&county, id, who).await.unwrap();
    county.clock.set(time("2021-12-03T08:00:00+08:00"));
    app.start_activity(id, &county.office()).await.unwrap();
    app.check_in(who, id, &county.office()).await.unwrap();
    let present = async || {
        county.settle().await;
        app.read_state::<Service, _>(&who.to_string(), Service::present_at).await.unwrap()
    };
    county.clock.set(time("2021-12-04T23:59:00+08:00"));
    assert_eq!(present().await, Some(id), "it may have gone on");
    county.clock.set(time("2021-12-05T00:00:00+08:00"));
    assert_eq!(present().await, None);
    let people = activity_board::participants(&county.read(), id, &PageRequest::default());
    let [one] = &people.unwrap().items[..] else { panic!("one person") };
    assert_eq!(one.checked_out_at, Some(time("2021-12-03T11:00:00+08:00")));
    assert!(one.check_out_forgotten);
}
