//! What most stories of deliberation begin with: a village with a station, its groups, and a photograph.

use std::io::Cursor;

use application::Clock as _;
use domain::Role;
use domain::identity_number::IdentityNumber;
use image::{GrayImage, ImageFormat, Luma};
use jiff::SignedDuration;
use jiff::civil::Date;
use serde_json::{Value, json};
use tests::county::TOWN;

use crate::http::{Account, Reply, Service, after};

/// A village of the town.
pub const VILLAGE: &str = "330225001001";
/// Of the county, of the town, and a recorder: none of the village, each with an account of their own.
pub const OFFICIALS: [&str; 3] = ["V0000000000F1", "V0000000000F2", "V0000000000F3"];

/// A village whose station is open, and those who act in it, each with an account of their own.
pub struct Village {
    pub service: Service,
    pub office: Account,
    /// Speaks for the town.
    pub town: Account,
    /// 支部书记, in the leading group.
    pub leader: Account,
    pub leads: String,
    /// 两委成员, another of the leading group; takes the minutes.
    pub clerk: Account,
    /// 法律顾问.
    pub adviser: Account,
    /// 退休老党员 in the supervision group.
    pub supervisor: Account,
    /// 群众代表 in the supervision group, a near relative of the first of the council.
    pub relative: Account,
    pub branch: Account,
    pub grid: Account,
    /// Of the council; the first may be given work.
    pub council: [String; 3],
    /// The account of the first of the council.
    pub worker: Account,
    /// Digest of a photograph.
    pub photo: String,
}

/// Somebody who is generated; `number` tells them apart.
pub fn somebody(number: u32) -> Value {
    let character = char::from_u32(0x5E00 + number).unwrap();
    let digits = format!("99999919700101{number:03}");
    json!({
        "name": format!("示例{character}"),
        "identity_number": IdentityNumber::with_check_digit(&digits).unwrap().expose(),
        "telephone": format!("1390000{number:04}"),
    })
}

/// A small picture; `shade` tells them apart.
pub fn picture(shade: u8) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    let grey = GrayImage::from_pixel(8, 8, Luma([shade]));
    grey.write_to(&mut bytes, ImageFormat::Png).unwrap();
    bytes.into_inner()
}

impl Village {
    /// A village on 2021-11-12 whose groups are filled.
    pub async fn open(service: Service) -> Self {
        let office = service.account_of(Role::CountyOffice, None, OFFICIALS[0]);
        service.county(&office).await;
        let unit = json!({"unit": VILLAGE, "name": "示例村", "kind": "village", "parent": TOWN});
        office.post("units", unit).await.done();
        let town = service.account_of(Role::UnitAdministrator, Some(TOWN), OFFICIALS[1]);
        let station = json!({"unit": VILLAGE, "estate": true});
        assert_eq!(town.post("stations", station).await.made(), VILLAGE);
        let households = json!({
            "households": 312, "as_of": "2021-10-31", "source": "镇统计站户籍人口表",
        });
        town.post(&format!("stations/{VILLAGE}/households"), households).await.done();

        let seat = async |number: u32, group: &str, capacity: &str| {
            appoint(&town, somebody(number), group, capacity).await.made()
        };
        let leads = seat(1, "leading_group", "branch_secretary").await;
        let clerk = seat(2, "leading_group", "committee_member").await;
        let council = [
            seat(3, "council", "grid_worker").await,
            seat(4, "council", "legal_reader").await,
            seat(5, "council", "mediator").await,
        ];
        let adviser = seat(6, "legal_adviser", "legal_adviser").await;
        let supervises = supervise(&service, &town, somebody(7), "retired_party_member").await;
        let related = supervise(&service, &town, somebody(8), "representative").await;
        let relatives = format!("stations/{VILLAGE}/members/{related}/relatives");
        town.post(&relatives, json!({"relatives": [council[0]]})).await.done();

        let of = |role: Role, person: &str| service.account_of(role, Some(VILLAGE), person);
        let leader = of(Role::LeadingGroup, &leads);
        let kept = leader.evidence(picture(1)).await.done().json();
        Self {
            town,
            leader,
            clerk: of(Role::LeadingGroup, &clerk),
            adviser: of(Role::LegalAdviser, &adviser),
            supervisor: of(Role::Supervisor, &supervises),
            relative: of(Role::Supervisor, &related),
            branch: service.account(Role::PartyBranch, Some(VILLAGE)),
            grid: service.account(Role::GridWorker, Some(VILLAGE)),
            worker: of(Role::Councillor, &council[0]),
            photo: kept["digest"].as_str().unwrap().to_owned(),
            service,
            office,
            leads,
            council,
        }
    }

