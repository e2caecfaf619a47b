//! Execution and supervision: nobody certifies himself, and claimed is not done.

use serde_json::json;

use super::village::{Village, supervise};
use crate::http::Service;
use domain::Role;

use super::village::VILLAGE;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_returned_claim_is_made_again_and_what_was_done_is_reopened() {
    let folder = tempfile::tempdir().unwrap();
    let village = Village::open(Service::start(folder.path()).await).await;
    let (issue, _) = village.issue("示例路灯不亮。").await;
    let resolution = village.assigned(Some(&issue)).await;
    village.claim(&resolution).await.done();
    let returned = json!({"findings": "仍有一盏不亮。", "due": village.day(5)});
    village.act(&village.supervisor, &resolution, "return", returned).await.done();
    let row = village.stage(&resolution, "executing").await;
    assert_eq!((&row["returns"], &row["claims"]), (&json!(1), &json!(1)));
    let findings = json!({"findings": "已全部点亮。"});
    let verify = async || {
        village.act(&village.supervisor, &resolution, "verification", findings.clone()).await
    };
    verify().await.refused(422, "resolution.not_claimed");
    village.claim(&resolution).await.done();
    verify().await.done();
    let completion = json!({"result": "路灯已点亮。"});
    village
        .act(&village.leader, &resolution, "completion", completion)
        .await
        .refused(422, "resolution.branch_not_informed");
    village.told(&resolution).await;
    village.stage(&resolution, "completed").await;
    let path = format!("issues/{issue}");
    village.service.shown(&village.leader, &path, |row| row["stage"] == "settled").await;

    let reopening = json!({"reason": "路灯又不亮了。", "evidence": [village.photo]});
    village.act(&village.branch, &resolution, "reopening", reopening).await.done();
    let row = village.stage(&resolution, "closed").await;
    assert_eq!(row["reopened"], 1);
    village.service.shown(&village.leader, &path, |row| row["reopened"] == 1).await;
    village.assign(&resolution).await.done();
    village.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn executor_voter_and_near_relative_verify_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let village = Village::open(Service::start(folder.path()).await).await;
    // The first of the council executes and voted, the second voted; both come to sit in the supervision group.
    let resolution = village.assigned(None).await;
    let [worker, voter, _] = &village.council;
    for person in [worker, voter] {
        let who = json!({"person": person});
        supervise(&village.service, &village.town, who, "representative").await;
    }
    village.claim(&resolution).await.done();
    let supervisor =
        |person: &str| village.service.account_of(Role::Supervisor, Some(VILLAGE), person);
    let stranger = village.service.account(Role::Supervisor, Some(VILLAGE));
    let not_in = supervisor(&village.leads);
    let cases = [
        (&supervisor(worker), "resolution.verifier_executes"),
        (&supervisor(voter), "resolution.verifier_voted"),
        (&village.relative, "resolution.related_to_executor"),
        (&stranger, "resolution.verifier_unknown"),
        (&not_in, "resolution.not_in_supervision"),
    ];
    let findings = json!({"findings": "已完成。"});
    for (account, code) in cases {
        let verified = village.act(account, &resolution, "verification", findings.clone()).await;
        verified.refused(422, code);
        village.act(account, &resolution, "return", findings.clone()).await.refused(422, code);
    }
    village
        .act(&village.leader, &resolution, "verification", findings.clone())
        .await
        .refused(403, "permission.role");
    village.act(&village.supervisor, &resolution, "verification", findings).await.done();
    village.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn only_the_executor_claims_and_nobody_gives_himself_more_time() {
    let folder = tempfile::tempdir().unwrap();
    let village = Village::open(Service::start(folder.path()).await).await;
    let resolution = village.publicised(None).await;
    village
        .act(&village.leader, &resolution, "closure", json!({}))
        .await
        .refused(422, "resolution.too_early");
    village.assign(&resolution).await.refused(422, "resolution.not_closed");
    village.days(8);
    village.close(&resolution).await;
    village.assign(&resolution).await.done();
    let claim = json!({"note": "已完成。", "evidence": [village.photo]});
    village
        .act(&village.clerk, &resolution, "claim", claim)
        .await
        .refused(422, "resolution.not_the_executor");
    let bare = json!({"note": "已完成。", "evidence": []});
    village
        .act(&village.worker, &resolution, "claim", bare)
        .await
        .refused(422, "resolution.no_evidence");
    let unknown = json!({"note": "已完成。", "evidence": ["0".repeat(64)]});
    village
        .act(&village.worker, &resolution, "claim", unknown)
        .await
        .refused(422, "evidence.unknown");
    let extension = json!({"to": village.day(40), "reason": "连日下雨"});
    village
        .act(&village.worker, &resolution, "extension", extension.clone())
        .await
        .refused(403, "permission.role");
    village.act(&village.leader, &resolution, "extension", extension).await.done();
    village.stop().await;
}
