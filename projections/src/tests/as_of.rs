//! Any moment can be looked at again.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use domain::unit::Kind;
use event_store::{EventStore, Expected, MemoryStore, NewEvent, Position, Version};
use jiff::SignedDuration;
use proptest::prelude::*;
use rusqlite::Connection;
use tokio::runtime::Runtime;
use tokio::sync::watch;
use uuid::Uuid;

use super::batches;
use crate::models::ALL;
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

/// The read models as of a position.
fn at(past: &AsOf, store: &MemoryStore, runtime: &Runtime, position: u64) -> Connection {
    let until = Until::Position(Position(position));
    past.at(store, runtime.handle(), until, &mut |_| {}).unwrap().1
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
            kind: fact.event.kind().name.into(),
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
            // Some are learned at once.
            fact.recorded_at += SignedDuration::from_mins(after / 3);
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
            let mut last = &log.facts[index.index(there)];
            let mut until = Until::Position(last.position);
            if *by_time {
                until = Until::Time(last.recorded_at);
                let within = log.facts[..there].iter().filter(|fact| fact.recorded_at <= last.recorded_at);
                last = within.max_by_key(|fact| fact.position).unwrap();
            }
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

/// The only folder below this one, in which the past is kept.
fn past_in(folder: &Path) -> PathBuf {
    let found = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    found.into_iter().find(|path| path.is_dir()).unwrap()
}

/// Positions of the marks in the database below this folder.
fn marks(folder: &Path) -> Vec<u64> {
    let conn = crate::open_reader(&past_in(folder).join("past.sqlite")).unwrap();
    let mut query =
        conn.prepare("SELECT DISTINCT _since FROM _checkpoint_version ORDER BY _since").unwrap();
    query
        .query_map([], |row| crate::engine::column::read(row, 0))
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap()
}

/// The moments kept below this folder, each as its mark and its last event.
fn moments(folder: &Path) -> Vec<String> {
    let Ok(files) = std::fs::read_dir(past_in(folder).join("moments")) else { return Vec::new() };
    let names = files.map(|file| file.unwrap().file_name().into_string().unwrap());
    let mut moments: Vec<String> =
        names.map(|name| name.splitn(3, '-').take(2).collect::<Vec<_>>().join("-")).collect();
    moments.sort();
    moments
}

#[test]
fn marks_stay_and_moments_asked_for_go_in_their_turn() {
    let runtime = Runtime::new().unwrap();
    let store = store(&runtime);
    let folder = tempfile::tempdir().unwrap();
    let past = AsOf::open(folder.path(), 20).unwrap();
    let ask = |position| headcount_in(&at(&past, &store, &runtime, position));
    assert_eq!((ask(20), moments(folder.path())), (19, vec![]));
    assert_eq!((ask(21), moments(folder.path())), (20, vec!["20-21".to_owned()]));
    for position in 2..15 {
        assert_eq!(ask(position), i64::try_from(position).unwrap() - 1);
    }
    assert_eq!(moments(folder.path()), ["0-12", "0-13", "0-14"]);
    assert_eq!(ask(12), 11);
    assert_eq!(ask(3), 2, "what was forgotten is folded again");
    assert_eq!(moments(folder.path()), ["0-12", "0-14", "0-3"]);
    assert_eq!(marks(folder.path()), [0, 20]);
}

#[test]
fn a_moment_of_a_log_that_was_put_back_and_went_on_otherwise_is_folded_again() {
    let runtime = Runtime::new().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let begun = {
        let mut log = Log::new();
        log.add("unit-C", unit_registered("C", Kind::County, None));
        (1..=9).for_each(|n| {
            log.add("unit-C", headcount(n));
        });
        log.facts
    };
    let went_on = |headcounts: std::ops::Range<u32>| {
        let (store, mut log) = (MemoryStore::new(), Log::new());
        log.facts = begun.clone();
        for n in headcounts {
            log.add("unit-C", headcount(n));
            log.facts.last_mut().unwrap().id = Uuid::from_u128(1_000 + u128::from(n));
        }
        runtime.block_on(append(&store, &log.facts));
        store
    };
    for (headcounts, last) in [(10..15, 14), (70..75, 74)] {
        let store = went_on(headcounts);
        let past = AsOf::open(folder.path(), 10).unwrap();
        let (position, conn) = past.at(&store, runtime.handle(), Until::Head, &mut |_| {}).unwrap();
        assert_eq!((position, headcount_in(&conn)), (Position(15), last));
        assert_eq!(marks(folder.path()), [0, 10]);
    }
}

#[test]
fn who_reads_goes_on_seeing_a_moment_that_is_forgotten() {
    let runtime = Runtime::new().unwrap();
    let store = store(&runtime);
    let folder = tempfile::tempdir().unwrap();
    let past = AsOf::open(folder.path(), 100).unwrap();
    let at = |position| at(&past, &store, &runtime, position);
    drop(at(21));
    let kept = at(9);
    assert_eq!(headcount_in(&kept), 8);
    (3..21).filter(|&other| other != 9).for_each(|other| drop(at(other)));
    assert!(!moments(folder.path()).contains(&"0-9".to_owned()));
    assert_eq!(headcount_in(&kept), 8);
}

#[test]
fn who_reads_goes_on_seeing_a_moment_when_more_marks_are_put_down() {
    let runtime = Runtime::new().unwrap();
    let store = store(&runtime);
    let folder = tempfile::tempdir().unwrap();
    let past = AsOf::open(folder.path(), 5).unwrap();
    let at = |position| at(&past, &store, &runtime, position);
    let (mark, moment) = (at(5), at(8));
    assert_eq!((marks(folder.path()), moments(folder.path())), (vec![0, 5], vec!["5-8".into()]));
    drop(at(21));
    assert_eq!(marks(folder.path()), [0, 5, 10, 15, 20]);
    assert_eq!((headcount_in(&mark), headcount_in(&moment)), (4, 7));
}

/// The second time nothing is folded.
#[test]
fn a_moment_before_the_first_mark_is_kept_when_the_folder_is_opened_again() {
    let runtime = Runtime::new().unwrap();
    let store = store(&runtime);
    let folder = tempfile::tempdir().unwrap();
    let mut folded = Vec::new();
    for _ in 0..2 {
        let past = AsOf::open(folder.path(), 100).unwrap();
        let mut events = 0;
        let (_, conn) =
            past.at(&store, runtime.handle(), Until::Head, &mut |at| events = at.events).unwrap();
        assert_eq!(headcount_in(&conn), 20);
        folded.push(events);
    }
    assert_eq!(folded, [21, 0]);
}

#[test]
fn a_moment_is_kept_also_where_the_clock_was_set_back() {
    let runtime = Runtime::new().unwrap();
    let store = store(&runtime);
    let folder = tempfile::tempdir().unwrap();
    let past = AsOf::open(folder.path(), 100).unwrap();
    let ask = |position| headcount_in(&at(&past, &store, &runtime, position));
    (3..6).for_each(|position| assert_eq!(ask(position), i64::try_from(position).unwrap() - 1));
    for file in std::fs::read_dir(past_in(folder.path()).join("moments")).unwrap() {
        let tomorrow = SystemTime::now() + Duration::from_hours(24);
        File::open(file.unwrap().path()).unwrap().set_modified(tomorrow).unwrap();
    }
    assert_eq!(ask(9), 8);
    let kept = moments(folder.path());
    assert_eq!((kept.len(), kept.contains(&"0-9".to_owned())), (3, true));
}

#[test]
fn no_table_is_called_as_what_stands_behind_another() {
    let names: Vec<&str> =
        ALL.iter().flat_map(|model| model.tables).map(|table| table.name).collect();
    for behind in ["_version", "_changed"] {
        assert!(!names.iter().any(|name| name.ends_with(behind)));
    }
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
    assert_eq!(headcount_in(&at(&past, &store, &runtime, 10)), 9);
    head.send_replace(Position(21));
    drop(head);
    marker.join();
    assert_eq!(marks(folder.path()), [0, 4, 8, 12, 16, 20]);
}

#[test]
fn a_step_that_is_called_off_leaves_nothing() {
    let runtime = Runtime::new().unwrap();
    let store = store(&runtime);
    let folder = tempfile::tempdir().unwrap();
    let past = AsOf::open(folder.path(), 4).unwrap();
    let at = |position| at(&past, &store, &runtime, position);
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
    let at = |position| at(&AsOf::open(folder.path(), 4).unwrap(), &store, &runtime, position);
    drop(at(9));
    let moments_in = || past_in(folder.path()).join("moments");
    let moment = std::fs::read_dir(moments_in()).unwrap().next().unwrap().unwrap().path();
    for damaged in [past_in(folder.path()).join("past.sqlite"), moment] {
        for file in [damaged, moments_in().join("unfinished")] {
            std::fs::write(file, b"no database").unwrap();
        }
        assert_eq!(headcount_in(&at(9)), 8);
    }
    assert_eq!(marks(folder.path()), [0, 4, 8]);
    assert_eq!(moments(folder.path()), ["8-9"]);
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
