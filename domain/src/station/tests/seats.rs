//! 任职: terms, and who supervises (after 村民委员会组织法 §32).

use super::*;

const FROM: &str = "2021-11-30";
const UNTIL: &str = "2024-11-29";

fn appointment(number: u64, group: Group, capacity: Capacity) -> Appointment {
    Appointment {
        group,
        member: person(number),
        capacity,
        from: day(FROM),
        until: day(UNTIL),
        election: (group == Group::Supervision).then_some(1),
        relatives: vec![],
        sealed_here: None,
    }
}

pub(super) fn appoint(number: u64, group: Group, capacity: Capacity) -> Command {
    Command::Appoint(Box::new(appointment(number, group, capacity)))
}

pub(super) fn leave(number: u64, group: Group) -> Command {
    Command::Leave { group, member: person(number), reason: text("个人原因") }
}

fn term(from: &str, until: &str) -> Command {
    let one = appointment(1, Group::Council, Capacity::Mediator);
    Command::Appoint(Box::new(Appointment { from: day(from), until: day(until), ..one }))
}

/// Appoints somebody with a declaration.
fn with_relatives(mut command: Command, relatives: &[u64]) -> Command {
    let Command::Appoint(asked) = &mut command else { unreachable!() };
    asked.relatives = relatives.iter().map(|number| person(*number)).collect();
    command
}

fn declare(number: u64, relatives: &[u64]) -> Command {
    let relatives = relatives.iter().map(|number| person(*number)).collect();
    Command::DeclareRelatives { member: person(number), relatives }
}

fn appointed(number: u64, group: Group, capacity: Capacity) -> Event {
    let Appointment { member, from, until, election, relatives, sealed_here, .. } =
        appointment(number, group, capacity);
    Event::MemberAppointed(Box::new(MemberAppointed {
        group,
        member,
        capacity,
        from,
        until,
        election,
        relatives,
        sealed: None,
        sealed_here,
    }))
}

const WATCHES: (Group, Capacity) = (Group::Supervision, Capacity::RetiredPartyMember);
const LEADS: (Group, Capacity) = (Group::LeadingGroup, Capacity::GridWorker);
const COMMITTEE: (Group, Capacity) = (Group::Council, Capacity::CommitteeMember);
const SECRETARY: (Group, Capacity) = (Group::Council, Capacity::BranchSecretary);
const OF_THE_BRANCH: (Group, Capacity) = (Group::PartyBranch, Capacity::BranchSecretary);

#[test]
fn a_term_ends_after_it_begins_and_within_the_rulebook_s_years() {
    for (from, until, refusal) in [
        ("2021-11-30", "2021-11-30", Some("station.backwards")),
        ("2021-11-30", "2021-12-01", None),
        ("2021-11-30", "2026-11-30", None),
        ("2021-11-30", "2026-12-01", Some("station.term_too_long")),
        ("2020-11-30", "2025-11-30", None),
        ("2020-11-29", "2022-11-29", Some("station.term_far_off")),
        ("2022-11-30", "2023-11-30", None),
        ("2022-12-01", "2023-11-30", Some("station.term_far_off")),
    ] {
        let asked = station().when(term(from, until));
        match refusal {
            Some(code) => drop(asked.refused(code)),
            None => drop(asked.granted()),
        }
    }
}

#[test]
fn a_member_is_in_office_from_the_first_to_the_last_day_of_the_term() {
    let station = station().when(term("2021-12-01", "2022-05-31")).granted();
    for (on, holds) in
        [("2021-11-30", false), ("2021-12-01", true), ("2022-05-31", true), ("2022-06-01", false)]
    {
        let standing = station.state().standing(Some(person(1)), day(on));
        assert_eq!(standing.is_in(Group::Council), holds, "{on}");
        assert!(!standing.is_in(Group::Supervision));
        let members = if holds { vec![person(1)] } else { vec![] };
        assert_eq!(station.state().members(Group::Council, day(on)), members, "{on}");
    }
    assert_eq!(station.state().standing(None, day("2022-01-01")), Standing::default());
}

#[test]
fn terms_of_one_person_in_one_group_do_not_overlap() {
    let (group, capacity) = (Group::Council, Capacity::Mediator);
    station()
        .when(term("2021-12-01", "2022-05-31"))
        .granted()
        .when(term("2022-05-31", "2023-05-31"))
        .refused("station.already_appointed")
        .when(term("2022-06-01", "2023-05-31"))
        .granted()
        .when(appoint(1, Group::PartyBranch, Capacity::BranchSecretary))
        .granted()
        .when(appoint(2, group, capacity))
        .then([appointed(2, group, capacity)]);
}

