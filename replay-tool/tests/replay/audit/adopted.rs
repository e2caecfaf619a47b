//! What the rules forbid on the way to a decision.

use serde_json::json;

use super::wrong;
use crate::village::{ABSENT, COUNCILLOR, OTHER, Village};

#[test]
fn whoever_votes_was_there_and_votes_once() {
    let vote = |member: &str| {
        Village::clean().with("VotesCast", |line| {
            let votes = line.data["votes"].as_array_mut().unwrap();
            votes.push(json!({"member": member, "choice": "agree"}));
        })
    };
    wrong(&vote(ABSENT), &["decision.voter_absent"]);
    wrong(&vote(OTHER), &["decision.voted_twice"]);
}

#[test]
fn quorum_majority_and_legal_opinion_are_recounted() {
    let few = Village::clean().with("MeetingConvened", |line| {
        line.data["agenda"].as_array_mut().unwrap().truncate(1);
        let more = ["V00000000000D", "V00000000000E"].map(|it| json!(it));
        line.data["members"].as_array_mut().unwrap().extend(more);
    });
    wrong(&few, &["decision.without_quorum"]);
    let against = Village::clean().with("VotesCast", |line| {
        line.data["votes"][1]["choice"] = json!("abstain");
    });
    wrong(&against, &["decision.without_majority"]);
    // A major matter takes two thirds, which two of three are.
    let major = |choice: &str| {
        let heavy = Village::clean().with("MeetingConvened", |line| {
            line.data["agenda"][0]["matter"] = json!("major");
        });
        heavy.with("VotesCast", |line| line.data["votes"][1]["choice"] = json!(choice))
    };
    wrong(&major("agree"), &[]);
    wrong(&major("abstain"), &["decision.without_majority"]);
    let unlawful =
        Village::clean().with("LegalOpinionGiven", |line| line.data["lawful"] = json!(false));
    wrong(&unlawful, &["decision.without_legal_opinion"]);
}

/// 民法典 §278.
#[test]
fn owners_decide_by_area_too() {
    let owners = |area: u32| {
        Village::clean()
            .with("MeetingConvened", |line| {
                line.data["body"] = json!("owners");
                line.data["members"] = json!([]);
                line.data["electorate"] = json!({"heads": 4, "area": 10_000});
            })
            .with("AttendanceTaken", |line| {
                for owner in line.data["present"].as_array_mut().unwrap() {
                    owner["area"] = json!(area);
                }
            })
    };
    wrong(&owners(3_000), &[]);
    wrong(&owners(2_000), &["decision.without_quorum"]);
}

#[test]
fn an_adoption_needs_sealed_minutes_that_say_so() {
    let unsealed = Village::clean().with("MinutesSealed", |line| {
        line.data["topics"][0]["outcome"] = json!("deferred");
    });
    wrong(&unsealed, &["decision.without_minutes"]);
}

#[test]
fn an_approval_and_a_ratification_need_their_grounds() {
    let approved =
        Village::clean().with("IssueExpedited", |line| line.data["approver"] = json!(COUNCILLOR));
    wrong(&approved, &["expedited.approver_not_in_office"]);
    let ratified = Village::clean().with("IssueRatified", |line| line.data["topic"] = json!(3));
    wrong(&ratified, &["expedited.ratified_without_minutes"]);
}
