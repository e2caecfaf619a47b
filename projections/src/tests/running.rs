//! The live thread, and what stops it.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use domain::unit::Kind;
use domain::{UnitCode, unit};
use event_store::{
    AppendError, Appended, EventStore, Expected, MemoryStore, NewEvent, Position, Recorded,
    StoreError, StreamId, Version,
};
use tokio::runtime::Handle;
use tokio::sync::watch;
use uuid::Uuid;

use crate::TableDef;
use crate::engine::row::table;
use crate::testing::*;
use crate::{
    ALL, Fact, Fold, Half, Health, Limits, Projection, ProjectionError, ReadModel, ReadModels,
    Rows, RowsError, Runner, Share, Until, checkpoints, compare, reads,
};

fn units(count: u32) -> Log {
    let mut log = Log::new();
    log.add("unit-C", unit_registered("C", Kind::County, None));
    for n in 0..count {
        log.add("unit-C", headcount(n));
    }
    log
}

async fn append_garbage(store: &MemoryStore) {
    let event = NewEvent {
        id: Uuid::from_u128(999),
        kind: "Unheard".into(),
        recorded_at: noon("2022-01-01"),
        data: vec![],
        metadata: vec![],
    };
    let stream = StreamId::new("unit-X").unwrap();
    store.append(&stream, Expected::NoStream, vec![event]).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_runner_follows_the_log_and_says_how_far_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let store = Arc::new(units(10).store().await);
    let models = ReadModels::open(folder.path().join("read.sqlite")).unwrap();
    let runner = Runner::spawn(models, store.clone(), Handle::current()).unwrap();
    let mut position = runner.position();
    position.wait_for(|&at| at == Position(11)).await.unwrap();
    append_to_c(&store, 500).await;
    position.wait_for(|&at| at == Position(12)).await.unwrap();
    let reader = crate::open_reader(&folder.path().join("read.sqlite")).unwrap();
    let seen = crate::models::quota::get(&reader, &code("C"), noon("2022-01-01")).unwrap().unwrap();
    assert_eq!(seen.unit.headcount, 500, "whoever waits for the position sees the write");
    let events: Vec<u64> =
        checkpoints(&reader).unwrap().iter().map(|at| at.folded.events).collect();
    assert_eq!(events, vec![12; ALL.len()]);
    runner.stop();
}

