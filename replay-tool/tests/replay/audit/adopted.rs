//! What the rules forbid on the way to a decision.

use serde_json::json;

use super::{codes, missing, wrong};
use crate::village::{ABSENT, ADVISER, COUNCILLOR, Line, MEETING, OTHER, SECRETARY, Village, line};

/// Another who knows the law, where a test calls them.
const SECOND: &str = "V00000000000C";

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
        let more = ["V00000000000D", "V00000000000E"].map(|it| json!(it));
        line.data["members"].as_array_mut().unwrap().extend(more);
    });
    wrong(&few, &["decision.without_quorum"; 2]);
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
    wrong(&unlawful, &["decision.held_unlawful"]);
    let silent = Village::clean().without("LegalOpinionGiven");
    // The topic that ratifies has none either.
    wrong(&silent, &["decision.without_legal_opinion"; 2]);
}

/// The last word of every adviser counts, and only an adviser's.
#[test]
fn no_adviser_holds_an_adopted_topic_to_be_unlawful() {
    let opinion = |adviser: &str, lawful: bool, at: &str| {
        let data = json!({"topic": 1, "adviser": adviser, "lawful": lawful, "opinion": "另行核对"});
        line(&format!("meeting-{MEETING}"), "LegalOpinionGiven", at, data)
    };
    let two = || {
        Village::clean()
            .with("MeetingConvened", |line| line.data["advisers"] = json!([ADVISER, SECOND]))
            .and(opinion(SECOND, false, "03-03T14:10"))
    };
    wrong(&two(), &["decision.held_unlawful"]);
    wrong(&two().and(opinion(SECOND, true, "03-03T14:40")), &[]);
    let stranger = Village::clean().and(opinion(SECOND, false, "03-03T14:10"));
    wrong(&stranger, &["decision.opinion_by_stranger"]);
}

#[test]
fn a_meeting_is_called_in_time_and_attended_by_its_members() {
    let villagers = |starts_at: &str| {
        Village::clean().until("MinutesSealed").with("MeetingConvened", |line| {
            line.data["body"] = json!("villagers");
            line.data["members"] = json!([]);
            line.data["electorate"] = json!({"heads": 4, "area": 0});
            line.data["starts_at"] = json!(starts_at);
        })
    };
    let short = ["decision.short_notice"; 2];
    assert_eq!(codes(&villagers("2022-03-06T06:00:00Z"), "03-06", &["wrong"]), short);
    assert_eq!(codes(&villagers("2022-03-07T06:00:00Z"), "03-06", &["wrong"]), [""; 0]);
    let stranger = Village::clean().with("AttendanceTaken", |line| {
        line.data["present"].as_array_mut().unwrap().push(json!({"member": SECOND}));
    });
    // Whoever came counts for every topic.
    wrong(&stranger, &["decision.stranger_attended"; 2]);
}

/// 民法典 §278: by area too, and of those who voted.
fn owners(area: u32, entitled: u32) -> Village {
    Village::clean()
        .with("MeetingConvened", |line| {
            line.at = "2022-02-22T09:30:00+08:00".to_owned();
            line.data["body"] = json!("owners");
            line.data["members"] = json!([]);
            line.data["starts_at"] = json!("2022-03-09T06:00:00Z");
            line.data["electorate"] = json!({"heads": entitled, "area": 10_000});
        })
        .with("AttendanceTaken", |line| {
            for owner in line.data["present"].as_array_mut().unwrap() {
                owner["area"] = json!(area);
            }
        })
}

/// What is found about the first topic.
fn of_owners(village: Village) -> Vec<String> {
    codes(&village.until("ResolutionAdopted").without("IssueExpedited"), "03-10", &["wrong"])
}

#[test]
fn owners_decide_by_area_too() {
    let alone = |village: Village| {
        of_owners(village.with("MeetingConvened", |line| {
            line.data["agenda"].as_array_mut().unwrap().truncate(1);
        }))
    };
    assert_eq!(alone(owners(3_000, 4)), [""; 0]);
    // The rules of an estate (G1) are the owners' own matter, not one for 四议两公开.
    let rules = owners(3_000, 4)
        .with("MeetingConvened", |line| line.data["agenda"][0]["listed"] = json!("G1"));
    assert_eq!(alone(rules), [""; 0]);
    assert_eq!(alone(owners(2_000, 4)), ["decision.without_quorum"]);
}

