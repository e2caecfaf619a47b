#![allow(clippy::unwrap_used)]
use domain::bulletin::{Correction, Figures, Late, Ordered, Published, Tabled, ranked};
use domain::unit::Kind;
use uuid::Uuid;

use super::*;
use crate::testing::*;

fn id(number: u128) -> BulletinId {
    BulletinId(Uuid::from_u128(number))
}

fn figures(unit: &str, members: u32) -> Figures {
    Figures {
        unit: code(unit),
        name: (unit != "B").then(|| text("墙头镇")),
        kind: Kind::Town,
        required: 10,
        members,
        registered: members + 1,
        matched: 1,
        refused: 1,
        open: 2,
        late: vec![Late::Squad],
    }
}

fn publish(log: &mut Log, number: u128, corrects: Option<u128>) {
    let stream = format!("bulletin-{}", id(number));
    let corrects =
        corrects.map(|earlier| Correction { bulletin: id(earlier), reason: text("漏列") });
    let (number, note, as_of) = (Some(text("12号")), None, None);
    let ordered = Ordered { number, title: text("进度通报"), note, as_of, corrects };
    log.add(&stream, Event::Ordered(ordered));
    let rows = ranked(vec![figures("A", 4), figures("B", 7)]);
    let (first, second) = rows.split_at(1);
    log.add(&stream, Event::Tabled(Tabled { rows: first.to_vec() }));
    log.add(&stream, Event::Tabled(Tabled { rows: second.to_vec() }));
    let as_of = "2021-11-30T04:00:00Z".parse().unwrap();
    log.add(&stream, Event::Published(Published { as_of, units: 2 }));
}

#[test]
fn a_bulletin_shows_what_it_told_and_which_one_corrects_it() {
    let mut log = Log::new();
    publish(&mut log, 1, None);
    publish(&mut log, 2, Some(1));
    let models = log.read();
    let conn = models.connection();
    let page = PageRequest { after: None, limit: 10 };
    let listed = list(conn, &page).unwrap().items;
    assert_eq!(listed.iter().map(|row| row.bulletin).collect::<Vec<_>>(), [id(2), id(1)]);
    assert_eq!((listed[1].corrected_by, listed[0].corrects), (Some(id(2)), Some(id(1))));
    let table = units(conn, id(1), &page).unwrap().items;
    let told: Vec<_> = table.iter().map(|row| (row.place, row.rank, row.unit.as_str())).collect();
    assert_eq!(told, [(1, Some(1), "B"), (2, Some(2), "A")]);
    let last = &table[1];
    assert_eq!((last.gap, last.completion, last.pending), (Some(6), Some(400), 3));
    // Without a name it is called by its code.
    assert_eq!((table[0].name.as_str(), last.name.as_str()), ("B", "墙头镇"));
    assert_eq!(last.late.0, ["小分队组建逾期"]);
    let next = units(conn, id(1), &PageRequest { after: None, limit: 1 }).unwrap();
    assert_eq!((next.items.len(), next.next.is_some()), (1, true));
}

#[test]
fn one_that_was_only_ordered_is_shown_to_nobody() {
    let mut log = Log::new();
    let ordered =
        Ordered {
            number: None, title: text("进度通报"), note: None, as_of: None, corrects: None
        };
    log.add(&format!("bulletin-{}", id(3)), Event::Ordered(ordered));
    let models = log.read();
    assert_eq!(get(models.connection(), id(3)).unwrap(), None);
    let listed = list(models.connection(), &PageRequest::default()).unwrap();
    assert_eq!(listed.items, []);
}
