//! From the roster to points, as the people of a county do it.

use application::Clock as _;
use domain::Role;
use serde_json::{Value, json};
use tests::county::TOWN;

use super::play::items;
use super::{Service, after};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn from_the_roster_to_points() {
    let folder = tempfile::tempdir().unwrap();
    let service = Service::start(folder.path()).await;
    let office = service.account(Role::CountyOffice, None);
    let recorder = service.account(Role::Recorder, Some(TOWN));
    let attester = service.account(Role::Attester, Some(TOWN));
    service.county(&office).await;
    office.post(&format!("units/{TOWN}/quota"), json!({"task": 2})).await.done();
    let without_people = service.minutes(1);

    let first = service.member(&office, 1).await;
    office
        .post(&format!("squads/{TOWN}/completion"), json!({}))
        .await
        .refused(422, "squad.too_few");
    let second = service.member(&office, 2).await;
    let roster = json!({"roster": "2021年11月花名册"});
    office.post(&format!("volunteers/{first}/real-name-match"), roster).await.done();
    let complete = office.post(&format!("squads/{TOWN}/completion"), json!({})).await.done();
    let quota = |moment: Option<jiff::Timestamp>| match moment {
        Some(moment) => format!("quota/{TOWN}?as_of={moment}"),
        None => after(&format!("quota/{TOWN}"), complete.position()),
    };
    let now = office.get(&quota(None)).await.done().json();
    let figures = |row: &Value| {
        ["members_total", "verified_total", "party_total", "task_total"]
            .map(|name| row[name].clone())
    };
    assert_eq!(figures(&now), [2, 1, 2, 2]);
    assert_eq!((&now["task_met"], &now["member_share_met"]), (&json!(true), &json!(true)));
    let then = office.get(&quota(Some(without_people))).await.done().json();
    assert_eq!(figures(&then), [0, 0, 0, 2], "as it was a minute before");
    assert_eq!((&then["task_met"], &then["squad_completed_at"]), (&json!(false), &Value::Null));

    let activity = service.held(&office, 12, &[&first, &second]).await;
    let before_points = service.minutes(1);
    let held_until = before_points;
    let said = super::play::report(&activity, held_until, 12, 720);
    let recorded = recorder.post(&format!("volunteers/{first}/services"), said).await.done();
    let path = format!("volunteers/{first}/services");
    let standing = items(office.get(&after(&path, recorded.position())).await);
    assert_eq!((&standing[0]["state"], &standing[0]["minutes"]), (&json!("recorded"), &json!(720)));
    let path = format!("volunteers/{first}/services/1/attestation");
    recorder.post(&path, json!({})).await.refused(403, "permission.role");
    attester.post(&path, json!({"rating": 5})).await.done();

    let own = service.account_of(Role::Volunteer, None, &first);
    let account = format!("points-bank/{first}");
    let rich = service.shown(&own, &account, |row| row["balance"] == 1200).await;
    assert_eq!((&rich["earned"], &rich["redeemed"]), (&json!(1200), &json!(0)));
    let with_points = service.minutes(1);
    let before = own.get(&format!("{account}?as_of={before_points}")).await;
    before.refused(404, "read.absent");
    let past = own.get(&format!("{account}?as_of={with_points}")).await.done();
    assert_eq!(past.json()["balance"], 1200);

    let redeemed =
        own.post(&format!("{account}/redemptions"), json!({"item": "BUS-10"})).await.done();
    let poorer = own.get(&after(&account, redeemed.position())).await.done().json();
    assert_eq!((&poorer["balance"], &poorer["redeemed"]), (&json!(200), &json!(1000)));
    let again = own.get(&format!("{account}?as_of={with_points}")).await.done();
    assert_eq!(again.body, past.body, "the past is the same whatever happened later");
    let everyone = items(office.get("points-bank").await);
    assert_eq!(everyone.iter().map(|row| row["balance"].as_i64().unwrap()).sum::<i64>(), 0);
    let entries = items(own.get(&format!("{account}/entries")).await);
    assert_eq!(entries.len(), 2, "{entries:?}");
    own.get(&format!("points-bank/{second}")).await.refused(403, "permission.not_own");

    seen_everywhere(&service, &first, &activity).await;
    service.stop().await;
}

/// Every read model tells of the one attested service, and of nothing at a time before it.
async fn seen_everywhere(service: &Service, volunteer: &str, activity: &str) {
    let auditor = service.account(Role::Auditor, None);
    let timely = items(auditor.get("service-timeliness").await);
    let sums = ["organiser", "records", "in_time", "late", "attested_minutes"]
        .map(|name| timely[0][name].clone());
    assert_eq!(json!(sums), json!([TOWN, 1, 1, 0, 720]));
    let board = auditor.get(&format!("activities/{activity}")).await.done().json();
    assert_eq!((&board["state"], &board["attested_minutes"]), (&json!("closed"), &json!(720)));
    let people = items(auditor.get("volunteers?status=active").await);
    assert_eq!(people.len(), 2);
    let archive = auditor.get(&format!("volunteers/{volunteer}")).await.done().json();
    assert_eq!((&archive["attested"], &archive["rating_sum"]), (&json!(1), &json!(5)));
    let active = auditor.get(&format!("quota/{TOWN}")).await.done().json();
    assert_eq!((&active["active_total"], &active["members_total"]), (&json!(1), &json!(2)));
    for list in ["quota", "service-timeliness", "activities", "volunteers", "points-bank"] {
        let long_ago = auditor.get(&format!("{list}?as_of=2021-11-11T00:00:00Z")).await;
        assert!(
            items(long_ago).iter().all(|row| row["balance"] == 0),
            "{list} before anything happened"
        );
    }
    let earned = items(auditor.get(&format!("streams/points-{volunteer}")).await);
    let kinds: Vec<_> = earned.iter().map(|fact| fact["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["PointsEarned", "PointsRedeemed"]);
    assert_eq!(earned[0]["metadata"]["actor"]["role"], "system");
    assert!(earned[0]["metadata"]["cause"].is_string(), "the attestation it follows from");
    let now = service.clock.now();
    let same = auditor.get(&format!("volunteers/{volunteer}?as_of={now}")).await.done().json();
    assert_eq!(same, archive, "as of now is now");
}
