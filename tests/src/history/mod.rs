//! A county's history of any size, for benchmarks: facts as the service would have stored them, written
//! straight into a log. People are numbers; nothing here is anybody.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

pub mod deliberation;

use domain::activity::{self, Class, Kind};
use domain::identity_number::AgeGroup;
use domain::service::{self, Entry, Recorder};
use domain::squad::{self, Consent};
use domain::unit;
use domain::volunteer::{self, PoliticalStatus, Recruitment};
use domain::{
    ActivityId, Actor, ActorId, Event, Metadata, Minutes, PersonId, Points, Role, SealedDigest,
    Text, UnitCode, county_date, points,
};
use event_store::{EventStore, Expected, NewEvent, StreamId, Version};
use futures::stream::{self, StreamExt as _};
use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

/// People of one town.
const PER_TOWN: u32 = 250;
/// Appends under way at the same time.
const WRITERS: usize = 64;

/// Streams written so far, by appends in order: each knows the version it expects.
struct Append {
    stream: String,
    after: u64,
    events: Vec<Event>,
}

/// Writes a history of about `events` events: units, squads, people, and then month after month of services.
pub async fn write(store: &dyn EventStore, events: u64) -> u64 {
    // A person costs 3 events to register and 5 for each service with its sign-up, attestation and points.
    let services = 12;
    let people = u32::try_from(events / (3 + 5 * services)).unwrap().max(1);
    let mut written = 0;
    let mut now: Timestamp = "2021-11-09T01:00:00Z".parse().unwrap();
    for wave in [units(people), registrations(people), memberships(people)] {
        written += append(store, wave, now).await;
        now += SignedDuration::from_hours(24);
    }
    for month in 0..u32::try_from(services).unwrap() {
        now += SignedDuration::from_hours(24 * 28);
        for wave in services_of(people, month, now) {
            written += append(store, wave, now).await;
            now += SignedDuration::from_mins(1);
        }
    }
    written
}

async fn append(store: &dyn EventStore, wave: Vec<Append>, now: Timestamp) -> u64 {
    let count = wave.iter().map(|one| one.events.len() as u64).sum();
    stream::iter(wave)
        .for_each_concurrent(WRITERS, |one| async move {
            let metadata = Metadata {
                actor: recorder(),
                command: Uuid::new_v4(),
                cause: None,
                import: None,
                rulebook: 1,
            };
            let metadata = serde_json::to_vec(&metadata).unwrap();
            let events = one.events.iter().map(|event| NewEvent {
                id: Uuid::new_v4(),
                kind: event.kind().name.to_owned(),
                recorded_at: now,
                data: event.encode().unwrap(),
                metadata: metadata.clone(),
            });
            let expected = if one.after == 0 {
                Expected::NoStream
            } else {
                Expected::Exactly(Version(one.after))
            };
            let stream = StreamId::new(&one.stream).unwrap();
            store.append(&stream, expected, events.collect()).await.unwrap();
        })
        .await;
    count
}

fn recorder() -> Actor {
    Actor {
        id: ActorId::new("A-RECORDER").unwrap(),
        role: Role::Recorder,
        unit: Some(UnitCode::new("330225").unwrap()),
        person: None,
    }
}

fn person(number: u32) -> PersonId {
    PersonId::from_bits(u64::from(number).wrapping_mul(0x9E37_79B9_7F4A_7C15))
}

fn town(index: u32) -> UnitCode {
    UnitCode::new(&format!("330225{index:06}")).unwrap()
}

fn text<const MAX: usize>(text: &str) -> Text<MAX> {
    Text::new(text).unwrap()
}

fn units(people: u32) -> Vec<Append> {
    let county = unit::Registered {
        unit: UnitCode::new("330225").unwrap(),
        name: text("示例县"),
        kind: unit::Kind::County,
        parent: None,
    };
    let mut all = vec![Append {
        stream: "unit-330225".into(),
        after: 0,
        events: vec![unit::Event::Registered(county).into()],
    }];
    for index in 0..people.div_ceil(PER_TOWN) {
        let code = town(index);
        let registered = unit::Registered {
            unit: code.clone(),
            name: text(&format!("示例镇{index}")),
            kind: unit::Kind::Town,
            parent: Some(UnitCode::new("330225").unwrap()),
        };
        all.push(Append {
            stream: format!("unit-{code}"),
            after: 0,
            events: vec![
                unit::Event::Registered(registered).into(),
                unit::Event::HeadcountDeclared(unit::HeadcountDeclared { headcount: 400 }).into(),
                unit::Event::QuotaAssigned(unit::QuotaAssigned { task: 240, campaign: None })
                    .into(),
            ],
        });
        all.push(Append {
            stream: format!("squad-{code}"),
            after: 0,
            events: vec![squad::Event::Applied(squad::Applied { unit: code }).into()],
        });
    }
    all
}

