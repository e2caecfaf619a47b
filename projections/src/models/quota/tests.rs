#![allow(clippy::unwrap_used)]
use domain::unit::Kind;

use super::{Filter, UnitQuota, get, list};
use crate::PageRequest;
use crate::testing::*;

mod campaigns;
mod lateness;
mod succession;

/// County C, town T with village V, department D, and an outpost O in the town.
fn county() -> Log {
    let mut log = Log::new();
    log.add("unit-C", unit_registered("C", Kind::County, None))
        .add("unit-T", unit_registered("T", Kind::Town, Some("C")))
        .add("unit-V", unit_registered("V", Kind::Village, Some("T")))
        .add("unit-D", unit_registered("D", Kind::Department, Some("C")))
        .add("unit-O", unit_registered("O", Kind::Outpost, Some("T")))
        .add("unit-T", headcount(20))
        .add("unit-V", headcount(10))
        .add("unit-D", headcount(30))
        .add("unit-O", headcount(5));
    log
}

fn quota(log: &Log, unit: &str, on: &str) -> UnitQuota {
    get(log.read().connection(), &code(unit), noon(on)).unwrap().unwrap()
}

#[test]
fn each_head_counts_once_where_it_counts() {
    let mut log = county();
    assert_eq!(quota(&log, "T", "2021-11-02").unit.headcount_total, 35);
    log.add("unit-O", attributed("D"));
    for (unit, own, total) in [("C", 0, 65), ("T", 20, 30), ("D", 30, 35), ("O", 5, 5)] {
        let quota = quota(&log, unit, "2021-11-02").unit;
        assert_eq!((quota.headcount, quota.headcount_total), (own, total), "{unit}");
    }
    log.add("unit-O", headcount(8));
    assert_eq!(quota(&log, "D", "2021-11-02").unit.headcount_total, 38);
    assert_eq!(quota(&log, "T", "2021-11-02").unit.headcount_total, 30);
}

#[test]
fn a_parents_task_contains_its_childrens() {
    let mut log = county();
    log.add("unit-V", task(6)).add("unit-T", task(9)).add("unit-D", task(4));
    let total = |log: &Log, unit| quota(log, unit, "2021-11-02").unit.task_total;
    assert_eq!((total(&log, "T"), total(&log, "C")), (9, 13));
    log.add("unit-V", task(12));
    assert_eq!((total(&log, "T"), total(&log, "C")), (12, 16));
    log.add("unit-V", task(1));
    assert_eq!((total(&log, "T"), total(&log, "C")), (9, 13));
}

#[test]
fn members_count_from_joining_until_leaving() {
    let mut log = county();
    log.add(&format!("volunteer-{}", person(1)), registered("V"))
        .add(&format!("volunteer-{}", person(2)), registered("V"))
        .add(&format!("volunteer-{}", person(1)), matched());
    assert_eq!(
        quota(&log, "V", "2021-11-02").unit.members,
        0,
        "registration alone is no membership"
    );
    log.add("squad-V", joined(1, true)).add("squad-V", joined(2, false));
    let town = quota(&log, "T", "2021-11-02").unit;
    assert_eq!(
        (town.members, town.members_total, town.verified_total, town.party_total),
        (0, 2, 1, 1)
    );
    log.add(&format!("volunteer-{}", person(1)), moved("V", "D"));
    assert_eq!(quota(&log, "T", "2021-11-02").unit.members_total, 1);
    assert_eq!(quota(&log, "D", "2021-11-02").unit.verified, 1);
    log.add("squad-V", left(1)).add(&format!("volunteer-{}", person(2)), withdrawn());
    assert_eq!(quota(&log, "C", "2021-11-02").unit.members_total, 0);
}

#[test]
fn active_is_who_served_within_ninety_days_and_a_voided_service_takes_that_back() {
    let mut log = county();
    let service = format!("service-{}", person(1));
    log.add(&format!("volunteer-{}", person(1)), registered("V"))
        .add("squad-V", joined(1, false))
        .add(&service, attested(1, 120, "2021-11-05"))
        .add(&service, attested(3, 120, "2022-03-01"))
        .add(&service, attested(2, 120, "2021-12-01"));
    let active = |log: &Log, on| {
        let (village, county) = (quota(log, "V", on), quota(log, "C", on));
        (village.active, county.active_total)
    };
    assert_eq!(active(&log, "2022-05-30"), (1, 1), "the ninetieth day counts");
    assert_eq!(active(&log, "2022-05-31"), (0, 0));
    log.add(&service, voided(3));
    assert_eq!(active(&log, "2022-03-01"), (1, 1), "the service before it counts again");
    assert_eq!(active(&log, "2022-03-02"), (0, 0));
    log.add(&service, voided(1)).add(&service, corrected(2, entry(1, "2021-12-01")));
    assert_eq!(active(&log, "2021-12-02"), (0, 0));
}

