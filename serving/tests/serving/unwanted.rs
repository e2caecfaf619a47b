//! Bodies that nobody reads.

use axum::Router;
use axum::body::Bytes;
use axum::http::StatusCode;
use axum::routing::{get, post};
use serving::Limits;

use crate::Served;
use crate::client::Client;

/// More than the buffers of both ends hold.
const LONG: usize = 16 << 20;
const ENDLESS: usize = 1 << 40;

async fn start(limits: Limits) -> Served {
    let router = Router::new()
        .route("/", get(|| async { "here" }))
        .route("/refused", post(|| async { (StatusCode::FORBIDDEN, "not you") }))
        .route("/taken", post(|body: Bytes| async move { body.len().to_string() }))
        .layer(axum::extract::DefaultBodyLimit::disable());
    Served::start(router, limits).await
}

fn post_of(path: &str, headers: &str) -> String {
    format!("POST {path} HTTP/1.1\r\ncontent-length: {LONG}\r\n{headers}")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_sends_all_before_listening_reads_the_refusal_and_goes_on() {
    let served = start(Limits::default()).await;
    let mut client = Client::connect(served.address).await;
    for _ in 0..3 {
        client.head(&post_of("/refused", "")).await;
        client.body(LONG).await.1.unwrap();
        assert_eq!(client.answer().await.unwrap(), (403, "not you".into()));
    }
    assert_eq!(client.get("/").await, (200, "here".into()));
    served.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_asks_first_is_told_to_send_only_what_is_wanted() {
    let served = start(Limits::default()).await;
    let mut client = Client::connect(served.address).await;
    client.head(&post_of("/taken", "expect: 100-continue\r\n")).await;
    assert_eq!(client.answer().await.unwrap().0, 100);
    client.body(LONG).await.1.unwrap();
    assert_eq!(client.answer().await.unwrap(), (200, LONG.to_string()));
    client.head(&post_of("/refused", "expect: 100-continue\r\n")).await;
    assert_eq!(client.answer().await.unwrap(), (403, "not you".into()));
    client.closed().await;
    served.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_asks_first_and_does_not_wait_reads_the_refusal_too() {
    let served = start(Limits::default()).await;
    let mut client = Client::connect(served.address).await;
    client.head(&post_of("/refused", "expect: 100-continue\r\n")).await;
    client.body(LONG).await.1.unwrap();
    assert_eq!(client.answer().await.unwrap(), (403, "not you".into()));
    client.closed().await;
    served.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_is_not_understood_reads_so_after_sending_all() {
    let served = start(Limits::default()).await;
    let many: String = (0..100).map(|number| format!("x-{number}: x\r\n")).collect();
    let long = format!("x-long: {}\r\n", "x".repeat(300 << 10));
    for (headers, status) in [("no header\r\n", 400), (&many, 431), (&long, 431)] {
        let mut client = Client::connect(served.address).await;
        client.head(&post_of("/taken", headers)).await;
        client.body(LONG).await.1.unwrap();
        assert_eq!(client.answer().await.unwrap().0, status);
        drop(client);
    }
    served.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_more_is_read_on_than_the_bound() {
    let served = start(Limits { drain_bytes: 1 << 20, ..Limits::default() }).await;
    for expect in ["", "expect: 100-continue\r\n"] {
        let mut client = Client::connect(served.address).await;
        let head = format!("POST /refused HTTP/1.1\r\ncontent-length: {ENDLESS}\r\n{expect}");
        client.head(&head).await;
        let (taken, ended) = client.body(ENDLESS).await;
        assert!(ended.is_err() && taken < 64 << 20, "{taken} bytes were taken, {ended:?}");
    }
    served.stop().await;
}
