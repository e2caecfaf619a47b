//! The service on a log that was moved: policies and read models go on where they were.

use std::collections::BTreeSet;
use std::sync::Arc;

use application::policies::Policies;
use application::{App, LogMismatch, ManualClock, OpenError, files};
use event_store::{EventStore, MemoryStore, Position};
use jiff::Timestamp;
use projections::{AsOf, ReadModels, Until, checkpoints, compare};
use replay_tool::copy::Ends;
use tempfile::TempDir;
use tests::county::County;
use tokio::runtime::Handle;
use vault::MasterKey;

use super::gappy::Gappy;
use super::history;

/// A county with some services, all that follows from them done.
async fn served() -> County {
    let county = County::new().await;
    let volunteer = county.member(1).await;
    county.served(volunteer, 3).await;
    county.served(volunteer, 2).await;
    county.settle().await;
    county
}

/// Its history on another engine.
async fn moved(county: &County) -> Arc<Gappy> {
    let (source, target) = (Arc::clone(&county.app.store), Arc::new(Gappy::new()));
    let (to, handle) = (Arc::clone(&target), Handle::current());
    let copy = move || {
        Ends { source: &*source, target: &*to, handle: &handle }.copy(&mut |_| {}).unwrap();
    };
    tokio::task::spawn_blocking(copy).await.unwrap();
    target
}

/// Opens the county's files, all but the vault, on another log.
async fn open(
    county: &County,
    store: Arc<dyn EventStore>,
) -> (TempDir, Result<Arc<App>, OpenError>) {
    let folder = tempfile::tempdir().unwrap();
    for file in [files::NODE, files::READ] {
        let from = rusqlite::Connection::open(county.data().join(file)).unwrap();
        let to = folder.path().join(file);
        from.execute("VACUUM INTO ?1", [to.to_str().unwrap()]).unwrap();
    }
    let clock = Arc::new(ManualClock::at(application::Clock::now(&*county.clock)));
    let key = MasterKey::generate().unwrap();
    let app = App::with_store(folder.path(), store, key, clock).await;
    (folder, app.map(Arc::new))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn policies_go_on_where_they_were_and_do_nothing_twice() {
    let county = served().await;
    let store = moved(&county).await;
    let before = history(&*store).await;
    let (_folder, app) = open(&county, store.clone()).await;
    let app = app.unwrap();
    assert_eq!(app.node.position("policies").unwrap(), store.head().await.unwrap());
    Policies::new(Arc::clone(&app)).catch_up().await.unwrap();
    assert_eq!(history(&*store).await, before);
    // From the start they do nothing twice either.
    app.node.forget_followers().unwrap();
    Policies::new(app).catch_up().await.unwrap();
    assert_eq!(history(&*store).await, before);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn policies_that_were_behind_do_the_rest_on_the_moved_log() {
    let county = served().await;
    let (attested, done) = {
        let settled = history(&*county.app.store).await.len();
        let volunteer = county.member(2).await;
        county.served(volunteer, 4).await;
        (settled, history(&*county.app.store).await.len())
    };
    assert!(done > attested);
    let store = moved(&county).await;
    let (_folder, app) = open(&county, store.clone()).await;
    Policies::new(app.unwrap()).catch_up().await.unwrap();
    county.settle().await;
    let ids = |events: Vec<event_store::Recorded>| -> BTreeSet<uuid::Uuid> {
        events.into_iter().map(|event| event.id).collect()
    };
    let (there, here) = (history(&*store).await, history(&*county.app.store).await);
    assert!(there.len() > done, "points were still to be earned");
    assert_eq!(ids(there), ids(here), "the same follows on either log");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn read_models_go_on_where_they_were_and_tell_the_same() {
    let county = served().await;
    let store = moved(&county).await;
    let (folder, app) = open(&county, store.clone()).await;
    let (store, read) = (app.unwrap().store.clone(), folder.path().join(files::READ));
    let fresh = folder.path().join("fresh.sqlite");
    let marked = "UPDATE quota_unit SET headcount = 4321 WHERE unit = '330225'";
    assert_eq!(rusqlite::Connection::open(&read).unwrap().execute(marked, []).unwrap(), 1);
    let handle = Handle::current();
    let work = move || {
        let mut models = ReadModels::open(&read).unwrap();
        models.run_until(&*store, &handle, Until::Head, &mut |_| {}).unwrap();
        projections::rebuild_into(&fresh, &*store, &handle, Until::Head, &mut |_| {}).unwrap();
        let fresh = projections::open_reader(&fresh).unwrap();
        let stands = |conn: &rusqlite::Connection| checkpoints(conn).unwrap();
        assert_eq!(stands(models.connection()), stands(&fresh));
        let found = compare(models.connection(), &fresh, 9).unwrap();
        assert_eq!(
            found.len(),
            1,
            "not rebuilt, so what was marked is all that differs: {found:?}"
        );
        assert_eq!(found[0].left.as_deref(), Some("4321"));
    };
    tokio::task::spawn_blocking(work).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn any_moment_is_the_same_on_either_log() {
    let county = served().await;
    let (here, there) = (Arc::clone(&county.app.store), moved(&county).await);
    let moments: Vec<Timestamp> =
        history(&*here).await.iter().step_by(4).map(|event| event.recorded_at).collect();
    let (folder, handle) = (tempfile::tempdir().unwrap(), Handle::current());
    let work = move || {
        for moment in moments.into_iter().rev() {
            // The folder is used for the one log, then for the other.
            let at = |store: &dyn EventStore| {
                let files = AsOf::open(folder.path(), 3).unwrap();
                files.at(store, &handle, Until::Time(moment), &mut |_| {}).unwrap()
            };
            let ((one, conn), (other, same)) = (at(&*here), at(&*there));
            assert_ne!(one, other);
            assert_eq!(compare(&conn, &same, 5).unwrap(), []);
        }
    };
    tokio::task::spawn_blocking(work).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_data_folder_of_another_history_is_refused() {
    let county = served().await;
    let (_folder, other) = open(&county, Arc::new(MemoryStore::new())).await;
    let Err(OpenError::Follow(error @ LogMismatch::OtherHistory(_))) = other else {
        panic!("it was opened");
    };
    let said = error.to_string();
    assert!(said.contains("--store") && said.contains("不相符"), "{said}");
}

/// A node's file from before it named events.
fn forget_names(county: &County) {
    let node = rusqlite::Connection::open(county.data().join(files::NODE)).unwrap();
    let earlier =
        "ALTER TABLE follower DROP COLUMN stream; ALTER TABLE follower DROP COLUMN version;
        ALTER TABLE follower DROP COLUMN event;";
    node.execute_batch(earlier).unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_earlier_nodes_position_counts_on_its_own_log_only() {
    let county = served().await;
    let stood = county.app.node.position("policies").unwrap();
    assert!(stood > Position::START);
    let store = moved(&county).await;
    forget_names(&county);
    let (_folder, app) = open(&county, Arc::clone(&county.app.store)).await;
    assert_eq!(app.unwrap().node.position("policies").unwrap(), stood);
    let (_folder, app) = open(&county, store).await;
    assert!(matches!(app, Err(OpenError::Follow(LogMismatch::OtherHistory(_)))));
}
