//! Who was there for a vote, when it was counted, and what came before it.

use serde_json::{Value, json};

use super::{audit, codes};
use crate::fixture::Folder;
use crate::village::{ABSENT, COUNCILLOR, ISSUE, Line, MEETING, OTHER, SECRETARY, Village, line};

/// What is wrong with the vote on the first topic, before the minutes are sealed.
fn wrong(village: Village) -> Vec<String> {
    found(village, "wrong")
}

fn found(village: Village, weight: &str) -> Vec<String> {
    codes(&village.without("IssueExpedited"), "03-10", &[weight])
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
    // Two were silent, as the count says: that was confirmed, and somebody has to look.
    assert_eq!(wrong(early()), [""; 0]);
    assert_eq!(found(early(), "doubtful"), ["decision.counted_early"]);
    assert_eq!(wrong(counted(&[one], "not_adopted", Some(0))), ["decision.counted_early"]);
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
    for weight in ["wrong", "doubtful"] {
        assert_eq!(found(again.clone(), weight), [""; 0]);
    }
}

/// Whatever it came out as: whoever audits sees both counts.
#[test]
fn a_recount_that_comes_out_otherwise_is_noted() {
    let all = [(SECRETARY, "agree"), (COUNCILLOR, "agree"), (OTHER, "against")];
    let share = |heads: u32| json!({"heads": heads, "area": 0});
    let again = |outcome: &str, agree: u32, against: u32| {
        let first = counted(&all, "adopted", Some(0));
        let mut second = first.data("TopicDecided");
        second["outcome"] = json!(outcome);
        (second["tally"]["agree"], second["tally"]["against"]) = (share(agree), share(against));
        let reopened = at("CountReopened", "15:40", json!({"topic": 1, "reason": "读错两票"}));
        first.and(reopened).and(at("TopicDecided", "15:50", second))
    };
    assert_eq!(found(again("adopted", 2, 1), "note"), [""; 0]);
    assert_eq!(found(again("adopted", 3, 0), "note"), ["decision.recounted"]);
    let lost = again("not_adopted", 1, 2);
    assert_eq!(found(lost.clone(), "note"), ["decision.recounted"]);
    let told = audit(&lost.without("IssueExpedited").told(), &["--as-of", "2022-03-10"]);
    told.exits(0).says(&["first adopted (2 agree, 1 against, 0 abstain), then not_adopted (1"]);
}

