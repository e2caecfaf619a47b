//! What `verify` finds in a log that was changed behind its back, or that no rule would have let in.

use crate::fixture::Folder;
use crate::story::{VOLUNTEER, county, recorded};

/// A county whose log was changed by this; `verify` must name each of these.
#[track_caller]
fn changed(sql: &str, findings: &[&str]) {
    let mut folder = county();
    folder.tamper(sql);
    folder.run(&["verify"]).exits(1).says(findings);
}

#[test]
fn a_deleted_event_is_named_by_position_and_stream() {
    changed(
        "DELETE FROM events WHERE position = 4",
        &[
            "[log.gap] position 4 The log lacks the event at position 4.",
            "[stream.gap] position 5 stream unit-330225001 event 4",
            "event 3 was expected, 4 was found",
        ],
    );
}

#[test]
fn an_event_deleted_at_the_end_of_a_stream_is_found() {
    changed(
        "DELETE FROM events WHERE position = 15",
        &["[stream.end] stream service-V3K7M9QX2TB4D", "says 2 events, the log ends with event 1"],
    );
    // The very last event of the log leaves no gap behind.
    changed(
        "DELETE FROM events WHERE position = 21",
        &[
            "[stream.end] stream notice-squads-2021",
            "[read_models.ahead]",
            "events are missing at the end",
        ],
    );
}

#[test]
fn a_whole_stream_deleted_is_found() {
    changed(
        "DELETE FROM events WHERE stream = (SELECT id FROM streams WHERE name LIKE 'points-%')",
        &["[stream.end] stream points-", "says 2 events, the log ends with event 0", "16–17"],
    );
}

#[test]
fn a_tail_cut_off_together_with_its_trace_shows_in_the_read_models() {
    changed(
        "DELETE FROM events WHERE position = 21;
         UPDATE streams SET version = 3 WHERE name = 'notice-squads-2021'",
        &["The read models have seen position 21", "the log ends at 20 and does not hold it"],
    );
}

#[test]
fn a_shifted_version_is_named() {
    changed(
        "UPDATE events SET version = 9 WHERE position = 7",
        &["[stream.gap] position 7 stream volunteer-", "event 2 was expected, 9 was found"],
    );
}

#[test]
fn a_changed_table_of_streams_is_named() {
    changed(
        "UPDATE streams SET version = 7 WHERE name = 'squad-330225001'",
        &["[stream.end] stream squad-330225001", "says 7 events, the log ends with event 3"],
    );
}

#[test]
fn a_duplicate_id_is_named() {
    changed(
        "CREATE TABLE copy AS SELECT * FROM events; DROP TABLE events; ALTER TABLE copy RENAME TO events;
         UPDATE events SET id = (SELECT id FROM events WHERE position = 2) WHERE position = 8",
        &["[event.id] position 8", "is not unique: it stands at position 2 too"],
    );
}

#[test]
fn a_time_that_falls_is_named() {
    changed(
        "UPDATE events SET recorded_at = recorded_at - 86400000000000 WHERE position = 9",
        &["[log.time] position 9 stream squad-330225001 event 2"],
    );
}

#[test]
fn an_impossible_row_is_damage_and_no_end() {
    changed(
        "UPDATE events SET recorded_at = 9223372036854775807 WHERE position = 2",
        &["[log.damaged]", "nothing behind it was checked"],
    );
}

#[test]
fn what_cannot_be_read_is_named() {
    changed(
        "UPDATE events SET kind = 'Unheard' WHERE position = 3",
        &["[event.unreadable] position 3", "\"Unheard\"", "[read_models.not_compared]"],
    );
    changed(
        "UPDATE events SET data = x'7b7d' WHERE position = 3",
        &["[event.unreadable] position 3"],
    );
    changed(
        "UPDATE events SET metadata = x'7b7d' WHERE position = 3",
        &["[event.unreadable] position 3", "the metadata is malformed"],
    );
}

/// A county to which this event was appended; `verify` must name each of these.
#[track_caller]
fn appended(stream: &str, kind: &str, data: &str, findings: &[&str]) {
    let folder = county();
    folder.tell(stream, kind, data, "2021-12-20T00:00:00Z", None);
    folder.project();
    folder.run(&["verify"]).exits(1).says(findings);
}

#[test]
fn an_event_in_a_stream_of_another_kind_is_named() {
    appended(
        "unit-330225",
        "SquadApplied",
        r#"{"unit":"330225"}"#,
        &["[event.stream]", "\"squad\""],
    );
    appended(
        "unit-7",
        "UnitRegistered",
        r#"{"unit":"8","name":"某单位","kind":"town"}"#,
        &["[event.key] position 22 stream unit-7", "about 8"],
    );
}

