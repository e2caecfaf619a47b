//! Slow clients, and many.

use std::net::SocketAddr;
use std::time::Duration;

use axum::Router;
use axum::extract::ConnectInfo;
use axum::routing::{get, post};
use serving::Limits;
use tokio::time::interval;

use crate::Served;
use crate::client::Client;

const SOON: Duration = Duration::from_millis(200);

fn router() -> Router {
    let who = |ConnectInfo(peer): ConnectInfo<SocketAddr>| async move { peer.ip().to_string() };
    Router::new().route("/", get(who)).route("/refused", post(|| async {}))
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
async fn who_finds_no_place_is_served_once_there_is_one() {
    let served = Served::start(router(), Limits { connections: 2, ..Limits::default() }).await;
    let (mut first, mut second) =
        (Client::connect(served.address).await, Client::connect(served.address).await);
    assert_eq!((first.get("/").await.0, second.get("/").await.0), (200, 200));
    let mut third = Client::connect(served.address).await;
    third.head("GET / HTTP/1.1\r\n").await;
    assert!(tokio::time::timeout(SOON, third.answer()).await.is_err(), "there was no place");
    assert_eq!(second.get("/").await.0, 200);
    drop(first);
    assert_eq!(third.answer().await.unwrap(), (200, "127.0.0.1".into()));
    served.stop().await;
}
