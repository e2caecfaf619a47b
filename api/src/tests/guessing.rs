//! Whoever guesses secret links finds nothing, and nobody else notices.

use std::net::SocketAddr;

use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{Request, StatusCode};
use serde_json::{Value, json};

use super::{Reply, Service};

const GUESSES: u32 = 10_000;
const VILLAGE: &str = "330225001001";

impl Service {
    /// Somebody without a token, at this address.
    async fn stranger(
        &self,
        from: SocketAddr,
        method: &str,
        path: &str,
        body: Option<Value>,
    ) -> Reply {
        let body = body.map_or_else(Body::empty, |body| Body::from(body.to_string()));
        let request = Request::builder().method(method).uri(path);
        let mut request = request.header("content-type", "application/json").body(body).unwrap();
        request.extensions_mut().insert(ConnectInfo(from));
        self.send(request).await
    }

    async fn village(&self) {
        self.county().await;
        for (unit, kind, parent) in
            [("330225001", "town", "330225"), (VILLAGE, "village", "330225001")]
        {
            let new = json!({"unit": unit, "name": "示例", "kind": kind, "parent": parent});
            assert_eq!(self.post("/api/v1/units", new).await.status, StatusCode::CREATED);
        }
        let station = self.post("/api/v1/stations", json!({"unit": VILLAGE})).await;
        assert_eq!(station.status, StatusCode::CREATED, "{}", station.text);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_link_that_is_guessed_ten_thousand_times_is_not_found() {
    let service = Service::start().await;
    service.village().await;
    let [guesser, owner] =
        ["192.0.2.1:4000", "198.51.100.1:4000"].map(|from| from.parse().unwrap());
    let complaint = json!({"station": VILLAGE, "place": "示例路口", "problem": "路面破损。"});
    let filed = service.stranger(owner, "POST", "/api/v1/public/issues", Some(complaint)).await;
    assert_eq!(filed.status, StatusCode::CREATED, "{}", filed.text);
    let filed = filed.json();
    let link = filed["link"].as_str().unwrap();
    let path = link.split('?').next().unwrap();
    let mut heard = std::collections::BTreeMap::<u16, u32>::new();
    for guess in 0..GUESSES {
        let reply =
            service.stranger(guesser, "GET", &format!("{path}?key={guess:026}"), None).await;
        *heard.entry(reply.status.as_u16()).or_default() += 1;
        if reply.status == StatusCode::TOO_MANY_REQUESTS {
            assert!(reply.headers.contains_key("retry-after"));
        }
    }
    assert_eq!(heard.keys().copied().collect::<Vec<_>>(), [404, 429], "{heard:?}");
    assert!(heard[&429] >= GUESSES / 2, "{heard:?}");
    let again = service.stranger(guesser, "GET", &format!("{path}?key=0"), None).await;
    again.refused(429, "link.too_many_attempts");
    for from in [owner, guesser] {
        let right = service.stranger(from, "GET", link, None).await;
        assert_eq!(right.status, StatusCode::OK, "the right link works: {}", right.text);
    }
    service.state.stop().await;
}
