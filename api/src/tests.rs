//! The layer as clients see it, over a real application on a folder of its own.

#![allow(clippy::unwrap_used)]

mod etags;
mod guessing;
mod ledger;
mod proofs;

use std::sync::Arc;
use std::time::Duration;

use application::tokens::NewToken;
use application::{App, ManualClock};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode};
use axum::middleware;
use axum::routing::get;
use domain::{Role, UnitCode};
use jiff::Timestamp;
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::sync::watch;
use tower::ServiceExt as _;

use super::AppState;
use super::Options;
use super::router;
use crate::openapi;

/// Waits until what is watched is so; much longer than it takes anywhere.
async fn until<T>(mut watched: watch::Receiver<T>, so: impl FnMut(&T) -> bool) {
    let so = watched.wait_for(so);
    drop(tokio::time::timeout(Duration::from_secs(120), so).await.unwrap().unwrap());
}

struct Service {
    router: Router,
    state: AppState,
    office: String,
    _folder: TempDir,
}

struct Reply {
    status: StatusCode,
    headers: HeaderMap,
    text: String,
}

impl Reply {
    fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap()
    }

    fn header(&self, name: &str) -> &str {
        self.headers[name].to_str().unwrap()
    }

    #[track_caller]
    fn refused(&self, status: u16, code: &str) {
        assert_eq!(
            (self.status.as_u16(), &self.json()["code"]),
            (status, &json!(code)),
            "{}",
            self.text
        );
        assert_eq!(self.header("content-type"), "application/problem+json");
        assert_eq!(self.json()["request_id"], json!(self.header("x-request-id")));
    }
}

impl Service {
    async fn start() -> Self {
        Self::start_in(TempDir::new().unwrap(), Options::default()).await
    }

    async fn start_in(folder: TempDir, options: Options) -> Self {
        let now: Timestamp = "2021-11-10T09:00:00+08:00".parse().unwrap();
        let master = App::master_key(folder.path()).unwrap();
        let app = App::open(folder.path(), master, Arc::new(ManualClock::at(now))).await.unwrap();
        let state = AppState::start(Arc::new(app), options).await.unwrap();
        let mut service =
            Self { router: router(state.clone()), state, office: String::new(), _folder: folder };
        service.office = service.token(Role::CountyOffice, None);
        service
    }

    fn token(&self, role: Role, unit: Option<&str>) -> String {
        let unit = unit.map(|unit| UnitCode::new(unit).unwrap());
        let new = NewToken { role, unit, person: None, label: None, expires_at: None };
        self.state.tokens.create(new, self.state.app.clock.now()).unwrap().1.reveal().to_owned()
    }

    async fn send(&self, request: Request<Body>) -> Reply {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = axum::body::to_bytes(body, usize::MAX).await.unwrap();
        Reply {
            status: parts.status,
            headers: parts.headers,
            text: String::from_utf8(bytes.to_vec()).unwrap(),
        }
    }

