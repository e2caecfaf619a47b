//! `verify` on a sound log, and on read models that are not what the log says.

use crate::fixture::Folder;
use crate::story::{county, december, november};

#[test]
fn a_sound_county_has_no_findings() {
    let folder = county();
    let answer = folder.run(&["verify"]).exits(0);
    answer.says(&["21 events in 8 streams", "compared with the read models", "nothing found"]);
}

#[test]
fn it_works_after_the_service_has_stopped_and_in_chinese() {
    let mut folder = county();
    folder.close();
    folder.run_in("zh", &["verify"]).exits(0).says(&["21件事件", "没有发现问题"]);
}

#[test]
fn json_holds_the_same() {
    let mut folder = county();
    let sound = folder.run(&["verify", "--format", "json"]).exits(0).json();
    assert_eq!((&sound["events"], &sound["count"]), (&21.into(), &0.into()));
    folder.tamper("DELETE FROM events WHERE position = 4");
    let found = folder.run(&["verify", "--format", "json"]).exits(1).json();
    let first = &found["findings"][0];
    assert_eq!((&first["check"], &first["position"]), (&"log.gap".into(), &4.into()));
    assert!(first["zh"].as_str().unwrap().contains("缺少位置4"));
}

#[test]
fn one_changed_cell_is_named_with_both_values() {
    let folder = county();
    folder.tamper_read_models("UPDATE quota_unit SET members_total = 7 WHERE unit = '330225001'");
    folder.run(&["verify"]).exits(1).says(&[
        "[read_models.cell]",
        "Read model quota, table quota_unit, key 330225001, column members_total, live value 7, rebuilt value 1.",
        "1 finding",
    ]);
    let zh = folder.run_in("zh", &["verify"]).exits(1);
    zh.says(&["读模型quota,表quota_unit,键330225001,列members_total,现值 7,重建值 1。"]);
}

#[test]
fn a_missing_and_an_invented_row_are_named() {
    let folder = county();
    folder.tamper_read_models("DELETE FROM notice_objection");
    folder.tamper_read_models("INSERT INTO notice_year VALUES (1999, 3)");
    folder.run(&["verify"]).exits(1).says(&[
        "table notice_objection, key squads-2021~1, the whole row, live value (nothing)",
        "table notice_year, key 1999, the whole row, live value 1999 | 3, rebuilt value (nothing)",
        "2 findings",
    ]);
}

#[test]
fn a_table_of_another_shape_is_named() {
    let folder = county();
    let tool = rusqlite::Connection::open(folder.path("read.sqlite")).unwrap();
    tool.execute_batch("DROP TABLE notice_year; CREATE TABLE extra (a, b)").unwrap();
    drop(tool);
    folder.run(&["verify"]).exits(1).says(&[
        "table notice_year, all columns, live value (nothing), rebuilt value year, notices.",
        "table extra, all columns, live value a, b, rebuilt value (nothing).",
    ]);
}

#[test]
fn a_checkpoint_that_miscounts_is_found() {
    let folder = county();
    folder.tamper_read_models("UPDATE _checkpoint SET events = 20 WHERE projection = 'quota'");
    folder
        .run(&["verify"])
        .exits(1)
        .says(&["[read_models.events] Read model quota has counted 20"]);
}

#[test]
fn read_models_behind_the_log_are_a_finding_only_when_strict() {
    let folder = Folder::new();
    november(&folder);
    folder.project();
    december(&folder);
    let answer = folder.run(&["verify"]).exits(0);
    answer.says(&[
        "note [read_models.behind]",
        "stand at position 10, behind the log (21)",
        "nothing found",
    ]);
    folder.run(&["verify", "--strict"]).exits(1).says(&["1 finding"]);
    folder.tamper_read_models("UPDATE quota_unit SET task = 9 WHERE unit = '330225001'");
    folder.run(&["verify"]).exits(1).says(&["column task, live value 9, rebuilt value 1"]);
}

#[test]
fn missing_read_models_are_reported() {
    let folder = Folder::new();
    november(&folder);
    let answer = folder.run(&["verify"]).exits(0);
    answer.says(&["[read_models.missing]", "not compared with the read models"]);
    folder.run(&["verify", "--strict"]).exits(1);
}

#[test]
fn another_revision_is_reported_and_another_file_is_found() {
    let folder = county();
    folder.tamper_read_models(
        "UPDATE _checkpoint SET revision = 99 WHERE projection = 'points_bank'",
    );
    folder.run(&["verify"]).exits(0).says(&["points_bank has revision 99", "not compared"]);
    std::fs::write(folder.path("read.sqlite"), "no database at all, only some text").unwrap();
    folder.run(&["verify"]).exits(1).says(&["[read_models.unreadable]"]);
}

#[test]
fn more_findings_than_are_listed_are_counted() {
    let folder = Folder::new();
    november(&folder);
    for number in 0..150 {
        let unit = format!("X{number}");
        let data = format!(r#"{{"unit":"{unit}","name":"单位","kind":"town","parent":"330225"}}"#);
        folder.tell(&format!("unit-{unit}"), "UnitRegistered", &data, "2021-12-01T00:00:00Z", None);
    }
    folder.project();
    folder.tamper_read_models("UPDATE quota_unit SET name = 'changed'");
    let answer = folder.run(&["verify"]).exits(1).says(&["… and 1 or more", "101 findings"]);
    assert_eq!(answer.out.matches("[read_models.cell]").count(), 100);
}

#[test]
fn an_empty_log_is_sound() {
    let folder = Folder::new();
    folder.project();
    folder.run(&["verify"]).exits(0).says(&["0 events in 0 streams", "nothing found"]);
}

#[test]
fn a_village_is_sound_and_somebody_erased_need_not_have_registered() {
    let folder = crate::village::Village::clean().told();
    let erased = r#"{"reason":"本人要求","legal_basis":"个人信息保护法 §47"}"#;
    folder.tell(
        "volunteer-V00000000000A",
        "PersonalDataErased",
        erased,
        "2022-06-01T00:00:00Z",
        None,
    );
    folder.run(&["verify"]).exits(0).says(&["nothing found"]);
    folder.tell(
        "volunteer-V00000000000B",
        "RealNameMatched",
        r#"{"roster":"名册"}"#,
        "2022-06-01T00:00:00Z",
        None,
    );
    folder.run(&["verify"]).exits(1).says(&["[stream.start]"]);
}
