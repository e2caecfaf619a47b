//! A roster as it comes back after a year: most of it is known, some has changed, and some is wrong in every way there is.

use domain::Role;
use domain::identity_number::IdentityNumber;
use reqwest::Method;
use reqwest::multipart::{Form, Part};
use serde_json::json;
use tests::county::TOWN;

use super::*;
use crate::http::play::ELSEWHERE;

/// People who are known.
const KNOWN: u32 = 400;
/// Of whom something has changed, from the first on.
const CHANGED: u32 = 50;

/// A child's identity number.
fn child() -> String {
    IdentityNumber::with_check_digit("99999920100301001").unwrap().expose().to_owned()
}

/// Cells of a row, and code and column of the problem that they are.
type Wrong = (Vec<(&'static str, String)>, &'static str, &'static str);

/// What is wrong with the rows from `CHANGED` on, one after another.
fn wrong(other: &str, numbers: &[String]) -> Vec<Wrong> {
    let text = str::to_owned;
    vec![
        (vec![("姓名", text("示例他"))], "roster.name_differs", "姓名"),
        (vec![("姓名", text("张3"))], "personal.name", "姓名"),
        (vec![("姓名", text(""))], "row.blank", "姓名"),
        (vec![("监护人", text("示例监护"))], "roster.guardian_differs", "监护人"),
        (vec![("单位代码", text(ELSEWHERE))], "roster.other_unit", "单位代码"),
        (vec![("单位代码", text("330225009"))], "volunteer.unknown_unit", "单位代码"),
        (
            vec![("身份证号", text(other)), ("志愿者编号", numbers[56].clone())],
            "roster.identity_differs",
            "身份证号",
        ),
        (vec![("志愿者编号", text("V123"))], "value.person", "志愿者编号"),
        (vec![("身份证号", text("99999919800229058"))], "identity_number.length", "身份证号"),
        (vec![("出生日期", text("1980-02-28"))], "roster.birth", "出生日期"),
        (vec![("联系电话", text("12345"))], "personal.telephone", "联系电话"),
        (vec![("政治面貌", text("进步"))], "row.choice", "政治面貌"),
        (vec![("政治面貌日期", text("2031-01-01"))], "row.day_ahead", "政治面貌日期"),
        (vec![("类别", text("临时"))], "row.choice", "类别"),
        (vec![("招募方式", text("终身"))], "row.choice", "招募方式"),
        (vec![("同意", text("否"))], "roster.consent", "同意"),
        (vec![("同意日期", text("2021-02-30"))], "row.date", "同意日期"),
        (
            vec![("身份证号", child()), ("性别", text("男")), ("监护人", text("无"))],
            "roster.guardian",
            "监护人",
        ),
        (vec![("技能", text("电话13800138000"))], "value.personal_data", "技能"),
        (vec![("居住区域", "长".repeat(300))], "personal.text", "居住区域"),
    ]
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_row_of_a_large_roster_has_its_outcome() {
    let folder = tempfile::tempdir().unwrap();
    let service = Service::start(folder.path()).await;
    let office = service.account(Role::CountyOffice, None);
    service.county(&office).await;
    office.post(&format!("squads/{ELSEWHERE}/application"), json!({})).await.done();
    let known: Vec<String> = (1..=KNOWN).map(|number| row(number, &[])).collect();
    let first = roster(&office, &known).await;
    assert_eq!(counts(&first), [u64::from(KNOWN), 0, 0, 0], "{:?}", problems(&first));
    let numbers: Vec<String> =
        (0..KNOWN as usize).map(|row| number(&first, row).to_owned()).collect();
    let stranger = adult(KNOWN + 1)["identity_number"].as_str().unwrap().to_owned();
    let wrong = wrong(&stranger, &numbers);
    let mut rows = Vec::new();
    for one in 1..=KNOWN {
        let at = one.checked_sub(CHANGED + 1).map_or(usize::MAX, |at| at as usize);
        rows.push(match (one <= CHANGED, wrong.get(at)) {
            (true, _) => row(one, &[("联系电话", &format!("1390000{one:04}"))]),
            (false, Some((cells, _, _))) => {
                let cells: Vec<_> =
                    cells.iter().map(|(column, said)| (*column, said.as_str())).collect();
                row(one, &cells)
            }
            (false, None) => row(one, &[]),
        });
    }
    let told = preview(&office, &rows).await;
    let expected: Vec<_> = wrong.iter().map(|(_, code, column)| (*code, *column)).collect();
    assert_eq!(problems(&told), expected);
    let bad = wrong.len() as u64;
    let outcomes = [0, u64::from(CHANGED), u64::from(KNOWN - CHANGED) - bad, bad];
    assert_eq!(counts(&told), outcomes);
    let done = roster(&office, &rows).await;
    assert_eq!(counts(&done), outcomes);
    assert_eq!(done["outcomes"].as_array().unwrap().len(), KNOWN as usize);
    assert_eq!(held(&office, &numbers[CHANGED as usize - 1]).await["telephone"], "13900000050");
    service.stop().await;
}

/// The clerk gets her own table back, with the number and the outcome of every row, and sends it again as it is.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_file_comes_back_as_a_workbook_that_can_be_sent_again() {
    let folder = tempfile::tempdir().unwrap();
    let service = Service::start(folder.path()).await;
    let office = service.account(Role::CountyOffice, None);
    service.county(&office).await;
    let rows = [row(1, &[]), row(2, &[("同意", "否")]), row(3, &[])];
    let send = async |file: Vec<u8>| {
        let form = Form::new().part("file", Part::bytes(file).file_name("table"));
        let request = office.request(Method::POST, "imports/roster?format=xlsx");
        request.multipart(form).send().await.unwrap()
    };
    let reply = send(table(&rows)).await;
    assert_eq!(reply.status(), 200);
    assert!(
        reply.headers()["content-disposition"].to_str().unwrap().contains("roster-result.xlsx")
    );
    let workbook = reply.bytes().await.unwrap().to_vec();
    let again = office.upload("roster", workbook.clone()).await.done().json();
    assert_eq!(counts(&again), [0, 0, 2, 1], "{again}");
    let volunteer = number(&again, 0);
    assert_eq!(file_of(&service, &office, volunteer).await["squad"], TOWN);
    // What came back is written into the same columns when it comes back once more.
    let twice = send(workbook).await.bytes().await.unwrap().to_vec();
    let again = office.upload("roster", twice).await.done().json();
    assert_eq!(counts(&again), [0, 0, 2, 1], "{again}");
    service.stop().await;
}

async fn file_of(service: &Service, by: &Account, volunteer: &str) -> Value {
    service.shown(by, &format!("volunteers/{volunteer}"), |file| !file["squad"].is_null()).await
}
