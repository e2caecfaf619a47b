//! 计票表 of a large electorate as a table: previewed, refused by cell, added up by building.

use domain::Role;
use jiff::SignedDuration;
use serde_json::{Value, json};

use super::village::{VILLAGE, Village};
use crate::http::Service;
use crate::http::play::ELSEWHERE;

fn table(rows: &str) -> Vec<u8> {
    let header = "楼栋,单元,赞成人数,赞成面积,反对人数,反对面积,弃权人数,弃权面积";
    format!("{header}\n{rows}").into_bytes()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_table_of_votes_is_added_up_by_building_and_taken_whole() {
    let folder = tempfile::tempdir().unwrap();
    let village = Village::open(Service::start(folder.path()).await).await;
    let starts_at = domain::start_of_day(village.day(16)) + SignedDuration::from_hours(9);
    let new = json!({
        "station": VILLAGE, "body": "owners", "form": "room", "starts_at": starts_at,
        "place": "示例小区", "electorate": {"heads": 4_200, "area": 40_000_000},
        "agenda": [{"title": "增设示例充电桩", "listed": "E3"}],
    });
    let meeting = village.leader.post("meetings", new).await.made();
    village.days(17);
    village.advised(&meeting, 1).await;
    let path = format!("counting-lists?meeting={meeting}&topic=1");
    let preview = format!("{path}&dry_run=true");
    let rows = "1号楼,1单元,1000,90000.5,0,,0,\n1号楼,2单元,900,81000,100,9000,0,\n2号楼,,1500,135000,20,1800,10,900\n";

    let bad = table(&format!("{rows}3号楼,,很多,1,0,,0,\n"));
    let refused = village.clerk.upload(&path, bad).await.done().json();
    let problem = &refused["problems"][0];
    assert_eq!(
        json!([problem["row"], problem["column"], problem["code"]]),
        json!([5, "赞成人数", "row.count"])
    );
    assert_eq!(refused["lists"][0]["outcome"], "not_taken");
    let head = village.service.head().await;
    let told = village.clerk.upload(&preview, table(rows)).await.done().json();
    assert_eq!(village.service.head().await, head, "a preview stores nothing");
    let taken = village.clerk.upload(&path, table(rows)).await.done().json();
    assert_eq!(told, taken);
    let first = json!({
        "building": "1号楼", "outcome": "added", "agree": 1_900, "against": 100, "abstain": 0,
        "agree_area": 17_100_050, "against_area": 900_000, "abstain_area": 0,
    });
    assert_eq!((&taken["lists"][0], &taken["rows"]), (&first, &json!(3)));
    assert_eq!((&taken["total"]["agree"], &taken["total"]["abstain"]), (&json!(3_400), &json!(10)));

    let again = village.clerk.upload(&path, table(rows)).await.done().json();
    let outcomes = |report: &Value| {
        let lists = report["lists"].as_array().unwrap();
        lists.iter().map(|list| list["outcome"].clone()).collect::<Vec<_>>()
    };
    assert_eq!(outcomes(&again), ["unchanged", "unchanged"]);
    let mended = "2号楼,,1500,135000,21,1890,10,900\n";
    village.clerk.upload(&path, table(mended)).await.refused(422, "meeting.list_replaced");
    let paper = village.clerk.evidence(b"%PDF-1.7\n%%EOF\n".to_vec()).await.done().json();
    let digest = paper["digest"].as_str().unwrap();
    let why = format!("{path}&reason=recounted&evidence={digest}");
    let mended = village.clerk.upload(&why, table(mended)).await.done().json();
    assert_eq!(outcomes(&mended), ["changed"]);
    let minutes = village.see(&village.leader, &format!("meetings/{meeting}")).await;
    let listed: Vec<_> =
        minutes["lists"].as_array().unwrap().iter().map(|list| list["against"].clone()).collect();
    assert_eq!(listed, [100, 21]);

    let more = table("4号楼,,2000,180000,0,,0,\n");
    village.clerk.upload(&preview, more).await.refused(422, "meeting.lists_exceed");
    let nowhere = format!("counting-lists?meeting={meeting}&topic=2");
    village.clerk.upload(&nowhere, table(rows)).await.refused(422, "meeting.unknown_topic");
    let unknown = "counting-lists?meeting=none&topic=1";
    village.clerk.upload(unknown, table(rows)).await.refused(422, "value.meeting");
    village
        .clerk
        .upload("counting-lists?topic=1", table(rows))
        .await
        .refused(400, "query.malformed");
    village.supervisor.upload(&path, table(rows)).await.refused(403, "permission.role");
    let elsewhere = village.service.account(Role::Recorder, Some(ELSEWHERE));
    elsewhere.upload(&path, table(rows)).await.refused(403, "permission.elsewhere");
    let template = village.clerk.get("imports/template/counting-lists").await.done();
    assert!(template.header("content-disposition").contains("counting-lists.xlsx"));
    village.stop().await;
}
