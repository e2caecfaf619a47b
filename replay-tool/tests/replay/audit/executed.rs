//! What the rules forbid on the way from the notice to the completion.

use serde_json::json;

use super::{codes, wrong};
use crate::village::{
    ABSENT, COUNCILLOR, EXECUTOR, Line, OTHER, RESOLUTION, SECRETARY, STATION, SUPERVISOR, Village,
    line,
};

/// Of the supervision group too, where a test appoints them.
const NEWCOMER: &str = "V00000000000C";

#[test]
fn a_notice_neither_closes_early_nor_over_an_objection() {
    let early = Village::clean().with("ResolutionNoticeClosed", |line| {
        line.at = "2022-03-11T23:59:00+08:00".to_owned();
    });
    wrong(&early, &["decision.notice_closed_early"]);
    let over = Village::clean().without("ResolutionObjectionAnswered");
    assert_eq!(codes(&over, "03-13", &["wrong"]), ["decision.closed_over_objection"]);
}

#[test]
fn only_what_was_publicised_without_open_objection_is_assigned() {
    wrong(&Village::clean().without("ResolutionNoticeClosed"), &["decision.assigned_early"]);
    let filed =
        json!({"objection": 2, "ground": "费用过高", "answer_due": "2022-03-18", "late": true});
    let answered = json!({"objection": 2, "verdict": "dismissed", "answer": "费用已核"});
    let late = Village::clean()
        .and(line(RESOLUTION, "ResolutionObjectionFiled", "03-13", filed))
        .and(line(RESOLUTION, "ResolutionObjectionAnswered", "03-15", answered));
    wrong(&late, &["decision.assigned_early"]);
}

fn verified_by(person: &str) -> Village {
    Village::clean().without("CompletionReturned").with("CompletionVerified", |line| {
        line.data["verifier"] = json!(person);
    })
}

fn station(kind: &'static str, at: &str, data: serde_json::Value) -> Line {
    line(&format!("station-{STATION}"), kind, at, data)
}

/// Verified by somebody of the supervision group with these near relatives.
fn official(person: &str, relatives: &[&str]) -> Village {
    let appointed = json!({
        "group": "supervision", "member": person, "capacity": "volunteer", "from": "2022-01-10",
        "until": "2025-01-09", "relatives": relatives
    });
    verified_by(person).and(station("GroupMemberAppointed", "01-11", appointed))
}

/// 村民委员会组织法 §32.
#[test]
fn a_verifier_judges_neither_themselves_nor_anybody_near() {
    wrong(&official(OTHER, &[]), &["decision.verifier_voted"]);
    wrong(&official(EXECUTOR, &[]), &["decision.verifier_executes"]);
    wrong(&official(NEWCOMER, &[EXECUTOR]), &["decision.verifier_related"]);
    wrong(&official(NEWCOMER, &[SECRETARY]), &["decision.verifier_related"]);
    wrong(&official(NEWCOMER, &[ABSENT]), &[]);
    wrong(&official(NEWCOMER, &[]), &[]);
}

#[test]
fn a_verifier_is_in_office_on_the_day() {
    let unknown = ["decision.verifier_not_in_office"];
    wrong(&verified_by(NEWCOMER), &unknown);
    let left = json!({"group": "supervision", "member": SUPERVISOR, "reason": "搬离"});
    wrong(&Village::clean().and(station("GroupMemberLeft", "04-11", left)), &unknown);
    let until = |day: &str| {
        let last = format!("2022-{day}");
        Village::clean().with_last("GroupMemberAppointed", |line| line.data["until"] = json!(last))
    };
    wrong(&until("04-11"), &unknown);
    wrong(&until("04-12"), &[]);
}

/// Whoever of the two declared it, and whenever.
#[test]
fn a_relation_counts_from_both_sides() {
    let declared = |day| {
        let data = json!({"member": COUNCILLOR, "relatives": [SUPERVISOR]});
        Village::clean().and(station("RelativesDeclared", day, data))
    };
    // The return of the first claim was no less of a judgement.
    wrong(&declared("03-01"), &["decision.verifier_related", "decision.verifier_related"]);
    wrong(&declared("04-28"), &["decision.verifier_related_since"]);
}

#[test]
fn a_claim_is_verified_by_another_account_before_it_is_publicised() {
    let own = Village::clean().without("CompletionReturned").with("CompletionVerified", |line| {
        line.account = "executor-1".to_owned();
    });
    wrong(&own, &["decision.verified_by_claimant"]);
    let unclaimed = Village::clean().without("CompletionClaimed").without("CompletionReturned");
    wrong(&unclaimed, &["decision.nothing_claimed"]);
    let unverified = Village::clean().without("CompletionVerified");
    assert_eq!(codes(&unverified, "04-22", &["wrong"]), ["decision.completed_unverified"]);
}
