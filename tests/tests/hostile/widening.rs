//! Writing widens no reading: whoever names a person of another unit learns nothing of them.

use application::{Caller, PersonalData};
use domain::{Actor, ActorId, Role};
use serde_json::{Value, json};
use tests::county::TOWN;
use uuid::Uuid;

use crate::http::deliberation::village::{VILLAGE, Village, appoint, somebody};
use crate::http::play::{ELSEWHERE, adult, items};
use crate::http::{Account, Reply, Service};

/// A village of the other town.
const OTHER_VILLAGE: &str = "330225002001";

/// The administrator of another town, with a station of its own.
async fn neighbour(village: &Village) -> Account {
    let unit =
        json!({"unit": OTHER_VILLAGE, "name": "别村", "kind": "village", "parent": ELSEWHERE});
    village.office.post("units", unit).await.done();
    let neighbour = village.service.account(Role::UnitAdministrator, Some(ELSEWHERE));
    let station = json!({"unit": OTHER_VILLAGE, "estate": false});
    neighbour.post("stations", station).await.done();
    neighbour
}

async fn appoint_there(by: &Account, who: Value) -> Reply {
    let new = json!({
        "who": who, "group": "council", "capacity": "mediator", "from": "2021-11-12", "until": "2022-11-11",
    });
    by.post(&format!("stations/{OTHER_VILLAGE}/members"), new).await
}

async fn contact(by: &Account, station: &str, member: &str) -> Reply {
    let path = format!("stations/{station}/members/{member}/contact");
    by.post(&path, json!({"purpose": "开会通知"})).await
}

/// What somebody is told who gives another's identity number under a false name.
fn under_a_false_name(body: &Value) -> Value {
    json!({"name": "示例假名", "identity_number": body["identity_number"]})
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_appointment_opens_no_contact_that_another_station_was_told() {
    let folder = tempfile::tempdir().unwrap();
    let village = Village::open(Service::start(folder.path()).await).await;
    let neighbour = neighbour(&village).await;
    for (nth, by_number) in [(40, true), (41, false)] {
        let real = somebody(nth);
        let member = appoint(&village.town, real.clone(), "council", "representative").await.made();
        let who = if by_number { json!({"person": member}) } else { under_a_false_name(&real) };
        assert_eq!(appoint_there(&neighbour, who).await.made(), member);
        let read = contact(&neighbour, OTHER_VILLAGE, &member).await;
        if by_number {
            read.refused(404, "vault.no_contact");
        } else {
            assert_eq!(read.done().json(), json!({"name": "示例假名", "telephone": null}));
        }
        contact(&neighbour, VILLAGE, &member).await.refused(403, "permission.elsewhere");
        let read = contact(&village.town, VILLAGE, &member).await.done().json();
        assert_eq!(read, json!({"name": real["name"], "telephone": real["telephone"]}));
    }
    village.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_volunteer_s_registration_is_read_by_their_home_alone() {
    let folder = tempfile::tempdir().unwrap();
    let village = Village::open(Service::start(folder.path()).await).await;
    let neighbour = neighbour(&village).await;
    let real = adult(42);
    let volunteer = village.town.post("volunteers", real.clone()).await.made();
    appoint_there(&neighbour, json!({"person": volunteer})).await.done();
    contact(&neighbour, OTHER_VILLAGE, &volunteer).await.refused(404, "vault.no_contact");
    appoint(&village.town, json!({"person": volunteer}), "council", "volunteer").await.done();
    let read = contact(&village.town, VILLAGE, &volunteer).await.done().json();
    assert_eq!(read, json!({"name": real["name"], "telephone": real["telephone"]}));
    village.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_identity_number_does_not_tell_where_somebody_is_and_the_question_is_recorded() {
    let folder = tempfile::tempdir().unwrap();
    let village = Village::open(Service::start(folder.path()).await).await;
    let neighbour = neighbour(&village).await;
    let volunteer = village.town.post("volunteers", adult(43)).await.made();
    let mut again = adult(43);
    again["unit"] = json!(ELSEWHERE);
    let refused = neighbour.post("volunteers", again).await;
    refused.refused(422, "volunteer.already_registered");
    let own = neighbour.post("squads/330225002/members", json!({"volunteer": volunteer})).await;
    for told in [refused, own] {
        let outside = told.json();
        assert!(!outside["detail_zh"].as_str().unwrap().contains(TOWN), "{}", told.body);
        assert!(!outside["detail_en"].as_str().unwrap().contains(TOWN), "{}", told.body);
    }
    let auditor = village.service.account(Role::Auditor, None);
    let reads = items(auditor.get(&format!("volunteers/{volunteer}/personal-data/reads")).await);
    let sections: Vec<&str> = reads.iter().map(|read| read["section"].as_str().unwrap()).collect();
    assert_eq!(sections, [vault::IDENTITY]);
    village.stop().await;
}

/// Somebody's registration was sealed, and the service stopped before the log had it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_an_interrupted_registration_sealed_is_not_handed_to_the_next_who_registers() {
    let folder = tempfile::tempdir().unwrap();
    let village = Village::open(Service::start(folder.path()).await).await;
    let neighbour = neighbour(&village).await;
    let real = adult(44);
    let text = |field: &str| real[field].as_str().unwrap().to_owned();
    let personal = PersonalData {
        name: text("name"),
        identity_number: text("identity_number"),
        telephone: text("telephone"),
        residence: text("residence"),
        guardian: String::new(),
    };
    let actor = Actor {
        id: ActorId::new("A-INTERRUPTED").unwrap(),
        role: Role::CountyOffice,
        unit: None,
        person: None,
    };
    let caller = Caller::new(actor, Uuid::now_v7());
    let sealing = [(&personal, caller.command)].into_iter();
    village.service.app.enrol(sealing, &caller).await.unwrap();

    let mut false_one = adult(44);
    false_one["unit"] = json!(ELSEWHERE);
    false_one["name"] = json!("示例假名");
    false_one["telephone"] = json!("13900008888");
    let volunteer = neighbour.post("volunteers", false_one).await.made();
    let path = format!("volunteers/{volunteer}/personal-data?purpose=核对");
    let read = neighbour.get(&path).await.done();
    assert_eq!(read.json()["name"], "示例假名");
    assert!(!read.body.contains(real["telephone"].as_str().unwrap()), "{}", read.body);
    village.stop().await;
}
