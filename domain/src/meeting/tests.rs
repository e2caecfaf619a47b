#![allow(clippy::unwrap_used)]

use super::*;
use crate::rulebook::{Deliberation, Rules};
use crate::testing::{Scene, actor, code, day, every_code_is_tested, given, person, text, time};
use crate::{Actor, Area, IssueId, MeetingId, ResolutionId, Role, Text};

mod attending;
mod backfilling;
mod balloting;
mod convening;
mod counting;
mod leaving;
mod minuting;
mod properties;
mod voting;

#[test]
fn every_refusal_is_tested() {
    let tests = concat!(
        include_str!("tests.rs"),
        include_str!("tests/attending.rs"),
        include_str!("tests/backfilling.rs"),
        include_str!("tests/balloting.rs"),
        include_str!("tests/convening.rs"),
        include_str!("tests/counting.rs"),
        include_str!("tests/leaving.rs"),
        include_str!("tests/minuting.rs"),
        include_str!("tests/voting.rs")
    );
    every_code_is_tested(include_str!("rejection.rs"), tests, "meeting");
}

/// The legal adviser; members are 1, 2, 3 …
const ADVISER: u64 = 90;

/// A topic that falls under everything else of the list, which needs a legal opinion.
fn item(issue: Option<u64>, ratifies: bool, matter: Matter) -> AgendaItem {
    let issue = issue.map(IssueId::from_bits);
    let (title, listed) = (text("增设垃圾收集点"), Some("G8".parse().unwrap()));
    let required = Some(Required { opinion: true, steps: false });
    AgendaItem { title, issue, ratifies, matter, listed, secret: false, required }
}

fn resolution(number: u128) -> ResolutionId {
    ResolutionId { meeting: MeetingId(uuid::Uuid::from_u128(number)), topic: 1 }
}

/// A council meeting of so many members in the afternoon of 2021-11-30 with these topics.
fn council(members: u64, agenda: Vec<AgendaItem>) -> Convened {
    Convened {
        station: code("V1"),
        body: Body::Council,
        form: Form::Room,
        starts_at: time("2021-11-30T14:00:00+08:00"),
        place: text("村文化礼堂"),
        occasion: None,
        agenda,
        reports: vec![resolution(7)],
        members: (1..=members).map(person).collect(),
        advisers: vec![person(ADVISER), person(ADVISER + 1)],
        electorate: None,
        paper: None,
    }
}

/// One ordinary topic and one that ratifies.
fn agenda() -> Vec<AgendaItem> {
    vec![item(Some(1), false, Matter::Ordinary), item(Some(2), true, Matter::Ordinary)]
}

fn ordinary() -> Vec<AgendaItem> {
    vec![item(None, false, Matter::Ordinary)]
}

/// A meeting of another body that counts by so many heads and so much area.
fn electorate(body: Body, heads: u32, area: u32, matter: Matter) -> Convened {
    Convened {
        body,
        members: vec![],
        electorate: Some(Electorate { heads, area: Area(area) }),
        ..council(0, vec![item(None, false, matter)])
    }
}

fn convene(asked: Convened) -> Command {
    Command::Convene { asked: Box::new(asked), prepared: BTreeSet::new() }
}

/// Convened as asked, on the day of the meeting.
fn convened(asked: Convened) -> Scene<Meeting> {
    let scene = given([Event::Convened(Box::new(asked))]);
    scene.at("2021-11-30T14:00:00+08:00").by(recorder())
}

/// A meeting of five councillors with two topics.
fn meeting() -> Scene<Meeting> {
    convened(council(5, agenda()))
}

fn recorder() -> Actor {
    Actor { person: Some(person(3)), ..actor(Role::Councillor, "councillor-3") }
}

fn attendee(number: u64, area: Option<u32>) -> Attendee {
    Attendee { member: person(number), area: area.map(Area), proxy: None }
}

fn attend(people: impl IntoIterator<Item = u64>) -> Command {
    let present = people.into_iter().map(|number| attendee(number, None)).collect();
    Command::TakeAttendance { present }
}

/// Owners by number, each with an area.
fn owners(areas: &[u32]) -> Command {
    let present = (1..).zip(areas).map(|(number, area)| attendee(number, Some(*area))).collect();
    Command::TakeAttendance { present }
}

fn advise(topic: u8, adviser: u64, lawful: bool) -> Command {
    let adviser = Some(person(adviser));
    Command::GiveOpinion { topic, adviser, lawful, opinion: text("符合村民委员会组织法") }
}

fn vote(topic: u8, choice: Choice, people: impl IntoIterator<Item = u64>) -> Command {
    let votes = people.into_iter().map(|number| Vote { member: person(number), choice }).collect();
    Command::CastVotes { topic, votes }
}

fn decide(topic: u8) -> Command {
    Command::DecideTopic { topic, count: Count::default() }
}

/// Counts although some have not voted.
fn confirm(topic: u8) -> Command {
    Command::DecideTopic { topic, count: Count { confirmed: true, ..Count::default() } }
}

fn defer(topic: u8) -> Command {
    Command::DecideTopic { topic, count: Count { defer: true, ..Count::default() } }
}

fn minute(topic: u8) -> Minute {
    Minute {
        topic, process: Some(text("逐户征求意见后讨论")), result: Some(text("年内建成"))
    }
}

fn seal(topics: impl IntoIterator<Item = u8>) -> Command {
    let topics = topics.into_iter().map(minute).collect();
    Command::SealMinutes { topics, reports: vec![] }
}

fn correct(topic: u8) -> Command {
    Command::CorrectMinutes { topic, correction: text("应为东侧"), reason: text("笔误") }
}

fn cancel() -> Command {
    Command::Cancel { reason: text("台风") }
}

/// Other figures for the bodies.
fn bodies(change: impl FnOnce(&mut Deliberation)) -> impl FnOnce(&mut Rules) {
    |rules| {
        let mut deliberation = rules.deliberation().clone();
        change(&mut deliberation);
        rules.deliberation = Some(Box::new(deliberation));
    }
}

/// All but convening and correcting.
fn while_it_runs() -> [Command; 6] {
    [
        attend([4]),
        advise(1, ADVISER, true),
        vote(1, Choice::Agree, [1]),
        decide(1),
        seal([1, 2]),
        cancel(),
    ]
}

#[test]
fn nothing_is_asked_of_a_meeting_that_was_not_convened() {
    for command in while_it_runs().into_iter().chain([correct(1)]) {
        given::<Meeting>([]).when(command).refused("meeting.unconvened");
    }
}

#[test]
fn a_cancelled_meeting_stays_cancelled() {
    let cancelled = meeting()
        .when(attend(1..=5))
        .granted()
        .when(defer(1))
        .granted()
        .when(cancel())
        .then([Event::Cancelled(Cancelled { reason: text("台风") })]);
    assert!(cancelled.state().is_cancelled() && !meeting().state().is_cancelled());
    for command in while_it_runs().into_iter().chain([correct(1)]) {
        cancelled.clone().when(command).refused("meeting.cancelled");
    }
    cancelled.when(convene(council(5, agenda()))).refused("meeting.already_convened");
}
