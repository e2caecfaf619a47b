//! The end of a store.

use std::fs;

use futures::FutureExt;

use super::*;
use crate::{AppendError, StoreError};

#[tokio::test]
async fn a_closed_store_says_so_and_frees_the_log() {
    let place = Place::new();
    let store = place.open();
    add(&store, "a", 0).await;
    let mut watch = store.watch_head();
    store.close();
    store.close();
    let append = store.append(&stream("a"), exactly(1), vec![event()]).await;
    assert!(matches!(append, Err(AppendError::Store(StoreError::Closed))), "{append:?}");
    let read = store.read_all(Position::START, 1).await;
    assert!(matches!(read, Err(StoreError::Closed)), "{read:?}");
    watch.mark_unchanged();
    assert!(watch.changed().await.is_err(), "who waits for more learns that none comes");
    assert_eq!(count(&place.open()).await, 1);
}

#[tokio::test]
async fn what_waits_at_the_end_is_stored() {
    let place = Place::new();
    let store = place.open();
    let names: Vec<_> = (0..100).map(|i| stream(&format!("s-{i}"))).collect();
    let mut waiting: Vec<_> =
        names.iter().map(|name| store.append(name, Expected::NoStream, vec![event()])).collect();
    let answered = waiting.iter_mut().filter_map(|append| append.now_or_never()).count();
    store.close();
    drop(waiting);
    assert!(answered <= 100);
    assert_eq!(count(&place.open()).await, 100);
}

#[tokio::test]
async fn all_of_a_closed_log_is_in_its_one_file() {
    let (place, copy) = (Place::new(), Place::new());
    let store = place.open();
    for version in 0..10 {
        add(&store, "a", version).await;
    }
    drop(store);
    fs::copy(place.path(), copy.path()).unwrap();
    assert_eq!(count(&SqliteStore::open_read_only(copy.path()).unwrap()).await, 10);
}
