//! Writing widens no reading: whoever names a person of another unit learns nothing of them.

use application::{Caller, Clock as _, PersonalData};
use domain::{Actor, ActorId, Role};
use jiff::SignedDuration;
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

/// Every command that takes a person, by number or by identity number, from a neighbour who means somebody of another town.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_command_that_takes_a_stranger_tells_anything_of_them() {
    let folder = tempfile::tempdir().unwrap();
    let village = Village::open(Service::start(folder.path()).await).await;
    let neighbour = neighbour(&village).await;
    let service = &village.service;
    let real = adult(45);
    let volunteer = village.town.post("volunteers", real.clone()).await.made();
    let member = somebody(46);
    let sits = appoint(&village.town, member.clone(), "council", "representative").await.made();
    let leads = appoint_there(&neighbour, somebody(47)).await.made();

    let adviser = json!({
        "who": somebody(48), "group": "legal_adviser", "capacity": "legal_adviser",
        "from": "2021-11-12", "until": "2022-11-11",
    });
    neighbour.post(&format!("stations/{OTHER_VILLAGE}/members"), adviser).await.done();
    let starts_at = service.clock.now() + SignedDuration::from_hours(1);
    let activity = json!({
        "title": "法治宣传进村", "kind": "legal_publicity", "class": "public_welfare",
        "organiser": ELSEWHERE, "place": "村文化礼堂", "dangerous": false,
        "starts_at": starts_at, "ends_at": starts_at + SignedDuration::from_hours(2),
    });
    let activity = neighbour.post("activities", activity).await.made();
    let convened = json!({
        "station": OTHER_VILLAGE, "body": "council", "form": "room", "starts_at": starts_at, "place": "示例室",
        "agenda": [{"title": "示例", "listed": "G8"}],
    });
    let leading = json!({
        "who": {"person": leads}, "group": "leading_group", "capacity": "grid_worker",
        "from": "2021-11-12", "until": "2022-11-11",
    });
    neighbour.post(&format!("stations/{OTHER_VILLAGE}/members"), leading).await.done();
    let chair = service.account_of(Role::LeadingGroup, Some(OTHER_VILLAGE), &leads);
    let meeting = chair.post("meetings", convened).await.made();
    service.minutes(60);
    let squad = json!({"headcount": 9});
    village.office.post(&format!("units/{ELSEWHERE}/headcount"), squad).await.done();
    neighbour.post(&format!("squads/{ELSEWHERE}/application"), json!({})).await.done();
    let table = |person: &Value| {
        let field = |name: &str| person[name].as_str().unwrap_or_default().to_owned();
        format!(
            "姓名,身份证号,联系电话,单位代码\n{},{},13900001111,{ELSEWHERE}\n",
            "示例假名",
            field("identity_number")
        )
    };

    let clerk = service.account(Role::Recorder, Some(ELSEWHERE));
    service.heard.lock().unwrap().clear();
    for person in [&volunteer, &sits] {
        let report = crate::http::play::report(&activity, service.clock.now(), 1, 60);
        let consent = crate::http::play::consent();
        for (path, body) in [
            (
                format!("squads/{ELSEWHERE}/members"),
                json!({"volunteer": person, "consent": consent}),
            ),
            (format!("activities/{activity}/sign-ups"), json!({"volunteer": person})),
            (format!("volunteers/{person}/check-ins"), json!({"activity": activity})),
            (format!("volunteers/{person}/services"), report),
            (format!("volunteers/{person}/tier"), json!({"tier": "core"})),
            (format!("volunteers/{person}/move"), json!({"to": ELSEWHERE, "reason": "示例"})),
            (format!("volunteers/{person}/suspension"), json!({"reason": "示例"})),
            (
                format!("stations/{OTHER_VILLAGE}/members/{leads}/relatives"),
                json!({"relatives": [person]}),
            ),
            (
                format!("stations/{OTHER_VILLAGE}/members/{person}/contact"),
                json!({"purpose": "示例"}),
            ),
            (
                format!("meetings/{meeting}/attendance"),
                json!({"present": [{"who": {"person": person}}]}),
            ),
        ] {
            for who in [&neighbour, &clerk, &chair] {
                who.post(&path, body.clone()).await;
            }
        }
    }
    for person in [&real, &member] {
        appoint_there(&neighbour, under_a_false_name(person)).await;
        let present = json!({"present": [{"who": under_a_false_name(person)}]});
        chair.post(&format!("meetings/{meeting}/attendance"), present).await;
        neighbour.upload("roster", table(person).into_bytes()).await;
    }
    for person in [&volunteer, &sits] {
        contact(&neighbour, OTHER_VILLAGE, person).await;
        for path in ["", "/services", "/personal-data?purpose=示例", "/personal-data/reads"] {
            neighbour.get(&format!("volunteers/{person}{path}")).await;
        }
        neighbour.get(&format!("points-bank/{person}")).await;
    }
    let heard = service.heard.lock().unwrap().clone();
    assert!(heard.len() > 60, "{}", heard.len());
    for (asked, said) in &heard {
        for person in [&real, &member] {
            for field in ["name", "telephone", "identity_number"] {
                let secret = person[field].as_str().unwrap();
                assert!(!said.contains(secret), "{asked} tells {field}: {said}");
            }
        }
        assert!(!said.contains(TOWN), "{asked} tells where somebody is: {said}");
    }
    village.stop().await;
}