#[test]
fn a_stream_begins_once_and_at_its_beginning() {
    appended(
        "unit-7",
        "HeadcountDeclared",
        r#"{"headcount":3}"#,
        &["[stream.start]", "does not begin"],
    );
    appended(
        "squad-330225001",
        "SquadApplied",
        r#"{"unit":"330225001"}"#,
        &["[stream.start]", "comes again"],
    );
}

#[test]
fn a_balance_below_zero_is_named() {
    appended(
        &format!("points-{VOLUNTEER}"),
        "PointsRedeemed",
        r#"{"redemption":2,"item":"TEA","name":"茶叶一份","points":900}"#,
        &["[points.negative] position 22", "falls to -7.50", "[points.sum]"],
    );
}

#[test]
fn points_that_cannot_be_are_named() {
    for points in ["-5", "9223372036854775807"] {
        let folder = county();
        let data = format!(r#"{{"record":2,"revision":1,"points":{points}}}"#);
        folder.tell(
            &format!("points-{VOLUNTEER}"),
            "PointsEarned",
            &data,
            "2021-12-20T00:00:00Z",
            None,
        );
        folder.run(&["verify"]).exits(1).says(&["[points.amount] position 22"]);
    }
}

#[test]
fn points_that_expire_without_having_been_there_are_named() {
    appended(
        &format!("points-{VOLUNTEER}"),
        "PointsExpired",
        r#"{"points":100,"expires_on":"2022-12-07"}"#,
        &["[points.balance] position 22", "sum to 0.50 points", "to 0.00"],
    );
}

/// The entry itself is right; the lots it names are not what it moves, so that read models would keep other ones.
#[test]
fn lots_that_are_not_what_an_entry_moves_are_named() {
    appended(
        &format!("points-{VOLUNTEER}"),
        "RedemptionCancelled",
        r#"{"redemption":1,"points":100,"lots":[{"expires_on":"2022-12-07","points":70}]}"#,
        &["[points.lots] position 22", "moves 1.00 points", "sum to 0.70"],
    );
}

/// 积分: debt is only what was used.
#[test]
fn a_debt_for_what_nobody_used_is_named() {
    appended(
        &format!("points-{VOLUNTEER}"),
        "PointsReversed",
        r#"{"record":1,"revision":1,"points":50,"owed":101,"lots":[{"expires_on":"2022-12-07","points":50}]}"#,
        &["[points.debt] position 22", "1.01 points are owed", "cost 1.00"],
    );
}

#[test]
fn minutes_that_do_not_add_up_are_named() {
    let service = format!("service-{VOLUNTEER}");
    appended(
        &service,
        "ServiceRecorded",
        &recorded(7, 10),
        &["[service.number]", "record 2 was expected"],
    );
    let void = r#"{"record":1,"revision":1,"reason":"误记","withdrawn":140,"total":0}"#;
    appended(
        &service,
        "ServiceVoided",
        void,
        &["[service.minutes]", "states 140 minutes", "make 150"],
    );
    let attested = r#"{"record":3,"revision":1,"minutes":5,"served_on":"2021-12-05","total":155}"#;
    appended(&service, "ServiceAttested", attested, &["[service.record]", "no service record 3"]);
}

#[test]
fn a_cause_that_never_was_and_a_rulebook_never_adopted_are_named() {
    let folder = county();
    let cause = Some(uuid::Uuid::from_u128(7));
    let at = "2021-12-20T00:00:00Z";
    folder.tell("unit-330225", "HeadcountDeclared", r#"{"headcount":3}"#, at, cause);
    let metadata = r#"{"actor":{"id":"office","role":"county_office"},"command":"00000000-0000-0000-0000-000000000001","rulebook":4}"#;
    folder.append(
        "unit-330225",
        "HeadcountDeclared",
        br#"{"headcount":4}"#.to_vec(),
        metadata.into(),
        at,
    );
    folder.project();
    folder.run(&["verify"]).exits(1).says(&[
        "[event.cause] position 22",
        "[event.rulebook] position 23",
        "rulebook version 4",
        "2 findings",
    ]);
}

#[test]
fn a_folder_without_a_log_is_no_finding_but_an_error() {
    let folder = Folder::new();
    std::fs::remove_file(folder.path("log.sqlite")).unwrap();
    let answer = folder.run_in("zh", &["verify"]).exits(3);
    assert!(answer.err.contains("没有事件日志") && answer.err.contains("--data"), "{}", answer.err);
}
