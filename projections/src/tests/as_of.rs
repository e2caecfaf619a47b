//! Any moment can be looked at again.

use std::path::Path;
use std::sync::Arc;

use domain::unit::Kind;
use event_store::{EventStore, Expected, MemoryStore, NewEvent, Position, Version};
use jiff::SignedDuration;
use proptest::prelude::*;
use rusqlite::Connection;
use tokio::runtime::Runtime;
use tokio::sync::watch;

use super::batches;
use crate::models::quota;
use crate::testing::*;
use crate::{
    AsOf, Fact, Marker, ProjectionError, ReadModels, Until, checkpoints, compare, rebuild_into,
};

/// A headcount declared on each of the first twenty days of November.
fn store(runtime: &Runtime) -> MemoryStore {
    let mut log = Log::new();
    log.add("unit-C", unit_registered("C", Kind::County, None));
    for n in 1..=20 {
        log.on(&format!("2021-11-{n:02}")).add("unit-C", headcount(n));
    }
    runtime.block_on(log.store())
}

fn headcount_in(conn: &Connection) -> i64 {
    quota::get(conn, &code("C"), noon("2021-12-01")).unwrap().unwrap().unit.headcount
}

#[test]
fn a_moment_is_a_prefix_of_the_log() {
    let runtime = Runtime::new().unwrap();
    let store = store(&runtime);
    let cases = [
        ("2021-11-20", 21),
        ("2021-10-31", 0),
        ("2021-11-01", 2),
        ("2021-11-09", 10),
        ("2021-11-20", 21),
        ("2022-11-20", 21),
    ];
    for every in [1, 4, 100] {
        let folder = tempfile::tempdir().unwrap();
        let past = AsOf::open(folder.path(), every).unwrap();
        for (date, position) in cases {
            let until = Until::Time(noon(date));
            let (found, _) = past.at(&store, runtime.handle(), until, &mut |_| {}).unwrap();
            assert_eq!(found, Position(position), "{date}");
        }
    }
}

/// The log as it comes: the first facts are there, the others follow.
async fn append(store: &MemoryStore, facts: &[Fact]) {
    for fact in facts {
        let event = NewEvent {
            id: fact.id,
            kind: fact.event.entry().kind.into(),
            recorded_at: fact.recorded_at,
            data: fact.event.encode().unwrap(),
            metadata: serde_json::to_vec(&fact.metadata).unwrap(),
        };
        let expected = Expected::Exactly(Version(fact.version.0 - 1));
        store.append(&fact.stream, expected, vec![event]).await.unwrap();
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4))]

    /// However the marks stand, whatever was asked before and forgotten since, and while the log grows.
    #[test]
    fn every_moment_equals_a_fold_from_the_start(
        happenings in prop::collection::vec(batches::happening(), 20..200),
        every in 1..60u64,
        asked in prop::collection::vec((any::<prop::sample::Index>(), any::<bool>(), any::<bool>()), 8..24),
    ) {
        let runtime = Runtime::new().unwrap();
        let mut log = batches::log(&happenings);
        for fact in &mut log.facts {
            let after = i64::try_from(fact.position.0).unwrap();
            fact.recorded_at += SignedDuration::from_mins(after);
        }
        let (store, folder) = (MemoryStore::new(), tempfile::tempdir().unwrap());
        let mut past = AsOf::open(folder.path(), every).unwrap();
        let mut there = 0;
        for (number, (index, by_time, reopened)) in asked.iter().enumerate() {
            let grown = (log.facts.len() * (number + 1)).div_ceil(asked.len());
            runtime.block_on(append(&store, &log.facts[there..grown]));
            there = grown;
            if *reopened {
                drop(past);
                past = AsOf::open(folder.path(), every).unwrap();
            }
            let last = &log.facts[index.index(there)];
            let until =
                if *by_time { Until::Time(last.recorded_at) } else { Until::Position(last.position) };
            let (position, conn) = past.at(&store, runtime.handle(), until, &mut |_| {}).unwrap();
            prop_assert_eq!(position, last.position);
            let prefix = &log.facts[..usize::try_from(position.0).unwrap()];
            let mut folded = ReadModels::open(":memory:").unwrap();
            folded.run_batch(prefix).unwrap();
            prop_assert_eq!(compare(folded.connection(), &conn, 5).unwrap(), vec![]);
            prop_assert_eq!(checkpoints(folded.connection()).unwrap(), checkpoints(&conn).unwrap());
        }
    }
}

