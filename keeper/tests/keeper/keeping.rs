use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::sync::Arc;
use std::time::{Duration, Instant};

use event_store::{EventStore, SqliteOptions, SqliteStore};
use keeper::{Health, Keeper, KeyError, OpenError, Options};
use ledger::{Hash, Tile, Tree, consistency, verify_consistency};

use crate::bench::{Bench, PATIENCE, Served, checkpoint};

#[test]
fn an_empty_log_has_a_checkpoint_too() {
    let bench = Bench::new();
    let keeper = bench.open();
    let note = bench.reach(&keeper, 0);
    assert_eq!(checkpoint(&note).root, Hash::of_nothing());
    assert_eq!(&*checkpoint(&note).origin, "county.example.invalid");
}

#[test]
fn a_ledger_is_named_once_and_not_just_anything() {
    let bench = Bench::new();
    let open = |folder: &str, origin: Option<&str>| {
        let options = Options { origin: origin.map(Into::into), ..Options::default() };
        let (store, handle) = (Arc::clone(&bench.store), bench.runtime.handle().clone());
        Keeper::open(&bench.folder.path().join(folder), store, handle, &options)
    };
    let drawn = open("drawn", None).unwrap().key().name().to_owned();
    assert!(drawn.starts_with("yuanfa-") && drawn.len() == 15, "{drawn}");
    assert_eq!(open("drawn", Some("other")).unwrap().key().name(), drawn);
    let refused = open("refused", Some("two words")).err().unwrap();
    assert!(matches!(refused, OpenError::Key(KeyError::Name { .. })), "{refused:?}");
}

#[test]
fn every_event_becomes_a_leaf_and_every_tile_is_served() {
    let bench = Bench::new();
    bench.append("a-1", 0, 700);
    let keeper = bench.open();
    let first = checkpoint(&bench.reach(&keeper, 700));
    bench.append("second-1", 0, 65_536 + 300 - 700);
    let size = 65_536 + 300;
    let note = checkpoint(&bench.reach(&keeper, size));
    assert_eq!(note.root, bench.root());
    assert_eq!(keeper.health(), Health::Following);

    let served = Served(&keeper, size);
    assert_eq!(Tree::read(&served, size).unwrap().root(), note.root, "from tiles alone");
    let proof = consistency(&served, first.size, size).unwrap().unwrap();
    verify_consistency((first.size, first.root), (size, note.root), &proof).unwrap();
    for tile in Tile::all(size) {
        let bytes = keeper.tile(tile).unwrap().expect("it is there");
        assert_eq!(bytes.len(), usize::from(tile.width()) * 32);
    }
    let beyond =
        ["tile/0/257", "tile/0/257.p/45", "tile/2/000.p/2", "tile/3/000.p/1", "tile/63/000"];
    for name in beyond {
        assert!(keeper.tile(name.parse().unwrap()).unwrap().is_none(), "{name}");
    }
}

#[test]
fn it_goes_on_where_it_was_under_the_same_key() {
    let bench = Bench::new();
    bench.append("a-1", 0, 300);
    let keeper = bench.open();
    let (before, key) = (checkpoint(&bench.reach(&keeper, 300)), keeper.key().clone());
    drop(keeper);
    let mode = fs::metadata(bench.file("key")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);

    // Hashes that were written and never signed, whatever they say, are made anew from the log.
    let mut level = fs::read(bench.file("level-0")).unwrap();
    level.extend_from_slice(&[7; 45]);
    fs::write(bench.file("level-0"), level).unwrap();
    bench.append("a-1", 300, 300);
    let keeper = bench.open();
    let after = checkpoint(&bench.reach(&keeper, 600));
    assert_eq!((after.root, keeper.key()), (bench.root(), &key));
    let proof = consistency(&Served(&keeper, 600), 300, 600).unwrap().unwrap();
    verify_consistency((300, before.root), (600, after.root), &proof).unwrap();
}

