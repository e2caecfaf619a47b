//! Every row ends as added, changed, unchanged or a problem, by what is known of the person.

use domain::Role;
use domain::unit::Unit;
use serde_json::json;
use tests::county::TOWN;

use super::*;
use crate::http::play::{ELSEWHERE, adult};

/// What a row says otherwise, and the problem that this is.
type Otherwise<'a> = (&'a [(&'a str, &'a str)], (&'static str, &'static str));

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_row_says_otherwise_becomes_a_fact_and_the_same_row_again_says_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let service = Service::start(folder.path()).await;
    let office = service.account(Role::CountyOffice, None);
    service.county(&office).await;
    let first = roster(&office, &[row(1, &[]), row(2, &[]), row(3, &[])]).await;
    assert_eq!(counts(&first), [3, 0, 0, 0], "{first}");
    let volunteer = number(&first, 1).to_owned();
    let second = [
        row(1, &[]),
        row(
            2,
            &[
                ("联系电话", "0574-65712345"),
                ("居住区域", "示例新村"),
                ("政治面貌", "群众"),
                ("政治面貌日期", "2021-11-01"),
                ("技能", "调解、普法"),
                ("类别", "注册专业志愿者"),
                ("招募方式", "储备"),
            ],
        ),
        // A blank cell says nothing.
        row(3, &[("居住区域", ""), ("技能", "")]),
    ];
    let head = service.head().await;
    let foretold = preview(&office, &second).await;
    assert_eq!(service.head().await, head, "a preview stores nothing");
    let done = roster(&office, &second).await;
    for report in [&foretold, &done] {
        assert_eq!(counts(report), [0, 1, 2, 0], "{report}");
        let changed = &report["outcomes"][1];
        let columns = json!(["联系电话", "居住区域", "政治面貌", "技能", "类别", "招募方式"]);
        assert_eq!((&changed["number"], &changed["columns"]), (&json!(volunteer), &columns));
    }
    assert!(foretold["import"].is_null() && done["import"].is_string());
    let now = held(&office, &volunteer).await;
    assert_eq!(
        (&now["telephone"], &now["residence"]),
        (&json!("057465712345"), &json!("示例新村"))
    );
    file_says(&service, &office, &volunteer, &json!({"political_status": "masses"})).await;
    let noted = corrections(&service, &office, &volunteer).await;
    assert_eq!(noted.len(), 4, "{noted:?}");
    assert!(noted.iter().all(|one| one["import"] == done["import"]), "{noted:?}");
    let head = service.head().await;
    let again = roster(&office, &second).await;
    assert_eq!((counts(&again), service.head().await), ([0, 0, 3, 0], head), "{again}");
    service.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_an_import_may_not_change_is_a_problem_that_names_its_column() {
    let folder = tempfile::tempdir().unwrap();
    let service = Service::start(folder.path()).await;
    let office = service.account(Role::CountyOffice, None);
    service.county(&office).await;
    office.post(&format!("squads/{ELSEWHERE}/application"), json!({})).await.done();
    let rows: Vec<String> = (1..=5).map(|number| row(number, &[])).collect();
    let first = roster(&office, &rows).await;
    let numbers: Vec<&str> = (0..5).map(|row| number(&first, row)).collect();
    let other = adult(9)["identity_number"].as_str().unwrap().to_owned();
    let otherwise: [Otherwise<'_>; 5] = [
        (&[("姓名", "示例改"), ("联系电话", "13900000001")], ("roster.name_differs", "姓名")),
        (&[("监护人", "示例监护")], ("roster.guardian_differs", "监护人")),
        (&[("单位代码", ELSEWHERE)], ("roster.other_unit", "单位代码")),
        (
            &[("身份证号", &other), ("志愿者编号", numbers[3])],
            ("roster.identity_differs", "身份证号"),
        ),
        (&[("出生日期", "1980-02-28")], ("roster.birth", "出生日期")),
    ];
    let rows: Vec<String> =
        (1..).zip(&otherwise).map(|(number, (said, _))| row(number, said)).collect();
    let head = service.head().await;
    let told = roster(&office, &rows).await;
    assert_eq!(counts(&told), [0, 0, 0, 5], "{told}");
    assert_eq!(problems(&told), otherwise.map(|(_, problem)| problem));
    assert_eq!(service.head().await, head, "a row with a problem is not taken at all");
    service.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_withdrew_or_left_comes_back_with_a_fresh_consent_only() {
    let folder = tempfile::tempdir().unwrap();
    let service = Service::start(folder.path()).await;
    let office = service.account(Role::CountyOffice, None);
    service.county(&office).await;
    let first = roster(&office, &[row(1, &[]), row(2, &[])]).await;
    let [gone, left] = [0, 1].map(|row| number(&first, row).to_owned());
    office.post(&format!("volunteers/{gone}/withdrawal"), reason("毕业离开")).await.done();
    let leaving = office.request(reqwest::Method::DELETE, &format!("squads/{TOWN}/members/{left}"));
    office.send(leaving.json(&reason("外出务工"))).await.done();
    let again = roster(&office, &[row(1, &[]), row(2, &[])]).await;
    assert_eq!(problems(&again), [("roster.withdrawn", "同意日期"), ("roster.left", "同意日期")]);
    // The list was signed before they went.
    let old = [("同意日期", "2021-11-11")];
    let again = roster(&office, &[row(1, &old), row(2, &old)]).await;
    let codes = ["volunteer.consent_before_withdrawal", "squad.consent_before_leaving"];
    assert_eq!(problems(&again).iter().map(|(code, _)| *code).collect::<Vec<_>>(), codes);
    let fresh = [("同意日期", "2021-11-12"), ("联系电话", "13900000002")];
    let back = roster(&office, &[row(1, &fresh), row(2, &fresh)]).await;
    assert_eq!(counts(&back), [1, 1, 0, 0], "{back}");
    for volunteer in [&gone, &left] {
        let back = json!({"status": "active", "squad": TOWN});
        file_says(&service, &office, volunteer, &back).await;
        assert_eq!(held(&office, volunteer).await["telephone"], "13900000002");
    }
    service.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_unit_with_another_name_kind_or_superior_is_corrected_by_whoever_may() {
    let folder = tempfile::tempdir().unwrap();
    let service = Service::start(folder.path()).await;
    let office = service.account(Role::CountyOffice, None);
    service.county(&office).await;
    let header = "单位代码,单位名称,上级代码,类别,总人数,任务数,管理员,联系电话\n";
    let units = |rows: &str| format!("{header}{rows}").into_bytes();
    let first =
        "330225-a,甲局,330225,县级部门,30,20,示例甲,13800138000\n330225-b,乙校,330225,学校,9,,,\n";
    let done = office.upload("units", units(first)).await.done().json();
    assert_eq!(counts(&done), [2, 0, 0, 0], "{done}");
    let second = "330225-a,甲委员会,330225,县级部门,30,22,示例甲,13800138000\n330225-b,乙校,330225-a,学校,,,,\n";
    let done = office.upload("units", units(second)).await.done().json();
    assert_eq!(counts(&done), [0, 2, 0, 0], "{done}");
    assert_eq!(done["outcomes"][0]["columns"], json!(["单位名称", "任务数"]));
    assert_eq!(done["outcomes"][1]["columns"], json!(["上级代码"]));
    let again = office.upload("units", units(second)).await.done().json();
    assert_eq!(counts(&again), [0, 0, 2, 0], "{again}");
    // A division of the same code under another name, by an account that may not correct units.
    let town = service.account(Role::UnitAdministrator, Some(TOWN));
    let renamed = format!("code,level,name,parent_code\n{TOWN},town,新示例镇,330225\n");
    let told = town.upload("divisions", renamed.clone().into_bytes()).await.done().json();
    assert_eq!(problems(&told), [("permission.role", "名称")]);
    let told = office.upload("divisions?dry_run=true", renamed.into_bytes()).await.done().json();
    assert_eq!(counts(&told), [0, 1, 0, 0], "{told}");
    service.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_administrator_who_was_erased_keeps_no_table_of_units_out() {
    let folder = tempfile::tempdir().unwrap();
    let service = Service::start(folder.path()).await;
    let office = service.account(Role::CountyOffice, None);
    service.county(&office).await;
    let table = "单位代码,单位名称,上级代码,类别,总人数,任务数,管理员,联系电话\n\
         330225-a,甲局,330225,县级部门,30,,示例甲,13800138000\n";
    office.upload("units", table.as_bytes().to_vec()).await.done();
    let reported = service.app.read_state::<Unit, _>("330225-a", Unit::administrator).await;
    let erasure = json!({"reason": "本人申请", "legal_basis": "个人信息保护法第47条"});
    let path = format!("volunteers/{}/erasure", reported.unwrap().unwrap());
    office.post(&path, erasure).await.done();
    let again = office.upload("units", table.as_bytes().to_vec()).await.done().json();
    assert_eq!(again["outcomes"][0]["columns"], json!(["管理员"]), "{again}");
    service.stop().await;
}
