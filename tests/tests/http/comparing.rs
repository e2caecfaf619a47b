//! 实名比对 in bulk, 进度 and 通报, as the office does them.

use std::collections::BTreeMap;

use domain::Role;
use domain::identity_number::IdentityNumber;
use projections::models::bulletin_board::{Bulletin, BulletinUnit};
use projections::models::comparison_register::Comparison;
use projections::models::progress::UnitProgress;
use reqwest::Method;
use reqwest::header::ACCEPT;
use reqwest::multipart::{Form, Part};
use serde_json::{Value, json};
use tests::county::{COUNTY, TOWN};

use super::play::{ELSEWHERE, adult, items, person};
use super::{Account, Reply, Service, after, fits};

const ROSTER: &str =
    "comparisons?roster=%E5%90%8D%E5%86%8C&purpose=%E5%B9%B4%E5%BA%A6%E6%AF%94%E5%AF%B9";

impl Account {
    async fn compare(&self, more: &str, roster: &str) -> Reply {
        let part = Part::bytes(roster.as_bytes().to_vec()).file_name("roster.csv");
        let form = Form::new().part("file", part);
        let request = self.request(Method::POST, &format!("{ROSTER}{more}"));
        self.send(request.multipart(form)).await
    }
}

fn text<'a>(person: &'a Value, field: &str) -> &'a str {
    person[field].as_str().unwrap()
}

/// A row of a roster: name, identity number, volunteer number, unit.
fn row(person: &Value, number: &str, unit: &str) -> String {
    let (name, identity) = (text(person, "name"), text(person, "identity_number"));
    format!("{name},{identity},{number},{unit}\r\n")
}

