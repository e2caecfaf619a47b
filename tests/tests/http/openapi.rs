//! The description of the API is true: it names what is served and nothing else is served.

use std::collections::BTreeSet;
use std::path::Path;

use domain::Role;
use reqwest::Method;
use serde_json::{Value, json};

use super::Service;

/// One operation: method, path as described, the same with its parts filled in, and its description.
struct Operation {
    method: Method,
    path: String,
    sample: String,
    described: Value,
}

fn operations(document: &Value) -> Vec<Operation> {
    let mut found = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, described) in item.as_object().unwrap() {
            let method = method.to_uppercase().parse().unwrap();
            let described = described.clone();
            found.push(Operation { method, path: path.clone(), sample: sample(path), described });
        }
    }
    found
}

/// Fills in what could exist but does not.
fn sample(path: &str) -> String {
    let parts = [
        ("{unit}", "330225999"),
        ("{volunteer}", "V0123456789AB"),
        ("{activity}", "00000000-0000-4000-8000-000000000000"),
        ("{notice}", "n-1"),
        ("{version}", "1"),
        ("{record}", "1"),
        ("{redemption}", "1"),
        ("{objection}", "1"),
        ("{kind}", "roster"),
        ("{stream}", "unit-330225999"),
        ("{item}", "staff"),
        ("{person}", "V0123456789AB"),
        ("{issue}", "Y0123456789AB"),
        ("{meeting}", "00000000-0000-4000-8000-000000000000"),
        ("{resolution}", "00000000-0000-4000-8000-000000000000-1"),
        ("{survey}", "00000000-0000-4000-8000-000000000000"),
        ("{digest}", "0000000000000000000000000000000000000000000000000000000000000000"),
        ("{month}", "2022-03"),
        ("{figure}", "issues_registered"),
        ("{tile}", "0/x999/999"),
    ];
    let path = parts.iter().fold(path.to_owned(), |path, (part, value)| path.replace(part, value));
    assert!(!path.contains('{'), "a part without a sample: {path}");
    path
}