#[test]
fn required_and_shares_follow_the_rulebook() {
    let mut log = county();
    log.add("unit-V", task(3));
    for n in 1..=6 {
        log.add(&format!("volunteer-{}", person(n)), registered("V"));
        log.add("squad-V", joined(n, n == 1));
    }
    let village = quota(&log, "V", "2021-11-02");
    assert_eq!(village.required, 6, "60 % of 10");
    assert!(village.member_share_met && village.task_met);
    assert!(!village.party_share_met, "1 of 6 is less than 30 %");
    let mut adopted = domain::rulebook::Adopted::shipped().clone();
    adopted.version = 1;
    adopted.effective_from = day("2022-01-01");
    adopted.rules.member_percent.value = 80;
    adopted.rules.party_percent.value = 10;
    log.add("rulebook", domain::rulebook::Event::Adopted(Box::new(adopted)));
    assert_eq!(quota(&log, "V", "2021-12-31").required, 6, "not in force yet");
    let village = quota(&log, "V", "2022-01-01");
    assert_eq!(
        (village.required, village.member_share_met, village.party_share_met),
        (8, false, true)
    );
}

#[test]
fn lists_run_by_code_within_a_unit_page_by_page() {
    let mut log = county();
    log.add("unit-O", attributed("D"));
    let models = log.read();
    let filter = Filter { within: Some(code("T")), ..Filter::default() };
    let mut seen = Vec::new();
    let mut page = PageRequest { after: None, limit: 2 };
    loop {
        let found = list(models.connection(), noon("2021-11-02"), &filter, &page).unwrap();
        seen.extend(found.items.into_iter().map(|quota| quota.unit.unit.to_string()));
        page.after = found.next;
        if page.after.is_none() {
            break;
        }
    }
    assert_eq!(seen, ["O", "T", "V"], "the outpost lies in the town, though it counts elsewhere");
}

fn rulebook(change: impl FnOnce(&mut domain::rulebook::Rules)) -> domain::rulebook::Event {
    let mut adopted = domain::rulebook::Adopted::shipped().clone();
    (adopted.version, adopted.effective_from) = (1, day("2021-12-01"));
    change(&mut adopted.rules);
    domain::rulebook::Event::Adopted(Box::new(adopted))
}

/// 镇乡(街道)不含村: people, members and tasks of a village count in the county, and not in its town.
#[test]
fn a_town_counts_its_villages_or_does_not_in_all_figures_alike() {
    let mut log = county();
    log.add("unit-V", task(6)).add("unit-T", task(4));
    for (n, unit) in [(1, "V"), (2, "V"), (3, "T")] {
        log.add(&format!("volunteer-{}", person(n)), registered(unit));
        log.add(&format!("squad-{unit}"), joined(n, n == 2));
    }
    let alone = |rules: &mut domain::rulebook::Rules| {
        rules.towns_count_villages.as_mut().unwrap().value = false;
    };
    log.add("rulebook-county", rulebook(alone));
    let figures = |unit, on| {
        let found = quota(&log, unit, on);
        let unit = found.unit;
        (
            unit.headcount_total,
            unit.members_total,
            unit.party_total,
            unit.task_total,
            found.required,
        )
    };
    assert_eq!(figures("T", "2021-11-30"), (35, 3, 1, 6, 21), "60 % of 20, 10 and 5");
    assert_eq!(figures("T", "2021-12-01"), (25, 1, 0, 4, 15));
    for on in ["2021-11-30", "2021-12-01"] {
        assert_eq!(figures("V", on), (10, 2, 1, 6, 6), "{on}");
        let (people, members, party, ..) = figures("C", on);
        assert_eq!((people, members, party), (65, 3, 1), "{on}: each head counts once");
    }
    assert_eq!(figures("C", "2021-12-01").3, 10, "the tasks of both");
    let of = quota(&log, "V", "2021-12-01").unit;
    assert_eq!(of.counts_towards, Some(code("C")));
}

/// 全县1万人以上: the county's own sum is held against its own target, not against the sum of the tasks.
#[test]
fn the_county_s_members_are_held_against_its_total() {
    let mut log = county();
    let stated = |rules: &mut domain::rulebook::Rules| {
        let source = "通知".into();
        rules.county_total = Some(domain::rulebook::Rule { value: 2, source });
    };
    log.add("rulebook-county", rulebook(stated)).add("unit-V", task(6));
    let met = |log: &Log, unit| {
        let found = quota(log, unit, "2021-12-02");
        (found.county_total, found.county_total_met)
    };
    assert_eq!(met(&log, "C"), (Some(2), Some(false)));
    for n in 1..=2 {
        log.add(&format!("volunteer-{}", person(n)), registered("V"));
        log.add("squad-V", joined(n, n == 1));
    }
    assert_eq!(met(&log, "C"), (Some(2), Some(true)), "of a task of six");
    assert_eq!(met(&log, "V"), (None, None));
    assert_eq!(quota(&log, "C", "2021-11-30").county_total, None, "not in force yet");
}
