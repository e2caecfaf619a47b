//! What a survey must not be: its ballots in the hands of the surveyed, and a count that the replies do not make.

use domain::Role;
use serde_json::{Value, json};

use super::parts::{TOWN, finds, unit};
use crate::village::{Line, STATION, SUPERVISOR, Village, account, line};

const SURVEY: &str = "survey-018f3c7e-5a2b-7c3d-8e4f-0123456789ab";

fn told(kind: &'static str, at: &str, data: Value) -> Line {
    line(SURVEY, kind, at, data)
}

/// Two of three households replied, and all is in order.
fn survey() -> Village {
    let station = format!("station-{STATION}");
    let opened = json!({
        "station": STATION, "question": "满意吗", "eligible": 3, "households": 312,
        "closes_on": "2022-03-20"
    });
    let reply = |ballot: u32, satisfaction: &str| {
        json!({
            "ballot": ballot, "aware": true, "took_part": false, "recognises": true,
            "satisfaction": satisfaction
        })
    };
    let closed = json!({
        "eligible": 3, "replies": 2, "recognised": 2, "satisfied": 1,
        "reach": {"asked": 2, "aware": 2, "took_part": 0}
    });
    let households = json!({"households": 312, "as_of": "2022-01-01", "source": "镇统计站"});
    let issued = json!({"ballots": 3, "maker": "county", "issued_on": "2022-03-02"});
    let handed = json!({"carrier": "maker", "handed_out_on": "2022-03-03"});
    Village(vec![
        unit("330225", "county", None),
        unit(TOWN, "town", Some("330225")),
        unit(STATION, "village", Some(TOWN)),
        line(&station, "StationHouseholdsStated", "01-06", households),
        told("SurveyOpened", "03-01", opened),
        told("BallotsIssued", "03-02", issued),
        told("BallotsHandedOut", "03-03", handed),
        told("SurveyReplied", "03-04", reply(1, "satisfied")),
        told("SurveyReplied", "03-05", reply(3, "neutral")),
        told("SurveyClosed", "03-21", closed),
    ])
}

#[track_caller]
fn changed(kind: &str, change: impl FnOnce(&mut Line), expected: &[&str]) {
    finds("surveys", &survey().with(kind, change), expected);
}

#[test]
fn a_survey_in_order_has_no_findings() {
    finds("surveys", &survey(), &[]);
}

#[test]
fn the_surveyed_do_not_hold_the_ballots() {
    let village = |line: &mut Line| line.data["carrier"] = json!("village");
    changed("BallotsHandedOut", village, &["survey.codes_with_village"]);
    let own = |line: &mut Line| line.actor = account("own", Role::UnitAdministrator, None);
    changed("BallotsIssued", own, &["survey.own_ballots"]);
    changed("StationHouseholdsStated", own, &["survey.own_households"]);
    // Of the county's office, and in office at the station.
    let appointed = json!({
        "group": "supervision", "member": SUPERVISOR, "capacity": "volunteer", "from": "2022-01-10",
        "until": "2025-01-09"
    });
    let station = format!("station-{STATION}");
    let both = survey().and(line(&station, "GroupMemberAppointed", "01-10", appointed)).with(
        "BallotsIssued",
        |line| {
            line.actor = account("office", Role::CountyOffice, Some(SUPERVISOR));
        },
    );
    finds("surveys", &both, &["survey.own_ballots"]);
}

#[test]
fn ballots_are_made_then_handed_out_and_that_is_told() {
    let early = |line: &mut Line| line.data["handed_out_on"] = json!("2022-03-01");
    changed("BallotsHandedOut", early, &["survey.handed_out_early"]);
    finds("surveys", &survey().without("BallotsHandedOut"), &["survey.never_handed_out"]);
    finds("surveys", &survey().until("BallotsIssued"), &["survey.never_handed_out"]);
}

#[test]
fn what_is_counted_is_what_came_back() {
    for figure in ["replies", "recognised", "satisfied"] {
        changed("SurveyClosed", |line| line.data[figure] = json!(3), &["survey.figures_differ"]);
    }
    let aware = |line: &mut Line| line.data["reach"]["aware"] = json!(1);
    changed("SurveyClosed", aware, &["survey.figures_differ"]);
}

/// The village made its own codes then, and nobody asked how they went round.
#[test]
fn a_survey_from_before_is_judged_as_it_was() {
    let before = survey().without("BallotsHandedOut").with("BallotsIssued", |line| {
        line.data = json!({"ballots": 3});
        line.actor = account("own", Role::Supervisor, Some(SUPERVISOR));
    });
    finds("surveys", &before, &[]);
}
