//! Being told to stop.

use std::future::pending;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::http::StatusCode;
use axum::routing::{get, post};
use serving::Limits;
use tokio::net::TcpStream;
use tokio::sync::Semaphore;

use crate::client::Client;
use crate::{Served, in_time};

fn none() -> Arc<Semaphore> {
    Arc::new(Semaphore::new(0))
}

/// A router whose one answer waits for a permit, and a count of the requests that have begun.
fn waiting(begun: Arc<Semaphore>, go: Arc<Semaphore>) -> Router {
    let answer = || async move {
        begun.add_permits(1);
        go.acquire().await.unwrap().forget();
        "done"
    };
    Router::new()
        .route("/", get(answer))
        .route("/refused", post(|| async { StatusCode::FORBIDDEN }))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn running_requests_finish_idle_connections_close_and_nobody_is_taken() {
    let (begun, go) = (none(), none());
    let served =
        Served::start(waiting(Arc::clone(&begun), Arc::clone(&go)), Limits::default()).await;
    let mut idle = Client::connect(served.address).await;
    idle.head("POST /refused HTTP/1.1\r\ncontent-length: 0\r\n").await;
    assert_eq!(idle.answer().await.unwrap().0, 403);
    let mut running = Client::connect(served.address).await;
    running.head("GET / HTTP/1.1\r\n").await;
    in_time(begun.acquire()).await.unwrap().forget();
    let address = served.address;
    let stopped = tokio::spawn(served.stop());
    idle.closed().await;
    assert!(in_time(TcpStream::connect(address)).await.is_err(), "somebody was taken");
    assert!(!stopped.is_finished(), "a request runs");
    go.add_permits(1);
    assert_eq!(running.answer().await.unwrap(), (200, "done".into()));
    running.closed().await;
    stopped.await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_still_sends_what_nobody_wants_reads_the_answer() {
    const LONG: usize = 16 << 20;
    let served = Served::start(waiting(none(), none()), Limits::default()).await;
    let mut client = Client::connect(served.address).await;
    client.head(&format!("POST /refused HTTP/1.1\r\ncontent-length: {LONG}\r\n")).await;
    client.body(LONG / 2).await.1.unwrap();
    let stopped = tokio::spawn(served.stop());
    client.body(LONG / 2).await.1.unwrap();
    assert_eq!(client.answer().await.unwrap().0, 403);
    stopped.await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_does_not_finish_in_time_is_cut_off() {
    let begun = none();
    let count = Arc::clone(&begun);
    let never = || async move {
        count.add_permits(1);
        pending::<()>().await;
    };
    let limits = Limits { finish_within: Duration::from_millis(100), ..Limits::default() };
    let served = Served::start(Router::new().route("/", get(never)), limits).await;
    let mut client = Client::connect(served.address).await;
    client.head("GET / HTTP/1.1\r\n").await;
    in_time(begun.acquire()).await.unwrap().forget();
    served.stop().await;
    client.closed().await;
}
