//! Who sits where, and who chose whom (基层援法议事工作方案 三(一)、三(三); after 村民委员会组织法 §32).

use domain::Role;
use serde_json::{Value, json};
use tests::county::TOWN;

use super::village::{VILLAGE, Village, appoint, elect, somebody, supervise};
use crate::http::Service;

/// What nobody in office sits as, in the groups that the rulebook lists.
async fn gaps(village: &Village, station: &str) -> Vec<String> {
    let listed = village.see(&village.town, &format!("stations/{station}/groups")).await;
    let rows = listed["items"].as_array().unwrap();
    let missing = rows.iter().filter(|row| row["holders"] == 0);
    let word = |row: &Value, name: &str| row[name].as_str().unwrap().to_owned();
    let gaps: Vec<_> =
        missing.map(|row| format!("{} {}", word(row, "in_group"), word(row, "capacity"))).collect();
    let board = village.see(&village.town, &format!("stations/{station}")).await;
    assert_eq!(board["gaps"], json!(gaps.len()));
    gaps
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn gaps_in_the_groups_show_on_the_board() {
    let folder = tempfile::tempdir().unwrap();
    let village = Village::open(Service::start(folder.path()).await).await;
    let expected = [
        "leading_group legal_adviser",
        "leading_group grid_worker",
        "leading_group mediator",
        "leading_group legal_reader",
        "leading_group representative",
        "supervision volunteer",
        "backbone legal_reader",
        "backbone volunteer",
        "backbone grid_worker",
        "backbone legal_adviser",
        "backbone excellent_party_member",
    ];
    assert_eq!(gaps(&village, VILLAGE).await, expected);
    appoint(&village.town, somebody(20), "backbone", "excellent_party_member").await.done();
    assert_eq!(gaps(&village, VILLAGE).await, expected[..10]);
    let leave = format!("stations/{VILLAGE}/members/{}/leave", village.leads);
    let left = json!({"group": "leading_group", "reason": "换届"});
    village.town.post(&leave, left).await.done();
    assert_eq!(gaps(&village, VILLAGE).await[0], "leading_group branch_secretary", "no head");

    village.town.post("stations", json!({"unit": TOWN})).await.done();
    assert_eq!(gaps(&village, TOWN).await, ["leading_group town_leader"]);
    let head = json!({
        "who": somebody(21), "group": "leading_group", "capacity": "town_leader",
        "from": "2021-11-12", "until": "2022-11-11",
    });
    village.town.post(&format!("stations/{TOWN}/members"), head).await.done();
    assert!(gaps(&village, TOWN).await.is_empty());
    village.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_watched_do_not_appoint_the_watchers() {
    let folder = tempfile::tempdir().unwrap();
    let village = Village::open(Service::start(folder.path()).await).await;
    let alone = appoint(&village.town, somebody(20), "supervision", "volunteer").await;
    alone.refused(422, "station.needs_election");
    elect(&village.leader, somebody(20)).await.refused(403, "permission.role");
    elect(&village.worker, somebody(20)).await.refused(403, "permission.role");
    let recorder = |person: &str| village.service.account_of(Role::Recorder, Some(VILLAGE), person);
    let nobody = village.service.account(Role::Recorder, Some(VILLAGE));
    elect(&nobody, somebody(20)).await.refused(422, "station.nobody_behind");
    for watched in [&village.leads, &village.council[0]] {
        elect(&recorder(watched), somebody(20)).await.refused(422, "station.watched");
    }
    let bare = json!({
        "held_on": "2021-11-12", "body": "council", "way": "election", "elected": [somebody(20)],
        "result": "过半数赞成。", "evidence": [village.photo],
    });
    let elections = format!("stations/{VILLAGE}/elections");
    village.town.post(&elections, bare).await.refused(422, "station.council_elects");
    // The town writes the third election down, so that somebody else has to appoint by it.
    let election = elect(&village.town, somebody(20)).await.made();
    assert_eq!(election, "3");
    let rows = village.see(&village.office, &elections).await["items"].take();
    let row = rows.as_array().unwrap().iter().find(|row| row["election"] == 3).unwrap().clone();
    assert_eq!((&row["body"], &row["way"]), (&json!("representatives"), &json!("election")));
    let appointing = |who: Value| {
        json!({
            "who": who, "group": "supervision", "capacity": "volunteer", "from": "2021-11-12",
            "until": "2022-11-11", "election": 3,
        })
    };
    let members = format!("stations/{VILLAGE}/members");
    let elected = json!({"person": row["member"]});
    let own = village.town.post(&members, appointing(elected.clone())).await;
    own.refused(422, "station.own_election");
    let stranger =
        village.office.post(&members, appointing(json!({"person": village.leads}))).await;
    stranger.refused(422, "station.not_elected");
    village.office.post(&members, appointing(json!({}))).await.refused(422, "person.not_told");
    village.office.post(&members, appointing(elected)).await.done();
    let shown = village.see(&village.office, &format!("stations/{VILLAGE}/evidence")).await;
    let third = shown["items"].as_array().unwrap().iter().find(|row| row["election"] == 3);
    assert_eq!(third.unwrap()["item"], json!(null));
    village.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_change_of_supervisors_during_an_execution_is_flagged() {
    let folder = tempfile::tempdir().unwrap();
    let village = Village::open(Service::start(folder.path()).await).await;
    let changes = format!("stations/{VILLAGE}/supervision-changes");
    let resolution = village.assigned(None).await;
    let listed = village.see(&village.town, &changes).await;
    assert_eq!(listed["items"], json!([]), "they were appointed before");
    let newcomer = supervise(&village.service, &village.town, somebody(20), "volunteer").await;
    let listed = village.see(&village.town, &changes).await;
    let today = village.day(0);
    let change = &listed["items"][0];
    assert_eq!(change["resolution"], json!(resolution));
    assert_eq!((&change["member"], &change["left_group"]), (&json!(newcomer), &json!(false)));
    let tasks = village.see(&village.supervisor, "worklist?kind=execute").await;
    assert_eq!(tasks["items"][0]["supervisors_changed_on"], json!(today));
    village.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_tie_ends_by_another_s_hand() {
    let folder = tempfile::tempdir().unwrap();
    let village = Village::open(Service::start(folder.path()).await).await;
    let [worker, mediator, _] = &village.council;
    let today = village.day(0);
    let ended = |who: &str| json!({"relative": who, "ended_on": today});
    let path = format!("stations/{VILLAGE}/members/{worker}/relatives/end");
    village.worker.post(&path, ended(mediator)).await.refused(403, "permission.role");
    village.town.post(&path, ended(mediator)).await.refused(422, "station.not_related");
    let listed = village.see(&village.town, &format!("stations/{VILLAGE}/members")).await;
    let members = listed["items"].as_array().unwrap();
    let near = members
        .iter()
        .find(|row| row["in_group"] == "supervision" && row["capacity"] == "representative")
        .unwrap()["member"]
        .as_str()
        .unwrap();
    let ahead = json!({"relative": near, "ended_on": village.day(1)});
    village.town.post(&path, ahead).await.refused(422, "station.kinship_ahead");
    let own = village.service.account_of(Role::UnitAdministrator, Some(TOWN), near);
    own.post(&path, ended(near)).await.refused(422, "station.own_kinship");
    village.town.post(&path, ended(near)).await.done();
    village.stop().await;
}

/// 基层援法议事工作方案 三(五).
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_leading_group_calls_the_council() {
    let folder = tempfile::tempdir().unwrap();
    let village = Village::open(Service::start(folder.path()).await).await;
    let new = json!({
        "station": VILLAGE, "body": "council", "form": "room",
        "starts_at": domain::start_of_day(village.day(1)), "place": "示例室",
        "agenda": [{"title": "示例", "listed": "G8"}],
    });
    let outsider = village.service.account(Role::LeadingGroup, Some(VILLAGE));
    for other in [&village.town, &village.office, &outsider] {
        other.post("meetings", new.clone()).await.refused(422, "station.called_by_others");
    }
    village.leader.post("meetings", new).await.done();
    village.stop().await;
}
