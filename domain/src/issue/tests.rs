#![allow(clippy::unwrap_used)]

use super::*;
use crate::testing::{Scene, code, day, digest, every_code_is_tested, given, person, text, time};
use crate::{IssueId, PersonId, ResolutionId, TopicCode};

mod backfilling;
mod deliberating;
mod expediting;
mod preparing;
mod routing;

#[test]
fn every_refusal_is_tested() {
    let tests = concat!(
        include_str!("tests.rs"),
        include_str!("tests/backfilling.rs"),
        include_str!("tests/deliberating.rs"),
        include_str!("tests/expediting.rs"),
        include_str!("tests/preparing.rs"),
        include_str!("tests/routing.rs")
    );
    every_code_is_tested(include_str!("rejection.rs"), tests, "issue");
}

/// The grid worker who registers, and a member of the leading group who approves.
const REGISTRAR: u64 = 1;
const LEADER: u64 = 2;

fn registration(source: Source) -> Box<Registered> {
    Box::new(Registered {
        station: code("V1"),
        raised_at: time("2021-11-29T09:00:00+08:00"),
        place: text("村口公交站"),
        registrar: Some(person(REGISTRAR)),
        source,
        channel: Channel::Door,
        asker: Some(Asker { person: person(9), sealed: digest(9) }),
        problem: text("村口垃圾随意倾倒"),
        wish: None,
        remark: None,
        answer_due: None,
        paper: None,
    })
}

fn registered(source: Source, answer_due: Option<&str>) -> Event {
    let answer_due = answer_due.map(day);
    Event::Registered(Box::new(Registered { answer_due, ..*registration(source) }))
}

/// An issue that a grid worker registered, to which more has happened.
fn having(history: impl IntoIterator<Item = Event>) -> Scene<Issue> {
    given([registered(Source::GridWorker, None)].into_iter().chain(history))
}

fn online() -> Scene<Issue> {
    given([registered(Source::Online, Some("2021-12-05"))])
}

fn topic(code: &str) -> TopicCode {
    TopicCode::new(code).unwrap()
}

fn triaged(code: &str) -> Event {
    Event::Triaged(Triaged { topic: topic(code) })
}

fn accepted() -> [Event; 2] {
    [triaged("G2"), Event::Accepted(Accepted { topic: topic("G2") })]
}

fn answered() -> Event {
    Event::Answered(Answered { answer: text("已安排清运") })
}

fn answer() -> Command {
    Command::Answer { answer: text("已安排清运") }
}

fn triage(code: &str, listed: bool) -> Command {
    Command::Triage { topic: topic(code), listed }
}

fn merge(into: u64, stands: bool) -> Command {
    Command::Merge { issue: IssueId::from_bits(1), into: IssueId::from_bits(into), stands }
}

fn reject() -> Command {
    Command::Reject { reason: text("属个人纠纷") }
}

fn route_out() -> Command {
    let (to, reason) = (text("镇综合执法队"), text("属执法事项"));
    Command::RouteOut { to, receiver: None, reason, due: None }
}

/// Takes an issue off the register without a meeting: each command, and the stage it leads to.
fn dismissals() -> [(Command, Event, Stage); 3] {
    [
        (merge(2, true), Event::Merged(Merged { into: IssueId::from_bits(2) }), Stage::Merged),
        (reject(), Event::Rejected(Rejected { reason: text("属个人纠纷") }), Stage::Rejected),
        (route_out(), routing::routed("2021-12-15"), Stage::RoutedOut),
    ]
}

#[test]
fn an_issue_is_registered_once_and_not_ahead_of_time_nor_years_later() {
    let raised = |at: &str| {
        Command::Register(Box::new(Registered {
            raised_at: time(at),
            ..*registration(Source::Office)
        }))
    };
    given::<Issue>([]).when(raised("2021-11-30T12:00:00.001+08:00")).refused("issue.in_future");
    given::<Issue>([]).when(raised("2020-11-29T23:59:59+08:00")).refused("issue.long_ago");
    given::<Issue>([]).when(raised("2020-11-30T00:00:00+08:00")).granted();
    let unknown = Registered { station: code("NONE"), ..*registration(Source::Office) };
    let issue = given::<Issue>([])
        .when(Command::Register(Box::new(unknown)))
        .refused("issue.unknown_unit")
        .when(Command::Register(Box::new(Registered {
            station: code("OLD"),
            ..*registration(Source::Office)
        })))
        .refused("issue.ended_unit")
        .when(raised("2021-11-30T12:00:00+08:00"))
        .granted()
        .when(raised("2021-11-30T12:00:00+08:00"))
        .refused("issue.already_registered");
    assert_eq!(issue.state().station(), Some(&code("V1")));
    assert_eq!(issue.state().asker().map(|asker| asker.person), Some(person(9)));
    assert!(issue.state().is_open() && !given::<Issue>([]).state().is_open());
}

