//! Evidence takes the room of nobody else: an account has a share of it, and what nobody cites goes.

use serde_json::json;

use super::{Place, client};
use crate::http::Service;
use crate::http::deliberation::village::{VILLAGE, Village, picture};

/// A document of so many bytes; `nth` tells them apart.
fn document(nth: u8, bytes: usize) -> Vec<u8> {
    let mut document = format!("%PDF-1.7\n%{nth}").into_bytes();
    document.resize(bytes, b'x');
    document.extend_from_slice(b"\ntrailer << >>\n%%EOF\n");
    document
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_account_sends_so_much_within_a_day() {
    let place = Place::new();
    let (first, second) = (place.office(), place.office());
    let (_serving, address, _) = place.program.serve_with(&["--evidence-per-day", "1"]);
    let send = |token: &str, nth: u8| {
        let request = client().post(format!("{address}/api/v1/evidence")).bearer_auth(token);
        let request = request.header("content-type", "application/octet-stream");
        request.body(document(nth, 700_000)).send()
    };
    assert_eq!(send(&first, 1).await.unwrap().status(), 201);
    let refused = send(&first, 2).await.unwrap();
    assert_eq!(refused.status(), 429);
    assert!(refused.headers().contains_key("retry-after"));
    assert!(refused.text().await.unwrap().contains("evidence.too_much"));
    assert_eq!(send(&second, 3).await.unwrap().status(), 201, "another has a share of their own");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_nobody_cites_within_a_month_is_removed_and_whoever_asks_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let village = Village::open(Service::start(folder.path()).await).await;
    let kept = async |shade: u8| {
        let kept = village.leader.evidence(picture(shade)).await.done().json();
        kept["digest"].as_str().unwrap().to_owned()
    };
    let (cited, uncited) = (kept(61).await, kept(62).await);
    let item = json!({"note": "示例。", "evidence": [cited]});
    village.leader.post(&format!("stations/{VILLAGE}/items/staff"), item).await.done();
    village.days(29);
    let late = kept(63).await;
    village.days(2);
    // The photograph that every village of this kind begins with was not cited either.
    assert_eq!(village.service.app.remove_uncited().await.unwrap(), 2);
    assert_eq!(village.service.app.remove_uncited().await.unwrap(), 0);
    let look = async |digest: &str| village.leader.get(&format!("evidence/{digest}")).await;
    look(&cited).await.done();
    look(&late).await.done();
    look(&uncited).await.refused(410, "evidence.removed");
    let again = json!({"note": "示例。", "evidence": [uncited]});
    let cite = async || {
        village.leader.post(&format!("stations/{VILLAGE}/items/register"), again.clone()).await
    };
    cite().await.refused(422, "evidence.unknown");

    assert_eq!(kept(62).await, uncited, "who sends it again has it again");
    look(&uncited).await.done();
    cite().await.done();
    village.days(40);
    assert_eq!(village.service.app.remove_uncited().await.unwrap(), 1, "the late one");
    look(&uncited).await.done();
    village.stop().await;
}
