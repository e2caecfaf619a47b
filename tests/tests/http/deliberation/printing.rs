//! 附件2–4, printed: what they say, whom they name to whom, and that each naming is recorded.

use application::Clock as _;
use jiff::SignedDuration;
use reqwest::Method;
use serde_json::{Value, json};
use tests::county::TOWN;

use super::village::{VILLAGE, Village, appoint, raised, somebody};
use crate::http::play::{adult, items};
use crate::http::{Account, Reply, Service, after};

impl Village {
    /// A form, once the read models tell of all that has happened.
    async fn form(&self, who: &Account, path: &str) -> Reply {
        who.get(&after(path, self.service.head().await)).await
    }

    /// What somebody was printed for: section and how many were shown.
    async fn printed(&self, person: &str) -> Vec<(Value, Value)> {
        let path = format!("volunteers/{person}/personal-data/reads");
        let mut reads = items(self.office.get(&path).await);
        reads.retain(|read| read["purpose"].as_str().unwrap().starts_with("打印"));
        reads.iter().map(|read| (read["section"].clone(), read["people"].clone())).collect()
    }
}

fn says(page: &Reply, all: &[&str]) {
    for said in all {
        assert!(page.body.contains(said), "{said} in {}", page.body);
    }
}

fn name(number: u32) -> String {
    somebody(number)["name"].as_str().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_register_names_askers_to_whom_may_read_them_and_for_a_purpose() {
    let folder = tempfile::tempdir().unwrap();
    let village = Village::open(Service::start(folder.path()).await).await;
    village.leader.post("issues", raised("示例路灯不亮")).await.made();
    let mut unnamed = raised("示例杂物堆放");
    unnamed["name"] = json!(null);
    unnamed["telephone"] = json!(null);
    village.grid.post("issues", unnamed).await.made();
    let then = village.service.clock.now();
    village.service.minutes(1);

    let path = format!("stations/{VILLAGE}/register");
    let page = village.form(&village.adviser, &path).await.done();
    assert!(page.header("content-type").starts_with("text/html"));
    assert!(page.header("content-security-policy").contains("default-src 'none'"));
    assert_eq!(page.header("cache-control"), "no-store");
    says(
        &page,
        &[
            "<h1>示例镇示例村“援法议事”问题登记簿</h1>",
            "单位：示例村",
            "示例路灯不亮",
            "示例杂物堆放",
            "已留名",
            "未留名",
            "来访",
            "已登记",
        ],
    );
    says(&page, &[village.leads.as_str(), "议题〔2021〕第1号"]);
    assert!(!page.body.contains("示例咨询人") && !page.body.contains("13900009999"));

    let named = format!("{path}?names=true&purpose=打印登记簿");
    village.form(&village.adviser, &named).await.refused(403, "permission.role");
    village
        .form(&village.leader, &format!("{path}?names=true"))
        .await
        .refused(422, "reading.no_purpose");
    let past = village.leader.get(&format!("{named}&as_of={then}")).await.done();
    says(&past, &["截至 2021-11-12", "示例路灯不亮", "人员以编号表示"]);
    let asker = past
        .body
        .split("<td>")
        .find(|cell| cell.starts_with('V') && !cell.starts_with(village.leads.as_str()));
    let asker = asker.unwrap().split('<').next().unwrap().to_owned();
    assert!(village.printed(&asker).await.is_empty(), "nobody is named of the past");

    let page = village.form(&village.leader, &named).await.done();
    says(&page, &["示例咨询人", "13900009999", "查阅事由：打印登记簿", "用毕妥善销毁"]);
    says(&page, &[village.leads.as_str()]);
    assert_eq!(village.printed(&asker).await, [(json!("asker"), json!(1))]);
    assert!(village.printed(&village.leads).await.is_empty(), "no more than the account may read");
    let page = village.form(&village.town, &named).await.done();
    says(&page, &["示例咨询人", &format!("<td>{}</td>", name(1))]);
    assert_eq!(village.printed(&village.leads).await.len(), 1);

    let empty = village.form(&village.leader, &format!("{path}?year=2020")).await.done();
    says(&empty, &["没有记录"]);
    let table = village.form(&village.leader, &format!("{named}&format=csv&lang=zh")).await.done();
    says(
        &table,
        &["时间,地点,登记人,咨询人,咨询方式,联系电话,具体问题,解决方式,备注", "示例咨询人"],
    );
    let nowhere = village.office.get("stations/330225999/register").await;
    nowhere.refused(404, "read.absent");
    village.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_record_of_a_meeting_says_who_came_and_what_was_decided() {
    let folder = tempfile::tempdir().unwrap();
    let village = Village::open(Service::start(folder.path()).await).await;
    let meeting =
        village.convened(json!([{"title": "修复示例路面", "listed": "G4"}]), json!([])).await;
    let path = format!("meetings/{meeting}/record");
    let early = village.service.clock.now();
    village.service.minutes(1);
    village.attended(&meeting).await;
    village.carried(&meeting, 1).await;
    says(&village.form(&village.leader, &path).await.done(), &["会议记录未封存"]);
    village.sealed(&meeting, 1, json!([])).await;

    let page = village.form(&village.leader, &path).await.done();
    says(
        &page,
        &["修复示例路面", "逐户讨论。", "修复路面,月底完成。（通过：应到3人，实到3人，赞成3人"],
    );
    says(
        &page,
        &[
            "<h1>示例镇“援法议事”活动会议记录</h1>",
            "（共3人）",
            village.council[0].as_str(),
            "村文化广场",
        ],
    );
    let named = format!("{path}?names=true&purpose=打印会议记录");
    village.form(&village.leader, &named).await.refused(403, "permission.role");
    let page = village.form(&village.town, &named).await.done();
    says(&page, &[&format!("{}、", name(3)), &name(5), &format!("<td>{}</td>", name(2))]);
    let section = json!(format!("member-{VILLAGE}"));
    let printed = village.printed(&village.council[0]).await;
    assert_eq!(printed, [(section, json!(4))], "those who came and the recorder, in one reading");

    let past = village.town.get(&format!("{named}&as_of={early}")).await.done();
    says(&past, &["（共0人）", "会议记录未封存"]);
    assert_eq!(village.printed(&village.council[0]).await.len(), 1);
    let request = village.town.request(Method::GET, &format!("{named}&format=xlsx"));
    let file = request.send().await.unwrap().bytes().await.unwrap();
    assert!(file.starts_with(b"PK"), "a workbook");
    village.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_record_of_an_owners_vote_tells_of_proxies_areas_and_who_left() {
    let folder = tempfile::tempdir().unwrap();
    let village = Village::open(Service::start(folder.path()).await).await;
    let starts_at = domain::start_of_day(village.day(16)) + SignedDuration::from_hours(9);
    let new = json!({
        "station": VILLAGE, "body": "owners", "form": "room", "starts_at": starts_at,
        "place": "示例小区", "electorate": {"heads": 2, "area": 20_050},
        "agenda": [{"title": "增设示例充电桩", "listed": "E3", "secret": true}],
    });
    let meeting = village.leader.post("meetings", new).await.made();
    village.days(17);
    let present = json!({"present": [
        {"who": somebody(20), "area": 9_050, "proxy": somebody(21)},
        {"who": somebody(22), "area": 11_000},
    ]});
    let attendance = format!("meetings/{meeting}/attendance");
    village.clerk.post(&attendance, present.clone()).await.done();
    let owners = village.clerk.post(&attendance, present).await.done().json()["already"].clone();
    village.advised(&meeting, 1).await;
    let ballots = json!({"topic": 1, "voters": owners});
    village.clerk.post(&format!("meetings/{meeting}/ballots"), ballots).await.done();
    let left = json!({"people": [owners[1]]});
    village.clerk.post(&format!("meetings/{meeting}/departures"), left).await.done();
    let none = json!({"heads": 0});
    let box_ = json!({"agree": {"heads": 2, "area": 20_050}, "against": none, "abstain": none});
    let decision = json!({"topic": 1, "ballots": box_});
    village.clerk.post(&format!("meetings/{meeting}/decisions"), decision).await.done();
    village.sealed(&meeting, 1, json!([])).await;

    let page = village.form(&village.leader, &format!("meetings/{meeting}/record")).await.done();
    let all = "应到2人、200.50平方米，实到2人、200.50平方米，赞成2人、200.50平方米";
    says(&page, &[&format!("（通过：无记名，{all}，反对0人、0.00平方米，弃权0人、0.00平方米）")]);
    let (owner, gone) = (owners[0].as_str().unwrap(), owners[1].as_str().unwrap());
    says(&page, &[&format!("{owner}（由V"), &format!("{gone}（中途离会）（共2人）")]);
    village.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn legal_advisers_are_listed_by_village_and_the_erased_by_number() {
    let folder = tempfile::tempdir().unwrap();
    let village = Village::open(Service::start(folder.path()).await).await;
    let before = village.service.clock.now();
    village.service.minutes(1);
    let volunteer = village.office.post("volunteers", adult(7)).await.made();
    let known = json!({"person": volunteer});
    appoint(&village.town, known, "legal_adviser", "legal_adviser").await.made();
    let path = format!("units/{TOWN}/legal-advisers");
    let named = format!("{path}?names=true&purpose=打印名单");
    let page = village.form(&village.town, &named).await.done();
    let own = adult(7)["name"].as_str().unwrap().to_owned();
    says(&page, &["<h1>示例镇各村(社区)法律顾问名单</h1>", "单位：示例镇"]);
    says(&page, &["<td>示例村</td>", &name(6), "13900000006", &own, "2022-11-11"]);
    assert_eq!(village.printed(&volunteer).await.len(), 1);

    let past = village.town.get(&format!("{path}?as_of={before}")).await.done();
    assert!(!past.body.contains(&volunteer), "not appointed then");
    let erasure = json!({"reason": "本人申请", "legal_basis": "个人信息保护法第47条"});
    village.office.post(&format!("volunteers/{volunteer}/erasure"), erasure).await.done();
    let page = village.form(&village.town, &named).await.done();
    says(&page, &[&volunteer, &name(6)]);
    assert!(!page.body.contains(&own));
    let own = village.leader.get(&format!("units/{VILLAGE}/legal-advisers")).await.done();
    says(&own, &["<h1>示例镇示例村法律顾问名单</h1>"]);
    let elsewhere = village.leader.get(&path).await;
    elsewhere.refused(403, "permission.elsewhere");
    village.stop().await;
}
