//! Years of deliberation: month after month the meetings of all stations adopt resolutions, which are objected to,
//! executed and supervised.

use std::collections::BTreeMap;

use domain::meeting::Body;
use domain::notice::Verdict;
use domain::resolution::{self, Escalation, Event as R};
use domain::{
    Event, Evidence, MediaType, MeetingId, Month, PersonId, ResolutionId, SealedDigest, UnitCode,
    county_date, station, unit,
};
use event_store::EventStore;
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp, ToSpan};
use uuid::Uuid;

use super::{Append, append, person, text, town};

const TITLE: &str = "东巷路灯维修和线路整理";
const TEXT: &str = "两周内由村电工修复东巷全部路灯,整理沿线线路,费用从村集体经费中列支";
/// Stations of the county, and of one town.
const STATIONS: u32 = 400;
const PER_TOWN: u32 = 20;
/// Resolutions of one meeting.
const PER_MEETING: u32 = 5;
/// Objections and reports of progress of one resolution.
const OBJECTIONS: u32 = 3;
const PROGRESS: u32 = 7;

/// What was written.
#[derive(Debug, Clone, Copy, Default)]
pub struct Written {
    pub events: u64,
    pub resolutions: u64,
    /// Objections filed and reports of progress.
    pub objections_and_progress: u64,
}

/// Writes the lives of so many resolutions.
pub async fn write(store: &dyn EventStore, resolutions: u32) -> Written {
    let mut written = Written::default();
    let mut now: Timestamp = "2014-01-01T01:00:00Z".parse().unwrap();
    for wave in [units(), stations(county_date(now))] {
        written.events += append(store, wave, now).await;
    }
    let per_month = STATIONS * PER_MEETING;
    for month in 0..resolutions.div_ceil(per_month) {
        let numbers = month * per_month..((month + 1) * per_month).min(resolutions);
        for (day, wave) in of_month(numbers.clone(), county_date(now)) {
            written.events += append(store, wave, now + SignedDuration::from_hours(24 * day)).await;
        }
        written.resolutions += u64::from(numbers.end - numbers.start);
        now += SignedDuration::from_hours(24 * 35);
        let held = |index| meeting_held(month, index, Month::of(county_date(now)));
        let meetings = (0..STATIONS).map(held).collect();
        written.events += append(store, meetings, now).await;
    }
    written.objections_and_progress = written.resolutions * u64::from(OBJECTIONS + PROGRESS);
    written
}

/// What happens to the resolutions of a month, day by day.
fn of_month(numbers: std::ops::Range<u32>, first: Date) -> BTreeMap<i64, Vec<Append>> {
    let mut waves: BTreeMap<i64, Vec<Append>> = BTreeMap::new();
    for number in numbers {
        let stream = format!("resolution-{}", resolution_id(number));
        let mut after = 0;
        for (day, events) in life(number, first) {
            let count = events.len() as u64;
            let events = events.into_iter().map(Event::from).collect();
            waves.entry(day).or_default().push(Append { stream: stream.clone(), after, events });
            after += count;
        }
    }
    waves
}

/// One resolution's events, by days since the first. Some lives are harder than others.
fn life(number: u32, first: Date) -> Vec<(i64, Vec<R>)> {
    let on = |day: i64| first.saturating_add(day.days());
    let mut life = vec![(0, vec![adopted(number, first)]), (1, vec![publicised(1, on(1))])];
    for objection in 1..=OBJECTIONS {
        life.push((1 + i64::from(objection), vec![against(objection, on(9))]));
    }
    let left = number.is_multiple_of(10);
    if left {
        life.push((5, vec![overdue(1, on(4)), escalated(1, on(9))]));
    }
    let upheld = number.is_multiple_of(25);
    life.push((6, vec![ruled(1, false), ruled(2, upheld), ruled(3, false)]));
    if upheld {
        let (text, reason) = (text("费用改由村集体承担,其余照旧"), text("异议成立"));
        let corrected = R::Corrected(resolution::Corrected { text, reason });
        life.push((7, vec![corrected, publicised(2, on(7))]));
    }
    let period = if upheld { 2 } else { 1 };
    life.push((15, vec![R::NoticeClosed(resolution::NoticeClosed { period })]));
    life.push((16, vec![assigned(number, on(27))]));
    for report in 0..PROGRESS {
        life.push((17 + i64::from(report), vec![progressed()]));
    }
    life.push((26, vec![claimed(1)]));
    if left {
        life.push((27, vec![returned(number, on(29)), claimed(2)]));
    }
    life.push((28, vec![verified(number, if left { 2 } else { 1 }, on(28)), informed()]));
    let meeting = resolution_id(number).meeting;
    life.push((29, vec![R::MeetingInformed(resolution::MeetingInformed { meeting })]));
    life.push((30, vec![completed(on(30))]));
    life
}

fn village(index: u32) -> UnitCode {
    UnitCode::new(&format!("330225{:03}{:03}", index / PER_TOWN, index % PER_TOWN + 100)).unwrap()
}

fn resolution_id(number: u32) -> ResolutionId {
    let (meeting, topic) = (number / PER_MEETING, number % PER_MEETING + 1);
    let meeting = MeetingId(Uuid::from_u64_pair(0x5EED, u64::from(meeting)));
    ResolutionId { meeting, topic: u8::try_from(topic).unwrap() }
}

