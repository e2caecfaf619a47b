//! What is not theirs and what is not there sound the same to whoever may not look everywhere.

use domain::Role;
use serde_json::{Value, json};

use crate::http::deliberation::village::{VILLAGE, Village, raised};
use crate::http::play::{ELSEWHERE, adult};
use crate::http::{Account, Reply, Service};

/// What an answer says, without the number of the request.
fn said(reply: &Reply) -> (u16, Value) {
    let mut said = reply.json();
    said.as_object_mut().unwrap().remove("request_id");
    (reply.status, said)
}

async fn ask(account: &Account, path: &str, body: Option<&Value>) -> Reply {
    match body {
        Some(body) => account.post(path, body.clone()).await,
        None => account.get(path).await,
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn not_yours_and_not_there_get_the_same_answer() {
    let folder = tempfile::tempdir().unwrap();
    let village = Village::open(Service::start(folder.path()).await).await;
    let service = &village.service;
    let issue = village.grid.post("issues", raised("示例问题。")).await.made();
    let resolution = village.resolution(None).await;
    let meeting = resolution.rsplit_once('-').unwrap().0.to_owned();
    let objection = json!({"ground": "离住房太近。"});
    village
        .act(&village.leader, &resolution, "publication", json!({"evidence": [village.photo]}))
        .await
        .done();
    village
        .act(
            &service.anybody(),
            &format!("../public/resolutions/{resolution}"),
            "objections",
            objection,
        )
        .await;
    let survey = json!({
        "station": VILLAGE, "question": "示例?", "eligible": 12, "closes_on": village.day(7),
    });
    let survey = village.supervisor.post("surveys", survey).await.made();
    let volunteer = village.office.post("volunteers", adult(50)).await.made();
    let activity = service.announced(&village.office, 2, false, &[&volunteer]).await;

    let none = "V0000000000ZZ";
    let last = |made: &str, other: char| {
        let mut other_one = made.to_owned();
        other_one.pop();
        other_one.push(other);
        other_one
    };
    let absent = |made: &str| last(made, if made.ends_with('0') { '1' } else { '0' });
    let (no_issue, no_meeting) = (absent(&issue), absent(&meeting));
    let (no_survey, no_activity) = (absent(&survey), absent(&activity));
    let purpose = json!({"purpose": "示例"});
    let reason = json!({"reason": "示例"});
    let pairs: Vec<(String, String, Option<&Value>)> = [
        ("volunteers/{}", volunteer.as_str(), none, None),
        ("volunteers/{}/personal-data?purpose=核对", &volunteer, none, None),
        ("volunteers/{}/services", &volunteer, none, None),
        ("points-bank/{}", &volunteer, none, None),
        ("points-bank/{}/entries", &volunteer, none, None),
        ("volunteers/{}/suspension", &volunteer, none, Some(&reason)),
        ("activities/{}", &activity, &no_activity, None),
        ("activities/{}/participants", &activity, &no_activity, None),
        ("activities/{}/cancellation", &activity, &no_activity, Some(&reason)),
        ("issues/{}", &issue, &no_issue, None),
        ("issues/{}/asker", &issue, &no_issue, Some(&purpose)),
        ("meetings/{}", &meeting, &no_meeting, None),
        ("meetings/{}/cancellation", &meeting, &no_meeting, Some(&reason)),
        ("resolutions/{}-1", &meeting, &no_meeting, None),
        ("resolutions/{}-1/steps", &meeting, &no_meeting, None),
        ("resolutions/{}-1/objections", &meeting, &no_meeting, None),
        ("resolutions/{}-1/objections/1/objector", &meeting, &no_meeting, Some(&purpose)),
        ("resolutions/{}-1/reopening", &meeting, &no_meeting, Some(&reason)),
        ("surveys/{}", &survey, &no_survey, None),
    ]
    .into_iter()
    .map(|(path, there, not_there, body)| {
        (path.replace("{}", there), path.replace("{}", not_there), body)
    })
    .collect();

    let strangers = [
        service.account(Role::UnitAdministrator, Some(ELSEWHERE)),
        service.account(Role::LeadingGroup, Some(ELSEWHERE)),
        service.account(Role::Supervisor, Some(ELSEWHERE)),
        service.account_of(Role::Volunteer, None, "V0000000000Z1"),
    ];
    let mut compared = 0;
    for (there, not_there, body) in &pairs {
        for stranger in &strangers {
            let (yes, no) =
                (ask(stranger, there, *body).await, ask(stranger, not_there, *body).await);
            if yes.status < 300 {
                continue; // All may look there; so existence is no secret from them.
            }
            assert_eq!(said(&yes), said(&no), "{there} and {not_there}");
            assert_eq!(yes.status, 403, "{there}");
            compared += 1;
        }
        let no = ask(&village.office, not_there, *body).await;
        assert!(matches!(no.status, 403 | 404), "{not_there}: {} {}", no.status, no.body);
    }
    assert!(compared > 50, "{compared}");
    village.stop().await;
}
