//! From numbers to names and back: lists, searches, printed rosters, and what each of them leaves behind.

use application::Clock as _;
use domain::Role;
use jiff::SignedDuration;
use reqwest::Method;
use serde_json::{Value, json};
use tests::county::{TOWN, text};
use tests::replay::replay;

use super::play::{ELSEWHERE, adult, consent, items};
use super::{Account, Service, after};

/// A person of another town.
fn stranger(number: u32) -> Value {
    let mut stranger = adult(number);
    stranger["unit"] = json!(ELSEWHERE);
    stranger
}

struct Office {
    service: Service,
    office: Account,
    clerk: Account,
    /// Two of the town, one of another.
    people: [String; 3],
}

impl Office {
    async fn open(folder: &std::path::Path) -> Self {
        let service = Service::start(folder).await;
        let office = service.account(Role::CountyOffice, None);
        service.county(&office).await;
        let mut people = Vec::new();
        for body in [adult(7), adult(8), stranger(9)] {
            people.push(office.post("volunteers", body).await.made());
        }
        let clerk = service.account(Role::UnitAdministrator, Some(TOWN));
        let head = service.head().await;
        clerk.get(&after("volunteers", head)).await.done();
        Self { service, office, clerk, people: people.try_into().unwrap() }
    }

    /// The readings of one of them, those of identity numbers left out.
    async fn reads(&self, person: usize) -> Vec<Value> {
        let path = format!("volunteers/{}/personal-data/reads", self.people[person]);
        let mut reads = items(self.office.get(&path).await);
        reads.retain(|read| read["section"] != vault::IDENTITY);
        reads
    }
}

