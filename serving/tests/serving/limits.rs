//! Slow clients, and many.

use std::net::SocketAddr;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::ConnectInfo;
use axum::extract::rejection::BytesRejection;
use axum::routing::{get, post};
use futures::StreamExt as _;
use serving::Limits;
use tokio::time::interval;

use crate::Served;
use crate::client::Client;

/// More than a client and its system take without reading.
const LONG: usize = 64 << 20;
const SOON: Duration = Duration::from_millis(200);

fn router() -> Router {
    let who = |ConnectInfo(peer): ConnectInfo<SocketAddr>| async move { peer.ip().to_string() };
    let read = |body: Result<Bytes, BytesRejection>| async move {
        match body {
            Ok(body) => Ok(body.len().to_string()),
            Err(error) => Err(error.status()),
        }
    };
    let long = || async { vec![b'x'; LONG] };
    let unwanted = Router::new().route("/refused", post(|| async {}));
    unwanted.route("/", get(who)).route("/read", post(read)).route("/long", get(long))
}

/// A client that has got an answer. On a busy machine its first head may come too late.
async fn answered(address: SocketAddr) -> Client {
    loop {
        let mut client = Client::connect(address).await;
        if client.write(b"GET / HTTP/1.1\r\nhost: example.invalid\r\n\r\n").await.is_ok()
            && let Ok(answer) = client.answer().await
        {
            assert_eq!(answer, (200, "127.0.0.1".into()));
            return client;
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_head_that_is_not_complete_in_time_ends_the_connection() {
    let served = Served::start(router(), Limits { head_within: SOON, ..Limits::default() }).await;
    let mut silent = Client::connect(served.address).await;
    let mut idle = answered(served.address).await;
    let mut dripping = Client::connect(served.address).await;
    let drips = async {
        let mut drops = interval(SOON / 20);
        dripping.write(b"GET / HTTP/1.1\r\nx-slow: ").await.unwrap();
        while dripping.write(b"x").await.is_ok() {
            drops.tick().await;
        }
    };
    tokio::join!(silent.closed(), idle.closed(), drips);
    served.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_body_that_nobody_wants_is_read_on_for_a_while_only() {
    let served = Served::start(router(), Limits { drain_within: SOON, ..Limits::default() }).await;
    for expect in ["", "expect: 100-continue\r\n"] {
        let mut client = Client::connect(served.address).await;
        let head = format!("POST /refused HTTP/1.1\r\ncontent-length: 1000000\r\n{expect}");
        client.head(&head).await;
        assert_eq!(client.answer().await.unwrap().0, 200);
        let mut drops = interval(SOON / 20);
        while client.write(b"x").await.is_ok() {
            drops.tick().await;
        }
    }
    served.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_body_that_drips_is_an_error_to_whoever_reads_it() {
    let limits = Limits { body_within: SOON, body_rate: 1_000_000, ..Limits::default() };
    let served = Served::start(router(), limits).await;
    let mut client = Client::connect(served.address).await;
    client.head("POST /read HTTP/1.1\r\ncontent-length: 1000000\r\n").await;
    let drips = async {
        let mut drops = interval(SOON / 20);
        while client.write(b"x").await.is_ok() {
            drops.tick().await;
        }
    };
    let _ = tokio::time::timeout(SOON * 4, drips).await;
    assert_eq!(client.answer().await.unwrap(), (400, String::new()));
    // At the pace that is asked for, it is read to its end.
    let mut client = Client::connect(served.address).await;
    client.head("POST /read HTTP/1.1\r\ncontent-length: 1048576\r\n").await;
    assert!(client.body(1 << 20).await.1.is_ok());
    assert_eq!(client.answer().await.unwrap(), (200, "1048576".into()));
    served.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_answer_that_nobody_reads_ends_the_connection() {
    let limits = Limits { connections: 1, write_within: SOON, ..Limits::default() };
    let served = Served::start(router(), limits).await;
    let mut deaf = Client::connect(served.address).await;
    deaf.head("GET /long HTTP/1.1\r\n").await;
    // It does not give way, for there is nobody else; its time is up.
    let read = async {
        let (mut bytes, mut pieces) = (0, interval(SOON * 4));
        pieces.tick().await;
        pieces.tick().await;
        while let Ok(read) = deaf.some().await {
            if read == 0 {
                break;
            }
            bytes += read;
        }
        bytes
    };
    assert!(crate::in_time(read).await < LONG, "cut off");
    served.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_waits_for_nothing_gives_way_to_whoever_comes() {
    let for_ever = Duration::from_secs(3600);
    let limits = Limits { connections: 4, drain_within: for_ever, ..Limits::default() };
    let served = Served::start(router(), limits).await;
    let mut silent = Client::connect(served.address).await;
    let mut half = Client::connect(served.address).await;
    half.write(b"POST /read HT").await.unwrap();
    let mut dripping = Client::connect(served.address).await;
    dripping.head("POST /read HTTP/1.1\r\ncontent-length: 100\r\n").await;
    let mut unwanted = Client::connect(served.address).await;
    unwanted.write(b"no request at all\r\n\r\n").await.unwrap();
    assert_eq!(unwanted.answer().await.unwrap().0, 400);
    let mut newcomers = Vec::new();
    for _ in 0..10 {
        newcomers.push(answered(served.address).await);
    }
    tokio::join!(silent.closed(), half.closed(), dripping.closed());
    let read_on = async { while unwanted.write(b"x").await.is_ok() {} };
    crate::in_time(read_on).await;
    served.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_is_served_keeps_the_place_and_the_next_waits_for_it() {
    let (begun, mut begins) = tokio::sync::mpsc::channel(2);
    let end = std::sync::Arc::new(tokio::sync::Notify::new());
    let held = std::sync::Arc::clone(&end);
    let hold = move || {
        let (begun, held) = (begun.clone(), std::sync::Arc::clone(&held));
        async move {
            begun.send(()).await.unwrap();
            held.notified().await;
        }
    };
    let router = router().route("/hold", get(hold));
    let served = Served::start(router, Limits { connections: 2, ..Limits::default() }).await;
    let (mut first, mut second) =
        (Client::connect(served.address).await, Client::connect(served.address).await);
    for client in [&mut first, &mut second] {
        client.head("GET /hold HTTP/1.1\r\n").await;
        crate::in_time(begins.recv()).await.unwrap();
    }
    let mut third = Client::connect(served.address).await;
    third.head("GET / HTTP/1.1\r\n").await;
    assert!(tokio::time::timeout(SOON, third.answer()).await.is_err(), "there was no place");
    end.notify_one();
    assert_eq!(third.answer().await.unwrap(), (200, "127.0.0.1".into()));
    end.notify_one();
    served.stop().await;
}

/// Whoever keeps the pieces of a body keeps the blocks in which they came.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_body_in_crumbs_is_handed_on_in_pieces() {
    let pieces = |body: Body| async move {
        let (mut pieces, mut bytes) = (0, 0);
        let mut stream = body.into_data_stream();
        while let Some(piece) = stream.next().await {
            bytes += piece.unwrap().len();
            pieces += 1;
        }
        format!("{bytes} in {pieces}")
    };
    let router = Router::new().route("/pieces", post(pieces));
    let served = Served::start(router, Limits::default()).await;
    let mut client = Client::connect(served.address).await;
    let head =
        "POST /pieces HTTP/1.1\r\nhost: example.invalid\r\ntransfer-encoding: chunked\r\n\r\n";
    client.write(head.as_bytes()).await.unwrap();
    client.write("1\r\nx\r\n".repeat(5_000).as_bytes()).await.unwrap();
    client.write(b"0\r\n\r\n").await.unwrap();
    assert_eq!(client.answer().await.unwrap(), (200, "5000 in 5".to_owned()));
    served.stop().await;
}