#[test]
fn what_was_read_is_signed_before_it_ends() {
    let bench = Bench::new();
    let options = Options {
        origin: Some("slow.example.invalid".into()),
        interval: Duration::from_secs(3600),
        ..Options::default()
    };
    let (store, handle) = (Arc::clone(&bench.store), bench.runtime.handle().clone());
    let keeper = Keeper::open(&bench.ledger(), store, handle, &options).unwrap();
    bench.reach(&keeper, 0);
    bench.append("a-1", 0, 3);
    let asked = Instant::now();
    while fs::metadata(bench.file("level-0")).unwrap().len() < 3 * 32 {
        assert!(asked.elapsed() < PATIENCE, "in time");
        std::thread::yield_now();
    }
    assert_eq!(keeper.published().borrow().as_ref().unwrap().size, 0, "an hour is not over");
    keeper.stop();
    assert_eq!(keeper.published().borrow().as_ref().unwrap().size, 3);
    assert_eq!(keeper.health(), Health::Stopped { reason: "told to stop".into() });
}

#[test]
fn with_the_log_it_ends_too_and_says_so() {
    let bench = Bench::new();
    let path = bench.folder.path().join("log.sqlite");
    let store = Arc::new(SqliteStore::open(&path, SqliteOptions::default()).unwrap());
    let bench = Bench { store: Arc::clone(&store) as Arc<dyn EventStore>, ..bench };
    bench.append("a-1", 0, 3);
    let keeper = bench.open();
    bench.reach(&keeper, 3);
    let mut published = keeper.published();
    store.close();
    let ended = async { while published.changed().await.is_ok() {} };
    bench.in_time(ended);
    assert_eq!(keeper.health(), Health::Stopped { reason: "the event log was closed".into() });
}

#[test]
fn a_history_moved_to_another_engine_keeps_its_ledger() {
    let bench = Bench::new();
    bench.append("a-1", 0, 20);
    let keeper = bench.open();
    let before = checkpoint(&bench.reach(&keeper, 20));
    drop(keeper);
    let path = bench.folder.path().join("log.sqlite");
    let store = Arc::new(SqliteStore::open(&path, SqliteOptions::default()).unwrap());
    let bench = Bench { store, ..bench };
    bench.append("a-1", 0, 25);
    let keeper = bench.open();
    let after = checkpoint(&bench.reach(&keeper, 25));
    let proof = consistency(&Served(&keeper, 25), 20, 25).unwrap().unwrap();
    verify_consistency((20, before.root), (25, after.root), &proof).unwrap();
}

#[test]
fn one_process_keeps_a_ledger() {
    let bench = Bench::new();
    let keeper = bench.open();
    let options = Options { origin: Some("x".into()), ..Options::default() };
    let (store, handle) = (Arc::clone(&bench.store), bench.runtime.handle().clone());
    let second = Keeper::open(&bench.ledger(), store, handle, &options).err().expect("refused");
    assert!(matches!(second, OpenError::Folder { .. }), "{second:?}");
    drop(keeper);
    bench.open();
}

#[test]
fn a_key_is_read_however_an_editor_saved_it() {
    let bench = Bench::new();
    let key = bench.file("key");
    let public = bench.open().key().to_string();
    let text = fs::read_to_string(&key).unwrap();
    for saved in [format!("\u{feff}{text}"), text.replace('\n', " \r\n\r\n")] {
        fs::write(&key, saved).unwrap();
        assert_eq!(bench.open().key().to_string(), public);
    }
}

#[test]
fn a_key_that_others_may_read_or_that_is_none_is_refused() {
    let bench = Bench::new();
    drop(bench.open());
    let key = bench.file("key");
    let open = || {
        let options = Options { origin: Some("x".into()), ..Options::default() };
        let (store, handle) = (Arc::clone(&bench.store), bench.runtime.handle().clone());
        Keeper::open(&bench.ledger(), store, handle, &options).err().expect("refused")
    };
    fs::set_permissions(&key, fs::Permissions::from_mode(0o640)).unwrap();
    assert!(matches!(open(), OpenError::Key(KeyError::OpenToOthers { .. })));
    fs::set_permissions(&key, fs::Permissions::from_mode(0o600)).unwrap();
    fs::write(&key, "PRIVATE+KEY+a+00000000+AAAA").unwrap();
    let error = open();
    assert!(matches!(error, OpenError::Key(KeyError::Malformed { .. })), "{error:?}");
}
