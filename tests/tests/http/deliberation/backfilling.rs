//! 补录: what stood on paper is entered later, approved by a second person, and stays marked; what was reported before stays as it was.

use application::Clock as _;
use domain::Role;
use jiff::SignedDuration;
use serde_json::{Value, json};
use tests::county::TOWN;

use super::village::{VILLAGE, Village, raised};
use crate::http::Service;

async fn rows(village: &Village, path: &str) -> Vec<Value> {
    village.see(&village.leader, path).await["items"].as_array().unwrap().clone()
}

/// How December stands in the calendar of 2021.
fn december(calendar: &Value) -> &Value {
    let months = calendar["items"].as_array().unwrap();
    &months.iter().find(|month| month["month"] == "2021-12").unwrap()["state"]
}

/// A meeting of three weeks ago: entered by the secretary with a photograph of the minutes, written down by the clerk.
async fn entered(village: &Village) -> String {
    let new = json!({
        "station": VILLAGE, "body": "council", "form": "room", "starts_at": "2021-12-30T11:00:00Z",
        "place": "会议室", "agenda": [{"title": "修复示例路面", "listed": "G4"}], "photographs": [village.photo],
    });
    let bare = json!({
        "station": VILLAGE, "body": "council", "form": "room", "starts_at": "2021-12-30T11:00:00Z",
        "place": "会议室", "agenda": [{"title": "修复示例路面", "listed": "G4"}],
    });
    village.leader.post("meetings", bare).await.refused(422, "meeting.in_past");
    let meeting = village.leader.post("meetings", new).await.made();
    village.attended(&meeting).await;
    village.carried(&meeting, 1).await;
    village.sealed(&meeting, 1, json!([])).await;
    let row = village.see(&village.leader, &format!("meetings/{meeting}")).await;
    assert_eq!((&row["status"], &row["backfilled"]), (&json!("awaiting_approval"), &json!(true)));
    assert_eq!(row["photographs"][0]["digest"], json!(village.photo));
    meeting
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_meeting_and_its_notice_are_entered_from_paper_and_no_past_report_changes() {
    let folder = tempfile::tempdir().unwrap();
    let village = Village::open(Service::start(folder.path()).await).await;
    village.days(69);
    let calendar = format!("stations/{VILLAGE}/calendar?year=2021");
    let missed = |calendar: &Value| *december(calendar) == "missed";
    village.service.shown(&village.leader, &calendar, missed).await;
    let past = format!("reports/monthly?unit={VILLAGE}&month=2021-12");
    let (before, then) = (rows(&village, &past).await, village.service.clock.now());
    village.service.minutes(1);

    let meeting = entered(&village).await;
    let judged = |what: &str| format!("meetings/{meeting}/{what}");
    let own = village.service.account_of(Role::UnitAdministrator, Some(VILLAGE), &village.leads);
    village
        .leader
        .post(&judged("backfill-approval"), json!({}))
        .await
        .refused(403, "permission.role");
    let own_approval = own.post(&judged("backfill-approval"), json!({})).await;
    own_approval.refused(422, "meeting.backfill_self_approved");
    let refusal = json!({"reason": "签到表缺一页"});
    village.town.post(&judged("backfill-refusal"), refusal).await.done();
    village.sealed(&meeting, 1, json!([])).await;
    village.town.post(&judged("backfill-approval"), json!({})).await.done();

    let late = |calendar: &Value| *december(calendar) == "held_entered_late";
    village.service.shown(&village.leader, &calendar, late).await;
    let known_then = village.leader.get(&format!("{calendar}&as_of={then}")).await.done().json();
    assert_eq!(december(&known_then), "missed", "as of before the entry");
    assert_eq!(rows(&village, &past).await, before, "a past month never changes");

    let resolution = format!("{meeting}-1");
    village.stage(&resolution, "adopted").await;
    from_the_board(&village, &own, &resolution).await;
    assert_eq!(rows(&village, &past).await, before, "a past month never changes");
    let report = rows(&village, &format!("reports/monthly?unit={VILLAGE}&month=2022-01")).await;
    let figures = &report[0]["of_month"]["figures"];
    assert_eq!(
        (&figures["backfills_approved"], &figures["meetings_held"]),
        (&json!(2), &json!(1)),
        "the month of entry"
    );
    let behind =
        rows(&village, &format!("reports/monthly/{VILLAGE}/2022-01/backfills_approved")).await;
    let streams: Vec<_> = behind.iter().map(|entry| entry["stream"].as_str().unwrap()).collect();
    assert_eq!(streams, [format!("station-{VILLAGE}"), format!("resolution-{resolution}")]);
    village.stop().await;
}

/// It hung on the board from New Year's Day; its seven days there were over on the eighth, and it was entered on the twentieth.
async fn from_the_board(village: &Village, own: &crate::http::Account, resolution: &str) {
    let posting = json!({"posted_on": "2022-01-01", "evidence": [village.photo]});
    let early = json!({"posted_on": "2021-12-29", "evidence": [village.photo]});
    let asked = village.act(&village.leader, resolution, "publication", early).await;
    asked.refused(422, "resolution.posted_on");
    village.act(&village.leader, resolution, "publication", posting).await.done();
    let anybody = village.service.anybody();
    let object = json!({"ground": "预算没有公开。"});
    let path = format!("public/resolutions/{resolution}/objections");
    anybody.post(&path, object.clone()).await.refused(422, "resolution.not_publicised");
    let itself = village.act(own, resolution, "backfill-approval", json!({})).await;
    itself.refused(422, "resolution.backfill_self_approved");
    village.act(&village.town, resolution, "backfill-approval", json!({})).await.done();
    let row = village.stage(resolution, "publicised").await;
    let days = (&row["opens_on"], &row["closes_on"], &row["notice_backfilled"]);
    assert_eq!(days, (&json!("2022-01-01"), &json!(village.day(7)), &json!(true)));

    village.days(5);
    let filed = anybody.post(&path, object).await.done();
    assert_eq!(filed.status, 201);
    let row = village.see(&village.leader, &format!("resolutions/{resolution}")).await;
    assert_eq!((&row["objections_open"], &row["objections_late"]), (&json!(1), &json!(0)));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_issue_from_paper_is_triaged_after_a_second_person_approved_it() {
    let folder = tempfile::tempdir().unwrap();
    let village = Village::open(Service::start(folder.path()).await).await;
    let mut new = raised("示例井盖松动。");
    new["raised_at"] = json!("2019-10-08T01:00:00Z");
    village.grid.post("issues", new.clone()).await.refused(422, "issue.long_ago");
    new["photographs"] = json!([village.photo]);
    let issue = village.grid.post("issues", new).await.made();
    let at = |what: &str| format!("issues/{issue}/{what}");
    let triage = json!({"topic": "G4"});
    village.leader.post(&at("triage"), triage.clone()).await.refused(422, "issue.awaits_approval");
    let row = village.see(&village.leader, &format!("issues/{issue}")).await;
    let shown = (&row["backfill"], &row["photographs"][0]["digest"]);
    assert_eq!(shown, (&json!("awaiting_approval"), &json!(village.photo)));
    village.town.post(&at("backfill-approval"), json!({})).await.done();
    village.leader.post(&at("triage"), triage).await.done();
    village
        .town
        .post(&at("backfill-refusal"), json!({"reason": "看不清"}))
        .await
        .refused(422, "issue.not_requested");
    village.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_emergency_is_published_while_it_runs_and_what_is_over_from_paper() {
    let folder = tempfile::tempdir().unwrap();
    let village = Village::open(Service::start(folder.path()).await).await;
    let hours = |hours| village.service.clock.now() + SignedDuration::from_hours(hours);
    let activity = |from, to, emergency, photographs: Value| {
        json!({
            "title": "示例防汛", "kind": "public_order", "class": "public_welfare", "organiser": TOWN,
            "place": "示例河堤", "starts_at": hours(from), "ends_at": hours(to), "emergency": emergency,
            "photographs": photographs,
        })
    };
    let post = async |body| village.town.post("activities", body).await;
    post(activity(-2, 3, false, json!([]))).await.refused(422, "activity.not_ahead");
    post(activity(-25, 3, true, json!([]))).await.refused(422, "activity.emergency_late");
    let flood = post(activity(-2, 3, true, json!([]))).await.made();
    village.town.post(&format!("activities/{flood}/start"), json!({})).await.done();

    let over = post(activity(-50, -48, false, json!([village.photo]))).await.made();
    let at = |what: &str| format!("activities/{over}/{what}");
    village.town.post(&at("start"), json!({})).await.refused(422, "activity.awaits_approval");
    let own = village.town.post(&at("backfill-approval"), json!({})).await;
    own.refused(422, "activity.backfill_self_approved");
    village.office.post(&at("backfill-approval"), json!({})).await.done();
    let row = village.see(&village.office, &format!("activities/{over}")).await;
    assert_eq!((&row["state"], &row["backfilled"]), (&json!("closed"), &json!(true)));
    assert_eq!(row["photographs"][0]["digest"], json!(village.photo));
    village.stop().await;
}
