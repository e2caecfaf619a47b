//! Any moment can be looked at again.

use domain::unit::Kind;
use event_store::{MemoryStore, Position};
use rusqlite::Connection;
use tokio::runtime::Runtime;

use crate::models::quota;
use crate::testing::*;
use crate::{AsOf, ReadModels, Until, compare, rebuild_into};

/// A headcount declared on each of the first twenty days of November.
fn store(runtime: &Runtime) -> MemoryStore {
    let mut log = Log::new();
    log.add("unit-C", unit_registered("C", Kind::County, None));
    for n in 1..=20 {
        log.on(&format!("2021-11-{n:02}")).add("unit-C", headcount(n));
    }
    runtime.block_on(log.store())
}

fn headcount_in(conn: &Connection) -> i64 {
    quota::get(conn, &code("C"), noon("2021-12-01")).unwrap().unwrap().unit.headcount
}

#[test]
fn a_moment_is_a_prefix_of_the_log() {
    let runtime = Runtime::new().unwrap();
    let store = store(&runtime);
    let folder = tempfile::tempdir().unwrap();
    let files = AsOf::open(folder.path(), 2).unwrap();
    let cases = [
        ("2021-11-20", 21),
        ("2021-10-31", 0),
        ("2021-11-01", 2),
        ("2021-11-09", 10),
        ("2021-11-20", 21),
        ("2022-11-20", 21),
    ];
    for (date, position) in cases {
        let until = Until::Time(noon(date));
        let (found, _) = files.at(&store, runtime.handle(), until).unwrap();
        assert_eq!(found, Position(position), "{date}");
    }
}

#[test]
fn files_are_kept_reused_and_removed() {
    let runtime = Runtime::new().unwrap();
    let store = store(&runtime);
    let folder = tempfile::tempdir().unwrap();
    let files = AsOf::open(folder.path(), 2).unwrap();
    for day in [9, 12, 9, 5, 20, 12] {
        let until = Until::Time(noon(&format!("2021-11-{day:02}")));
        let (position, conn) = files.at(&store, runtime.handle(), until).unwrap();
        assert_eq!((position.0, headcount_in(&conn)), (day + 1, i64::try_from(day).unwrap()));
        // What was made from an earlier file equals what is made from the beginning.
        let fresh = folder.path().join("fresh.sqlite");
        rebuild_into(&fresh, &store, runtime.handle(), until, &mut |_| {}).unwrap();
        let fresh = crate::open_reader(&fresh).unwrap();
        assert_eq!(compare(&conn, &fresh, 5).unwrap(), []);
    }
    let kept = std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().path());
    let kept = kept.filter(|path| path.is_dir()).flat_map(|path| std::fs::read_dir(path).unwrap());
    assert_eq!(kept.count(), 2);
    assert!(
        AsOf::open(folder.path(), 2).unwrap().at(&store, runtime.handle(), Until::Head).is_ok()
    );
}

#[test]
fn a_rebuilt_file_equals_the_live_one_and_replaces_only_when_whole() {
    let runtime = Runtime::new().unwrap();
    let store = store(&runtime);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("out.sqlite");
    std::fs::write(&path, b"earlier").unwrap();
    let beyond = Until::Position(Position(22));
    assert!(rebuild_into(&path, &store, runtime.handle(), beyond, &mut |_| {}).is_err());
    assert_eq!(std::fs::read(&path).unwrap(), b"earlier");
    rebuild_into(&path, &store, runtime.handle(), Until::Head, &mut |_| {}).unwrap();
    let mut live = ReadModels::open(folder.path().join("read.sqlite")).unwrap();
    live.run_until(&store, runtime.handle(), Until::Head, &mut |_| {}).unwrap();
    let rebuilt = crate::open_reader(&path).unwrap();
    assert_eq!(compare(live.connection(), &rebuilt, 5).unwrap(), []);
    let left: Vec<_> =
        std::fs::read_dir(folder.path()).unwrap().map(|file| file.unwrap().file_name()).collect();
    assert!(!left.iter().any(|name| name.to_string_lossy().contains(".part")), "{left:?}");
}
