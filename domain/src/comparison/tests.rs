use super::*;
use crate::testing::{code, digest, every_code_is_tested, given, person, text};

#[test]
fn every_refusal_is_tested() {
    every_code_is_tested(include_str!("mod.rs"), include_str!("tests.rs"), "comparison");
}

fn began() -> Began {
    Began {
        roster: text("团县委实名库2026年11月"),
        purpose: text("年度实名比对"),
        file: digest(4),
        rows: 3,
        within: Some(code("T1")),
        whole: true,
    }
}

fn finished() -> Finished {
    let outcomes = Counts::from([(Outcome::Matched, 2), (Outcome::NotFound, 1)]);
    Finished { registered: 2, outcomes }
}

#[test]
fn a_comparison_begins_and_ends_once() {
    given::<Comparison>([])
        .when(Command::Begin(began()))
        .then([Event::Began(began())])
        .when(Command::Finish(finished()))
        .then([Event::Finished(finished())])
        .when(Command::Finish(finished()))
        .refused("comparison.already_finished");
    given::<Comparison>([]).when(Command::Finish(finished())).refused("comparison.unknown");
}

#[test]
fn a_roster_of_nobody_and_one_of_no_unit_are_refused() {
    let nobody = Began { rows: 0, ..began() };
    given::<Comparison>([]).when(Command::Begin(nobody)).refused("comparison.no_rows");
    let nowhere = Began { within: Some(code("NONE")), ..began() };
    given::<Comparison>([]).when(Command::Begin(nowhere)).refused("comparison.unknown_unit");
    given::<Comparison>([]).when(Command::Begin(Began { within: None, ..began() })).granted();
}

#[test]
fn a_row_comes_to_the_first_thing_that_does_not_agree() {
    let row = |withdrawn, same_name, number, same_unit| {
        let (volunteer, outside) = (person(1), false);
        let found = Some(Found { volunteer, withdrawn, outside, same_name, same_unit });
        Row { found, number, number_fits: true, namesake: None }
    };
    let mut outside = row(false, false, Some(person(2)), None);
    outside.found.as_mut().unwrap().outside = true;
    for (row, outcome) in [
        (row(false, true, None, None), Outcome::Matched),
        (row(false, true, Some(person(1)), Some(true)), Outcome::Matched),
        (row(false, true, None, Some(false)), Outcome::OtherUnit),
        (row(false, false, None, Some(false)), Outcome::NameDiffers),
        (row(false, false, Some(person(2)), None), Outcome::OtherNumber),
        (row(true, true, None, None), Outcome::Withdrawn),
        (outside, Outcome::Outside),
    ] {
        assert_eq!(judge(&row), (outcome, Some(person(1))));
    }
}

#[test]
fn a_number_that_nobody_has_is_looked_for_under_number_and_name() {
    let row =
        |number, number_fits, namesake| Row { number, number_fits, namesake, ..Row::default() };
    for (row, outcome, about) in [
        (row(Some(person(2)), true, None), Outcome::OtherIdentity, Some(person(2))),
        (row(Some(person(2)), true, Some(person(3))), Outcome::OtherIdentity, Some(person(2))),
        (row(Some(person(2)), false, Some(person(3))), Outcome::SameName, Some(person(3))),
        (row(None, false, None), Outcome::NotFound, None),
    ] {
        assert_eq!(judge(&row), (outcome, about));
    }
}

#[test]
fn only_a_whole_roster_says_anything_of_whom_it_does_not_name() {
    for (whole, says) in [(true, Some(false)), (false, None)] {
        assert_eq!(Outcome::Missing.bears_out(whole), says);
        assert_eq!(Outcome::Matched.bears_out(whole), Some(true));
        assert_eq!(Outcome::NameDiffers.bears_out(whole), Some(false));
        assert_eq!(Outcome::SameName.bears_out(whole), None);
    }
    for outcome in Outcome::ALL {
        assert!(outcome.advice_zh().ends_with('。') && outcome.advice_en().ends_with('.'));
        assert!(outcome.is_open() || outcome.column().is_none());
    }
}
