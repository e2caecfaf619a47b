//! A small county: a town, its squad, one volunteer, one activity, points, a star and a notice.

use std::path::PathBuf;

use crate::fixture::Folder;

pub const VOLUNTEER: &str = "V3K7M9QX2TB4D";
pub const ACTIVITY: &str = "018f3c7e-5a2b-7c3d-8e4f-0123456789ab";
const DIGEST: &str = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

/// A county up to the end of its first year, its read models at the log's end.
pub fn county() -> Folder {
    let folder = Folder::new();
    november(&folder);
    december(&folder);
    folder.project();
    folder
}

/// The same with its ledger, and a policy that trusts it.
pub fn signed() -> (Folder, PathBuf) {
    let mut folder = county();
    let key = folder.sign("example.invalid/log");
    let policy = folder.path("policy");
    std::fs::write(&policy, format!("log {key}\nquorum none\n")).unwrap();
    (folder, policy)
}

/// Until the deadline: town, squad, volunteer.
pub fn november(folder: &Folder) {
    let at = |day: u8| format!("2021-11-{day:02}T09:00:00+08:00");
    let unit = |code: &str, kind: &str, data: &str, day| {
        folder.tell(&format!("unit-{code}"), kind, data, &at(day), None);
    };
    let county = r#"{"unit":"330225","name":"象山县","kind":"county"}"#;
    unit("330225", "UnitRegistered", county, 9);
    let town = r#"{"unit":"330225001","name":"丹东街道","kind":"town","parent":"330225"}"#;
    unit("330225001", "UnitRegistered", town, 9);
    unit("330225001", "HeadcountDeclared", r#"{"headcount":2}"#, 10);
    unit("330225001", "QuotaAssigned", r#"{"task":1}"#, 10);
    let administrator = format!(
        r#"{{"administrator":"{VOLUNTEER}","sealed":"{DIGEST}","deadline":"2021-11-23T04:00:00Z","late":true}}"#
    );
    unit("330225001", "AdministratorReported", &administrator, 24);
    let registered = format!(
        r#"{{"unit":"330225001","kind":"registered","recruitment":"long_term","political_status":"party_member","age_group":"adult","skills":["纠纷调解"],"consent":{{"given_on":"2021-11-12","form":"书面"}},"guardian_consent":false,"sealed":"{DIGEST}"}}"#
    );
    let volunteer = format!("volunteer-{VOLUNTEER}");
    folder.tell(&volunteer, "VolunteerRegistered", &registered, &at(25), None);
    folder.tell(&volunteer, "RealNameMatched", r#"{"roster":"县公安局名册"}"#, &at(25), None);
    let squad = |kind: &str, data: &str| {
        folder.tell("squad-330225001", kind, data, &at(26), None);
    };
    squad("SquadApplied", r#"{"unit":"330225001"}"#);
    squad("SquadApproved", r#"{"registration":"XS-0001"}"#);
    let joined = format!(
        r#"{{"volunteer":"{VOLUNTEER}","consent":{{"given_on":"2021-11-12","form":"书面"}},"party":true}}"#
    );
    squad("MemberJoined", &joined);
}

/// After it: a service, its points, a redemption, a notice with an objection.
pub fn december(folder: &Folder) {
    let at = |day: u8| format!("2021-12-{day:02}T10:00:00+08:00");
    let activity = format!("activity-{ACTIVITY}");
    let published = r#"{"title":"宪法宣传日","kind":"legal_publicity","class":"governance","organiser":"330225001","place":"文化广场","starts_at":"2021-12-04T01:00:00Z","ends_at":"2021-12-04T04:00:00Z","emergency":false,"dangerous":false,"in_charge":"attester-1"}"#;
    folder.tell(&activity, "ActivityPublished", published, &at(1), None);
    let up = format!(r#"{{"volunteer":"{VOLUNTEER}"}}"#);
    folder.tell(&activity, "SignedUp", &up, &at(2), None);
    folder.tell(&activity, "ActivityStarted", r#"{"participants":1}"#, &at(4), None);
    let service = format!("service-{VOLUNTEER}");
    folder.tell(&service, "ServiceRecorded", &recorded(1, 150), &at(6), None);
    let attested = r#"{"record":1,"revision":1,"minutes":150,"served_on":"2021-12-04","total":150,"rating":5}"#;
    let cause = folder.tell(&service, "ServiceAttested", attested, &at(7), None);
    let points = format!("points-{VOLUNTEER}");
    let earned = r#"{"record":1,"revision":1,"points":250,"expires_on":"2022-12-07"}"#;
    folder.tell(&points, "PointsEarned", earned, &at(7), Some(cause));
    let redeemed = r#"{"redemption":1,"item":"TEA","name":"茶叶一份","points":100}"#;
    folder.tell(&points, "PointsRedeemed", redeemed, &at(8), None);
    let notice = |kind: &str, data: &str, day: u8| {
        folder.tell("notice-squads-2021", kind, data, &at(day), None);
    };
    let published = r#"{"subject":{"kind":"general"},"unit":"330225001","title":"小分队组建情况公示","text":"各单位组建情况。","opens_on":"2021-12-09","closes_on":"2021-12-16"}"#;
    notice("NoticePublished", published, 9);
    let filed = r#"{"objection":1,"ground":"人数有误","answer_due":"2021-12-15"}"#;
    notice("ObjectionFiled", filed, 10);
    let answered = r#"{"objection":1,"verdict":"dismissed","answer":"已核对无误"}"#;
    notice("ObjectionAnswered", answered, 11);
    notice("NoticeClosed", r#"{"subject":{"kind":"general"},"upheld":false}"#, 17);
}

/// A record of so many minutes.
pub fn recorded(number: u32, minutes: u32) -> String {
    format!(
        r#"{{"record":{number},"entry":{{"volunteer":"{VOLUNTEER}","activity":"{ACTIVITY}","kind":"legal_publicity","class":"governance","organiser":"330225001","place":"文化广场","content":"宪法宣传","started_at":"2021-12-04T01:00:00Z","ended_at":"2021-12-04T04:00:00Z","minutes":{minutes},"in_charge":"attester-1","recorder":{{"account":"recorder-1"}},"outcomes":[{{"what":"leaflets","count":120}}]}},"due":"2021-12-17"}}"#
    )
}
