#![allow(clippy::unwrap_used)]

use std::sync::Arc;

use application::{Error, InvalidReference};
use axum::http::header;
use axum::response::IntoResponse as _;
use domain::{BadValue, PersonId, UnitCode};
use event_store::{AppendError, HaltCause, HaltReason, StoreError, Version};
use serde_json::Value;
use uuid::Uuid;

use super::Problem;
use super::request_context::{REQUEST_CONTEXT, RequestContext};

fn on(route: &str, error: Error) -> Problem {
    let here = RequestContext { request_id: Uuid::nil(), route: route.into() };
    REQUEST_CONTEXT.sync_scope(here, || Problem::from(error))
}

#[test]
fn absence_is_of_the_path_only() {
    let volunteer = PersonId::from_bits(1);
    let unit = || UnitCode::new("330225").unwrap();
    let resolution = || Error::refused(domain::resolution::Rejection::Unadopted {});
    let cases = [
        (
            Error::refused(domain::unit::Rejection::Unregistered {}),
            "/api/v1/units/{unit}/quota",
            404,
        ),
        (Error::refused(domain::unit::Rejection::Unregistered {}), "/api/v1/activities", 422),
        (
            Error::refused(domain::volunteer::Rejection::UnknownUnit { unit: unit() }),
            "/api/v1/volunteers",
            422,
        ),
        (
            Error::refused(domain::notice::Rejection::UnknownObjection { objection: 1 }),
            "/notices/{notice}/objections/{objection}/answer",
            404,
        ),
        (
            Error::refused(domain::points::Rejection::UnknownItem { offers: String::new() }),
            "/points-bank/{volunteer}/redemptions",
            422,
        ),
        (
            Error::refused(domain::activity::Rejection::Unpublished {}),
            "/api/v1/activities/{activity}/start",
            404,
        ),
        (Error::refused(domain::unit::Rejection::NoParent {}), "/api/v1/units/{parent}/quota", 422),
        (resolution(), "/resolutions/{resolution}/claim", 404),
        (resolution(), "/api/v1/surveys", 422),
        (
            Error::refused(InvalidReference::Person { person: volunteer }),
            "/api/v1/people/{person}/personal-data",
            404,
        ),
        (Error::refused(BadValue::Person {}), "/api/v1/volunteers/{volunteer}", 422),
    ];
    for (error, route, status) in cases {
        let problem = on(route, error);
        assert_eq!(problem.status.as_u16(), status, "{} under {route}", problem.code);
    }
}

#[test]
fn failures_have_their_status_and_say_when_to_try_again() {
    let halted = HaltReason { cause: HaltCause::DiskFull, detail: String::new() };
    let gone = || StoreError::Unreachable(Arc::new(std::io::Error::other("no answer")));
    let too_much = AppendError::BatchTooLarge { limit: 10, got: 11 };
    let cases = [
        (Error::Append(AppendError::Halted(halted)), 503, "store.halted", Some(30)),
        (Error::Store(gone()), 503, "store.unreachable", Some(1)),
        (Error::Append(gone().into()), 503, "store.unreachable", Some(1)),
        (Error::Append(too_much), 422, "event.batch_too_large", None),
        (Error::Contended, 409, "stream.contended", Some(1)),
        (Error::Outdated { seen: Version(1), actual: Version(3) }, 412, "stream.outdated", None),
        (Error::Vault(vault::VaultError::WrongMasterKey), 500, "internal", None),
        (Error::Vault(vault::Refusal::CommandReused.into()), 422, "idempotency.reused", None),
    ];
    for (error, status, code, retry_after) in cases {
        let problem = on("/api/v1/units", error);
        assert_eq!((problem.status.as_u16(), problem.code.as_ref()), (status, code));
        assert_eq!(problem.retry_after, retry_after, "{code}");
    }
}

#[tokio::test]
async fn a_problem_on_the_wire_has_every_member() {
    let problem =
        on("/api/v1/units/{unit}/quota", Error::refused(domain::unit::Rejection::Unregistered {}));
    let response = problem.into_response();
    assert_eq!(response.headers()[header::CONTENT_TYPE], "application/problem+json");
    let bytes = axum::body::to_bytes(response.into_body(), 10_000).await.unwrap();
    let body: Value = serde_json::from_slice(&bytes).unwrap();
    assert_eq!(body["type"], "urn:yuanfa:problem:unit.unregistered");
    assert_eq!(body["code"], "unit.unregistered");
    assert_eq!(body["status"], 404);
    assert_eq!(body["field"], "unit");
    assert_eq!(body["detail"], body["detail_zh"]);
    assert!(body["detail_en"].as_str().unwrap().contains("not registered"));
}
