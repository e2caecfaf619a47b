//! 满意度测评: a ballot a resident, counted once; no rates of a few.

use domain::Role;
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
    village.supervisor.post(&path, json!({})).await.refused(403, "permission.role");
    village.leader.post(&path, json!({})).await.refused(403, "permission.role");
    let own = village.service.account(Role::UnitAdministrator, Some(VILLAGE));
    own.post(&path, json!({})).await.refused(422, "survey.own_ballots");
    let issued = village.town.post_once(&path, "b-1", json!({})).await.done().json();
    let ballots: Vec<_> =
        issued["ballots"].as_array().unwrap().iter().map(|code| code.as_str().unwrap()).collect();
    assert_eq!((ballots.len(), issued["repeated"].as_bool()), (12, Some(false)));
    let again = village.town.post_once(&path, "b-1", json!({})).await.done().json();
    assert_eq!(again["ballots"], issued["ballots"], "the same request shows them again");
    let other = village.town.post_once(&path, "b-2", json!({})).await;
    assert_eq!(other.status, 422, "nobody sees them a second time: {}", other.body);
    let handed = json!({"carrier": "maker", "handed_out_on": village.day(0)});
    let handing_out = format!("surveys/{survey}/ballots/distribution");
    own.post(&handing_out, handed.clone()).await.refused(422, "survey.own_station");
    village.town.post(&handing_out, handed).await.done();

    let anybody = village.service.anybody();
    let replies = format!("public/surveys/{survey}/replies");
    let reply = async |code: &str, satisfaction: &str| {
        let said = json!({
            "code": code, "aware": true, "took_part": false, "recognises": true,
            "satisfaction": satisfaction,
        });
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
    assert_eq!((&result["households"], &result["target_percent"]), (&json!(312), &json!(90)));
    assert_eq!(
        (&result["ballots_maker"], &result["carrier"]),
        (&json!("unit_above"), &json!("maker"))
    );
    let public = village.see(&anybody, &format!("public/surveys/{survey}")).await;
    assert_eq!(public, result, "everybody sees the same");
    assert_eq!(reply(ballots[11], "satisfied").await.status, 422, "too late");
    let retried = anybody.request(Method::POST, &replies).header("idempotency-key", "k-1");
    let said = json!({
        "code": ballots[11], "aware": true, "took_part": true, "recognises": true,
        "satisfaction": "satisfied",
    });
    anybody.send(retried.json(&said)).await.refused(400, "idempotency.no_uuid");
    village.stop().await;
}

/// 一户一码: a sheet of sealed slips, printed by whoever makes the codes.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_ballots_are_printed_one_slip_a_household() {
    let folder = tempfile::tempdir().unwrap();
    let village = Village::open(Service::start(folder.path()).await).await;
    let mut new = json!({
        "station": VILLAGE, "question": "您对援法议事满意吗?", "eligible": 313, "closes_on": village.day(7),
    });
    let many = village.supervisor.post("surveys", new.clone()).await;
    many.refused(422, "survey.more_than_households");
    let own = village.service.account(Role::UnitAdministrator, Some(VILLAGE));
    let more = json!({"households": 9000, "as_of": "2021-10-31", "source": "本村统计"});
    let stated = own.post(&format!("stations/{VILLAGE}/households"), more).await;
    stated.refused(422, "station.own_households");
    new["eligible"] = json!(3);
    let survey = village.supervisor.post("surveys", new).await.made();
    let path = format!("surveys/{survey}/ballots/sheet");
    let address = json!({"address": "https://yuanfa.example/survey"});
    village.supervisor.post(&path, address.clone()).await.refused(403, "permission.role");
    let sheet = village.town.post(&path, address).await.done();
    assert!(sheet.header("content-type").starts_with("text/html"));
    assert_eq!(sheet.header("cache-control"), "no-store");
    assert_eq!(sheet.body.matches("<article>").count(), 3);
    assert!(sheet.body.contains("示例村") && sheet.body.contains("https://yuanfa.example/survey"));
    let code = sheet.body.split("<code>").nth(1).unwrap().split("</code>").next().unwrap();
    let said = json!({
        "code": code, "aware": true, "took_part": true, "recognises": true, "satisfaction": "satisfied",
    });
    let replies = format!("public/surveys/{survey}/replies");
    assert_eq!(village.service.anybody().post(&replies, said).await.status, 204);
    village.stop().await;
}
