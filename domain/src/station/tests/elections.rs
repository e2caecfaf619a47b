//! 推选: the watched do not appoint the watchers (after 村民委员会组织法 §32).

use super::*;
use crate::ActorId;
use crate::meeting::Body;
use crate::service::Recorder;

const CLERK: &str = "clerk";

/// As [`record`] states it, by the clerk.
pub(super) fn elected(election: u32) -> Event {
    let account = ActorId::new(CLERK).unwrap();
    Event::SupervisorsElected(Box::new(SupervisorsElected {
        election,
        held_on: day("2021-10-15"),
        body: Body::Representatives,
        way: Way::Election,
        elected: (0..10).map(person).collect(),
        result: text("到会28人,均过半数赞成"),
        recorder: Recorder { account, person: Some(person(60)) },
        evidence: photographs(1),
        sealed_here: vec![],
    }))
}

fn new(people: &[u64]) -> NewElection {
    NewElection {
        held_on: day("2021-10-15"),
        body: Body::Representatives,
        way: Way::Election,
        elected: people.iter().map(|number| person(*number)).collect(),
        result: text("到会28人,均过半数赞成"),
        evidence: photographs(1),
        sealed_here: vec![],
    }
}

pub(super) fn record(people: &[u64]) -> Command {
    Command::RecordElection(Box::new(new(people)))
}

fn recording(change: impl FnOnce(&mut NewElection)) -> Command {
    let mut new = new(&[1]);
    change(&mut new);
    Command::RecordElection(Box::new(new))
}

fn supervising(election: Option<u32>, change: impl FnOnce(&mut Appointment)) -> Command {
    let (group, capacity) = (Group::Supervision, Capacity::RetiredPartyMember);
    let mut command = seats::appoint(1, group, capacity);
    if let Command::Appoint(asked) = &mut command {
        asked.election = election;
        change(asked);
    }
    command
}

fn clerk() -> Actor {
    Actor { person: Some(person(60)), ..actor(Role::Recorder, CLERK) }
}

#[test]
fn an_election_is_recorded_with_its_day_body_result_and_evidence() {
    having([])
        .by(clerk())
        .when(record(&[9, 0, 1, 2, 3, 4, 5, 6, 7, 8, 8]))
        .then([elected(1)])
        .when(record(&[0, 1, 2, 3, 4, 5, 6, 7, 8, 9]))
        .then([elected(2)])
        .when(recording(|new| new.way = Way::Recommendation))
        .granted();
    let many: Vec<u64> = (1..=301).collect();
    for (command, refusal) in [
        (recording(|new| new.body = Body::Council), "station.council_elects"),
        (recording(|new| new.held_on = day("2021-12-01")), "station.election_day"),
        (recording(|new| new.held_on = day("2016-11-29")), "station.election_day"),
        (record(&[]), "station.nobody_elected"),
        (record(&many), "station.group_full"),
        (recording(|new| new.evidence = vec![]), "station.no_evidence"),
        (recording(|new| new.evidence = photographs(21)), "station.too_much_evidence"),
    ] {
        having([]).when(command).refused(refusal);
    }
    for body in [Body::Villagers, Body::Representatives, Body::Owners] {
        having([]).when(recording(|new| new.body = body)).granted();
    }
    // As long ago as a term lasts: who was elected then may still be in office.
    having([]).when(recording(|new| new.held_on = day("2016-11-30"))).granted();
}

#[test]
fn nobody_records_that_they_were_elected() {
    let oneself = Actor { person: Some(person(1)), ..clerk() };
    having([]).by(oneself).when(record(&[1, 2])).refused("station.elected_oneself");
}

/// After 村民委员会组织法 §32: those who are supervised have no hand in who supervises, and one hand does not do all of it.
#[test]
fn the_watched_neither_record_nor_appoint_nor_remove() {
    let by = |number: Option<u64>| Actor {
        person: number.map(person),
        ..actor(Role::UnitAdministrator, "town")
    };
    let scene = station()
        .when(supervising(Some(1), |_| {}))
        .granted()
        .when(seats::appoint(20, Group::LeadingGroup, Capacity::GridWorker))
        .granted()
        .when(seats::appoint(21, Group::Council, Capacity::CommitteeMember))
        .granted()
        .when(seats::appoint(22, Group::Council, Capacity::Mediator))
        .granted()
        .when(seats::appoint(23, Group::PartyBranch, Capacity::ExcellentPartyMember))
        .granted();
    let another = |asked: &mut Appointment| asked.member = person(2);
    let commands = || {
        let leave = seats::leave(1, Group::Supervision);
        [record(&[1]), supervising(Some(1), another), leave]
    };
    for (number, refusal) in [
        (None, "station.nobody_behind"),
        (Some(20), "station.watched"),
        (Some(21), "station.watched"),
        (Some(22), "station.watched"),
    ] {
        for command in commands() {
            scene.clone().by(by(number)).when(command).refused(refusal);
        }
    }
    for number in [23, 24] {
        for command in commands() {
            scene.clone().by(by(Some(number))).when(command).granted();
        }
    }
    scene.by(by(None)).when(seats::leave(22, Group::Council)).granted();
}

#[test]
fn an_administrator_alone_appoints_no_supervisor() {
    having([]).when(supervising(None, |_| {})).refused("station.needs_election");
    having([]).when(supervising(Some(1), |_| {})).refused("station.unknown_election");
    let here = || station().when(supervising(Some(1), |_| {}));
    here().granted();
    station().when(supervising(Some(2), |_| {})).refused("station.unknown_election");
    station().by(clerk()).when(supervising(Some(1), |_| {})).refused("station.own_election");
    let stranger = |asked: &mut Appointment| asked.member = person(20);
    station().when(supervising(Some(1), stranger)).refused("station.not_elected");
    let council = |asked: &mut Appointment| asked.group = Group::Council;
    station().when(supervising(Some(1), council)).refused("station.not_by_election");
    station().when(supervising(None, council)).granted();
}

/// After 村民委员会组织法 §11, §32: the term of who is elected, from the day of the election on.
#[test]
fn the_term_lies_within_the_years_after_the_election() {
    for (from, until, refusal) in [
        ("2021-10-14", "2022-10-14", Some("station.before_election")),
        ("2021-10-15", "2026-10-15", None),
        ("2021-11-01", "2026-10-16", Some("station.term_too_long")),
    ] {
        let asked = station().when(supervising(Some(1), |asked| {
            (asked.from, asked.until) = (day(from), day(until));
        }));
        match refusal {
            Some(code) => drop(asked.refused(code)),
            None => drop(asked.granted()),
        }
    }
}

/// Whoever sat in the group before elections were recorded stays in office.
#[test]
fn who_was_appointed_before_stays() {
    let appointed = MemberAppointed {
        group: Group::Supervision,
        member: person(40),
        capacity: Capacity::Representative,
        from: day("2021-06-01"),
        until: day("2024-05-31"),
        election: None,
        relatives: vec![],
        sealed: None,
        sealed_here: None,
    };
    let before = having([Event::MemberAppointed(Box::new(appointed))]);
    let standing = before.state().standing(Some(person(40)), day("2021-11-30"));
    assert!(standing.is_in(Group::Supervision));
}
