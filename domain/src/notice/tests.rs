#![allow(clippy::unwrap_used)]

use super::*;
use crate::Actor;
use crate::testing::{Scene, actor, code, day, every_code_is_tested, given, person, text};

mod objections;
mod posting;
mod properties;

fn subject() -> Subject {
    Subject::StarChange { volunteer: person(1), proposal: 1 }
}

fn publish(unit: Option<&str>) -> Command {
    Command::Publish {
        subject: subject(),
        unit: unit.map(code),
        title: text("星级评定公示"),
        text: text("拟由无星评定为一星"),
    }
}

fn published(opens_on: &str, closes_on: &str) -> Event {
    Event::Published(Box::new(Published {
        subject: subject(),
        unit: Some(code("T1")),
        title: text("星级评定公示"),
        text: text("拟由无星评定为一星"),
        opens_on: day(opens_on),
        closes_on: day(closes_on),
        by: Some(Recorder::of(&office())),
    }))
}

/// Open from 2021-11-23 to 2021-11-30.
fn notice() -> Scene<Notice> {
    given([published("2021-11-23", "2021-11-30")])
}

fn object() -> Command {
    Command::FileObjection { ground: text("时长不实"), objector: None }
}

fn office() -> Actor {
    actor(Role::CountyOffice, "office")
}

/// Another account of the county office, which neither published nor objected.
fn another() -> Actor {
    actor(Role::CountyOffice, "office-2")
}

fn filed(objection: u32, answer_due: &str) -> Event {
    let (ground, answer_due) = (text("时长不实"), day(answer_due));
    Event::ObjectionFiled(ObjectionFiled {
        objection,
        ground,
        answer_due,
        objector: None,
        by: Some(Recorder::of(&office())),
    })
}

fn answer(objection: u32, verdict: Verdict) -> Command {
    Command::AnswerObjection {
        objection, verdict, answer: text("已核查签到记录"), above: false
    }
}

/// The last word, where `escalate_until` names no day until which it may be taken further.
fn answered(objection: u32, verdict: Verdict, escalate_until: Option<&str>) -> Event {
    let (answer, escalate_until) = (text("已核查签到记录"), escalate_until.map(day));
    Event::ObjectionAnswered(ObjectionAnswered { objection, verdict, answer, escalate_until })
}

/// The service itself, for a policy.
fn policy() -> Actor {
    Actor::system(crate::ActorId::new("policy:withdraw-star").unwrap())
}

fn closed(upheld: bool) -> Event {
    Event::Closed(Closed { subject: subject(), upheld })
}

fn withdraw() -> Command {
    Command::Withdraw { reason: text("时长变化") }
}

#[test]
fn every_refusal_is_tested() {
    let tests = concat!(
        include_str!("tests.rs"),
        include_str!("tests/objections.rs"),
        include_str!("tests/posting.rs")
    );
    every_code_is_tested(include_str!("rejection.rs"), tests, "notice");
}

#[test]
fn a_notice_is_published_once_and_stands_for_the_rulebook_s_days() {
    given::<Notice>([])
        .when(publish(Some("NONE")))
        .refused("notice.unknown_unit")
        .when(publish(Some("T1")))
        .then([published("2021-11-30", "2021-12-07")])
        .when(publish(Some("T1")))
        .refused("notice.already_published");
    given::<Notice>([]).when(publish(None)).granted();
    given::<Notice>([])
        .at("2024-02-22T23:59:59+08:00")
        .when(publish(Some("T1")))
        .then([published("2024-02-22", "2024-02-29")]);
    given::<Notice>([])
        .rules(|rules| rules.notice_days.value = 30)
        .when(publish(Some("T1")))
        .then([published("2021-11-30", "2021-12-30")]);
}

#[test]
fn nothing_is_asked_of_a_notice_that_does_not_exist() {
    for command in [object(), answer(1, Verdict::Upheld), Command::Close, withdraw()] {
        given::<Notice>([]).when(command).refused("notice.unpublished");
    }
}

#[test]
fn objections_are_in_time_until_the_end_of_the_last_day() {
    notice()
        .at("2021-11-30T23:59:59+08:00")
        .when(object())
        .then([filed(1, "2021-12-05")])
        .when(object())
        .then([filed(2, "2021-12-05")])
        .at("2021-12-01T00:00:00+08:00")
        .when(object())
        .refused("notice.period_over");
}

#[test]
fn a_notice_closes_on_the_day_after_its_last() {
    notice()
        .at("2021-11-30T23:59:59+08:00")
        .when(Command::Close)
        .refused("notice.too_early")
        .at("2021-12-01T00:00:00+08:00")
        .when(Command::Close)
        .then([closed(false)]);
}

#[test]
fn a_notice_does_not_close_over_an_open_objection() {
    let open = || notice().when(object()).granted().when(object()).granted().by(another());
    let after = |first: Verdict| {
        let until = (first == Verdict::Dismissed).then_some("2021-12-07");
        open()
            .at("2021-12-02T09:00:00+08:00")
            .when(Command::Close)
            .refused("notice.open_objection")
            .when(answer(1, first))
            .then([answered(1, first, until)])
            .when(answer(1, Verdict::Dismissed))
            .refused("notice.already_answered")
            .when(answer(3, Verdict::Dismissed))
            .refused("notice.unknown_objection")
            .when(Command::Close)
            .refused("notice.open_objection")
            .when(answer(2, Verdict::Dismissed))
            .then([answered(2, Verdict::Dismissed, Some("2021-12-07"))])
            .at("2021-12-08T00:00:00+08:00")
            .when(Command::Close)
    };
    after(Verdict::Dismissed).then([closed(false)]);
    after(Verdict::Upheld).then([closed(true)]);
}

#[test]
fn an_ended_notice_stays_ended() {
    let withdrawn = Event::Withdrawn(Withdrawn { reason: text("时长变化") });
    let ended = [
        notice().by(policy()).when(withdraw()).then([withdrawn]),
        notice().at("2021-12-01T00:00:00+08:00").when(Command::Close).then([closed(false)]),
    ];
    for scene in ended {
        for command in [object(), answer(1, Verdict::Upheld), Command::Close, withdraw()] {
            scene.clone().when(command).refused("notice.ended");
        }
        scene.when(publish(None)).refused("notice.already_published");
    }
}

/// Its proposal would stay open for good.
#[test]
fn nobody_withdraws_a_star_s_notice_by_hand() {
    notice().when(withdraw()).refused("notice.star_follows");
    let (title, text) = (text("志愿服务网点调整"), text("见附件"));
    let general = Command::Publish { subject: Subject::General, unit: None, title, text };
    given::<Notice>([]).when(general).granted().when(withdraw()).granted();
}

#[test]
fn a_subject_is_stored_under_its_name() {
    assert_eq!((subject().as_str(), Subject::General.as_str()), ("star_change", "general"));
    let json = serde_json::to_value(subject()).unwrap();
    assert_eq!(json["kind"], subject().as_str());
}
