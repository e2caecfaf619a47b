#![allow(clippy::unwrap_used)]
use domain::rulebook::{self, Adopted};
use domain::survey::{self, Satisfaction};

use super::*;
use crate::models::due;
use crate::testing::*;
use crate::{PageRequest, PerMille, Rate};

fn stream(n: u128) -> String {
    format!("survey-{}", survey_id(n))
}

/// A survey of fifty residents of whom so many reply, the first as very satisfied, the last not.
fn asked(log: &mut Log, n: u128, replies: u32) {
    log.add(&stream(n), survey_opened("V", 50, "2022-04-01")).add(&stream(n), ballots_issued(50));
    for ballot in 1..=replies {
        let satisfaction = match ballot {
            1 => Satisfaction::VerySatisfied,
            last if last == replies => Satisfaction::Dissatisfied,
            2 => Satisfaction::Neutral,
            _ => Satisfaction::Satisfied,
        };
        log.add(&stream(n), replied(ballot, satisfaction));
    }
}

fn result(log: &Log, n: u128) -> SurveyResult {
    get(log.read().connection(), survey_id(n)).unwrap().unwrap()
}

#[test]
fn answers_are_shown_once_enough_have_replied_and_it_is_over() {
    let mut log = Log::new();
    asked(&mut log, 1, 10);
    let running = result(&log, 1);
    assert_eq!((running.response, running.answers), (Rate::of(10, 50), None));
    log.add(&stream(1), survey_closed(50, 10, 5, 8));
    let answers = result(&log, 1).answers.unwrap();
    assert_eq!(answers.recognition, Rate::of(5, 10));
    assert_eq!(answers.satisfaction.per_mille, Some(PerMille(800)));
    assert_eq!(answers.awareness, Some(Rate::of(10, 10)));
    assert_eq!(answers.participation, Some(Rate::of(2, 10)));
    assert_eq!((answers.recognition_reached, answers.satisfaction_reached), (false, false));
    let split = (answers.very_satisfied, answers.satisfied, answers.neutral, answers.dissatisfied);
    assert_eq!(split, (1, 7, 1, 1));
}

#[test]
fn below_the_minimum_of_its_rulebook_nothing_is_shown() {
    let mut log = Log::new();
    asked(&mut log, 1, 9);
    asked(&mut log, 2, 9);
    let mut book = Adopted::shipped().clone();
    book.version = 1;
    let mut figures = book.rules.deliberation().clone();
    figures.survey_minimum_replies.value = 9;
    book.rules.deliberation = Some(Box::new(figures));
    log.add("rulebook-county", rulebook::Event::Adopted(Box::new(book)));
    log.add(&stream(1), survey_closed(50, 9, 4, 7));
    log.under(1).add(&stream(2), survey_closed(50, 9, 4, 7));
    let shown = [1, 2].map(|n| (result(&log, n).minimum, result(&log, n).answers.is_some()));
    assert_eq!(shown, [(Some(10), false), (Some(9), true)]);
    let hidden = serde_json::to_string(&result(&log, 1)).unwrap();
    assert!(!hidden.contains("satisfied"), "{hidden}");
}

#[test]
fn surveys_are_listed_and_closed_after_their_last_day() {
    let mut log = Log::new();
    asked(&mut log, 1, 0);
    asked(&mut log, 2, 0);
    log.add(&stream(2), survey_closed(50, 0, 0, 0));
    let models = log.read();
    let due = |today| due::surveys_to_close(models.connection(), day(today), 9).unwrap();
    assert_eq!((due("2022-04-01"), due("2022-04-02")), (vec![], vec![survey_id(1)]));
    let found = |filter| {
        let page = PageRequest::default();
        let found = list(models.connection(), &filter, &page).unwrap().items;
        found.into_iter().map(|one| one.survey).collect::<Vec<_>>()
    };
    let all = Filter::default;
    assert_eq!(found(all()), [survey_id(2), survey_id(1)]);
    assert_eq!(found(Filter { closed: Some(true), ..all() }), [survey_id(2)]);
    assert_eq!(
        found(Filter { closed: Some(false), within: Some(code("V")), ..all() }),
        [survey_id(1)]
    );
    assert_eq!(found(Filter { resolution: Some(resolution_id(1, 1)), ..all() }), []);
}

/// 基层援法议事工作方案 五: 认可度和满意率 reach 90 %, with n, response rate and target beside them.
#[test]
fn ninety_of_a_hundred_recognise_and_are_satisfied() {
    let mut log = Log::new();
    for (n, content) in [(1, 9), (2, 8)] {
        log.add(&stream(n), survey_opened("V", 20, "2022-04-01"))
            .add(&stream(n), ballots_issued(20));
        for ballot in 1..=10 {
            let (aware, took_part) = (Some(true), Some(false));
            let satisfaction =
                if ballot <= content { Satisfaction::Satisfied } else { Satisfaction::Neutral };
            let recognises = ballot <= content;
            let replied = survey::Replied { ballot, aware, took_part, recognises, satisfaction };
            log.add(&stream(n), survey::Event::Replied(replied));
        }
        log.add(&stream(n), survey_closed(20, 10, content, content));
    }
    let shown = |n| {
        let result = result(&log, n);
        let answers = result.answers.unwrap();
        (result.target_percent, answers.recognition_reached, answers.satisfaction_reached)
    };
    assert_eq!([1, 2].map(shown), [(Some(90), true, true), (Some(90), false, false)]);
    assert_eq!(result(&log, 1).response, Rate::of(10, 20));
}

#[test]
fn who_made_the_ballots_and_who_carried_them_is_shown() {
    let mut log = Log::new();
    asked(&mut log, 1, 0);
    let handed =
        survey::HandedOut { carrier: survey::Carrier::Village, handed_out_on: day("2022-03-20") };
    log.add(&stream(1), survey::Event::HandedOut(handed));
    let found = result(&log, 1);
    assert_eq!(found.households, Some(60));
    assert_eq!(found.ballots_maker, Some(survey::Maker::UnitAbove));
    assert_eq!(
        (found.carrier, found.handed_out_on),
        (Some(handed.carrier), Some(day("2022-03-20")))
    );
}

/// Codes of the village's own, and two figures: shown as before, and nothing is made up for it.
#[test]
fn a_survey_from_before_shows_what_it_asked() {
    let mut log = Log::new();
    asked(&mut log, 1, 0);
    let opened = survey::Opened {
        station: code("V"),
        resolution: None,
        question: text("您对援法议事是否满意"),
        eligible: 50,
        households: None,
        closes_on: day("2022-04-01"),
    };
    log.add(&stream(2), survey::Event::Opened(opened));
    let issued = survey::BallotsIssued { ballots: 50, maker: None, issued_on: None };
    log.add(&stream(2), survey::Event::BallotsIssued(issued));
    for ballot in 1..=10 {
        let (aware, took_part, recognises) = (None, None, ballot > 5);
        let satisfaction = Satisfaction::Satisfied;
        let replied = survey::Replied { ballot, aware, took_part, recognises, satisfaction };
        log.add(&stream(2), survey::Event::Replied(replied));
    }
    let closed =
        survey::Closed { eligible: 50, replies: 10, recognised: 5, satisfied: 10, reach: None };
    log.add(&stream(2), survey::Event::Closed(closed));
    let found = result(&log, 2);
    assert_eq!((found.households, found.ballots_maker, found.carrier), (None, None, None));
    let answers = found.answers.unwrap();
    assert_eq!((answers.awareness, answers.participation), (None, None));
    assert_eq!(answers.recognition, Rate::of(5, 10));
}
