#![allow(clippy::unwrap_used)]

use super::*;
use crate::Role;
use crate::testing::{Scene, actor, code, every_code_is_tested, given, person, text, time};

mod backfilling;
mod walking_in;

/// Tomorrow from nine to eleven, as seen from a scene's default noon of 2021-11-30.
fn published() -> Box<Published> {
    Box::new(Published {
        title: text("宪法宣传日"),
        kind: Kind::LegalPublicity,
        class: Class::Governance,
        organiser: code("T1"),
        place: text("文化广场"),
        starts_at: time("2021-12-01T09:00:00+08:00"),
        ends_at: time("2021-12-01T11:00:00+08:00"),
        emergency: false,
        dangerous: false,
        capacity: None,
        in_charge: actor(Role::Attester, "attester-1").id,
        paper: None,
    })
}

fn with(change: impl FnOnce(&mut Published)) -> Box<Published> {
    let mut published = published();
    change(&mut published);
    published
}

fn announced(change: impl FnOnce(&mut Published)) -> Scene<Activity> {
    given([Event::Published(with(change))])
}

fn sign_up(number: u64) -> Command {
    Command::SignUp { volunteer: person(number), may_serve: true, minor: false }
}

fn signed_up(number: u64) -> Event {
    Event::SignedUp(SignedUp { volunteer: person(number), minor: false, walk_in: false })
}

fn insure(volunteers: impl IntoIterator<Item = u64>) -> Command {
    let volunteers = volunteers.into_iter().map(person).collect();
    Command::Insure(Insured { policy: text("意外险2021第1号"), volunteers })
}

fn assess(dangerous: bool) -> Command {
    Command::AssessRisk(RiskAssessed { dangerous, findings: text("临水作业,已配救生衣") })
}

fn start() -> Command {
    Command::Start { minors: vec![] }
}

fn close(ended_at: &str) -> Command {
    Command::Close { ended_at: time(ended_at), summary: text("圆满结束") }
}

fn cancel() -> Command {
    Command::Cancel { reason: text("台风") }
}

#[test]
fn every_refusal_is_tested() {
    let tests = concat!(
        include_str!("tests.rs"),
        include_str!("tests/backfilling.rs"),
        include_str!("tests/walking_in.rs")
    );
    every_code_is_tested(include_str!("mod.rs"), tests, "activity");
}

#[test]
fn an_activity_is_published_once_before_it_starts() {
    given::<Activity>([])
        .when(Command::Publish(published()))
        .then([Event::Published(published())])
        .when(Command::Publish(published()))
        .refused("activity.already_published");
    let publish = |now: &str| given::<Activity>([]).at(now).when(Command::Publish(published()));
    publish("2021-12-01T08:59:59.999+08:00").granted();
    publish("2021-12-01T09:00:00+08:00").refused("activity.not_ahead");
}

#[test]
fn what_is_published_makes_sense() {
    let publish =
        |change: fn(&mut Published)| given::<Activity>([]).when(Command::Publish(with(change)));
    publish(|asked| asked.organiser = code("NONE")).refused("activity.unknown_unit");
    publish(|asked| asked.ends_at = asked.starts_at).refused("activity.backwards");
    publish(|asked| asked.ends_at = time("2021-12-08T09:00:00+08:00")).granted();
    publish(|asked| asked.ends_at = time("2021-12-08T09:00:01+08:00")).refused("activity.too_long");
}

#[test]
fn nothing_is_asked_of_an_activity_that_was_never_published() {
    let commands = [
        sign_up(1),
        Command::CancelSignUp { volunteer: person(1), served: false },
        insure([1]),
        assess(true),
        start(),
        close("2021-11-30T11:00:00+08:00"),
        cancel(),
    ];
    for command in commands {
        given::<Activity>([]).when(command).refused("activity.unpublished");
    }
    assert_eq!(Activity::default().participation(person(1)), Err(Rejection::Unpublished {}));
}

#[test]
fn an_activity_that_ended_changes_no_more() {
    let closed = announced(|_| {})
        .when(start())
        .granted()
        .at("2021-12-01T11:00:00+08:00")
        .when(close("2021-12-01T11:00:00+08:00"))
        .granted();
    for ended in [closed, announced(|_| {}).when(cancel()).granted()] {
        for command in [
            sign_up(1),
            Command::CancelSignUp { volunteer: person(1), served: false },
            insure([1]),
            assess(true),
            start(),
            cancel(),
        ] {
            ended.clone().when(command).refused("activity.not_announced");
        }
    }
}

