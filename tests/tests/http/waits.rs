//! Who waits costs nobody else anything.

use std::time::Instant;

use api::Limits;
use domain::Role;
use event_store::SqliteOptions;
use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpStream;

use super::{PATIENCE, Service};

/// As many requests as one address may have running without an account here: few, so that all are there before the first has
/// waited too long.
const OF_ONE_ADDRESS: usize = 8;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_position_beyond_the_log_is_refused_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let service = Service::start(folder.path()).await;
    let office = service.account(Role::CountyOffice, None);
    service.county(&office).await;
    let head = service.app.store.head().await.unwrap().0;
    for beyond in [head + 1, u64::MAX] {
        let reply = office.get(&format!("/api/v1/quota?after_position={beyond}")).await;
        reply.refused(400, "read.beyond");
        assert_eq!(reply.json()["field"], "after_position");
    }
    office.get(&format!("/api/v1/quota?after_position={head}")).await.done();
    service.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn bodies_that_never_come_use_up_the_share_of_their_address_alone() {
    let folder = tempfile::tempdir().unwrap();
    let limits = Limits { requests_of_one: OF_ONE_ADDRESS, ..Limits::DEFAULT };
    let service = Service::start_limited(folder.path(), SqliteOptions::default(), limits).await;
    let office = service.account(Role::CountyOffice, None);
    service.county(&office).await;
    let anybody = service.anybody();
    let address = service.base().trim_start_matches("http://").to_owned();
    let silent = async || {
        let mut client = TcpStream::connect(&address).await.unwrap();
        let head = "POST /api/v1/public/issues HTTP/1.1\r\nhost: example.invalid\r\n\
            content-type: application/json\r\ncontent-length: 100\r\n\r\n{";
        client.write_all(head.as_bytes()).await.unwrap();
        client
    };
    let mut waiting = Vec::new();
    for _ in 0..OF_ONE_ADDRESS {
        waiting.push(silent().await);
    }
    let begun = Instant::now();
    let stranger = loop {
        let reply = anybody.get("/api/v1/notices").await;
        if reply.status != 200 {
            break reply;
        }
        assert!(begun.elapsed() < PATIENCE, "nobody is refused");
        // On a busy machine the first may have waited too long by now.
        waiting.push(silent().await);
    };
    stranger.refused(503, "server.busy");
    office.get("/api/v1/quota").await.done();
    anybody.get("/healthz").await.done();
    drop(waiting);
    while anybody.get("/api/v1/notices").await.status != 200 {
        assert!(begun.elapsed() < PATIENCE, "the share does not come back");
    }
    service.stop().await;
}
