//! Many at once.

use std::collections::HashMap;
use std::sync::Arc;

use crate::{AppendError, EventStore, Expected, Position, StreamId, Version};

use super::StoreFactory;
use super::support::*;

const WRITERS: usize = 16;

pub async fn one_of_many_writers_wins_each_version(factory: &dyn StoreFactory) {
    const WINS: u64 = 20;
    let store = factory.fresh().await;
    let writers: Vec<_> =
        (0..WRITERS).map(|i| tokio::spawn(win(Arc::clone(&store), i, WINS))).collect();
    let mut won = Vec::new();
    for writer in writers {
        won.extend(writer.await.unwrap());
    }
    won.sort_unstable();
    let total = WRITERS as u64 * WINS;
    assert_eq!(won, (1..=total).map(Version).collect::<Vec<_>>(), "each version is won once");
    assert_eq!(read_whole_stream(&*store, &stream("contested")).await.len() as u64, total);
}

/// Appends one event at a time to the contested stream until it has won so many versions; gives them.
async fn win(store: Arc<dyn EventStore>, writer: usize, wins: u64) -> Vec<Version> {
    let contested = stream("contested");
    let mut won = Vec::new();
    let mut believed = Version::NONE;
    while (won.len() as u64) < wins {
        let mine = vec![event(&writer.to_string())];
        match store.append(&contested, Expected::Exactly(believed), mine).await {
            Ok(appended) => {
                assert!(!appended.repeated);
                assert_eq!(appended.last_version.0, believed.0 + 1);
                believed = appended.last_version;
                won.push(believed);
            }
            Err(AppendError::Conflict { actual, .. }) => {
                assert_ne!(actual, believed);
                believed = actual;
            }
            Err(other) => panic!("{other:?}"),
        }
    }
    won
}

/// Each writer fills a stream of its own, in batches of one to three.
fn fill(store: &Arc<dyn EventStore>, batches: u64) -> Vec<tokio::task::JoinHandle<u64>> {
    let writer = |i: usize| {
        let store = Arc::clone(store);
        async move {
            let own = stream(&format!("own-{i}"));
            let mut version = Version::NONE;
            for batch in 0..batches {
                let batch = events(1 + (batch % 3) as usize);
                version = store
                    .append(&own, Expected::Exactly(version), batch)
                    .await
                    .unwrap()
                    .last_version;
            }
            version.0
        }
    };
    (0..WRITERS).map(|i| tokio::spawn(writer(i))).collect()
}

pub async fn many_streams_lose_nothing(factory: &dyn StoreFactory) {
    let store = factory.fresh().await;
    for (i, writer) in fill(&store, 30).into_iter().enumerate() {
        assert_eq!(writer.await.unwrap(), 60);
        let own = read_whole_stream(&*store, &stream(&format!("own-{i}"))).await;
        let versions: Vec<_> = own.iter().map(|event| event.version.0).collect();
        assert_eq!(versions, (1..=60).collect::<Vec<_>>());
    }
    assert_eq!(read_whole(&*store).await.len(), WRITERS * 60);
}

/// A reader that follows the log while it grows sees each stream densely, and in the end the very log.
pub async fn a_reader_never_sees_a_gap(factory: &dyn StoreFactory) {
    let store = factory.fresh().await;
    let writers = fill(&store, 60);
    let total = WRITERS * 120;
    let mut watch = store.watch_head();
    let mut seen = Vec::new();
    let mut versions = HashMap::<StreamId, u64>::new();
    while seen.len() < total {
        let after = seen.last().copied().unwrap_or(Position::START);
        let announced = *watch.borrow_and_update();
        let page = store.read_all(after, 37).await.unwrap();
        if page.is_empty() {
            assert!(after >= announced, "the watch ran ahead of the log");
            watch.changed().await.unwrap();
        }
        for event in page {
            assert!(event.position > seen.last().copied().unwrap_or_default());
            let version = versions.entry(event.stream).or_default();
            assert_eq!(event.version.0, *version + 1, "a gap at position {}", event.position);
            *version += 1;
            seen.push(event.position);
        }
    }
    for writer in writers {
        writer.await.unwrap();
    }
    let log: Vec<_> = read_whole(&*store).await.iter().map(|event| event.position).collect();
    assert_eq!(log, seen);
}

/// Writers whose clocks disagree: the log's times do not fall, and each stream tells the times that the log tells.
pub async fn times_never_fall_however_many_write(factory: &dyn StoreFactory) {
    let store = factory.fresh().await;
    let writers: Vec<_> = (0..WRITERS)
        .map(|i| {
            let store = Arc::clone(&store);
            tokio::spawn(async move {
                let own = stream(&format!("clock-{i}"));
                for round in 0..20_u64 {
                    let mut batch = events(2);
                    for (j, event) in batch.iter_mut().enumerate() {
                        event.recorded_at = at((round as i64 * 100) - (i * 37 + j * 13) as i64);
                    }
                    store.append(&own, Expected::Exactly(Version(round * 2)), batch).await.unwrap();
                }
            })
        })
        .collect();
    for writer in writers {
        writer.await.unwrap();
    }
    let log = read_whole(&*store).await;
    assert_eq!(log.len(), WRITERS * 40);
    assert!(log.windows(2).all(|pair| pair[0].recorded_at <= pair[1].recorded_at));
    for i in 0..WRITERS {
        let own = stream(&format!("clock-{i}"));
        let told: Vec<_> = log.iter().filter(|event| event.stream == own).cloned().collect();
        assert!(read_whole_stream(&*store, &own).await == told, "{own} tells other times");
    }
    // Whichever place one begins to read at, the times are the same.
    for first in (0..log.len() - 3).step_by(61) {
        let page = store.read_all(log[first].position, 3).await.unwrap();
        assert!(page == log[first + 1..first + 4], "other times after event {first}");
    }
}