    /// The county's day, so many days from now.
    pub fn day(&self, days: i64) -> Date {
        domain::county_date(self.service.clock.now() + SignedDuration::from_hours(24 * days))
    }

    /// Lets days pass.
    pub fn days(&self, days: i64) {
        self.service.minutes(24 * 60 * days);
    }

    /// An issue in the register, triaged and accepted; gives its number and what the asker was given.
    pub async fn issue(&self, problem: &str) -> (String, Value) {
        let registered = self.grid.post("issues", raised(problem)).await.done();
        let follow_up = registered.json()["follow_up"].clone();
        let issue = registered.made();
        let triage = json!({"topic": "G4"});
        self.leader.post(&format!("issues/{issue}/triage"), triage).await.done();
        self.leader.post(&format!("issues/{issue}/acceptance"), json!({})).await.done();
        (issue, follow_up)
    }

    /// A meeting of the council with these topics, to begin in an hour; the clock stands at its beginning.
    pub async fn convened(&self, agenda: Value, reports: Value) -> String {
        let starts_at = self.service.clock.now() + SignedDuration::from_hours(1);
        let new = json!({
            "station": VILLAGE, "body": "council", "form": "room", "starts_at": starts_at,
            "place": "村文化广场", "agenda": agenda, "reports": reports,
        });
        let meeting = self.leader.post("meetings", new).await.made();
        self.service.minutes(60);
        meeting
    }

    /// All of the council come.
    pub async fn attended(&self, meeting: &str) {
        let present: Vec<_> =
            self.council.iter().map(|member| json!({"who": {"person": member}})).collect();
        let attendance = json!({"present": present});
        self.clerk.post(&format!("meetings/{meeting}/attendance"), attendance).await.done();
    }

    /// A topic is found lawful, voted for by all, and decided.
    pub async fn carried(&self, meeting: &str, topic: u8) {
        self.advised(meeting, topic).await;
        let votes: Vec<_> = self
            .council
            .iter()
            .map(|member| json!({"member": member, "choice": "agree"}))
            .collect();
        let votes = json!({"topic": topic, "votes": votes});
        self.clerk.post(&format!("meetings/{meeting}/votes"), votes).await.done();
        let decision = json!({"topic": topic});
        self.clerk.post(&format!("meetings/{meeting}/decisions"), decision).await.done();
    }

    /// The legal adviser finds a topic lawful.
    pub async fn advised(&self, meeting: &str, topic: u8) {
        let opinion = json!({"topic": topic, "lawful": true, "opinion": "符合村规民约,可以议定。"});
        self.adviser.post(&format!("meetings/{meeting}/opinions"), opinion).await.done();
    }

    /// The minutes of a meeting with so many topics are sealed.
    pub async fn sealed(&self, meeting: &str, topics: u8, reports: Value) {
        let topic = |topic: u8| json!({"topic": topic, "process": "逐户讨论。", "result": "修复路面,月底完成。"});
        let minutes =
            json!({"topics": (1..=topics).map(topic).collect::<Vec<_>>(), "reports": reports});
        self.clerk.post(&format!("meetings/{meeting}/minutes"), minutes).await.done();
    }

    /// A resolution of the council on an issue, or on none.
    pub async fn resolution(&self, issue: Option<&str>) -> String {
        let topic = json!({"title": "修复示例路面", "issue": issue, "listed": "G4"});
        let meeting = self.convened(json!([topic]), json!([])).await;
        self.attended(&meeting).await;
        self.carried(&meeting, 1).await;
        self.sealed(&meeting, 1, json!([])).await;
        let resolution = format!("{meeting}-1");
        self.stage(&resolution, "adopted").await;
        resolution
    }

    /// The same, publicised.
    pub async fn publicised(&self, issue: Option<&str>) -> String {
        let resolution = self.resolution(issue).await;
        self.act(&self.leader, &resolution, "publication", json!({"evidence": [self.photo]}))
            .await
            .done();
        resolution
    }

    /// The same, its notice closed and assigned to the first of the council for twenty days.
    pub async fn assigned(&self, issue: Option<&str>) -> String {
        let resolution = self.publicised(issue).await;
        self.days(8);
        self.close(&resolution).await;
        self.assign(&resolution).await.done();
        resolution
    }

    /// Closes a notice, unless the service did it by itself by now.
    pub async fn close(&self, resolution: &str) {
        let closed = self.act(&self.leader, resolution, "closure", json!({})).await;
        if closed.status != 200 {
            closed.refused(422, "resolution.not_open");
        }
        self.stage(resolution, "closed").await;
    }

