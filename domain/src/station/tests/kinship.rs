//! 近亲属: a tie counts until its end was told (after 村民委员会组织法 §32).

use super::*;
use seats::{appoint, leave};

pub(super) fn end(member: u64, relative: u64, ended_on: &str) -> Command {
    let ended_on = day(ended_on);
    Command::EndKinship { member: person(member), relative: person(relative), ended_on }
}

fn declare(number: u64, relatives: &[u64]) -> Command {
    let relatives = relatives.iter().map(|number| person(*number)).collect();
    Command::DeclareRelatives { member: person(number), relatives }
}

fn standing(scene: &Scene<Station>, number: u64) -> Standing {
    scene.state().standing(Some(person(number)), day("2021-11-30"))
}

#[test]
fn a_tie_ends_on_a_day_from_either_side_and_may_be_declared_anew() {
    let ended = Event::KinshipEnded(KinshipEnded {
        member: person(2),
        relative: person(1),
        ended_on: day("2021-09-30"),
        told_on: Some(day("2021-11-30")),
    });
    let scene = station()
        .when(end(2, 1, "2021-09-30"))
        .refused("station.not_related")
        .when(declare(1, &[2]))
        .granted()
        .when(end(2, 1, "2021-12-01"))
        .refused("station.kinship_ahead")
        .when(end(2, 1, "2021-09-30"))
        .then([ended])
        .when(end(1, 2, "2021-09-30"))
        .refused("station.not_related");
    for (one, other) in [(1, 2), (2, 1)] {
        let standing = standing(&scene, one);
        assert!(standing.is_close_to(person(other), day("2021-11-30")));
        assert!(!standing.is_close_to(person(other), day("2021-12-01")));
    }
    let anew = scene.when(declare(2, &[1])).granted();
    assert!(standing(&anew, 1).is_close_to(person(2), day("2021-11-30")));
}

/// What was stored before the day of telling was kept counts until the day on which it ended.
#[test]
fn an_end_of_before_keeps_its_meaning() {
    let (member, relative) = (person(1), person(2));
    let ended_on = day("2021-09-30");
    let ended = KinshipEnded { member, relative, ended_on, told_on: None };
    let declared = RelativesDeclared { member, relatives: vec![relative] };
    let scene = having([Event::RelativesDeclared(declared), Event::KinshipEnded(ended)]);
    assert!(standing(&scene, 2).is_close_to(member, ended_on));
    assert!(!standing(&scene, 2).is_close_to(member, day("2021-10-01")));
}

#[test]
fn nobody_lets_go_of_a_tie_of_their_own() {
    let (member, relative) = (person(1), person(2));
    let related = station().when(declare(1, &[2])).granted();
    for one in [member, relative] {
        let own = Actor { person: Some(one), ..actor(Role::UnitAdministrator, "town") };
        related.clone().by(own).when(end(1, 2, "2021-09-30")).refused("station.own_kinship");
    }
    let another = Actor { person: Some(person(3)), ..actor(Role::UnitAdministrator, "town") };
    related.by(another).when(end(1, 2, "2021-09-30")).granted();
}

#[test]
fn who_was_a_relative_may_supervise_from_the_day_after() {
    let related = || {
        station()
            .when(declare(1, &[2]))
            .granted()
            .when(appoint(1, Group::LeadingGroup, Capacity::GridWorker))
            .granted()
    };
    let watches = || appoint(2, Group::Supervision, Capacity::Volunteer);
    let from_the_next_day = || {
        let mut asked = watches();
        if let Command::Appoint(asked) = &mut asked {
            asked.from = day("2021-12-01");
        }
        asked
    };
    // Terms begin on 2021-11-30.
    related()
        .when(end(1, 2, "2021-11-30"))
        .granted()
        .when(watches())
        .refused("station.relative_on_other_side")
        .at("2021-12-01T12:00:00+08:00")
        .when(from_the_next_day())
        .granted();
    // It ended long before, but until today it stood.
    related()
        .when(end(1, 2, "2021-06-30"))
        .granted()
        .when(watches())
        .refused("station.relative_on_other_side");
}

/// Whoever was near to somebody while they governed.
#[test]
fn it_is_known_until_when_a_near_relative_governed() {
    let until = |scene: &Scene<Station>, on| {
        scene.state().standing(Some(person(2)), day(on)).kin_governed_until
    };
    let (group, capacity) = (Group::Council, Capacity::CommitteeMember);
    let governing = station().when(appoint(1, group, capacity)).granted();
    assert_eq!(until(&governing, "2021-12-05"), None, "no relative");
    let near = governing.when(declare(2, &[1])).granted();
    assert_eq!(until(&near, "2021-12-05"), Some(day("2021-12-05")));
    let later = near.clone().at("2021-12-20T12:00:00+08:00");
    let left = later.clone().when(leave(1, group)).granted();
    assert_eq!(until(&left, "2022-01-01"), Some(day("2021-12-20")));
    let ended = later.when(end(1, 2, "2021-12-10")).granted();
    assert_eq!(until(&ended, "2022-01-01"), Some(day("2021-12-20")), "told on that day");
    assert_eq!(until(&ended, "2021-12-05"), Some(day("2021-12-05")));
}
