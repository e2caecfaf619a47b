//! Every role tries what it may not.

use domain::Role;
use serde_json::{Value, json};

use super::village::{VILLAGE, Village, raised, somebody};
use crate::http::play::ELSEWHERE;
use crate::http::{Account, Service};

/// What somebody asks for, and with what body.
type Asking = (String, Value);

/// One command of each kind, well-formed.
fn askings(
    village: &Village,
    issue: &str,
    meeting: &str,
    resolution: &str,
) -> Vec<(&'static str, Asking)> {
    let station = |what: &str| format!("stations/{VILLAGE}/{what}");
    let on = |what: &str| format!("resolutions/{resolution}/{what}");
    let at = |what: &str| format!("meetings/{meeting}/{what}");
    let of = |what: &str| format!("issues/{issue}/{what}");
    let note = json!({"note": "示例。", "evidence": [village.photo]});
    let findings = json!({"findings": "示例。"});
    let reason = json!({"reason": "示例"});
    let convening = json!({
        "station": VILLAGE, "body": "council", "form": "room", "starts_at": "2021-12-20T09:00:00+08:00",
        "place": "示例室", "agenda": [{"title": "示例", "listed": "G8"}],
    });
    let survey = json!({
        "station": VILLAGE, "question": "示例?", "eligible": 12, "closes_on": village.day(7),
    });
    let member = json!({
        "who": somebody(90), "group": "council", "capacity": "mediator", "from": "2021-11-12", "until": "2022-11-11",
    });
    let purpose = json!({"purpose": "示例"});
    vec![
        ("open", ("stations".into(), json!({"unit": ELSEWHERE}))),
        ("item", (station("items/staff"), note.clone())),
        ("appoint", (station("members"), member)),
        ("topic", (station("topics"), json!({"code": "X1", "list": "general", "title": "示例"}))),
        ("register", ("issues".into(), raised("示例问题。"))),
        ("answer", (of("answer"), json!({"answer": "示例。"}))),
        ("triage", (of("triage"), json!({"topic": "G1"}))),
        ("asker", (of("asker"), purpose)),
        ("convene", ("meetings".into(), convening)),
        ("attend", (at("attendance"), json!({"present": []}))),
        ("advise", (at("opinions"), json!({"topic": 1, "lawful": true, "opinion": "示例。"}))),
        ("publicise", (on("publication"), json!({}))),
        ("claim", (on("claim"), note)),
        ("verify", (on("verification"), findings.clone())),
        ("branch", (on("branch-information"), findings)),
        ("meeting", (on("meeting-information"), json!({"meeting": meeting}))),
        ("reopen", (on("reopening"), reason)),
        ("survey", ("surveys".into(), survey)),
    ]
}

/// Which of them each role may not do at all.
const FORBIDDEN: [(Role, &[&str]); 9] = [
    (Role::CountyOffice, &["attend", "advise", "verify", "branch", "meeting", "claim"]),
    (Role::LeadingGroup, &["open", "appoint", "verify", "branch", "survey"]),
    (
        Role::Councillor,
        &[
            "open",
            "item",
            "appoint",
            "topic",
            "triage",
            "asker",
            "convene",
            "publicise",
            "verify",
            "branch",
            "meeting",
            "reopen",
            "survey",
        ],
    ),
    (
        Role::GridWorker,
        &[
            "open",
            "item",
            "appoint",
            "topic",
            "triage",
            "convene",
            "attend",
            "advise",
            "publicise",
            "verify",
            "branch",
            "meeting",
            "reopen",
            "survey",
        ],
    ),
    (
        Role::Supervisor,
        &[
            "open",
            "item",
            "appoint",
            "topic",
            "answer",
            "triage",
            "asker",
            "convene",
            "attend",
            "advise",
            "publicise",
            "claim",
        ],
    ),
    (
        Role::PartyBranch,
        &[
            "open",
            "item",
            "appoint",
            "topic",
            "register",
            "answer",
            "triage",
            "asker",
            "convene",
            "attend",
            "advise",
            "publicise",
            "claim",
            "verify",
            "meeting",
            "survey",
        ],
    ),
    (
        Role::Volunteer,
        &[
            "open",
            "item",
            "appoint",
            "topic",
            "answer",
            "triage",
            "asker",
            "convene",
            "attend",
            "advise",
            "publicise",
            "verify",
            "branch",
            "meeting",
            "reopen",
            "survey",
        ],
    ),
    (
        Role::Recorder,
        &[
            "open",
            "item",
            "appoint",
            "topic",
            "register",
            "answer",
            "triage",
            "asker",
            "convene",
            "advise",
            "publicise",
            "claim",
            "verify",
            "branch",
            "meeting",
            "reopen",
            "survey",
        ],
    ),
    (
        Role::Auditor,
        &[
            "open",
            "item",
            "appoint",
            "topic",
            "register",
            "answer",
            "triage",
            "asker",
            "convene",
            "attend",
            "advise",
            "publicise",
            "claim",
            "verify",
            "branch",
            "meeting",
            "reopen",
            "survey",
        ],
    ),
];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_role_is_refused_what_it_may_not() {
    let folder = tempfile::tempdir().unwrap();
    let village = Village::open(Service::start(folder.path()).await).await;
    let issue = village.grid.post("issues", raised("示例问题。")).await.made();
    let resolution = village.resolution(None).await;
    let meeting = resolution.rsplit_once('-').unwrap().0.to_owned();
    let askings = askings(&village, &issue, &meeting, &resolution);
    let head = village.service.head().await;
    for (role, forbidden) in FORBIDDEN {
        let account = village.service.account(role, Some(VILLAGE));
        for word in forbidden {
            let (path, body) = &askings.iter().find(|(name, _)| name == word).unwrap().1;
            account.post(path, body.clone()).await.refused(403, "permission.role");
        }
    }
    let strangers: [Account; 2] = [
        village.service.account(Role::LeadingGroup, Some(ELSEWHERE)),
        village.service.account(Role::UnitAdministrator, Some(ELSEWHERE)),
    ];
    for word in ["item", "register", "answer", "triage", "asker", "convene", "publicise", "reopen"]
    {
        let (path, body) = &askings.iter().find(|(name, _)| *name == word).unwrap().1;
        for stranger in &strangers {
            stranger.post(path, body.clone()).await.refused(403, "permission.elsewhere");
        }
        let anybody = village.service.anybody();
        anybody.post(path, body.clone()).await.refused(401, "token.missing");
    }
    for path in ["issues", "meetings", "resolutions", "stations", "surveys", "worklist"] {
        let within =
            format!("{path}?{}={VILLAGE}", if path == "stations" { "within" } else { "station" });
        strangers[0].get(&within).await.refused(403, "permission.elsewhere");
        let volunteer = village.service.account(Role::Volunteer, None);
        volunteer.get(path).await.refused(403, "permission.role");
    }
    assert_eq!(village.service.head().await, head, "nothing was left behind");
    village.stop().await;
}
