//! What is lacking for a while, and then is there again.

use std::time::Instant;

use serde_json::json;
use tokio::net::TcpStream;

use super::{PATIENCE, Place, client};

/// With few descriptors the service takes few connections, keeps its files open, and works on.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn few_descriptors_mean_few_connections_and_no_halt() {
    let place = Place::new();
    let office = place.office();
    let few = ["-c", "ulimit -Hn 260; ulimit -Sn 200; exec \"$@\"", "sh"];
    let (_serving, address) = place.program.serve_through("sh", &few);
    let host = address.trim_start_matches("http://").to_owned();
    let mut idle = Vec::new();
    for _ in 0..300 {
        idle.push(TcpStream::connect(&host).await.unwrap());
    }
    let unit = json!({"unit": "330225", "name": "示例县", "kind": "county"});
    let made = client().post(format!("{address}/api/v1/units")).bearer_auth(&office).json(&unit);
    assert_eq!(made.send().await.unwrap().status(), 201);
    drop(idle);
    let begun = Instant::now();
    loop {
        let ready = client().get(format!("{address}/readyz")).send().await.unwrap();
        let (status, said) = (ready.status(), ready.text().await.unwrap());
        assert!(!said.contains("halted"), "{said}");
        if status == 200 {
            return;
        }
        assert!(begun.elapsed() < PATIENCE, "{said}");
    }
}
