//! Read models on a log that is not the one they were filled from.

use domain::unit::Kind;
use event_store::{MemoryStore, Position};
use tempfile::TempDir;
use tokio::runtime::Runtime;

use crate::testing::*;
use crate::{AsOf, ReadModels, Until, checkpoints, compare};

/// Units whose events come after others that take positions away.
fn store(runtime: &Runtime, before: u32, headcounts: u32) -> MemoryStore {
    let mut log = Log::new();
    for n in 0..before {
        log.add(&format!("unit-X{n}"), unit_registered(&format!("X{n}"), Kind::Town, None));
    }
    log.add("unit-C", unit_registered("C", Kind::County, None));
    for n in 0..headcounts {
        log.add("unit-C", headcount(n));
    }
    runtime.block_on(log.store())
}

fn filled(runtime: &Runtime, folder: &TempDir, store: &MemoryStore) -> ReadModels {
    let mut models = ReadModels::open(folder.path().join("read.sqlite")).unwrap();
    models.run_until(store, runtime.handle(), Until::Head, &mut |_| {}).unwrap();
    models
}

#[track_caller]
fn assert_filled_from(runtime: &Runtime, models: &ReadModels, store: &MemoryStore, events: u64) {
    let fresh = filled(runtime, &tempfile::tempdir().unwrap(), store);
    assert_eq!(compare(models.connection(), fresh.connection(), 5).unwrap(), []);
    let seen = checkpoints(models.connection()).unwrap();
    assert_eq!(seen, checkpoints(fresh.connection()).unwrap());
    assert!(seen.iter().all(|line| line.folded.events == events), "{seen:?}");
    assert_eq!(models.position(), Position(events));
}

#[test]
fn read_models_of_another_history_are_rebuilt() {
    let (runtime, folder) = (Runtime::new().unwrap(), tempfile::tempdir().unwrap());
    let (one, other) = (store(&runtime, 0, 9), store(&runtime, 3, 4));
    drop(filled(&runtime, &folder, &one));
    let models = filled(&runtime, &folder, &other);
    assert_filled_from(&runtime, &models, &other, 8);
}

#[test]
fn checkpoints_of_an_earlier_program_are_rebuilt() {
    let (runtime, folder) = (Runtime::new().unwrap(), tempfile::tempdir().unwrap());
    let store = store(&runtime, 2, 5);
    let models = filled(&runtime, &folder, &store);
    let earlier =
        "ALTER TABLE _checkpoint DROP COLUMN stream; ALTER TABLE _checkpoint DROP COLUMN version;
        ALTER TABLE _checkpoint DROP COLUMN event; UPDATE quota_unit SET headcount = 77;";
    models.connection().execute_batch(earlier).unwrap();
    assert!(checkpoints(models.connection()).unwrap().iter().all(|at| at.folded.last.is_none()));
    drop(models);
    let models = filled(&runtime, &folder, &store);
    assert_filled_from(&runtime, &models, &store, 8);
}

#[test]
fn files_of_another_history_are_not_taken_for_ours() {
    let (runtime, folder) = (Runtime::new().unwrap(), tempfile::tempdir().unwrap());
    let (one, other) = (store(&runtime, 0, 9), store(&runtime, 3, 4));
    for store in [&one, &other, &one] {
        let files = AsOf::open(folder.path(), 4).unwrap();
        let until = Until::Position(Position(7));
        let (_, conn) = files.at(store, runtime.handle(), until, &mut |_| {}).unwrap();
        let fresh = folder.path().join("fresh.sqlite");
        crate::rebuild_into(&fresh, store, runtime.handle(), until, &mut |_| {}).unwrap();
        let fresh = crate::open_reader(&fresh).unwrap();
        assert_eq!(compare(&conn, &fresh, 5).unwrap(), []);
    }
}