fn units() -> Vec<Append> {
    let registered = |unit: UnitCode, kind, parent| {
        let stream = format!("unit-{unit}");
        let registered = unit::Registered { unit, name: text("示例单位"), kind, parent };
        Append { stream, after: 0, events: vec![unit::Event::Registered(registered).into()] }
    };
    let county = UnitCode::new("330225").unwrap();
    let towns = (0..STATIONS.div_ceil(PER_TOWN))
        .map(|index| registered(town(index), unit::Kind::Town, Some(county.clone())));
    let villages = (0..STATIONS)
        .map(|index| registered(village(index), unit::Kind::Village, Some(town(index / PER_TOWN))));
    let top = registered(county.clone(), unit::Kind::County, None);
    std::iter::once(top).chain(towns).chain(villages).collect()
}

fn stations(opened_on: Date) -> Vec<Append> {
    let opened = |index| {
        let unit = village(index);
        let stream = format!("station-{unit}");
        let level = station::Level::Village;
        let opened = station::Opened { unit, level, estate: false, opened_on };
        Append { stream, after: 0, events: vec![station::Event::Opened(opened).into()] }
    };
    (0..STATIONS).map(opened).collect()
}

fn meeting_held(month: u32, index: u32, of: Month) -> Append {
    let meeting = MeetingId(Uuid::from_u64_pair(0x5EED, u64::from(month * STATIONS + index)));
    let held = station::MeetingHeld { meeting, held_on: of.first_day(), backfilled: false };
    let events = vec![station::Event::MeetingHeld(held).into()];
    Append { stream: format!("station-{}", village(index)), after: u64::from(month) + 1, events }
}

fn photo() -> Evidence {
    let digest = SealedDigest(std::array::from_fn(|_| 7));
    Evidence { digest, media_type: MediaType::Jpeg, bytes: 250_000 }
}

fn adopted(number: u32, decided_on: Date) -> R {
    let first = number / PER_MEETING % STATIONS * 9;
    let council: Vec<PersonId> = (first..first + 9).map(person).collect();
    R::Adopted(Box::new(resolution::Adopted {
        station: village(number / PER_MEETING % STATIONS),
        issue: None,
        title: text(TITLE),
        text: text(TEXT),
        decided_on,
        body: Some(Body::Council),
        voters: council.clone(),
        in_favour: Some(council),
    }))
}

fn publicised(period: u32, opens_on: Date) -> R {
    let closes_on = opens_on.saturating_add(7.days());
    let shown = Some(Box::new(resolution::Shown { title: text(TITLE), text: text(TEXT) }));
    let evidence = vec![photo()];
    let backfilled = false;
    R::Publicised(resolution::Publicised {
        period,
        opens_on,
        closes_on,
        shown,
        evidence,
        backfilled,
    })
}

fn against(objection: u32, answer_due: Date) -> R {
    let ground = text("费用分摊办法没有考虑常年不在村里居住的住户,请重新核算");
    let (objector, late, by) = (None, false, None);
    let filed = resolution::ObjectionFiled { objection, ground, objector, answer_due, late, by };
    R::ObjectionFiled(filed)
}

fn overdue(objection: u32, due: Date) -> R {
    R::ObjectionOverdue(resolution::ObjectionOverdue { objection, due })
}

fn escalated(objection: u32, answer_due: Date) -> R {
    let cause = Escalation::Overdue;
    R::ObjectionEscalated(resolution::ObjectionEscalated { objection, cause, answer_due })
}

fn ruled(objection: u32, upheld: bool) -> R {
    let verdict = if upheld { Verdict::Upheld } else { Verdict::Dismissed };
    let answer = text("经核实,分摊办法按会议议定的户数计算,已向提出人说明");
    let escalate_until = None;
    R::ObjectionAnswered(resolution::ObjectionAnswered {
        objection,
        verdict,
        answer,
        escalate_until,
    })
}

fn assigned(number: u32, due: Date) -> R {
    let executor = person(number % 1_000);
    R::Assigned(resolution::Assigned { executor, office: text("村电工"), due })
}

fn progressed() -> R {
    let note = text("今日更换灯具3盏,检查线路120米,余下部分明日继续");
    R::Progressed(resolution::Progressed { note, evidence: vec![photo()] })
}

fn claimed(claim: u32) -> R {
    let (note, evidence) = (text("全部路灯已修复并试亮"), vec![photo(), photo()]);
    R::CompletionClaimed(resolution::CompletionClaimed { claim, note, evidence })
}

fn returned(number: u32, due: Date) -> R {
    let (claim, verifier, findings) = (1, person(number % 500 + 2_000), text("尚有一盏不亮"));
    R::CompletionReturned(resolution::CompletionReturned { claim, verifier, findings, due })
}

fn verified(number: u32, claim: u32, on: Date) -> R {
    let (verifier, findings) = (person(number % 500 + 2_000), text("现场查看,均已点亮"));
    let (verified_on, evidence) = (Some(on), vec![photo()]);
    R::CompletionVerified(resolution::CompletionVerified {
        claim,
        verifier,
        findings,
        verified_on,
        evidence,
    })
}

fn informed() -> R {
    R::BranchInformed(resolution::BranchInformed { findings: text("已按决议完成") })
}

fn completed(opens_on: Date) -> R {
    R::CompletionPublicised(resolution::CompletionPublicised {
        opens_on,
        closes_on: opens_on.saturating_add(7.days()),
        result: text("东巷路灯全部修复,线路已整理"),
        evidence: vec![photo()],
    })
}