    async fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &Value) -> Reply {
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header("authorization", format!("Bearer {}", self.office))
            .header("content-type", "application/json");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.send(request.body(Body::from(body.to_string())).unwrap()).await
    }

    async fn post(&self, path: &str, body: Value) -> Reply {
        self.ask("POST", path, &[], &body).await
    }

    async fn get(&self, path: &str) -> Reply {
        self.get_as(path, Some(&self.office)).await
    }

    async fn get_as(&self, path: &str, token: Option<&str>) -> Reply {
        let mut request = Request::get(path);
        if let Some(token) = token {
            request = request.header("authorization", format!("Bearer {token}"));
        }
        self.send(request.body(Body::empty()).unwrap()).await
    }

    /// What whoever watches is shown.
    async fn figures(&self) -> String {
        let request = Request::get("/metrics").body(Body::empty()).unwrap();
        let shown = crate::figures(self.state.clone()).oneshot(request).await.unwrap();
        let page = to_bytes(shown.into_body(), usize::MAX).await.unwrap();
        String::from_utf8(page.to_vec()).unwrap()
    }

    async fn county(&self) -> Reply {
        self.post("/api/v1/units", json!({"unit": "330225", "name": "象山县", "kind": "county"}))
            .await
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_command_answers_with_its_facts_and_a_reading_shows_them() {
    let service = Service::start().await;
    let made = service.county().await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.text);
    assert_eq!(made.header("location"), "/api/v1/quota/330225");
    assert_eq!(made.header("etag"), "\"1\"");
    assert_eq!(made.json()["events"][0]["kind"], "UnitRegistered");
    assert_eq!(made.json()["events"][0]["data"]["kind"], "county");

    let declared = service.post("/api/v1/units/330225/headcount", json!({"headcount": 40})).await;
    let after = format!("/api/v1/quota?after_position={}", declared.header("x-position"));
    let quota = service.get(&after).await;
    assert_eq!(quota.json()["items"][0]["headcount"], 40);
    let csv = service.get(&format!("{after}&format=csv")).await;
    assert!(csv.text.starts_with("\u{feff}unit,name,kind"), "{}", csv.text);
    let before = service.get("/api/v1/quota/330225?as_of=2021-11-09T00:00:00Z").await;
    before.refused(404, "read.absent");
    service.state.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_county_has_one_code_however_it_is_written() {
    let service = Service::start().await;
    service.county().await;
    for (form, headcount) in
        [("330225000000", 41), ("330225000", 42), ("%EF%BC%93%EF%BC%93%EF%BC%90225", 43)]
    {
        let path = format!("/api/v1/units/{form}/headcount");
        let declared = service.post(&path, json!({"headcount": headcount})).await;
        assert_eq!(declared.json()["stream"], "unit-330225", "{}", declared.text);
    }
    for (unit, refusal) in [("330225000000", "unit.other_form"), ("330226", "unit.second_county")] {
        let county = json!({"unit": unit, "name": "某县", "kind": "county"});
        service.post("/api/v1/units", county).await.refused(422, refusal);
    }
    service.state.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_key_does_a_thing_once_and_another_body_is_refused() {
    let service = Service::start().await;
    service.county().await;
    let (path, key) = ("/api/v1/units/330225/headcount", [("idempotency-key", "k-1")]);
    let first = service.ask("POST", path, &key, &json!({"headcount": 40})).await;
    let again = service.ask("POST", path, &key, &json!({"headcount": 40})).await;
    assert_eq!(first.json()["repeated"], false);
    assert_eq!(again.json()["repeated"], true, "{}", again.text);
    assert_eq!(again.json()["events"], first.json()["events"]);
    assert_eq!(again.json()["position"], first.json()["position"]);
    let other = service.ask("POST", path, &key, &json!({"headcount": 41})).await;
    other.refused(422, "idempotency.reused");
    service.state.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stale_version_is_refused() {
    let service = Service::start().await;
    service.county().await;
    let path = "/api/v1/units/330225/headcount";
    let stale = service.ask("POST", path, &[("if-match", "\"7\"")], &json!({"headcount": 1})).await;
    stale.refused(412, "stream.outdated");
    let fresh = service.ask("POST", path, &[("if-match", "\"1\"")], &json!({"headcount": 1})).await;
    assert_eq!(fresh.header("etag"), "\"2\"");
    let odd = service.ask("POST", path, &[("if-match", "1")], &json!({"headcount": 1})).await;
    odd.refused(400, "if_match.malformed");
    service.state.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_bad_request_is_named() {
    let service = Service::start().await;
    service.county().await;
    service.get("/api/v1/nothing").await.refused(404, "route.unknown");
    service.ask("PUT", "/api/v1/units", &[], &json!({})).await.refused(405, "route.method");
    service.get_as("/api/v1/quota", None).await.refused(401, "token.missing");
    service.get_as("/api/v1/quota", Some("yf_guess")).await.refused(401, "token.unknown");
    service
        .post("/api/v1/units/9/quota", json!({"task": 1}))
        .await
        .refused(404, "unit.unregistered");
    service.post("/api/v1/units/@/quota", json!({"task": 1})).await.refused(404, "value.unit_code");
    service
        .post("/api/v1/units", json!({"unit": "1", "name": "a", "kind": "county", "x": 1}))
        .await
        .refused(400, "json.unknown_field");
    let long = "x".repeat(2 * super::MAX_JSON_BYTES);
    service.post("/api/v1/units", json!({"unit": long})).await.refused(413, "json.too_large");
    service.get("/api/v1/quota?limit=0").await.refused(400, "query.limit");
    service.get("/api/v1/notices?cursor=30").await.refused(400, "query.cursor");
    service
        .get("/api/v1/quota?as_of=2031-01-01T00:00:00Z")
        .await
        .refused(400, "query.as_of_in_future");
    let past = "/api/v1/notices?as_of=2021-11-01T00:00:00Z";
    service.get_as(past, None).await.refused(401, "token.missing");
    assert_eq!(service.get(past).await.status, StatusCode::OK);
    service.get("/api/v1/streams/unit-404").await.refused(404, "stream.unknown");
    let auditor = service.token(Role::Auditor, None);
    let denied = service.ask("POST", "/api/v1/units/330225/quota", &[], &json!({"task": 1})).await;
    assert_eq!(denied.status, StatusCode::OK);
    let request = Request::post("/api/v1/units/330225/quota")
        .header("authorization", format!("Bearer {auditor}"))
        .header("content-type", "application/json");
    service
        .send(request.body(Body::from("{\"task\": 2}")).unwrap())
        .await
        .refused(403, "permission.role");
    service.state.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_watches_sees_that_it_is_well() {
    let service = Service::start().await;
    let made = service.county().await;
    service.get(&format!("/api/v1/quota?after_position={}", made.header("x-position"))).await;
    assert_eq!(service.get_as("/healthz", None).await.text, "ok\n");
    let ready = service.get_as("/readyz", None).await;
    assert_eq!(
        (ready.status, ready.json()),
        (StatusCode::OK, json!({"ready": true, "reasons": []}))
    );
    let metrics = service.figures().await;
    assert!(
        metrics.contains("yuanfa_commands_total{kind=\"POST /units\",outcome=\"done\"}"),
        "{metrics}"
    );
    assert_eq!(service.get_as("/api/v1/notices", None).await.json()["items"], json!([]));
    service.state.stop().await;
    let stopped = service.get_as("/readyz", None).await;
    assert_eq!(stopped.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(stopped.json()["reasons"][0]["code"], "server.stopping");
}

fn form(bytes: &[u8]) -> Body {
    let head = "--b\r\ncontent-disposition: form-data; name=\"file\"; filename=\"f\"\r\n\r\n";
    Body::from([head.as_bytes(), bytes, b"\r\n--b--\r\n"].concat())
}

#[tokio::test(flavor = "multi_thread")]
async fn an_upload_may_be_larger_than_a_command_but_not_without_end() {
    let service = Service::start().await;
    let upload = async |body: Body| {
        let request = Request::post("/api/v1/imports/divisions")
            .header("authorization", format!("Bearer {}", service.office))
            .header("content-type", "multipart/form-data; boundary=b");
        service.send(request.body(body).unwrap()).await
    };
    let mut table = "code,level,name,parent_code\n330225,county,象山县,\n".to_owned();
    let imported = upload(form(table.as_bytes())).await;
    let report = imported.json();
    assert_eq!((&report["rows"], &report["added"]), (&json!(1), &json!(1)), "{report}");
    table.push_str(&"\n".repeat(2 * super::MAX_JSON_BYTES));
    assert_eq!(upload(form(table.as_bytes())).await.json()["unchanged"], 1);
    let endless = vec![b'\n'; application::imports::MAX_FILE_BYTES + 100_000];
    upload(form(&endless)).await.refused(413, "import.too_large");
    upload(Body::from("--b--")).await.refused(400, "import.no_file");
    service.state.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_administrator_sees_their_own_subtree() {
    let service = Service::start().await;
    service.county().await;
    for town in ["330225001", "330225002"] {
        let town = json!({"unit": town, "name": "镇", "kind": "town", "parent": "330225"});
        assert_eq!(service.post("/api/v1/units", town).await.status, StatusCode::CREATED);
    }
    let position = service.post("/api/v1/units/330225002/headcount", json!({"headcount": 3})).await;
    let after = format!("after_position={}", position.header("x-position"));
    let own = service.token(Role::UnitAdministrator, Some("330225001"));
    let listed = service.get_as(&format!("/api/v1/quota?{after}"), Some(&own)).await.json();
    assert_eq!(listed["items"].as_array().unwrap().len(), 1);
    assert_eq!(listed["items"][0]["unit"], "330225001");
    let elsewhere = service.get_as("/api/v1/quota?within=330225002", Some(&own)).await;
    elsewhere.refused(403, "permission.elsewhere");
    service.get_as("/api/v1/points-bank", Some(&own)).await.refused(403, "permission.elsewhere");
    service.state.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_panic_is_a_problem_and_nothing_more() {
    let service = Service::start().await;
    let broken = async || -> StatusCode { panic!("a handler broke") };
    let observed =
        middleware::from_fn_with_state(service.state.clone(), crate::watch::observe::observe);
    let router = Router::new().route("/api/v1/broken", get(broken)).layer(observed);
    let request = Request::get("/api/v1/broken").body(Body::empty()).unwrap();
    let response = router.oneshot(request).await.unwrap();
    assert_eq!(response.status(), StatusCode::INTERNAL_SERVER_ERROR);
    assert_eq!(response.headers()["content-type"], "application/problem+json");
    service.state.stop().await;
}

#[test]
fn the_description_names_every_part_of_every_path() {
    let document = serde_json::to_value(openapi()).unwrap();
    assert!(document["openapi"].as_str().unwrap().starts_with("3.1"));
    let paths = document["paths"].as_object().unwrap();
    assert!(paths.len() > 50, "{}", paths.len());
    for (path, item) in paths {
        for (method, operation) in item.as_object().unwrap() {
            let described: Vec<&str> = operation["parameters"]
                .as_array()
                .into_iter()
                .flatten()
                .filter(|parameter| parameter["in"] == "path")
                .map(|parameter| parameter["name"].as_str().unwrap())
                .collect();
            let named: Vec<&str> =
                path.split('{').skip(1).map(|rest| rest.split('}').next().unwrap()).collect();
            assert_eq!(described, named, "{method} {path}");
            assert!(operation["responses"]["500"].is_object(), "{method} {path}");
            assert!(
                operation["summary"].is_string() || operation["description"].is_string(),
                "{method} {path}"
            );
        }
    }
}
