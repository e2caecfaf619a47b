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
        closes_on,
    }
}

/// Three ballots, handed out, until 2021-12-10.
fn survey() -> Scene<Survey> {
    given([
        Event::Opened(opened(3, "2021-12-10")),
        Event::BallotsIssued(BallotsIssued { ballots: 3 }),
    ])
}

fn reply(ballot: u32, satisfaction: Satisfaction) -> Command {
    Command::Reply { ballot, recognises: true, satisfaction }
}

fn replied(ballot: u32, satisfaction: Satisfaction) -> Event {
    Event::Replied(Replied { ballot, recognises: true, satisfaction })
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
    today
        .when(Command::Open(opened(3, "2022-02-28")))
        .then([Event::Opened(opened(3, "2022-02-28"))])
        .when(Command::Open(opened(3, "2022-02-28")))
        .refused("survey.already_opened");
}

#[test]
fn nothing_is_asked_of_a_survey_that_does_not_exist() {
    for command in [Command::IssueBallots, reply(1, Satisfaction::Neutral), Command::Close] {
        given::<Survey>([]).when(command).refused("survey.unopened");
    }
}

#[test]
fn ballots_are_issued_once_and_count_once() {
    given::<Survey>([Event::Opened(opened(3, "2021-12-10"))])
        .when(reply(1, Satisfaction::Satisfied))
        .refused("survey.not_issued")
        .when(Command::IssueBallots)
        .then([Event::BallotsIssued(BallotsIssued { ballots: 3 })])
        .when(Command::IssueBallots)
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
    let counted = Closed { eligible: 3, replies: 1, recognised: 1, satisfied: 0 };
    one.when(Command::Close)
        .then([Event::Closed(counted)])
        .when(Command::Close)
        .then([])
        .when(Command::IssueBallots)
        .refused("survey.over");

    let all = [1, 2, 3].into_iter().fold(survey(), |scene, ballot| {
        scene.when(reply(ballot, Satisfaction::VerySatisfied)).granted()
    });
    let counted = Closed { eligible: 3, replies: 3, recognised: 3, satisfied: 3 };
    all.when(Command::Close)
        .refused("survey.too_early")
        .at("2021-12-11T00:00:00+08:00")
        .when(Command::Close)
        .then([Event::Closed(counted)]);
}
