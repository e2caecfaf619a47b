//! What the rules forbid on the way from the notice to the completion.

use domain::Role;
use serde_json::json;

use super::{codes, codes_of, wrong};
use crate::village::{
    ABSENT, COUNCILLOR, EXECUTOR, Line, OTHER, RESOLUTION, SECRETARY, STATION, SUPERVISOR, Village,
    account, line,
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
        "until": "2025-01-09", "election": 1, "relatives": relatives
    });
    verified_by(person)
        .with("SupervisorsElected", |line| line.data["elected"] = json!([SUPERVISOR, person]))
        .and(station("GroupMemberAppointed", "01-11", appointed))
}

/// After 村民委员会组织法 §32.
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
    wrong(&declared("04-28"), &[]);
    let noted = ["decision.verifier_related_since"];
    assert_eq!(codes(&declared("04-28"), "04-30", &["note"]), noted, "they must declare it");
    assert_eq!(codes(&declared("03-01"), "04-30", &["note"]), [""; 0]);
    // A later declaration does not take the tie back.
    let dropped =
        station("RelativesDeclared", "03-02", json!({"member": COUNCILLOR, "relatives": []}));
    let both = ["decision.verifier_related", "decision.verifier_related"];
    wrong(&declared("03-01").and(dropped), &both);
}

/// As a program told it that knows bodies: the council, openly.
fn adopted_by(body: &str, in_favour: Option<&[&str]>, village: Village) -> Village {
    let village = village.with("MeetingConvened", |line| line.data["body"] = json!(body));
    village.with("ResolutionAdopted", |line| {
        line.data["body"] = json!(body);
        if let Some(people) = in_favour {
            line.data["in_favour"] = json!(people);
        }
    })
}

/// Of the council whoever voted for it decided it; having voted among representatives excludes nobody.
#[test]
fn whose_decision_it_is_depends_on_the_body_and_the_votes() {
    let council = |village| adopted_by("council", Some(&[SECRETARY, COUNCILLOR]), village);
    wrong(&council(official(COUNCILLOR, &[])), &["decision.verifier_voted"]);
    wrong(&council(official(NEWCOMER, &[COUNCILLOR])), &["decision.verifier_related"]);
    // They voted against it.
    wrong(&council(official(OTHER, &[])), &[]);
    wrong(&council(official(NEWCOMER, &[OTHER])), &[]);
    // Whatever the adoption says, the votes count.
    let hidden = adopted_by("council", Some(&[]), official(COUNCILLOR, &[]));
    wrong(&hidden, &["decision.verifier_voted"]);
    let representatives = |village| adopted_by("representatives", None, village);
    wrong(&representatives(official(COUNCILLOR, &[])), &[]);
    let near = ["decision.verifier_near_governing"];
    wrong(&representatives(official(NEWCOMER, &[SECRETARY])), &near);
    wrong(&representatives(official(NEWCOMER, &[EXECUTOR])), &["decision.verifier_related"]);
}

/// It was decided on 2022-03-03.
#[test]
fn a_tie_counts_until_it_ended() {
    let ended = |on: &str| {
        let data = json!({"member": EXECUTOR, "relative": NEWCOMER, "ended_on": on});
        official(NEWCOMER, &[EXECUTOR]).and(station("KinshipEnded", "04-01", data))
    };
    wrong(&ended("2022-03-03"), &["decision.verifier_related"]);
    wrong(&ended("2022-03-02"), &[]);
    // Told after the decision, it counts for that, whenever it ended.
    let told = |on: &str| {
        let data = json!({
            "member": EXECUTOR, "relative": NEWCOMER, "ended_on": "2022-03-01", "told_on": on
        });
        official(NEWCOMER, &[EXECUTOR]).and(station("KinshipEnded", on.split_at(5).1, data))
    };
    wrong(&told("2022-04-01"), &["decision.verifier_related"]);
    wrong(&told("2022-03-02"), &[]);
}

