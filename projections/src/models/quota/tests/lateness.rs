//! Who is late, and only those: the three weeks to 30 November 2021, and a county that starts today.

use domain::campaign::{self, Adopted, Deadlines, Task};
use domain::{CampaignCode, squad, unit};

use super::succession::succeeded;
use super::*;

const DEPARTMENTS: [&str; 6] = ["D1", "D2", "D3", "D4", "D5", "D6"];

/// County C, town T with a village, and six departments.
fn units(log: &mut Log) {
    log.add("unit-C", unit_registered("C", Kind::County, None))
        .add("unit-T", unit_registered("T", Kind::Town, Some("C")))
        .add("unit-V", unit_registered("V", Kind::Village, Some("T")));
    for unit in DEPARTMENTS {
        log.add(&format!("unit-{unit}"), unit_registered(unit, Kind::Department, Some("C")));
    }
}

fn adopted(from: &str, deadlines: [&str; 2], tasks: &[(&str, u32)]) -> campaign::Event {
    let [administrator, squad] = deadlines.map(|at| Some(at.parse().unwrap()));
    campaign::Event::Adopted(Box::new(Adopted {
        name: text("组建"),
        source: text("关于组建法治志愿者队伍的通知"),
        starts_on: day(from),
        ends_on: None,
        deadlines: Deadlines { administrator, squad },
        by_kind: vec![],
        county_total: Some(10_000),
        tasks: tasks.iter().map(|&(unit, task)| Task { unit: code(unit), task }).collect(),
    }))
}

fn report(log: &mut Log, unit: &str) {
    let reported = unit::AdministratorReported {
        administrator: person(9),
        sealed: domain::SealedDigest([1; 32]),
        deadline: None,
        late: false,
        campaign: None,
    };
    log.add(&format!("unit-{unit}"), unit::Event::AdministratorReported(reported));
}

fn complete(log: &mut Log, unit: &str, of: &str) {
    let completed = squad::Completed {
        members: 60,
        party_members: 20,
        required: 60,
        deadline: None,
        late: false,
        campaign: Some(CampaignCode::new(of).unwrap()),
    };
    log.add(&format!("squad-{unit}"), squad::Event::Completed(completed));
}

/// Whose administrator is late at noon of a day, and whose squad.
fn late(log: &Log, on: &str) -> (Vec<String>, Vec<String>) {
    let page = PageRequest { after: None, limit: 100 };
    let all = list(log.read().connection(), noon(on), &Filter::default(), &page).unwrap().items;
    let those = |late: fn(&UnitQuota) -> bool| {
        let late = all.iter().filter(|one| late(one));
        late.map(|one| one.unit.unit.to_string()).collect()
    };
    (those(|one| one.administrator_overdue), those(|one| one.squad_overdue))
}

#[track_caller]
fn are_late(log: &Log, on: &str, administrators: &[&str], squads: &[&str]) {
    let (found_administrators, found_squads) = late(log, on);
    assert_eq!(found_administrators, administrators, "administrators on {on}");
    assert_eq!(found_squads, squads, "squads on {on}");
}

/// 于11月23日中午下班前确定管理员,于11月30日之前将队伍组建完成.
#[test]
fn the_three_weeks_to_30_november_2021() {
    let mut log = Log::new();
    log.on("2021-11-09");
    units(&mut log);
    let deadlines = ["2021-11-23T12:00:00+08:00", "2021-12-01T00:00:00+08:00"];
    let tasks = [("T", 320), ("D1", 54), ("D2", 36), ("D3", 25), ("D4", 18), ("D5", 12)];
    log.add("campaign-2021", adopted("2021-11-09", deadlines, &tasks));
    are_late(&log, "2021-11-10", &[], &[]);
    log.on("2021-11-12");
    report(&mut log, "T");
    // Taken over before any deadline: D1 has its task from then on, and D4 is late for nothing.
    log.on("2021-11-19").add("unit-D4", succeeded("D1", 0, 18));
    log.on("2021-11-22");
    report(&mut log, "D1");
    are_late(&log, "2021-11-22", &[], &[]);
    // Noon of the last day is too late.
    log.on("2021-11-23");
    report(&mut log, "D2");
    are_late(&log, "2021-11-24", &["D2", "D3", "D5"], &[]);
    // Taken over between the deadlines: it was late with its administrator, and owes no squad.
    log.on("2021-11-25").add("unit-D5", succeeded("T", 0, 12));
    log.on("2021-11-28");
    complete(&mut log, "T", "2021");
    log.on("2021-11-30");
    complete(&mut log, "D2", "2021");
    are_late(&log, "2021-11-30", &["D2", "D3", "D5"], &[]);
    are_late(&log, "2021-12-01", &["D2", "D3", "D5"], &["D1", "D3"]);
    log.on("2021-12-03");
    complete(&mut log, "D1", "2021");
    are_late(&log, "2022-01-15", &["D2", "D3", "D5"], &["D1", "D3"]);
    // D6 and the village have no task, and the county raises no squad.
}

#[test]
fn a_county_that_starts_today() {
    let mut log = Log::new();
    log.on("2026-12-01");
    units(&mut log);
    are_late(&log, "2026-12-01", &[], &[]);
    are_late(&log, "2027-11-30", &[], &[]);
    let deadlines = ["2026-12-18T17:30:00+08:00", "2027-01-16T00:00:00+08:00"];
    log.add("campaign-2026", adopted("2026-12-01", deadlines, &[("T", 90), ("D6", 15)]));
    are_late(&log, "2026-12-18", &[], &[]);
    log.on("2026-12-17");
    report(&mut log, "D6");
    are_late(&log, "2026-12-19", &["T"], &[]);
    log.on("2027-01-15");
    complete(&mut log, "D6", "2026");
    are_late(&log, "2027-01-15", &["T"], &[]);
    are_late(&log, "2027-01-16", &["T"], &["T"]);
}
