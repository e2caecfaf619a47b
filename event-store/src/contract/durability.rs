//! Closing and opening again; adapters that keep nothing are excused.

use crate::{Expected, Health, Version};

use super::StoreFactory;
use super::support::*;

pub async fn what_was_acknowledged_is_there_after_reopening(factory: &dyn StoreFactory) {
    let mut store = factory.fresh().await;
    for round in 0..4 {
        add(&*store, &stream("a-1"), events(3)).await;
        add(&*store, &stream(&format!("b-{round}")), events(1)).await;
        let before = read_whole(&*store).await;
        let Some(again) = factory.reopen(store).await else { return };
        store = again;
        assert_eq!(read_whole(&*store).await, before);
        let head = before.last().unwrap().position;
        assert_eq!(store.head().await.unwrap(), head);
        assert_eq!(*store.watch_head().borrow(), head);
        assert_eq!(store.health(), Health::Writing);
    }
    assert_conflict(store.append(&stream("a-1"), Expected::NoStream, events(1)).await, 12);
    let next = store.append(&stream("a-1"), exactly(12), events(1)).await.unwrap();
    assert_eq!(next.last_version, Version(13));
}

pub async fn a_repeat_is_known_after_reopening(factory: &dyn StoreFactory) {
    let store = factory.fresh().await;
    let batch = events(3);
    let first = store.append(&stream("a-1"), Expected::NoStream, batch.clone()).await.unwrap();
    add(&*store, &stream("a-1"), events(2)).await;
    let Some(store) = factory.reopen(store).await else { return };
    let again = store.append(&stream("a-1"), Expected::NoStream, batch).await.unwrap();
    assert!(again.repeated);
    assert_eq!(
        (again.last_version, again.last_position),
        (first.last_version, first.last_position)
    );
    assert_eq!(read_whole(&*store).await.len(), 5);
}

pub async fn times_do_not_go_back_after_reopening(factory: &dyn StoreFactory) {
    let store = factory.fresh().await;
    let mut late = event("late");
    late.recorded_at = at(1_000);
    add(&*store, &stream("a"), vec![late]).await;
    let Some(store) = factory.reopen(store).await else { return };
    add(&*store, &stream("b"), vec![event("early")]).await;
    let times: Vec<_> = read_whole(&*store).await.iter().map(|event| event.recorded_at).collect();
    assert_eq!(times, [at(1_000), at(1_000)]);
}
