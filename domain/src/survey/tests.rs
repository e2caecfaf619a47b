#![allow(clippy::unwrap_used)]

use super::*;
use crate::testing::{Scene, code, day, every_code_is_tested, given, text};

fn opened(eligible: u32, closes_on: &str) -> Opened {
    let (station, closes_on) = (code("T1"), day(closes_on));
    Opened {
        station,
        resolution: None,
        question: text("您对援法议事是否满意"),
        eligible,
        households: Some(312),
        closes_on,
    }
}

/// Three ballots, handed out, until 2021-12-10.
fn survey() -> Scene<Survey> {
    given([
        Event::Opened(opened(3, "2021-12-10")),
        Event::BallotsIssued(BallotsIssued {
            ballots: 3,
            maker: Some(Maker::UnitAbove),
            issued_on: Some(day("2021-11-30")),
        }),
    ])
}

fn reply(ballot: u32, satisfaction: Satisfaction) -> Command {
    let answers = Answers { aware: true, took_part: false, recognises: true, satisfaction };
    Command::Reply { ballot, answers }
}

fn replied(ballot: u32, satisfaction: Satisfaction) -> Event {
    let (aware, took_part) = (Some(true), Some(false));
    Event::Replied(Replied { ballot, aware, took_part, recognises: true, satisfaction })
}

fn issue() -> Command {
    Command::IssueBallots { maker: Some(Maker::UnitAbove) }
}

fn handed_out(carrier: Carrier, on: &str) -> HandedOut {
    HandedOut { carrier, handed_out_on: day(on) }
}

fn reach(asked: u32) -> Option<Reach> {
    Some(Reach { asked, aware: asked, took_part: 0 })
}

#[test]
fn every_refusal_is_tested() {
    every_code_is_tested(include_str!("mod.rs"), include_str!("tests.rs"), "survey");
}

#[test]
fn a_survey_is_opened_once_for_some_residents_and_some_days() {
    let today = given::<Survey>([]);
    for eligible in [0, MOST_BALLOTS + 1] {
        today
            .clone()
            .when(Command::Open(opened(eligible, "2021-12-10")))
            .refused("survey.eligible");
    }
    for closes_on in ["2021-11-30", "2022-03-01"] {
        today.clone().when(Command::Open(opened(3, closes_on))).refused("survey.days");
    }
    let unknown = Opened { households: None, ..opened(3, "2021-12-10") };
    today.clone().when(Command::Open(unknown)).refused("survey.households_unknown");
    today
        .clone()
        .when(Command::Open(opened(313, "2021-12-10")))
        .refused("survey.more_than_households");
    today.clone().when(Command::Open(opened(312, "2021-12-10"))).granted();
    today
        .when(Command::Open(opened(3, "2022-02-28")))
        .then([Event::Opened(opened(3, "2022-02-28"))])
        .when(Command::Open(opened(3, "2022-02-28")))
        .refused("survey.already_opened");
}

#[test]
fn nothing_is_asked_of_a_survey_that_does_not_exist() {
    for command in [issue(), reply(1, Satisfaction::Neutral), Command::Close] {
        given::<Survey>([]).when(command).refused("survey.unopened");
    }
}

#[test]
fn ballots_are_issued_once_and_count_once() {
    given::<Survey>([Event::Opened(opened(3, "2021-12-10"))])
        .when(reply(1, Satisfaction::Satisfied))
        .refused("survey.not_issued")
        .when(issue())
        .then([Event::BallotsIssued(BallotsIssued {
            ballots: 3,
            maker: Some(Maker::UnitAbove),
            issued_on: Some(day("2021-11-30")),
        })])
        .when(issue())
        .refused("survey.already_issued")
        .when(reply(0, Satisfaction::Satisfied))
        .refused("survey.unknown_ballot")
        .when(reply(4, Satisfaction::Satisfied))
        .refused("survey.unknown_ballot")
        .when(reply(3, Satisfaction::Satisfied))
        .then([replied(3, Satisfaction::Satisfied)])
        .when(reply(3, Satisfaction::Dissatisfied))
        .refused("survey.already_replied");
}

