//! The same append again.

use crate::{Appended, Expected, Version};
use futures::FutureExt;

use super::StoreFactory;
use super::support::*;

/// Asserts that `again` answers as `first` did, but marked as a repeat.
#[track_caller]
fn assert_repeat(first: Appended, again: Appended) {
    assert_eq!(again, Appended { repeated: true, ..first });
}

pub async fn the_same_batch_again_answers_as_the_first_time(factory: &dyn StoreFactory) {
    let store = factory.fresh().await;
    let a = stream("a-1");
    let (opening, more) = (events(3), events(2));
    let first = store.append(&a, Expected::NoStream, opening.clone()).await.unwrap();
    assert_repeat(first, store.append(&a, Expected::NoStream, opening).await.unwrap());
    let second = store.append(&a, exactly(3), more.clone()).await.unwrap();
    assert_repeat(second, store.append(&a, exactly(3), more).await.unwrap());
    assert_eq!(texts(&read_whole(&*store).await), ["0", "1", "2", "0", "1"]);
}

pub async fn a_repeat_is_known_after_later_events(factory: &dyn StoreFactory) {
    let store = factory.fresh().await;
    let a = stream("a-1");
    add(&*store, &a, events(1)).await;
    let batch = events(2);
    let first = store.append(&a, exactly(1), batch.clone()).await.unwrap();
    for i in 0..30 {
        add(&*store, &a, events(3)).await;
        add(&*store, &stream(&format!("b-{i}")), events(1)).await;
    }
    let before = read_whole(&*store).await;
    assert_repeat(first, store.append(&a, exactly(1), batch).await.unwrap());
    assert_eq!(read_whole(&*store).await, before);
}

pub async fn a_repeat_with_other_bytes_changes_nothing(factory: &dyn StoreFactory) {
    let store = factory.fresh().await;
    let a = stream("a-1");
    let original = event("as first said");
    let mut altered = event("as said later");
    altered.id = original.id;
    altered.recorded_at = at(99);
    let first = store.append(&a, Expected::NoStream, vec![original]).await.unwrap();
    let again = store.append(&a, Expected::NoStream, vec![altered]).await.unwrap();
    assert_repeat(first, again);
    let stored = read_whole(&*store).await;
    assert_eq!(texts(&stored), ["as first said"]);
    assert_eq!(stored[0].recorded_at, at(0));
}

pub async fn a_part_or_another_order_is_no_repeat(factory: &dyn StoreFactory) {
    let store = factory.fresh().await;
    let a = stream("a-1");
    let batch = events(3);
    add(&*store, &a, batch.clone()).await;
    let swapped = vec![batch[1].clone(), batch[0].clone(), batch[2].clone()];
    assert_conflict(store.append(&a, Expected::NoStream, swapped).await, 3);
    assert_conflict(store.append(&a, exactly(1), vec![batch[0].clone()]).await, 3);
    assert_conflict(
        store.append(&a, Expected::NoStream, vec![batch[0].clone(), event("x")]).await,
        3,
    );
    // A leading part stands there as it was asked for: that is a repeat of this part.
    let part = store.append(&a, Expected::NoStream, batch[..2].to_vec()).await.unwrap();
    assert_eq!((part.last_version, part.repeated), (Version(2), true));
}

pub async fn a_batch_that_goes_on_beyond_is_no_repeat(factory: &dyn StoreFactory) {
    let store = factory.fresh().await;
    let a = stream("a-1");
    let mut batch = events(2);
    add(&*store, &a, batch.clone()).await;
    batch.push(event("one more"));
    assert_conflict(store.append(&a, Expected::NoStream, batch).await, 2);
    assert_eq!(read_whole(&*store).await.len(), 2);
}

/// Whoever drops an append does not know its outcome; the same append again finds out.
pub async fn a_dropped_append_can_be_repeated(factory: &dyn StoreFactory) {
    let store = factory.fresh().await;
    let a = stream("a-1");
    for round in 0..50 {
        let batch = events(2);
        let expected = exactly(round * 2);
        // One poll hands the batch over; then the caller is gone.
        drop(store.append(&a, expected, batch.clone()).now_or_never());
        let answer = store.append(&a, expected, batch).await.unwrap();
        assert_eq!(answer.last_version, Version(round * 2 + 2));
    }
    let stored = read_whole_stream(&*store, &a).await;
    assert_eq!(stored.len(), 100);
    assert_eq!(read_whole(&*store).await, stored);
}
