//! `replay copy` between engines.

use event_store::{
    EventStore, Expected, MAX_BATCH, MemoryStore, NewEvent, SqliteOptions, SqliteStore, StreamId,
    Version,
};
use jiff::Timestamp;
use proptest::prelude::*;
use replay_tool::copy::{CopyError, Ends, Equal};
use tempfile::TempDir;
use tokio::runtime::Runtime;
use uuid::Uuid;

use super::gappy::Gappy;
use super::{events, history};

fn copy(
    runtime: &Runtime,
    source: &dyn EventStore,
    target: &dyn EventStore,
) -> Result<Equal, CopyError> {
    Ends { source, target, handle: runtime.handle() }.copy(&mut |_| {})
}

fn sqlite(folder: &TempDir) -> SqliteStore {
    SqliteStore::open(folder.path().join("log.sqlite"), SqliteOptions::default()).unwrap()
}

/// An append: to which of a few streams, how many events, of how many bytes, how much later.
type Append = (u8, usize, usize, i64);

fn appends() -> impl Strategy<Value = Vec<Append>> {
    prop::collection::vec((0..4u8, 1..5usize, 0..200usize, 0..3i64), 0..40)
}

/// Writes a history; ids count from `first`, so that two may differ.
async fn write(store: &dyn EventStore, appends: &[Append], first: u128) {
    let (mut id, mut micros) = (first, 1_636_000_000_000_000);
    for &(stream, count, bytes, later) in appends {
        let stream = StreamId::new(&format!("unit-{stream}")).unwrap();
        let there = store.read_stream(&stream, Version::NONE, 10_000).await.unwrap();
        let after = there.last().map_or(Version::NONE, |last| last.version);
        micros += later;
        let batch = (0..count).map(|n| {
            id += 1;
            NewEvent {
                id: Uuid::from_u128(id),
                kind: format!("Kind{n}"),
                recorded_at: Timestamp::from_microsecond(micros).unwrap(),
                data: vec![u8::try_from(id % 251).unwrap(); bytes],
                metadata: id.to_be_bytes().into(),
            }
        });
        store.append(&stream, Expected::Exactly(after), batch.collect()).await.unwrap();
    }
}

fn written(runtime: &Runtime, appends: &[Append], first: u128) -> MemoryStore {
    let store = MemoryStore::new();
    runtime.block_on(write(&store, appends, first));
    store
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn there_and_back_again_is_the_same_history(appends in appends()) {
        let runtime = Runtime::new().unwrap();
        let (one, other) = (TempDir::new().unwrap(), TempDir::new().unwrap());
        let (first, away, back) = (sqlite(&one), Gappy::new(), sqlite(&other));
        runtime.block_on(write(&first, &appends, 0));
        let there = copy(&runtime, &first, &away).unwrap();
        let again = copy(&runtime, &away, &back).unwrap();
        prop_assert_eq!(there.source, again.target);
        prop_assert_eq!((there.events, there.appended), (again.events, again.appended));
        prop_assert_eq!(runtime.block_on(history(&first)), runtime.block_on(history(&away)));
        prop_assert_eq!(runtime.block_on(events(&first)), runtime.block_on(events(&back)));
    }

    #[test]
    fn broken_off_anywhere_the_same_again_goes_on(appends in appends(), appended in 0..30u64) {
        let runtime = Runtime::new().unwrap();
        let source = written(&runtime, &appends, 0);
        let target = Gappy::breaking_after(appended);
        if let Err(error) = copy(&runtime, &source, &target) {
            prop_assert!(matches!(error, CopyError::Append(_)), "{error}");
        }
        let before = runtime.block_on(history(&target)).len() as u64;
        target.mend();
        let done = copy(&runtime, &source, &target).unwrap();
        prop_assert_eq!(done.appended, done.events - before);
        prop_assert_eq!(runtime.block_on(history(&source)), runtime.block_on(history(&target)));
    }

    #[test]
    fn another_history_is_left_alone(appends in appends(), others in appends()) {
        let runtime = Runtime::new().unwrap();
        let (source, target) = (written(&runtime, &appends, 0), written(&runtime, &others, 5_000));
        let before = runtime.block_on(events(&target));
        let copied = copy(&runtime, &source, &target);
        if before.is_empty() {
            prop_assert!(copied.is_ok());
        } else {
            let Err(CopyError::Differs(difference)) = copied else { panic!("{copied:?}") };
            prop_assert_eq!(difference.number, 1);
            prop_assert_eq!(runtime.block_on(events(&target)), before);
        }
    }
}

