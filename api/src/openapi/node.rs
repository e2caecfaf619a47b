//! Operations on what the service has beside the log: no version and no place in the log go with them.

use axum::http::StatusCode as S;
use domain::permission::Act;

use super::operation::{Codes, Refusals, Routes, described, everybody, reads, roles};

/// What an account reads.
pub fn of_node(routes: Routes, act: Act) -> Routes {
    described(routes, |path, operation| {
        roles(operation, act);
        reads(path, operation);
    })
}

/// A change of what the service keeps beside the log; doing it again changes nothing.
pub fn on_node(routes: Routes, act: Act, refusals: Refusals) -> Routes {
    described(routes, |path, operation| {
        roles(operation, act);
        let mut codes = Codes::of(path, refusals);
        codes.body();
        codes.account();
        codes.push(S::BAD_REQUEST, "if_match.malformed", "`If-Match` is an ETag or `*`.");
        codes.push(
            S::UNPROCESSABLE_ENTITY,
            "idempotency.reused",
            "The key came with another body.",
        );
        codes.answer(operation);
    })
}

/// What whoever watches the service reads; it names nobody.
pub fn watched(routes: Routes) -> Routes {
    described(routes, |path, operation| {
        everybody(operation);
        Codes::of(path, &[]).answer(operation);
    })
}
