//! Events and logs for tests, with as few words as possible.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod deliberation;
mod resolution;

pub(crate) use deliberation::*;
pub(crate) use resolution::*;

use domain::identity_number::AgeGroup;
use domain::squad::Consent;
use domain::{
    ActivityId, Actor, ActorId, Event, Metadata, Minutes, NoticeId, PersonId, Points, SealedDigest,
    Text, UnitCode, activity, notice, points, service, squad, unit, volunteer,
};
use event_store::{
    EventStore, Expected, MemoryStore, NewEvent, Position, Recorded, StreamId, Version,
};
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use std::collections::HashMap;
use uuid::Uuid;

use crate::{Fact, Limits, ReadModels};

pub(crate) fn person(n: u64) -> PersonId {
    PersonId::from_bits(n)
}

pub(crate) fn code(unit: &str) -> UnitCode {
    unit.parse().unwrap()
}

pub(crate) fn day(date: &str) -> Date {
    date.parse().unwrap()
}

pub(crate) fn text<const N: usize>(text: &str) -> Text<N> {
    Text::new(text).unwrap()
}

pub(crate) fn activity_id(n: u128) -> ActivityId {
    ActivityId(Uuid::from_u128(n))
}

pub(crate) fn notice_id(id: &str) -> NoticeId {
    id.parse().unwrap()
}

/// Noon of a day in the county.
pub(crate) fn noon(date: &str) -> Timestamp {
    format!("{date}T04:00:00Z").parse().unwrap()
}

fn metadata(rulebook: u32) -> Vec<u8> {
    let actor = Actor::system(ActorId::new("policy:test").unwrap());
    let metadata =
        Metadata { actor, command: Uuid::from_u128(1), cause: None, import: None, rulebook };
    serde_json::to_vec(&metadata).unwrap()
}

/// A recorded event: version 1, learned so many minutes after 2021-11-01 as its position says.
pub(crate) fn recorded(position: u64, stream: &str, event: impl Into<Event>) -> Recorded {
    let minutes = SignedDuration::from_mins(i64::try_from(position).unwrap());
    let event = event.into();
    Recorded {
        position: Position(position),
        stream: StreamId::new(stream).unwrap(),
        version: Version(1),
        id: Uuid::from_u128(u128::from(position)),
        kind: event.kind().name.into(),
        recorded_at: noon("2021-11-01").checked_add(minutes).unwrap(),
        data: event.encode().unwrap(),
        metadata: metadata(0),
    }
}

/// A log that grows.
pub(crate) struct Log {
    pub(crate) facts: Vec<Fact>,
    now: Timestamp,
    rulebook: u32,
}

impl Log {
    pub(crate) fn new() -> Self {
        Self { facts: Vec::new(), now: noon("2021-11-01"), rulebook: 0 }
    }

    /// From here on facts are learned at noon of this day.
    pub(crate) fn on(&mut self, date: &str) -> &mut Self {
        self.now = noon(date);
        self
    }

    /// From here on facts are learned under this version of the rulebook.
    pub(crate) fn under(&mut self, rulebook: u32) -> &mut Self {
        self.rulebook = rulebook;
        self
    }

    pub(crate) fn add(&mut self, stream: &str, event: impl Into<Event>) -> &mut Self {
        let position = self.facts.len() as u64 + 1;
        let mut recorded = recorded(position, stream, event);
        let before = self.facts.iter().rev().find(|fact| fact.stream == recorded.stream);
        recorded.version.0 += before.map_or(0, |before| before.version.0);
        recorded.recorded_at = self.now;
        recorded.metadata = metadata(self.rulebook);
        self.facts.push(Fact::read(&recorded).unwrap());
        self
    }

    /// All read models over the whole log, in memory.
    pub(crate) fn read(&self) -> ReadModels {
        let mut models = ReadModels::open(":memory:").unwrap();
        models.run_batch(&self.facts).unwrap();
        models
    }

    /// The same in batches of these sizes, again and again, with caches that hold next to nothing.
    pub(crate) fn read_in_batches(&self, sizes: &[usize]) -> ReadModels {
        let limits = Limits { cached_rows: 3, dirty_rows: 1, commit_events: 1 };
        let mut models = ReadModels::open_with(":memory:", crate::ALL, limits).unwrap();
        let mut rest = &self.facts[..];
        for &size in sizes.iter().cycle() {
            let (batch, later) = rest.split_at(size.clamp(1, rest.len()));
            models.run_batch(batch).unwrap();
            rest = later;
            if rest.is_empty() {
                break;
            }
        }
        models
    }

