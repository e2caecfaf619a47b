//! After an error of the disk nothing is written any more, nothing acknowledged is lost, reads go on.

use std::io::ErrorKind;

use super::*;
use crate::{AppendError, HaltCause, Health};

fn cause(store: &SqliteStore) -> Option<HaltCause> {
    match store.health() {
        Health::Writing => None,
        Health::Halted(reason) => Some(reason.cause),
        Health::Unreachable(_) => None,
    }
}

#[tokio::test]
async fn an_error_halts_with_a_true_answer_at_every_point() {
    // point, kind, is the outcome unknown, events there after reopening
    let cases = [
        (FaultPoint::BeforeWrite, ErrorKind::Other, HaltCause::Io, false, 1),
        (FaultPoint::BeforeWrite, ErrorKind::StorageFull, HaltCause::DiskFull, false, 1),
        (FaultPoint::BeforeCommit, ErrorKind::Other, HaltCause::Io, true, 1),
        (FaultPoint::BeforeCommit, ErrorKind::StorageFull, HaltCause::DiskFull, true, 1),
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

#[tokio::test]
async fn a_full_disk_halts_and_loses_nothing_acknowledged() {
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
    assert!(
        matches!(&refusal, AppendError::Halted(r) if r.cause == HaltCause::DiskFull),
        "{refusal:?}"
    );
    assert!(
        refusal.to_string().contains("磁盘已满") && refusal.to_string().contains("disk is full")
    );
    assert!(stored > 5);
    // A small event would fit, but the store has halted for good.
    let small = store.append(&stream("a"), exactly(stored), vec![event()]).await;
    assert!(matches!(small, Err(AppendError::Halted(_))));
    assert_eq!(count(&store).await as u64, stored);
    drop(store);

    let store = place.open();
    assert_eq!(count(&store).await as u64, stored);
    assert_eq!(add(&store, "a", stored).await.last_version, Version(stored + 1));
}