/// Positions of the marks in the database below this folder.
fn marks(folder: &Path) -> Vec<u64> {
    let found = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let found = found.filter(|path| path.is_dir()).map(|path| path.join("past.sqlite"));
    let conn = crate::open_reader(&found.last().unwrap()).unwrap();
    let mut query =
        conn.prepare("SELECT DISTINCT _since FROM _checkpoint_version ORDER BY _since").unwrap();
    query
        .query_map([], |row| crate::column::read(row, 0))
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap()
}

#[test]
fn marks_are_regular_and_those_asked_for_go_in_their_turn() {
    let runtime = Runtime::new().unwrap();
    let store = store(&runtime);
    let folder = tempfile::tempdir().unwrap();
    let past = AsOf::open(folder.path(), 20).unwrap();
    let ask = |position| {
        let until = Until::Position(Position(position));
        headcount_in(&past.at(&store, runtime.handle(), until, &mut |_| {}).unwrap().1)
    };
    assert_eq!((ask(21), marks(folder.path())), (20, vec![0, 20, 21]));
    for position in 2..15 {
        assert_eq!(ask(position), i64::try_from(position).unwrap() - 1);
    }
    assert_eq!(marks(folder.path()), [0, 13, 14, 20, 21], "the newest stays");
    assert_eq!(ask(3), 2, "what was forgotten is folded again");
    assert_eq!(marks(folder.path()), [0, 3, 14, 20, 21]);
}

#[test]
fn what_ended_with_a_forgotten_mark_goes_on_until_the_next() {
    let runtime = Runtime::new().unwrap();
    let mut log = Log::new();
    log.add("unit-C", unit_registered("C", Kind::County, None));
    log.add("unit-X", unit_registered("X", Kind::Town, Some("C"))).add("unit-X", headcount(3));
    for n in 4..=40 {
        log.add("unit-C", headcount(n));
    }
    let store = runtime.block_on(log.store());
    let folder = tempfile::tempdir().unwrap();
    let past = AsOf::open(folder.path(), 20).unwrap();
    let headcount_of_x = |position| {
        let until = Until::Position(Position(position));
        let (_, conn) = past.at(&store, runtime.handle(), until, &mut |_| {}).unwrap();
        quota::get(&conn, &code("X"), noon("2021-12-01")).unwrap().map(|unit| unit.unit.headcount)
    };
    // The mark at 12 begins a version of X, that at 8 one before it. Then the mark at 12 is forgotten.
    for position in [40, 12, 8, 31, 32] {
        assert_eq!(headcount_of_x(position), Some(3));
    }
    assert_eq!(marks(folder.path()), [0, 8, 20, 31, 32, 40]);
    assert_eq!(headcount_of_x(16), Some(3));
}

#[test]
fn who_reads_goes_on_seeing_a_moment_that_is_forgotten() {
    let runtime = Runtime::new().unwrap();
    let store = store(&runtime);
    let folder = tempfile::tempdir().unwrap();
    let past = AsOf::open(folder.path(), 100).unwrap();
    let at = |position| {
        past.at(&store, runtime.handle(), Until::Position(Position(position)), &mut |_| {})
            .unwrap()
            .1
    };
    drop(at(21));
    let kept = at(9);
    assert_eq!(headcount_in(&kept), 8);
    (3..21).filter(|&other| other != 9).for_each(|other| drop(at(other)));
    assert!(!marks(folder.path()).contains(&9));
    assert_eq!(headcount_in(&kept), 8);
}

#[test]
fn many_ask_at_once() {
    let runtime = Runtime::new().unwrap();
    let store = store(&runtime);
    let folder = tempfile::tempdir().unwrap();
    let past = AsOf::open(folder.path(), 5).unwrap();
    std::thread::scope(|scope| {
        for first in 0..4 {
            let (past, store, handle) = (&past, &store, runtime.handle());
            scope.spawn(move || {
                for at in (2..=21).cycle().skip(first * 5).take(40) {
                    let until = Until::Position(Position(at));
                    let (position, conn) = past.at(store, handle, until, &mut |_| {}).unwrap();
                    let headcount = i64::try_from(at - 1).unwrap();
                    assert_eq!((position.0, headcount_in(&conn)), (at, headcount));
                }
            });
        }
    });
}

