//! Who was there for a vote, when it was counted, and what came before it.

use serde_json::{Value, json};

use super::codes;
use crate::village::{COUNCILLOR, ISSUE, MEETING, OTHER, SECRETARY, Village, line};

/// What is wrong with the vote on the first topic, before the minutes are sealed.
fn wrong(village: Village) -> Vec<String> {
    codes(&village.without("IssueExpedited"), "03-10", &["wrong"])
}

fn votes(choices: &[(&str, &str)]) -> Value {
    let vote = |(member, choice): &(&str, &str)| json!({"member": member, "choice": choice});
    json!({"topic": 1, "votes": choices.iter().map(vote).collect::<Vec<_>>()})
}

/// The first topic, voted on so and counted with this outcome.
fn counted(choices: &[(&str, &str)], outcome: &str, unvoted: Option<u32>) -> Village {
    Village::clean()
        .until("TopicDecided")
        .with("VotesCast", |line| line.data = votes(choices))
        .with("TopicDecided", |line| {
            line.data["outcome"] = json!(outcome);
            if let Some(unvoted) = unvoted {
                line.data["unvoted"] = json!(unvoted);
            }
        })
}

fn at(kind: &'static str, time: &str, data: Value) -> crate::village::Line {
    line(&format!("meeting-{MEETING}"), kind, &format!("03-03T{time}"), data)
}

#[test]
fn a_count_waits_for_votes_that_could_turn_it() {
    let (one, two) = ((SECRETARY, "agree"), (COUNCILLOR, "agree"));
    let early = || counted(&[one], "not_adopted", Some(2));
    assert_eq!(wrong(early()), ["decision.counted_early"]);
    // Two of three agree, whatever the third would say; and what was counted before anybody was asked is left alone.
    assert_eq!(wrong(counted(&[one, two], "adopted", Some(1))), [""; 0]);
    assert_eq!(wrong(counted(&[one], "not_adopted", None)), [""; 0]);
    // Opened again and counted when all had voted, nothing is left of it.
    let again = early()
        .and(at("CountReopened", "15:40", json!({"topic": 1, "reason": "漏计两票"})))
        .and(at("VotesCast", "15:45", votes(&[two, (OTHER, "against")])))
        .and(at("TopicDecided", "15:50", {
            let mut data = early().data("TopicDecided");
            (data["outcome"], data["unvoted"]) = (json!("adopted"), json!(0));
            data
        }));
    assert_eq!(wrong(again), [""; 0]);
}

#[test]
fn who_left_is_no_part_of_the_vote() {
    let all = [(SECRETARY, "agree"), (COUNCILLOR, "agree"), (OTHER, "agree")];
    let gone = at("AttendeesDeparted", "14:45", json!({"members": [OTHER]}));
    let left = || counted(&all[..2], "adopted", Some(0)).and(gone.clone());
    assert_eq!(wrong(left()), ["decision.without_quorum"], "two of four");
    assert_eq!(
        wrong(counted(&all, "adopted", Some(0)).and(gone.clone())),
        ["decision.voter_absent"]
    );
    let back = at("AttendeesReturned", "14:50", json!({"members": [OTHER]}));
    assert_eq!(wrong(left().and(back)), [""; 0]);
}

#[test]
fn a_secret_count_comes_to_those_who_voted() {
    let secret = |voters: &[&str]| {
        counted(&[], "adopted", Some(0))
            .with("MeetingConvened", |line| line.data["agenda"][0]["secret"] = json!(true))
            .with("VotesCast", |line| {
                (line.kind, line.data) = ("BallotsCast", json!({"topic": 1, "voters": voters}));
            })
    };
    assert_eq!(wrong(secret(&[SECRETARY, COUNCILLOR, OTHER])), [""; 0]);
    assert_eq!(wrong(secret(&[SECRETARY, COUNCILLOR])), ["decision.ballots_differ"]);
}

#[test]
fn no_step_of_a_great_matter_is_skipped_nor_its_body() {
    let all = [(SECRETARY, "agree"), (COUNCILLOR, "agree"), (OTHER, "agree")];
    let great = |body: &str| {
        counted(&all, "adopted", Some(0)).with("MeetingConvened", |line| {
            line.data["body"] = json!(body);
            line.data["agenda"][0]["listed"] = json!("G1");
        })
    };
    let skipped = ["decision.step_skipped"; 3];
    assert_eq!(wrong(great("council")), [&["decision.great_matter_body"], &skipped[..]].concat());
    assert_eq!(wrong(great("representatives")), skipped);
    let steps = ["branch_proposal", "consultation", "party_review"];
    let taken = steps.into_iter().fold(great("representatives"), |village, step| {
        let data = json!({"step": step, "held_on": "2022-02-22", "conclusion": "同意"});
        village.and(line(&format!("issue-{ISSUE}"), "GreatMatterStepTaken", "02-22", data))
    });
    assert_eq!(wrong(taken), [""; 0]);
}

#[test]
fn a_choir_s_programme_needs_no_legal_opinion() {
    let all = [(SECRETARY, "agree"), (COUNCILLOR, "agree"), (OTHER, "agree")];
    for (code, expected) in [("G5", &[][..]), ("G7", &["decision.without_legal_opinion"])] {
        let silent = counted(&all, "adopted", Some(0)).without("LegalOpinionGiven");
        let listed = silent.with("MeetingConvened", |line| {
            line.data["agenda"][0]["listed"] = json!(code);
        });
        assert_eq!(wrong(listed), expected, "{code}");
    }
}

#[test]
fn only_owners_have_proxies() {
    let all = [(SECRETARY, "agree"), (COUNCILLOR, "agree"), (OTHER, "agree")];
    let represented = counted(&all, "adopted", Some(0))
        .with("AttendanceTaken", |line| line.data["present"][0]["proxy"] = json!(COUNCILLOR));
    assert_eq!(wrong(represented), ["decision.too_many_proxies"]);
}
