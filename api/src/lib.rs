//! The HTTP API: JSON under `/api/v1`, problems as RFC 9457, and pages for whoever watches the service.
//!
//! The layer is thin: a route parses, calls [`App`](application::App) or the read models, and answers. Everything
//! that all routes share lies in `observe`.

mod answer;
mod limits;
mod openapi;
mod request;
mod routes;
mod state;
#[cfg(test)]
mod tests;
mod watch;

use std::sync::{Arc, LazyLock};

use axum::Router;
use axum::body::Bytes;
use axum::extract::DefaultBodyLimit;
use axum::http::{StatusCode, header};
use axum::middleware;
use tower_http::compression::CompressionLayer;
use utoipa::OpenApi as _;
use utoipa_axum::router::OpenApiRouter;

use answer::problem::Problem;
pub use limits::Limits;
pub use request::idempotency::HEADER as IDEMPOTENCY_KEY;
pub use request::json::MAX_JSON_BYTES;
pub use state::{AppState, Options, Shared};
use watch::{metrics, observe};

fn described() -> (Router<AppState>, utoipa::openapi::OpenApi) {
    let (router, document) = OpenApiRouter::with_openapi(openapi::Frame::openapi())
        .nest("/api/v1", routes::router())
        .merge(routes::at_root())
        .split_for_parts();
    (router, document)
}

/// The description of every route, OpenAPI 3.1.
#[must_use]
pub fn openapi() -> utoipa::openapi::OpenApi {
    openapi::complete(openapi::operation::describing(described).1)
}

/// All routes, with every limit around them.
pub fn router(state: AppState) -> Router {
    metrics::recorder();
    let (router, _) = described();
    // Written once, for the first who asks: it is long, and most processes are never asked.
    let write = || Bytes::from(openapi().to_json().unwrap_or_default());
    let document = Arc::new(LazyLock::new(write));
    let described = move || async move {
        ([(header::CONTENT_TYPE, "application/json")], Bytes::clone(&document))
    };
    router
        .route("/openapi.json", axum::routing::get(described))
        .fallback(no_route)
        .method_not_allowed_fallback(no_method)
        .layer(DefaultBodyLimit::max(MAX_JSON_BYTES))
        .layer(middleware::from_fn_with_state(state.clone(), observe::observe))
        .layer(CompressionLayer::new().gzip(true))
        .with_state(state)
}

/// What is for those who watch the service and not for everybody: figures, and whether it is ready.
pub fn figures(state: AppState) -> Router {
    metrics::recorder();
    routes::figures().fallback(no_route).with_state(state)
}

async fn no_route() -> Problem {
    Problem::new(
        StatusCode::NOT_FOUND,
        "route.unknown",
        "没有这个地址；可用地址见 /openapi.json。",
        "There is no such address; /openapi.json lists them.",
    )
}

async fn no_method() -> Problem {
    Problem::new(
        StatusCode::METHOD_NOT_ALLOWED,
        "route.method",
        "此地址不支持该方法；可用方法见 /openapi.json。",
        "The address does not take this method; /openapi.json lists them.",
    )
}
