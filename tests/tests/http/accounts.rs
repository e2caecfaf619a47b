//! Accounts over HTTP: one's own, those of others, and one that only reads figures.

use std::collections::BTreeSet;

use domain::Role;
use reqwest::Method;
use serde_json::{Value, json};

use super::{Account, Service};
use tests::county::TOWN;

async fn me(account: &Account) -> Value {
    account.get("me").await.done().json()
}

async fn revoke(by: &Account, account: &Value) -> super::Reply {
    let path = format!("accounts/{}/revocation", account["account"].as_str().unwrap());
    by.post(&path, json!({"reason": "人员调离"})).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_account_is_told_who_it_is_and_what_it_may() {
    let folder = tempfile::tempdir().unwrap();
    let service = Service::start(folder.path()).await;
    let office = service.account(Role::CountyOffice, None);
    service.county(&office).await;
    let recorder = me(&service.account(Role::Recorder, Some(TOWN))).await;
    let told = ["role", "role_zh", "unit", "unit_name", "working"].map(|name| &recorder[name]);
    assert_eq!(json!(told), json!(["recorder", "记录员", TOWN, "示例镇", true]));
    assert_eq!(recorder["expires_at"], Value::Null);
    let may = recorder["may"].as_array().unwrap();
    assert!(may.contains(&json!({"act": "record_service", "scope": "subtree"})), "{may:?}");
    assert!(!may.iter().any(|right| right["act"] == "attest_service"));
    let office = me(&office).await;
    assert!(
        office["may"]
            .as_array()
            .unwrap()
            .contains(&json!({"act": "revoke_account", "scope": "county"}))
    );
    service.anybody().get("me").await.refused(401, "token.missing");
    service.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn accounts_are_listed_and_revoked_where_they_belong() {
    let folder = tempfile::tempdir().unwrap();
    let service = Service::start(folder.path()).await;
    let office = service.account(Role::CountyOffice, None);
    service.county(&office).await;
    let town = service.account(Role::UnitAdministrator, Some(TOWN));
    let recorder = service.account(Role::Recorder, Some(TOWN));
    let auditor = service.account(Role::Auditor, None);
    let listed = async |account: &Account, query: &str| {
        let list = account.get(&format!("accounts{query}")).await.done().json();
        let items = list["items"].as_array().unwrap().clone();
        // Those made at the same moment come in any order.
        items.iter().map(|row| row["role"].as_str().unwrap().to_owned()).collect::<BTreeSet<_>>()
    };
    let set = |roles: &[&str]| roles.iter().map(|role| (*role).to_owned()).collect::<BTreeSet<_>>();
    let all = set(&["county_office", "unit_administrator", "recorder", "auditor"]);
    let of_town = set(&["unit_administrator", "recorder"]);
    assert_eq!(listed(&office, "").await, all);
    assert_eq!(listed(&auditor, "").await, all);
    assert_eq!(listed(&town, "").await, of_town);
    assert_eq!(listed(&office, &format!("?within={TOWN}")).await, of_town);
    recorder.get("accounts").await.refused(403, "permission.role");
    office.get("accounts?within=a%2Fb").await.refused(422, "value.unit_code");
    assert!(!office.get("accounts").await.body.contains("yf_"));

    let (office_row, recorder_row) = (me(&office).await, me(&recorder).await);
    revoke(&recorder, &recorder_row).await.refused(403, "permission.role");
    revoke(&auditor, &recorder_row).await.refused(403, "permission.role");
    revoke(&town, &office_row).await.refused(403, "permission.elsewhere");
    for watcher in [Role::Supervisor, Role::Attester, Role::Auditor] {
        let watcher = me(&service.account(watcher, Some(TOWN))).await;
        revoke(&town, &watcher).await.refused(403, "permission.role");
        revoke(&office, &watcher).await.done();
    }
    revoke(&town, &json!({"account": "A-nobody"})).await.refused(403, "permission.elsewhere");
    revoke(&office, &json!({"account": "A-nobody"})).await.refused(404, "account.unknown");
    revoke(&office, &office_row).await.refused(422, "account.last_of_office");
    me(&office).await;

    let revoked = revoke(&town, &recorder_row).await.done().json();
    assert_eq!(revoked["revoked_by"], me(&town).await["account"]);
    assert_eq!((&revoked["revoked_for"], &revoked["working"]), (&json!("人员调离"), &json!(false)));
    recorder.get("me").await.refused(401, "token.unknown");
    let again = revoke(&office, &recorder_row).await.done().json();
    assert_eq!(again["revoked_by"], revoked["revoked_by"], "it stays as it was");
    assert_eq!(listed(&town, "?working=true").await, set(&["unit_administrator"]));

    let second = service.account(Role::CountyOffice, None);
    revoke(&office, &office_row).await.done();
    office.get("me").await.refused(401, "token.unknown");
    revoke(&second, &me(&second).await).await.refused(422, "account.last_of_office");
    service.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_county_leader_reads_figures_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let service = Service::start(folder.path()).await;
    let office = service.account(Role::CountyOffice, None);
    service.county(&office).await;
    let leader = service.account(Role::CountyLeader, None);
    for figures in
        ["quota", "service-timeliness", "notices", "reports/monthly", "activities", "rulebook"]
    {
        leader.get(figures).await.done();
    }
    let head = service.head().await;
    let document = serde_json::to_value(api::openapi()).unwrap();
    let (mut written, mut read) = (0, Vec::new());
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, described) in item.as_object().unwrap() {
            let Some(roles) = described["x-roles"].as_array() else { continue };
            let may = roles.iter().any(|role| role == "county_leader");
            match method.as_str() {
                "get" if may => read.push(path.trim_start_matches("/api/v1/").to_owned()),
                _ => {
                    assert!(!may, "{method} {path} is for a county leader");
                    written += 1;
                }
            }
        }
    }
    assert!(written > 80, "{written}");
    let people = [
        "volunteer",
        "participants",
        "members",
        "personal",
        "streams",
        "points-bank",
        "issues",
        "evidence",
    ];
    for path in &read {
        assert!(!people.iter().any(|word| path.contains(word)), "{path} tells of people");
    }
    assert!(read.iter().any(|path| path == "quota") && read.len() >= 6, "{read:?}");
    for (method, path) in [
        (Method::GET, "volunteers"),
        (Method::GET, "issues"),
        (Method::GET, "accounts"),
        (Method::POST, "imports/roster"),
        (Method::POST, "imports/sign-in"),
    ] {
        leader.send(leader.request(method, path)).await.refused(403, "permission.role");
    }
    assert_eq!(service.head().await, head);
    service.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_sign_in_sheet_is_taken_from_who_may_record() {
    let folder = tempfile::tempdir().unwrap();
    let service = Service::start(folder.path()).await;
    let office = service.account(Role::CountyOffice, None);
    service.county(&office).await;
    let recorder = service.account(Role::Recorder, Some(TOWN));
    let sheet = "志愿者编号,签到,签退\nV0123456789AB,9:00,10:00\n".as_bytes().to_vec();
    let none = recorder.upload("sign-in?dry_run=true", sheet.clone()).await.done().json();
    let told = ["import", "rows", "added", "not_taken"].map(|name| none[name].clone());
    assert_eq!(json!(told), json!([null, 1, 0, 1]));
    assert_eq!(none["problems"][0]["code"], "sign_in.no_activity");
    recorder.upload("sign-in?activity=none", sheet.clone()).await.refused(422, "value.activity");
    recorder.upload("sign-in?activty=x", sheet.clone()).await.refused(400, "query.malformed");
    office.upload("accounts", sheet).await.refused(422, "import.accounts");
    let template = recorder.get("imports/template/sign-in").await.done();
    assert!(template.header("content-disposition").contains("sign-in.xlsx"));
    service.stop().await;
}
