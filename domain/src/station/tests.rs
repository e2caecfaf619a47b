#![allow(clippy::unwrap_used)]

use super::*;
use crate::testing::{Scene, actor, code, day, digest, every_code_is_tested, given, person, text};
use crate::unit::{self, Attributed};
use crate::{Actor, Evidence, MediaType, Role};
use jiff::civil::Date;

mod elections;
mod kinship;
mod months;
mod properties;
mod seats;

#[test]
fn every_refusal_is_tested() {
    let tests = concat!(
        include_str!("tests.rs"),
        include_str!("tests/elections.rs"),
        include_str!("tests/kinship.rs"),
        include_str!("tests/months.rs"),
        include_str!("tests/seats.rs")
    );
    every_code_is_tested(include_str!("rejection.rs"), tests, "station");
}

fn opened(estate: bool) -> Event {
    let (unit, level, opened_on) = (code("V1"), Level::Village, day("2021-06-01"));
    Event::Opened(Opened { unit, level, estate, opened_on })
}

/// A station without an estate, open since 2021-06-01, that had 0 to 9 elected to supervise.
fn station() -> Scene<Station> {
    having([elections::elected(1)])
}

/// One to which this has happened; somebody of the county office acts.
fn having(history: impl IntoIterator<Item = Event>) -> Scene<Station> {
    let office = Actor { person: Some(person(90)), ..actor(Role::CountyOffice, "office") };
    given([opened(false)].into_iter().chain(history)).by(office)
}

fn open(unit: &str) -> Command {
    Command::Open { unit: code(unit), estate: false }
}

fn photographs(count: u8) -> Vec<Evidence> {
    let one = |byte| Evidence { digest: digest(byte), media_type: MediaType::Jpeg, bytes: 1024 };
    (1..=count).map(one).collect()
}

fn show(item: Item, evidence: Vec<Evidence>) -> Command {
    Command::EvidenceItem { item, note: text("设在村委会"), evidence }
}

fn lose(item: Item) -> Command {
    Command::LoseItem { item, reason: text("场所挪作他用") }
}

fn list(topic: &str, list: List) -> Command {
    let Event::TopicListed(asked) = listed(topic, list) else { unreachable!() };
    Command::ListTopic(asked)
}

fn listed(topic: &str, list: List) -> Event {
    let (code, title) = (topic_code(topic), text("老年食堂的开办"));
    let responsible = Some(Capacity::GridWorker);
    Event::TopicListed(TopicListed { code, list, title, responsible })
}

fn households(households: u32, as_of: &str) -> Command {
    Command::StateHouseholds { stated: stated(households, as_of), above: true }
}

fn stated(households: u32, as_of: &str) -> HouseholdsStated {
    HouseholdsStated { households, as_of: day(as_of), source: text("镇统计站户籍人口表") }
}

fn topic_code(topic: &str) -> TopicCode {
    TopicCode::new(topic).unwrap()
}

#[test]
fn a_station_opens_once_for_a_unit_below_the_county() {
    for (unit, refusal) in
        [("NONE", "station.unknown_unit"), ("OLD", "station.ended_unit"), ("C", "station.county")]
    {
        given::<Station>([]).when(open(unit)).refused(refusal);
    }
    for (unit, level) in [("T1", Level::Town), ("S1", Level::Village), ("LAW", Level::Village)] {
        let opened_on = day("2021-11-30");
        let opened = Opened { unit: code(unit), level, estate: false, opened_on };
        given::<Station>([]).when(open(unit)).then([Event::Opened(opened)]);
    }
    let station = given::<Station>([])
        .at("2021-06-01T00:00:00+08:00")
        .when(Command::Open { unit: code("V1"), estate: true })
        .then([opened(true)])
        .when(open("V1"))
        .refused("station.already_open");
    assert!(station.state().is_open() && !given::<Station>([]).state().is_open());
    assert_eq!(station.state().unit(), Some(&code("V1")));
    let attributed = unit::Event::Attributed(Attributed { to: code("EDU") });
    given::<Station>([]).unit("S1", attributed).when(open("S1")).granted();
}

