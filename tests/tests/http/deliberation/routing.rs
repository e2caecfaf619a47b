//! 转办: an issue is another authority's matter, and comes back.

use application::queries::FollowedIssue;
use domain::Role;
use serde_json::{Value, json};
use tests::county::COUNTY;

use super::village::{VILLAGE, Village, raised};
use crate::http::{Account, Service, fits};

/// A department that has nothing to do with the village.
const DEPARTMENT: &str = "330225-zfj";

/// A village, and the account of the department.
async fn open(service: Service) -> (Village, Account) {
    let village = Village::open(service).await;
    let unit =
        json!({"unit": DEPARTMENT, "name": "县综合执法局", "kind": "department", "parent": COUNTY});
    village.office.post("units", unit).await.done();
    let department = village.service.account(Role::UnitAdministrator, Some(DEPARTMENT));
    (village, department)
}

/// An issue in the register; its number and its secret link.
async fn registered(village: &Village, problem: &str) -> (String, String) {
    let mut row = raised(problem);
    row["wish"] = json!("限期拆除");
    let registered = village.grid.post("issues", row).await.done();
    let link = registered.json()["follow_up"]["link"].as_str().unwrap().to_owned();
    (registered.made(), link)
}

async fn followed(village: &Village, link: &str) -> Value {
    let shown = village.service.anybody().get(link).await.done().json();
    fits::<FollowedIssue>(&shown);
    shown
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_passed_on_comes_back_with_a_reply_that_the_asker_sees() {
    let folder = tempfile::tempdir().unwrap();
    let (village, department) = open(Service::start(folder.path()).await).await;
    let (issue, link) = registered(&village, "临街搭棚占道。").await;
    let path = |what: &str| format!("issues/{issue}/{what}");
    let routing = |due: &str| json!({"to": "县综合执法局", "receiver": DEPARTMENT, "reason": "属行政执法", "due": due});
    let (leader, town) = (&village.leader, &village.town);
    leader.post(&path("routing"), routing("2021-11-12")).await.refused(422, "issue.routing_due");
    department.post(&path("routing/receipt"), json!({})).await.refused(403, "permission.elsewhere");
    leader.post(&path("routing"), routing("2021-11-20")).await.done();
    let shown = followed(&village, &link).await;
    assert_eq!(
        (&shown["stage"], &shown["routing_due"]),
        (&json!("routed_out"), &json!("2021-11-20"))
    );

    // The department sees what lies with it, of a station that is not below it, and nobody else's department does.
    let listed = village.see(&department, "routings?awaits_reply=true").await;
    assert_eq!(listed["items"][0]["issue"], json!(issue));
    assert_eq!(village.see(town, "routings").await["items"], json!([]));
    department.get(&format!("issues/{issue}")).await.done();
    department.post(&path("acceptance"), json!({})).await.refused(403, "permission.elsewhere");
    department.post(&path("routing/receipt"), json!({})).await.done();
    let early = json!({"result": "已拆除"});
    leader.post(&path("settlement"), early.clone()).await.refused(422, "issue.ended");
    let reply = json!({"outcome": "handled", "reply": "已责令拆除,当日拆完。"});
    leader.post(&path("routing/reply"), reply.clone()).await.refused(403, "permission.elsewhere");
    department.post(&path("routing/reply"), reply.clone()).await.done();
    department.post(&path("routing/reply"), reply).await.refused(422, "issue.not_routed");
    let shown = followed(&village, &link).await;
    assert_eq!(shown["routing_reply"], "已责令拆除,当日拆完。");
    assert_eq!(shown["routing_received_on"], "2021-11-12");
    assert_eq!(shown["routing_overdue"], false);
    let waits = village.see(leader, "worklist?kind=settle_routed").await;
    assert_eq!(waits["items"][0]["waits_for"], "leading_group");
    leader.post(&path("settlement"), early).await.done();
    let row = village.see(leader, &format!("issues/{issue}")).await;
    assert_eq!((&row["solution"], &row["wish"]), (&json!("routed_out"), &json!("限期拆除")));
    assert_eq!(followed(&village, &link).await["result"], "已拆除");
    let month = village.see(leader, "reports/monthly?month=2021-11").await;
    assert!(month.to_string().contains("\"routings_replied\":1"), "{month}");
    village.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_an_authority_declines_is_the_station_s_again() {
    let folder = tempfile::tempdir().unwrap();
    let (village, _) = open(Service::start(folder.path()).await).await;
    let (issue, link) = registered(&village, "变压器异响。").await;
    let path = |what: &str| format!("issues/{issue}/{what}");
    // No unit of the county: the station writes down receipt and reply.
    let routing = json!({"to": "县供电公司", "reason": "产权属供电公司"});
    village.leader.post(&path("routing"), routing.clone()).await.done();
    let row = village.see(&village.leader, &format!("issues/{issue}")).await;
    assert_eq!((&row["receiver"], &row["routing_due"]), (&Value::Null, &json!("2021-11-27")));
    let reply = json!({"outcome": "declined", "reply": "该设备产权属村集体。"});
    village.grid.post(&path("routing/reply"), reply.clone()).await.refused(403, "permission.role");
    village.leader.post(&path("routing/reply"), reply).await.done();
    let shown = followed(&village, &link).await;
    assert_eq!(
        (&shown["stage"], &shown["routing_outcome"]),
        (&json!("registered"), &json!("declined"))
    );
    village.leader.post(&path("triage"), json!({"topic": "G4"})).await.done();
    let unknown = json!({"to": "某局", "receiver": "330225-none", "reason": "不明"});
    village.leader.post(&path("routing"), unknown).await.refused(422, "issue.unknown_receiver");
    village.stop().await;
}

/// 并案: whoever raised it follows the issue that it went into, and learns nothing of who raised that one.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_asker_of_a_merged_issue_follows_the_other() {
    let folder = tempfile::tempdir().unwrap();
    let village = Village::open(Service::start(folder.path()).await).await;
    let (issue, link) = registered(&village, "村口路灯不亮。").await;
    let (middle, _) = village.issue("路灯坏了两盏。").await;
    let (last, _) = village.issue("全村路灯要换。").await;
    let merge = async |from: &str, into: &str| {
        let merger = json!({"into": into});
        village.leader.post(&format!("issues/{from}/merger"), merger).await.done();
    };
    merge(&issue, &middle).await;
    merge(&middle, &last).await;
    let answer = json!({"answer": "本月统一更换。"});
    village.leader.post(&format!("issues/{last}/answer"), answer).await.done();
    let resolution = village.publicised(Some(&last)).await;
    let shown = followed(&village, &link).await;
    assert_eq!(shown["stage"], "merged");
    let other = &shown["goes_on_as"];
    assert_eq!((&other["stage"], &other["answer"]), (&json!("decided"), &json!("本月统一更换。")));
    assert_eq!(other["resolution"]["resolution"], json!(resolution));
    assert_eq!(other["meeting"]["outcome"], "adopted");
    assert!(!shown.to_string().contains("全村路灯要换"), "what another wrote is not shown");
    village.stop().await;
}

/// 清单: word for word as in the document, each with who is responsible; what a station adds is an event.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_list_of_topics_says_who_is_responsible() {
    let folder = tempfile::tempdir().unwrap();
    let village = Village::open(Service::start(folder.path()).await).await;
    let added = json!({
        "code": "G9", "list": "general", "title": "村内河道清淤", "responsible": "grid_worker",
    });
    village.leader.post(&format!("stations/{VILLAGE}/topics"), added).await.done();
    let topics = village.see(&village.leader, &format!("topics?station={VILLAGE}")).await;
    let topic = |code: &str| {
        let all = topics["items"].as_array().unwrap();
        all.iter().find(|topic| topic["topic"] == code).cloned().unwrap()
    };
    let seventh = topic("G7");
    assert_eq!(seventh["title"], "群众各类矛盾纠纷协调及相互沟通化解工作");
    assert_eq!((&seventh["responsible"], &seventh["own"]), (&json!("mediator"), &json!(false)));
    let own = topic("G9");
    assert_eq!((&own["responsible"], &own["own"]), (&json!("grid_worker"), &json!(true)));
    village.stop().await;
}
