//! Backups.

use std::fs;
use std::sync::atomic::{AtomicBool, Ordering};

use super::*;
use crate::{BackupError, OpenError};

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_under_load_is_a_prefix_of_the_log() {
    let place = Place::new();
    let store = Arc::new(place.open());
    let large = || NewEvent { data: vec![7; 20_000], ..event() };
    for version in 0..300 {
        store.append(&stream("a"), exactly(version), vec![large()]).await.unwrap();
    }
    let stop = Arc::new(AtomicBool::new(false));
    let load = tokio::spawn({
        let (store, stop) = (Arc::clone(&store), Arc::clone(&stop));
        async move {
            let mut version = 0;
            while !stop.load(Ordering::Relaxed) {
                add(&store, "b", version).await;
                version += 1;
            }
            version
        }
    });
    let to = place.0.path().join("backup.sqlite");
    let (head, reports) = tokio::task::spawn_blocking({
        let (store, to) = (Arc::clone(&store), to.clone());
        move || {
            let (mut reports, appended) = (Vec::new(), store.watch_head());
            let head = store.backup(&to, &mut |done, total| {
                // Every step waits for an append, so that appends surely go on.
                let before = *appended.borrow();
                while *appended.borrow() == before {
                    std::thread::yield_now();
                }
                reports.push((done, total));
            });
            (head.unwrap(), reports)
        }
    })
    .await
    .unwrap();
    stop.store(true, Ordering::Relaxed);
    assert!(load.await.unwrap() >= reports.len() as u64);
    assert!(
        reports.len() > 1 && reports.windows(2).all(|pair| pair[0].0 < pair[1].0),
        "{reports:?}"
    );
    assert!(reports.iter().all(|report| report.1 == reports[0].1), "{reports:?}");
    assert_eq!(reports.last().map(|&(done, total)| total - done), Some(0));

    let copied =
        SqliteStore::open_read_only(&to).unwrap().read_all(Position::START, 10_000).await.unwrap();
    let mut log = store.read_all(Position::START, 10_000).await.unwrap();
    assert_eq!(copied.last().unwrap().position, head);
    log.truncate(copied.len());
    assert_eq!(copied, log);
    let reopened = SqliteStore::open(&to, SqliteOptions::default()).unwrap();
    assert_eq!(add(&reopened, "c", 0).await.last_position, Position(head.0 + 1));
}

#[tokio::test]
async fn a_backup_overwrites_nothing() {
    let place = Place::new();
    let store = place.open();
    add(&store, "a", 0).await;
    let to = place.0.path().join("precious.txt");
    fs::write(&to, "precious").unwrap();
    let refused = store.backup(&to, &mut |_, _| ());
    assert!(matches!(refused, Err(BackupError::Exists)), "{refused:?}");
    assert_eq!(fs::read_to_string(&to).unwrap(), "precious");
    let itself = store.backup(&place.path(), &mut |_, _| ());
    assert!(matches!(itself, Err(BackupError::Exists)), "{itself:?}");
}

#[tokio::test]
async fn a_failed_backup_leaves_no_file() {
    let place = Place::new();
    let store = place.open();
    add(&store, "a", 0).await;
    let nowhere = place.0.path().join("no such folder").join("backup.sqlite");
    assert!(matches!(store.backup(&nowhere, &mut |_, _| ()), Err(BackupError::Store(_))));
    drop(store);
    fs::remove_file(place.path()).unwrap();
    assert!(matches!(SqliteStore::open_read_only(place.path()), Err(OpenError::Missing)));
}

#[tokio::test]
async fn an_auditor_copies_too() {
    let place = Place::new();
    let store = place.open();
    add(&store, "a", 0).await;
    let auditor = SqliteStore::open_read_only(place.path()).unwrap();
    let to = place.0.path().join("copy.sqlite");
    assert_eq!(auditor.backup(&to, &mut |_, _| ()).unwrap(), Position(1));
    assert_eq!(count(&SqliteStore::open_read_only(&to).unwrap()).await, 1);
}
