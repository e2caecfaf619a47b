//! Connections that wait: each costs whoever holds it, and nobody else.

use std::time::Instant;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpSocket, TcpStream};

use super::{PATIENCE, Place, client, figure};

/// Fewer than the clients that come.
const PLACES: usize = 64;

/// What a client sends before it falls silent.
const SILENCES: [&str; 6] = [
    "",
    "PRI * HTTP/2.0\r\n",
    "GET /api/v1/notices HTTP/1.1\r\nhost: ex",
    "POST /api/v1/public/issues HTTP/1.1\r\nhost: example.invalid\r\ncontent-type: application/json\r\ncontent-length: 9\r\n\r\n{",
    "POST /api/v1/evidence HTTP/1.1\r\nhost: example.invalid\r\ntransfer-encoding: chunked\r\n\r\n1\r\n",
    "GET /healthz HTTP/1.1\r\nhost: example.invalid\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n",
];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_falls_silent_gives_way_to_whoever_speaks() {
    let place = Place::new();
    let most = PLACES.to_string();
    let (serving, address, figures) = place.program.serve_with(&["--max-connections", &most]);
    let host = address.trim_start_matches("http://").to_owned();
    let before = serving.open_files();
    let mut silent = Vec::new();
    for nth in 0..3 * PLACES {
        let mut stream = TcpStream::connect(&host).await.unwrap();
        stream.write_all(SILENCES[nth % SILENCES.len()].as_bytes()).await.unwrap();
        silent.push(stream);
    }
    for _ in 0..20 {
        let begun = Instant::now();
        let answer = client().get(format!("{address}/healthz")).send().await.unwrap();
        assert_eq!(answer.status(), 200);
        // Far less than any of the waits that the silent ones are granted.
        assert!(begun.elapsed().as_secs() < 5, "{:?}", begun.elapsed());
    }
    assert!(serving.open_files() <= before + 2 * PLACES, "{}", serving.open_files());
    assert!(figure(&figures, "yuanfa_connections_gave_way_total").await >= PLACES as f64);
}

/// Whoever uses up the share of an account or address is refused, and that is counted; others are not.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn bodies_that_never_come_hold_no_place_of_others() {
    let place = Place::new();
    let office = place.office();
    let options = ["--max-requests", "8", "--requests-of-one", "4"];
    let (_serving, address, figures) = place.program.serve_with(&options);
    let host = address.trim_start_matches("http://").to_owned();
    let ask = async |nth: usize, what: &str| {
        let socket = TcpSocket::new_v4().unwrap();
        socket.bind(format!("127.0.0.{}:0", nth + 2).parse().unwrap()).unwrap();
        let mut stream = socket.connect(host.parse().unwrap()).await.unwrap();
        stream.write_all(what.as_bytes()).await.unwrap();
        stream
    };
    // Three addresses with as many requests as each may have: more than there are places.
    let mut waiting = Vec::new();
    for nth in 0..12 {
        waiting.push(ask(nth % 3, SILENCES[3]).await);
    }
    let mine = |path: &str| client().get(format!("{address}{path}")).bearer_auth(&office);
    for _ in 0..50 {
        assert_eq!(mine("/api/v1/quota").send().await.unwrap().status(), 200);
    }
    let begun = Instant::now();
    let refused = "yuanfa_requests_refused_total{limit=\"requests_of_one\"}";
    let asked =
        "GET /api/v1/notices HTTP/1.1\r\nhost: example.invalid\r\nconnection: close\r\n\r\n";
    while figure(&figures, refused).await == 0.0 {
        assert!(begun.elapsed() < PATIENCE);
        // The first may have waited too long by now.
        for _ in 0..4 {
            waiting.push(ask(0, SILENCES[3]).await);
        }
        let mut answer = String::new();
        ask(0, asked).await.read_to_string(&mut answer).await.unwrap();
        assert!(answer.starts_with("HTTP/1.1 200") || answer.contains("server.busy"), "{answer}");
    }
}
