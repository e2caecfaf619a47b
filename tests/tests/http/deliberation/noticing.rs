//! 公示: everybody reads it, objects without an account, and takes it further; whom it names is gone after an erasure.

use application::queries::{FollowedObjection, ShownNotice};
use application::{Clock as _, NewNotice};
use domain::notice::Subject;
use domain::{NoticeId, PersonId, Role};
use serde_json::{Value, json};
use tests::county::{TOWN, caller, code, text};

use super::village::{Village, picture};
use crate::http::{Account, Reply, Service, fits};

async fn answer(by: &Account, notice: &str, objection: &Value, verdict: &str) -> Reply {
    let number = objection["number"].as_str().unwrap();
    let path = format!("notices/{notice}/objections/{number}/answer");
    by.post(&path, json!({"verdict": verdict, "answer": "已查明。"})).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_resident_objects_to_a_notice_by_a_secret_link_and_goes_up() {
    let folder = tempfile::tempdir().unwrap();
    let village = Village::open(Service::start(folder.path()).await).await;
    let (anybody, office) = (village.service.anybody(), &village.office);
    let new = json!({"title": "示例公示", "text": "拟购置示例设备。", "unit": TOWN});
    let notice = office.post("notices", new).await.made();
    let shown = village.see(&anybody, &format!("notices/{notice}")).await;
    fits::<ShownNotice>(&shown);
    assert_eq!(
        (&shown["objections_to"], &shown["unit_name"]),
        (&json!("示例镇"), &json!("示例镇"))
    );
    let at = shown["objections_at"].as_str().unwrap().trim_start_matches("/api/v1/").to_owned();

    let objection =
        json!({"ground": "价格偏高。", "name": "示例异议人", "telephone": "13900008888"});
    let filed = anybody.post(&at, objection).await.done();
    assert_eq!(filed.status, 201);
    let filed = filed.json();
    let link = filed["link"].as_str().unwrap();
    let followed = anybody.get(link).await.done().json();
    fits::<FollowedObjection>(&followed);
    assert_eq!((&followed["ground"], &followed["verdict"]), (&json!("价格偏高。"), &Value::Null));
    let (path, key) = link.split_once("?key=").unwrap();
    let wrong = format!("{path}?key={}", "0".repeat(key.len()));
    anybody.get(&wrong).await.refused(404, "link.unknown");

    let reading = json!({"purpose": "核实异议"});
    let objector = format!("notices/{notice}/objections/1/objector");
    let told = village.town.post(&objector, reading.clone()).await.done().json();
    assert_eq!(told["name"], "示例异议人");
    village.leader.post(&objector, reading).await.refused(403, "permission.role");

    answer(&village.leader, &notice, &filed, "dismissed").await.refused(403, "permission.role");
    answer(office, &notice, &filed, "dismissed").await.refused(422, "notice.own_objection");
    answer(&village.town, &notice, &filed, "dismissed").await.done();
    let path = path.trim_start_matches("/api/v1/");
    let up = anybody.post(&format!("{path}/escalation?key={key}"), json!({})).await;
    assert_eq!(up.status, 204, "{}", up.body);
    answer(&village.town, &notice, &filed, "dismissed").await.refused(422, "notice.with_above");
    let another = village.service.account(Role::CountyOffice, None);
    answer(&another, &notice, &filed, "dismissed").await.done();
    let again = anybody.post(&format!("{path}/escalation?key={key}"), json!({})).await;
    again.refused(422, "notice.final_answer");
    let page = anybody.get(&format!("/notices/{notice}")).await.done().body;
    assert!(page.contains("示例镇提出") && page.contains("无须账号") && !page.contains("价格偏高"));
    village.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_notice_is_printed_as_it_stood() {
    let folder = tempfile::tempdir().unwrap();
    let village = Village::open(Service::start(folder.path()).await).await;
    let (anybody, before) = (village.service.anybody(), village.service.clock.now());
    village.service.minutes(1);
    let new = json!({"title": "示例公示", "text": "拟购置示例设备。", "unit": TOWN});
    let notice = village.office.post("notices", new).await.made();
    let then = village.service.clock.now();
    village.service.minutes(1);
    let reason = json!({"reason": "内容有误"});
    village.office.post(&format!("notices/{notice}/withdrawal"), reason).await.done();

    let page = format!("/notices/{notice}");
    let now = anybody.get(&page).await.done().body;
    assert!(now.contains("目前:撤回") && !now.contains("无须账号"), "{now}");
    let past = village.office.get(&format!("{page}?as_of={then}")).await.done().body;
    assert!(past.contains(":公示中</p>") && past.contains("截至 2021-11-12T"), "{past}");
    assert!(past.contains("拟购置示例设备。") && past.contains("无须账号"), "{past}");
    let earlier = village.office.get(&format!("{page}?as_of={before}")).await;
    earlier.refused(404, "notice.unknown");
    let stranger = anybody.get(&format!("{page}?as_of={then}")).await;
    stranger.refused(401, "token.missing");
    village.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_notice_shows_the_board_it_hung_on() {
    let folder = tempfile::tempdir().unwrap();
    let village = Village::open(Service::start(folder.path()).await).await;
    let new = json!({"title": "示例公示", "text": "拟购置示例设备。", "unit": TOWN});
    let notice = village.office.post("notices", new).await.made();
    let kept = village.leader.evidence(picture(9)).await.done().json();
    let path = format!("notices/{notice}/postings");
    let unit = super::village::VILLAGE;
    let mut posting = json!({
        "unit": unit, "board": "村委会门口公示栏", "posted_on": village.day(0), "evidence": [],
    });
    village.leader.post(&path, posting.clone()).await.refused(422, "notice.no_evidence");
    posting["evidence"] = json!(["0".repeat(64)]);
    village.leader.post(&path, posting.clone()).await.refused(422, "evidence.unknown");
    posting["evidence"] = json!([kept["digest"]]);
    village.leader.post(&path, posting.clone()).await.done();
    let elsewhere = village.service.account(Role::LeadingGroup, Some(TOWN));
    posting["unit"] = json!(tests::county::COUNTY);
    elsewhere.post(&path, posting).await.refused(403, "permission.elsewhere");
    let shown = village.see(&village.service.anybody(), &path).await;
    assert_eq!(shown["items"][0]["digest"], kept["digest"]);
    assert_eq!(shown["items"][0]["board"], "村委会门口公示栏");
    village.stop().await;
}

/// Publishes the notice of a star; gives its path.
async fn star_of(service: &Service, volunteer: PersonId) -> String {
    let notice = NoticeId::star(volunteer, 1);
    let new = NewNotice {
        subject: Subject::StarChange { volunteer, proposal: 1 },
        unit: Some(code(TOWN)),
        title: text("志愿者星级晋升公示"),
        text: text("拟评一星。"),
    };
    let publisher = caller(Role::CountyOffice, "A-OFFICE", None);
    service.app.publish_notice(&notice, new, &publisher).await.unwrap();
    format!("notices/{notice}")
}

/// 张*: the name is opened when it is read, is in no event and no table, and gone after an erasure.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_star_notice_names_the_volunteer_masked_until_the_erasure() {
    let folder = tempfile::tempdir().unwrap();
    let service = Service::start(folder.path()).await;
    let (office, anybody) = (service.account(Role::CountyOffice, None), service.anybody());
    service.county(&office).await;
    let member = service.member(&office, 1).await;
    let volunteer: PersonId = member.parse().unwrap();
    let name = office.get(&format!("volunteers/{member}/personal-data?purpose=核对")).await;
    let name = name.done().json()["name"].as_str().unwrap().to_owned();
    let path = star_of(&service, volunteer).await;
    let masked = domain::privacy::mask_name(&name);
    assert!(masked.contains('*') && masked != name);
    let shown = service.shown(&anybody, &path, |_| true).await;
    fits::<ShownNotice>(&shown);
    assert_eq!((&shown["person"], &shown["unit_name"]), (&json!(masked), &json!("示例镇")));
    let listed = anybody.get("notices").await.done().json();
    assert_eq!(listed["items"][0]["person"], json!(masked));
    let page = anybody.get(&format!("/{path}")).await.done().body;
    assert!(page.contains(&masked) && !page.contains(&name));
    let person = volunteer.bits().try_into().unwrap();
    let reads = service.app.vault.as_ref().unwrap().reads(person, 0, 100).unwrap();
    let public = reads.iter().filter(|read| read.actor == "public").count();
    assert_eq!(public, 1, "one opening serves half an hour");
    let past = office.get(&format!("{path}?as_of={}", service.minutes(1))).await.done().json();
    assert_eq!(past["person"], Value::Null, "names are of now");

    let erased = json!({"reason": "本人撤回同意", "legal_basis": "个人信息保护法第47条"});
    office.post(&format!("volunteers/{member}/erasure"), erased).await.done();
    let after = anybody.get(&path).await.done().json();
    assert_eq!(after["person"], Value::Null);
    service.stop().await;
}

/// Two who look at the same moment are one opening; a section that cannot be read names nobody, and the board stays up.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_board_stays_up_where_a_section_is_damaged() {
    let folder = tempfile::tempdir().unwrap();
    let service = Service::start(folder.path()).await;
    let (office, anybody) = (service.account(Role::CountyOffice, None), service.anybody());
    service.county(&office).await;
    let (damaged, sound) = (service.member(&office, 1).await, service.member(&office, 2).await);
    let [damaged, sound]: [PersonId; 2] = [damaged, sound].map(|one| one.parse().unwrap());
    let path = star_of(&service, damaged).await;
    service.shown(&anybody, &path, |row| row["person"].is_string()).await;
    service.minutes(31);
    let two = (anybody.get(&path), anybody.get(&path));
    let (one, other) = tokio::join!(two.0, two.1);
    assert_eq!(one.done().json()["person"], other.done().json()["person"]);
    let vault = service.app.vault.as_ref().unwrap();
    let reads = vault.reads(damaged.bits().try_into().unwrap(), 0, 100).unwrap();
    assert_eq!(reads.iter().filter(|read| read.actor == "public").count(), 2, "one each time");

    let tool = rusqlite::Connection::open(folder.path().join("vault.sqlite")).unwrap();
    let query = "SELECT slot, sealed FROM sections WHERE current = 4 ORDER BY slot LIMIT 1";
    let (slot, mut sealed): (i64, Vec<u8>) =
        tool.query_row(query, [], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
    sealed[40] ^= 1;
    tool.execute("UPDATE sections SET sealed = ?1 WHERE slot = ?2", (sealed, slot)).unwrap();
    let beside = star_of(&service, sound).await;
    service.shown(&anybody, &beside, |row| row["person"].is_string()).await;
    service.minutes(31);
    let shown = anybody.get(&path).await.done().json();
    assert_eq!(shown["person"], Value::Null);
    let listed = anybody.get("notices").await.done().json();
    let named = listed["items"].as_array().unwrap().iter().filter(|row| row["person"].is_string());
    assert_eq!((listed["items"].as_array().unwrap().len(), named.count()), (2, 1));
    service.stop().await;
}
