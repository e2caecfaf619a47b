use std::sync::mpsc;

use event_store::MemoryStore;
use rusqlite::params;
use tempfile::TempDir;

use super::*;
use crate::SystemClock;

/// A query that ends by itself after hours at the earliest.
const ENDLESS: &str =
    "WITH RECURSIVE up(n) AS (VALUES(0) UNION ALL SELECT n + 1 FROM up) SELECT max(n) FROM up";

fn reader(folder: &TempDir) -> Reader {
    let path = folder.path().join("read.sqlite");
    Connection::open(&path).unwrap();
    let as_of = Arc::new(AsOf::open(folder.path().join("past"), AsOf::EVERY).unwrap());
    let position = watch::Sender::new(Position::START).subscribe();
    Reader::new(
        path,
        as_of,
        Arc::new(MemoryStore::default()),
        position,
        Arc::new(SystemClock::default()),
    )
}

async fn count(reader: &Reader) -> Result<i64, Error> {
    reader.ask(Moment::Now, |seen| Ok(seen.rows.query_row("SELECT 1", [], |row| row.get(0))?)).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_query_whose_asker_has_gone_is_interrupted_and_gives_its_place_back() {
    let folder = tempfile::tempdir().unwrap();
    let reader = reader(&folder);
    for _ in 0..3 * NOW_AT_ONCE {
        let (begun, begins) = mpsc::channel();
        let (ended, ends) = mpsc::channel();
        let endless = reader.ask(Moment::Now, move |seen| {
            begun.send(()).unwrap();
            let found = seen.rows.query_row(ENDLESS, params![], |row| row.get::<_, i64>(0));
            ended.send(found.is_err()).unwrap();
            Ok(found?)
        });
        let has_begun = tokio::task::spawn_blocking(move || begins.recv().unwrap());
        tokio::select! {
            found = endless => panic!("it has ended by itself: {found:?}"),
            begun = has_begun => begun.unwrap(),
        }
        // Here the wait has been dropped.
        let ended = tokio::task::spawn_blocking(move || ends.recv().unwrap());
        assert!(ended.await.unwrap(), "it was interrupted");
    }
    assert_eq!(count(&reader).await.unwrap(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_place_is_taken_until_the_query_ends() {
    let folder = tempfile::tempdir().unwrap();
    let reader = reader(&folder);
    let (end, ends) = mpsc::channel::<()>();
    let (begun, begins) = mpsc::channel();
    let busy = reader.ask(Moment::Now, move |_| {
        begun.send(()).unwrap();
        // No query, so nothing of SQLite's that could be interrupted.
        let _ = ends.recv();
        Ok(())
    });
    let has_begun = tokio::task::spawn_blocking(move || begins.recv().unwrap());
    tokio::select! {
        found = busy => panic!("it has ended: {found:?}"),
        begun = has_begun => begun.unwrap(),
    }
    assert_eq!(reader.now.available_permits(), NOW_AT_ONCE - 1, "nobody waits, but it runs");
    end.send(()).unwrap();
    let all = reader.now.acquire_many(u32::try_from(NOW_AT_ONCE).unwrap()).await.unwrap();
    drop(all);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_serves_the_next_asker_whatever_became_of_the_last() {
    let folder = tempfile::tempdir().unwrap();
    let reader = reader(&folder);
    for _ in 0..3 {
        assert_eq!(count(&reader).await.unwrap(), 1);
    }
    assert_eq!(reader.idle.lock().unwrap().len(), 1);
}