#[test]
fn nothing_is_asked_of_a_station_that_is_not_open() {
    for command in [
        show(Item::Staff, photographs(1)),
        lose(Item::Staff),
        seats::appoint(1, Group::Council, Capacity::Mediator),
        seats::leave(1, Group::Council),
        Command::DeclareRelatives { member: person(1), relatives: vec![] },
        kinship::end(1, 2, "2021-11-30"),
        elections::record(&[1]),
        list("X1", List::General),
        households(312, "2021-10-31"),
        months::hold(1, "2021-11-12"),
        months::miss("2021-10"),
    ] {
        given::<Station>([]).when(command).refused("station.not_open");
    }
}

#[test]
fn each_of_the_five_is_shown_by_evidence() {
    station()
        .when(show(Item::Register, vec![]))
        .refused("station.no_evidence")
        .when(show(Item::Register, photographs(21)))
        .refused("station.too_much_evidence")
        .when(show(Item::Register, [photographs(2), photographs(1)].concat()))
        .refused("station.evidence_twice")
        .when(show(Item::Register, photographs(20)))
        .then([Event::ItemEvidenced(ItemEvidenced {
            item: Item::Register,
            note: text("设在村委会"),
            evidence: photographs(20),
        })]);
}

#[test]
fn what_is_lost_is_missing_until_it_is_shown_again() {
    let shown = Item::ALL
        .iter()
        .fold(station(), |scene, item| scene.when(show(*item, photographs(1))).granted());
    assert_eq!(shown.state().missing_items(), []);
    let (item, reason) = (Item::Premises, text("场所挪作他用"));
    let lost = shown
        .when(lose(Item::Premises))
        .then([Event::ItemLost(ItemLost { item, reason })])
        .when(lose(Item::Premises))
        .refused("station.item_not_there");
    assert_eq!(lost.state().missing_items(), [Item::Premises]);
    let again = lost.when(show(Item::Premises, photographs(1))).granted();
    assert_eq!(again.state().missing_items(), []);
    assert_eq!(station().state().missing_items(), Item::ALL);
}

#[test]
fn the_list_grows_by_codes_of_its_own() {
    station()
        .when(list("G1", List::General))
        .refused("station.topic_listed")
        .when(list("X1", List::Estate))
        .refused("station.no_estate")
        .when(list("X1", List::General))
        .then([listed("X1", List::General)])
        .when(list("X1", List::General))
        .refused("station.topic_listed");
    given::<Station>([opened(true)])
        .when(list("X1", List::Estate))
        .then([listed("X1", List::Estate)]);
    let full = (1..=200).map(|number| listed(&format!("X{number}"), List::General));
    having(full).when(list("X201", List::General)).refused("station.too_many_topics");
}

#[test]
fn the_estate_s_list_is_for_where_there_is_an_estate() {
    let shipped = crate::rulebook::Adopted::shipped().rules.deliberation();
    let lists = |scene: &Scene<Station>, topic| scene.state().lists(&topic_code(topic), shipped);
    let (village, estate) =
        (given([opened(false), listed("X1", List::General)]), given([opened(true)]));
    for (topic, in_village, in_estate) in
        [("G1", true, true), ("E11", false, true), ("X1", true, false), ("Z9", false, false)]
    {
        assert_eq!(lists(&village, topic), in_village, "{topic}");
        assert_eq!(lists(&estate, topic), in_estate, "{topic}");
    }
    assert!(!lists(&given([]), "G1"));
}

#[test]
fn households_are_stated_with_their_source() {
    let scene = station();
    assert_eq!(scene.state().households(), None);
    for count in [0, 100_001] {
        scene.clone().when(households(count, "2021-10-31")).refused("station.households");
    }
    // 被测评者不定发放户数.
    let own = Command::StateHouseholds { stated: stated(312, "2021-10-31"), above: false };
    let scene = scene
        .when(own)
        .refused("station.own_households")
        .when(households(312, "2021-12-01"))
        .refused("station.households_in_future")
        .when(households(312, "2021-11-30"))
        .then([Event::HouseholdsStated(stated(312, "2021-11-30"))])
        .when(households(308, "2021-10-31"))
        .granted();
    assert_eq!(scene.state().households(), Some(308), "as last stated");
}