#[test]
fn a_marker_follows_the_log() {
    let runtime = Runtime::new().unwrap();
    let store = Arc::new(store(&runtime));
    let folder = tempfile::tempdir().unwrap();
    let past = Arc::new(AsOf::open(folder.path(), 4).unwrap());
    let (head, position) = watch::channel(Position(11));
    let marker =
        Marker::spawn(past.clone(), store.clone(), runtime.handle().clone(), position).unwrap();
    // One that is asked for between two regular ones changes nothing about those.
    let until = Until::Position(Position(10));
    assert_eq!(headcount_in(&past.at(&*store, runtime.handle(), until, &mut |_| {}).unwrap().1), 9);
    head.send_replace(Position(21));
    drop(head);
    marker.join();
    assert_eq!(marks(folder.path()), [0, 4, 8, 10, 12, 16, 20]);
}

#[test]
fn a_step_that_is_called_off_leaves_nothing() {
    let runtime = Runtime::new().unwrap();
    let store = store(&runtime);
    let folder = tempfile::tempdir().unwrap();
    let past = AsOf::open(folder.path(), 4).unwrap();
    let at = |position| {
        let until = Until::Position(Position(position));
        past.at(&store, runtime.handle(), until, &mut |_| {}).unwrap().1
    };
    assert_eq!(headcount_in(&at(4)), 3);
    let (from, to) = (Position(4), Position(8));
    let called_off = past.mark(&store, runtime.handle(), from, to, &mut |_| false);
    assert!(matches!(called_off, Err(ProjectionError::CalledOff)));
    assert_eq!(marks(folder.path()), [0, 4]);
    assert_eq!((headcount_in(&at(9)), headcount_in(&at(4))), (8, 3));
}

#[test]
fn one_program_at_a_time_and_only_this_revision() {
    let folder = tempfile::tempdir().unwrap();
    for ours in ["as-of-quota1", "as-of-2-quota1"] {
        std::fs::create_dir(folder.path().join(ours)).unwrap();
        std::fs::write(folder.path().join(ours).join("7.sqlite"), b"earlier").unwrap();
    }
    std::fs::write(folder.path().join("notes"), b"not ours").unwrap();
    let past = AsOf::open(folder.path(), 4).unwrap();
    assert!(matches!(AsOf::open(folder.path(), 4), Err(ProjectionError::InUse)));
    drop(past);
    assert!(AsOf::open(folder.path(), 4).is_ok());
    let left = std::fs::read_dir(folder.path()).unwrap();
    let mut left: Vec<_> = left.map(|file| file.unwrap().file_name()).collect();
    left.sort();
    assert_eq!(left.len(), 3, "{left:?}");
}

#[test]
fn a_damaged_database_is_made_anew() {
    let runtime = Runtime::new().unwrap();
    let store = store(&runtime);
    let folder = tempfile::tempdir().unwrap();
    let at = |position| {
        let past = AsOf::open(folder.path(), 4).unwrap();
        past.at(&store, runtime.handle(), Until::Position(Position(position)), &mut |_| {})
            .unwrap()
            .1
    };
    drop(at(9));
    let database = std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().path());
    let database = database.into_iter().find(|path| path.is_dir()).unwrap().join("past.sqlite");
    std::fs::write(&database, b"no database").unwrap();
    assert_eq!(headcount_in(&at(9)), 8);
    assert_eq!(marks(folder.path()), [0, 4, 8, 9]);
}

#[test]
fn a_rebuilt_file_equals_the_live_one_and_replaces_only_when_whole() {
    let runtime = Runtime::new().unwrap();
    let store = store(&runtime);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("out.sqlite");
    std::fs::write(&path, b"earlier").unwrap();
    let beyond = Until::Position(Position(22));
    assert!(rebuild_into(&path, &store, runtime.handle(), beyond, &mut |_| {}).is_err());
    assert_eq!(std::fs::read(&path).unwrap(), b"earlier");
    rebuild_into(&path, &store, runtime.handle(), Until::Head, &mut |_| {}).unwrap();
    let mut live = ReadModels::open(folder.path().join("read.sqlite")).unwrap();
    live.run_until(&store, runtime.handle(), Until::Head, &mut |_| {}).unwrap();
    let rebuilt = crate::open_reader(&path).unwrap();
    assert_eq!(compare(live.connection(), &rebuilt, 5).unwrap(), []);
    let left: Vec<_> =
        std::fs::read_dir(folder.path()).unwrap().map(|file| file.unwrap().file_name()).collect();
    assert!(!left.iter().any(|name| name.to_string_lossy().contains(".part")), "{left:?}");
}
