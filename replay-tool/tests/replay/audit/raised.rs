//! `audit squads`: one squad in order, and one change for each finding.

use serde_json::json;

use super::parts::{CLERK, FIRST, TOWN, finds, unit};
use crate::village::{Line, Village, line};

const SECOND: &str = "V000000000022";

/// A town with a task of two, and its squad of two, complete in January.
fn raised() -> Village {
    let (town, squad) = (format!("unit-{TOWN}"), format!("squad-{TOWN}"));
    let joined = |who: &str, party: bool, at: &str| {
        let consent = json!({"given_on": format!("2022-{at}"), "form": "书面"});
        let data = json!({"volunteer": who, "consent": consent, "party": party});
        line(&squad, "MemberJoined", at, data)
    };
    let deadlines =
        json!({"administrator": "2022-01-23T04:00:00Z", "squad": "2022-01-31T16:00:00Z"});
    Village(vec![
        unit("330225", "county", None),
        unit(TOWN, "town", Some("330225")),
        line(
            "campaign-2022",
            "CampaignAdopted",
            "01-02",
            json!({
                "name": "组建2022", "source": "通知", "starts_on": "2022-01-01", "ends_on": "2022-12-31",
                "deadlines": deadlines, "tasks": [{"unit": TOWN, "task": 2}]
            }),
        ),
        line(&town, "HeadcountDeclared", "01-03", json!({"headcount": 3})),
        line(
            &town,
            "AdministratorReported",
            "01-10",
            json!({
                "administrator": CLERK, "sealed": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                "deadline": "2022-01-23T04:00:00Z", "late": false, "campaign": "2022"
            }),
        ),
        line(&squad, "SquadApplied", "01-11", json!({"unit": TOWN})),
        line(&squad, "SquadApproved", "01-12", json!({"registration": "第1号"})),
        joined(FIRST, true, "01-13"),
        joined(SECOND, false, "01-14"),
        line(
            &squad,
            "SquadCompleted",
            "01-20",
            json!({
                "members": 2, "party_members": 1, "required": 2, "deadline": "2022-01-31T16:00:00Z", "late": false,
                "campaign": "2022"
            }),
        ),
    ])
}

#[test]
fn squads_are_what_they_were_declared_to_be_and_with_whose_consent() {
    let (squad, town) = (format!("squad-{TOWN}"), format!("unit-{TOWN}"));
    let (joined, completed) = ("MemberJoined", "SquadCompleted");
    let squads = |village: &Village, expected: &[&str]| finds("squads", village, expected);
    squads(&raised(), &[]);
    squads(&raised().without(completed), &["squad.not_complete"]);
    squads(&raised().without("AdministratorReported"), &["squad.no_administrator"]);
    let unsigned = |it: &mut Line| it.data["consent"]["form"] = json!("无");
    squads(&raised().with(joined, unsigned), &["squad.without_consent"]);
    let later = |it: &mut Line| it.data["consent"]["given_on"] = json!("2022-01-15");
    squads(&raised().with(joined, later), &["squad.consent_after_joining"]);
    let more = |it: &mut Line| it.data["members"] = json!(3);
    squads(&raised().with(completed, more), &["squad.figures_differ"]);
    let three = |it: &mut Line| it.data["headcount"] = json!(5);
    let few = raised().with("HeadcountDeclared", three);
    squads(&few, &["squad.figures_differ", "squad.too_few"]);
    let nobody = |it: &mut Line| it.data["party"] = json!(false);
    squads(&raised().with(joined, nobody), &["squad.figures_differ", "squad.too_few_party"]);
    let marked = |it: &mut Line| it.data["late"] = json!(true);
    squads(&raised().with(completed, marked), &["squad.lateness_differs"]);
    let lowered = raised()
        .with("HeadcountDeclared", |it| it.data["headcount"] = json!(9))
        .and(line(&town, "HeadcountDeclared", "01-19", json!({"headcount": 3})));
    squads(&lowered, &["squad.headcount_lowered"]);
    let gone =
        line(&squad, "MemberLeft", "01-25", json!({"volunteer": SECOND, "reason": "未同意"}));
    squads(&raised().and(gone.clone()), &["squad.fell_below"]);
    let consent = json!({"given_on": "2022-02-03", "form": "书面"});
    let again = json!({"volunteer": SECOND, "consent": consent, "party": false});
    let again = line(&squad, joined, "02-03", again);
    squads(&raised().and(gone).and(again), &["squad.complete_by_late_consent"]);
    let after = |it: &mut Line| {
        it.at = "2022-02-05T09:00:00+08:00".to_owned();
        it.data["late"] = json!(true);
    };
    squads(&raised().with(completed, after), &["squad.late"]);
    let reported = raised().data("AdministratorReported");
    let reported = line(&town, "AdministratorReported", "01-23T12:00", reported);
    let late = raised().without("AdministratorReported").and(reported);
    squads(&late, &["squad.administrator_late"]);
}

