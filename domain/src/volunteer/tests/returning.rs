//! 重新注册: who withdrew comes back, with the consent of today.

use super::*;

fn withdrawn(on: Option<&str>) -> Event {
    Event::Withdrawn(Withdrawn { reason: text("迁居"), on: on.map(day) })
}

fn form_of(unit: &str, given_on: &str) -> Box<Registered> {
    Box::new(Registered { consent: consent(given_on), sealed: digest(4), ..*form(unit) })
}

#[test]
fn a_withdrawal_says_its_day() {
    volunteer().when(withdraw()).then([withdrawn(Some("2021-11-30"))]);
}

#[test]
fn who_withdrew_registers_again_and_stays_the_same_volunteer() {
    let star =
        Event::StarChanged(StarChanged { proposal: 1, from: 0, to: 1, attested: Minutes(6_000) });
    let back = form_of("T2", "2021-11-29");
    let scene = given::<Volunteer>([registered(), star, withdrawn(Some("2021-11-25"))])
        .when(Command::Register(back.clone()))
        .then([Event::Returned(back.clone())])
        .when(Command::Register(back))
        .refused("volunteer.already_registered");
    let state = scene.state();
    assert!(state.may_serve() && !state.has_withdrawn());
    assert_eq!((state.unit(), state.sealed()), (Some(&code("T2")), Some(digest(4))));
    // The star is kept: the same hours propose no other.
    let review = Command::ReviewStar { volunteer: person(1), attested: Minutes(6_000) };
    scene.when(review).then([]);
}

/// 志愿服务条例 §25: an old list enrols nobody who has left since.
#[test]
fn the_consent_to_a_return_is_no_older_than_the_withdrawal() {
    let gone = || given::<Volunteer>([registered(), withdrawn(Some("2021-11-25"))]);
    for (given_on, granted) in [("2021-11-24", false), ("2021-11-25", true)] {
        let answer = gone().when(Command::Register(form_of("T1", given_on)));
        match granted {
            true => drop(answer.granted()),
            false => drop(answer.refused("volunteer.consent_before_withdrawal")),
        }
    }
    // Of the earliest withdrawals the day is not known.
    given::<Volunteer>([registered(), withdrawn(None)])
        .when(Command::Register(form_of("T1", "2021-11-24")))
        .granted();
}

#[test]
fn a_return_is_held_to_the_rules_of_a_registration() {
    let gone = || given::<Volunteer>([registered(), withdrawn(Some("2021-11-25"))]);
    gone().when(Command::Register(form_of("NONE", "2021-11-29"))).refused("volunteer.unknown_unit");
    let minor = Registered { age_group: AgeGroup::Minor, ..*form_of("T1", "2021-11-29") };
    gone().when(Command::Register(Box::new(minor))).refused("volunteer.minor_without_guardian");
}
