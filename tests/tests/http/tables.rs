//! Lists as people open them: every list, whatever it holds, as CSV and as a workbook, and the same from the service, the
//! auditors' program and back through the imports.

use std::ffi::OsString;

use domain::Role;
use reqwest::Method;
use reqwest::header::HeaderMap;
use serde_json::{Value, json};
use tests::county::{COUNTY, TOWN};

use super::{Account, Service, after};

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// The bytes of an answer and its headers.
async fn file(by: &Account, path: &str, accept: &str, language: &str) -> (HeaderMap, Vec<u8>) {
    let request = by.request(Method::GET, path);
    let request = request.header("accept", accept).header("accept-language", language);
    let response = request.send().await.unwrap();
    assert_eq!(response.status(), 200, "{path}");
    let headers = response.headers().clone();
    (headers, response.bytes().await.unwrap().to_vec())
}

fn text(bytes: Vec<u8>) -> String {
    let text = String::from_utf8(bytes).unwrap();
    text.strip_prefix('\u{feff}').expect("a byte order mark, for Excel").to_owned()
}

/// Lists that need nothing in their address.
fn lists() -> Vec<String> {
    let document = serde_json::to_value(api::openapi()).unwrap();
    let reads = document["paths"].as_object().unwrap().iter().filter_map(|(path, item)| {
        let named = |name: &str| {
            let parameters = item["get"]["parameters"].as_array().into_iter().flatten();
            parameters.into_iter().any(|parameter| parameter["name"] == name)
        };
        let printed = item["get"]["responses"]["200"]["content"]["text/html"].is_object();
        let is_list = !path.contains('{') && named("format") && named("cursor") && !printed;
        // Personal data is read for a purpose.
        let asked = if named("purpose") { "?purpose=test" } else { "" };
        is_list.then(|| format!("{path}{asked}"))
    });
    let lists: Vec<String> = reads.collect();
    assert!(lists.len() > 12, "{lists:?}");
    lists
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_list_is_a_table_with_its_header_also_when_it_is_empty() {
    let folder = tempfile::tempdir().unwrap();
    let service = Service::start(folder.path()).await;
    let office = service.account(Role::CountyOffice, None);
    for list in lists() {
        let (headers, zh) = file(&office, &list, "text/csv", "zh-CN,zh;q=0.9").await;
        assert_eq!(headers["content-type"], "text/csv; charset=utf-8", "{list}");
        let named = headers["content-disposition"].to_str().unwrap();
        assert!(named.contains(".csv\"; filename*=UTF-8''%"), "{list}: {named}");
        let zh = text(zh);
        assert!(zh.ends_with("\r\n"), "{list}: {zh}");
        let heads: Vec<&str> = zh.lines().next().unwrap().split(',').collect();
        assert!(heads.iter().all(|head| !head.is_ascii()), "{list}: {heads:?}");

        let keys = text(file(&office, &list, "text/csv", "").await.1);
        let keys: Vec<&str> = keys.lines().next().unwrap().split(',').collect();
        assert_eq!(keys.len(), heads.len(), "{list}");
        assert!(keys.iter().all(|key| key.is_ascii()), "{list}: {keys:?}");

        let (headers, book) = file(&office, &list, XLSX, "zh").await;
        assert_eq!(headers["content-type"], XLSX, "{list}");
        assert!(book.starts_with(b"PK"), "{list}");
    }
    service.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_filtered_is_what_is_exported_however_long() {
    let folder = tempfile::tempdir().unwrap();
    let service = Service::start(folder.path()).await;
    let office = service.account(Role::CountyOffice, None);
    service.county(&office).await;
    for village in 1..=60 {
        let unit = format!("{TOWN}{village:03}");
        let new = json!({"unit": unit, "name": format!("=示例{village}村"), "kind": "village", "parent": TOWN});
        office.post("units", new).await.done();
    }
    let path = after("quota?kind=village", service.head().await);
    let page = office.get(&path).await.done().json();
    assert_eq!(page["items"].as_array().unwrap().len(), 50, "a page of many");
    let (headers, csv) = file(&office, &path, "text/csv", "zh").await;
    assert!(!headers.contains_key("x-cursor"), "{headers:?}");
    let csv = text(csv);
    let rows: Vec<&str> = csv.lines().skip(1).collect();
    assert_eq!(rows.len(), 60);
    assert!(rows.iter().all(|row| row.contains(",'=示例") && row.contains(",村社区,")), "{rows:?}");
    let one = text(file(&office, &format!("{path}&limit=7"), "text/csv", "zh").await.1);
    assert_eq!(one.lines().count(), 8, "a limit that is given counts");
    service.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_exported_comes_in_again_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let service = Service::start(folder.path()).await;
    let office = service.account(Role::CountyOffice, None);
    service.county(&office).await;
    let table = format!(
        "单位代码,单位名称,上级代码,类别,总人数,任务数,归口代码\n\
         {COUNTY}-d1,＝示例局,{COUNTY},县级部门,120,80,\n\
         {COUNTY}-d2,示例学校,{TOWN},学校,30,,{COUNTY}-d1\n"
    );
    let imported = office.upload("units", table.into()).await.done().json();
    assert_eq!((&imported["added"], &imported["problems"]), (&json!(2), &json!([])), "{imported}");
    let head = service.head().await;
    for kind in ["divisions", "units"] {
        for accept in ["text/csv", XLSX] {
            let (_, table) = file(&office, &after(kind, head), accept, "zh").await;
            let imported = office.upload(kind, table).await.done().json();
            assert_eq!(imported["problems"], json!([]), "{kind} {accept}");
            assert_eq!(imported["unchanged"], imported["rows"], "{kind} {accept}: {imported}");
            assert!(imported["rows"].as_u64().unwrap() > 0, "{kind} {accept}");
        }
    }
    assert_eq!(service.head().await, head, "nothing was changed");
    service.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn service_and_auditors_write_the_same_file() {
    let folder = tempfile::tempdir().unwrap();
    let service = Service::start(folder.path()).await;
    let office = service.account(Role::CountyOffice, None);
    service.county(&office).await;
    let then = service.minutes(10).to_string();
    let path = format!("quota?as_of={then}");
    for (language, lang) in [("zh-CN", "zh"), ("", "en")] {
        let (_, served) = file(&office, &path, "text/csv", language).await;
        let data = folder.path().to_str().unwrap();
        let asked = ["replay", "--data", data, "--lang", lang, "--quiet", "show", "quota"];
        let asked = asked.into_iter().chain(["--as-of", &then, "--format", "csv"]);
        let asked: Vec<OsString> = asked.map(OsString::from).collect();
        let replayed = tokio::task::spawn_blocking(move || {
            let (mut out, mut err) = (Vec::new(), Vec::new());
            assert_eq!(replay_tool::run(asked, &mut out, &mut err), 0, "{err:?}");
            String::from_utf8(out).unwrap()
        });
        let replayed = replayed.await.unwrap();
        assert_eq!(replayed, String::from_utf8(served).unwrap(), "{lang}");
        assert!(replayed.lines().count() > 2, "{replayed}");
    }
    service.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_command_is_read_with_a_byte_order_mark() {
    let folder = tempfile::tempdir().unwrap();
    let service = Service::start(folder.path()).await;
    let office = service.account(Role::CountyOffice, None);
    service.county(&office).await;
    let told = |headcount: u32, body: Vec<u8>| {
        let request = office.request(Method::POST, &format!("units/{TOWN}/headcount"));
        let sent = office.send(request.header("content-type", "application/json").body(body));
        async move {
            let done: Value = sent.await.done().json();
            assert_eq!(done["events"][0]["data"]["headcount"], headcount, "{done}");
        }
    };
    told(31, "\u{feff}{\"headcount\": 31}\r\n".into()).await;
    let wide = "\u{feff}{\"headcount\": 32}".encode_utf16().flat_map(u16::to_le_bytes);
    told(32, wide.collect()).await;
    service.stop().await;
}
