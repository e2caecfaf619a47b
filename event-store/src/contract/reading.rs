//! Reading: pages, ends, and that the log and its streams agree.

use std::collections::BTreeMap;

use crate::{EventStore, NewEvent, Position, Version};

use super::StoreFactory;
use super::support::*;

pub async fn an_empty_log_is_at_its_end(factory: &dyn StoreFactory) {
    let store = factory.fresh().await;
    assert_eq!(store.read_all(Position::START, 10).await.unwrap(), []);
    assert_eq!(store.read_stream(&stream("a"), Version::NONE, 10).await.unwrap(), []);
    assert_eq!(store.head().await.unwrap(), Position::START);
}

/// 300 events over 7 streams, in batches of 1 to 5.
async fn mixed(store: &dyn EventStore) {
    let (mut said, mut round) = (0, 0);
    while said < 300 {
        let size = [1, 5, 3][round % 3].min(300 - said);
        let batch = (said..said + size).map(|n| event(&n.to_string())).collect();
        add(store, &stream(&format!("s-{}", round % 7)), batch).await;
        said += size;
        round += 1;
    }
}

pub async fn pages_follow_each_other_without_loss(factory: &dyn StoreFactory) {
    let store = factory.fresh().await;
    mixed(&*store).await;
    let expected: Vec<_> = (0..300).map(|i| i.to_string()).collect();
    for limit in [1, 7, 100, 299, 300, 301, u32::MAX] {
        let mut seen = Vec::new();
        let mut after = Position::START;
        loop {
            let page = store.read_all(after, limit).await.unwrap();
            assert!(page.len() <= limit as usize);
            let Some(last) = page.last() else { break };
            after = last.position;
            seen.extend(texts(&page));
        }
        assert_eq!(seen, expected, "pages of {limit}");
    }
}

pub async fn a_page_ends_by_its_bytes_too(factory: &dyn StoreFactory) {
    let store = factory.fresh().await;
    for _ in 0..38 {
        let large = (0..8).map(|_| NewEvent { data: vec![1; 65_000], ..event("") });
        add(&*store, &stream("large"), large.collect()).await;
    }
    let page = store.read_all(Position::START, 1_000).await.unwrap();
    let bytes: usize = page.iter().map(|event| event.data.len()).sum();
    assert!(!page.is_empty() && bytes <= 9 * 1024 * 1024, "{bytes} bytes");
    assert_eq!(read_whole(&*store).await.len(), 304);
    assert_eq!(read_whole_stream(&*store, &stream("large")).await.len(), 304);
}

pub async fn a_limit_of_zero_counts_as_one(factory: &dyn StoreFactory) {
    let store = factory.fresh().await;
    add(&*store, &stream("a"), events(2)).await;
    assert_eq!(store.read_all(Position::START, 0).await.unwrap().len(), 1);
    assert_eq!(store.read_stream(&stream("a"), Version::NONE, 0).await.unwrap().len(), 1);
}

pub async fn beyond_the_end_is_the_end(factory: &dyn StoreFactory) {
    let store = factory.fresh().await;
    let a = stream("a");
    let head = add(&*store, &a, events(2)).await.last_position;
    for after in [head, Position(head.0 + 1), Position(u64::MAX)] {
        assert_eq!(store.read_all(after, 10).await.unwrap(), []);
    }
    for after in [Version(2), Version(3), Version(u64::MAX)] {
        assert_eq!(store.read_stream(&a, after, 10).await.unwrap(), []);
    }
}

pub async fn the_log_and_its_streams_tell_the_same(factory: &dyn StoreFactory) {
    let store = factory.fresh().await;
    mixed(&*store).await;
    let log = read_whole(&*store).await;
    assert!(log.windows(2).all(|pair| pair[0].position < pair[1].position));
    assert_eq!(store.head().await.unwrap(), log.last().unwrap().position);
    let mut by_stream = BTreeMap::<_, Vec<_>>::new();
    for event in log {
        by_stream.entry(event.stream.clone()).or_default().push(event);
    }
    assert_eq!(by_stream.len(), 7);
    for (stream, expected) in by_stream {
        assert_eq!(read_whole_stream(&*store, &stream).await, expected);
        let versions: Vec<_> = expected.iter().map(|event| event.version.0).collect();
        assert_eq!(versions, (1..=expected.len() as u64).collect::<Vec<_>>());
    }
}