/// Whoever is a relative again once it is verified was perhaps one all the time.
#[test]
fn a_tie_that_ends_for_the_verdict_is_looked_at() {
    let data = json!({"member": EXECUTOR, "relative": NEWCOMER, "ended_on": "2022-03-02"});
    let again = json!({"member": NEWCOMER, "relatives": [EXECUTOR]});
    let paused = official(NEWCOMER, &[EXECUTOR])
        .and(station("KinshipEnded", "04-01", data))
        .and(station("RelativesDeclared", "04-20", again));
    let again = "decision.verifier_related_again".to_owned();
    assert!(codes_of("decisions", &paused, "2022-04-30").contains(&again));
    assert!(!codes_of("decisions", &paused, "2022-04-19").contains(&again));
}

/// After 村民委员会组织法 §32: a supervisor's appointment rests on an election that somebody else recorded.
#[test]
fn a_verifier_was_elected() {
    let unelected = ["decision.verifier_unelected"; 2];
    let nobody =
        Village::clean().with("SupervisorsElected", |line| line.data["elected"] = json!([OTHER]));
    wrong(&nobody, &unelected);
    let later = Village::clean()
        .with("SupervisorsElected", |line| line.data["held_on"] = json!("2022-01-11"));
    wrong(&later, &unelected);
    let alone = Village::clean().with("SupervisorsElected", |line| {
        line.data["recorder"] = json!({"account": "office"});
    });
    wrong(&alone, &unelected);
    let silent = |village: Village| {
        village.with_last("GroupMemberAppointed", |line| {
            line.data.as_object_mut().unwrap().remove("election");
        })
    };
    wrong(&silent(Village::clean()), &unelected);
    // So it was before elections were recorded.
    let before = silent(Village::clean().without("SupervisorsElected"));
    wrong(&before, &[]);
    assert_eq!(codes(&before, "04-30", &["note"]), unelected);
}

#[test]
fn a_change_of_supervisors_during_an_execution_is_noted() {
    let left = |day| {
        let data = json!({"group": "supervision", "member": NEWCOMER, "reason": "搬离"});
        Village::clean().and(station("GroupMemberLeft", day, data))
    };
    let noted = |village: &Village| codes(village, "04-30", &["note"]);
    assert_eq!(noted(&left("03-20")), ["decision.supervisors_changed"]);
    assert_eq!(noted(&left("04-11")), ["decision.supervisors_changed"], "claimed");
    for day in ["03-13", "04-13"] {
        assert_eq!(noted(&left(day)), [""; 0], "{day}");
    }
    assert_eq!(noted(&official(NEWCOMER, &[])), [""; 0], "they joined before");
}

/// Whoever governed since the decision does not judge its execution, whether or not they left.
#[test]
fn a_verifier_has_not_governed_since_the_decision() {
    let appointed = |group: &str, capacity: &str, until: &str| {
        let data = json!({
            "group": group, "member": SUPERVISOR, "capacity": capacity, "from": "2022-01-10", "until": until
        });
        Village::clean().and(station("GroupMemberAppointed", "01-09", data))
    };
    let governs = ["decision.verifier_governs", "decision.verifier_governs"];
    wrong(&appointed("leading_group", "mediator", "2022-03-03"), &governs);
    wrong(&appointed("party_branch", "branch_secretary", "2022-03-03"), &governs);
    wrong(&appointed("council", "committee_member", "2025-01-09"), &governs);
    wrong(&appointed("council", "committee_member", "2022-03-02"), &[]);
    wrong(&appointed("council", "representative", "2025-01-09"), &[]);
    let left = |day| {
        let data = json!({"group": "leading_group", "member": SUPERVISOR, "reason": "换届"});
        appointed("leading_group", "mediator", "2025-01-09").and(station(
            "GroupMemberLeft",
            day,
            data,
        ))
    };
    wrong(&left("03-10"), &governs);
    wrong(&left("03-02"), &[]);
}

#[test]
fn a_village_does_not_undo_its_own_decision() {
    let withdrawn = |role: Role, unit: Option<&str>| {
        let mut told =
            line(RESOLUTION, "ResolutionWithdrawn", "03-10", json!({"reason": "另行选址"}));
        told.actor = account("somebody", role, None);
        told.actor.unit = unit.map(|unit| unit.parse().unwrap());
        Village::clean().until("ResolutionObjectionAnswered").and(told)
    };
    let village = ["decision.withdrawn_by_village"];
    wrong(&withdrawn(Role::LeadingGroup, Some(STATION)), &village);
    wrong(&withdrawn(Role::UnitAdministrator, Some(STATION)), &village);
    wrong(&withdrawn(Role::UnitAdministrator, Some("330225101")), &village);
    wrong(&withdrawn(Role::UnitAdministrator, Some("330225100")), &[]);
    wrong(&withdrawn(Role::UnitAdministrator, None), &[]);
    wrong(&withdrawn(Role::CountyOffice, None), &[]);
}

