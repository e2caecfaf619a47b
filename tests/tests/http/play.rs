//! What most stories begin with, done over HTTP.

use application::Clock as _;
use domain::identity_number::IdentityNumber;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use tests::county::{COUNTY, TOWN};

use super::{Account, Reply, Service};

/// Another town, with neither squad nor people.
pub const ELSEWHERE: &str = "330225002";

/// A generated adult, or a child, of the town; an area code that no place has.
pub fn person(number: u32, birth: &str) -> Value {
    let character = char::from_u32(0x4E00 + number).unwrap();
    let digits = format!("999999{birth}{number:03}");
    json!({
        "name": format!("示例{character}"),
        "identity_number": IdentityNumber::with_check_digit(&digits).unwrap().expose(),
        "telephone": format!("1380000{number:04}"),
        "residence": format!("示例{character}村"),
        "unit": TOWN,
        "kind": "registered",
        "recruitment": "long_term",
        "political_status": "party_member",
        "consent": consent(),
    })
}

pub fn adult(number: u32) -> Value {
    person(number, "19800229")
}

pub fn consent() -> Value {
    json!({"given_on": "2021-11-10", "form": "书面"})
}

impl Service {
    /// A county with two towns; the first has a squad.
    pub async fn county(&self, office: &Account) {
        for (unit, name, kind, parent) in [
            (COUNTY, "示例县", "county", None),
            (TOWN, "示例镇", "town", Some(COUNTY)),
            (ELSEWHERE, "别镇", "town", Some(COUNTY)),
        ] {
            let new = json!({"unit": unit, "name": name, "kind": kind, "parent": parent});
            assert_eq!(office.post("units", new).await.made(), unit);
        }
        office.post(&format!("units/{TOWN}/headcount"), json!({"headcount": 2})).await.done();
        office.post(&format!("squads/{TOWN}/application"), json!({})).await.done();
        office
            .post(&format!("squads/{TOWN}/approval"), json!({"registration": "XS-001"}))
            .await
            .done();
    }

    /// A person of the town, registered and in its squad.
    pub async fn member(&self, office: &Account, number: u32) -> String {
        let volunteer = office.post("volunteers", adult(number)).await.made();
        let joining = json!({"volunteer": volunteer, "consent": consent()});
        office.post(&format!("squads/{TOWN}/members"), joining).await.done();
        volunteer
    }

    /// An activity from one hour on, of so many hours, that these people signed up for.
    pub async fn announced(
        &self,
        office: &Account,
        hours: i64,
        dangerous: bool,
        people: &[&str],
    ) -> String {
        let starts_at = self.clock.now() + SignedDuration::from_hours(1);
        let ends_at = starts_at + SignedDuration::from_hours(hours);
        let new = json!({
            "title": "法治宣传进村", "kind": "legal_publicity", "class": "public_welfare",
            "organiser": TOWN, "place": "村文化礼堂", "dangerous": dangerous,
            "starts_at": starts_at, "ends_at": ends_at,
        });
        let activity = office.post("activities", new).await.made();
        for volunteer in people {
            let path = format!("activities/{activity}/sign-ups");
            office.post(&path, json!({"volunteer": volunteer})).await.done();
        }
        activity
    }

    /// The same, started and closed; the clock stands at its end.
    pub async fn held(&self, office: &Account, hours: i64, people: &[&str]) -> String {
        let activity = self.announced(office, hours, false, people).await;
        self.minutes(60);
        office.post(&format!("activities/{activity}/start"), json!({})).await.done();
        self.minutes(60 * hours);
        let closure = json!({"ended_at": self.clock.now(), "summary": "顺利结束"});
        office.post(&format!("activities/{activity}/closure"), closure).await.done();
        activity
    }

    /// Records and attests a service that ends now, and waits for its points.
    pub async fn served(
        &self,
        by: [&Account; 2],
        volunteer: &str,
        activity: &str,
        hours: i64,
    ) -> u64 {
        let [recorder, attester] = by;
        let said = report(activity, self.clock.now(), hours, 60 * hours);
        let recorded =
            recorder.post(&format!("volunteers/{volunteer}/services"), said).await.done();
        let record = recorded.json()["events"][0]["data"]["record"].as_u64().unwrap();
        let path = format!("volunteers/{volunteer}/services/{record}/attestation");
        attester.post(&path, json!({"rating": 5})).await.done();
        let path = format!("points-bank/{volunteer}");
        self.shown(attester, &path, |account| account["earned"] == 100 * hours).await;
        record
    }

    /// What the vault holds: people and sections, kept and replaced.
    pub fn in_vault(&self) -> (i64, i64) {
        let vault =
            rusqlite::Connection::open(self.app.data.join(application::files::VAULT)).unwrap();
        let counts = "SELECT (SELECT count(*) FROM persons), (SELECT count(*) FROM sections)";
        vault.query_row(counts, [], |row| Ok((row.get(0)?, row.get(1)?))).unwrap()
    }
}

/// What a recorder says of a service that ended at a moment.
pub fn report(activity: &str, ended_at: Timestamp, hours: i64, minutes: i64) -> Value {
    json!({
        "activity": activity, "content": "普法宣讲", "minutes": minutes,
        "started_at": ended_at - SignedDuration::from_hours(hours), "ended_at": ended_at,
    })
}

/// The items of a page.
#[track_caller]
pub fn items(reply: Reply) -> Vec<Value> {
    reply.done().json()["items"].as_array().unwrap().clone()
}
