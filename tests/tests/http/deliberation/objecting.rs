//! Objections to a resolution: in time, late, upheld, dismissed, taken further.

use application::queries::FollowedObjection;
use serde_json::{Value, json};
use tests::county::TOWN;

use super::village::Village;
use crate::http::play::ELSEWHERE;
use crate::http::{Account, Reply, Service, fits};
use domain::Role;

/// A resident objects by name; gives what they were given.
async fn object(village: &Village, resolution: &str, ground: &str) -> Value {
    let objection = json!({"ground": ground, "name": "示例异议人", "telephone": "13900008888"});
    let path = format!("public/resolutions/{resolution}/objections");
    let filed = village.service.anybody().post(&path, objection).await.done();
    assert_eq!(filed.status, 201);
    filed.json()
}

async fn answer(by: &Account, resolution: &str, objection: &Value, verdict: &str) -> Reply {
    let number = objection["number"].as_str().unwrap();
    let path = format!("resolutions/{resolution}/objections/{number}/answer");
    by.post(&path, json!({"verdict": verdict, "answer": "已查明。"})).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_upheld_objection_is_corrected_and_the_period_starts_anew() {
    let folder = tempfile::tempdir().unwrap();
    let village = Village::open(Service::start(folder.path()).await).await;
    let resolution = village.publicised(None).await;
    let objection = object(&village, &resolution, "预算没有公开。").await;
    village.days(8);
    let early = village.act(&village.leader, &resolution, "closure", json!({})).await;
    early.refused(422, "resolution.open_objection");
    answer(&village.leader, &resolution, &objection, "upheld").await.done();
    village
        .act(&village.leader, &resolution, "closure", json!({}))
        .await
        .refused(422, "resolution.awaiting_correction");
    village.assign(&resolution).await.refused(422, "resolution.not_closed");
    let correction = json!({"text": "修复路面,预算两万元。", "reason": "公开预算"});
    village.act(&village.leader, &resolution, "correction", correction).await.done();
    village
        .act(&village.leader, &resolution, "closure", json!({}))
        .await
        .refused(422, "resolution.too_early");

    let anybody = village.service.anybody();
    let public = village.see(&anybody, &format!("public/resolutions/{resolution}")).await;
    assert_eq!((&public["stage"], &public["period"]), (&json!("publicised"), &json!(2)));
    assert_eq!(public["text"], "修复路面,预算两万元。");
    let notices = village.see(&anybody, "notices").await;
    let statuses: Vec<_> =
        notices["items"].as_array().unwrap().iter().map(|one| &one["status"]).collect();
    assert_eq!(statuses, ["open", "upheld"], "{notices}");
    assert!(!notices.to_string().contains("预算没有公开"), "what is objected is not public");
    let followed = anybody.get(objection["link"].as_str().unwrap()).await.done().json();
    fits::<FollowedObjection>(&followed);
    assert_eq!((&followed["verdict"], &followed["answer"]), (&json!("upheld"), &json!("已查明。")));

    village.days(8);
    village.close(&resolution).await;
    village.assign(&resolution).await.done();
    village.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_late_objection_is_kept_goes_up_and_blocks() {
    let folder = tempfile::tempdir().unwrap();
    let village = Village::open(Service::start(folder.path()).await).await;
    let resolution = village.publicised(None).await;
    village.days(8);
    village.close(&resolution).await;
    let objection = object(&village, &resolution, "公示时不在家。").await;
    let anybody = village.service.anybody();
    let followed = anybody.get(objection["link"].as_str().unwrap()).await.done().json();
    assert_eq!((&followed["late"], &followed["escalation"]), (&json!(true), &json!("late")));
    village.assign(&resolution).await.refused(422, "resolution.open_objection");
    answer(&village.leader, &resolution, &objection, "dismissed")
        .await
        .refused(422, "resolution.with_the_town");
    let elsewhere = village.service.account(Role::UnitAdministrator, Some(ELSEWHERE));
    answer(&elsewhere, &resolution, &objection, "dismissed")
        .await
        .refused(403, "permission.elsewhere");
    let waiting = format!("worklist?station={TOWN}&waits_for=town");
    let tasks = village.see(&village.town, &waiting).await;
    assert_eq!(tasks["items"][0]["kind"], "answer_escalated", "{tasks}");
    answer(&village.town, &resolution, &objection, "dismissed").await.done();
    village.assign(&resolution).await.done();
    village.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_does_not_accept_the_village_s_answer_asks_the_town_once() {
    let folder = tempfile::tempdir().unwrap();
    let village = Village::open(Service::start(folder.path()).await).await;
    let resolution = village.publicised(None).await;
    let objection = object(&village, &resolution, "路线不合理。").await;
    let (number, code) = (&objection["number"], objection["code"].as_str().unwrap());
    let number = number.as_str().unwrap();
    let path = format!("public/resolutions/{resolution}/objections/{number}/escalation?key=");
    let anybody = village.service.anybody();
    let further = async |code: &str| anybody.post(&format!("{path}{code}"), json!({})).await;
    further(code).await.refused(422, "resolution.not_dismissed");
    answer(&village.leader, &resolution, &objection, "dismissed").await.done();
    further(&code.replace(&code[..4], "0000")).await.refused(404, "link.unknown");
    assert_eq!(further(code).await.status, 204);
    let followed = anybody.get(objection["link"].as_str().unwrap()).await.done().json();
    assert_eq!(followed["escalation"], "unsatisfied", "{followed}");
    answer(&village.town, &resolution, &objection, "dismissed").await.done();
    further(code).await.refused(422, "resolution.final_answer");

    let reading = format!("resolutions/{resolution}/objections/{number}/objector");
    let purpose = json!({"purpose": "当面答复"});
    village.leader.post(&reading, purpose.clone()).await.refused(403, "permission.role");
    let read = village.town.post(&reading, purpose).await.done().json();
    assert_eq!(read["name"], "示例异议人");
    village.stop().await;
}