/// One field after the other is changed in the middle of a history.
#[test]
fn the_first_difference_is_named_whatever_field_it_is_in() {
    let runtime = Runtime::new().unwrap();
    let before: [Append; 2] = [(0, 2, 10, 0), (1, 1, 10, 0)];
    let plain = NewEvent {
        id: Uuid::from_u128(900),
        kind: "Kind".into(),
        recorded_at: Timestamp::from_second(1_700_000_000).unwrap(),
        data: b"{}".into(),
        metadata: b"[]".into(),
    };
    let with = |stream: &str, event: &NewEvent| {
        let store = written(&runtime, &before, 0);
        let stream = StreamId::new(stream).unwrap();
        let append = store.append(&stream, Expected::NoStream, vec![event.clone()]);
        runtime.block_on(append).unwrap();
        store
    };
    let source = with("unit-9", &plain);
    let later = plain.recorded_at + jiff::SignedDuration::from_micros(1);
    let changed = [
        ("unit-8", plain.clone()),
        ("unit-9", NewEvent { id: Uuid::from_u128(901), ..plain.clone() }),
        ("unit-9", NewEvent { kind: "Other".into(), ..plain.clone() }),
        ("unit-9", NewEvent { recorded_at: later, ..plain.clone() }),
        ("unit-9", NewEvent { data: b"{ }".into(), ..plain.clone() }),
        ("unit-9", NewEvent { metadata: b"".into(), ..plain.clone() }),
    ];
    for (stream, event) in changed {
        let target = with(stream, &event);
        match copy(&runtime, &source, &target) {
            Err(CopyError::Differs(difference)) => assert_eq!(difference.number, 4),
            other => panic!("{event:?}: {other:?}"),
        }
    }
    assert_eq!(copy(&runtime, &source, &with("unit-9", &plain)).unwrap().appended, 0);
}

#[test]
fn long_runs_of_one_stream_go_in_appends_of_the_size_that_stores_take() {
    let runtime = Runtime::new().unwrap();
    // More events than one append takes, then more bytes.
    let mut appends = vec![(0, 900, 1, 0); 3];
    appends.extend(vec![(1, 1, 60_000, 0); 25]);
    let source = written(&runtime, &appends, 0);
    let target = Gappy::breaking_after(3);
    assert!(matches!(copy(&runtime, &source, &target), Err(CopyError::Append(_))));
    let copied = runtime.block_on(history(&target)).len();
    assert_eq!(copied, 2_700, "three appends of at most {MAX_BATCH} events");
    target.mend();
    assert_eq!(copy(&runtime, &source, &target).unwrap().appended, 25);
    assert_eq!(runtime.block_on(history(&source)), runtime.block_on(history(&target)));
}

#[test]
fn what_the_source_learns_meanwhile_waits_for_the_next_time() {
    let runtime = Runtime::new().unwrap();
    let (source, target) = (written(&runtime, &[(0, 3, 10, 0), (1, 2, 10, 0)], 0), Gappy::new());
    let mut grown = false;
    let ends = Ends { source: &source, target: &target, handle: runtime.handle() };
    let equal = ends.copy(&mut |_| {
        if !std::mem::replace(&mut grown, true) {
            runtime.block_on(write(&source, &[(2, 4, 10, 0)], 700));
        }
    });
    let equal = equal.unwrap();
    assert_eq!(equal.events, 5);
    assert!(runtime.block_on(source.head()).unwrap() > equal.goal);
    assert_eq!(copy(&runtime, &source, &target).unwrap().appended, 4);
}