async fn append_to_c(store: &MemoryStore, people: u32) {
    let event = headcount(people);
    let event = NewEvent {
        id: Uuid::from_u128(500),
        kind: event.kind().name.into(),
        recorded_at: noon("2022-01-01"),
        data: event.encode().unwrap(),
        metadata: recorded(1, "unit-C", headcount(1)).metadata,
    };
    let stream = StreamId::new("unit-C").unwrap();
    store.append(&stream, Expected::Exactly(Version(11)), vec![event]).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn an_event_that_cannot_be_read_stops_the_runner_and_is_never_skipped() {
    let folder = tempfile::tempdir().unwrap();
    let store = Arc::new(units(2).store().await);
    append_garbage(&store).await;
    let models = ReadModels::open(folder.path().join("read.sqlite")).unwrap();
    let runner = Runner::spawn(models, store, Handle::current()).unwrap();
    let mut position = runner.position();
    assert!(position.wait_for(|&at| at > Position(3)).await.is_err(), "the thread ended");
    let Health::Stopped { position, reason, .. } = runner.health() else {
        panic!("it runs: {:?}", runner.health());
    };
    assert_eq!(position, Position(4));
    assert!(reason.contains("Unheard"), "{reason}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_runner_that_failed_leaves_readers_the_files_that_they_need() {
    let folder = tempfile::tempdir().unwrap();
    let store = Arc::new(units(2).store().await);
    append_garbage(&store).await;
    let models = ReadModels::open(folder.path().join("read.sqlite")).unwrap();
    let runner = Runner::spawn(models, store, Handle::current()).unwrap();
    let mut position = runner.position();
    assert!(position.wait_for(|&at| at > Position(3)).await.is_err());
    // A reader would make it anew, for which a full disk has no room.
    assert!(folder.path().join("read.sqlite-wal").exists());
    runner.stop();
}

/// A log that cannot be reached at first.
struct Away {
    store: MemoryStore,
    refusals: AtomicU32,
}

#[async_trait::async_trait]
impl EventStore for Away {
    async fn append(
        &self,
        stream: &StreamId,
        expected: Expected,
        events: Vec<NewEvent>,
    ) -> Result<Appended, AppendError> {
        self.store.append(stream, expected, events).await
    }

    async fn read_stream(
        &self,
        stream: &StreamId,
        after: Version,
        limit: u32,
    ) -> Result<Vec<Recorded>, StoreError> {
        self.store.read_stream(stream, after, limit).await
    }

    async fn read_all(&self, after: Position, limit: u32) -> Result<Vec<Recorded>, StoreError> {
        let take = |left: u32| left.checked_sub(1);
        if self.refusals.fetch_update(Ordering::Relaxed, Ordering::Relaxed, take).is_ok() {
            return Err(StoreError::Unreachable(Arc::new(std::io::Error::other("no answer"))));
        }
        self.store.read_all(after, limit).await
    }

    async fn head(&self) -> Result<Position, StoreError> {
        self.store.head().await
    }

    fn watch_head(&self) -> watch::Receiver<Position> {
        self.store.watch_head()
    }

    fn health(&self) -> event_store::Health {
        self.store.health()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_log_out_of_reach_is_waited_for() {
    let store = Arc::new(Away { store: units(3).store().await, refusals: AtomicU32::new(2) });
    let models = ReadModels::open(":memory:").unwrap();
    let runner = Runner::spawn(models, store.clone(), Handle::current()).unwrap();
    let mut position = runner.position();
    position.wait_for(|&at| at == Position(4)).await.unwrap();
    assert_eq!(store.refusals.load(Ordering::Relaxed), 0, "it was refused, and came back");
    assert!(!matches!(runner.health(), Health::Stopped { .. }), "{:?}", runner.health());
}

#[test]
fn what_was_committed_before_a_crash_is_gone_on_from() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("read.sqlite");
    let log = units(40);
    for end in [7, 20, 41] {
        // Each round is a process that dies after its batch: nothing is closed in an orderly way.
        let mut models = ReadModels::open(&path).unwrap();
        let seen = usize::try_from(models.position().0).unwrap();
        models.run_batch(&log.facts[seen..end]).unwrap();
        std::mem::forget(models);
    }
    let survived = ReadModels::open(&path).unwrap();
    assert_eq!(compare(survived.connection(), log.read().connection(), 5).unwrap(), []);
}

table! {
    /// 测试 test
    pub struct Counted in "counted" {
        key {
            /// 键 key
            key: u8,
        }
        /// 值 value, which SQLite refuses when it is 3
        value: i64,
    }
}

struct Counting;

impl Projection for Counting {
    const NAME: &'static str = "counting";
    const REVISION: u32 = 1;
    const TABLES: &'static [TableDef] = &[TableDef::of::<Counted>()];
    const SHARE: Share = Share { half: Half::First, work: 1 };
}

impl Fold<Rows<'_>> for Counting {
    reads! { Rows<'_>: unit }

    fn unit(_: &Fact, _: &UnitCode, _: &unit::Event, rows: &mut Rows<'_>) {
        rows.upsert(&1, || Counted { key: 1, value: 0 }, |row| row.value += 1);
    }
}

struct Panicking;

impl Projection for Panicking {
    const NAME: &'static str = "panicking";
    const REVISION: u32 = 1;
    const TABLES: &'static [TableDef] = &[];
    const SHARE: Share = Share { half: Half::First, work: 1 };
}

impl Fold<Rows<'_>> for Panicking {
    reads! { Rows<'_>: unit }

    fn unit(fact: &Fact, _: &UnitCode, _: &unit::Event, _: &mut Rows<'_>) {
        assert!(fact.position < Position(3), "a bug in a fold");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_panic_in_a_fold_turns_the_health_red() {
    let store = Arc::new(units(5).store().await);
    let panicking = [ReadModel::of::<Panicking>()];
    let models = ReadModels::open_with(":memory:", &panicking, Limits::default()).unwrap();
    let runner = Runner::spawn(models, store, Handle::current()).unwrap();
    let mut position = runner.position();
    assert!(position.wait_for(|&at| at == Position(6)).await.is_err(), "the thread died");
    assert!(matches!(runner.health(), Health::Stopped { .. }), "{:?}", runner.health());
}

struct Trespassing;

impl Projection for Trespassing {
    const NAME: &'static str = "trespassing";
    const REVISION: u32 = 1;
    const TABLES: &'static [TableDef] = &[];
    const SHARE: Share = Share { half: Half::First, work: 1 };
}

impl Fold<Rows<'_>> for Trespassing {
    reads! { Rows<'_>: unit }

    fn unit(_: &Fact, _: &UnitCode, _: &unit::Event, rows: &mut Rows<'_>) {
        rows.delete::<Counted>(&1);
    }
}

fn value(models: &ReadModels) -> Option<i64> {
    let row = models.connection().query_row("SELECT value FROM counted", [], |row| row.get(0));
    row.ok()
}

#[test]
fn an_error_of_the_database_rolls_the_whole_batch_back_and_the_work_can_go_on_later() {
    let log = units(9);
    let counting = [ReadModel::of::<Counting>()];
    let mut models = ReadModels::open_with(":memory:", &counting, Limits::default()).unwrap();
    models.run_batch(&log.facts[..2]).unwrap();
    let refuse = "CREATE TRIGGER refuse BEFORE INSERT ON counted WHEN NEW.value = 3
                  BEGIN SELECT RAISE(ABORT, 'refused'); END";
    models.connection().execute_batch(refuse).unwrap();
    let error = models.run_batch(&log.facts[2..3]).unwrap_err();
    assert!(matches!(
        error,
        ProjectionError::Rows { projection: "counting", position: Position(3), .. }
    ));
    assert_eq!((models.position(), value(&models)), (Position(2), Some(2)));
    models.connection().execute_batch("DROP TRIGGER refuse").unwrap();
    models.run_batch(&log.facts[2..]).unwrap();
    assert_eq!((models.position(), value(&models)), (Position(10), Some(10)));
}

#[test]
fn an_error_while_reading_a_row_stays_until_the_batch_ends() {
    let log = units(5);
    let counting = [ReadModel::of::<Counting>()];
    let limits = Limits { cached_rows: 0, ..Limits::default() };
    let mut models = ReadModels::open_with(":memory:", &counting, limits).unwrap();
    models.run_batch(&log.facts[..2]).unwrap();
    models.connection().execute_batch("ALTER TABLE counted RENAME TO gone").unwrap();
    let error = models.run_batch(&log.facts[2..]).unwrap_err();
    assert_eq!(
        error.place(),
        (Some("counting"), Some(Position(3))),
        "not the last fact: the first that failed"
    );
    assert!(error.chain().contains("no such table"), "{}", error.chain());
}

#[test]
fn a_fold_that_uses_the_table_of_another_is_found_out() {
    let trespassing = [ReadModel::of::<Trespassing>()];
    let mut models = ReadModels::open_with(":memory:", &trespassing, Limits::default()).unwrap();
    let error = models.run_batch(&units(1).facts).unwrap_err();
    assert!(matches!(
        error,
        ProjectionError::Rows { source: RowsError::Undeclared("counted"), .. }
    ));
}

#[test]
fn what_fails_in_one_half_of_a_rebuild_fails_the_whole() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let store = runtime.block_on(units(9).store());
    let folder = tempfile::tempdir().unwrap();
    let (counting, trespassing) = (ReadModel::of::<Counting>(), ReadModel::of::<Trespassing>());
    for [first, second] in [[counting, trespassing], [trespassing, counting]] {
        let in_half = |half, model| ReadModel { share: Share { half, work: 1 }, ..model };
        let models = [in_half(Half::First, first), in_half(Half::Second, second)];
        let path = folder.path().join("read.sqlite");
        let older = models.map(|model| ReadModel { revision: 0, ..model });
        drop(ReadModels::open_with(&path, &older, Limits::default()).unwrap());
        let mut stale = ReadModels::open_with(&path, &models, Limits::default()).unwrap();
        let error = stale.run_until(&store, runtime.handle(), Until::Head, &mut |_| {});
        assert_eq!(error.unwrap_err().place().0, Some("trespassing"));
        assert_eq!((stale.position(), value(&stale)), (Position::START, None));
        let mut whole = [counting, ReadModel { apply: |_, _| (), ..trespassing }];
        whole.sort_by_key(|model| model.name != models[0].name);
        let mut mended = ReadModels::open_with(&path, &whole, Limits::default()).unwrap();
        mended.run_until(&store, runtime.handle(), Until::Head, &mut |_| {}).unwrap();
        assert_eq!((mended.position(), value(&mended)), (Position(10), Some(10)));
        let left = std::fs::read_dir(folder.path()).unwrap().map(|file| file.unwrap().file_name());
        assert!(left.into_iter().all(|name| !name.to_string_lossy().contains(".rebuild")));
        std::fs::remove_file(&path).unwrap();
    }
}

#[test]
fn catching_up_tells_how_far_it_is() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let store = runtime.block_on(units(30).store());
    let mut models = ReadModels::open(":memory:").unwrap();
    let mut last = None;
    let until = Until::Position(Position(20));
    models.run_until(&store, runtime.handle(), until, &mut |at| last = Some(at)).unwrap();
    let last = last.unwrap();
    assert_eq!((last.position, last.goal, last.events), (Position(20), Position(20), 20));
    assert_eq!(models.position(), Position(20));
    let beyond = Until::Position(Position(99));
    let error = models.run_until(&store, runtime.handle(), beyond, &mut |_| {}).unwrap_err();
    assert!(matches!(error, ProjectionError::BeyondHead { .. }));
}
