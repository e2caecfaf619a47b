//! What follows from a fact by itself: points, stars, notices, squads.

use application::{Caller, Contact};
use domain::notice::Verdict;
use domain::objection::Escalation;
use domain::points::Account;
use domain::unit::Kind;
use domain::volunteer::PersonalDataErased;
use domain::{NoticeId, Points, Role, squad};
use projections::models::{points_bank, public_notice, volunteer_archive};
use tests::county::{COUNTY, County, TOWN, caller, code, refused, text};

async fn balance(county: &County, volunteer: domain::PersonId) -> Points {
    county.app.read_state::<Account, _>(&volunteer.to_string(), Account::balance).await.unwrap()
}

fn stars(county: &County, volunteer: domain::PersonId) -> u8 {
    volunteer_archive::get(&county.read(), volunteer).unwrap().unwrap().archive.stars
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_attested_service_earns_its_points_once() {
    let county = County::new().await;
    let volunteer = county.member(1).await;
    county.served(volunteer, 3).await;
    county.settle().await;
    county.settle().await;
    assert_eq!(balance(&county, volunteer).await, Points(300));
    assert_eq!(points_bank::total(&county.read()).unwrap(), Points(0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn policies_done_again_change_nothing() {
    let county = County::new().await;
    let volunteer = county.member(1).await;
    county.served(volunteer, 3).await;
    county.settle().await;
    let head = county.app.store.head().await.unwrap();
    county.app.node.forget_followers().unwrap();
    county.settle().await;
    assert_eq!(county.app.store.head().await.unwrap(), head);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_voided_service_takes_its_points_back() {
    let county = County::new().await;
    let volunteer = county.member(1).await;
    county.served(volunteer, 3).await;
    let second = county.served(volunteer, 2).await;
    county.settle().await;
    county.app.void_service(volunteer, second, text("未实际参加"), &county.office()).await.unwrap();
    county.settle().await;
    assert_eq!(balance(&county, volunteer).await, Points(300));
}

/// 100 hours, on which the first star is proposed.
async fn hundred_hours(county: &County, volunteer: domain::PersonId) -> u32 {
    let mut last = 0;
    for _ in 0..10 {
        last = county.served(volunteer, 10).await;
    }
    county.settle().await;
    last
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_star_takes_effect_after_its_notice_and_goes_with_the_hours() {
    let county = County::new().await;
    let volunteer = county.member(1).await;
    let last = hundred_hours(&county, volunteer).await;
    let notice = NoticeId::star(volunteer, 1);
    let shown = public_notice::get(&county.read(), &notice).unwrap().unwrap();
    assert_eq!(shown.closes_on.duration_since(shown.opens_on).as_hours(), 7 * 24);
    assert_eq!(stars(&county, volunteer), 0, "not before the notice has passed");

    county.days(7);
    county.settle().await;
    assert_eq!(stars(&county, volunteer), 0, "the last day still counts");
    county.days(1);
    county.settle().await;
    county.settle().await;
    assert_eq!(stars(&county, volunteer), 1);

    county.app.void_service(volunteer, last, text("未实际参加"), &county.office()).await.unwrap();
    county.settle().await;
    assert_eq!(stars(&county, volunteer), 1, "a change downwards is publicised too");
    county.days(8);
    county.settle().await;
    county.settle().await;
    assert_eq!(stars(&county, volunteer), 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_open_objection_holds_a_star_and_an_upheld_one_ends_it() {
    let county = County::new().await;
    let volunteer = county.member(1).await;
    hundred_hours(&county, volunteer).await;
    let notice = NoticeId::star(volunteer, 1);
    let (ground, nobody) = (text("时长与实际不符"), Contact::default());
    county.app.file_objection(&notice, ground, &nobody, &county.attester()).await.unwrap();
    county.days(30);
    county.settle().await;
    assert_eq!(stars(&county, volunteer), 0, "held by the open objection");
    assert_eq!(
        refused(county.app.close_notice(&notice, &county.office()).await),
        "notice.open_objection"
    );
    county
        .app
        .answer_objection(&notice, 1, Verdict::Upheld, text("属实"), &county.office())
        .await
        .unwrap();
    county.settle().await;
    county.settle().await;
    assert_eq!(stars(&county, volunteer), 0);
    let shown = public_notice::get(&county.read(), &notice).unwrap().unwrap();
    assert_eq!(format!("{:?}", shown.status).to_lowercase(), "upheld");
}

/// 山东省村务公开条例 §16–17, for notices as for resolutions.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_objection_to_a_star_that_nobody_answers_goes_up() {
    let county = County::new().await;
    let volunteer = county.member(1).await;
    hundred_hours(&county, volunteer).await;
    let notice = NoticeId::star(volunteer, 1);
    let (ground, nobody) = (text("时长与实际不符"), Contact::default());
    let resident = Caller::resident(uuid::Uuid::from_u128(7));
    county.app.file_objection(&notice, ground, &nobody, &resident).await.unwrap();
    county.days(6);
    county.settle().await;
    let up = public_notice::objection(&county.read(), &notice, 1).unwrap().unwrap();
    assert_eq!(up.escalation, Some(Escalation::Overdue));
    let answer = || text("已核查");
    let town = caller(Role::UnitAdministrator, "A-TOWN", Some(TOWN));
    let late = county.app.answer_objection(&notice, 1, Verdict::Dismissed, answer(), &town).await;
    assert_eq!(refused(late), "notice.with_above");
    county
        .app
        .answer_objection(&notice, 1, Verdict::Dismissed, answer(), &county.office())
        .await
        .unwrap();
}

/// The notice of a star promises it: who does not accept the unit's answer is answered from above, and no star is given meanwhile.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_star_waits_for_who_may_take_an_answer_further() {
    let county = County::new().await;
    let volunteer = county.member(1).await;
    hundred_hours(&county, volunteer).await;
    let notice = NoticeId::star(volunteer, 1);
    county.days(5);
    let (ground, nobody) = (text("时长与实际不符"), Contact::default());
    let resident = Caller::resident(uuid::Uuid::from_u128(7));
    let filed = county.app.file_objection(&notice, ground, &nobody, &resident).await.unwrap();
    county.days(4);
    let town = caller(Role::UnitAdministrator, "A-TOWN", Some(TOWN));
    let dismiss = Verdict::Dismissed;
    county.app.answer_objection(&notice, 1, dismiss, text("已核查"), &town).await.unwrap();
    county.days(5);
    county.settle().await;
    county.settle().await;
    assert_eq!(stars(&county, volunteer), 0, "the last day of the objector still counts");
    let close = county.app.close_notice(&notice, &county.office()).await;
    assert_eq!(refused(close), "notice.may_go_up");
    let withdraw = county.app.withdraw_notice(&notice, text("有异议"), &county.office()).await;
    assert_eq!(refused(withdraw), "notice.star_follows");
    let resident = Caller::resident(uuid::Uuid::from_u128(8));
    let code = filed.code.expose();
    county.app.escalate_notice_objection(&notice, 1, code, &resident).await.unwrap();
    let upheld = Verdict::Upheld;
    county.app.answer_objection(&notice, 1, upheld, text("属实"), &county.office()).await.unwrap();
    county.days(1);
    county.settle().await;
    county.settle().await;
    assert_eq!(stars(&county, volunteer), 0);
    let shown = public_notice::get(&county.read(), &notice).unwrap().unwrap();
    assert_eq!(format!("{:?}", shown.status).to_lowercase(), "upheld");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_withdraws_leaves_the_squad() {
    let county = County::new().await;
    let volunteer = county.member(1).await;
    county
        .app
        .withdraw_volunteer(volunteer, text("个人原因"), &county.volunteer(volunteer))
        .await
        .unwrap();
    county.settle().await;
    assert!(
        !county
            .app
            .read_state::<squad::Squad, _>(TOWN, |squad| squad.has(volunteer))
            .await
            .unwrap()
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn erasure_survives_a_crash_between_log_and_vault() {
    let county = County::new().await;
    let volunteer = county.member(1).await;
    let erased = PersonalDataErased {
        reason: text("本人申请"),
        legal_basis: text("个人信息保护法 §47"),
    };
    // The fact is in the log, and then the power goes.
    let command = domain::volunteer::Command::ErasePersonalData(erased);
    let key = volunteer.to_string();
    county
        .app
        .execute::<domain::volunteer::Volunteer>(&key, command, &county.office())
        .await
        .unwrap();
    county.settle().await;
    let read = county.app.read_personal_data(volunteer, "查档".into(), &county.office()).await;
    assert!(
        matches!(
            read,
            Err(application::Error::Vault(vault::VaultError::Refused(vault::Refusal::Erased(_))))
        ),
        "{read:?}"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_second_node_follows_though_its_vault_knows_nobody() {
    let county = County::new().await;
    let second = county.beside().await;
    let volunteer = county.member(1).await;
    county.served(volunteer, 3).await;
    let erased = PersonalDataErased {
        reason: text("本人申请"),
        legal_basis: text("个人信息保护法 §47"),
    };
    county.app.erase_personal_data(volunteer, erased, &county.office()).await.unwrap();
    second.settle().await;
    let head = county.app.store.head().await.unwrap();
    county.settle().await;
    assert_eq!(county.app.store.head().await.unwrap(), head, "done twice is done once");
    assert_eq!(stars(&second, volunteer), stars(&county, volunteer));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_second_node_decides_on_what_the_first_has_registered() {
    let county = County::new().await;
    let second = county.beside().await;
    county.unit("330225102", "示例乡", Kind::Town, Some(COUNTY)).await;
    second.unit("330225102001", "示例村", Kind::Village, Some("330225102")).await;
    let known = second.app.reference_data();
    assert!(known.units.get(&code("330225102001")).is_some());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn points_not_used_in_time_expire() {
    let county = County::new().await;
    let volunteer = county.member(1).await;
    county.served(volunteer, 3).await;
    county.settle().await;
    county.days(364);
    county.settle().await;
    assert_eq!(balance(&county, volunteer).await, Points(300));
    county.days(3);
    county.settle().await;
    assert_eq!(balance(&county, volunteer).await, Points(0));
    assert_eq!(points_bank::total(&county.read()).unwrap(), Points(0));
}