#[test]
fn who_leaves_is_out_of_office_and_may_be_appointed_again() {
    let (group, reason) = (Group::Council, text("个人原因"));
    let left = station()
        .when(leave(1, group))
        .refused("station.not_in_group")
        .when(appoint(1, group, Capacity::Mediator))
        .granted()
        .when(leave(1, Group::Supervision))
        .refused("station.not_in_group")
        .when(leave(1, group))
        .then([Event::MemberLeft(MemberLeft {
            group,
            member: person(1),
            reason,
            left_on: Some(day("2021-11-30")),
        })]);
    assert!(left.state().members(group, day("2021-12-01")).is_empty());
    left.when(appoint(1, group, Capacity::Mediator)).granted();
    let later = station().when(appoint(1, group, Capacity::Mediator)).granted();
    let later = later.at("2021-12-10T12:00:00+08:00").when(leave(1, group)).granted();
    for (on, holds) in [("2021-11-30", true), ("2021-12-09", true), ("2021-12-10", false)] {
        let standing = later.state().standing(Some(person(1)), day(on));
        assert_eq!(standing.is_in(group), holds, "{on}");
        assert_eq!(later.state().members(group, day(on)).len(), usize::from(holds), "{on}");
    }
    let mut again = appointment(1, group, Capacity::Mediator);
    again.from = day("2021-12-09");
    later
        .when(Command::Appoint(Box::new(again)))
        .refused("station.already_appointed")
        .when(term("2021-12-10", "2022-12-10"))
        .granted();
    station()
        .when(term("2021-01-01", "2021-11-29"))
        .granted()
        .when(leave(1, group))
        .refused("station.not_in_group");
}

#[test]
fn a_group_has_its_limit() {
    let (group, capacity) = (Group::Council, Capacity::Representative);
    let full = (1..=300).map(|number| appointed(number, group, capacity));
    having(full)
        .when(appoint(301, group, capacity))
        .refused("station.group_full")
        .when(appoint(301, Group::PartyBranch, capacity))
        .granted();
}

#[test]
fn nobody_supervises_what_they_govern() {
    for governing in [LEADS, COMMITTEE, SECRETARY, OF_THE_BRANCH] {
        for (first, second) in [(governing, WATCHES), (WATCHES, governing)] {
            station()
                .when(appoint(1, first.0, first.1))
                .granted()
                .when(appoint(1, second.0, second.1))
                .refused("station.sits_on_both_sides")
                .when(leave(1, first.0))
                .granted()
                .when(appoint(1, second.0, second.1))
                .granted();
        }
    }
    for capacity in [Capacity::CommitteeMember, Capacity::BranchSecretary] {
        station()
            .when(appoint(1, Group::Supervision, capacity))
            .refused("station.committee_supervises");
    }
    station()
        .when(appoint(1, Group::Council, Capacity::Representative))
        .granted()
        .when(appoint(1, WATCHES.0, WATCHES.1))
        .granted();
}

#[test]
fn it_is_known_until_when_somebody_governed() {
    let until = |scene: &Scene<Station>, on| {
        scene.state().standing(Some(person(1)), day(on)).governed_until
    };
    for (group, capacity) in [LEADS, COMMITTEE, SECRETARY, OF_THE_BRANCH] {
        let governing = station().when(appoint(1, group, capacity)).granted();
        assert_eq!(until(&governing, "2021-11-29"), None);
        assert_eq!(until(&governing, "2021-12-05"), Some(day("2021-12-05")));
        assert_eq!(until(&governing, "2025-01-01"), Some(day(UNTIL)), "the term is over");
        let left = governing.at("2021-12-10T12:00:00+08:00").when(leave(1, group)).granted();
        assert_eq!(until(&left, "2021-12-20"), Some(day("2021-12-10")));
    }
    let council = station().when(appoint(1, Group::Council, Capacity::Mediator)).granted();
    assert_eq!(until(&council, "2021-12-05"), None);
}

/// 基层援法议事工作方案 三(五): the leading group calls the council together.
#[test]
fn the_leading_group_calls_the_council() {
    use crate::Refusal as _;
    use crate::meeting::Body;
    let leads = station().when(appoint(1, LEADS.0, LEADS.1)).granted();
    let standing = |who| leads.state().standing(who, day(FROM));
    assert_eq!(standing(Some(person(1))).calls(Body::Council), Ok(()));
    for other in [None, Some(person(2))] {
        let refused = standing(other).calls(Body::Council).unwrap_err();
        assert_eq!(refused.code(), "station.called_by_others");
        for body in [Body::Villagers, Body::Representatives, Body::Owners] {
            assert_eq!(standing(other).calls(body), Ok(()));
        }
    }
}

