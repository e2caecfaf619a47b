//! A server that speaks as much of S3 as is needed, over a real socket, and fails on demand.

use std::collections::{BTreeMap, VecDeque};
use std::future::pending;
use std::net::Ipv4Addr;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use serving::Limits;
use tokio::net::TcpListener;

use crate::Digest;

/// What goes wrong with a request.
pub(super) enum Fault {
    /// Answered 500, nothing done.
    Fails,
    /// Done, and then answered 500.
    LosesAnswer,
    /// One byte of the answer is another one.
    Damages,
    /// Answered 403, in these words.
    Denies(String),
}

#[derive(Default)]
pub(super) struct StandIn {
    objects: Mutex<BTreeMap<String, Bytes>>,
    faults: Mutex<VecDeque<Fault>>,
    asked: Mutex<Vec<String>>,
}

impl StandIn {
    /// Serves until the test's runtime ends; returns its address.
    pub(super) async fn serve(self: &Arc<Self>) -> String {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let address = listener.local_addr().unwrap();
        let router = Router::new().fallback(answer).with_state(Arc::clone(self));
        let router = router.layer(axum::extract::DefaultBodyLimit::disable());
        tokio::spawn(serving::serve(listener, router, Limits::default(), pending()));
        format!("http://{address}")
    }

    /// This goes wrong with the next request; asked several times, with the next several.
    pub(super) fn plan(&self, fault: Fault) {
        self.faults.lock().unwrap().push_back(fault);
    }

    /// Puts an object there past the client; none takes it away.
    pub(super) fn replace(&self, path: &str, object: Option<Bytes>) {
        let mut objects = self.objects.lock().unwrap();
        match object {
            Some(object) => objects.insert(path.to_owned(), object),
            None => objects.remove(path),
        };
    }

    /// The paths of what is stored.
    pub(super) fn stored(&self) -> Vec<String> {
        self.objects.lock().unwrap().keys().cloned().collect()
    }

    /// The requests since this was asked last: method and status.
    pub(super) fn asked(&self) -> Vec<String> {
        std::mem::take(&mut self.asked.lock().unwrap())
    }

    fn done(&self, method: &Method, path: &str, headers: &HeaderMap, body: Bytes) -> Response {
        if !is_signed(headers) {
            return StatusCode::FORBIDDEN.into_response();
        }
        let mut objects = self.objects.lock().unwrap();
        match (method, objects.get(path)) {
            (&Method::PUT, Some(_)) if said(headers, "if-none-match") == "*" => {
                StatusCode::PRECONDITION_FAILED.into_response()
            }
            (&Method::PUT, _)
                if said(headers, "x-amz-content-sha256") != Digest::of(&body).to_string() =>
            {
                StatusCode::BAD_REQUEST.into_response()
            }
            (&Method::PUT, _) => {
                objects.insert(path.to_owned(), body);
                [(header::ETAG, "\"1\"")].into_response()
            }
            (&Method::GET, _) if path == "/county" => listed(&objects),
            (&Method::GET, Some(object)) => found(headers, object),
            (&Method::GET, None) => StatusCode::NOT_FOUND.into_response(),
            _ => StatusCode::METHOD_NOT_ALLOWED.into_response(),
        }
    }
}

async fn answer(
    State(server): State<Arc<StandIn>>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let fault = server.faults.lock().unwrap().pop_front();
    let done = || server.done(&method, uri.path(), &headers, body);
    let failed = StatusCode::INTERNAL_SERVER_ERROR.into_response();
    let response = match fault {
        None => done(),
        Some(Fault::Fails) => failed,
        Some(Fault::LosesAnswer) => {
            assert_eq!(done().status(), StatusCode::OK);
            failed
        }
        Some(Fault::Damages) => damaged(done()).await,
        Some(Fault::Denies(words)) => (StatusCode::FORBIDDEN, words).into_response(),
    };
    server.asked.lock().unwrap().push(format!("{method} {}", response.status().as_u16()));
    response
}

async fn damaged(response: Response) -> Response {
    let (parts, body) = response.into_parts();
    let mut bytes = axum::body::to_bytes(body, usize::MAX).await.unwrap().to_vec();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    Response::from_parts(parts, bytes.into())
}

/// All objects, on one page.
fn listed(objects: &BTreeMap<String, Bytes>) -> Response {
    let listed = objects.iter().map(|(path, object)| {
        let (key, size) = (path.strip_prefix("/county/").unwrap(), object.len());
        format!(
            "<Contents><Key>{key}</Key><Size>{size}</Size>\
             <LastModified>2025-11-22T07:00:00.000Z</LastModified></Contents>"
        )
    });
    let listed: String = listed.collect();
    format!("<ListBucketResult><IsTruncated>false</IsTruncated>{listed}</ListBucketResult>")
        .into_response()
}

fn found(headers: &HeaderMap, object: &Bytes) -> Response {
    let common =
        [(header::ETAG, "\"1\""), (header::LAST_MODIFIED, "Sat, 22 Nov 2025 07:00:00 GMT")];
    let Some((first, last)) =
        said(headers, "range").strip_prefix("bytes=").and_then(|range| range.split_once('-'))
    else {
        return (common, object.clone()).into_response();
    };
    let (first, last): (usize, usize) = (first.parse().unwrap(), last.parse().unwrap());
    let last = last.min(object.len() - 1);
    let range = format!("bytes {first}-{last}/{}", object.len());
    let part = object.slice(first..=last);
    (StatusCode::PARTIAL_CONTENT, common, [(header::CONTENT_RANGE, range)], part).into_response()
}

fn is_signed(headers: &HeaderMap) -> bool {
    let signature = said(headers, "authorization");
    signature.starts_with("AWS4-HMAC-SHA256 Credential=GENERATED-ID/")
        && signature.contains("/cn-test/s3/aws4_request")
        && signature.rsplit_once("Signature=").is_some_and(|(_, hex)| hex.len() == 64)
        && said(headers, "x-amz-security-token") == "generated-token"
}

fn said<'a>(headers: &'a HeaderMap, name: &str) -> &'a str {
    headers.get(name).map_or("", |value| value.to_str().unwrap())
}
