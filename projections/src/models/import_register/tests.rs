#![allow(clippy::unwrap_used)]
use domain::import::{Began, Event, Finished, Undone};

use super::*;
use crate::testing::*;

#[test]
fn an_import_is_followed_from_its_beginning_until_it_is_undone() {
    let id = ImportId(uuid::Uuid::from_u128(5));
    let stream = format!("import-{id}");
    let began = Began { table: Table::Roster, rows: 4, unit: Some(code("A")) };
    let mut log = Log::new();
    log.add(&stream, Event::Began(began));
    let row = |log: &Log| get(log.read().connection(), id).unwrap().unwrap();
    assert_eq!((row(&log).rows, row(&log).finished_at), (4, None));
    let finished = Finished { added: 2, changed: 1, unchanged: 0, not_taken: 1 };
    log.add(&stream, Event::Finished(finished));
    assert_eq!((row(&log).added, row(&log).not_taken), (Some(2), Some(1)));
    log.add(&stream, Event::Undone(Undone { reason: text("用错了表"), undone: 2, stayed: 1 }));
    assert_eq!((row(&log).undone, row(&log).stayed), (Some(2), Some(1)));
    let page = PageRequest { after: None, limit: 10 };
    let of = |unit: &str| Filter { unit: Some(code(unit)), kind: Some(Table::Roster) };
    for (unit, found) in [("A", 1), ("B", 0)] {
        let listed = list(log.read().connection(), &of(unit), &page).unwrap();
        assert_eq!(listed.items.len(), found);
    }
}
