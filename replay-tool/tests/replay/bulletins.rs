//! Bulletins, worked out again.

use crate::fixture::Folder;
use crate::story::{december, november};

const STREAM: &str = "bulletin-5a0c1d2e-3f4b-4c5d-8e6f-7a8b9c0d1e2f";
const SOUND: &str = r#"{"rows":[{"unit":"330225","name":"象山县","kind":"county","required":2,"members":1,"registered":1,"matched":1,"refused":0,"open":0,"late":[]},{"rank":1,"unit":"330225001","name":"丹东街道","kind":"town","required":2,"members":1,"registered":1,"matched":1,"refused":0,"open":0,"late":["administrator"]}]}"#;

/// A county of which a bulletin told this, as of the end of November.
fn told(rows: &str, as_of: &str) -> Folder {
    let folder = Folder::new();
    november(&folder);
    let ordered = r#"{"title":"关于组建进度的通报"}"#;
    let at = "2021-11-30T18:00:00+08:00";
    folder.tell(STREAM, "BulletinOrdered", ordered, at, None);
    folder.tell(STREAM, "BulletinTabled", rows, at, None);
    let published = format!(r#"{{"as_of":"{as_of}","units":2}}"#);
    folder.tell(STREAM, "BulletinPublished", &published, at, None);
    december(&folder);
    folder.project();
    folder
}

#[test]
fn what_follows_from_the_log_is_no_finding_whatever_happened_later() {
    let folder = told(SOUND, "2021-11-30T17:59:59+08:00");
    folder.run(&["verify"]).exits(0).says(&["nothing found"]);
}

#[test]
fn a_figure_that_the_log_does_not_give_is_named_with_both() {
    let better =
        SOUND.replace(r#""town","required":2,"members":1,"#, r#""town","required":2,"members":2,"#);
    let folder = told(&better, "2021-11-30T17:59:59+08:00");
    folder.run(&["verify"]).exits(1).says(&[
        "[bulletin.figures]",
        "The bulletin tells 2 of unit 330225001 as its members; the log gives 1.",
        "1 finding",
    ]);
    let zh = folder.run_in("zh", &["verify"]).exits(1);
    zh.says(&["通报中单位330225001的队员数为2,由日志应为1。"]);
}

#[test]
fn a_unit_left_out_or_invented_is_named() {
    let other = SOUND.replace("330225001", "330225009");
    let folder = told(&other, "2021-11-30T17:59:59+08:00");
    folder.run(&["verify"]).exits(1).says(&[
        "The bulletin leaves out unit 330225001.",
        "The bulletin tells of unit 330225009, which had no task or squad at that moment.",
    ]);
}

#[test]
fn a_moment_that_was_not_over_is_named() {
    let folder = told(SOUND, "2021-11-30T18:00:00+08:00");
    folder.run(&["verify"]).exits(1).says(&["[bulletin.moment]", "1 finding"]);
}

#[test]
fn bulletins_progress_and_comparisons_show_as_of_any_moment() {
    let folder = told(SOUND, "2021-11-30T17:59:59+08:00");
    folder.run_in("zh", &["show", "bulletins"]).exits(0).says(&["关于组建进度的通报", "截至"]);
    folder.run(&["show", "progress"]).exits(0).says(&["丹东街道", "Registered"]);
    let earlier = ["show", "bulletins", "--as-of", "2021-11-29", "--format", "json"];
    assert_eq!(folder.run(&earlier).exits(0).json()["rows"], serde_json::json!([]));
    let comparison = "comparison-3e9b7c15-8a2d-4f60-b1c4-6d7e8f9a0b12";
    let digest = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
    let began = format!(
        r#"{{"roster":"团县委实名库","purpose":"年度比对","file":"{digest}","rows":3,"whole":false}}"#
    );
    let at = "2021-12-20T09:00:00+08:00";
    folder.tell(comparison, "ComparisonBegan", &began, at, None);
    let finished = r#"{"registered":1,"outcomes":{"matched":1,"not_found":2}}"#;
    folder.tell(comparison, "ComparisonFinished", finished, at, None);
    folder.run_in("zh", &["show", "comparisons"]).exits(0).says(&["团县委实名库", "未注册"]);
    let told = folder.run_in("zh", &["explain", comparison]).exits(0);
    told.says(&["比对完成:注册人员1人;一致1,未注册2。", "年度比对"]);
}
