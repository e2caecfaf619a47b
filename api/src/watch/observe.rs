//! The outermost layer: limits, request id, panics, security headers, one log line and one count for each request.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::extract::{MatchedPath, Query, Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use futures::FutureExt as _;
use tracing::Instrument as _;
use uuid::Uuid;

use crate::answer::outcome::Outcome;
use crate::answer::problem::Problem;
use crate::answer::problem::request_context::{REQUEST_CONTEXT, RequestContext};
use crate::request::account::recognise;
use crate::request::client::{self, Client};
use crate::request::shares::{Asker, Share, Shares};
use crate::request::upload;
use crate::state::AppState;
use crate::watch::metrics;
use crate::watch::places::{self, Place, Places};

/// The longest that a request may take.
const PATIENCE: Duration = Duration::from_secs(30);
/// The longest that an upload may take, and the import that it is for.
const UPLOAD_PATIENCE: Duration = Duration::from_secs(600);
/// All header names and values of a request together, in bytes.
const MAX_HEADER_BYTES: usize = 16 * 1024;
/// The route of a request that none fits.
const NO_ROUTE: &str = "none";

/// Answers a request through all limits. Names the route's template, never the path itself or its query.
pub async fn observe(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let started = Instant::now();
    let matched = request.extensions().get::<MatchedPath>();
    let route: Arc<str> = matched.map_or(NO_ROUTE, MatchedPath::as_str).into();
    let method = metrics::known_method(request.method());
    let context = RequestContext { request_id: Uuid::now_v7(), route: Arc::clone(&route) };
    let request_id = context.request_id;
    let span = tracing::info_span!("request", %request_id, method, route = &*route);
    let answered = REQUEST_CONTEXT.scope(context, answer(&state, &route, request, next));
    let mut response = answered.instrument(span.clone()).await;
    finish(response.headers_mut(), request_id, &route);
    let outcome = response.extensions().get::<Outcome>().cloned();
    let outcome = outcome.unwrap_or_else(|| Outcome::of("done"));
    let (status, took) = (response.status(), started.elapsed());
    metrics::answered(method, &route, status, &outcome, took);
    let _in_span = span.enter();
    let ms = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
    tracing::info!(
        status = status.as_u16(),
        ms,
        outcome = outcome.word,
        code = outcome.code,
        "answered"
    );
    response
}

async fn answer(state: &AppState, route: &str, mut request: Request, next: Next) -> Response {
    if let Some(client) = Client::of(&request, &state.proxies) {
        request.extensions_mut().insert(client);
    }
    let asker = match recognise(&mut request, state) {
        Some(account) => Some(Asker::Account(account)),
        None => client::of(request.extensions()).map(Asker::Address),
    };
    let uploads = request.method() == Method::POST && upload::is_sent_to(route);
    let wanted = Wanted {
        // Whoever watches the service must see it also when it is full.
        answer: ["/api/", "/ledger/"].iter().any(|all| route.starts_with(all)),
        past: asks_of_the_past(request.uri()),
        uploads,
    };
    let Ok(held) = hold(state, asker.as_ref(), wanted) else { return busy().into_response() };
    if let Some(place) = &held.place {
        request = places::while_it_comes(request, place);
    }
    if header_bytes(request.headers()) > MAX_HEADER_BYTES {
        return headers_too_large().into_response();
    }
    let patience = if uploads { UPLOAD_PATIENCE } else { PATIENCE };
    let running = AssertUnwindSafe(next.run(request)).catch_unwind();
    match tokio::time::timeout(patience, running).await {
        Ok(Ok(response)) => response,
        // The panic itself was reported where it happened.
        Ok(Err(_)) => Problem::internal().into_response(),
        Err(_) => timed_out().into_response(),
    }
}

/// Whether a question is about the past, however its parameter is written.
fn asks_of_the_past(uri: &Uri) -> bool {
    if uri.query().is_none() {
        return false;
    }
    let parameters = Query::<Vec<(String, String)>>::try_from_uri(uri);
    parameters.is_ok_and(|Query(all)| all.iter().any(|(name, _)| name == "as_of"))
}

/// What a request wants of which there is not enough for all.
#[derive(Clone, Copy)]
struct Wanted {
    answer: bool,
    past: bool,
    uploads: bool,
}

/// What a request holds until it is answered.
struct Held<'a> {
    _shares: [Option<Share<'a>>; 3],
    _upload: Option<Arc<Place>>,
    place: Option<Arc<Place>>,
}

/// A limit was reached.
struct Refused;

/// Takes what a request wants: of its asker's own shares first, so that whoever uses up theirs takes nothing of what all have
/// together.
fn hold<'a>(
    state: &'a AppState,
    asker: Option<&Asker>,
    wanted: Wanted,
) -> Result<Held<'a>, Refused> {
    let share = |limit, shares: &'a Shares, wanted| match asker.filter(|_| wanted) {
        Some(asker) => taken(limit, shares.take(asker)).map(Some),
        None => Ok(None),
    };
    let place = |limit, places: &Arc<Places>, wanted| match wanted {
        true => taken(limit, places.take()).map(Some),
        false => Ok(None),
    };
    let Wanted { answer, past, uploads } = wanted;
    Ok(Held {
        _shares: [
            share("requests_of_one", &state.shares, answer)?,
            share("past_of_one", &state.past_shares, past)?,
            share("uploads_of_one", &state.upload_shares, uploads)?,
        ],
        _upload: place("uploads", &state.uploads, uploads)?,
        place: place("requests", &state.places, answer)?,
    })
}

/// Whoever finds nothing left is counted.
fn taken<T>(limit: &'static str, taken: Option<T>) -> Result<T, Refused> {
    taken.ok_or_else(|| {
        metrics::refused(limit);
        Refused
    })
}

fn header_bytes(headers: &HeaderMap) -> usize {
    headers.iter().map(|(name, value)| name.as_str().len() + value.len()).sum()
}

fn finish(headers: &mut HeaderMap, request_id: Uuid, route: &str) {
    const ALWAYS: [(header::HeaderName, &str); 3] = [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'; sandbox"),
        (header::REFERRER_POLICY, "no-referrer"),
    ];
    for (name, value) in ALWAYS {
        // A page says for itself what it may load.
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    // Notices are for everybody; anything else is for whoever asked.
    let kept = if route.starts_with("/api/v1/notices") { "no-cache" } else { "no-store" };
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static(kept));
    if let Ok(id) = HeaderValue::from_str(&request_id.to_string()) {
        headers.insert("x-request-id", id);
    }
}

/// More requests at once than are answered.
pub fn busy() -> Problem {
    Problem::new(
        StatusCode::SERVICE_UNAVAILABLE,
        "server.busy",
        "同时请求过多，请稍后重试。",
        "Too many requests at once; try again shortly.",
    )
    .retry_after(1)
}

fn headers_too_large() -> Problem {
    Problem::new(
        StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE,
        "request.headers_too_large",
        format!("请求头合计最多{MAX_HEADER_BYTES}字节。"),
        format!("All headers together have at most {MAX_HEADER_BYTES} bytes."),
    )
}

fn timed_out() -> Problem {
    Problem::new(
        StatusCode::GATEWAY_TIMEOUT,
        "request.timed_out",
        "未能及时办理完毕；请用同一 Idempotency-Key 重试，不会重复办理。",
        "It took too long; repeat with the same Idempotency-Key, nothing is done twice.",
    )
    .retry_after(1)
}