/// Lists are public paper: whoever audits sees what another one said before.
#[test]
fn a_list_that_took_the_place_of_another_is_noted() {
    let share = |heads: u32| json!({"heads": heads, "area": heads * 1_000});
    let taken = |at: &str, agree: u32, against: u32| {
        let count = json!({"agree": share(agree), "against": share(against), "abstain": share(0)});
        let data = json!({"topic": 1, "lists": [{"building": "1号楼", "count": count}]});
        line(&format!("meeting-{MEETING}"), "CountingListsTaken", at, data)
    };
    let noted = |lists: &[Line]| {
        let village = lists.iter().cloned().fold(owners(2_000, 8), Village::and);
        let village = village.until("ResolutionAdopted").without("IssueExpedited");
        codes(&village, "03-10", &["note"])
    };
    let first = || taken("03-03T14:40", 1, 1);
    assert_eq!(noted(&[first(), taken("03-03T14:50", 1, 1)]), [""; 0]);
    let replaced = ["decision.list_replaced"];
    assert_eq!(noted(&[first(), taken("03-03T14:50", 2, 0)]), replaced);
    assert_eq!(noted(&[first(), taken("03-03T14:50", 0, 0)]), replaced);
}

#[test]
fn owners_take_part_by_voting() {
    let voted = |choices: &[&str]| {
        let members = [COUNCILLOR, OTHER, SECRETARY].into_iter().zip(choices);
        let votes = members.map(|(member, choice)| json!({"member": member, "choice": choice}));
        let votes: serde_json::Value = votes.collect();
        of_owners(owners(3_000, 4).with("VotesCast", |line| line.data["votes"] = votes))
    };
    assert_eq!(voted(&["agree", "agree", "abstain"]), [""; 0]);
    assert_eq!(voted(&["agree", "against", "abstain"]), ["decision.without_majority"]);
    // Three came, and two of four are no two thirds.
    assert_eq!(voted(&["agree", "agree"]), ["decision.without_quorum"]);
    let of_three = |choices: [&str; 2]| {
        let votes = json!([
            {"member": COUNCILLOR, "choice": choices[0]}, {"member": OTHER, "choice": choices[1]}
        ]);
        of_owners(owners(4_000, 3).with("VotesCast", |line| line.data["votes"] = votes))
    };
    assert_eq!(of_three(["agree", "agree"]), [""; 0]);
    assert_eq!(of_three(["agree", "abstain"]), ["decision.without_majority"]);
}

/// A vote that adopts is a decision from that moment on.
#[test]
fn what_a_vote_adopted_is_minuted_in_time() {
    missing(&Village::clean().until("TopicDecided"), "03-08", "03-09", "decision.not_sealed");
    let told = |kind, at: &str, data| line(&format!("meeting-{MEETING}"), kind, at, data);
    let cancelled = told("MeetingCancelled", "03-04", json!({"reason": "另行召集"}));
    let cancelled = Village::clean().until("TopicDecided").and(cancelled);
    let found = codes(&cancelled, "03-20", &["missing", "wrong"]);
    assert_eq!(found, ["decision.cancelled_after_vote"]);
    let late = Village::clean().until("TopicDecided").and(told(
        "MinutesSealed",
        "03-10",
        Village::clean().data("MinutesSealed"),
    ));
    assert_eq!(codes(&late, "03-10", &["late"]), ["decision.not_sealed"]);
}

#[test]
fn what_votes_decide_is_not_put_off() {
    let deferred = |village: Village| {
        let village = village.until("TopicDecided").without("IssueExpedited");
        let village = village.with("TopicDecided", |line| line.data["outcome"] = json!("deferred"));
        codes(&village, "04-30", &["missing", "wrong"])
    };
    assert_eq!(deferred(Village::clean()), ["decision.deferred_after_vote"]);
    assert_eq!(deferred(Village::clean().without("VotesCast")), [""; 0]);
    let unlawful =
        Village::clean().with("LegalOpinionGiven", |line| line.data["lawful"] = json!(false));
    assert_eq!(deferred(unlawful), [""; 0], "it could not be adopted");
}

#[test]
fn an_adoption_needs_sealed_minutes_that_say_so() {
    let unsealed = Village::clean().with("MinutesSealed", |line| {
        line.data["topics"][0]["outcome"] = json!("deferred");
    });
    wrong(&unsealed, &["decision.minutes_differ", "decision.without_minutes"]);
}

#[test]
fn an_approval_and_a_ratification_need_their_grounds() {
    let approved =
        Village::clean().with("IssueExpedited", |line| line.data["approver"] = json!(COUNCILLOR));
    wrong(&approved, &["expedited.approver_not_in_office"]);
    let ratified = Village::clean().with("IssueRatified", |line| line.data["topic"] = json!(3));
    wrong(&ratified, &["expedited.ratified_without_minutes"]);
}
