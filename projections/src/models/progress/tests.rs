#![allow(clippy::unwrap_used)]
use domain::bulletin::Late;
use domain::unit::Kind;
use domain::{CampaignCode, Event, campaign, squad, unit, volunteer};

use super::{Filter, UnitProgress, figures, list};
use crate::PageRequest;
use crate::testing::*;

/// County C, town T with village V, department D, and an outpost of the town that counts towards D.
fn county() -> Log {
    let mut log = Log::new();
    log.add("unit-C", unit_registered("C", Kind::County, None))
        .add("unit-T", unit_registered("T", Kind::Town, Some("C")))
        .add("unit-V", unit_registered("V", Kind::Village, Some("T")))
        .add("unit-D", unit_registered("D", Kind::Department, Some("C")))
        .add("unit-O", unit_registered("O", Kind::Outpost, Some("T")))
        .add("unit-O", attributed("D"))
        .add("unit-T", headcount(20))
        .add("unit-T", task(15));
    for (number, unit) in [(1, "T"), (2, "V"), (3, "V"), (4, "O"), (5, "D"), (6, "V")] {
        log.add(&format!("volunteer-{}", person(number)), registered(unit));
    }
    log
}

fn refused() -> volunteer::Event {
    let (roster, reason) = (text("名册"), text("姓名不一致"));
    volunteer::Event::RealNameRefused(volunteer::RealNameRefused { roster, reason })
}

fn of(log: &Log, unit: &str, on: &str) -> UnitProgress {
    let models = log.read();
    let page = PageRequest { after: None, limit: 500 };
    let found = list(models.connection(), noon(on), &Filter::default(), &page).unwrap();
    found.items.into_iter().find(|row| row.unit.as_str() == unit).unwrap()
}

#[test]
fn people_count_in_their_unit_and_in_all_that_it_counts_towards() {
    let mut log = county();
    log.add(&format!("volunteer-{}", person(2)), matched())
        .add(&format!("volunteer-{}", person(3)), refused())
        .add(&format!("volunteer-{}", person(4)), matched())
        .add(&format!("volunteer-{}", person(6)), withdrawn());
    let counts = |unit: &str| {
        let row = of(&log, unit, "2021-11-02");
        (
            row.registered,
            row.registered_total,
            row.matched_total,
            row.refused_total,
            row.pending_total,
        )
    };
    assert_eq!(counts("V"), (2, 2, 1, 1, 0), "who withdrew is no longer registered");
    assert_eq!(counts("T"), (1, 3, 1, 1, 1), "the outpost counts elsewhere");
    assert_eq!(counts("D"), (1, 2, 1, 0, 1));
    assert_eq!(counts("C"), (0, 5, 2, 1, 2));
}

#[test]
fn what_waits_is_open_until_it_is_attested_or_voided() {
    let mut log = county();
    let mine = |date: &str| {
        let mut entry = entry(1, date);
        entry.organiser = code("V");
        entry
    };
    let service = format!("service-{}", person(1));
    log.add(&service, served(1, mine("2021-11-05"), "2021-11-19"))
        .add(&service, served(2, mine("2021-11-06"), "2021-11-20"))
        .add(&service, served(3, mine("2021-11-07"), "2021-11-21"));
    assert_eq!(of(&log, "T", "2021-11-10").waiting_total, 3);
    log.add(&service, attested(1, 120, "2021-11-05")).add(&service, voided(2));
    assert_eq!(of(&log, "V", "2021-11-10").waiting_total, 1);
}

