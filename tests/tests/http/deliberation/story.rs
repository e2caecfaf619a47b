//! From a resident's complaint to the publicised completion, in the five steps of the county's plan.

use application::queries::{Board, FollowedIssue, PublicResolution, Topic};
use serde_json::{Value, json};
use tests::county::TOWN;

use super::village::{VILLAGE, Village, picture};
use crate::http::play::items;
use crate::http::{Account, Service, after, fits};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn from_a_complaint_to_what_came_of_it() {
    let folder = tempfile::tempdir().unwrap();
    let village = Village::open(Service::start(folder.path()).await).await;
    let resident = village.service.anybody();
    equipped(&village).await;

    // 议题征集
    let (issue, follow_up) = village.issue("示例路口路面破损,雨天积水。").await;
    let link = follow_up["link"].as_str().unwrap();
    assert_eq!(follow_up["number"], json!(issue));
    let followed = async || resident.get(link).await.done().json();
    assert_eq!(followed().await["stage"], "accepted");

    // 审议议题、议事决策
    let resolution = village.resolution(Some(&issue)).await;
    let path = format!("issues/{issue}");
    village.service.shown(&village.leader, &path, |row| row["stage"] == "decided").await;
    let decided = followed().await;
    fits::<FollowedIssue>(&decided);
    assert_eq!(decided["meeting"]["outcome"], "adopted", "{decided}");
    assert_eq!(decided["resolution"]["stage"], "adopted");
    let meeting = resolution.rsplit_once('-').unwrap().0;
    let minutes = village.see(&village.leader, &format!("meetings/{meeting}")).await;
    let topic = &minutes["agenda"][0];
    assert_eq!((&topic["agree"], &topic["present"]), (&json!(3), &json!(3)), "{minutes}");
    assert_eq!((&topic["process"], &minutes["status"]), (&json!("逐户讨论。"), &json!("sealed")));

    // 公示、决策执行
    let publication = json!({"evidence": [village.photo]});
    village.act(&village.leader, &resolution, "publication", publication).await.done();
    on_the_board(&village, &resident, &resolution).await;
    village.days(8);
    village.close(&resolution).await;
    village.assign(&resolution).await.done();
    let work = json!({"note": "材料已进场。", "evidence": []});
    village.act(&village.worker, &resolution, "progress", work).await.done();
    village.claim(&resolution).await.done();
    let claimed = followed().await;
    assert_eq!(claimed["resolution"]["stage"], "claimed", "claimed is not done");
    assert_eq!((&claimed["stage"], &claimed["settled_at"]), (&json!("decided"), &Value::Null));

    // 监督反馈
    let found = json!({"findings": "现场查看,路面平整。", "evidence": [village.photo]});
    village.act(&village.supervisor, &resolution, "verification", found).await.done();
    village.told(&resolution).await;
    village.service.shown(&village.leader, &path, |row| row["stage"] == "settled").await;
    let settled = followed().await;
    assert_eq!(settled["stage"], "settled");
    assert_eq!(settled["resolution"]["result"], "路面已修复,欢迎监督。");
    assert!(!settled.to_string().contains("示例咨询人"), "{settled}");

    told_everywhere(&village, &resolution).await;
    village.stop().await;
}

/// 五有: shown one by one until all are there.
async fn equipped(village: &Village) {
    let items = ["premises", "staff", "register", "suggestion_box", "notice_board"];
    for (shade, item) in (10..).zip(items) {
        let kept = village.leader.evidence(picture(shade)).await.done().json();
        let path = format!("stations/{VILLAGE}/items/{item}");
        let shown = json!({"note": "已设立。", "evidence": [kept["digest"]]});
        village.leader.post(&path, shown).await.done();
    }
    let station = village.see(&village.leader, &format!("stations/{VILLAGE}")).await;
    assert_eq!(
        (&station["items_met"], &station["complete_since"]),
        (&json!(5), &json!("2021-11-12"))
    );
    let topics = items_of(village, &format!("topics?station={VILLAGE}")).await;
    topics.iter().for_each(fits::<Topic>);
    assert_eq!(topics.len(), 19, "8 for a village and 11 for an estate: {topics:?}");
}

