#![allow(clippy::unwrap_used)]
use std::collections::BTreeMap;
use std::ops::Bound;

use domain::PersonId;
use jiff::ToSpan as _;
use jiff::civil::Date;
use proptest::prelude::*;
use rusqlite::Connection;

use super::{Row, TableDef, Tables};
use crate::engine::row::table;
use crate::testing::{day, person};

table! {
    /// 测试 test
    pub struct Score in "score" {
        key {
            /// 谁 who
            who: PersonId,
            /// 日 day
            date: Date,
        }
        /// 分 value
        value: i64,
    }
}

type Key = (PersonId, Date);

/// What is done to the rows.
#[derive(Debug, Clone)]
enum Step {
    Get(Key),
    Put(Key, i64),
    Upsert(Key, i64),
    Delete(Key),
    Walk(Bound<Key>, Bound<Key>),
    /// Writes the changed rows if there are more than so many, and keeps so many in memory.
    Flush(usize, usize),
    Commit,
    RollBack,
}

fn key() -> impl Strategy<Value = Key> {
    let days = (0..4i32).prop_map(|days| day("2021-12-30").checked_add(days.days()).unwrap());
    ((0..4u64).prop_map(person), days)
}

fn bound() -> impl Strategy<Value = Bound<Key>> {
    prop_oneof![
        key().prop_map(Bound::Included),
        key().prop_map(Bound::Excluded),
        Just(Bound::Unbounded)
    ]
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        2 => key().prop_map(Step::Get),
        4 => (key(), 0..9i64).prop_map(|(key, value)| Step::Put(key, value)),
        2 => (key(), 0..9i64).prop_map(|(key, value)| Step::Upsert(key, value)),
        4 => key().prop_map(Step::Delete),
        6 => (bound(), bound()).prop_map(|(start, end)| Step::Walk(start, end)),
        2 => (0..3usize, 0..4usize).prop_map(|(least, most)| Step::Flush(least, most)),
        1 => Just(Step::Commit),
        1 => Just(Step::RollBack),
    ]
}

fn row((who, date): Key, value: i64) -> Score {
    Score { who, date, value }
}

/// Whether a range of a tree may have these bounds.
fn is_range(start: &Bound<Key>, end: &Bound<Key>) -> bool {
    match (start, end) {
        (Bound::Excluded(start), Bound::Excluded(end)) => start < end,
        (
            Bound::Included(start) | Bound::Excluded(start),
            Bound::Included(end) | Bound::Excluded(end),
        ) => start <= end,
        (Bound::Unbounded, _) | (_, Bound::Unbounded) => true,
    }
}

proptest! {
    #[test]
    fn rows_are_what_was_written_however_little_is_cached(
        steps in prop::collection::vec(step(), 1..80),
        fresh: bool,
    ) {
        let definition = TableDef::of::<Score>();
        let conn = Connection::open_in_memory().unwrap();
        conn.execute_batch(&format!("{}; BEGIN", definition.create())).unwrap();
        let mut tables = Tables::new(&[definition]);
        if fresh {
            tables.are_complete();
        }
        let mut now: BTreeMap<Key, i64> = BTreeMap::new();
        let mut committed = now.clone();
        for step in steps {
            let mut rows = tables.rows(&conn);
            match step {
                Step::Get(key) => {
                    let found = rows.get::<Score>(&key).map(|score| score.value);
                    prop_assert_eq!(found, now.get(&key).copied());
                }
                Step::Put(key, value) => {
                    rows.put(row(key, value));
                    now.insert(key, value);
                }
                Step::Upsert(key, value) => {
                    rows.upsert(&key, || row(key, 0), |score| score.value += value);
                    *now.entry(key).or_default() += value;
                }
                Step::Delete(key) => {
                    rows.delete::<Score>(&key);
                    now.remove(&key);
                }
                Step::Walk(start, end) if is_range(&start, &end) => {
                    let expected: Vec<Score> =
                        now.range((start, end)).map(|(&key, &value)| row(key, value)).collect();
                    let found: Vec<Score> = rows.range::<Score>((start, end)).cloned().collect();
                    prop_assert_eq!(&found, &expected);
                    let mut back: Vec<Score> =
                        rows.range::<Score>((start, end)).rev().cloned().collect();
                    back.reverse();
                    prop_assert_eq!(&back, &expected);
                }
                Step::Walk(..) => {}
                Step::Flush(least, most) => tables.flush(&conn, least, most).unwrap(),
                Step::Commit => {
                    tables.flush(&conn, 0, 3).unwrap();
                    conn.execute_batch("COMMIT; BEGIN").unwrap();
                    committed = now.clone();
                }
                Step::RollBack => {
                    tables.forget();
                    conn.execute_batch("ROLLBACK; BEGIN").unwrap();
                    now = committed.clone();
                }
            }
            prop_assert!(tables.rows(&conn).failure().is_none());
        }
        tables.flush(&conn, 0, 0).unwrap();
        let mut stored = conn.prepare("SELECT who, date, value FROM score ORDER BY 1, 2").unwrap();
        let stored = stored.query_map([], Score::read).unwrap().map(Result::unwrap);
        let expected: Vec<Score> = now.iter().map(|(&key, &value)| row(key, value)).collect();
        prop_assert_eq!(stored.collect::<Vec<Score>>(), expected);
    }
}
