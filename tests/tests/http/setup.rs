//! What a county's year is set up with, over HTTP: holidays, campaigns, tasks.

use domain::Role;
use serde_json::{Value, json};
use tests::county::TOWN;

use super::play::{ELSEWHERE, items};
use super::{Service, after};

fn holidays_of_2022(change: impl FnOnce(&mut Value)) -> Value {
    let mut notice = json!({
        "year": 2023, "source": "国办发明电〔2022〕16号",
        "off": ["2022-12-31", "2023-01-01", "2023-01-02", "2023-05-01", "2023-10-01"], "worked": [],
    });
    change(&mut notice);
    notice
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_office_adopts_holidays_and_others_read_them() {
    let folder = tempfile::tempdir().unwrap();
    let service = Service::start(folder.path()).await;
    let office = service.account(Role::CountyOffice, None);
    let administrator = service.account(Role::UnitAdministrator, Some(TOWN));
    let notice = holidays_of_2022(|_| {});
    administrator.post("holidays", notice.clone()).await.refused(403, "permission.role");
    // The program knows 2023 already, and otherwise.
    office.post("holidays", notice).await.refused(422, "calendar.known");
    let corrected = holidays_of_2022(|notice| notice["reason"] = json!("试验"));
    let done = office.post("holidays", corrected.clone()).await.done().json();
    assert_eq!(done["events"][0]["kind"], "HolidaysCorrected");
    let again = office.post("holidays", corrected).await.done().json();
    assert_eq!(again["events"], json!([]), "what is so already says nothing new");
    let far = holidays_of_2022(|notice| notice["year"] = json!(2031));
    office.post("holidays", far).await.refused(422, "calendar.year");
    let worked = holidays_of_2022(|notice| notice["worked"] = json!(["2023-03-01"]));
    office.post("holidays", worked).await.refused(422, "calendar.weekday");
    let known = administrator.get("holidays").await.done().json();
    assert_eq!(known["known_until"], "2026-12-23");
    let years = known["years"].as_array().unwrap();
    let of_2023 = years.iter().find(|year| year["year"] == 2023).unwrap();
    assert_eq!(of_2023["source"], "国办发明电〔2022〕16号");
    assert_eq!(of_2023["off"][0], "2022-12-31");
    assert_eq!(years.iter().find(|year| year["year"] == 2022).unwrap()["source"], Value::Null);
    service.stop().await;
}

fn raising() -> Value {
    json!({
        "campaign": "2021", "name": "组建2021", "source": "关于组建法治志愿者队伍的通知",
        "starts_on": "2021-11-01", "ends_on": "2022-06-30",
        "administrator": "2021-11-23T12:00:00+08:00", "squad": "2021-12-01T00:00:00+08:00",
        "by_kind": [{"kind": "school", "squad": "2021-12-31T00:00:00+08:00"}],
        "tasks": [{"unit": TOWN, "task": 2}],
    })
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_campaign_gives_tasks_and_deadlines_and_ends() {
    let folder = tempfile::tempdir().unwrap();
    let service = Service::start(folder.path()).await;
    let office = service.account(Role::CountyOffice, None);
    let administrator = service.account(Role::UnitAdministrator, Some(TOWN));
    service.county(&office).await;
    administrator.post("campaigns", raising()).await.refused(403, "permission.role");
    let mut unknown = raising();
    unknown["tasks"][0]["unit"] = json!("330225999");
    office.post("campaigns", unknown).await.refused(422, "campaign.unknown_unit");
    assert_eq!(office.post("campaigns", raising()).await.made(), "2021");
    let quota = async |unit: &str, more: &str| {
        let path = after(&format!("quota/{unit}{more}"), service.head().await);
        administrator_or_office(&service, unit).get(&path).await.done().json()
    };
    let town = quota(TOWN, "").await;
    assert_eq!((&town["campaign"], &town["standing"]), (&json!("2021"), &json!("open")));
    assert_eq!(
        (&town["task"], &town["squad_deadline"]),
        (&json!(2), &json!("2021-11-30T16:00:00Z"))
    );
    let other = quota(ELSEWHERE, "").await;
    assert_eq!((&other["standing"], &other["task_met"]), (&json!("no_task"), &json!(false)));
    let task = json!({"task": 5, "campaign": "2021"});
    office.post(&format!("units/{ELSEWHERE}/quota"), task).await.done();
    assert_eq!(quota(ELSEWHERE, "").await["standing"], "open");
    let nowhere = json!({"task": 5, "campaign": "2099"});
    let path = format!("units/{ELSEWHERE}/quota");
    office.post(&path, nowhere).await.refused(422, "unit.unknown_campaign");
    office.get("quota?campaign=2099").await.refused(422, "campaign.unknown");

    let later = json!({"squad": "2021-12-15T00:00:00+08:00", "reason": "台风"});
    office.post("campaigns/2021/deadlines", later).await.done();
    let earlier = json!({"squad": "2021-12-10T00:00:00+08:00", "reason": "提前"});
    office
        .post("campaigns/2021/deadlines", earlier)
        .await
        .refused(422, "campaign.deadline_earlier");
    service.minutes(60 * 24 * 40);
    let town = quota(TOWN, "").await;
    assert_eq!((&town["standing"], &town["squad_overdue"]), (&json!("overdue"), &json!(true)));

    let mut enlarging = raising();
    for (field, value) in [
        ("campaign", json!("2022")),
        ("name", json!("增补2022")),
        ("starts_on", json!("2021-12-22")),
        ("ends_on", Value::Null),
        ("administrator", Value::Null),
        ("by_kind", json!([])),
        ("squad", json!("2022-06-30T00:00:00+08:00")),
    ] {
        enlarging[field] = value;
    }
    assert_eq!(office.post("campaigns", enlarging).await.made(), "2022");
    let town = quota(TOWN, "").await;
    assert_eq!((&town["campaign"], &town["squad_overdue"]), (&json!("2022"), &json!(false)));
    assert_eq!(town["late_earlier"], true, "a later deadline does not wipe it out");
    assert_eq!(quota(TOWN, "?campaign=2021").await["squad_overdue"], true);
    assert_eq!(quota(ELSEWHERE, "").await["standing"], "no_task");
    office.post("campaigns/2022/end", json!({"reason": "停止"})).await.done();
    office
        .post("campaigns/2022/end", json!({"reason": "停止"}))
        .await
        .refused(422, "campaign.over");
    office
        .post("campaigns/2099/end", json!({"reason": "停止"}))
        .await
        .refused(404, "campaign.unknown");
    let all = items(administrator.get("campaigns").await);
    let codes: Vec<_> = all.iter().map(|one| one["campaign"].as_str().unwrap()).collect();
    assert_eq!(codes, ["2021", "2022"]);
    assert_eq!(all[0]["squad"], "2021-12-14T16:00:00Z");
    assert!(all[1]["ended_on"].is_string());
    let one = administrator.get("campaigns/2021").await.done().json();
    assert_eq!(one["by_kind"][0]["kind"], "school");
    administrator.get("campaigns/2099").await.refused(404, "read.absent");
    service.stop().await;
}

/// Administrators see their own unit only.
fn administrator_or_office(service: &Service, unit: &str) -> super::Account {
    let role = if unit == TOWN { Role::UnitAdministrator } else { Role::CountyOffice };
    service.account(role, (unit == TOWN).then_some(TOWN))
}