/// Whether no route took it.
fn is_missed(reply: &super::Reply) -> bool {
    ["route.unknown", "route.method"].iter().any(|code| reply.body.contains(code))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_described_operation_is_served_and_only_what_is_public_to_strangers() {
    let folder = tempfile::tempdir().unwrap();
    let service = Service::start(folder.path()).await;
    let (office, anybody) = (service.account(Role::CountyOffice, None), service.anybody());
    let document = anybody.get("/openapi.json").await.done().json();
    assert!(document["openapi"].as_str().unwrap().starts_with("3.1"), "{}", document["openapi"]);
    let operations = operations(&document);
    assert!(operations.len() > 130, "{}", operations.len());
    for Operation { method, path, sample, described } in &operations {
        let summary = described["summary"].as_str().unwrap_or_default();
        assert!(!summary.is_empty(), "{method} {path} has no summary");
        let reply = office.send(office.request(method.clone(), sample).json(&json!({}))).await;
        assert!(!is_missed(&reply), "{method} {path} is described but not served: {}", reply.body);
        assert!(reply.status < 500, "{method} {path}: {}", reply.body);

        let open = !path.starts_with("/api/")
            || path.starts_with("/api/v1/public/")
            || (method == Method::GET && path.starts_with("/api/v1/notices"));
        let said_open = described["security"] == json!([{}]);
        assert_eq!(open, said_open, "{method} {path}: {}", described["security"]);
        let stranger = anybody.send(anybody.request(method.clone(), sample).json(&json!({}))).await;
        if open {
            assert_ne!(stranger.status, 401, "{method} {path} is for everybody");
        } else {
            stranger.refused(401, "token.missing");
        }
    }
    let described: BTreeSet<_> =
        operations.iter().map(|one| (one.path.as_str(), one.method.as_str())).collect();
    for path in operations.iter().map(|one| &one.path).collect::<BTreeSet<_>>() {
        for method in [Method::GET, Method::POST, Method::PUT, Method::PATCH, Method::DELETE] {
            if !described.contains(&(path.as_str(), method.as_str())) {
                let request = office.request(method, &sample(path)).json(&json!({}));
                office.send(request).await.refused(405, "route.method");
            }
        }
    }
    service.stop().await;
}

/// Routes are collected with their descriptions by `routes!`; whoever adds one beside it escapes the description.
#[test]
fn every_handler_is_described() {
    let sources = sources();
    let count = |what: &str| sources.iter().map(|text| text.matches(what).count()).sum::<usize>();
    let document = serde_json::to_value(api::openapi()).unwrap();
    let operations = operations(&document).len();
    assert_eq!(count("#[utoipa::path("), operations, "each described handler is routed");
    assert_eq!(count(".routes(routes!("), operations, "each routed handler is described");
    assert_eq!(count(".route("), 1, "only /openapi.json itself is outside the description");
}

/// Two schemas of one name: the description would show the last of them for both.
#[test]
fn every_schema_has_a_name_of_its_own() {
    let mut seen = BTreeSet::new();
    for text in sources() {
        // Bodies of commands: `input! { /// … struct NewUnit { … } }`.
        let bodies = text.split("\ninput! {").skip(1);
        for derived in text.split("ToSchema)]").skip(1).chain(bodies) {
            let named = derived.lines().find_map(|line| {
                let item = line.trim().trim_start_matches("pub ");
                item.strip_prefix("struct ").or_else(|| item.strip_prefix("enum "))
            });
            let name = named.unwrap().split(|c: char| !c.is_alphanumeric()).next().unwrap();
            assert!(seen.insert(name.to_owned()), "two schemas are called {name}");
        }
        // Rows of read models: `QuotaRow QuotaPage "Quota" from …`.
        for shown in text.split("shown! {").skip(1).flat_map(str::lines) {
            let Some((row, _)) = shown.split_once("\" from ") else { continue };
            let name = row.rsplit('"').next().unwrap();
            assert!(seen.insert(name.to_owned()), "two schemas are called {name}");
        }
    }
    assert!(seen.len() > 80, "{seen:?}");
}

fn sources() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../api/src");
    let mut sources = Vec::new();
    read(&folder, &mut sources);
    sources
}

fn read(folder: &Path, sources: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            read(&path, sources);
        } else if path.file_name().is_none_or(|name| name != "tests.rs") {
            sources.push(std::fs::read_to_string(path).unwrap());
        }
    }
}

#[test]
fn every_reference_leads_somewhere() {
    let document = serde_json::to_value(api::openapi()).unwrap();
    let mut references = BTreeSet::new();
    collect(&document, &mut references);
    assert!(references.len() > 40, "{}", references.len());
    for reference in references {
        let pointer = reference.strip_prefix('#').unwrap();
        assert!(document.pointer(pointer).is_some(), "{reference} leads nowhere");
    }
}

#[test]
fn residents_send_what_the_description_says() {
    let document = serde_json::to_value(api::openapi()).unwrap();
    let post = &document["paths"]["/api/v1/public/issues"]["post"];
    let schema = &post["requestBody"]["content"]["application/json"]["schema"];
    assert_eq!(schema["$ref"], "#/components/schemas/OnlineIssue");
    let fields =
        document["components"]["schemas"]["OnlineIssue"]["properties"].as_object().unwrap();
    let fields: Vec<_> = fields.keys().collect();
    assert_eq!(fields, ["name", "place", "problem", "solution", "station", "telephone"]);
    let headers = post["parameters"].as_array().unwrap().iter();
    let headers: Vec<_> = headers.map(|one| one["name"].as_str().unwrap()).collect();
    assert_eq!(headers, ["Idempotency-Key"], "a resident has seen no version");
}

fn collect(value: &Value, references: &mut BTreeSet<String>) {
    match value {
        Value::Object(fields) => {
            if let Some(Value::String(reference)) = fields.get("$ref") {
                references.insert(reference.clone());
            }
            fields.values().for_each(|field| collect(field, references));
        }
        Value::Array(items) => items.iter().for_each(|item| collect(item, references)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}
