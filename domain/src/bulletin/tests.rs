use super::*;
use crate::testing::{code, every_code_is_tested, given, text, time};
use crate::unit::Kind;
use uuid::Uuid;

#[test]
fn every_refusal_is_tested() {
    every_code_is_tested(include_str!("mod.rs"), include_str!("tests.rs"), "bulletin");
}

fn ordered() -> Ordered {
    Ordered {
        number: Some(text("象法治办〔2021〕12号")),
        title: text("关于志愿者队伍组建进度的通报"),
        note: None,
        as_of: None,
        corrects: None,
    }
}

fn order(ordered: Ordered) -> Command {
    Command::Order { ordered, earlier_published: false }
}

fn unit(unit: &str, kind: Kind, members: u32, required: u32) -> Figures {
    Figures {
        unit: code(unit),
        name: Some(text(unit)),
        kind,
        required,
        members,
        registered: members,
        matched: members / 2,
        refused: 0,
        open: 0,
        late: vec![],
    }
}

fn publish(units: Vec<Figures>) -> Command {
    Command::Publish { as_of: time("2021-11-30T11:00:00+08:00"), units }
}

#[test]
fn a_bulletin_is_ordered_then_published_and_never_changes() {
    let units = vec![unit("T1", Kind::Town, 5, 10)];
    let rows = ranked(units.clone());
    let as_of = time("2021-11-30T11:00:00+08:00");
    given::<Bulletin>([])
        .when(order(ordered()))
        .then([Event::Ordered(ordered())])
        .when(order(ordered()))
        .refused("bulletin.already_ordered");
    given::<Bulletin>([Event::Ordered(ordered())])
        .when(publish(units.clone()))
        .then([Event::Tabled(Tabled { rows }), Event::Published(Published { as_of, units: 1 })])
        .when(publish(units.clone()))
        .refused("bulletin.already_published");
    given::<Bulletin>([]).when(publish(units)).refused("bulletin.unknown");
}

#[test]
fn only_what_was_published_is_corrected() {
    let earlier = BulletinId(Uuid::from_u128(7));
    let corrects = Some(Correction { bulletin: earlier, reason: text("一个单位漏列") });
    let ordered = Ordered { corrects, ..ordered() };
    given::<Bulletin>([]).when(order(ordered.clone())).refused("bulletin.uncorrectable");
    let command = Command::Order { ordered: ordered.clone(), earlier_published: true };
    given::<Bulletin>([]).when(command).then([Event::Ordered(ordered)]);
}

#[test]
fn a_bulletin_tells_of_the_past() {
    let at = |moment: &str| Ordered { as_of: Some(time(moment)), ..ordered() };
    let now = at("2021-11-30T12:00:00+08:00");
    given::<Bulletin>([]).when(order(now)).refused("bulletin.as_of_in_future");
    given::<Bulletin>([]).when(order(at("2021-11-29T18:00:00+08:00"))).granted();
}

#[test]
fn a_table_has_units_and_is_cut_into_events() {
    let history = || [Event::Ordered(ordered())];
    given::<Bulletin>(history()).when(publish(vec![])).refused("bulletin.no_units");
    let units = |count: usize| -> Vec<Figures> {
        (0..count).map(|number| unit(&format!("T{number}"), Kind::Town, 1, 2)).collect()
    };
    let many = publish(units(MOST_UNITS + 1));
    given::<Bulletin>(history()).when(many).refused("bulletin.too_many_units");
    let bulletin = Bulletin::after(&history());
    let events = bulletin.publish(time("2021-11-30T11:00:00+08:00"), units(MOST_UNITS)).unwrap();
    assert_eq!(events.len(), MOST_UNITS.div_ceil(ROWS_OF_AN_EVENT) + 1);
    let bytes = |event: &Event| match event {
        Event::Tabled(tabled) => serde_json::to_vec(tabled).unwrap().len(),
        Event::Ordered(_) | Event::Published(_) => 0,
    };
    assert!(events.iter().all(|event| bytes(event) < 60_000));
}

#[test]
fn units_are_ranked_among_their_kind_by_completion_then_by_matches() {
    let better = Figures { matched: 9, registered: 10, ..unit("T4", Kind::Town, 5, 10) };
    let units = vec![
        unit("D1", Kind::Department, 1, 9),
        unit("C", Kind::County, 60, 130),
        unit("T1", Kind::Town, 5, 10),
        unit("T2", Kind::Town, 50, 100),
        unit("T3", Kind::Town, 7, 10),
        better,
        unit("T5", Kind::Town, 3, 0),
        unit("T6", Kind::Town, 0, 10),
    ];
    let rows = ranked(units);
    let of = |row: &Row| (row.figures.unit.to_string(), row.rank);
    let towns: Vec<_> = rows.iter().filter(|row| row.figures.kind == Kind::Town).map(of).collect();
    // T1 has matched 2 of 5, T2 half of 50.
    let expected = [("T3", 1), ("T4", 2), ("T2", 3), ("T1", 4), ("T6", 5)];
    let expected = expected.map(|(unit, rank)| (unit.to_owned(), Some(rank)));
    assert_eq!(towns[..5], expected);
    assert_eq!(towns[5], ("T5".to_owned(), None));
    let department = rows.iter().find(|row| row.figures.kind == Kind::Department).unwrap();
    assert_eq!(department.rank, Some(1));
    assert_eq!((rows[0].figures.kind, rows[0].rank), (Kind::County, None));
}

#[test]
fn equals_share_a_rank_and_the_next_one_counts_them() {
    let units =
        ["A", "B", "C"].map(|name| unit(name, Kind::Village, if name == "C" { 1 } else { 2 }, 4));
    let ranks: Vec<_> = ranked(units.to_vec()).into_iter().map(|row| row.rank).collect();
    assert_eq!(ranks, [Some(1), Some(1), Some(3)]);
}

#[test]
fn what_is_missing_is_never_less_than_nothing() {
    let over = Figures { refused: 3, ..unit("T1", Kind::Town, 12, 10) };
    assert_eq!((over.gap(), over.completion(), over.pending()), (0, Some(1200), 3));
    assert_eq!(over.verified(), Some(500));
    let none = Figures { registered: 0, ..unit("T2", Kind::Town, 0, 0) };
    assert_eq!((none.completion(), none.verified(), none.pending()), (None, None, 0));
}