    /// Assigns it to the first of the council.
    pub async fn assign(&self, resolution: &str) -> Reply {
        let assignment =
            json!({"executor": self.council[0], "office": "网格员", "due": self.day(20)});
        self.act(&self.leader, resolution, "assignment", assignment).await
    }

    /// The executor says that it is done.
    pub async fn claim(&self, resolution: &str) -> Reply {
        let claim = json!({"note": "路面已修复。", "evidence": [self.photo]});
        self.act(&self.worker, resolution, "claim", claim).await
    }

    /// A command on a resolution.
    pub async fn act(&self, who: &Account, resolution: &str, what: &str, body: Value) -> Reply {
        who.post(&format!("resolutions/{resolution}/{what}"), body).await
    }

    /// Branch and meeting are told of a verified resolution, and its completion is publicised.
    pub async fn told(&self, resolution: &str) {
        let branch = json!({"findings": "经核实,已按期完成。"});
        self.act(&self.supervisor, resolution, "branch-information", branch).await.done();
        let topic = json!({"title": "通报落实情况", "listed": "G8"});
        let meeting = self.convened(json!([topic]), json!([resolution])).await;
        self.attended(&meeting).await;
        self.carried(&meeting, 1).await;
        let report = json!({"resolution": resolution, "findings": "路面平整。"});
        self.sealed(&meeting, 1, json!([report])).await;
        let path = format!("resolutions/{resolution}");
        self.service
            .shown(&self.leader, &path, |row| row["meeting_informed"] == json!(meeting))
            .await;
        let completion = json!({"result": "路面已修复,欢迎监督。", "evidence": [self.photo]});
        self.act(&self.leader, resolution, "completion", completion).await.done();
    }

    /// Waits until a resolution is at a stage; gives its line in the ledger.
    pub async fn stage(&self, resolution: &str, stage: &str) -> Value {
        let path = format!("resolutions/{resolution}");
        self.service.shown(&self.leader, &path, |row| row["stage"] == stage).await
    }

    /// Asks once the read models tell of all that has happened.
    pub async fn see(&self, who: &Account, path: &str) -> Value {
        who.get(&after(path, self.service.head().await)).await.done().json()
    }

    pub async fn stop(self) {
        self.service.stop().await;
    }
}

/// A member of a group for a year.
pub async fn appoint(by: &Account, who: Value, group: &str, capacity: &str) -> Reply {
    let new = json!({
        "who": who, "group": group, "capacity": capacity, "from": "2021-11-12", "until": "2022-11-11",
    });
    by.post(&format!("stations/{VILLAGE}/members"), new).await
}

/// Whom residents elected, as a recorder of the village wrote it down, joins the supervision group for a year.
pub async fn supervise(service: &Service, by: &Account, who: Value, capacity: &str) -> String {
    let recorder = service.account_of(Role::Recorder, Some(VILLAGE), OFFICIALS[2]);
    let election: u32 = elect(&recorder, who).await.made().parse().unwrap();
    let path = after(&format!("stations/{VILLAGE}/elections"), service.head().await);
    let listed = by.get(&path).await.done().json();
    let rows = listed["items"].as_array().unwrap();
    let row = rows.iter().find(|row| row["election"] == election).unwrap();
    let new = json!({
        "who": {"person": row["member"]}, "group": "supervision", "capacity": capacity,
        "from": "2021-11-12", "until": "2022-11-11", "election": row["election"],
    });
    by.post(&format!("stations/{VILLAGE}/members"), new).await.made()
}

/// Representatives elect somebody on 2021-11-12.
pub async fn elect(recorder: &Account, who: Value) -> Reply {
    let list = recorder.evidence(picture(2)).await.done().json();
    let new = json!({
        "held_on": "2021-11-12", "body": "representatives", "way": "election", "elected": [who],
        "result": "到会28人,过半数赞成。", "evidence": [list["digest"]],
    });
    recorder.post(&format!("stations/{VILLAGE}/elections"), new).await
}

/// A row of the register, of an asker who told name and telephone.
pub fn raised(problem: &str) -> Value {
    json!({
        "station": VILLAGE, "place": "示例路口", "channel": "visit", "problem": problem,
        "name": "示例咨询人", "telephone": "13900009999",
    })
}

impl Account {
    /// A file, as the body itself.
    pub async fn evidence(&self, bytes: Vec<u8>) -> Reply {
        let request = self.request(reqwest::Method::POST, "evidence");
        self.send(request.header("content-type", "application/octet-stream").body(bytes)).await
    }
}