#[test]
fn the_first_campaign_counts_what_was_done_before_it() {
    let squads = |village: &Village, expected: &[&str]| finds("squads", village, expected);
    let unstated = |it: &mut Line| {
        it.data["campaign"] = json!(null);
        it.data["deadline"] = json!(null);
    };
    let adopted = raised().data("CampaignAdopted");
    let afterwards = |village: Village| {
        village.without("CampaignAdopted").and(line(
            "campaign-2022",
            "CampaignAdopted",
            "01-25",
            adopted.clone(),
        ))
    };
    let before = || {
        let done = raised().with("SquadCompleted", unstated);
        afterwards(done.with("AdministratorReported", unstated))
    };
    squads(&before(), &[]);
    squads(&before().without("SquadCompleted"), &["squad.not_complete"]);
    squads(&before().without("AdministratorReported"), &["squad.no_administrator"]);
}

/// A town that another takes over, and what the log says of that.
fn succession(unit_gone: &str, by: &str, at: &str, taken: serde_json::Value) -> Line {
    let data = json!({"by": by, "reason": "合并", "takes_over": taken});
    line(&format!("unit-{unit_gone}"), "UnitSucceeded", at, data)
}

#[test]
fn a_successor_is_held_to_what_was_left_to_do() {
    const OTHER: &str = "330225101";
    let squads = |village: &Village, expected: &[&str]| finds("squads", village, expected);
    let squad = format!("squad-{TOWN}");
    let other = || raised().and(unit(OTHER, "town", Some("330225")));
    let task = json!({"task": 1, "campaign": "2022"});
    let assigned = line(&format!("unit-{OTHER}"), "QuotaAssigned", "01-04", task.clone());
    let taken = json!({"headcount": 0, "tasks": [task], "reopened": ["2022"]});
    let unfinished = || other().and(assigned.clone());
    let taken_over = || unfinished().and(succession(OTHER, TOWN, "01-21", taken.clone()));
    squads(&unfinished(), &["squad.no_administrator", "squad.not_complete"]);
    squads(&taken_over(), &["squad.not_complete"]);
    let consent = json!({"given_on": "2022-01-22", "form": "书面"});
    let third = json!({"volunteer": CLERK, "consent": consent, "party": false});
    let anew = |at: &str, late: bool| {
        let mut completed = raised().data("SquadCompleted");
        completed["members"] = json!(3);
        completed["required"] = json!(3);
        completed["late"] = json!(late);
        let joined = line(&squad, "MemberJoined", "01-22", third.clone());
        taken_over().and(joined).and(line(&squad, "SquadCompleted", at, completed))
    };
    squads(&anew("01-28", false), &[]);
    squads(&anew("02-05", true), &["squad.late"]);
    // What was done in time was done for a successor without a task of its own, and members that go there leave no gap.
    let task = json!({"task": 2, "campaign": "2022"});
    let taken = json!({"headcount": 3, "tasks": [task]});
    let gone =
        line(&squad, "MemberLeft", "01-26", json!({"volunteer": SECOND, "reason": "调换单位"}));
    squads(&other().and(succession(TOWN, OTHER, "01-25", taken)).and(gone), &[]);
}
