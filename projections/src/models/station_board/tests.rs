#![allow(clippy::unwrap_used)]
use domain::meeting::Body;
use domain::station::{self, Capacity, Group, Item, Level, Way};
use domain::unit::Kind;

use super::*;
use crate::PageRequest;
use crate::testing::*;

fn station(log: &Log) -> Station {
    get(log.read().connection(), &code("V")).unwrap().unwrap()
}

#[test]
fn five_items_make_a_station_complete_until_one_is_lost() {
    let mut log = Log::new();
    log.on("2022-06-01").add("station-V", opened("V"));
    for (day, item) in (2..).zip(Item::ALL) {
        log.on(&format!("2022-06-{day:02}")).add("station-V", evidenced(*item));
    }
    let found = station(&log);
    assert_eq!((found.items_met, found.complete_since), (5, Some(day("2022-06-06"))));
    assert_eq!(found.since(Item::Premises), Some(day("2022-06-02")));
    log.on("2022-07-01").add("station-V", evidenced(Item::Premises));
    let found = station(&log);
    assert_eq!(found.since(Item::Premises), Some(day("2022-06-02")), "it was there already");
    assert_eq!(found.complete_since, Some(day("2022-06-06")));
    log.add("station-V", item_lost(Item::Register));
    let found = station(&log);
    assert_eq!((found.items_met, found.complete_since, found.register_since), (4, None, None));
    log.on("2022-08-01").add("station-V", evidenced(Item::Register));
    assert_eq!(station(&log).complete_since, Some(day("2022-08-01")));
    let models = log.read();
    let page = PageRequest::default();
    let all = evidence(models.connection(), &code("V"), None, &page).unwrap().items;
    let register = evidence(models.connection(), &code("V"), Some(Item::Register), &page).unwrap();
    assert_eq!((all.len(), register.items.len()), (14, 4), "two pieces each time");
    assert_eq!(register.items[1].digest, photo(2).digest);
}

#[test]
fn members_are_in_office_from_their_first_day_until_they_leave() {
    let mut log = Log::new();
    log.add("station-V", opened("V"))
        .add("station-V", appointed(Group::Council, 1, "2022-01-01", "2026-12-31"))
        .add("station-V", appointed(Group::Council, 2, "2022-03-01", "2026-12-31"))
        .add("station-V", appointed(Group::Supervision, 3, "2022-01-01", "2022-01-31"));
    log.on("2022-04-01").add("station-V", member_left(Group::Council, 1));
    let models = log.read();
    let in_office = |on: Option<&str>, group| {
        let page = PageRequest::default();
        let found = members(models.connection(), &code("V"), group, on.map(day), &page).unwrap();
        found.items.into_iter().map(|member| member.member).collect::<Vec<_>>()
    };
    assert_eq!(in_office(Some("2022-01-31"), None), [person(1), person(3)]);
    assert_eq!(in_office(Some("2022-03-31"), None), [person(1), person(2)]);
    assert_eq!(in_office(Some("2022-04-01"), None), [person(2)]);
    assert_eq!(in_office(None, Some(Group::Council)), [person(1), person(2)]);
    log.add("station-V", appointed(Group::Council, 1, "2022-05-01", "2026-12-31"));
    let again = log.read();
    let on = Some(day("2022-06-01"));
    let page = PageRequest::default();
    let found = members(again.connection(), &code("V"), Some(Group::Council), on, &page).unwrap();
    assert_eq!(found.items.len(), 2, "appointed anew");
    let shown = serde_json::to_string(&found).unwrap();
    assert!(!shown.contains(&person(99).to_string()), "relatives stand in no table");
}

/// After 村民委员会组织法 §11: whoever is chosen again is appointed before the term is over, which leaves no gap.
#[test]
fn who_is_appointed_again_ahead_of_time_stays_in_office() {
    let mut log = Log::new();
    log.add("station-V", opened("V"))
        .add("station-V", appointed(Group::Council, 1, "2022-01-01", "2022-06-30"))
        .add("station-V", appointed(Group::Council, 1, "2022-07-01", "2026-12-31"));
    let holding = |log: &Log, on| {
        let held = holders(log.read().connection(), &code("V"), day(on)).unwrap();
        held.get(&(Group::Council, Capacity::Representative)).copied()
    };
    for on in ["2022-06-30", "2022-07-01"] {
        assert_eq!(holding(&log, on), Some(1), "{on}");
    }
    log.on("2022-08-01").add("station-V", member_left(Group::Council, 1));
    assert_eq!(holding(&log, "2022-08-01"), None);
    let page = PageRequest::default();
    let all = members(log.read().connection(), &code("V"), None, None, &page).unwrap().items;
    let left: Vec<_> = all.iter().map(|one| one.left_on).collect();
    assert_eq!(left, [None, Some(day("2022-08-01"))], "the first term had ended by itself");
}