#[test]
fn an_answer_is_due_to_what_came_in_online_whatever_was_said() {
    for source in Source::ALL {
        let claimed = Registered { answer_due: Some(day("2031-01-01")), ..*registration(*source) };
        let due = (*source == Source::Online).then_some("2021-12-05");
        let issue = given::<Issue>([])
            .when(Command::Register(Box::new(claimed)))
            .then([registered(*source, due)]);
        assert_eq!(issue.state().answer_due(), due.map(day));
    }
    for channel in Channel::ALL {
        let asked = Registered { channel: *channel, ..*registration(Source::GridWorker) };
        let issue = given::<Issue>([]).when(Command::Register(Box::new(asked))).granted();
        let owed = matches!(channel, Channel::Chat | Channel::Web);
        assert_eq!(issue.state().answer_due().is_some(), owed, "{channel:?}");
    }
}

#[test]
fn an_answer_is_overdue_after_its_last_day_and_once() {
    let overdue = || Event::AnswerOverdue(AnswerOverdue { due: day("2021-12-05") });
    online()
        .at("2021-12-05T23:59:59+08:00")
        .when(Command::MissAnswer)
        .refused("issue.answer_not_due")
        .at("2021-12-06T00:00:00+08:00")
        .when(Command::MissAnswer)
        .then([overdue()])
        .when(Command::MissAnswer)
        .then([])
        .when(answer())
        .then([answered()])
        .when(Command::MissAnswer)
        .refused("issue.no_answer_due");
    having([])
        .at("2022-12-06T00:00:00+08:00")
        .when(Command::MissAnswer)
        .refused("issue.no_answer_due");
}

#[test]
fn answers_may_follow_one_another_up_to_a_limit() {
    let issue = (1..=20).fold(online(), |scene, _| scene.when(answer()).then([answered()]));
    assert_eq!(issue.state().answer_due(), None);
    issue.when(answer()).refused("issue.enough_answers");
}

#[test]
fn nothing_is_asked_of_an_issue_that_was_not_registered() {
    for command in [
        answer(),
        Command::MissAnswer,
        triage("G2", true),
        Command::Accept,
        merge(2, true),
        reject(),
        route_out(),
        expediting::expedite(Some(LEADER), true),
        expediting::ratify(1),
        expediting::miss(1),
        deliberating::schedule(1, 1),
        deliberating::decide(1, 1, Outcome::Adopted),
        deliberating::settle(None),
        deliberating::reopen(1, 1),
    ] {
        let nothing = given::<Issue>([]).when(command).refused("issue.unregistered");
        assert_eq!(nothing.state().stage(), None);
    }
}

#[test]
fn an_issue_is_held_against_the_lists_before_it_is_accepted() {
    let issue = having([])
        .when(Command::Accept)
        .refused("issue.not_triaged")
        .when(triage("Z9", false))
        .refused("issue.not_listed")
        .when(triage("G3", true))
        .then([triaged("G3")])
        .when(triage("G2", true))
        .then([triaged("G2")]);
    assert_eq!(issue.state().stage(), Some(Stage::Triaged));
    let issue = issue
        .when(Command::Accept)
        .then([Event::Accepted(Accepted { topic: topic("G2") })])
        .when(Command::Accept)
        .then([])
        .when(triage("G3", true))
        .refused("issue.accepted");
    assert_eq!(issue.state().stage(), Some(Stage::Accepted));
    assert_eq!(issue.state().topic(), Some(&topic("G2")));
}

#[test]
fn an_issue_is_merged_into_another_that_stands() {
    having([])
        .when(merge(1, true))
        .refused("issue.into_itself")
        .when(merge(2, false))
        .refused("issue.target_closed")
        .when(merge(2, true))
        .then([Event::Merged(Merged { into: IssueId::from_bits(2) })]);
}

#[test]
fn an_issue_that_left_the_register_is_only_answered() {
    for (command, event, stage) in dismissals() {
        for history in [vec![], accepted().to_vec()] {
            let ended = having(history).when(command.clone()).then([event.clone()]);
            assert_eq!(ended.state().stage(), Some(stage));
            assert!(!ended.state().is_open() && ended.state().topic().is_none());
            for command in [
                triage("G2", true),
                Command::Accept,
                merge(2, true),
                reject(),
                route_out(),
                expediting::expedite(Some(LEADER), true),
                deliberating::schedule(1, 1),
                deliberating::settle(None),
            ] {
                ended.clone().when(command).refused("issue.ended");
            }
            ended.when(answer()).then([answered()]);
        }
    }
}