#[test]
fn a_bulletin_tells_of_units_with_a_task_and_says_what_is_missing_and_late() {
    let mut log = county();
    let golden = include_str!("../../../../domain/catalogue/CampaignAdopted.json");
    log.add("campaign-2021", Event::decode("CampaignAdopted", golden.trim().as_bytes()).unwrap());
    let campaign = CampaignCode::new("2021").ok();
    log.add("unit-T", unit::Event::QuotaAssigned(unit::QuotaAssigned { task: 15, campaign }));
    log.add("unit-D", headcount(30));
    log.add("squad-D", squad::Event::Applied(squad::Applied { unit: code("D") }));
    log.add("squad-D", joined(5, false)).add("squad-T", joined(1, false));
    let models = log.read();
    let told = figures(models.connection(), noon("2021-12-02")).unwrap();
    let units: Vec<_> = told.iter().map(|unit| unit.unit.as_str()).collect();
    assert_eq!(units, ["C", "D", "T"], "a squad or a task, or one below that has one");
    let town = &told[2];
    assert_eq!((town.required, town.members, town.gap(), town.registered), (15, 1, 14, 4));
    assert_eq!(town.late.len(), 2, "neither administrator nor squad in time");
    assert_eq!(town.name.as_ref().map(ToString::to_string).as_deref(), Some("某单位"));
    let row = of(&log, "T", "2021-12-02");
    assert_eq!((row.gap, row.task, row.headcount), (Some(14), 15, 20));
    assert!(row.administrator_overdue && row.squad_overdue);
    let row = of(&log, "D", "2021-12-02");
    assert_eq!((row.has_task, row.required, row.gap, row.headcount), (false, None, None, 30));
    assert_eq!((told[1].required, told[1].gap(), told[1].completion()), (0, 0, None), "无任务");
    let told = figures(models.connection(), noon("2021-11-20")).unwrap();
    assert!(told[2].late.is_empty(), "the deadlines are not over");
}

#[test]
fn who_was_late_under_an_earlier_campaign_is_told_of() {
    let mut log = county();
    let golden = include_str!("../../../../domain/catalogue/CampaignAdopted.json");
    let adopted = Event::decode("CampaignAdopted", golden.trim().as_bytes()).unwrap();
    log.add("campaign-2021", adopted.clone());
    let given = |task, campaign| {
        let campaign = CampaignCode::new(campaign).ok();
        unit::Event::QuotaAssigned(unit::QuotaAssigned { task, campaign })
    };
    log.add("unit-T", given(15, "2021")).add("unit-V", given(0, "2021"));
    let Event::Campaign(campaign::Event::Adopted(mut later)) = adopted else { panic!("another") };
    later.starts_on = day("2027-11-01");
    later.ends_on = None;
    (later.deadlines, later.by_kind, later.tasks) = <_>::default();
    log.on("2027-11-02").add("campaign-2027", campaign::Event::Adopted(later));
    log.add("unit-T", given(20, "2027")).add("unit-V", given(5, "2027"));
    let told = figures(log.read().connection(), noon("2027-11-05")).unwrap();
    let late = |unit: &str| told.iter().find(|of| of.unit == code(unit)).unwrap().late.clone();
    assert_eq!((late("T"), late("V")), (vec![Late::Earlier], vec![]));
    assert!(of(&log, "T", "2027-11-05").late_earlier);
}

/// 到2025年,注册志愿者人数达到全市常住人口的15%.
#[test]
fn registered_volunteers_are_held_against_the_inhabitants() {
    let mut log = county();
    let none = of(&log, "C", "2021-11-02");
    assert_eq!(
        (none.population, none.registered_required, none.registered_met),
        (None, None, None)
    );
    let stated = |population| {
        unit::Event::PopulationStated(unit::PopulationStated {
            population,
            counted_on: day("2020-11-01"),
            source: text("第七次全国人口普查公报"),
        })
    };
    log.add("unit-C", stated(40));
    let short = of(&log, "C", "2021-11-02");
    assert_eq!((short.registered_total, short.registered_required), (6, Some(6)), "15 % of 40");
    assert_eq!((short.registered_met, short.registered_by), (Some(true), Some(day("2025-12-31"))));
    assert_eq!(short.population_source.as_deref(), Some("第七次全国人口普查公报"));
    log.add("unit-C", stated(41));
    assert_eq!(of(&log, "C", "2021-11-02").registered_met, Some(false), "a seventh of 6.15");
}
