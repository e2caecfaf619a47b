//! The council: who may vote, what minutes must say, and what was done before a meeting.

use serde_json::json;

use super::village::{Village, raised};
use crate::http::Service;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_votes_twice_or_from_afar_and_minutes_say_what_came_of_it() {
    let folder = tempfile::tempdir().unwrap();
    let village = Village::open(Service::start(folder.path()).await).await;
    let meeting = village.convened(json!([{"title": "清理示例杂物"}]), json!([])).await;
    let [first, second, absent] = &village.council;
    let attendance = json!({"present": [{"who": {"person": first}}, {"who": {"person": second}}]});
    let at = |what: &str| format!("meetings/{meeting}/{what}");
    village.clerk.post(&at("attendance"), attendance).await.done();
    let vote = |member: &str| json!({"topic": 1, "votes": [{"member": member, "choice": "agree"}]});
    village.clerk.post(&at("votes"), vote(first)).await.refused(422, "meeting.no_opinion");
    village.advised(&meeting, 1).await;
    village.clerk.post(&at("votes"), vote(absent)).await.refused(422, "meeting.not_present");
    village.clerk.post(&at("votes"), vote(first)).await.done();
    village.clerk.post(&at("votes"), vote(first)).await.refused(422, "meeting.voted_already");
    village.clerk.post(&at("votes"), vote(second)).await.done();
    let minutes = |process: Option<&str>, result: Option<&str>| json!({"topics": [{"topic": 1, "process": process, "result": result}]});
    village
        .clerk
        .post(&at("minutes"), minutes(Some("讨论。"), Some("清理。")))
        .await
        .refused(422, "meeting.undecided");
    village.clerk.post(&at("decisions"), json!({"topic": 1})).await.done();
    village
        .clerk
        .post(&at("minutes"), minutes(Some("讨论。"), None))
        .await
        .refused(422, "meeting.no_result");
    village
        .clerk
        .post(&at("minutes"), minutes(None, Some("清理。")))
        .await
        .refused(422, "meeting.no_process");
    village.office.post(&at("minutes"), minutes(None, None)).await.refused(403, "permission.role");
    village.clerk.post(&at("minutes"), minutes(Some("讨论。"), Some("清理。"))).await.done();
    let again = village.clerk.post(&at("cancellation"), json!({"reason": "记错了"})).await;
    again.refused(422, "meeting.sealed");
    let correction = json!({"topic": 1, "correction": "月底前清理。", "reason": "漏记期限"});
    village.clerk.post(&at("corrections"), correction).await.done();
    let shown = village.see(&village.leader, &format!("meetings/{meeting}")).await;
    assert_eq!(shown["agenda"][0]["result"], "清理。", "sealed minutes never change");
    assert_eq!(shown["corrected"][0]["correction"], "月底前清理。");
    village.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_could_not_wait_is_ratified_by_the_next_meeting_or_shown() {
    let folder = tempfile::tempdir().unwrap();
    let village = Village::open(Service::start(folder.path()).await).await;
    let issue = village.grid.post("issues", raised("示例水管爆裂。")).await.made();
    let expedition = json!({"kind": "urgent", "reason": "停水", "measure": "先行抢修。"});
    let path = format!("issues/{issue}/expedition");
    village.grid.post(&path, expedition.clone()).await.refused(403, "permission.role");
    village.office.post(&path, expedition.clone()).await.refused(422, "issue.no_approver");
    village.leader.post(&path, expedition).await.done();
    let waiting = village.see(&village.leader, "issues?unratified=true").await;
    assert_eq!(waiting["items"][0]["issue"], json!(issue));

    // A meeting that speaks of something else does not ratify it.
    village.resolution(None).await;
    let waiting = village.see(&village.leader, "issues?unratified=true").await;
    assert_eq!(waiting["items"][0]["issue"], json!(issue));
    let task = village.see(&village.leader, "worklist?kind=ratify_issue").await;
    assert_eq!(task["items"][0]["waits_for"], "council", "{task}");

    let topic = json!({"title": "追认示例抢修", "issue": issue, "ratifies": true});
    let meeting = village.convened(json!([topic]), json!([])).await;
    village.attended(&meeting).await;
    village.carried(&meeting, 1).await;
    village.sealed(&meeting, 1, json!([])).await;
    let path = format!("issues/{issue}");
    let ratified = village
        .service
        .shown(&village.leader, &path, |row| row["ratified_by"] == json!(meeting))
        .await;
    assert_eq!(ratified["resolution"], json!(null), "to ratify is no new resolution");
    village.stop().await;
}