#[test]
fn it_closes_after_its_last_day_also_when_all_have_replied() {
    let one = survey()
        .at("2021-12-10T23:59:59+08:00")
        .when(reply(2, Satisfaction::Dissatisfied))
        .granted()
        .when(Command::Close)
        .refused("survey.too_early")
        .at("2021-12-11T00:00:00+08:00")
        .when(reply(1, Satisfaction::Satisfied))
        .refused("survey.over");
    let counted = Closed { eligible: 3, replies: 1, recognised: 1, satisfied: 0, reach: reach(1) };
    one.when(Command::Close)
        .then([Event::Closed(counted)])
        .when(Command::Close)
        .then([])
        .when(issue())
        .refused("survey.over");

    let all = [1, 2, 3].into_iter().fold(survey(), |scene, ballot| {
        scene.when(reply(ballot, Satisfaction::VerySatisfied)).granted()
    });
    let counted = Closed { eligible: 3, replies: 3, recognised: 3, satisfied: 3, reach: reach(3) };
    all.when(Command::Close)
        .refused("survey.too_early")
        .at("2021-12-11T00:00:00+08:00")
        .when(Command::Close)
        .then([Event::Closed(counted)]);
}

/// 被测评者不掌握测评码.
#[test]
fn the_surveyed_do_not_make_the_ballots() {
    let opened = given::<Survey>([Event::Opened(opened(3, "2021-12-10"))]);
    opened
        .when(Command::IssueBallots { maker: None })
        .refused("survey.own_ballots")
        .when(Command::HandOut(handed_out(Carrier::Maker, "2021-11-30")))
        .refused("survey.not_issued")
        .when(issue())
        .granted()
        .when(Command::HandOut(handed_out(Carrier::Maker, "2021-12-01")))
        .refused("survey.handed_out_in_future")
        .when(Command::HandOut(handed_out(Carrier::Maker, "2021-11-29")))
        .refused("survey.handed_out_before")
        .when(Command::HandOut(handed_out(Carrier::Village, "2021-11-30")))
        .then([Event::HandedOut(handed_out(Carrier::Village, "2021-11-30"))])
        .when(Command::HandOut(handed_out(Carrier::Maker, "2021-11-30")))
        .refused("survey.already_handed_out");
}

/// A survey from before: residents, codes of the village's own, one figure beside 满意率. It goes on and ends as it was.
#[test]
fn a_survey_from_before_ends_as_it_began() {
    let stored = [
        (
            "SurveyOpened",
            r#"{"station":"T1","question":"满意吗","eligible":3,"closes_on":"2021-12-10"}"#,
        ),
        ("BallotsIssued", r#"{"ballots":3}"#),
        ("SurveyReplied", r#"{"ballot":1,"recognises":true,"satisfaction":"satisfied"}"#),
    ];
    let history = stored.map(|(kind, data)| {
        let event = crate::Event::decode(kind, data.as_bytes()).unwrap();
        let crate::Event::Survey(event) = event else { panic!("{event:?}") };
        event
    });
    let ended = |replies, satisfied, reach| {
        Event::Closed(Closed { eligible: 3, replies, recognised: replies, satisfied, reach })
    };
    let scene = given::<Survey>(history);
    // Nothing says when its codes were made.
    scene.clone().when(Command::HandOut(handed_out(Carrier::Maker, "2021-11-29"))).granted();
    scene.clone().at("2021-12-11T09:00:00+08:00").when(Command::Close).then([ended(1, 1, None)]);
    scene
        .when(reply(2, Satisfaction::Neutral))
        .granted()
        .at("2021-12-11T09:00:00+08:00")
        .when(Command::Close)
        .then([ended(2, 1, reach(1))]);
}
