//! What a reading shows as `ETag`, a command takes as `If-Match`.

use axum::http::StatusCode;
use serde_json::json;

use super::{Reply, Service};

const HEADCOUNT: &str = "/api/v1/units/330225/headcount";

impl Service {
    async fn declare(&self, headcount: u32, if_match: &str) -> Reply {
        let body = json!({"headcount": headcount});
        self.ask("POST", HEADCOUNT, &[("if-match", if_match)], &body).await
    }

    /// The tag of the county as it is read after a command.
    async fn tag_after(&self, done: &Reply) -> String {
        let position = done.header("x-position");
        let read = self.get(&format!("/api/v1/quota/330225?after_position={position}")).await;
        assert_eq!(read.status, StatusCode::OK, "{}", read.text);
        read.header("etag").to_owned()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_tag_of_a_reading_is_taken_until_the_thing_changes() {
    let service = Service::start().await;
    let made = service.county().await;
    let read = service.tag_after(&made).await;
    assert_eq!(read, made.header("etag"));

    let declared = service.declare(40, &read).await;
    assert_eq!(declared.status, StatusCode::OK, "{}", declared.text);
    service.declare(41, &read).await.refused(412, "stream.outdated");
    let read_again = service.tag_after(&declared).await;
    assert_ne!(read_again, read);
    assert_eq!(service.declare(41, &read_again).await.status, StatusCode::OK);
    service.state.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn any_version_and_a_weakened_tag_are_taken() {
    let service = Service::start().await;
    service.county().await;
    assert_eq!(service.declare(40, "*").await.header("etag"), "\"2\"");
    assert_eq!(service.declare(41, "W/\"2\"").await.header("etag"), "\"3\"");
    service.declare(42, "W/\"2\"").await.refused(412, "stream.outdated");
    service.state.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_can_insist_on_the_past_or_on_a_list() {
    let service = Service::start().await;
    let made = service.county().await;
    service.tag_after(&made).await;
    let now = service.state.app.clock.now();
    let then = service.get(&format!("/api/v1/quota/330225?as_of={now}")).await;
    assert_eq!(then.status, StatusCode::OK, "{}", then.text);
    assert_eq!(then.headers.get("etag"), None);
    let list = service.get("/api/v1/quota").await;
    assert_eq!(list.headers.get("etag"), None);
    service.state.stop().await;
}
