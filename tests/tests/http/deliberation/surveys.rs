//! 满意度测评: a ballot a resident, counted once; no rates of a few.

use reqwest::Method;
use serde_json::{Value, json};

use super::village::{VILLAGE, Village};
use crate::http::Service;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_ballot_counts_once_and_few_replies_show_no_rates() {
    let folder = tempfile::tempdir().unwrap();
    let village = Village::open(Service::start(folder.path()).await).await;
    let new = json!({
        "station": VILLAGE, "question": "您对援法议事满意吗?", "eligible": 12, "closes_on": village.day(7),
    });
    let survey = village.supervisor.post("surveys", new).await.made();
    let path = format!("surveys/{survey}/ballots");
    let issued = village.supervisor.post_once(&path, "b-1", json!({})).await.done().json();
    let ballots: Vec<_> =
        issued["ballots"].as_array().unwrap().iter().map(|code| code.as_str().unwrap()).collect();
    assert_eq!((ballots.len(), issued["repeated"].as_bool()), (12, Some(false)));
    let again = village.supervisor.post_once(&path, "b-1", json!({})).await.done().json();
    assert_eq!(again["ballots"], issued["ballots"], "the same request shows them again");
    let other = village.supervisor.post_once(&path, "b-2", json!({})).await;
    assert_eq!(other.status, 422, "nobody sees them a second time: {}", other.body);

    let anybody = village.service.anybody();
    let replies = format!("public/surveys/{survey}/replies");
    let reply = async |code: &str, satisfaction: &str| {
        let said = json!({"code": code, "recognises": true, "satisfaction": satisfaction});
        anybody.post(&replies, said).await
    };
    for code in &ballots[..9] {
        assert_eq!(reply(code, "satisfied").await.status, 204);
    }
    assert_eq!(reply(ballots[0], "dissatisfied").await.status, 422, "once");
    let (number, secret) = ballots[10].split_once('-').unwrap();
    for guess in [format!("11-{}", "0".repeat(26)), format!("12-{secret}"), "?".to_owned()] {
        reply(&guess, "satisfied").await.refused(404, "link.unknown");
    }
    assert_eq!(number, "11");
    village.days(8);
    let closed = village.supervisor.post(&format!("surveys/{survey}/closure"), json!({})).await;
    assert!([200, 422].contains(&closed.status), "closed now or by the service: {}", closed.body);
    let result = village
        .service
        .shown(&village.leader, &format!("surveys/{survey}"), |row| !row["closed_at"].is_null())
        .await;
    assert_eq!(result["answers"], Value::Null, "nine are too few: {result}");
    assert_eq!(result["response"]["count"], 9);
    let public = village.see(&anybody, &format!("public/surveys/{survey}")).await;
    assert_eq!(public, result, "everybody sees the same");
    assert_eq!(reply(ballots[11], "satisfied").await.status, 422, "too late");
    let retried = anybody.request(Method::POST, &replies).header("idempotency-key", "k-1");
    let said = json!({"code": ballots[11], "recognises": true, "satisfaction": "satisfied"});
    anybody.send(retried.json(&said)).await.refused(400, "idempotency.no_uuid");
    village.stop().await;
}
