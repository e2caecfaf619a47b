//! Bad input: every request is refused by name, says what would be accepted, tells nothing personal and leaves
//! nothing half-written.

use application::Clock as _;
use domain::Role;
use jiff::SignedDuration;
use reqwest::Method;
use rust_xlsxwriter::Workbook;
use serde_json::{Value, json};
use tests::county::TOWN;

use super::play::{ELSEWHERE, adult, consent, person, report};
use super::{Account, Reply, Service};

/// Who asks, of whom, and what they were at: what the table speaks of.
struct Cast {
    service: Service,
    office: Account,
    recorder: Account,
    attester: Account,
    administrator: Account,
    /// Attests in the town, and is the second volunteer.
    interested: Account,
    elsewhere: Account,
    anybody: Account,
    /// Served and recorded by `recorder`, attested by `attester`, paid.
    first: String,
    /// Recorded by `administrator`, not attested.
    second: String,
    /// Registered, in no squad.
    loner: String,
    held: String,
    dangerous: String,
}

impl Cast {
    async fn gather(service: Service) -> Self {
        let office = service.account(Role::CountyOffice, None);
        service.county(&office).await;
        let recorder = service.account(Role::Recorder, Some(TOWN));
        let attester = service.account(Role::Attester, Some(TOWN));
        let administrator = service.account(Role::UnitAdministrator, Some(TOWN));
        let elsewhere = service.account(Role::UnitAdministrator, Some(ELSEWHERE));
        let first = service.member(&office, 1).await;
        let second = service.member(&office, 2).await;
        let loner = office.post("volunteers", adult(3)).await.made();
        let held = service.held(&office, 3, &[&first, &second]).await;
        service.served([&recorder, &attester], &first, &held, 3).await;
        let said = report(&held, service.clock.now(), 3, 180);
        administrator.post(&format!("volunteers/{second}/services"), said).await.done();
        let dangerous = service.announced(&office, 2, true, &[&first, &second]).await;
        let path = format!("activities/{dangerous}/risk-assessment");
        office.post(&path, json!({"dangerous": true, "findings": "防汛,已落实防护"})).await.done();
        let path = format!("activities/{dangerous}/insurance");
        office.post(&path, json!({"policy": "示例保单1号", "volunteers": [first]})).await.done();
        let interested = service.account_of(Role::Attester, Some(TOWN), &second);
        let anybody = service.anybody();
        Self {
            service,
            office,
            recorder,
            attester,
            administrator,
            interested,
            elsewhere,
            anybody,
            first,
            second,
            loner,
            held,
            dangerous,
        }
    }

    /// Asks, and sees that it changed nothing and told nothing.
    #[track_caller]
    fn unmoved(&self, before: &Before, after: &Before, reply: &Reply, status: u16, code: &str) {
        reply.refused(status, code);
        assert_eq!(before, after, "{code} left something behind");
        // What the sender wrote where it does not belong is quoted back, to nobody else.
        let quotes = code == "value.personal_data";
        for value in before.personal.iter().filter(|value| !quotes && !value.is_empty()) {
            assert!(!reply.body.contains(value.as_str()), "{code} tells {value}");
        }
    }

    async fn before(&self) -> Before {
        let personal = (1..=9).flat_map(|number| personal_of(&adult(number)));
        Before {
            head: self.service.head().await,
            vault: self.service.in_vault(),
            personal: personal.collect(),
        }
    }
}

/// What must be so before and after a refusal.
#[derive(Debug, PartialEq)]
struct Before {
    head: event_store::Position,
    vault: (i64, i64),
    personal: Vec<String>,
}

fn personal_of(person: &Value) -> [String; 4] {
    ["name", "identity_number", "telephone", "residence"]
        .map(|field| person[field].as_str().unwrap().to_owned())
}

fn without(mut body: Value, field: &str) -> Value {
    body.as_object_mut().unwrap().remove(field);
    body
}

fn with(mut body: Value, field: &str, value: impl Into<Value>) -> Value {
    body[field] = value.into();
    body
}

