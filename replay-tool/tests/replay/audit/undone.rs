//! What was not done, or done late.

use serde_json::json;

use super::{audit, codes, missing, wrong};
use crate::fixture::Folder;
use crate::village::{COUNCILLOR, Line, MEETING, NEXT, RESOLUTION, URGENT, Village, line};

#[test]
fn a_step_not_taken_in_its_time_is_missing() {
    let step = |kind, last, next, code| missing(&Village::clean().until(kind), last, next, code);
    step("ResolutionAdopted", "03-13", "03-14", "decision.not_publicised");
    step("ResolutionObjectionFiled", "03-11", "03-12", "decision.objection_unanswered");
    step("ResolutionObjectionAnswered", "03-21", "03-22", "decision.notice_not_closed");
    step("ResolutionNoticeClosed", "03-22", "03-23", "decision.not_assigned");
    step("ExecutionProgressed", "04-10", "04-11", "decision.execution_overdue");
    step("CompletionClaimed", "04-12", "04-13", "decision.claim_unverified");
    step("CompletionReturned", "04-15", "04-16", "decision.execution_overdue");
    step("CompletionVerified", "04-22", "04-23", "decision.branch_not_informed");
    step("MeetingInformed", "04-30", "05-01", "decision.completion_not_publicised");
}

#[test]
fn minutes_without_a_resolution_owe_its_publication() {
    let village = Village::clean().until("MinutesSealed");
    missing(&village, "03-13", "03-14", "decision.not_publicised");
}

#[test]
fn an_upheld_objection_is_followed_by_a_correction_or_a_withdrawal() {
    let stopped = || {
        let answered = Village::clean().until("ResolutionObjectionAnswered");
        answered.with("ResolutionObjectionAnswered", |line| line.data["verdict"] = json!("upheld"))
    };
    let tell = |kind, at: &str, data| line(RESOLUTION, kind, at, data);
    missing(&stopped(), "03-18", "03-19", "decision.not_corrected");
    let withdrawn = tell("ResolutionWithdrawn", "03-10", json!({"reason": "另行选址"}));
    wrong(&stopped().and(withdrawn), &[]);
    let corrected = json!({"text": "增设一处", "reason": "异议成立"});
    let again = json!({"period": 2, "opens_on": "2022-03-10", "closes_on": "2022-03-17"});
    let corrected = stopped().and(tell("ResolutionCorrected", "03-10", corrected)).and(tell(
        "ResolutionPublicised",
        "03-10T09:01",
        again,
    ));
    missing(&corrected, "03-27", "03-28", "decision.notice_not_closed");
}

#[test]
fn what_the_village_left_unanswered_stays_so_until_somebody_answers() {
    let escalated = |until: &str, cause: &str| {
        let data = json!({"objection": 1, "cause": cause, "answer_due": "2022-03-17"});
        let line = line(RESOLUTION, "ResolutionObjectionEscalated", "03-12", data);
        Village::clean().until(until).and(line)
    };
    let overdue = escalated("ResolutionObjectionFiled", "overdue");
    missing(&overdue, "03-11", "03-12", "decision.objection_unanswered");
    // Who does not accept an answer has had one; the town has days of its own.
    let unsatisfied = escalated("ResolutionObjectionAnswered", "unsatisfied");
    missing(&unsatisfied, "03-17", "03-18", "decision.objection_unanswered");
}

/// A period counts for the days it really stood.
#[test]
fn a_notice_counts_until_its_end_or_an_upheld_objection() {
    let days = |village: &Village, day: &str| {
        let as_of = format!("2022-{day}");
        let answer = audit(&village.told(), &["--as-of", &as_of, "--format", "json"]);
        answer.json()["rows"][0]["notice_days"].as_i64().unwrap()
    };
    let open = Village::clean().until("ResolutionObjectionFiled");
    assert_eq!([days(&open, "03-07"), days(&open, "03-30")], [3, 7]);
    let answered = Village::clean().until("ResolutionObjectionAnswered");
    let upheld =
        answered.with("ResolutionObjectionAnswered", |line| line.data["verdict"] = json!("upheld"));
    assert_eq!(days(&upheld, "03-30"), 4);
    let again = json!({"period": 2, "opens_on": "2022-03-10", "closes_on": "2022-03-17"});
    let again = upheld.and(line(RESOLUTION, "ResolutionPublicised", "03-10", again));
    assert_eq!([days(&again, "03-12"), days(&again, "03-30")], [6, 11]);
    let withdrawn = line(RESOLUTION, "ResolutionWithdrawn", "03-12", json!({"reason": "另行选址"}));
    assert_eq!(days(&again.and(withdrawn), "03-30"), 6);
}