#[test]
fn a_topic_is_put_off_only_while_those_who_were_there_could_turn_it() {
    let (one, two) = ((SECRETARY, "agree"), (COUNCILLOR, "agree"));
    let failing = ["decision.deferred_after_vote"];
    assert_eq!(wrong(counted(&[one], "deferred", None)), [""; 0]);
    assert_eq!(wrong(counted(&[one, two], "deferred", None)), failing);
    let gone = at("AttendeesDeparted", "15:10", json!({"members": [COUNCILLOR, OTHER]}));
    assert_eq!(wrong(counted(&[one], "deferred", None).and(gone)), [""; 0]);
    let secret = |voters: &[&str]| {
        let village = counted(&[], "deferred", None).with("MeetingConvened", |line| {
            line.data["agenda"][0]["secret"] = json!(true);
        });
        let village = village.with("VotesCast", |line| {
            (line.kind, line.data) = ("BallotsCast", json!({"topic": 1, "voters": voters}));
        });
        village.with("TopicDecided", |line| {
            line.data["tally"]["agree"] = json!({"heads": 0, "area": 0});
            line.data["tally"]["against"] = json!({"heads": 0, "area": 0});
        })
    };
    assert_eq!(wrong(secret(&[SECRETARY, COUNCILLOR])), [""; 0]);
    assert_eq!(wrong(secret(&[SECRETARY, COUNCILLOR, OTHER])), failing);
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

/// Four are there and two agree; that one leaves before the second vote is taken down makes it no majority.
#[test]
fn who_was_there_for_the_first_votes_counts_to_the_last() {
    let cut = |required: Value| {
        let village = counted(&[(SECRETARY, "agree")], "adopted", Some(1));
        let village = village.with("MeetingConvened", |line| {
            (line.data["agenda"][0]["listed"], line.data["agenda"][0]["required"]) =
                (json!("G2"), required);
        });
        let village = village.with("AttendanceTaken", |line| {
            line.data["present"].as_array_mut().unwrap().push(json!({"member": ABSENT}));
        });
        let gone = at("AttendeesDeparted", "15:10", json!({"members": [ABSENT]}));
        let rest = at("VotesCast", "15:20", votes(&[(COUNCILLOR, "agree")]));
        wrong(village.and(gone).and(rest))
    };
    assert_eq!(cut(json!({"opinion": true, "steps": false})), ["decision.without_majority"]);
    // Called before calls told what they require, it was counted by those there for the last votes.
    assert_eq!(cut(Value::Null), [""; 0]);
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

/// Since calls tell what their topics require, they tell no less than the rulebook asks; those before them are left alone.
#[test]
fn a_call_names_the_item_of_each_topic_and_all_that_it_requires() {
    let all = [(SECRETARY, "agree"), (COUNCILLOR, "agree"), (OTHER, "agree")];
    let called = |topic: usize, listed: Option<&str>, required: Value| {
        Village::clean().with("MeetingConvened", |line| {
            let topic = &mut line.data["agenda"][topic];
            (topic["listed"], topic["required"]) = (json!(listed), required);
        })
    };
    let required = |opinion: bool, steps: bool| json!({"opinion": opinion, "steps": steps});
    let failing = |village: Village| codes(&village, "04-30", &["wrong"]);
    let great = [&["decision.great_matter_body"], &["decision.step_skipped"; 3][..]].concat();
    // Also where the topic only ratifies what was done ahead.
    for topic in [0, 1] {
        assert_eq!(failing(called(topic, None, required(true, false))), ["decision.unlisted"]);
        for steps in [false, true] {
            assert_eq!(failing(called(topic, Some("G1"), required(true, steps))), great);
        }
        assert_eq!(failing(called(topic, Some("G2"), required(false, false))), [""; 0]);
    }
    let silent = |required| {
        let village = counted(&all, "adopted", Some(0)).without("LegalOpinionGiven");
        wrong(village.with("MeetingConvened", |line| {
            let topic = &mut line.data["agenda"][0];
            (topic["listed"], topic["required"]) = (json!("G4"), required);
        }))
    };
    assert_eq!(silent(required(true, false)), ["decision.without_legal_opinion"]);
    assert_eq!(silent(required(false, false)), ["decision.without_legal_opinion"]);
    assert_eq!(silent(Value::Null), [""; 0]);
}

/// A matter that only a version adopted after the call lists as great took no other way.
#[test]
fn a_great_matter_is_one_by_the_rulebook_of_the_call() {
    let mut adopted = serde_json::to_value(domain::rulebook::Adopted::shipped()).unwrap();
    adopted["version"] = json!(1);
    let great = &mut adopted["rules"]["deliberation"]["procedure"]["great_matters"];
    great["value"] = json!(["G2"]);
    for (called_under, expected) in [(0, 0), (1, 4)] {
        let folder = Folder::new();
        let (adopted, before) = (adopted.to_string(), "2022-01-01T00:00:00Z");
        folder.tell("rulebook-county", "RulebookAdopted", &adopted, before, None);
        let village = Village::clean().until("ResolutionAdopted").with("MeetingConvened", |line| {
            line.data["agenda"][0]["listed"] = json!("G2");
        });
        for Line { stream, kind, data, at, .. } in village.0 {
            let rulebook = if kind == "MeetingConvened" { called_under } else { 1 };
            let metadata = json!({
                "actor": {"id": "office", "role": "county_office"},
                "command": "00000000-0000-0000-0000-000000000001", "rulebook": rulebook
            });
            let event = domain::Event::decode(kind, data.to_string().as_bytes()).unwrap();
            folder.append(&stream, kind, event.encode().unwrap(), metadata.to_string().into(), &at);
        }
        let audit = audit(&folder, &["--as-of", "2022-03-04", "--format", "json"]).json();
        let findings = audit["rows"][0]["findings"].as_array().unwrap();
        assert_eq!(findings.len(), expected, "{findings:?}");
    }
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
