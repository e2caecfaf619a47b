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
        ("{campaign}", "2099"),
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
        ("{account}", "A-nobody"),
        ("{correction}", "1"),
        ("{import}", "00000000-0000-4000-8000-000000000000"),
        ("{issue}", "Y0123456789AB"),
        ("{meeting}", "00000000-0000-4000-8000-000000000000"),
        ("{resolution}", "00000000-0000-4000-8000-000000000000-1"),
        ("{comparison}", "00000000-0000-4000-8000-000000000000"),
        ("{bulletin}", "00000000-0000-4000-8000-000000000000"),
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

/// Whether the description tells of such a reply: of its status, and of its code where it is a refusal.
fn is_described(described: &Value, reply: &super::Reply) -> bool {
    let Some(response) = described["responses"].get(reply.status.to_string()) else { return false };
    if reply.status < 400 {
        return true;
    }
    let told = response["description"].as_str().unwrap().lines();
    let mut told = told.filter_map(|line| line.strip_prefix("- `")?.split('`').next());
    let code = reply.json()["code"].as_str().unwrap().to_owned();
    told.any(|told| match told.split_once('*') {
        Some((begin, end)) => code.starts_with(begin) && (end.contains('*') || code.ends_with(end)),
        None => code == told,
    })
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_operation_answers_its_example_as_described_to_every_role() {
    let folder = tempfile::tempdir().unwrap();
    let service = Service::start(folder.path()).await;
    let document = serde_json::to_value(api::openapi()).unwrap();
    let (mut refused, mut told) = (0, 0);
    let accounts = Role::FOR_TOKENS.map(|role| (role, service.account(role, None)));
    for Operation { method, path, sample, described } in operations(&document) {
        let example = &described["requestBody"]["content"]["application/json"]["example"];
        let query = described["parameters"].as_array().into_iter().flatten();
        let query = query.filter(|one| one["in"] == "query" && one["required"] == true);
        let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        let query = query.map(|one| format!("{}={}", text(&one["name"]), text(&one["example"])));
        let sample = format!("{sample}?{}", query.collect::<Vec<_>>().join("&"));
        let ask = |account: &super::Account| {
            let request = account.request(method.clone(), &sample);
            if example.is_null() { request } else { request.json(example) }
        };
        for (role, account) in &accounts {
            let reply = account.send(ask(account)).await;
            let status = reply.status;
            assert!(is_described(&described, &reply), "{method} {path}: {status} {}", reply.body);
            assert!(
                status < 500 || path == "/ledger/checkpoint",
                "{method} {path}: {}",
                reply.body
            );
            let Some(roles) = described.get("x-roles") else { continue };
            let listed = roles.as_array().unwrap().iter().any(|one| one == role.as_str());
            let by_role = reply.body.contains("permission.role");
            if listed {
                assert!(!by_role, "{method} {path} is said to be for {role:?}: {}", reply.body);
                told += 1;
            } else {
                // Also where the thing is not there: whoever may nowhere learns nothing of it.
                assert!(by_role, "{method} {path}, {role:?}: {status} {}", reply.body);
                refused += 1;
            }
        }
        let stranger = service.anybody();
        let reply = stranger.send(ask(&stranger)).await;
        assert!(is_described(&described, &reply), "{method} {path}: {}", reply.body);
    }
    assert!(refused > 400 && told > 400, "{refused} {told}");
    service.stop().await;
}

#[test]
fn every_operation_says_all_that_a_caller_needs() {
    let document = serde_json::to_value(api::openapi()).unwrap();
    let mut ids = BTreeSet::new();
    for Operation { method, path, described, .. } in operations(&document) {
        let id = described["operationId"].as_str().unwrap();
        assert!(id.contains('_') && ids.insert(id.to_owned()), "{method} {path}: {id}");
        assert!(described["description"].is_string(), "{id} has no description");
        let summary = described["summary"].as_str().unwrap();
        let in_both = summary.split_once('。').is_some_and(|(zh, en)| {
            !zh.is_ascii() && en.starts_with(|first: char| first.is_ascii_uppercase())
        });
        assert!(in_both, "{id} is summed up in one language: {summary}");
        assert!(described["x-refusals"].as_array().is_some_and(|all| !all.is_empty()), "{id}");
        let open = described["security"] == json!([{}]);
        let of_any = ["read_import_template", "read_me"].contains(&id);
        assert!(open || described["x-roles"].is_array() || of_any, "{id}");
        for (status, response) in described["responses"].as_object().unwrap() {
            let meaning = response["description"].as_str().unwrap();
            assert!(!meaning.is_empty(), "{id} {status} has no description");
            let json = &response["content"]["application/json"];
            assert!(json.is_null() || json["example"].is_object(), "{id} {status}: {json}");
        }
        let body = &described["requestBody"]["content"]["application/json"];
        assert!(body.is_null() || body["example"].is_object(), "{id}: {body}");
        if described["responses"]["201"]["headers"]["Location"].is_object() {
            assert!(described["responses"]["200"].is_object(), "{id}: where it was so already");
        }
    }
}

/// Routes are collected with their descriptions by `routes!`; whoever adds one beside it escapes the description.
#[test]
fn every_handler_is_described() {
    let sources = sources("api");
    let count = |what: &str| sources.iter().map(|text| text.matches(what).count()).sum::<usize>();
    let document = serde_json::to_value(api::openapi()).unwrap();
    let operations = operations(&document).len();
    assert_eq!(count("#[utoipa::path("), operations, "each described handler is routed");
    assert_eq!(count("routes!("), operations, "each routed handler is described");
    let outside =
        "/openapi.json itself and the three pages for operators are outside the description";
    assert_eq!(count(".route("), 1 + 3, "{outside}");
}

/// Two schemas of one name: the description would show the last of them for both.
#[test]
fn every_schema_has_a_name_of_its_own() {
    let mut seen = BTreeSet::new();
    let mut see =
        |name: &str| assert!(seen.insert(name.to_owned()), "two schemas are called {name}");
    for text in sources("api") {
        // Bodies of commands: `input! { /// … struct NewUnit { … } }`.
        let bodies = text
            .split(
                "
input! {",
            )
            .skip(1);
        for derived in text.split("ToSchema)]").skip(1).chain(bodies) {
            let named = derived.lines().find_map(|line| {
                let item = line.trim().trim_start_matches("pub(super) ").trim_start_matches("pub ");
                item.strip_prefix("struct ").or_else(|| item.strip_prefix("enum "))
            });
            see(named.unwrap().split(|c: char| !c.is_alphanumeric()).next().unwrap());
        }
    }
    // Rows and answers: `pub struct UnitQuota as "Quota" {`; an answer without another name goes by its own.
    for text in ["projections", "application"].into_iter().flat_map(sources) {
        for block in text.split("described! {\n").skip(1) {
            let named = block.lines().find_map(|line| line.trim().strip_prefix("pub struct "));
            if let Some((name, _)) = named.and_then(|named| named.split_once(" {"))
                && !name.contains('$')
                && !name.contains(" as ")
            {
                see(name);
            }
        }
        for (before, after) in
            text.match_indices(" as \"").map(|(at, word)| text.split_at(at + word.len()))
        {
            let line = before.lines().last().unwrap_or_default();
            if line.contains("pub struct ") || line.contains(" in \"") {
                see(after.split('"').next().unwrap());
            }
        }
    }
    assert!(seen.len() > 80, "{seen:?}");
}

/// Every field of a row is always there, and says what it means and what it may hold.
#[test]
fn rows_say_what_their_fields_hold() {
    let document = serde_json::to_value(api::openapi()).unwrap();
    let schemas = &document["components"]["schemas"];
    let quota = &schemas["Quota"];
    let fields = quota["properties"].as_object().unwrap();
    assert_eq!(quota["required"].as_array().unwrap().len(), fields.len());
    assert!(fields.values().all(|field| !field["description"].as_str().unwrap().is_empty()));
    assert_eq!(fields["unit"]["maxLength"], 32);
    assert_eq!(fields["parent"]["type"], json!(["string", "null"]));
    assert_eq!(fields["squad_late"]["type"], json!(["boolean", "null"]));
    assert_eq!(fields["required"]["minimum"], 0);
    assert_eq!(fields["administrator_reported_at"]["format"], "date-time");
    assert!(fields["kind"]["enum"].as_array().unwrap().contains(&json!("town")));
    assert_eq!(quota["examples"][0]["unit"], fields["unit"]["examples"][0]);
    let page = &schemas["QuotaPage"]["properties"]["items"]["items"];
    assert_eq!(page["$ref"], "#/components/schemas/Quota");
    let answers = &schemas["Survey"]["properties"]["answers"]["oneOf"];
    assert_eq!(answers[0]["$ref"], "#/components/schemas/SurveyAnswers");
    let minutes = &schemas["MeetingMinutes"]["properties"];
    assert_eq!(minutes["agenda"]["items"]["$ref"], "#/components/schemas/MeetingTopic");
    assert_eq!(minutes["held_on"]["format"], "date");
}

fn sources(room: &str) -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(room).join("src");
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
    assert_eq!(fields, ["name", "place", "problem", "station", "telephone", "wish"]);
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
