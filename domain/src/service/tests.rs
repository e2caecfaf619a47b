#![allow(clippy::unwrap_used)]

use super::*;
use crate::activity::{self, Class, Kind, Phase};
use crate::testing::{Scene, actor, code, day, every_code_is_tested, given, person, text, time};
use crate::{Actor, Role};

mod attesting;
mod due;
mod presence;
mod properties;
mod recording;

/// The volunteer whose records these are.
const SERVED: u64 = 1;

#[test]
fn every_refusal_is_tested() {
    let tests = concat!(
        include_str!("tests.rs"),
        include_str!("tests/attesting.rs"),
        include_str!("tests/due.rs"),
        include_str!("tests/presence.rs"),
        include_str!("tests/recording.rs")
    );
    every_code_is_tested(include_str!("mod.rs"), tests, "service");
}

/// An activity of 2021-11-29, nine to eleven, in which the volunteer takes part.
fn participation(phase: Phase) -> Participation {
    let activity = activity::Published {
        title: text("巡逻"),
        kind: Kind::PublicOrder,
        class: Class::PublicWelfare,
        organiser: code("T1"),
        place: text("沿江路"),
        starts_at: time("2021-11-29T09:00:00+08:00"),
        ends_at: time("2021-11-29T11:00:00+08:00"),
        emergency: false,
        dangerous: false,
        capacity: None,
        in_charge: actor(Role::Attester, "attester-1").id,
        paper: None,
    };
    Participation { activity: Box::new(activity), phase, signed_up: true, walk_in: false }
}

fn closed() -> Participation {
    participation(Phase::Closed(time("2021-11-29T11:00:00+08:00")))
}

fn activity_id(number: u128) -> ActivityId {
    ActivityId(uuid::Uuid::from_u128(number))
}

/// A report on that day, from one time of the clock to another.
fn report(from: &str, to: &str, minutes: u32) -> Box<Report> {
    let on = |clock: &str| time(&format!("2021-11-29T{clock}:00+08:00"));
    Box::new(Report {
        volunteer: person(SERVED),
        activity: activity_id(1),
        content: text("巡逻并登记隐患"),
        started_at: on(from),
        ended_at: on(to),
        minutes: Minutes(minutes),
        outcomes: vec![Outcome { what: Counter::Hazards, count: 2 }],
        participation: closed(),
    })
}

/// A report of the whole activity.
fn whole() -> Box<Report> {
    report("09:00", "11:00", 120)
}

fn recorder() -> Actor {
    Actor { person: Some(person(50)), ..actor(Role::Recorder, "recorder-1") }
}

fn attester() -> Actor {
    Actor { person: Some(person(60)), ..actor(Role::Attester, "attester-1") }
}

/// The entry that the recorder's report makes.
fn entry(report: &Report) -> Entry {
    let published = &report.participation.activity;
    Entry {
        volunteer: report.volunteer,
        activity: report.activity,
        kind: published.kind,
        class: published.class,
        organiser: published.organiser.clone(),
        place: published.place.clone(),
        content: report.content.clone(),
        started_at: report.started_at,
        ended_at: report.ended_at,
        minutes: report.minutes,
        in_charge: published.in_charge.clone(),
        recorder: Recorder::of(&recorder()),
        outcomes: report.outcomes.clone(),
        flags: vec![],
    }
}

/// Ten working days after 2021-11-29.
const DUE: &str = "2021-12-13";

fn recorded(record: u32, report: &Report) -> Event {
    Event::Recorded(Box::new(Recorded {
        record,
        entry: entry(report),
        due: day(DUE),
        provisional: None,
    }))
}

fn requested(record: u32, report: &Report) -> Event {
    let requested = BackfillRequested {
        record,
        entry: entry(report),
        due: day(DUE),
        provisional: None,
        evidence: text("签到表"),
        digest: None,
    };
    Event::BackfillRequested(Box::new(requested))
}

fn attested(record: u32, revision: u32, minutes: u32, total: u32) -> Event {
    Event::Attested(Attested {
        record,
        revision,
        minutes: Minutes(minutes),
        served_on: day("2021-11-29"),
        total: Minutes(total),
        rating: None,
        attester: Some(Recorder::of(&attester())),
    })
}

fn backfill(report: Box<Report>) -> Command {
    Command::RequestBackfill { report, evidence: text("签到表"), digest: None }
}

fn attest(record: u32) -> Command {
    Command::Attest { record, rating: None }
}

fn dispute(record: u32) -> Command {
    Command::Dispute { record, reason: text("时长有误") }
}

fn dismiss(record: u32) -> Command {
    Command::DismissDispute { record, reason: text("经查无误") }
}

fn correct(record: u32, report: Box<Report>) -> Command {
    Command::Correct { record, report, reason: text("时长更正") }
}

fn void(record: u32) -> Command {
    Command::Void { record, reason: text("重复记录") }
}

/// One record of the whole activity; the recorder asks next.
fn one_record() -> Scene<Service> {
    given([recorded(1, &whole())]).by(recorder())
}