#[test]
fn places_are_taken_and_given_back() {
    let leave = || Command::CancelSignUp { volunteer: person(1), served: false };
    let left = Event::SignUpCancelled(SignUpCancelled { volunteer: person(1) });
    announced(|asked| asked.capacity = Some(2))
        .when(leave())
        .refused("activity.not_signed_up")
        .when(sign_up(1))
        .then([signed_up(1)])
        .when(sign_up(1))
        .then([])
        .when(sign_up(2))
        .then([signed_up(2)])
        .when(sign_up(3))
        .refused("activity.full")
        .when(leave())
        .then([left])
        .when(leave())
        .refused("activity.not_signed_up")
        .when(sign_up(3))
        .then([signed_up(3)]);
    announced(|_| {})
        .when(Command::SignUp { volunteer: person(1), may_serve: false, minor: false })
        .refused("activity.not_serving");
}

#[test]
fn a_minor_does_no_dangerous_work_whenever_the_danger_is_found() {
    let minor = || Command::SignUp { volunteer: person(7), may_serve: true, minor: true };
    announced(|asked| asked.dangerous = true).when(minor()).refused("activity.minor_in_danger");
    announced(|_| {})
        .when(minor())
        .then([Event::SignedUp(SignedUp { volunteer: person(7), minor: true, walk_in: false })])
        .when(assess(true))
        .granted()
        .when(insure([7]))
        .granted()
        .when(start())
        .refused("activity.minor_in_danger")
        .when(Command::CancelSignUp { volunteer: person(7), served: false })
        .granted()
        .when(start())
        .then([Event::Started(Started { participants: 0 })]);
}

/// 志愿服务条例 §17: everybody who takes part in dangerous work is insured before it starts.
#[test]
fn nobody_goes_into_danger_uninsured() {
    announced(|asked| asked.dangerous = true)
        .when(sign_up(1))
        .granted()
        .when(sign_up(2))
        .granted()
        .when(start())
        .refused("activity.risk_not_assessed")
        .when(assess(true))
        .granted()
        .when(insure([1]))
        .granted()
        .when(start())
        .refused("activity.uninsured")
        .when(insure([2, 9]))
        .granted()
        .when(start())
        .then([Event::Started(Started { participants: 2 })]);
}

#[test]
fn an_assessment_that_finds_no_danger_lifts_the_duty() {
    announced(|asked| asked.dangerous = true)
        .when(sign_up(1))
        .granted()
        .when(assess(false))
        .granted()
        .when(start())
        .then([Event::Started(Started { participants: 1 })]);
}

#[test]
fn insurance_names_its_people_and_not_too_many_at_once() {
    announced(|_| {})
        .when(insure([]))
        .refused("activity.nobody_named")
        .when(insure(0..2_001))
        .refused("activity.too_many_at_once")
        .when(insure(0..2_000))
        .granted();
}

/// The largest insurance event stays below the 64 KiB that the log takes.
#[test]
fn the_largest_insurance_event_fits_the_log() {
    let volunteers = (0..2_000_u64).map(|n| person(u64::MAX - n)).collect();
    let insured = Event::Insured(Insured { policy: text(&"险".repeat(80)), volunteers });
    assert!(crate::Event::from(insured).encode().unwrap().len() < 48 * 1024);
}

#[test]
fn an_activity_ends_after_its_start_and_not_in_the_future() {
    let running = || announced(|_| {}).when(start()).granted();
    let ended = |ended_at: &str| {
        let summary = text("圆满结束");
        Event::Closed(Closed { ended_at: time(ended_at), summary })
    };
    let (start, noon) = ("2021-12-01T09:00:00+08:00", "2021-12-01T12:00:00+08:00");
    announced(|_| {}).when(close(noon)).refused("activity.not_running");
    running().at("2021-12-01T11:59:59+08:00").when(close(noon)).refused("activity.ends_in_future");
    running().at(noon).when(close(start)).refused("activity.ended_before_start");
    running()
        .at(noon)
        .when(close(noon))
        .then([ended(noon)])
        .when(close(noon))
        .refused("activity.not_running")
        .when(cancel())
        .refused("activity.not_announced");
    let later = running().at("2022-01-01T00:00:00+08:00");
    later.clone().when(close("2021-12-08T09:00:01+08:00")).refused("activity.too_long");
    later.when(close("2021-12-08T09:00:00+08:00")).granted();
}

#[test]
fn participation_tells_a_record_what_it_must_know() {
    let scene = given::<Activity>([Event::Published(published()), signed_up(1)]);
    let of = |number| scene.state().participation(person(number)).unwrap();
    assert_eq!(*of(1).activity, *published());
    assert!(of(1).signed_up && !of(2).signed_up && !of(1).walk_in);
    assert_eq!(of(1).phase, Phase::Announced);
    assert_eq!(scene.state().published().map(|known| &known.organiser), Some(&code("T1")));
}