    /// The same log in a store.
    pub(crate) async fn store(&self) -> MemoryStore {
        let store = MemoryStore::new();
        let mut versions: HashMap<StreamId, u64> = HashMap::new();
        for fact in &self.facts {
            let version = versions.entry(fact.stream.clone()).or_default();
            let event = NewEvent {
                id: fact.id,
                kind: fact.event.kind().name.into(),
                recorded_at: fact.recorded_at,
                data: fact.event.encode().unwrap(),
                metadata: serde_json::to_vec(&fact.metadata).unwrap(),
            };
            let expected = Expected::Exactly(Version(*version));
            store.append(&fact.stream, expected, vec![event]).await.unwrap();
            *version += 1;
        }
        store
    }
}

pub(crate) fn unit_registered(unit: &str, kind: unit::Kind, parent: Option<&str>) -> Event {
    let (unit, parent) = (code(unit), parent.map(code));
    unit::Event::Registered(unit::Registered { unit, name: text("某单位"), kind, parent }).into()
}

pub(crate) fn headcount(headcount: u32) -> Event {
    unit::Event::HeadcountDeclared(unit::HeadcountDeclared { headcount }).into()
}

pub(crate) fn task(task: u32) -> Event {
    unit::Event::QuotaAssigned(unit::QuotaAssigned { task, campaign: None }).into()
}

pub(crate) fn attributed(to: &str) -> Event {
    unit::Event::Attributed(unit::Attributed { to: code(to) }).into()
}

fn consent() -> Consent {
    Consent { given_on: day("2021-11-01"), form: text("书面") }
}

pub(crate) fn registered(unit: &str) -> Event {
    volunteer::Event::Registered(Box::new(volunteer::Registered {
        unit: code(unit),
        kind: volunteer::Kind::Registered,
        recruitment: volunteer::Recruitment::LongTerm,
        political_status: volunteer::PoliticalStatus::Masses,
        age_group: AgeGroup::Adult,
        skills: vec![text("调解")],
        consent: consent(),
        guardian_consent: false,
        sealed: SealedDigest([7; 32]),
    }))
    .into()
}

pub(crate) fn matched() -> Event {
    volunteer::Event::RealNameMatched(volunteer::RealNameMatched { roster: text("名册") }).into()
}

pub(crate) fn moved(from: &str, to: &str) -> Event {
    let (from, to) = (code(from), code(to));
    volunteer::Event::Moved(volunteer::Moved { from, to, reason: text("调动") }).into()
}

pub(crate) fn withdrawn() -> Event {
    volunteer::Event::Withdrawn(volunteer::Withdrawn { reason: text("本人申请"), on: None }).into()
}

pub(crate) fn personal_data_erased() -> Event {
    let (reason, legal_basis) = (text("本人申请"), text("个人信息保护法第47条"));
    volunteer::Event::PersonalDataErased(volunteer::PersonalDataErased { reason, legal_basis })
        .into()
}

pub(crate) fn joined(volunteer: u64, party: bool) -> Event {
    let (volunteer, consent) = (person(volunteer), consent());
    squad::Event::MemberJoined(squad::MemberJoined { volunteer, consent, party }).into()
}

pub(crate) fn left(volunteer: u64) -> Event {
    let (volunteer, reason) = (person(volunteer), text("本人申请"));
    squad::Event::MemberLeft(squad::MemberLeft { volunteer, reason, on: None }).into()
}

/// An entry of two hours that ended at noon of a day, in activity 1 of unit A unless changed.
pub(crate) fn entry(volunteer: u64, date: &str) -> service::Entry {
    let ended_at = noon(date);
    service::Entry {
        volunteer: person(volunteer),
        activity: activity_id(1),
        kind: activity::Kind::LegalPublicity,
        class: activity::Class::PublicWelfare,
        organiser: code("A"),
        place: text("文化礼堂"),
        content: text("宣讲民法典"),
        started_at: ended_at.checked_sub(SignedDuration::from_hours(2)).unwrap(),
        ended_at,
        minutes: Minutes(120),
        in_charge: ActorId::new("attester-1").unwrap(),
        recorder: service::Recorder { account: ActorId::new("recorder-1").unwrap(), person: None },
        outcomes: vec![service::Outcome { what: service::Counter::Leaflets, count: 30 }],
        flags: vec![],
    }
}

