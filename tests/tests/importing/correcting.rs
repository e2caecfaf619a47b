//! 更正: what was entered wrongly, or has changed since, of people and units.

use application::Clock as _;
use domain::Role;
use domain::identity_number::IdentityNumber;
use jiff::SignedDuration;
use serde_json::json;
use tests::county::TOWN;

use super::*;
use crate::http::play::{ELSEWHERE, consent};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn personal_data_is_corrected_with_a_reason_and_the_volunteer_sees_by_whom() {
    let folder = tempfile::tempdir().unwrap();
    let service = Service::start(folder.path()).await;
    let office = service.account(Role::CountyOffice, None);
    service.county(&office).await;
    let volunteer = service.member(&office, 1).await;
    let town = service.account(Role::UnitAdministrator, Some(TOWN));
    let elsewhere = service.account(Role::UnitAdministrator, Some(ELSEWHERE));
    let own = service.account_of(Role::Volunteer, None, &volunteer);
    let path = format!("volunteers/{volunteer}/personal-data/correction");
    let correction = json!({"name": "示例新名", "telephone": "139 0000 0001", "reason": "改名"});
    elsewhere.post(&path, correction.clone()).await.refused(403, "permission.elsewhere");
    town.post(&path, correction.clone()).await.done();
    let now = held(&town, &volunteer).await;
    assert_eq!((&now["name"], &now["telephone"]), (&json!("示例新名"), &json!("13900000001")));
    assert_eq!(now["residence"], adult(1)["residence"], "what is left out stays");
    // Said again it is nothing new.
    let head = service.head().await;
    town.post(&path, correction).await.done();
    assert_eq!(service.head().await, head);
    let seen = corrections(&service, &own, &volunteer).await;
    assert_eq!(seen.len(), 1, "{seen:?}");
    assert_eq!(
        (&seen[0]["items"], &seen[0]["reason"]),
        (&json!(["name", "telephone"]), &json!("改名"))
    );
    let status = json!({"to": "masses", "since": "2021-11-01", "reason": "退党"});
    town.post(&format!("volunteers/{volunteer}/political-status"), status).await.done();
    let counted = |quota: &Value| quota["members"] == 1 && quota["party"] == 0;
    service.shown(&office, &format!("quota/{TOWN}"), counted).await;
    service.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_identity_number_is_corrected_by_two_people() {
    let folder = tempfile::tempdir().unwrap();
    let service = Service::start(folder.path()).await;
    let office = service.account(Role::CountyOffice, None);
    service.county(&office).await;
    let [volunteer, other] = [service.member(&office, 1).await, service.member(&office, 2).await];
    let clerk = service.account(Role::UnitAdministrator, Some(TOWN));
    let right = IdentityNumber::with_check_digit("99999919800301001").unwrap();
    let path = format!("volunteers/{volunteer}/identity-corrections");
    let asked = |number: &str| json!({"identity_number": number, "reason": "登记时抄错"});
    let taken = adult(2)["identity_number"].as_str().unwrap().to_owned();
    clerk.post(&path, asked(&taken)).await.refused(422, "volunteer.already_registered");
    clerk.post(&path, asked(right.expose())).await.done();
    clerk
        .post(&path, asked(right.expose()))
        .await
        .refused(422, "volunteer.identity_correction_open");
    // Nobody else registers under it meanwhile, and the old one still holds.
    let mut claimed = adult(3);
    claimed["identity_number"] = json!(right.expose());
    office.post("volunteers", claimed).await.refused(422, "volunteer.already_registered");
    assert_eq!(held(&clerk, &volunteer).await["identity_number"], adult(1)["identity_number"]);
    clerk
        .post(&format!("{path}/1/approval"), json!({}))
        .await
        .refused(422, "volunteer.second_person");
    let ready = office.get(&format!("{path}/1?purpose=对照证件")).await.done().json();
    assert_eq!(ready["identity_number"], right.expose());
    office.post(&format!("{path}/1/approval"), json!({})).await.done();
    assert_eq!(held(&clerk, &volunteer).await["identity_number"], right.expose());
    // The number that was wrong is free for whose it is.
    let its_owner = json!({"name": "示例丁", "unit": TOWN, "consent": consent()});
    let mut rightful = adult(1);
    rightful["name"] = its_owner["name"].clone();
    let rightful = office.post("volunteers", rightful).await.made();
    assert!(rightful != volunteer && rightful != other);
    service.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_request_that_waited_too_long_is_not_approved() {
    let folder = tempfile::tempdir().unwrap();
    let service = Service::start(folder.path()).await;
    let office = service.account(Role::CountyOffice, None);
    service.county(&office).await;
    let volunteer = service.member(&office, 1).await;
    let clerk = service.account(Role::UnitAdministrator, Some(TOWN));
    let right = IdentityNumber::with_check_digit("99999919800301001").unwrap();
    let path = format!("volunteers/{volunteer}/identity-corrections");
    let asked = || json!({"identity_number": right.expose(), "reason": "登记时抄错"});
    clerk.post(&path, asked()).await.done();
    // Until it is approved, it is not the volunteer's number.
    let search = json!({"identity_number": right.expose(), "purpose": "核对"});
    let found = clerk.post("people/search", search).await.done().json();
    assert_eq!(found["items"], json!([]));
    service.clock.set(service.clock.now() + SignedDuration::from_hours(31 * 24));
    assert_eq!(service.app.clear_replaced().await.unwrap(), 1);
    let approval = office.post(&format!("{path}/1/approval"), json!({})).await;
    approval.refused(422, "volunteer.corrected_since");
    assert_eq!(held(&clerk, &volunteer).await["identity_number"], adult(1)["identity_number"]);
    let refusal = json!({"reason": "逾期"});
    office.post(&format!("{path}/1/refusal"), refusal).await.done();
    clerk.post(&path, asked()).await.done();
    office.post(&format!("{path}/2/approval"), json!({})).await.done();
    assert_eq!(held(&clerk, &volunteer).await["identity_number"], right.expose());
    service.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_withdrew_registers_again_as_the_same_volunteer() {
    let folder = tempfile::tempdir().unwrap();
    let service = Service::start(folder.path()).await;
    let office = service.account(Role::CountyOffice, None);
    service.county(&office).await;
    let volunteer = service.member(&office, 1).await;
    office.post(&format!("volunteers/{volunteer}/withdrawal"), reason("迁居")).await.done();
    let old = office.post("volunteers", adult(1)).await;
    old.refused(422, "volunteer.consent_before_withdrawal");
    let mut again = adult(1);
    again["consent"] = json!({"given_on": "2021-11-12", "form": "书面"});
    again["telephone"] = json!("13900000001");
    assert_eq!(office.post("volunteers", again.clone()).await.made(), volunteer);
    office.post("volunteers", again).await.refused(422, "volunteer.already_registered");
    assert_eq!(held(&office, &volunteer).await["telephone"], "13900000001");
    let joining =
        json!({"volunteer": volunteer, "consent": {"given_on": "2021-11-12", "form": "书面"}});
    office.post(&format!("squads/{TOWN}/members"), joining).await.done();
    service.stop().await;
}
