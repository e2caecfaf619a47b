//! Keys, versions, pages, tables for spreadsheets, and who may read at all.

use std::collections::BTreeSet;

use domain::Role;
use reqwest::Method;
use serde_json::{Value, json};
use tests::county::{COUNTY, TOWN};

use super::play::items;
use super::{Service, after};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_key_stands_for_one_request_and_a_version_for_what_was_seen() {
    let folder = tempfile::tempdir().unwrap();
    let service = Service::start(folder.path()).await;
    let office = service.account(Role::CountyOffice, None);
    service.county(&office).await;
    let path = format!("units/{TOWN}/headcount");
    let first = office.post_once(&path, "k-1", json!({"headcount": 40})).await.done();
    let head = service.head().await;
    let again = office.post_once(&path, "k-1", json!({"headcount": 40})).await.done();
    assert_eq!(
        (&first.json()["repeated"], &again.json()["repeated"]),
        (&json!(false), &json!(true))
    );
    let same = |reply: &super::Reply| {
        ["stream", "version", "position", "events"].map(|field| reply.json()[field].clone())
    };
    assert_eq!(same(&first), same(&again));
    office
        .post_once(&path, "k-1", json!({"headcount": 41}))
        .await
        .refused(422, "idempotency.reused");
    assert_eq!(service.head().await, head, "neither added anything");
    let person = super::play::adult(1);
    let one = office.post_once("volunteers", "k-2", person.clone()).await.made();
    assert_eq!(office.post_once("volunteers", "k-2", person).await.made(), one);

    let insists = |version: &str| {
        let request = office.request(Method::POST, &path).header("if-match", version.to_owned());
        office.send(request.json(&json!({"headcount": 42})))
    };
    insists("\"1\"").await.refused(412, "stream.outdated");
    let seen = first.header("etag").to_owned();
    let changed = insists(&seen).await.done();
    assert_ne!(changed.header("etag"), seen);
    insists(&seen).await.refused(412, "stream.outdated");

    // A new service remembers no bodies, but the log remembers what was done.
    service.stop().await;
    let service = Service::start(folder.path()).await;
    let office = service.again(&office);
    let head = service.head().await;
    let again = office.post_once(&path, "k-1", json!({"headcount": 40})).await.done();
    assert_eq!((same(&again), &again.json()["repeated"]), (same(&first), &json!(true)));
    assert_eq!(service.head().await, head);
    service.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn pages_lose_and_repeat_nothing_and_tables_open_in_a_spreadsheet() {
    let folder = tempfile::tempdir().unwrap();
    let service = Service::start(folder.path()).await;
    let office = service.account(Role::CountyOffice, None);
    service.county(&office).await;
    let mut written = BTreeSet::from([COUNTY, TOWN, super::play::ELSEWHERE].map(str::to_owned));
    for village in 1..=10 {
        let unit = format!("{TOWN}{village:03}");
        let new = json!({"unit": unit, "name": format!("示例{village}村"), "kind": "village", "parent": TOWN});
        office.post("units", new).await.done();
        written.insert(unit);
    }
    let latest = service.head().await;
    let mut seen = Vec::new();
    let mut path = after("quota?limit=3", latest);
    loop {
        let page = office.get(&path).await.done().json();
        let rows = page["items"].as_array().unwrap();
        assert!((1..=3).contains(&rows.len()), "{page}");
        seen.extend(rows.iter().map(|row| row["unit"].as_str().unwrap().to_owned()));
        let Some(cursor) = page["cursor"].as_str() else { break };
        path = format!("quota?limit=3&cursor={cursor}");
    }
    assert_eq!(seen.len(), written.len(), "none twice: {seen:?}");
    assert_eq!(seen.into_iter().collect::<BTreeSet<_>>(), written);
    office.get("notices?cursor=zz").await.refused(400, "query.cursor");

    let table = office.get("quota?format=csv").await.done();
    assert_eq!(table.header("content-type"), "text/csv; charset=utf-8");
    let text = table.body.strip_prefix('\u{feff}').expect("a byte order mark, for Excel");
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let heads: Vec<_> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    let one = office.get(&format!("quota/{TOWN}")).await.done().json();
    let fields: BTreeSet<_> = one.as_object().unwrap().keys().cloned().collect();
    assert_eq!(heads.iter().cloned().collect::<BTreeSet<_>>(), fields, "a column a field");
    let name = heads.iter().position(|head| head == "name").unwrap();
    let names: Vec<_> = reader.records().map(|row| row.unwrap()[name].to_owned()).collect();
    assert_eq!(names.len(), written.len());
    assert!(names.contains(&"示例镇".to_owned()));
    let accepted = office.request(Method::GET, "quota").header("accept", "text/csv");
    assert_eq!(office.send(accepted).await.body, table.body);
    service.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn notices_are_for_everybody_and_objectors_are_not() {
    let folder = tempfile::tempdir().unwrap();
    let service = Service::start(folder.path()).await;
    let office = service.account(Role::CountyOffice, None);
    service.county(&office).await;
    let new = json!({"title": "积分规则公示", "text": "服务一小时计一分。", "unit": COUNTY});
    let notice = office.post("notices", new).await.made();
    let objector = service.account(Role::Attester, Some(TOWN));
    let path = format!("notices/{notice}/objections");
    let filed = objector.post(&path, json!({"ground": "标准与去年不一致"})).await.done();
    let anybody = service.anybody();
    let shown =
        anybody.get(&after(&format!("notices/{notice}"), filed.position())).await.done().json();
    assert_eq!((&shown["title"], &shown["status"]), (&json!("积分规则公示"), &json!("open")));
    let listed = items(anybody.get("notices?status=open").await);
    assert_eq!(listed.len(), 1);
    let objections = anybody.get(&path).await.done();
    assert_eq!(objections.json()["items"].as_array().map(Vec::len), Some(1));
    assert!(!objections.body.contains("标准与去年不一致"), "what is objected is not public");
    assert!(!objections.body.contains("A-"), "nor is who objected");
    anybody
        .get(&format!("notices/{notice}?as_of=2021-11-12T00:00:00Z"))
        .await
        .refused(401, "token.missing");
    anybody.post(&path, json!({"ground": "无"})).await.refused(401, "token.missing");
    let stranger = anybody.request(Method::GET, "quota").bearer_auth("yf_guess");
    anybody.send(stranger).await.refused(401, "token.unknown");
    let bare: Value = anybody.get("notices").await.done().json();
    assert_eq!(bare["items"].as_array().map(Vec::len), Some(1));
    service.stop().await;
}
