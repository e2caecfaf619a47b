//! After an error of the disk nothing is written any more; after a shortage it goes on. Nothing acknowledged is lost, reads go
//! on.

use std::io::ErrorKind;
use std::time::{Duration, Instant};

use super::*;
use crate::{AppendError, HaltCause, Health, StoreError};

fn cause(store: &SqliteStore) -> Option<HaltCause> {
    match store.health() {
        Health::Writing | Health::Paused(_) => None,
        Health::Halted(reason) => Some(reason.cause),
        Health::Unreachable(_) => None,
    }
}

#[tokio::test]
async fn an_error_halts_with_a_true_answer_at_every_point() {
    // point, kind, is the outcome unknown, events there after reopening
    let cases = [
        (FaultPoint::BeforeWrite, ErrorKind::Other, HaltCause::Io, false, 1),
        (FaultPoint::BeforeCommit, ErrorKind::Other, HaltCause::Io, true, 1),
        (FaultPoint::AfterCommit, ErrorKind::Other, HaltCause::Io, true, 2),
    ];
    for (point, kind, halted, unknown, after) in cases {
        let (place, script) = (Place::new(), Arc::new(Script::default()));
        let store = place.open_with(&script);
        add(&store, "a", 0).await;
        script.fail_next(point, kind);
        let batch = vec![event()];
        let answer = store.append(&stream("a"), exactly(1), batch.clone()).await.unwrap_err();
        let said_unknown = match answer {
            AppendError::OutcomeUnknown(_) => true,
            AppendError::Halted(reason) => {
                assert_eq!(reason.cause, halted);
                false
            }
            other => panic!("{point:?}: {other:?}"),
        };
        assert_eq!(said_unknown, unknown, "{point:?}");
        assert_eq!(cause(&store), Some(halted), "{point:?}");
        let refused = store.append(&stream("b"), Expected::NoStream, vec![event()]).await;
        assert!(matches!(refused, Err(AppendError::Halted(_))), "{refused:?}");
        assert!(count(&store).await >= 1, "reads go on");
        drop(store);

        let store = place.open();
        assert_eq!((cause(&store), count(&store).await), (None, after), "{point:?}");
        let again = store.append(&stream("a"), exactly(1), batch).await.unwrap();
        assert_eq!((again.last_version, again.repeated), (Version(2), after == 2));
    }
}

#[tokio::test]
async fn a_failed_checkpoint_halts_after_the_answer() {
    let (place, script) = (Place::new(), Arc::new(Script::default()));
    let faults = Some(Arc::clone(&script) as Arc<dyn Faults>);
    let options = SqliteOptions { faults, checkpoint_pages: 1, ..SqliteOptions::default() };
    let store = SqliteStore::open(place.path(), options).unwrap();
    script.fail_next(FaultPoint::BeforeCheckpoint, ErrorKind::Other);
    assert_eq!(add(&store, "a", 0).await.last_version, Version(1));
    let next = store.append(&stream("a"), exactly(1), vec![event()]).await;
    assert!(matches!(next, Err(AppendError::Halted(_))), "{next:?}");
    drop(store);
    assert_eq!(count(&place.open()).await, 1);
}

/// Longer than anything here takes.
const PATIENCE: Duration = Duration::from_secs(60);

fn is_paused(store: &SqliteStore) -> bool {
    matches!(store.health(), Health::Paused(_))
}

#[tokio::test]
async fn a_shortage_pauses_and_then_it_goes_on_without_being_opened_again() {
    // point, is the outcome unknown, was it stored all the same
    let cases = [
        (FaultPoint::BeforeWrite, false, false),
        (FaultPoint::BeforeCommit, true, false),
        (FaultPoint::AfterCommit, true, true),
    ];
    for (point, unknown, stored) in cases {
        for kind in [ErrorKind::StorageFull, ErrorKind::OutOfMemory] {
            let (place, script) = (Place::new(), Arc::new(Script::default()));
            let store = place.open_with(&script);
            add(&store, "a", 0).await;
            script.fail_next(point, kind);
            let batch = vec![event()];
            let answer = store.append(&stream("a"), exactly(1), batch.clone()).await.unwrap_err();
            assert!(is_paused(&store), "{point:?}: {:?}", store.health());
            match &answer {
                AppendError::OutcomeUnknown(error) => assert!(unknown && error.is_shortage()),
                AppendError::Store(error) => assert!(!unknown && error.is_shortage()),
                other => panic!("{point:?}: {other:?}"),
            }
            let again = store.append(&stream("a"), exactly(1), batch).await.unwrap();
            assert_eq!((again.last_version, again.repeated), (Version(2), stored), "{point:?}");
            assert_eq!(store.health(), Health::Writing);
            assert_eq!(add(&store, "b", 0).await.last_position.0, 3);
            drop(store);
            assert_eq!(count(&place.open()).await, 3, "{point:?}");
        }
    }
}

#[tokio::test]
async fn a_log_that_nobody_writes_to_finds_out_by_itself_that_there_is_room_again() {
    let (place, script) = (Place::new(), Arc::new(Script::default()));
    let store = place.open_with(&script);
    script.fail_next(FaultPoint::BeforeWrite, ErrorKind::StorageFull);
    store.append(&stream("a"), Expected::NoStream, vec![event()]).await.unwrap_err();
    let begun = Instant::now();
    while is_paused(&store) {
        assert!(begun.elapsed() < PATIENCE, "{:?}", store.health());
        tokio::task::yield_now().await;
    }
    assert_eq!((store.health(), count(&store).await), (Health::Writing, 0));
}

#[tokio::test]
async fn less_room_than_the_reserve_is_none() {
    let place = Place::new();
    let options = SqliteOptions { reserve: u64::MAX, ..SqliteOptions::default() };
    let store = SqliteStore::open(place.path(), options).unwrap();
    assert!(is_paused(&store), "it is said before anybody writes");
    let refused = store.append(&stream("a"), Expected::NoStream, vec![event()]).await;
    assert!(matches!(&refused, Err(AppendError::Store(error)) if error.is_shortage()));
    let Health::Paused(reason) = store.health() else { panic!("{:?}", store.health()) };
    assert_eq!(reason.cause, HaltCause::DiskFull);
    assert!(reason.detail.contains("kept free"), "{}", reason.detail);
    assert!(reason.zh().contains("磁盘已满") && reason.en().contains("disk is full"));
}

#[tokio::test]
async fn a_full_disk_loses_nothing_acknowledged_and_takes_what_still_fits() {
    let place = Place::new();
    let options = SqliteOptions { max_pages: Some(200), ..SqliteOptions::default() };
    let store = SqliteStore::open(place.path(), options).unwrap();
    let large = || vec![NewEvent { data: vec![7; 60_000], ..event() }];
    let mut stored = 0;
    let refusal = loop {
        match store.append(&stream("a"), exactly(stored), large()).await {
            Ok(_) => stored += 1,
            Err(refusal) => break refusal,
        }
        assert!(stored < 100, "200 pages hold no 100 events of 60 KB");
    };
    assert!(matches!(&refusal, AppendError::Store(StoreError::Full(_))), "{refusal:?}");
    assert!(is_paused(&store) && stored > 5);
    assert_eq!(add(&store, "a", stored).await.last_version, Version(stored + 1));
    assert_eq!((store.health(), count(&store).await as u64), (Health::Writing, stored + 1));
    drop(store);
    assert_eq!(count(&place.open()).await as u64, stored + 1);
}