fn numbers(reply: &super::Reply) -> Vec<String> {
    let items = reply.json()["items"].as_array().unwrap().clone();
    items.iter().map(|item| item["volunteer"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_purpose_is_chosen_once_and_ends_by_itself() {
    let folder = tempfile::tempdir().unwrap();
    let it = Office::open(folder.path()).await;
    let (clerk, own) = (&it.clerk, format!("volunteers/{}/personal-data", it.people[0]));
    clerk.get(&own).await.refused(422, "reading.no_purpose");
    clerk.get("people").await.refused(422, "reading.no_purpose");
    let none = clerk.get("reading-purpose").await.done().json();
    assert_eq!(none["current"], Value::Null);
    assert!(none["proposed"].as_array().unwrap().len() > 4);

    clerk.post("reading-purpose", json!({"purpose": " "})).await.refused(422, "value.blank");
    let long = json!({"purpose": "查".repeat(67)});
    clerk.post("reading-purpose", long).await.refused(422, "reading.purpose");
    let chosen =
        clerk.post("reading-purpose", json!({"purpose": "核对花名册"})).await.done().json();
    let (opened, until) = (chosen["opened_at"].as_str(), chosen["until"].as_str());
    assert_eq!((opened, until), (Some("2021-11-12T01:00:00Z"), Some("2021-11-12T01:30:00Z")));
    it.service.minutes(20);
    clerk.get(&own).await.done();
    clerk.get("people").await.done();
    let reads = it.reads(0).await;
    let told: Vec<_> = reads.iter().map(|read| (&read["purpose"], &read["people"])).collect();
    assert_eq!(told, [(&json!("核对花名册"), &json!(1)), (&json!("核对花名册"), &json!(2))]);
    // A purpose of its own for one reading leaves the chosen one.
    clerk.get(&format!("{own}?purpose=投诉核查")).await.done();
    assert_eq!(it.reads(0).await[2]["purpose"], "投诉核查");
    let again = clerk.post("reading-purpose", json!({"purpose": "核对花名册"})).await.done().json();
    assert_eq!(again["until"], "2021-11-12T01:50:00Z");
    assert_eq!(again["opened_at"], "2021-11-12T01:00:00Z");
    it.service.minutes(29);
    clerk.get(&own).await.done();
    it.service.minutes(1);
    clerk.get(&own).await.refused(422, "reading.no_purpose");

    clerk.post("reading-purpose", json!({"purpose": "通知活动"})).await.done();
    it.office.get(&own).await.refused(422, "reading.no_purpose");
    clerk.post("reading-purpose/end", json!({})).await.done();
    clerk.get(&own).await.refused(422, "reading.no_purpose");
    let auditor = it.service.account(Role::Auditor, None);
    auditor
        .post("reading-purpose", json!({"purpose": "审计"}))
        .await
        .refused(403, "permission.role");
    it.service.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_list_shows_the_people_of_the_unit_and_each_of_them_sees_it() {
    let folder = tempfile::tempdir().unwrap();
    let it = Office::open(folder.path()).await;
    it.clerk.post("reading-purpose", json!({"purpose": "核对花名册"})).await.done();
    let listed = it.clerk.get("people").await.done();
    let mut expected = it.people[..2].to_vec();
    expected.sort();
    assert_eq!(numbers(&listed), expected);
    let first = &listed.json()["items"][0];
    assert!(first["name"].as_str().unwrap().starts_with("示例"));
    assert_eq!((&first["unit"], &first["unit_name"]), (&json!(TOWN), &json!("示例镇")));
    assert!(first.get("telephone").is_none() && first.get("identity_number").is_none());
    it.clerk.get(&format!("people?unit={ELSEWHERE}")).await.refused(403, "permission.elsewhere");
    it.clerk.get("people?unit=330225999").await.refused(403, "permission.elsewhere");

    let all = it.office.get("people?purpose=打印花名册&fields=register").await.done();
    assert_eq!(numbers(&all).len(), 3);
    assert_eq!(all.json()["items"][0]["consent"], true);
    let here = it.office.get("people?unit=330225&below=false&purpose=核对").await.done();
    assert!(numbers(&here).is_empty());
    // Page by page, each is a reading of its own.
    let page = it.office.get("people?limit=2&purpose=核对").await.done();
    let cursor = page.json()["cursor"].as_str().unwrap().to_owned();
    let rest = it.office.get(&format!("people?limit=2&purpose=核对&cursor={cursor}")).await.done();
    assert_eq!((numbers(&page).len(), numbers(&rest).len()), (2, 1));

    // 本人 sees it, and of nobody else.
    let own = it.service.account_of(Role::Volunteer, None, &it.people[0]);
    let reads = items(own.get(&format!("volunteers/{}/personal-data/reads", it.people[0])).await);
    let lists: Vec<_> = reads.iter().filter(|read| read["means"] == "list").collect();
    assert_eq!(lists.len(), 3, "{reads:?}");
    assert_eq!((&lists[0]["purpose"], &lists[0]["people"]), (&json!("核对花名册"), &json!(2)));
    assert_eq!((&lists[1]["purpose"], &lists[1]["people"]), (&json!("打印花名册"), &json!(3)));
    own.get(&format!("volunteers/{}/personal-data/reads", it.people[1]))
        .await
        .refused(403, "permission.not_own");
    own.get("people?purpose=看看").await.refused(403, "permission.role");
    it.service.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_list_writes_the_import_reads() {
    let folder = tempfile::tempdir().unwrap();
    let it = Office::open(folder.path()).await;
    for number in 0..2 {
        let joining = json!({"volunteer": it.people[number], "consent": consent()});
        it.office.post(&format!("squads/{TOWN}/members"), joining).await.done();
    }
    for format in ["csv", "xlsx"] {
        let path =
            format!("people?unit={TOWN}&fields=register&purpose=导出&lang=zh&format={format}");
        let answer = it.office.request(Method::GET, &path).send().await.unwrap();
        assert_eq!(answer.status(), 200);
        let file = answer.bytes().await.unwrap().to_vec();
        let imported = it.office.upload("roster", file).await.done().json();
        assert_eq!(
            (&imported["rows"], &imported["unchanged"]),
            (&json!(2), &json!(2)),
            "{imported}"
        );
    }
    let lists = it.reads(1).await;
    let lists = lists.iter().filter(|read| read["means"] == "list");
    assert_eq!(lists.count(), 2, "each file is one reading");
    let empty =
        it.office.get("people?status=withdrawn&purpose=导出&format=csv&lang=zh").await.done();
    assert!(empty.body.contains("志愿者编号,姓名,单位代码"), "{}", empty.body);
    it.service.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn people_are_found_where_the_account_may_look_and_nowhere_else() {
    let folder = tempfile::tempdir().unwrap();
    let it = Office::open(folder.path()).await;
    for account in [&it.clerk, &it.office] {
        account.post("reading-purpose", json!({"purpose": "电话回访"})).await.done();
    }
    let search = async |account: &Account, sought: Value| {
        numbers(&account.post("people/search", sought).await.done())
    };
    let [known, _, elsewhere] = it.people.clone();
    let (own, other) = (adult(7), stranger(9));
    let part = own["name"].as_str().unwrap().chars().last().unwrap().to_string();
    for sought in [
        json!({"telephone": "+86 138-0000-0007"}),
        json!({"identity_number": own["identity_number"]}),
        json!({"name": part}),
        json!({"name": own["name"]}),
    ] {
        assert_eq!(
            search(&it.clerk, sought.clone()).await,
            std::slice::from_ref(&known),
            "{sought}"
        );
    }
    // Who is elsewhere is as unknown as who is nowhere.
    for field in ["telephone", "identity_number", "name"] {
        let there = it.clerk.post("people/search", json!({field: other[field]})).await.done();
        let nowhere = it.clerk.post("people/search", json!({field: adult(99)[field]})).await.done();
        assert_eq!(there.body, nowhere.body, "{field}");
        assert_eq!(
            search(&it.office, json!({field: other[field]})).await,
            std::slice::from_ref(&elsewhere)
        );
        let within = json!({field: other[field], "unit": TOWN});
        assert!(search(&it.office, within).await.is_empty());
    }
    assert_eq!(search(&it.office, json!({"name": "示例"})).await.len(), 3);
    let means: Vec<_> = it.reads(0).await.iter().map(|read| read["means"].clone()).collect();
    assert_eq!(means, ["telephone", "identity-number", "name", "name", "name"]);
    assert_eq!(it.reads(2).await.len(), 4, "what others did not see is no reading");

    for (wrong, status, code) in [
        (json!({}), 422, "search.one"),
        (json!({"name": "示", "telephone": "13800000007"}), 422, "search.one"),
        (json!({"name": "··"}), 422, "personal.name"),
        (json!({"telephone": "123"}), 422, "personal.telephone"),
        (json!({"identity_number": "123"}), 422, "identity_number.length"),
        (json!({"name": "示", "unit": ELSEWHERE}), 403, "permission.elsewhere"),
    ] {
        it.clerk.post("people/search", wrong).await.refused(status, code);
    }
    // A correction is found, and what stood before is not.
    let corrected = json!({"telephone": "13911112222", "reason": "换号"});
    it.office.post(&format!("volunteers/{known}/personal-data/correction"), corrected).await.done();
    assert_eq!(
        search(&it.clerk, json!({"telephone": "13911112222"})).await,
        std::slice::from_ref(&known)
    );
    assert!(search(&it.clerk, json!({"telephone": own["telephone"]})).await.is_empty());
    let erasure = json!({"reason": "本人申请", "legal_basis": "个人信息保护法第47条"});
    it.office.post(&format!("volunteers/{known}/erasure"), erasure).await.done();
    for sought in [json!({"telephone": "13911112222"}), json!({"name": own["name"]})] {
        assert!(search(&it.clerk, sought).await.is_empty());
    }
    it.service.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_roster_is_printed_with_unit_day_purpose_and_pages() {
    let folder = tempfile::tempdir().unwrap();
    let it = Office::open(folder.path()).await;
    let page = it.clerk.get("people/roster?purpose=打印花名册&fields=contacts").await.done();
    assert!(page.header("content-type").starts_with("text/html"));
    assert!(page.header("content-security-policy").contains("default-src 'none'"));
    assert_eq!(page.header("cache-control"), "no-store");
    for said in [
        "单位：示例镇",
        "2021-11-12",
        "查阅事由：打印花名册",
        "第 1 页 共 1 页",
        "13800000007",
        "共 2 人",
    ] {
        assert!(page.body.contains(said), "{said}: {}", page.body);
    }
    assert!(!page.body.contains("999999"), "identity numbers were not asked for");
    assert_eq!(it.reads(1).await[0]["purpose"], "打印花名册");
    it.service.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_was_in_a_unit_once_is_shown_to_whom_they_belong_today() {
    let folder = tempfile::tempdir().unwrap();
    let it = Office::open(folder.path()).await;
    let before = it.service.clock.now();
    it.service.minutes(20);
    let to = json!({"to": ELSEWHERE, "reason": "调动"});
    it.office.post(&format!("volunteers/{}/move", it.people[0]), to).await.done();
    let path = |what: &str| format!("{what}?as_of={before}&purpose=核对");
    let listed = it.clerk.get(&path("people")).await.done();
    assert_eq!(numbers(&listed), [it.people[1].clone()]);
    let printed = it.clerk.get(&path("people/roster")).await.done();
    assert!(printed.body.contains("共 1 人") && printed.body.contains("在册，截至 2021-11-12"));
    assert!(it.reads(0).await.is_empty());
    assert_eq!(numbers(&it.office.get(&path("people")).await.done()).len(), 3);
    it.service.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_day_states_its_readings_and_whatever_vanishes_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let it = Office::open(folder.path()).await;
    let app = &it.service.app;
    it.clerk.get("people?purpose=核对").await.done();
    let first = it.reads(0).await.len();
    assert_eq!((first, app.state_readings().await.unwrap()), (1, 0), "the day is not over");
    it.service.clock.set(it.service.clock.now() + SignedDuration::from_hours(24));
    let own = format!("volunteers/{}/personal-data?purpose=回访", it.people[0]);
    it.office.get(&own).await.done();
    it.office.get(&own).await.done();
    assert_eq!(app.state_readings().await.unwrap(), 1);
    assert_eq!(app.state_readings().await.unwrap(), 0, "once");
    // Nobody reads on the next two days.
    it.service.clock.set(it.service.clock.now() + SignedDuration::from_hours(72));
    assert_eq!(app.state_readings().await.unwrap(), 1);
    let stated = items(it.office.get("streams/operation-county").await);
    let days: Vec<_> =
        stated.iter().map(|one| (&one["data"]["day"], &one["data"]["readings"])).collect();
    assert_eq!(
        days,
        [(&json!("2021-11-12"), &json!(1)), (&json!("2021-11-13"), &json!(2))],
        "{stated:?}"
    );
    assert_eq!(app.differing_days().await.unwrap(), []);

    let vault = rusqlite::Connection::open(folder.path().join("vault.sqlite")).unwrap();
    vault.execute("DELETE FROM reads WHERE id = (SELECT max(id) FROM reads)", []).unwrap();
    let differing = app.differing_days().await.unwrap();
    assert_eq!(differing.len(), 1);
    assert_eq!((differing[0].stated, differing[0].held), (2, 1));
    assert_eq!(differing[0].day.to_string(), "2021-11-13");
    it.service.clock.set(it.service.clock.now() + SignedDuration::from_hours(48));
    it.office.get(&own).await.done();
    assert_eq!(app.state_readings().await.unwrap(), 0, "somebody has to look first");
    let data = folder.path().to_str().unwrap().to_owned();
    let verify = move || replay(&["--data", &data, "verify"]);
    let verdict = tokio::task::spawn_blocking(verify).await.unwrap();
    assert_ne!(verdict.code, 0);
    assert!(verdict.said().contains("vault.readings"), "{}", verdict.said());
    assert!(verdict.said().contains("2021-11-13"), "{}", verdict.said());

    app.accept_vault_loss(0, 2, text("由备份恢复")).await.unwrap();
    assert_eq!(app.differing_days().await.unwrap(), []);
    it.service.clock.set(it.service.clock.now() + SignedDuration::from_hours(24));
    assert!(app.state_readings().await.unwrap() > 0, "what is left is stated from its beginning");
    assert_eq!(app.differing_days().await.unwrap(), []);
    // Taken out before its day was stated, also the last of all.
    it.office.get(&own).await.done();
    vault.execute("DELETE FROM reads WHERE id = (SELECT max(id) FROM reads)", []).unwrap();
    it.service.clock.set(it.service.clock.now() + SignedDuration::from_hours(48));
    assert_eq!(app.state_readings().await.unwrap(), 0);
    let differing = app.differing_days().await.unwrap();
    assert_eq!(differing.len(), 1);
    assert_eq!(differing[0].stated - differing[0].held, 1);
    it.service.stop().await;
}