/// Before the day of the leaving was taken down.
#[test]
fn without_a_day_the_whole_term_was_held() {
    let left =
        MemberLeft {
            group: LEADS.0, member: person(1), reason: text("个人原因"), left_on: None
        };
    let station = having([appointed(1, LEADS.0, LEADS.1), Event::MemberLeft(left)]);
    let standing = station.state().standing(Some(person(1)), day("2022-01-01"));
    assert_eq!(standing.governed_until, Some(day("2022-01-01")));
    assert!(standing.groups.is_empty());
}

#[test]
fn one_side_of_the_council_follows_the_other_when_its_term_is_over() {
    let mut watches = appointment(1, WATCHES.0, WATCHES.1);
    (watches.from, watches.until) = (day("2022-06-01"), day("2023-05-31"));
    let leads = |until: &str| {
        let one = appointment(1, LEADS.0, LEADS.1);
        Command::Appoint(Box::new(Appointment { until: day(until), ..one }))
    };
    let then = Command::Appoint(Box::new(watches));
    station().when(leads("2022-05-31")).granted().when(then.clone()).granted();
    station().when(leads("2022-06-01")).granted().when(then).refused("station.sits_on_both_sides");
}

#[test]
fn no_near_relative_of_who_governs_supervises() {
    for governing in [LEADS, COMMITTEE] {
        for (first, second) in [(governing, WATCHES), (WATCHES, governing)] {
            let first = || appoint(1, first.0, first.1);
            let second = || appoint(2, second.0, second.1);
            station()
                .when(with_relatives(first(), &[2]))
                .granted()
                .when(second())
                .refused("station.relative_on_other_side");
            station()
                .when(first())
                .granted()
                .when(with_relatives(second(), &[1]))
                .refused("station.relative_on_other_side")
                .when(declare(2, &[1]))
                .granted()
                .when(second())
                .refused("station.relative_on_other_side")
                .when(declare(2, &[3]))
                .granted()
                .when(second())
                .refused("station.relative_on_other_side");
        }
    }
}

#[test]
fn relatives_may_sit_on_the_same_side_or_one_after_the_other() {
    let related = || with_relatives(appoint(1, LEADS.0, LEADS.1), &[2]);
    station().when(related()).granted().when(appoint(2, LEADS.0, LEADS.1)).granted();
    station()
        .when(related())
        .granted()
        .when(leave(1, LEADS.0))
        .granted()
        .when(appoint(2, WATCHES.0, WATCHES.1))
        .granted();
}

/// A declaration is a fact: it is taken even when it shows that somebody in office should not be.
#[test]
fn a_declaration_is_always_taken_and_shows_from_either_side() {
    let declared = Event::RelativesDeclared(RelativesDeclared {
        member: person(1),
        relatives: vec![person(2), person(3)],
    });
    let station = station()
        .when(appoint(1, LEADS.0, LEADS.1))
        .granted()
        .when(appoint(2, WATCHES.0, WATCHES.1))
        .granted()
        .when(declare(1, &[3, 2, 3]))
        .then([declared]);
    let station = station.when(declare(1, &[])).granted();
    let standing = |number| station.state().standing(Some(person(number)), day(FROM));
    let relatives =
        |number| standing(number).relatives.iter().map(|one| one.person).collect::<Vec<_>>();
    assert_eq!(relatives(1), [person(2), person(3)]);
    assert_eq!(relatives(2), [person(1)]);
    let today = day(FROM);
    assert!(standing(2).is_close_to(person(1), today) && standing(2).is_in(Group::Supervision));
    assert!(!standing(2).is_close_to(person(3), today));
}

#[test]
fn a_later_appointment_forgets_no_relative() {
    let station = station()
        .when(with_relatives(appoint(1, LEADS.0, LEADS.1), &[2]))
        .granted()
        .when(appoint(1, Group::PartyBranch, Capacity::BranchSecretary))
        .granted();
    let standing = station.state().standing(Some(person(1)), day(FROM));
    assert_eq!(standing.relatives, [Relative { person: person(2), until: None }]);
}

#[test]
fn relatives_are_others_and_not_without_number() {
    let many: Vec<u64> = (2..=52).collect();
    station()
        .when(declare(1, &[1]))
        .refused("station.own_relative")
        .when(declare(1, &many))
        .refused("station.too_many_relatives")
        .when(declare(1, &many[1..]))
        .granted()
        .when(with_relatives(appoint(1, LEADS.0, LEADS.1), &[1]))
        .refused("station.own_relative");
}
