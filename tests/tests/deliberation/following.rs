//! What follows from a meeting and from a resolution by itself.

use domain::issue::{Expedition, Issue, Stage};
use domain::meeting::Choice;
use domain::notice::Verdict;
use domain::resolution::{self, Resolution};
use domain::{IssueId, ResolutionId};
use tests::county::text;
use tests::village::{Village, station};

async fn stage(village: &Village, issue: IssueId) -> Stage {
    let stage = village.county.app.read_state::<Issue, _>(&issue.to_string(), Issue::stage).await;
    stage.unwrap().unwrap()
}

async fn resolved(village: &Village, resolution: ResolutionId) -> Option<resolution::Stage> {
    let key = resolution.to_string();
    village.county.app.read_state::<Resolution, _>(&key, Resolution::stage).await.unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sealed_minutes_become_a_resolution() {
    let village = Village::new().await;
    let issue = village.accepted().await;
    let meeting = village.convened(village.council_meeting(issue, false)).await;
    assert_eq!(stage(&village, issue).await, Stage::Scheduled);
    village.held(meeting, Choice::Agree, &[]).await;
    assert_eq!(stage(&village, issue).await, Stage::Decided);
    let key = ResolutionId { meeting, topic: 1 }.to_string();
    let (of, at, text, voters) = village
        .county
        .app
        .read_state::<Resolution, _>(&key, |known| {
            let text = known.text().map(ToString::to_string);
            (known.issue(), known.station().cloned(), text, known.deciders().to_vec())
        })
        .await
        .unwrap();
    assert_eq!((of, at), (Some(issue), Some(station())));
    assert_eq!(text.as_deref(), Some("一个月内修好全部路灯"));
    let mut council = village.council.clone();
    council.sort();
    assert_eq!(voters, council);
    let head = village.county.app.store.head().await.unwrap();
    village.county.app.node.forget_followers().unwrap();
    village.county.settle().await;
    assert_eq!(village.county.app.store.head().await.unwrap(), head, "done again is done once");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_voted_down_makes_no_resolution() {
    let village = Village::new().await;
    let issue = village.accepted().await;
    let meeting = village.convened(village.council_meeting(issue, false)).await;
    village.held(meeting, Choice::Against, &[]).await;
    assert_eq!(resolved(&village, ResolutionId { meeting, topic: 1 }).await, None);
    assert_eq!(stage(&village, issue).await, Stage::Decided);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_cancelled_meeting_lets_its_issues_go() {
    let village = Village::new().await;
    let (app, issue) = (&village.county.app, village.accepted().await);
    let meeting = village.convened(village.council_meeting(issue, false)).await;
    app.cancel_meeting(meeting, text("未达法定人数"), &village.leader()).await.unwrap();
    village.county.settle().await;
    assert_eq!(stage(&village, issue).await, Stage::Accepted);
    let next = village.convened(village.council_meeting(issue, false)).await;
    village.held(next, Choice::Agree, &[]).await;
    assert_eq!(stage(&village, issue).await, Stage::Decided);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_could_not_wait_is_ratified_and_makes_no_resolution() {
    let village = Village::new().await;
    let (app, issue) = (&village.county.app, village.issue().await);
    let (reason, measure) = (text("线路漏电"), text("先行断电抢修"));
    app.expedite_issue(issue, Expedition::Urgent, reason, measure, &village.leader())
        .await
        .unwrap();
    app.triage_issue(issue, "G4".parse().unwrap(), &village.leader()).await.unwrap();
    let meeting = village.convened(village.council_meeting(issue, true)).await;
    village.held(meeting, Choice::Agree, &[]).await;
    let waits = app.read_state::<Issue, _>(&issue.to_string(), Issue::expedited_unratified).await;
    assert!(!waits.unwrap());
    assert_eq!(resolved(&village, ResolutionId { meeting, topic: 1 }).await, None);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_issue_follows_its_resolution_to_the_end_and_back() {
    let village = Village::new().await;
    let app = &village.county.app;
    let (issue, resolution) = village.completed().await;
    assert_eq!(resolved(&village, resolution).await, Some(resolution::Stage::Completed));
    assert_eq!(stage(&village, issue).await, Stage::Settled);
    app.reopen_resolution(resolution, text("又不亮了"), &[], &village.supervision()).await.unwrap();
    village.county.settle().await;
    assert_eq!(stage(&village, issue).await, Stage::Decided);
    assert_eq!(resolved(&village, resolution).await, Some(resolution::Stage::Closed));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_issue_comes_back_when_its_resolution_is_withdrawn() {
    let village = Village::new().await;
    let app = &village.county.app;
    let (issue, resolution) = village.adopted().await;
    let withdraw = |caller| async move {
        app.withdraw_resolution(resolution, text("资金未落实"), &caller).await
    };
    assert_eq!(tests::county::refused(withdraw(village.leader()).await), "resolution.stands");
    withdraw(village.town()).await.unwrap();
    village.county.settle().await;
    assert_eq!(stage(&village, issue).await, Stage::Accepted);
    village.convened(village.council_meeting(issue, false)).await;
    assert_eq!(stage(&village, issue).await, Stage::Scheduled);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_objection_upheld_after_the_completion_reopens_the_issue() {
    let village = Village::new().await;
    let (issue, resolution) = village.completed().await;
    let (late, _) = village.object(resolution).await;
    village.answer(resolution, late, Verdict::Upheld, &village.town()).await.unwrap();
    village.county.settle().await;
    assert_eq!(stage(&village, issue).await, Stage::Decided);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_report_before_the_party_branch_knows_is_named_later() {
    let village = Village::new().await;
    let app = &village.county.app;
    let (_, resolution) = village.assigned().await;
    let photo = village.evidence("路灯修好").await;
    app.claim_completion(resolution, text("全部修好"), &[photo], &village.leader()).await.unwrap();
    app.verify_completion(resolution, text("属实"), &[], &village.supervision()).await.unwrap();
    let mut next = village.council_meeting(village.accepted().await, false);
    next.reports = vec![resolution];
    let meeting = village.convened(next).await;
    village.held(meeting, Choice::Agree, &[resolution]).await;
    let early = app.publicise_completion(resolution, text("好"), &[], &village.leader()).await;
    assert_eq!(tests::county::refused(early), "resolution.branch_not_informed");
    app.inform_branch(resolution, text("属实"), &village.supervision()).await.unwrap();
    app.inform_meeting(resolution, meeting, &village.supervision()).await.unwrap();
    app.publicise_completion(resolution, text("好"), &[], &village.leader()).await.unwrap();
}