#[test]
fn the_first_day_due_and_every_move_are_shown() {
    let due = |village: &Village| {
        let answer = audit(&village.told(), &["--as-of", "2022-04-01", "--format", "json"]);
        let row = answer.json()["rows"][0].clone();
        ["due", "first_due", "due_moves"].map(|name| row[name].to_string().replace('"', ""))
    };
    let began = || Village::clean().until("ExecutionProgressed");
    assert_eq!(due(&began()), ["2022-04-10", "2022-04-10", "0"]);
    let extended = json!({"from": "2022-04-10", "to": "2022-04-20", "reason": "连日下雨"});
    let extended = began().and(line(RESOLUTION, "ExecutionExtended", "03-26", extended));
    assert_eq!(due(&extended), ["2022-04-20", "2022-04-10", "1"]);
    let passed_on = |village: Village, day: &str| {
        let data = json!({"executor": COUNCILLOR, "office": "网格员", "due": day});
        village.and(line(RESOLUTION, "ExecutionAssigned", "03-28", data))
    };
    assert_eq!(due(&passed_on(extended, "2022-05-01")), ["2022-05-01", "2022-04-10", "2"]);
    assert_eq!(due(&passed_on(began(), "2022-04-10")), ["2022-04-10", "2022-04-10", "0"]);
    // Who goes on with what is overdue has not put anything off.
    let data = json!({"executor": COUNCILLOR, "office": "网格员", "due": "2022-04-10"});
    let overdue = began().and(line(RESOLUTION, "ExecutionAssigned", "04-12", data));
    let found = codes(&overdue, "04-30", &["missing", "late"]);
    assert_eq!(found, ["decision.execution_overdue"]);
}

/// What waits for an answer has its own days after it.
#[test]
fn an_answer_gives_time_for_what_waited_for_it() {
    let late = |kind, at: &str, data| line(RESOLUTION, kind, at, data);
    let village = Village::clean().until("ResolutionNoticeClosed");
    let filed =
        json!({"objection": 2, "ground": "费用过高", "answer_due": "2022-03-25", "late": true});
    let answered = json!({"objection": 2, "verdict": "dismissed", "answer": "费用已核"});
    let village = village.and(late("ResolutionObjectionFiled", "03-20", filed)).and(late(
        "ResolutionObjectionAnswered",
        "03-25",
        answered,
    ));
    missing(&village, "04-04", "04-05", "decision.not_assigned");
    assert_eq!(codes(&village, "03-24", &["missing"]), [""; 0]);
}

/// Whether or not the station holds one.
#[test]
fn the_next_meeting_is_to_be_told() {
    let silent = Village::clean().until("PartyBranchInformed");
    missing(&silent, "05-23", "05-24", "decision.meeting_not_informed");
    let held = Village::clean().until("MeetingInformed").without("MeetingInformed");
    missing(&held, "05-23", "05-24", "decision.meeting_not_informed");
}

#[test]
fn what_could_not_wait_is_ratified_by_the_next_meeting() {
    let village = Village::clean()
        .with("IssueRatified", |line| {
            line.kind = "RatificationMissed";
            line.data = json!({"meeting": MEETING});
        })
        .with("MinutesSealed", |line| line.data["topics"][1]["outcome"] = json!("deferred"));
    missing(&village, "03-02", "03-03", "expedited.not_ratified");
    let answer = audit(&village.told(), &["--as-of", "2022-04-30", "--failures-only"]).exits(1);
    answer.says(&[
        "[expedited.not_ratified] missing issue-Y000000000002 The next meeting 6f9619ff",
        "held on 2022-03-03",
    ]);
    // Whether or not a meeting was held.
    let waiting = Village::clean().until("IssueExpedited");
    missing(&waiting, "04-03", "04-04", "expedited.not_ratified");
    // A meeting that had been called before, or is another body's, is not the next one.
    let before = village.clone().with("MeetingConvened", |line| {
        line.at = "2022-02-21T10:00:00+08:00".to_owned();
    });
    let mut before = before.until("MeetingHeld");
    before.0.sort_by(|one, other| one.at.cmp(&other.at));
    assert_eq!(codes(&before.without("ResolutionAdopted"), "03-12", &["missing"]), [""; 0]);
    let of_others = village.clone().with("MeetingConvened", |line| {
        line.data["body"] = json!("representatives");
    });
    assert_eq!(codes(&of_others, "03-12", &["missing", "wrong"]), [""; 0]);
    // A later one may still ratify.
    let urgent = json!({"title": "追认清理塌方路段", "issue": URGENT, "ratifies": true, "matter": "ordinary"});
    let minutes =
        json!({"topic": 1, "process": "听取了情况", "result": "予以追认", "outcome": "adopted"});
    let ratified = village
        .with_last("MeetingConvened", |line| line.data["agenda"] = json!([urgent]))
        .with_last("MinutesSealed", |line| line.data["topics"] = json!([minutes]))
        .and(line(
            &format!("issue-{URGENT}"),
            "IssueRatified",
            "04-20T18:01",
            json!({"meeting": NEXT, "topic": 1}),
        ));
    let found = codes(&ratified, "04-30", &["missing", "wrong", "late"]);
    let unvoted = ["without_legal_opinion", "without_majority", "without_quorum"];
    let unvoted = unvoted.map(|code| format!("decision.{code}"));
    assert_eq!(found[..3], unvoted, "nobody came and voted");
    assert_eq!(found[3..], ["expedited.not_ratified"], "late");
    let late = codes(&ratified, "04-30", &["missing", "late"]);
    assert_eq!(late, ["expedited.not_ratified"]);
    assert_eq!(codes(&ratified, "04-30", &["missing"]), [""; 0]);
}