#[test]
fn stations_are_listed_within_a_unit() {
    let mut log = Log::new();
    log.add("unit-C", unit_registered("C", Kind::County, None))
        .add("unit-T", unit_registered("T", Kind::Town, Some("C")))
        .add("unit-V", unit_registered("V", Kind::Village, Some("T")))
        .add("unit-W", unit_registered("W", Kind::Village, Some("C")));
    log.add("station-V", opened("V")).add("station-W", opened("W"));
    log.add("station-W", topic_listed("V1"));
    let models = log.read();
    let found = |within: &str, complete| {
        let filter = Filter { within: Some(code(within)), complete };
        let found = list(models.connection(), &filter, &PageRequest::default()).unwrap().items;
        found.into_iter().map(|station| station.station.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(found("C", None), ["V", "W"]);
    assert_eq!(found("T", None), ["V"]);
    assert_eq!(found("W", Some(false)), ["W"]);
    assert_eq!(found("C", Some(true)), Vec::<String>::new());
    let own = topics(models.connection(), &code("W"), &PageRequest::default()).unwrap().items;
    assert_eq!((own.len(), own[0].title.as_str()), (1, "村内广告牌设置"));
}

#[test]
fn households_are_shown_with_their_source() {
    let mut log = Log::new();
    log.add("station-V", opened("V"));
    for (households, as_of) in [(312, "2021-12-31"), (308, "2022-03-31")] {
        let (as_of, source) = (day(as_of), text("镇统计站户籍人口表"));
        let stated = station::HouseholdsStated { households, as_of, source };
        log.add("station-V", station::Event::HouseholdsStated(stated));
    }
    let found = get(log.read().connection(), &code("V")).unwrap().unwrap();
    assert_eq!((found.households, found.households_as_of), (Some(308), Some(day("2022-03-31"))));
    assert_eq!(found.households_source.as_deref(), Some("镇统计站户籍人口表"));
}

#[test]
fn an_election_is_listed_with_what_shows_it() {
    let mut log = Log::new();
    log.add("station-V", opened("V")).add("station-T", town_opened("T"));
    log.on("2022-01-03").add("station-V", supervisors_elected(7));
    let models = log.read();
    let conn = models.connection();
    let page = PageRequest::default();
    let found = super::elected(conn, &code("V"), &page).unwrap().items;
    let [row] = found.as_slice() else { panic!("{found:?}") };
    assert_eq!((row.election, row.member, row.held_on), (1, person(7), day("2021-12-20")));
    assert_eq!((row.body, row.way), (Body::Representatives, Way::Election));
    let shown = evidence(conn, &code("V"), None, &page).unwrap().items;
    assert_eq!(shown.len(), 1);
    assert_eq!(
        (shown[0].item, shown[0].election, shown[0].digest),
        (None, Some(1), photo(1).digest)
    );
    assert_eq!((station(&log).level, station(&log).items_met), (Level::Village, 0));
    assert_eq!(get(conn, &code("T")).unwrap().unwrap().level, Level::Town);
}

#[test]
fn those_in_office_on_a_day_are_counted_by_group_and_capacity() {
    let mut log = Log::new();
    log.add("station-V", opened("V"))
        .add("station-V", appointed(Group::Council, 1, "2022-01-01", "2026-12-31"))
        .add("station-V", appointed(Group::Council, 2, "2022-03-01", "2026-12-31"))
        .add("station-V", appointed(Group::Supervision, 3, "2022-01-01", "2026-12-31"));
    log.on("2022-04-01").add("station-V", member_left(Group::Supervision, 3));
    let models = log.read();
    let on = |on| holders(models.connection(), &code("V"), day(on)).unwrap();
    let of = |group| (group, Capacity::Representative);
    assert_eq!(on("2022-02-01"), [(of(Group::Council), 1), (of(Group::Supervision), 1)].into());
    assert_eq!(on("2022-04-01"), [(of(Group::Council), 2)].into());
}
