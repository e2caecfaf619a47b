//! 现场报名: who comes unannounced, and the day on which it counts whether somebody is a minor.

use super::*;
use crate::testing::{day, says};

const TEN: &str = "2021-12-01T10:00:00+08:00";

fn walked_in(number: u64) -> Event {
    Event::SignedUp(SignedUp { volunteer: person(number), minor: false, walk_in: true })
}

fn cancel_sign_up(number: u64, served: bool) -> Command {
    Command::CancelSignUp { volunteer: person(number), served }
}

fn minor(number: u64) -> Command {
    Command::SignUp { volunteer: person(number), may_serve: true, minor: true }
}

/// Started at nine with volunteer 1; now it is ten.
fn running(change: impl FnOnce(&mut Published)) -> Scene<Activity> {
    let scene = announced(change).when(sign_up(1)).granted().when(assess(false)).granted();
    scene.when(start()).granted().at(TEN)
}

/// The same, and dangerous.
fn dangerous() -> Scene<Activity> {
    let scene = announced(|_| {}).when(assess(true)).granted();
    scene.when(start()).granted().at(TEN)
}

#[test]
fn who_comes_unannounced_is_signed_up_while_it_runs() {
    let scene = running(|_| {}).when(sign_up(2)).then([walked_in(2)]).when(sign_up(2)).then([]);
    let of = |number| scene.state().participation(person(number)).unwrap();
    assert!(of(2).signed_up && of(2).walk_in && !of(1).walk_in);
    assert_eq!(scene.state().people().count(), 2);
    // Who had signed up before is no walk-in, however often they are signed up.
    scene.when(sign_up(1)).then([]);
    running(|_| {})
        .when(Command::SignUp { volunteer: person(2), may_serve: false, minor: false })
        .refused("activity.not_serving");
    running(|asked| asked.capacity = Some(1)).when(sign_up(2)).refused("activity.full");
}

#[test]
fn nobody_walks_in_after_the_announced_end_or_the_closing() {
    running(|_| {}).at("2021-12-01T11:00:00+08:00").when(sign_up(2)).then([walked_in(2)]);
    running(|_| {})
        .at("2021-12-01T11:00:01+08:00")
        .when(sign_up(2))
        .refused("activity.joins_too_late")
        .when(sign_up(1))
        .then([]);
    running(|_| {}).when(close(TEN)).granted().when(sign_up(2)).refused("activity.not_announced");
}

/// 志愿服务条例 §17 holds for who comes unannounced as well.
#[test]
fn nobody_walks_into_danger_uninsured_or_as_a_minor() {
    dangerous()
        .when(sign_up(2))
        .refused("activity.walk_in_uninsured")
        .when(insure([2, 3]))
        .granted()
        .when(sign_up(2))
        .then([walked_in(2)])
        .when(minor(3))
        .refused("activity.minor_in_danger");
    let young = SignedUp { volunteer: person(3), minor: true, walk_in: true };
    running(|_| {}).when(minor(3)).then([Event::SignedUp(young)]);
}

#[test]
fn a_walk_in_entered_by_mistake_is_taken_back_until_they_checked_in() {
    let gone = Event::SignUpCancelled(SignUpCancelled { volunteer: person(2) });
    running(|_| {})
        .when(sign_up(2))
        .granted()
        .when(cancel_sign_up(2, true))
        .refused("activity.has_served")
        .when(cancel_sign_up(2, false))
        .then([gone])
        .when(cancel_sign_up(2, false))
        .refused("activity.not_announced")
        .when(cancel_sign_up(1, false))
        .refused("activity.not_announced")
        .when(sign_up(2))
        .then([walked_in(2)])
        .when(close(TEN))
        .granted()
        .when(cancel_sign_up(2, false))
        .refused("activity.not_announced");
}

/// A date of birth may be corrected between the sign-up and the start.
#[test]
fn whoever_turns_out_to_be_a_minor_keeps_dangerous_work_from_starting() {
    let start =
        |minors: &[u64]| Command::Start { minors: minors.iter().copied().map(person).collect() };
    let ready = |danger| {
        let scene = announced(|_| {}).when(sign_up(1)).granted().when(assess(danger)).granted();
        scene.when(insure([1])).granted()
    };
    ready(true).when(start(&[1])).refused("activity.minor_in_danger");
    ready(true).when(start(&[2])).granted();
    ready(false).when(start(&[1])).granted();
}

#[test]
fn age_counts_on_the_first_day_or_on_the_day_of_a_later_sign_up() {
    let scene = announced(|asked| asked.ends_at = time("2021-12-03T11:00:00+08:00"));
    let of = |today| scene.state().day_of_age(day(today));
    assert_eq!(of("2021-11-20"), Some(day("2021-12-01")));
    assert_eq!(of("2021-12-01"), Some(day("2021-12-01")));
    assert_eq!(of("2021-12-02"), Some(day("2021-12-02")));
    assert_eq!(Activity::default().day_of_age(day("2021-12-01")), None);
}

/// Whoever asks the vault says so; the rules here only have the sentence.
#[test]
fn an_age_that_cannot_be_told_is_told_in_both_languages() {
    says(&Rejection::AgeUnknown { volunteer: person(1) }, "activity.age_unknown");
}