/// A meeting said no: it does not count as done until the register says why.
#[test]
fn what_a_meeting_denied_is_rejected_with_a_reason() {
    let denied = Village::clean()
        .without("IssueRatified")
        .with("MinutesSealed", |line| line.data["topics"][1]["outcome"] = json!("not_adopted"));
    missing(&denied, "03-02", "03-03", "expedited.denied");
    audit(&denied.told(), &["--as-of", "2022-04-30", "--failures-only", "--format", "csv"])
        .exits(1)
        .says(&[&format!("2022-03-03,{MEETING},,")]);
    let rejected = json!({"reason": "事后核实并不紧急"});
    let rejected = line(&format!("issue-{URGENT}"), "IssueRejected", "03-10", rejected);
    wrong(&denied.and(rejected), &[]);
}

#[test]
fn what_was_done_late_is_listed_and_does_not_fail() {
    let late = Village::clean().with("ExecutionAssigned", |line| {
        line.at = "2022-03-24T09:00:00+08:00".to_owned();
    });
    assert_eq!(codes(&late, "04-30", &["missing", "wrong", "late"]), ["decision.not_assigned"]);
    let extended = json!({"from": "2022-04-10", "to": "2022-05-10", "reason": "连日下雨"});
    let extended = Village::clean().until("ExecutionProgressed").and(line(
        RESOLUTION,
        "ExecutionExtended",
        "04-12",
        extended,
    ));
    assert_eq!(codes(&extended, "04-30", &["late"]), ["decision.execution_overdue"]);
    missing(&extended, "05-10", "05-11", "decision.execution_overdue");
    audit(&extended.told(), &["--as-of", "2022-04-30"]).exits(0).says(&[
        "[decision.execution_overdue] late",
        "Put off to 2022-05-10 when it was 2 days overdue",
    ]);
}

#[test]
fn reopened_work_is_assigned_anew() {
    let reopened = json!({"reason": "收集点损坏"});
    let reopened = Village::clean().and(line(RESOLUTION, "ResolutionReopened", "05-02", reopened));
    missing(&reopened, "05-12", "05-13", "decision.not_assigned");
}

/// Figures are those of the version that the fact rests on.
#[test]
fn the_days_are_those_of_the_rulebook_in_force() {
    let mut adopted = serde_json::to_value(domain::rulebook::Adopted::shipped()).unwrap();
    adopted["version"] = json!(1);
    adopted["rules"]["deliberation"]["step_days"]["value"] = json!(3);
    let folder = Folder::new();
    let (adopted, before) = (adopted.to_string(), "2022-01-01T00:00:00Z");
    folder.tell("rulebook-county", "RulebookAdopted", &adopted, before, None);
    for Line { stream, kind, data, at, .. } in Village::clean().until("ResolutionAdopted").0 {
        let metadata = json!({
            "actor": {"id": "office", "role": "county_office"},
            "command": "00000000-0000-0000-0000-000000000001", "rulebook": 1
        });
        let event = domain::Event::decode(kind, data.to_string().as_bytes()).unwrap();
        folder.append(&stream, kind, event.encode().unwrap(), metadata.to_string().into(), &at);
    }
    audit(&folder, &["--as-of", "2022-03-06"]).exits(0);
    audit(&folder, &["--as-of", "2022-03-07"]).exits(1).says(&[
        "[decision.not_publicised] missing",
        "1 days overdue: it was due until 2022-03-06",
    ]);
}
