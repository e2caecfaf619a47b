//! The council: who may vote, what minutes must say, and what was done before a meeting.

use application::Clock as _;
use domain::Role;
use serde_json::json;

use super::village::{VILLAGE, Village, raised};
use crate::http::Service;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_votes_twice_or_from_afar_and_minutes_say_what_came_of_it() {
    let folder = tempfile::tempdir().unwrap();
    let village = Village::open(Service::start(folder.path()).await).await;
    let meeting = village
        .convened(json!([{"title": "清理示例杂物", "listed": "G2", "matter": "major"}]), json!([]))
        .await;
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

/// 四议两公开, a meeting that people leave, and a count that is confirmed and opened again.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_count_waits_for_those_who_are_there_and_is_opened_again() {
    let folder = tempfile::tempdir().unwrap();
    let village = Village::open(Service::start(folder.path()).await).await;
    let topics = json!([{"title": "示例灯会", "listed": "G5"}, {"title": "示例纠纷", "listed": "G7", "secret": true}]);
    let meeting = village.convened(topics, json!([])).await;
    let at = |what: &str| format!("meetings/{meeting}/{what}");
    let [first, second, third] = &village.council;
    let who = |member: &String| json!({"who": {"person": member}});
    let come = |members: &[&String]| json!({"present": members.iter().map(|member| who(member)).collect::<Vec<_>>()});
    village.clerk.post(&at("attendance"), come(&[first, second])).await.done();
    let taken = village.clerk.post(&at("attendance"), come(&[second, third])).await.done().json();
    assert_eq!(taken["already"], json!([second]));
    assert_eq!(taken["events"][0]["data"]["present"].as_array().unwrap().len(), 1);

    // One of three is no quorum; a choir's programme needs no legal opinion.
    let gone = json!({"people": [second, third]});
    village.clerk.post(&at("departures"), gone.clone()).await.done();
    village.clerk.post(&at("departures"), gone.clone()).await.refused(422, "meeting.not_there");
    let vote =
        |member: &String| json!({"topic": 1, "votes": [{"member": member, "choice": "agree"}]});
    village.clerk.post(&at("votes"), vote(first)).await.refused(422, "meeting.no_quorum");
    village.clerk.post(&at("returns"), gone).await.done();
    village.clerk.post(&at("votes"), vote(first)).await.done();
    let decide = json!({"topic": 1});
    let asked = village.clerk.post(&at("decisions"), decide).await;
    asked.refused(422, "meeting.unconfirmed");
    let confirmed = json!({"topic": 1, "confirm": true});
    let decided = village.clerk.post(&at("decisions"), confirmed.clone()).await.done().json();
    assert_eq!(decided["events"][0]["data"]["outcome"], "not_adopted");
    assert_eq!(decided["events"][0]["data"]["unvoted"], 2);
    let recount = json!({"topic": 1, "reason": "漏计一票"});
    village.clerk.post(&at("recounts"), recount.clone()).await.done();
    village.clerk.post(&at("votes"), vote(second)).await.done();
    let decided = village.clerk.post(&at("decisions"), confirmed).await.done().json();
    assert_eq!(decided["events"][0]["data"]["outcome"], "adopted");

    // A secret vote keeps who voted and the sums.
    village.advised(&meeting, 2).await;
    let ballots = json!({"topic": 2, "voters": village.council});
    village
        .clerk
        .post(&at("votes"), json!({"topic": 2, "votes": [{"member": first, "choice": "agree"}]}))
        .await
        .refused(422, "meeting.secret_topic");
    village.clerk.post(&at("ballots"), ballots).await.done();
    let heads = |heads: u32| json!({"heads": heads});
    let count = |agree: u32| json!({"topic": 2, "ballots": {"agree": heads(agree), "against": heads(1), "abstain": heads(0)}});
    village.clerk.post(&at("decisions"), count(1)).await.refused(422, "meeting.ballots_differ");
    village.clerk.post(&at("decisions"), count(2)).await.done();
    village.sealed(&meeting, 2, json!([])).await;
    village.clerk.post(&at("recounts"), recount).await.refused(422, "meeting.sealed");
    let shown = village.see(&village.leader, &format!("meetings/{meeting}")).await;
    assert_eq!(shown["agenda"][0]["reopened"], 1);
    assert_eq!(
        (&shown["agenda"][1]["secret"], &shown["agenda"][1]["agree"]),
        (&json!(true), &json!(2))
    );
    village.stop().await;
}

/// What people said on the square settles an issue; a great matter takes its steps, and not before the council.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_issue_is_prepared_before_a_meeting_decides_on_it() {
    let folder = tempfile::tempdir().unwrap();
    let village = Village::open(Service::start(folder.path()).await).await;
    let today = village.day(0);
    let issue = village.grid.post("issues", raised("示例杂物。")).await.made();
    let heard = json!({
        "form": "square", "held_on": today, "place": "村文化广场", "people": 20, "opinions": "当场清走",
    });
    village.grid.post(&format!("issues/{issue}/opinions"), heard).await.done();
    let settled = json!({"result": "当场清理完毕"});
    village.leader.post(&format!("issues/{issue}/settlement"), settled).await.done();

    let great = village.grid.post("issues", raised("示例公约修订。")).await.made();
    let of = |what: &str| format!("issues/{great}/{what}");
    village.leader.post(&of("triage"), json!({"topic": "G1"})).await.done();
    village.leader.post(&of("acceptance"), json!({})).await.done();
    let step = |step: &str| json!({"step": step, "held_on": today, "conclusion": "同意", "evidence": [village.photo]});
    let skipping = village.leader.post(&of("steps"), step("party_review")).await;
    skipping.refused(422, "issue.step_out_of_turn");
    let mut claimed = step("branch_proposal");
    claimed["evidence"] = json!([]);
    village.leader.post(&of("steps"), claimed).await.refused(422, "issue.step_unproven");
    // The branch itself proposes; who executes takes no step.
    village
        .worker
        .post(&of("steps"), step("branch_proposal"))
        .await
        .refused(403, "permission.role");
    village.branch.post(&of("steps"), step("branch_proposal")).await.done();
    for name in ["consultation", "party_review"] {
        village.leader.post(&of("steps"), step(name)).await.done();
    }
    let starts_at = village.service.clock.now();
    let council = json!({
        "station": VILLAGE, "body": "council", "form": "room", "starts_at": starts_at, "occasion": "party_day",
        "place": "会议室", "agenda": [{"title": "示例公约修订", "issue": great}],
    });
    village.leader.post("meetings", council.clone()).await.refused(422, "meeting.great_matter");
    // Nor does it go before the council under no item at all.
    let mut unlisted = council;
    unlisted["agenda"] = json!([{"title": "示例公约修订"}]);
    village.leader.post("meetings", unlisted).await.refused(422, "meeting.unlisted");
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
    let nobody = village.service.account(Role::CountyOffice, None);
    nobody.post(&path, expedition.clone()).await.refused(422, "issue.no_approver");
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
    let untriaged = json!({
        "station": VILLAGE, "body": "council", "form": "room", "starts_at": village.service.clock.now(),
        "place": "会议室", "agenda": [topic],
    });
    village.leader.post("meetings", untriaged).await.refused(422, "meeting.unlisted");
    village.leader.post(&format!("issues/{issue}/triage"), json!({"topic": "G4"})).await.done();
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