#[test]
fn the_meeting_that_was_told_is_the_right_one() {
    let sealed = |change: fn(&mut Line)| Village::clean().with_last("MinutesSealed", change);
    let unreported = ["decision.meeting_without_report"];
    wrong(&sealed(|line| line.data["reports"] = json!([])), &unreported);
    let unsealed = Village::clean().with("MeetingInformed", |line| {
        line.data["meeting"] = json!("0b0e7c7e-3f1c-4c47-9c3f-1f2e3d4c5b6b");
    });
    wrong(&unsealed, &unreported);
    let early = ["decision.meeting_before_verification"];
    wrong(&sealed(|line| line.data["held_on"] = json!("2022-04-11")), &early);
    wrong(&sealed(|line| line.data["held_on"] = json!("2022-04-12")), &[]);
    let elsewhere = Village::clean().with_last("MeetingConvened", |line| {
        line.data["station"] = json!("330225101201");
    });
    wrong(&elsewhere, &["decision.meeting_elsewhere"]);
}

#[test]
fn a_notice_stands_for_the_days_of_the_rulebook() {
    let period = ["decision.notice_period"];
    let publicised = |kind: &str, from: &str, to: &str| {
        let village = Village::clean();
        village.with(kind, |line| {
            (line.data["opens_on"], line.data["closes_on"]) = (json!(from), json!(to))
        })
    };
    wrong(&publicised("ResolutionPublicised", "2022-03-04", "2022-03-10"), &period);
    wrong(&publicised("ResolutionPublicised", "2022-03-03", "2022-03-10"), &period);
    wrong(&publicised("CompletionPublicised", "2022-04-22", "2022-04-25"), &period);
}

#[test]
fn only_the_executor_claims() {
    let other = Village::clean().with("CompletionClaimed", |line| {
        line.actor = account("somebody", Role::Councillor, Some(COUNCILLOR));
    });
    wrong(&other, &["decision.claimed_by_another"]);
    let nobody = Village::clean().with("CompletionClaimed", |line| line.actor.person = None);
    wrong(&nobody, &["decision.claimed_by_another"]);
}

/// What the branch hears before is good to know and no report of a verification.
#[test]
fn a_branch_may_hear_of_the_work_before_it_is_verified() {
    let early =
        |day: &str| line(RESOLUTION, "PartyBranchInformed", day, json!({"findings": "进度偏慢"}));
    wrong(&Village::clean().and(early("03-20")).and(early("04-06")), &[]);
    let village = Village::clean().until("CompletionVerified").and(early("04-06"));
    super::missing(&village, "04-22", "04-23", "decision.branch_not_informed");
}

#[test]
fn a_claim_is_verified_by_another_account_before_it_is_publicised() {
    let own = Village::clean().without("CompletionReturned").with("CompletionVerified", |line| {
        line.actor = account("executor-1", Role::Councillor, Some(EXECUTOR));
    });
    wrong(&own, &["decision.verified_by_claimant"]);
    let unclaimed = Village::clean().without("CompletionClaimed").without("CompletionReturned");
    wrong(&unclaimed, &["decision.nothing_claimed"]);
    let unverified = Village::clean().without("CompletionVerified");
    let both = ["decision.completed_unverified", "decision.meeting_before_verification"];
    assert_eq!(codes(&unverified, "04-22", &["wrong"]), both);
    let silent = Village::clean().without("PartyBranchInformed");
    assert_eq!(codes(&silent, "04-22", &["wrong"]), ["decision.completed_without_branch"]);
    let silent = Village::clean().without("MeetingInformed");
    assert_eq!(codes(&silent, "04-22", &["wrong"]), ["decision.completed_without_meeting"]);
}
