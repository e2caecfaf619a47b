//! Who joins a squad by an import, for the first time or again: nothing of it is stored unless all of it can be.

use domain::Role;
use domain::volunteer::Volunteer;
use tests::county::TOWN;

use super::*;
use crate::http::play::ELSEWHERE;

/// A village of the town, whose squad is the town's.
const VILLAGE: &str = "330225001201";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_unit_below_its_squad_takes_nobody_into_it() {
    let folder = tempfile::tempdir().unwrap();
    let service = Service::start(folder.path()).await;
    let office = service.account(Role::CountyOffice, None);
    service.county(&office).await;
    let village = json!({"unit": VILLAGE, "name": "示例村", "kind": "village", "parent": TOWN});
    office.post("units", village).await.made();
    let village = service.account(Role::UnitAdministrator, Some(VILLAGE));
    let rows = [row(1, &[("单位代码", VILLAGE)])];
    let head = service.head().await;
    for told in [preview(&village, &rows).await, roster(&village, &rows).await] {
        assert_eq!(counts(&told), [0, 0, 0, 1], "{told}");
        assert_eq!(problems(&told)[0].0, "permission.elsewhere");
    }
    assert_eq!(service.head().await, head, "nobody is registered by halves");
    // The town takes them, and then the village's table says what is known.
    let town = service.account(Role::UnitAdministrator, Some(TOWN));
    assert_eq!(counts(&roster(&town, &rows).await), [1, 0, 0, 0]);
    assert_eq!(counts(&roster(&village, &rows).await), [0, 0, 1, 0]);
    service.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_was_suspended_does_not_come_back_by_halves() {
    let folder = tempfile::tempdir().unwrap();
    let service = Service::start(folder.path()).await;
    let office = service.account(Role::CountyOffice, None);
    service.county(&office).await;
    let first = roster(&office, &[row(1, &[])]).await;
    let volunteer = number(&first, 0).to_owned();
    office.post(&format!("volunteers/{volunteer}/suspension"), reason("多次缺席")).await.done();
    office.post(&format!("volunteers/{volunteer}/withdrawal"), reason("迁居")).await.done();
    let rows = [row(1, &[("同意日期", "2021-11-12")])];
    for told in [preview(&office, &rows).await, roster(&office, &rows).await] {
        assert_eq!(problems(&told)[0].0, "squad.not_serving", "{told}");
        assert!(told["import"].is_null(), "nothing was begun: {told}");
    }
    let gone = service.app.read_state::<Volunteer, _>(&volunteer, Volunteer::has_withdrawn).await;
    assert!(gone.unwrap());
    service.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_comes_back_keeps_what_blank_cells_leave_out_and_an_undo_restores_the_rest() {
    let folder = tempfile::tempdir().unwrap();
    let service = Service::start(folder.path()).await;
    let office = service.account(Role::CountyOffice, None);
    service.county(&office).await;
    let first = roster(&office, &[row(1, &[("技能", "普法")])]).await;
    let volunteer = number(&first, 0).to_owned();
    let before = held(&office, &volunteer).await;
    office.post(&format!("volunteers/{volunteer}/withdrawal"), reason("迁居")).await.done();
    let fresh = ("同意日期", "2021-11-12");
    let other = roster(&office, &[row(1, &[fresh, ("姓名", "示例改")])]).await;
    assert_eq!(problems(&other), [("roster.name_differs", "姓名")]);
    let rows = [row(1, &[fresh, ("联系电话", "13900000001"), ("居住区域", ""), ("技能", "")])];
    let foretold = preview(&office, &rows).await;
    let back = roster(&office, &rows).await;
    for told in [&foretold, &back] {
        assert_eq!(counts(told), [1, 0, 0, 0], "{told}");
        assert_eq!(told["outcomes"][0]["columns"], json!(["联系电话"]));
    }
    let now = held(&office, &volunteer).await;
    assert_eq!(
        (&now["telephone"], &now["residence"]),
        (&json!("13900000001"), &before["residence"])
    );
    file_says(&service, &office, &volunteer, &json!({"status": "active", "skills": ["普法"]}))
        .await;
    let path = format!("imports/register/{}/undo", back["import"].as_str().unwrap());
    let undone = office.post(&path, reason("用错了表")).await.done().json();
    assert_eq!(undone["undone"], json!([volunteer]), "{undone}");
    file_says(&service, &office, &volunteer, &json!({"status": "withdrawn"})).await;
    assert_eq!(held(&office, &volunteer).await["telephone"], before["telephone"]);
    service.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_was_taken_into_the_wrong_unit_is_taken_into_the_right_one_once_that_is_undone() {
    let folder = tempfile::tempdir().unwrap();
    let service = Service::start(folder.path()).await;
    let office = service.account(Role::CountyOffice, None);
    service.county(&office).await;
    office.post(&format!("squads/{ELSEWHERE}/application"), json!({})).await.done();
    let wrong = roster(&office, &[row(1, &[("单位代码", ELSEWHERE)])]).await;
    let volunteer = number(&wrong, 0).to_owned();
    let path = format!("imports/register/{}/undo", wrong["import"].as_str().unwrap());
    office.post(&path, reason("单位代码填错")).await.done();
    let rows = [row(1, &[("同意日期", "2021-11-12")])];
    let right = roster(&office, &rows).await;
    assert_eq!((counts(&right), number(&right, 0)), ([1, 0, 0, 0], &*volunteer), "{right}");
    let here = json!({"status": "active", "unit": TOWN, "squad": TOWN});
    file_says(&service, &office, &volunteer, &here).await;
    service.stop().await;
}
