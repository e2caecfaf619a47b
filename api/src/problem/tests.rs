#![allow(clippy::unwrap_used)]

use std::sync::Arc;

use application::Error;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse as _;
use event_store::{AppendError, HaltCause, HaltReason, StoreError, Version};
use serde_json::Value;
use uuid::Uuid;

use super::here::{HERE, Here};
use super::{Problem, absence};

fn on(route: &str, error: Error) -> Problem {
    let here = Here { request_id: Uuid::nil(), route: route.into() };
    HERE.sync_scope(here, || Problem::from(error))
}

#[test]
fn absence_is_of_the_path_only() {
    let cases = [
        ("unit.unregistered", "unit", "/api/v1/units/{unit}/quota", true),
        ("volunteer.unknown_unit", "unit", "/api/v1/volunteers", false),
        (
            "notice.unknown_objection",
            "objection",
            "/notices/{notice}/objections/{objection}/answer",
            true,
        ),
        ("points.unknown_item", "item", "/points-bank/{volunteer}/redemptions", false),
        ("activity.unpublished", "activity", "/api/v1/activities/{activity}/start", true),
        ("unit.already_registered", "unit", "/api/v1/units/{unit}/quota", false),
        ("resolution.unadopted", "resolution", "/resolutions/{resolution}/claim", true),
        ("resolution.unadopted", "resolution", "/api/v1/surveys", false),
        ("value.person", "volunteer", "/api/v1/volunteers/{volunteer}", true),
        ("value.person", "volunteer", "/api/v1/activities/{activity}/sign-ups", false),
    ];
    for (code, field, route, expected) in cases {
        assert_eq!(absence::is_of_path(code, Some(field), route), expected, "{code} under {route}");
    }
    assert!(!absence::is_of_path("unit.unregistered", None, "/units/{unit}"));
}

#[test]
fn refusals_are_422_or_404() {
    let unknown = || Error::refused(domain::unit::Rejection::Unregistered {});
    assert_eq!(on("/api/v1/units/{unit}/quota", unknown()).status, StatusCode::NOT_FOUND);
    assert_eq!(on("/api/v1/activities", unknown()).status, StatusCode::UNPROCESSABLE_ENTITY);
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