fn consent() -> Consent {
    Consent { given_on: "2021-11-10".parse().unwrap(), form: text("花名册") }
}

fn registrations(people: u32) -> Vec<Append> {
    let one = |number: u32| {
        let registered = volunteer::Registered {
            unit: town(number / PER_TOWN),
            kind: volunteer::Kind::Registered,
            recruitment: Recruitment::LongTerm,
            political_status: if number.is_multiple_of(3) {
                PoliticalStatus::PartyMember
            } else {
                PoliticalStatus::Masses
            },
            age_group: AgeGroup::Adult,
            skills: vec![text("普法宣讲")],
            consent: consent(),
            guardian_consent: false,
            sealed: SealedDigest([7; 32]),
        };
        let matched = volunteer::RealNameMatched { roster: text("县实名库") };
        Append {
            stream: format!("volunteer-{}", person(number)),
            after: 0,
            events: vec![
                volunteer::Event::Registered(Box::new(registered)).into(),
                volunteer::Event::RealNameMatched(matched).into(),
            ],
        }
    };
    (0..people).map(one).collect()
}

fn memberships(people: u32) -> Vec<Append> {
    let members = |index: u32| {
        let numbers = index * PER_TOWN..((index + 1) * PER_TOWN).min(people);
        let joined = numbers.map(|number| {
            let joined = squad::MemberJoined {
                volunteer: person(number),
                consent: consent(),
                party: number.is_multiple_of(3),
            };
            squad::Event::MemberJoined(joined).into()
        });
        Append { stream: format!("squad-{}", town(index)), after: 1, events: joined.collect() }
    };
    (0..people.div_ceil(PER_TOWN)).map(members).collect()
}

/// One month: every town holds an activity that all its people take part in.
fn services_of(people: u32, month: u32, now: Timestamp) -> Vec<Vec<Append>> {
    let starts_at = now - SignedDuration::from_hours(30);
    let ends_at = now - SignedDuration::from_hours(26);
    let id = |index: u32| ActivityId(Uuid::from_u64_pair(u64::from(month), u64::from(index)));
    let activity = |index: u32| {
        let published = activity::Published {
            title: text("法治宣传进村"),
            kind: Kind::LegalPublicity,
            class: Class::PublicWelfare,
            organiser: town(index),
            place: text("村文化礼堂"),
            starts_at,
            ends_at,
            emergency: false,
            dangerous: false,
            capacity: None,
            in_charge: ActorId::new("A-CHARGE").unwrap(),
            paper: None,
        };
        let numbers = index * PER_TOWN..((index + 1) * PER_TOWN).min(people);
        let signed_up = numbers.map(|number| {
            activity::Event::SignedUp(activity::SignedUp {
                volunteer: person(number),
                minor: false,
                walk_in: false,
            })
            .into()
        });
        let mut events: Vec<Event> = vec![activity::Event::Published(Box::new(published)).into()];
        events.extend(signed_up);
        Append { stream: format!("activity-{}", id(index)), after: 0, events }
    };
    let recorded = |number: u32| {
        let entry = Entry {
            volunteer: person(number),
            activity: id(number / PER_TOWN),
            kind: Kind::LegalPublicity,
            class: Class::PublicWelfare,
            organiser: town(number / PER_TOWN),
            place: text("村文化礼堂"),
            content: text("发放宣传册,讲解民法典"),
            started_at: starts_at,
            ended_at: ends_at,
            minutes: Minutes(180),
            in_charge: ActorId::new("A-CHARGE").unwrap(),
            recorder: Recorder { account: ActorId::new("A-RECORDER").unwrap(), person: None },
            outcomes: vec![],
            flags: vec![],
        };
        let due = county_date(now + SignedDuration::from_hours(24 * 12));
        let recorded = service::Recorded { record: month + 1, entry, due, provisional: None };
        let attested = service::Attested {
            record: month + 1,
            revision: 1,
            minutes: Minutes(180),
            served_on: county_date(ends_at),
            total: Minutes(180 * (month + 1)),
            rating: Some(4),
            attester: None,
        };
        Append {
            stream: format!("service-{}", person(number)),
            after: u64::from(month) * 2,
            events: vec![
                service::Event::Recorded(Box::new(recorded)).into(),
                service::Event::Attested(attested).into(),
            ],
        }
    };
    let earned = |number: u32| {
        let earned = points::Earned {
            record: month + 1,
            revision: 1,
            points: Points(300),
            expires_on: Some(county_date(now + SignedDuration::from_hours(24 * 365))),
        };
        Append {
            stream: format!("points-{}", person(number)),
            after: u64::from(month),
            events: vec![points::Event::Earned(earned).into()],
        }
    };
    vec![
        (0..people.div_ceil(PER_TOWN)).map(activity).collect(),
        (0..people).map(recorded).collect(),
        (0..people).map(earned).collect(),
    ]
}
