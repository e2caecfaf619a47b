//! The same of askers, objectors, members and owners; and of the codes of secret links, which are stored nowhere.

use std::io::Cursor;

use image::{ImageFormat, RgbImage};
use jiff::SignedDuration;
use reqwest::Method;
use reqwest::multipart::{Form, Part};
use serde_json::{Value, json};

use super::{DELIBERATING, listen, unmarked, unmarked_answers, unmarked_files};
use crate::http::deliberation::village::{VILLAGE, Village, appoint, raised};
use crate::http::play::items;
use crate::http::{Account, Service, after};

/// Everybody of whom something personal is told here, in the order of [`DELIBERATING`].
#[derive(Clone, Copy)]
enum Who {
    Asker,
    Objector,
    Member,
    Owner,
}

impl Who {
    fn contact(self) -> Value {
        let (name, telephone, _) = DELIBERATING[self as usize];
        json!({"name": name, "telephone": telephone})
    }

    fn with(self, mut body: Value) -> Value {
        for (field, value) in self.contact().as_object().unwrap() {
            body[field] = value.clone();
        }
        body
    }

    fn somebody(self) -> Value {
        let identity = super::identity(DELIBERATING[self as usize].2);
        self.with(json!({"identity_number": identity}))
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_of_who_deliberates_is_written_said_or_logged() {
    let log = listen();
    let folder = tempfile::tempdir().unwrap();
    let village = Village::open(Service::start(folder.path()).await).await;
    let member = appoint(&village.town, Who::Member.somebody(), "council", "mediator").await.made();
    let (issue, mut codes) = complain(&village).await;
    let (resolution, objection) = object(&village, &mut codes).await;
    own(&village).await;
    photograph(&village).await;
    stumble(&village, &issue, &resolution).await;
    look_around(&village, &issue, &resolution, &codes).await;
    unmarked_files(folder.path());
    unmarked_answers(&village.service);

    let purpose = json!({"purpose": "当面答复"});
    for (path, who) in [
        (format!("issues/{issue}/asker"), Who::Asker),
        (format!("resolutions/{resolution}/objections/{objection}/objector"), Who::Objector),
        (format!("stations/{VILLAGE}/members/{member}/contact"), Who::Member),
    ] {
        let told = village.office.post(&path, purpose.clone()).await.done().json();
        assert_eq!(told, who.contact(), "who may read does: the search can find something");
    }
    erased(&village, &issue).await;

    let data = folder.path().to_owned();
    village.stop().await;
    unmarked_files(&data);
    let logged = String::from_utf8(log.lock().unwrap().clone()).unwrap();
    assert!(logged.contains("/api/v1/public/issues/{issue}"), "the log was listened to");
    unmarked("the log of the service", logged.as_bytes());
    for (code, _) in &codes {
        assert!(!logged.contains(code.as_str()), "the log of the service holds a code");
        super::each_file(&data, |path, bytes| {
            let found = bytes.windows(code.len()).any(|window| window == code.as_bytes());
            assert!(!found, "{} holds a code", path.display());
        });
    }
}

/// Code and link of what somebody was given.
fn given(follow_up: &Value) -> (String, String) {
    let text = |field: &str| follow_up[field].as_str().unwrap().to_owned();
    (text("code"), text("link"))
}

/// Somebody asks at the station, and somebody without an account.
async fn complain(village: &Village) -> (String, Vec<(String, String)>) {
    let asked = village.grid.post("issues", Who::Asker.with(raised("示例路灯不亮。"))).await.done();
    let complaint = json!({"station": VILLAGE, "place": "示例路口", "problem": "示例积水。"});
    let anybody = village.service.anybody();
    let filed = anybody.post("public/issues", Who::Asker.with(complaint)).await.done().json();
    let codes = vec![given(&asked.json()["follow_up"]), given(&filed)];
    let event = &asked.json()["events"][0]["data"]["asker"];
    assert!(event.get("sealed").is_some() && event.get("person").is_none(), "{event}");
    (asked.made(), codes)
}

/// Somebody objects to a resolution, and goes on to the town.
async fn object(village: &Village, codes: &mut Vec<(String, String)>) -> (String, String) {
    let resolution = village.publicised(None).await;
    let path = format!("public/resolutions/{resolution}/objections");
    let objection = Who::Objector.with(json!({"ground": "没有公开预算。"}));
    let anybody = village.service.anybody();
    let filed = anybody.post(&path, objection).await.done().json();
    let number = filed["number"].as_str().unwrap().to_owned();
    let answer = json!({"verdict": "dismissed", "answer": "预算已公开。"});
    let answering = format!("resolutions/{resolution}/objections/{number}/answer");
    village.leader.post(&answering, answer).await.done();
    let (code, link) = given(&filed);
    let further = anybody.post(&link.replace("?key=", "/escalation?key="), json!({})).await;
    assert_eq!(further.status, 204, "{}", further.body);
    codes.push((code, link));
    (resolution, number)
}

/// The owners of an estate meet; one is given a number at the door.
async fn own(village: &Village) {
    let starts_at = domain::start_of_day(village.day(16)) + SignedDuration::from_hours(9);
    let new = json!({
        "station": VILLAGE, "body": "owners", "form": "building", "starts_at": starts_at,
        "place": "示例小区", "agenda": [{"title": "增设示例充电桩", "listed": "E3"}],
        "electorate": {"heads": 1, "area": 9000},
    });
    let meeting = village.leader.post("meetings", new).await.made();
    village.days(17);
    let attendance = json!({"present": [{"who": Who::Owner.somebody(), "area": 9000}]});
    village.clerk.post(&format!("meetings/{meeting}/attendance"), attendance).await.done();
}

/// A photograph that says whose it is, under a name that says it too.
async fn photograph(village: &Village) {
    let (name, telephone, _) = DELIBERATING[Who::Asker as usize];
    let mut bytes = Cursor::new(Vec::new());
    RgbImage::new(8, 8).write_to(&mut bytes, ImageFormat::Jpeg).unwrap();
    let remark = format!("{name}{telephone}");
    let length = u16::try_from(remark.len() + 2).unwrap().to_be_bytes();
    let bytes = bytes.into_inner();
    let telling = [&bytes[..2], &[0xFF, 0xFE], &length, remark.as_bytes(), &bytes[2..]].concat();
    let form = Form::new().part("file", Part::bytes(telling).file_name(format!("{name}.jpg")));
    let request = village.leader.request(Method::POST, "evidence").multipart(form);
    let kept = village.leader.send(request).await.done().json();
    let read = format!("evidence/{}", kept["digest"].as_str().unwrap());
    village.leader.get(&read).await.done();
}

/// Everything that may go wrong with a marked value in hand.
async fn stumble(village: &Village, issue: &str, resolution: &str) {
    let (name, telephone, _) = DELIBERATING[Who::Asker as usize];
    let anybody = village.service.anybody();
    let said = format!("请联系{telephone}");
    let texts = [
        (&village.leader, format!("issues/{issue}/answer"), json!({"answer": said})),
        (&village.leader, format!("issues/{issue}/rejection"), json!({"reason": said})),
        (&anybody, format!("public/resolutions/{resolution}/objections"), json!({"ground": said})),
        (&village.grid, format!("issues/{issue}/asker"), json!({"purpose": said})),
    ];
    for (account, path, body) in texts {
        account.post(&path, body).await.refused(422, "value.personal_data");
    }
    let mut odd = raised("示例问题。");
    odd["telephone"] = json!(format!("{telephone}转1"));
    village.grid.post("issues", odd.clone()).await.refused(422, "personal.telephone");
    odd["telephone"] = json!(telephone);
    odd["name"] = json!(format!("{name}7"));
    village.grid.post("issues", odd.clone()).await.refused(422, "personal.name");
    odd["channel"] = json!(name);
    village.grid.post("issues", odd).await.refused(400, "json.wrong_value");
    let mut wrong = Who::Member.somebody();
    wrong["identity_number"] = json!("99999919700101666X");
    let refused = appoint(&village.town, wrong, "council", "mediator").await;
    assert_eq!(refused.status, 422, "{}", refused.body);
    let guess = format!("public/issues/{issue}?key={telephone}");
    anybody.get(&guess).await.refused(404, "link.unknown");
    anybody.get(&format!("public/issues/{name}?key=1")).await.refused(404, "link.unknown");
}

/// Asks for every list, now, as a table and as it was; and follows every link.
async fn look_around(village: &Village, issue: &str, resolution: &str, codes: &[(String, String)]) {
    let (office, anybody) = (&village.office, village.service.anybody());
    let head = village.service.head().await;
    let lists = [
        "stations".to_owned(),
        format!("stations/{VILLAGE}/members"),
        format!("stations/{VILLAGE}/evidence"),
        format!("stations/{VILLAGE}/calendar"),
        "topics".to_owned(),
        "issues".to_owned(),
        "meetings".to_owned(),
        "resolutions".to_owned(),
        format!("resolutions/{resolution}/steps"),
        format!("resolutions/{resolution}/objections"),
        "worklist".to_owned(),
        "notices".to_owned(),
        "reports/monthly?month=2021-11".to_owned(),
    ];
    for list in &lists {
        let joint = if list.contains('?') { '&' } else { '?' };
        office.get(&after(list, head)).await.done();
        office.get(&format!("{list}{joint}format=csv")).await.done();
        office.get(&format!("{list}{joint}as_of=2021-11-12T02:00:00Z")).await.done();
    }
    for stream in
        [format!("issue-{issue}"), format!("resolution-{resolution}"), format!("station-{VILLAGE}")]
    {
        assert!(!items(office.get(&format!("streams/{stream}")).await).is_empty());
    }
    for one in [format!("issues/{issue}"), format!("resolutions/{resolution}")] {
        office.get(&one).await.done();
    }
    for public in [format!("public/resolutions/{resolution}"), format!("public/stations/{VILLAGE}")]
    {
        anybody.get(&public).await.done();
    }
    for (_, link) in codes {
        anybody.get(link).await.done();
    }
}

/// Who asked has the same right as a volunteer: what the vault held of them is gone.
async fn erased(village: &Village, issue: &str) {
    let office: &Account = &village.office;
    let facts = items(office.get(&format!("streams/issue-{issue}")).await);
    let asker = facts[0]["data"]["asker"]["person"].as_str().unwrap();
    let erasure = json!({"reason": "本人申请", "legal_basis": "个人信息保护法第47条"});
    office.post(&format!("volunteers/{asker}/erasure"), erasure).await.done();
    let purpose = json!({"purpose": "当面答复"});
    office.post(&format!("issues/{issue}/asker"), purpose).await.refused(410, "vault.erased");
}
