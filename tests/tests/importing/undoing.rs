//! An import is undone as a whole; whoever has later facts resting on theirs stays.

use application::imports::{self, Kind, Mode};
use domain::Role;
use serde_json::{Value, json};
use tests::county::TOWN;

use super::*;
use crate::http::play::ELSEWHERE;

async fn undo(by: &Account, import: &Value, query: &str) -> crate::http::Reply {
    let path = format!("imports/register/{}/undo{query}", import.as_str().unwrap());
    by.post(&path, reason("用错了表")).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_added_and_changed_is_taken_back_and_what_later_facts_rest_on_stays() {
    let folder = tempfile::tempdir().unwrap();
    let service = Service::start(folder.path()).await;
    let office = service.account(Role::CountyOffice, None);
    service.county(&office).await;
    let known = roster(&office, &[row(1, &[("技能", "普法")]), row(2, &[])]).await;
    let [changed, corrected] = [0, 1].map(|row| number(&known, row).to_owned());
    let wrong = [
        row(
            1,
            &[
                ("联系电话", "13900000001"),
                ("政治面貌", "群众"),
                ("技能", "驾驶"),
                ("招募方式", "储备"),
            ],
        ),
        row(2, &[("联系电话", "13900000002")]),
        row(3, &[]),
        row(4, &[]),
    ];
    let done = roster(&office, &wrong).await;
    assert_eq!(counts(&done), [2, 2, 0, 0], "{done}");
    let [added, serving] = [2, 3].map(|row| number(&done, row).to_owned());
    // The second was corrected since, and the fourth takes part in something.
    let correction = json!({"telephone": "13900000003", "reason": "本人更正"});
    let path = format!("volunteers/{corrected}/personal-data/correction");
    office.post(&path, correction).await.done();
    service.held(&office, 2, &[&serving]).await;
    let head = service.head().await;
    let foretold = undo(&office, &done["import"], "?dry_run=true").await.done().json();
    assert_eq!(service.head().await, head, "a preview stores nothing");
    let undone = undo(&office, &done["import"], "").await.done().json();
    assert_eq!(undone, foretold);
    let mut expected = [changed.clone(), added.clone()];
    expected.sort();
    assert_eq!(undone["undone"], json!(expected), "{undone}");
    let stayed = undone["stayed"].as_array().unwrap();
    let why = |of: &str| stayed.iter().find(|one| one["number"] == of).unwrap()["code"].clone();
    assert_eq!(stayed.len(), 2, "{undone}");
    assert_eq!(why(&corrected), "import.changed_since");
    assert_eq!(why(&serving), "import.rested_on");
    let before = json!({"political_status": "party_member", "recruitment": "long_term"});
    file_says(&service, &office, &changed, &before).await;
    assert_eq!(held(&office, &changed).await["telephone"], "13800000001");
    assert_eq!(held(&office, &corrected).await["telephone"], "13900000003");
    let gone = json!({"status": "withdrawn", "squad": null});
    file_says(&service, &office, &added, &gone).await;
    // The first roster again is what is known.
    let again = roster(&office, &[row(1, &[("技能", "普法")])]).await;
    assert_eq!(counts(&again), [0, 0, 1, 0], "{again}");
    undo(&office, &done["import"], "").await.refused(422, "import.already_undone");
    let listed = service.shown(&office, "imports", |_| true).await;
    let entry =
        listed["items"].as_array().unwrap().iter().find(|one| one["import"] == done["import"]);
    let entry = entry.unwrap();
    assert_eq!((&entry["undone"], &entry["stayed"]), (&json!(2), &json!(2)), "{entry}");
    assert_eq!(entry["undo_reason"], "用错了表");
    service.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_unit_undoes_its_own_imports_and_hears_of_no_others() {
    let folder = tempfile::tempdir().unwrap();
    let service = Service::start(folder.path()).await;
    let office = service.account(Role::CountyOffice, None);
    service.county(&office).await;
    let town = service.account(Role::UnitAdministrator, Some(TOWN));
    let of_office = roster(&office, &[row(1, &[])]).await;
    let of_town = roster(&town, &[row(2, &[])]).await;
    undo(&town, &of_office["import"], "").await.refused(403, "permission.elsewhere");
    let nobody_s = json!("6f9619ff-8b86-4d01-b42d-00cf4fc964ff");
    undo(&town, &nobody_s, "").await.refused(403, "permission.elsewhere");
    undo(&office, &nobody_s, "").await.refused(404, "import.unknown");
    let undone = undo(&town, &of_town["import"], "").await.done().json();
    assert_eq!(undone["undone"], json!([number(&of_town, 0)]));
    let listed = service.shown(&town, "imports", |_| true).await;
    assert_eq!(listed["items"].as_array().unwrap().len(), 1, "{listed}");
    service.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn figures_and_names_of_units_are_set_back_and_units_stay() {
    let folder = tempfile::tempdir().unwrap();
    let service = Service::start(folder.path()).await;
    let office = service.account(Role::CountyOffice, None);
    service.county(&office).await;
    let header = "单位代码,单位名称,上级代码,类别,总人数,任务数,管理员,联系电话\n";
    let units = |rows: &str| format!("{header}{rows}").into_bytes();
    office.upload("units", units("330225-a,甲局,330225,县级部门,30,,,\n")).await.done();
    let wrong = "330225-a,甲委,330225,县级部门,300,,,\n330225-b,乙局,330225,县级部门,,,,\n";
    let done = office.upload("units", units(wrong)).await.done().json();
    assert_eq!(counts(&done), [1, 1, 0, 0], "{done}");
    let undone = undo(&office, &done["import"], "").await.done().json();
    assert_eq!(undone["undone"], json!(["330225-a"]), "{undone}");
    assert_eq!(undone["stayed"][0]["code"], "import.unit_stands", "{undone}");
    let again = units("330225-a,甲局,330225,县级部门,30,,,\n");
    let again = office.upload("units", again).await.done().json();
    assert_eq!(counts(&again), [0, 0, 1, 0], "{again}");
    service.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_withdrew_or_was_erased_since_stops_nobody_elses_undoing() {
    let folder = tempfile::tempdir().unwrap();
    let service = Service::start(folder.path()).await;
    let office = service.account(Role::CountyOffice, None);
    service.county(&office).await;
    let skilled = |skill: &str| -> Vec<String> {
        (1..=4).map(|number| row(number, &[("技能", skill)])).collect()
    };
    let known = roster(&office, &skilled("普法")).await;
    let [gone, erased, moved, there] = [0, 1, 2, 3].map(|row| number(&known, row).to_owned());
    let wrong = roster(&office, &skilled("驾驶")).await;
    assert_eq!(counts(&wrong), [0, 4, 0, 0], "{wrong}");
    office.post(&format!("volunteers/{gone}/withdrawal"), reason("迁居")).await.done();
    let erasure = json!({"reason": "本人申请", "legal_basis": "个人信息保护法第47条"});
    office.post(&format!("volunteers/{erased}/erasure"), erasure).await.done();
    let to = json!({"to": ELSEWHERE, "reason": "调动"});
    office.post(&format!("volunteers/{moved}/move"), to).await.done();
    let foretold = undo(&office, &wrong["import"], "?dry_run=true").await.done().json();
    let undone = undo(&office, &wrong["import"], "").await.done().json();
    assert_eq!(undone, foretold);
    let mut expected = [&moved, &there];
    expected.sort();
    assert_eq!(undone["undone"], json!(expected), "{undone}");
    let stayed = undone["stayed"].as_array().unwrap();
    for (of, why) in [(&gone, "volunteer.withdrawn"), (&erased, "volunteer.erased")] {
        let stays = stayed.iter().find(|one| one["number"] == **of).unwrap();
        assert_eq!(stays["code"], why, "{undone}");
    }
    file_says(&service, &office, &there, &json!({"skills": ["普法"]})).await;
    service.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn tasks_are_set_back_to_what_the_campaign_began_with() {
    let folder = tempfile::tempdir().unwrap();
    let service = Service::start(folder.path()).await;
    let office = service.account(Role::CountyOffice, None);
    service.county(&office).await;
    let header = "单位代码,单位名称,上级代码,类别,总人数,任务数,管理员,联系电话\n";
    let units = |task: &str| {
        format!(
            "{header}330225-a,甲局,330225,县级部门,30,{task},,\n330225-b,乙局,330225,县级部门,,,,\n"
        )
        .into_bytes()
    };
    office.upload("units", units("")).await.done();
    let campaign = |code: &str, task: u32| {
        json!({"campaign": code, "name": format!("组建{code}"), "source": "县委办通知",
            "starts_on": "2021-11-01",
            "tasks": [{"unit": "330225-a", "task": task}]})
    };
    office.post("campaigns", campaign("c1", 20)).await.made();
    office.post("squads/330225-a/application", json!({})).await.done();
    let wrong = office.upload("units", units("200")).await.done().json();
    assert_eq!(counts(&wrong), [0, 1, 1, 0], "{wrong}");
    let undone = undo(&office, &wrong["import"], "").await.done().json();
    assert_eq!(undone["undone"], json!(["330225-a"]), "{undone}");
    service.shown(&office, "quota/330225-a", |quota| quota["task"] == 20).await;
    let wrong = office.upload("units", units("300")).await.done().json();
    // Another campaign in between keeps its own figure.
    office.post("campaigns", campaign("c2", 7)).await.made();
    let undone = undo(&office, &wrong["import"], "").await.done().json();
    assert_eq!(undone["undone"], json!(["330225-a"]), "{undone}");
    let tasks = |quota: &Value| quota["task"] == 7;
    service.shown(&office, "quota/330225-a", tasks).await;
    let head = service.head().await;
    let again = json!({"task": 20, "campaign": "c1"});
    office.post("units/330225-a/quota", again).await.done();
    assert_eq!(service.head().await, head, "the first campaign has its 20 again");
    service.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 3)]
async fn an_import_on_its_way_is_not_undone() {
    let folder = tempfile::tempdir().unwrap();
    let service = Service::start(folder.path()).await;
    let office = service.account(Role::CountyOffice, None);
    service.county(&office).await;
    let (reached, wait) = std::sync::mpsc::channel();
    let (go_on, told) = std::sync::mpsc::channel::<()>();
    let (app, told) = (std::sync::Arc::clone(&service.app), std::sync::Mutex::new(told));
    let caller = tests::county::caller(Role::CountyOffice, "A-OFFICE", None);
    let import = json!(caller.command);
    let importing = tokio::spawn(async move {
        let progress = |done, of| {
            if done == of && reached.send(()).is_ok() {
                told.lock().unwrap().recv().unwrap_err();
            }
        };
        imports::import(&app, Kind::Roster, table(&[row(1, &[])]), Mode::Import, &caller, &progress)
            .await
    });
    tokio::task::spawn_blocking(move || wait.recv().unwrap()).await.unwrap();
    undo(&office, &import, "").await.refused(422, "import.running");
    drop(go_on);
    assert_eq!(importing.await.unwrap().unwrap().added, 1);
    let undone = undo(&office, &import, "").await.done().json();
    assert_eq!(undone["undone"].as_array().unwrap().len(), 1, "{undone}");
    service.stop().await;
}