/// Outcome, volunteer and column of each line, by row; 0 for who is missing.
fn lines(report: &Value) -> BTreeMap<u64, (String, Value, Value)> {
    let items = report["items"].as_array().unwrap().iter();
    let line = |line: &Value| {
        let row = line["row"].as_u64().unwrap_or(0);
        let outcome = text(line, "outcome").to_owned();
        (row, (outcome, line["volunteer"].clone(), line["column"].clone()))
    };
    items.map(line).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_roster_is_held_against_everybody_registered_in_one_run() {
    let folder = tempfile::tempdir().unwrap();
    let service = Service::start(folder.path()).await;
    let office = service.account(Role::CountyOffice, None);
    service.county(&office).await;
    let mut numbers = Vec::new();
    for number in 1..=8 {
        numbers.push(office.post("volunteers", adult(number)).await.made());
    }
    let gone = &numbers[6];
    let reason = json!({"reason": "本人申请"});
    office.post(&format!("volunteers/{gone}/withdrawal"), reason).await.done();
    let other_name = {
        let mut changed = adult(2);
        changed["name"] = json!("别名");
        changed
    };
    let other_identity = {
        let mut changed = person(55, "19800229");
        changed["name"] = adult(4)["name"].clone();
        changed
    };
    let stranger = person(90, "19900101");
    let mut shared = adult(5);
    shared["name"] = json!("另一个人");
    let header = "名册,,,\r\n姓名,身份证号,志愿者编号,单位\r\n";
    let roster = [
        header.to_owned(),
        row(&adult(1), &numbers[0], "示例镇"), // 3: matched
        row(&other_name, "", ""),              // 4: another name
        row(&adult(3), &numbers[0], TOWN),     // 5: another volunteer number
        row(&other_identity, "", ""),          // 6: somebody of that name
        row(&adult(5), "", ""),                // 7: one number of two
        row(&shared, "", ""),                  // 8
        row(&adult(1), &numbers[0], COUNTY),   // 9: once more
        row(&stranger, "", ""),                // 10: not registered
        row(&adult(7), "", ""),                // 11: withdrew
        row(&adult(6), "", "别镇"),            // 12: another unit
        "示例乙,123,,\r\n".to_owned(),         // 13: no identity number
    ]
    .concat();
    let preview = office.compare("&dry_run=true", &roster).await.done().json();
    assert_eq!((&preview["comparison"], &preview["rows"]), (&Value::Null, &json!(11)));
    let before = service.head().await;
    let report = office.compare("", &roster).await.done().json();
    assert_eq!(report["outcomes"], preview["outcomes"], "a preview says what would come of it");
    let told = lines(&report);
    let of = |row: u64| (told[&row].0.as_str(), told[&row].1.as_str(), told[&row].2.as_str());
    let number = |at: usize| Some(numbers[at].as_str());
    assert_eq!(of(3), ("matched", number(0), None));
    assert_eq!(of(4), ("name_differs", number(1), Some("姓名")));
    assert_eq!(of(5), ("other_number", number(2), Some("志愿者编号")));
    assert_eq!(of(6), ("same_name", number(3), Some("身份证号")));
    assert_eq!(of(7), ("shared_identity", number(4), Some("身份证号")));
    assert_eq!(of(8), ("shared_identity", number(4), Some("身份证号")));
    assert_eq!(of(9), ("repeated", number(0), None));
    assert_eq!(of(10), ("not_found", None, None));
    assert_eq!(of(11), ("withdrawn", number(6), None));
    assert_eq!(of(12), ("other_unit", number(5), Some("单位")));
    assert_eq!(of(13), ("unreadable", None, Some("身份证号")));
    assert_eq!(of(0), ("missing", number(7), None));
    assert_eq!(report["registered"], 7);
    for person in (1..=8).map(adult).chain([stranger, other_identity]) {
        let told = report.to_string();
        assert!(!told.contains(text(&person, "identity_number")), "{told}");
        assert!(!told.contains(text(&person, "name")), "{told}");
    }
    // One says that it began, one each of the two whom it bears out and the one it does not, one that it ended.
    assert_eq!(service.head().await.0 - before.0, 5);
    let position = service.head().await;
    let real_name = |row: Value| row["real_name"].as_str().unwrap().to_owned();
    for (at, found) in
        [(0, "matched"), (1, "refused"), (2, "pending"), (5, "matched"), (7, "pending")]
    {
        let path = after(&format!("volunteers/{}", numbers[at]), position);
        assert_eq!(real_name(office.get(&path).await.done().json()), found, "{at}");
    }
    let again = office.compare("", &roster).await.done().json();
    assert_eq!(again["outcomes"], report["outcomes"]);
    assert_eq!(service.head().await.0 - position.0, 2, "of nobody anything new is said");

    let listed = items(office.get(&after("comparisons", service.head().await)).await);
    assert_eq!(listed.len(), 2);
    listed.iter().for_each(fits::<Comparison>);
    assert_eq!((&listed[1]["open"], &listed[1]["registered"]), (&json!(10), &json!(7)));
    let path = format!("comparisons/{}", text(&report, "comparison"));
    assert_eq!(office.get(&path).await.done().json()["outcomes"]["matched"], 1);
    let matched = &numbers[0];
    let reads = items(office.get(&format!("volunteers/{matched}/personal-data/reads")).await);
    let purposes: Vec<&str> = reads.iter().map(|read| text(read, "purpose")).collect();
    assert!(
        purposes.contains(&"实名比对:年度比对"),
        "each sees it in their own record: {purposes:?}"
    );
    service.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn only_a_whole_roster_says_anything_of_whom_it_leaves_out() {
    let folder = tempfile::tempdir().unwrap();
    let service = Service::start(folder.path()).await;
    let office = service.account(Role::CountyOffice, None);
    service.county(&office).await;
    let first = office.post("volunteers", adult(1)).await.made();
    let second = office.post("volunteers", adult(2)).await.made();
    let mut elsewhere = adult(3);
    elsewhere["unit"] = json!(ELSEWHERE);
    let third = office.post("volunteers", elsewhere).await.made();
    let header = "姓名,身份证号,志愿者编号,单位\r\n";
    let roster = format!("{header}{}", row(&adult(1), &first, TOWN));
    let state = async |volunteer: &str| {
        let path = after(&format!("volunteers/{volunteer}"), service.head().await);
        office.get(&path).await.done().json()["real_name"].as_str().unwrap().to_owned()
    };
    let spoilt = format!("{roster}示例丁,1,,\r\n");
    let report = office.compare("&whole=true", &spoilt).await.done().json();
    assert_eq!((&report["whole"], &report["outcomes"]["missing"]), (&json!(false), &json!(2)));
    assert_eq!(state(&second).await, "pending", "who cannot be read may be the one who is missing");
    let within = format!("&whole=true&within={TOWN}");
    let report = office.compare(&within, &roster).await.done().json();
    assert_eq!((&report["whole"], &report["registered"]), (&json!(true), &json!(2)));
    assert_eq!(state(&second).await, "refused");
    assert_eq!(state(&third).await, "pending", "nobody else was held against it");
    // Written with the number of another, but the number of the volunteer is right.
    let mut mistyped = adult(2);
    let other = IdentityNumber::with_check_digit("99999919800228777").unwrap();
    mistyped["identity_number"] = json!(other.expose());
    let roster = format!("{header}{}", row(&mistyped, &second, ""));
    let report = office.compare("", &roster).await.done().json();
    let told = lines(&report);
    assert_eq!((told[&2].0.as_str(), told[&2].1.as_str()), ("other_identity", Some(&*second)));
    service.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_wrong_number_says_nothing_of_whose_it_is_whatever_the_order_of_the_rows() {
    let folder = tempfile::tempdir().unwrap();
    let service = Service::start(folder.path()).await;
    let office = service.account(Role::CountyOffice, None);
    service.county(&office).await;
    let mut numbers = Vec::new();
    for number in 1..=4 {
        numbers.push(office.post("volunteers", adult(number)).await.made());
    }
    let mut elsewhere = adult(5);
    elsewhere["unit"] = json!(ELSEWHERE);
    let elsewhere = office.post("volunteers", elsewhere).await.made();
    let header = "姓名,身份证号,志愿者编号,单位\r\n".to_owned();
    let renumbered = |number: u32, other: &str| {
        let mut person = adult(number);
        let other = IdentityNumber::with_check_digit(other).unwrap();
        person["identity_number"] = json!(other.expose());
        person
    };
    // The second's row has an identity number that is nobody's, and the volunteer number of the first.
    let (right, wrong) = (
        row(&adult(1), &numbers[0], ""),
        row(&renumbered(2, "99999919800228777"), &numbers[0], ""),
    );
    let state = async |volunteer: &str| {
        let path = after(&format!("volunteers/{volunteer}"), service.head().await);
        office.get(&path).await.done().json()["real_name"].as_str().unwrap().to_owned()
    };
    for (rows, of_wrong) in [([&right, &wrong], 3), ([&wrong, &right], 2)] {
        let roster = format!("{header}{}{}", rows[0], rows[1]);
        let told = lines(&office.compare("", &roster).await.done().json());
        let (outcome, about, _) = &told[&of_wrong];
        assert_eq!((outcome.as_str(), about.as_str()), ("same_name", Some(&*numbers[1])));
        assert_eq!(told[&(5 - of_wrong)].0, "matched");
        assert_eq!(state(&numbers[0]).await, "matched");
    }
    // Nor does a volunteer number alone name somebody of another name.
    let roster = format!("{header}{}", row(&renumbered(2, "99999919800228777"), &numbers[2], ""));
    let told = lines(&office.compare("", &roster).await.done().json());
    assert_eq!(told[&2].0, "same_name");
    assert_eq!(state(&numbers[2]).await, "pending");

    let rows = [
        row(&adult(3), "", &format!("{TOWN}000")), // 2: a code of twelve digits
        row(&adult(4), "", TOWN),                  // 3
        row(&adult(4), "", ELSEWHERE),             // 4: the same person in another unit
        row(&adult(4), "", ""),                    // 5: says nothing else
        row(&adult(5), &elsewhere, ""),            // 6: of a unit that is not compared
    ];
    let roster = format!("{header}{}", rows.concat());
    let report = office.compare(&format!("&within={TOWN}"), &roster).await.done().json();
    let told = lines(&report);
    let outcomes: Vec<&str> = (2..=6).map(|row| told[&row].0.as_str()).collect();
    assert_eq!(outcomes, ["matched", "matched", "contradicting", "repeated", "outside"]);
    assert_eq!(state(&elsewhere).await, "pending");
    let reads = items(office.get(&format!("volunteers/{elsewhere}/personal-data/reads")).await);
    assert!(reads.iter().all(|read| read["section"] != "registration"), "{reads:?}");
    service.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn rosters_are_for_the_office_and_have_their_columns() {
    let folder = tempfile::tempdir().unwrap();
    let service = Service::start(folder.path()).await;
    let office = service.account(Role::CountyOffice, None);
    service.county(&office).await;
    let town = service.account(Role::UnitAdministrator, Some(TOWN));
    let header = "姓名,身份证号\r\n";
    town.compare("", header).await.refused(403, "permission.role");
    town.get("comparisons").await.refused(403, "permission.role");
    office.compare("", header).await.refused(422, "comparison.no_rows");
    office.compare("", "姓名,电话\r\n示例甲,1\r\n").await.refused(422, "file.missing_columns");
    office
        .compare("&within=330225999", &format!("{header}甲,1\r\n"))
        .await
        .refused(422, "comparison.unknown_unit");
    office.compare("&format=pdf", header).await.refused(400, "query.format");
    let unnamed = office.post("comparisons", json!({})).await;
    unnamed.refused(400, "query.malformed");
    let form = Form::new().part("file", Part::bytes(format!("{header}示例一,1\r\n").into_bytes()));
    let request = office.request(Method::POST, ROSTER).header(ACCEPT, "text/csv");
    let table = office.send(request.multipart(form)).await.done();
    assert!(table.header("content-type").starts_with("text/csv"));
    assert!(table.body.starts_with("\u{feff}行号,志愿者编号,单位代码,结果,列"), "{}", table.body);
    assert!(table.body.contains("\r\n2,,,不能识别,身份证号,"), "{}", table.body);
    service.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_bulletin_tells_of_its_moment_and_is_corrected_by_a_later_one() {
    let folder = tempfile::tempdir().unwrap();
    let service = Service::start(folder.path()).await;
    let office = service.account(Role::CountyOffice, None);
    let new = json!({"title": "进度通报"});
    office.post("bulletins", new.clone()).await.refused(422, "bulletin.no_units");
    service.county(&office).await;
    for (unit, task) in [(TOWN, 4), (ELSEWHERE, 2)] {
        office.post(&format!("units/{unit}/quota"), json!({"task": task})).await.done();
    }
    let member = service.member(&office, 1).await;
    let roster = json!({"roster": "名册"});
    office.post(&format!("volunteers/{member}/real-name-match"), roster).await.done();
    service.minutes(1);
    let progress = items(office.get(&after("progress", service.head().await)).await);
    progress.iter().for_each(fits::<UnitProgress>);
    let town = progress.iter().find(|row| row["unit"] == TOWN).unwrap();
    assert_eq!(
        (&town["gap"], &town["matched_total"], &town["task"]),
        (&json!(3), &json!(1), &json!(4))
    );

    let numbered =
        json!({"title": "进度通报", "number": "示法治办〔2021〕1号", "note": "现通报如下。"});
    let first = office.post_once("bulletins", "one", numbered.clone()).await.made();
    let again = office.post_once("bulletins", "one", numbered).await.done().json();
    assert_eq!(again["repeated"], true, "the same request publishes nothing twice");
    service.member(&office, 2).await;
    let path = after(&format!("bulletins/{first}/units"), service.head().await);
    let reader = service.account(Role::UnitAdministrator, Some(ELSEWHERE));
    let table = items(reader.get(&path).await);
    table.iter().for_each(fits::<BulletinUnit>);
    let told = |unit: &str| table.iter().find(|row| row["unit"] == unit).unwrap();
    assert_eq!(
        (&told(TOWN)["rank"], &told(TOWN)["members"]),
        (&json!(1), &json!(1)),
        "as it was then"
    );
    assert_eq!((&told(ELSEWHERE)["rank"], &told(ELSEWHERE)["gap"]), (&json!(2), &json!(2)));
    assert_eq!(told(COUNTY)["rank"], Value::Null, "the county is no competitor");

    service.minutes(1);
    let correct = |bulletin: &str| json!({"title": "更正通报", "corrects": {"bulletin": bulletin, "reason": "一名队员漏计"}});
    let nobody = "00000000-0000-4000-8000-000000000000";
    office.post("bulletins", correct(nobody)).await.refused(422, "bulletin.uncorrectable");
    reader.post("bulletins", new).await.refused(403, "permission.role");
    let ahead = json!({"title": "进度通报", "as_of": "2031-01-01T00:00:00Z"});
    office.post("bulletins", ahead).await.refused(422, "bulletin.as_of_in_future");
    let second = office.post("bulletins", correct(&first)).await.made();
    let listed = items(reader.get(&after("bulletins", service.head().await)).await);
    listed.iter().for_each(fits::<Bulletin>);
    let ids: Vec<&str> = listed.iter().map(|row| text(row, "bulletin")).collect();
    assert_eq!(ids, [&second, &first]);
    assert_eq!(
        (&listed[1]["corrected_by"], &listed[0]["corrects"]),
        (&json!(second), &json!(first))
    );
    let table = items(reader.get(&format!("bulletins/{second}/units")).await);
    assert_eq!(table.iter().find(|row| row["unit"] == TOWN).unwrap()["members"], 2);

    let page = reader.get(&format!("bulletins/{first}/page")).await.done();
    assert!(page.header("content-type").starts_with("text/html"));
    for shown in ["示法治办〔2021〕1号", "现通报如下。", "示例镇", "25.0%", &second]
    {
        assert!(page.body.contains(shown), "{shown} in {}", page.body);
    }
    reader.get(&format!("bulletins/{nobody}")).await.refused(404, "read.absent");
    reader.get(&format!("bulletins/{nobody}/page")).await.refused(404, "read.absent");
    let stream = format!("bulletin-{first}");
    service.stop().await;
    // It runs on a runtime of its own.
    let audited = tokio::task::spawn_blocking(move || {
        let data = folder.path().to_str().unwrap().to_owned();
        let run = |args: &[&str]| tests::replay::replay(&[&["--data", &data], args].concat());
        (run(&["verify"]), run(&["explain", &stream]))
    });
    let (verified, explained) = audited.await.unwrap();
    assert_eq!(verified.code, 0, "{}", verified.said());
    assert!(explained.out.contains("The bulletin was published: 3 units"), "{}", explained.out);
}