pub(crate) fn served(record: u32, entry: service::Entry, due: &str) -> Event {
    let due = day(due);
    service::Event::Recorded(Box::new(service::Recorded { record, entry, due, provisional: None }))
        .into()
}

pub(crate) fn attested(record: u32, minutes: u32, served_on: &str) -> Event {
    service::Event::Attested(service::Attested {
        record,
        revision: 1,
        minutes: Minutes(minutes),
        served_on: day(served_on),
        total: Minutes(minutes),
        rating: Some(4),
        attester: None,
    })
    .into()
}

pub(crate) fn corrected(record: u32, entry: service::Entry) -> Event {
    service::Event::Corrected(Box::new(service::Corrected {
        record,
        revision: 2,
        entry,
        reason: text("时长有误"),
        withdrawn: Minutes(120),
        total: Minutes(0),
    }))
    .into()
}

pub(crate) fn voided(record: u32) -> Event {
    service::Event::Voided(service::Voided {
        record,
        revision: 1,
        reason: text("未到场"),
        withdrawn: Minutes(120),
        total: Minutes(0),
    })
    .into()
}

pub(crate) fn earned(record: u32, points: i64, expires_on: Option<&str>) -> Event {
    let (points, expires_on) = (Points(points), expires_on.map(day));
    points::Event::Earned(points::Earned { record, revision: 1, points, expires_on }).into()
}

pub(crate) fn redeemed(redemption: u32, points: i64) -> Event {
    let (item, name) = ("BUS-10".into(), "公交乘车卡".into());
    points::Event::Redeemed(points::Redeemed { redemption, item, name, points: Points(points) })
        .into()
}

pub(crate) fn published_notice(opens_on: &str, closes_on: &str) -> Event {
    notice::Event::Published(Box::new(notice::Published {
        subject: notice::Subject::StarChange { volunteer: person(1), proposal: 1 },
        unit: None,
        title: text("星级变更公示"),
        text: text("拟评一星"),
        opens_on: day(opens_on),
        closes_on: day(closes_on),
        by: None,
    }))
    .into()
}

pub(crate) fn objected(objection: u32) -> Event {
    let (ground, answer_due) = (text("时长存疑"), day("2022-01-10"));
    let (objector, by) = (None, None);
    let filed = notice::ObjectionFiled { objection, ground, answer_due, objector, by };
    notice::Event::ObjectionFiled(filed).into()
}

pub(crate) fn answered(objection: u32, verdict: notice::Verdict) -> Event {
    answered_until(objection, verdict, None)
}

/// Answered, and taken further until a day at the latest.
pub(crate) fn answered_until(
    objection: u32,
    verdict: notice::Verdict,
    escalate_until: Option<&str>,
) -> Event {
    let (answer, escalate_until) = (text("经核实"), escalate_until.map(day));
    let answered = notice::ObjectionAnswered { objection, verdict, answer, escalate_until };
    notice::Event::ObjectionAnswered(answered).into()
}

pub(crate) fn published_activity(organiser: &str) -> Event {
    activity::Event::Published(Box::new(activity::Published {
        title: text("法治宣传进乡村"),
        kind: activity::Kind::LegalPublicity,
        class: activity::Class::PublicWelfare,
        organiser: code(organiser),
        place: text("文化礼堂"),
        starts_at: noon("2021-12-01"),
        ends_at: noon("2021-12-02"),
        emergency: false,
        dangerous: true,
        capacity: Some(10),
        in_charge: ActorId::new("attester-1").unwrap(),
        paper: None,
    }))
    .into()
}

pub(crate) fn signed_up(volunteer: u64) -> Event {
    let volunteer = person(volunteer);
    activity::Event::SignedUp(activity::SignedUp { volunteer, minor: false, walk_in: false }).into()
}

pub(crate) fn insured(volunteers: &[u64]) -> Event {
    let volunteers = volunteers.iter().map(|&n| person(n)).collect();
    activity::Event::Insured(activity::Insured { policy: text("保单"), volunteers }).into()
}
