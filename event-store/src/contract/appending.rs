//! Appending: versions, conflicts, ids, times, the watch.

use crate::{AppendError, Appended, Expected, Position, Version};

use super::StoreFactory;
use super::support::*;

pub async fn a_new_stream_starts_at_version_one(factory: &dyn StoreFactory) {
    let store = factory.fresh().await;
    let a = stream("a-1");
    let first = store.append(&a, Expected::NoStream, events(1)).await.unwrap();
    assert_eq!((first.last_version, first.repeated), (Version(1), false));
    assert!(first.last_position > Position::START);
    let second = store.append(&a, exactly(1), events(1)).await.unwrap();
    assert_eq!(second.last_version, Version(2));
    assert!(second.last_position > first.last_position);
    assert_eq!(store.head().await.unwrap(), second.last_position);
}

pub async fn a_batch_is_stored_in_order(factory: &dyn StoreFactory) {
    let store = factory.fresh().await;
    let a = stream("a-1");
    let batch = events(1_000);
    let appended = store.append(&a, Expected::NoStream, batch.clone()).await.unwrap();
    let stored = read_whole_stream(&*store, &a).await;
    assert_eq!(stored.len(), 1_000);
    for (i, (stored, asked)) in stored.iter().zip(&batch).enumerate() {
        assert_eq!(stored.version, Version(i as u64 + 1));
        assert_eq!((stored.id, &stored.data), (asked.id, &asked.data));
        assert_eq!((&stored.stream, &stored.kind), (&a, &asked.kind));
    }
    let last = stored.last().unwrap();
    assert_eq!((last.version, last.position), (appended.last_version, appended.last_position));
}

pub async fn no_stream_conflicts_with_a_stream(factory: &dyn StoreFactory) {
    let store = factory.fresh().await;
    let a = stream("a-1");
    add(&*store, &a, events(2)).await;
    assert_conflict(store.append(&a, Expected::NoStream, events(1)).await, 2);
}

pub async fn exactly_conflicts_with_older_and_newer(factory: &dyn StoreFactory) {
    let store = factory.fresh().await;
    let a = stream("a-1");
    add(&*store, &a, events(3)).await;
    for version in [0, 1, 2, 4, u64::MAX] {
        assert_conflict(store.append(&a, exactly(version), events(1)).await, 3);
    }
    assert_conflict(store.append(&stream("b-1"), exactly(1), events(1)).await, 0);
    assert_eq!(store.append(&a, exactly(3), events(1)).await.unwrap().last_version, Version(4));
}

pub async fn exactly_none_is_no_stream(factory: &dyn StoreFactory) {
    let store = factory.fresh().await;
    let answer = store.append(&stream("a-1"), exactly(0), events(1)).await.unwrap();
    assert_eq!(answer.last_version, Version(1));
}

pub async fn a_conflict_stores_nothing(factory: &dyn StoreFactory) {
    let store = factory.fresh().await;
    let a = stream("a-1");
    add(&*store, &a, events(1)).await;
    let before = read_whole(&*store).await;
    assert_conflict(store.append(&a, exactly(7), events(5)).await, 1);
    assert_eq!(read_whole(&*store).await, before);
}

pub async fn an_id_stands_once_in_its_stream(factory: &dyn StoreFactory) {
    let store = factory.fresh().await;
    let a = stream("a-1");
    let first = event("first");
    let id = first.id;
    add(&*store, &a, vec![first.clone()]).await;
    add(&*store, &a, vec![event("second")]).await;
    let twice = event("twice");
    let batches = [
        (exactly(2), vec![event("new"), first.clone()], id),
        (exactly(2), vec![first], id),
        (exactly(2), vec![twice.clone(), twice.clone()], twice.id),
    ];
    for (expected, batch, taken) in batches {
        match store.append(&a, expected, batch).await {
            Err(AppendError::IdTaken { id }) => assert_eq!(id, taken),
            other => panic!("expected the id to be taken, got {other:?}"),
        }
    }
    assert_eq!(texts(&read_whole(&*store).await), ["first", "second"]);
}

pub async fn times_never_go_back(factory: &dyn StoreFactory) {
    let store = factory.fresh().await;
    let asked = [5, 3, 9, 9, 1, 10];
    for (i, &micros) in asked.iter().enumerate() {
        let mut event = event("x");
        event.recorded_at = at(micros);
        add(&*store, &stream(&format!("s-{}", i % 2)), vec![event]).await;
    }
    let mut batch = events(3);
    for (event, micros) in batch.iter_mut().zip([12, 11, 13]) {
        event.recorded_at = at(micros);
    }
    add(&*store, &stream("s-0"), batch).await;
    let stored: Vec<_> = read_whole(&*store).await.iter().map(|e| e.recorded_at).collect();
    assert_eq!(stored, [5, 5, 9, 9, 9, 10, 12, 12, 13].map(at));
}

pub async fn times_are_kept_to_the_microsecond(factory: &dyn StoreFactory) {
    let store = factory.fresh().await;
    let mut fine = event("fine");
    fine.recorded_at = at(7) + jiff::SignedDuration::from_nanos(999);
    add(&*store, &stream("a"), vec![fine]).await;
    assert_eq!(read_whole(&*store).await[0].recorded_at, at(7));
}

pub async fn the_watch_has_moved_before_the_answer(factory: &dyn StoreFactory) {
    let store = factory.fresh().await;
    let watch = store.watch_head();
    assert_eq!(*watch.borrow(), Position::START);
    for i in 0..20 {
        let Appended { last_position, .. } =
            add(&*store, &stream(&format!("s-{i}")), events(2)).await;
        assert!(*watch.borrow() >= last_position);
        let head = store.head().await.unwrap();
        assert_eq!(*watch.borrow(), head);
    }
}

pub async fn a_watcher_is_woken(factory: &dyn StoreFactory) {
    let store = factory.fresh().await;
    let mut watch = store.watch_head();
    let a = stream("a-1");
    let waiting = watch.changed();
    let (woken, appended) = tokio::join!(waiting, store.append(&a, Expected::NoStream, events(1)));
    woken.unwrap();
    let seen = *watch.borrow_and_update();
    assert_eq!(seen, appended.unwrap().last_position);
    assert!(!watch.has_changed().unwrap());
}