/// Who asks, where, what; with which status and code it is refused.
type Case<'a> = (&'a Account, String, Value, u16, &'static str);

impl Cast {
    fn of_services(&self) -> Vec<Case<'_>> {
        let Self { recorder, administrator, interested, first, second, held, .. } = self;
        let now = self.service.clock.now();
        let ahead = now + SignedDuration::from_hours(1);
        let path = |volunteer: &str| format!("volunteers/{volunteer}/services");
        let attest = || format!("volunteers/{second}/services/1/attestation");
        vec![
            (recorder, path(first), report(held, now, 3, 180), 422, "service.overlap"),
            (administrator, attest(), json!({}), 422, "service.self_attested"),
            (interested, attest(), json!({}), 422, "service.self_attested"),
            (recorder, attest(), json!({}), 403, "permission.role"),
            (recorder, path(second), report(held, ahead, 1, 60), 422, "service.in_future"),
            (recorder, path(second), report(held, now, 3, 181), 422, "service.longer_than_itself"),
            (recorder, path(second), report(held, now, 4, 240), 422, "service.outside_activity"),
            (recorder, path(&self.loner), report(held, now, 3, 180), 422, "service.not_signed_up"),
            (
                recorder,
                path(first),
                report(&self.dangerous, now, 1, 60),
                422,
                "service.activity_not_held",
            ),
        ]
    }

    fn of_people(&self) -> Vec<Case<'_>> {
        let Self { office, elsewhere, loner, .. } = self;
        let members = format!("squads/{TOWN}/members");
        let unwilling = json!({"volunteer": loner});
        let unknown = json!({"volunteer": "张三", "consent": consent()});
        let mut cases: Vec<Case<'_>> = vec![
            (office, members.clone(), unwilling, 422, "squad.no_consent"),
            (office, members, unknown, 422, "value.person"),
            (elsewhere, "volunteers".into(), adult(8), 403, "permission.elsewhere"),
        ];
        let registrations = [
            (person(8, "20080101"), "volunteer.minor_without_guardian"),
            (without(adult(8), "consent"), "volunteer.no_consent"),
            (adult(1), "volunteer.already_registered"),
            (with(adult(8), "unit", "330225999"), "volunteer.unknown_unit"),
            (with(adult(8), "identity_number", "999999198002290080"), "identity_number.checksum"),
            (with(adult(8), "telephone", "139"), "personal.telephone"),
            (with(adult(8), "name", "示例8"), "personal.name"),
            (with(adult(8), "name", "（待定）"), "personal.no_answer"),
            (with(adult(8), "skills", json!(["暂无"])), "volunteer.no_skill"),
            (with(person(8, "20080101"), "guardian", "无"), "volunteer.minor_without_guardian"),
            (with(person(8, "20080101"), "guardian", "父亲"), "personal.guardian"),
            (
                with(adult(8), "consent", json!({"given_on": "2021/11/10", "form": "待补"})),
                "volunteer.no_consent",
            ),
        ];
        cases.extend(
            registrations.map(|(body, code)| (office, "volunteers".into(), body, 422, code)),
        );
        cases
    }

    fn of_the_rest(&self) -> Vec<Case<'_>> {
        let Self { office, attester, elsewhere, anybody, loner, dangerous, .. } = self;
        let redemptions = format!("points-bank/{}/redemptions", self.first);
        let quota = format!("units/{TOWN}/quota");
        let orphan = json!({"unit": "1", "name": "某局", "kind": "department", "parent": "2"});
        let call = json!({"reason": "电话13800000003联系不上"});
        let erasure = json!({"reason": "本人申请", "legal_basis": "个人信息保护法第47条"});
        let headcount = json!({"headcount": 9});
        vec![
            (office, format!("activities/{dangerous}/start"), json!({}), 422, "activity.uninsured"),
            (office, redemptions.clone(), json!({"item": "BUS-10"}), 422, "points.insufficient"),
            (office, redemptions, json!({"item": "CAR-1"}), 422, "points.unknown_item"),
            (office, "units/330225999/quota".into(), json!({"task": 1}), 404, "unit.unregistered"),
            (office, "units".into(), orphan, 422, "unit.unknown_parent"),
            (office, format!("volunteers/{loner}/suspension"), call, 422, "value.personal_data"),
            (attester, format!("volunteers/{loner}/erasure"), erasure, 403, "permission.role"),
            (anybody, quota.clone(), json!({"task": 9}), 401, "token.missing"),
            (attester, quota, json!({"task": 9}), 403, "permission.role"),
            (elsewhere, format!("units/{TOWN}/headcount"), headcount, 403, "permission.elsewhere"),
        ]
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_rule_refuses_by_name_and_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let cast = Cast::gather(Service::start(folder.path()).await).await;
    for (account, path, body, status, code) in
        [cast.of_services(), cast.of_people(), cast.of_the_rest()].concat()
    {
        let before = cast.before().await;
        let reply = account.post(&path, body).await;
        cast.unmoved(&before, &cast.before().await, &reply, status, code);
    }
    let Cast { service, .. } = cast;
    service.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_broken_body_is_named_and_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let cast = Cast::gather(Service::start(folder.path()).await).await;
    let body = |body: &str| body.replace("NAME", adult(8)["name"].as_str().unwrap()).into_bytes();
    let ten_mib = format!("{{\"name\": \"NAME{}\"}}", "x".repeat(10 << 20));
    let not_utf8 = [b"{\"name\": \"", &b"\xd5\xc5\xc8\xfd"[..], b"\"}"].concat();
    let json = "application/json";
    let cases = [
        (json, body(&ten_mib), 413, "json.too_large"),
        (json, not_utf8, 400, "json.not_utf8"),
        (json, body("{\"name\": \"NAME\", \"nickname\": \"NAME\"}"), 400, "json.unknown_field"),
        (json, body("{\"name\": \"NAME\"}"), 400, "json.missing_field"),
        (json, body("{\"name\": [\"NAME\"]}"), 400, "json.wrong_value"),
        (json, body("{\"name\": \"NAME\""), 400, "json.malformed"),
        ("text/plain", body("{\"name\": \"NAME\"}"), 415, "json.content_type"),
    ];
    for (kind, body, status, code) in cases {
        let before = cast.before().await;
        let request = cast.office.request(Method::POST, "volunteers").header("content-type", kind);
        let reply = cast.office.send(request.body(body)).await;
        cast.unmoved(&before, &cast.before().await, &reply, status, code);
    }

    let files = [
        ("roster", workbook(&["姓名", "身份证号"], &row()), 422, "file.missing_columns"),
        ("roster", b"PK\x03\x04 no workbook".to_vec(), 422, "file.not_a_table"),
        ("roster", vec![], 422, "file.empty"),
        ("members", workbook(&["姓名", "身份证号"], &row()), 404, "import.kind"),
    ];
    for (kind, file, status, code) in files {
        let before = cast.before().await;
        let reply = cast.office.upload(kind, file).await;
        cast.unmoved(&before, &cast.before().await, &reply, status, code);
    }
    let before = cast.before().await;
    let forbidden = cast.recorder.upload("roster", workbook(&["姓名"], &row()[..1])).await;
    cast.unmoved(&before, &cast.before().await, &forbidden, 403, "permission.role");
    let Cast { service, .. } = cast;
    service.stop().await;
}

/// Somebody who is nowhere yet.
fn row() -> [String; 2] {
    let [name, identity, ..] = personal_of(&adult(9));
    [name, identity]
}

fn workbook(header: &[&str], row: &[String]) -> Vec<u8> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    for (column, (name, value)) in (0u16..).zip(header.iter().zip(row)) {
        sheet.write_string(0, column, *name).unwrap();
        sheet.write_string(1, column, value).unwrap();
    }
    workbook.save_to_buffer().unwrap()
}