async fn items_of(village: &Village, path: &str) -> Vec<Value> {
    items(village.leader.get(&after(path, village.service.head().await)).await)
}

/// Everybody sees the resolution while it stands open to objections.
async fn on_the_board(village: &Village, anybody: &Account, resolution: &str) {
    let notices = village.see(anybody, "notices?status=open").await;
    assert_eq!(notices["items"][0]["resolution"], json!(resolution), "{notices}");
    let board = village.see(anybody, &format!("public/stations/{VILLAGE}")).await;
    fits::<Board>(&board);
    assert_eq!(board["station"]["items_met"], 5);
    assert_eq!(board["notices"][0]["resolution"], json!(resolution), "{board}");
    assert_eq!(board["meetings"][0]["held_on"], "2021-11-12");
    let public = village.see(anybody, &format!("public/resolutions/{resolution}")).await;
    assert_eq!((&public["stage"], &public["period"]), (&json!("publicised"), &json!(1)));
    fits::<PublicResolution>(&public);
    assert!(public.get("executor").is_none(), "{public}");
}

/// Ledger, steps, evidence, worklist, calendar and monthly report tell the same.
async fn told_everywhere(village: &Village, resolution: &str) {
    let steps = items_of(village, &format!("resolutions/{resolution}/steps")).await;
    let kinds: Vec<_> = steps.iter().map(|step| step["kind"].as_str().unwrap()).collect();
    assert_eq!(
        kinds,
        [
            "adopted",
            "publicised",
            "notice_closed",
            "assigned",
            "progressed",
            "completion_claimed",
            "completion_verified",
            "branch_informed",
            "meeting_informed",
            "completion_publicised",
        ]
    );
    let evidence: Vec<_> =
        steps.iter().flat_map(|step| step["evidence"].as_array().unwrap()).collect();
    assert_eq!(evidence.len(), 4, "{evidence:?}");
    assert!(evidence.iter().all(|one| one["digest"] == json!(village.photo)));
    let first =
        village.see(&village.leader, &format!("resolutions/{resolution}/steps?limit=4")).await;
    assert_eq!(first["items"].as_array().unwrap()[..], steps[..4]);
    let cursor = first["cursor"].as_str().unwrap();
    let rest = format!("resolutions/{resolution}/steps?cursor={cursor}");
    assert_eq!(items_of(village, &rest).await[..], steps[4..]);
    let then = steps[1]["at"].as_str().unwrap();
    let then = items_of(village, &format!("resolutions/{resolution}/steps?as_of={then}")).await;
    assert_eq!(then[..], steps[..2], "as the log knew it");
    let ledger = items_of(village, "resolutions?stage=completed").await;
    assert_eq!((ledger.len(), &ledger[0]["days_overdue"]), (1, &json!(0)));
    assert!(items_of(village, "resolutions?overdue=true").await.is_empty());
    assert!(
        items_of(village, "worklist").await.iter().all(|task| task["kind"] != "verify_completion")
    );
    let months = items_of(village, &format!("stations/{VILLAGE}/calendar?year=2021")).await;
    assert_eq!(months.len(), 0, "the first whole month is December: {months:?}");
    let report = items_of(village, &format!("reports/monthly?unit={VILLAGE}&month=2021-11")).await;
    let figures = &report[0]["of_month"]["figures"];
    assert_eq!(figures["completions_publicised"], 1, "{report:?}");
    let path = format!("reports/monthly/{TOWN}/2021-11/completions_publicised");
    let behind = items(village.town.get(&path).await);
    assert_eq!(behind[0]["stream"], json!(format!("resolution-{resolution}")));
    let table = village.leader.get("resolutions?format=csv").await.done();
    assert!(table.body.contains(resolution), "{}", table.body);
    let before = village.leader.get("resolutions?as_of=2021-11-12T00:00:00Z").await;
    assert!(items(before).is_empty());
}
