use std::fs;
use std::sync::Arc;

use event_store::{Expected, MemoryStore, NewEvent, StreamId, Version};
use jiff::Timestamp;
use keeper::{Keeper, KeyError, OpenError, Options};
use uuid::Uuid;

use crate::bench::{Bench, checkpoint, open};

/// A ledger of 600 leaves that was closed.
fn kept() -> Bench {
    let bench = Bench::new();
    bench.append("a-1", 0, 600);
    let keeper = bench.open();
    bench.reach(&keeper, 600);
    drop(keeper);
    bench
}

fn flip(bench: &Bench, file: &str, at: usize) {
    let mut bytes = fs::read(bench.file(file)).unwrap();
    bytes[at] ^= 1;
    fs::write(bench.file(file), bytes).unwrap();
}

#[track_caller]
fn halts_with(bench: &Bench, keeper: &Keeper, reason: &str) {
    let published = fs::read(bench.file("published.json")).unwrap();
    let said = bench.halted(keeper);
    assert!(said.contains(reason), "{said}");
    assert_eq!(fs::read(bench.file("published.json")).unwrap(), published, "nothing is signed");
    assert!(fs::read_to_string(bench.file("halted")).unwrap().contains(reason));
}

#[test]
fn changed_or_lost_hashes_halt_it_and_a_restart_does_not_help() {
    for damage in [
        // The last leaf and an early one, a whole tile's hash, and their end.
        (|bench| flip(bench, "level-0", 599 * 32)) as fn(&Bench),
        |bench| flip(bench, "level-0", 5 * 32),
        |bench| flip(bench, "level-1", 32 + 5),
        |bench| fs::write(bench.file("level-1"), [0; 32]).unwrap(),
        |bench| fs::write(bench.file("level-0"), b"").unwrap(),
    ] {
        let bench = kept();
        damage(&bench);
        let keeper = bench.open();
        halts_with(&bench, &keeper, "the root over 600 leaves");
        drop(keeper);
        let keeper = bench.open();
        assert!(bench.halted(&keeper).contains("it had halted before"));
        drop(keeper);
        // An operator who acts, but not on the cause, is told again.
        fs::remove_file(bench.file("halted")).unwrap();
        halts_with(&bench, &bench.open(), "the root over 600 leaves");
    }
}

#[test]
fn a_checkpoint_of_another_key_or_none_halts_it() {
    for damage in [
        (|bench| flip(bench, "published.json", 60)) as fn(&Bench),
        |bench| fs::write(bench.file("published.json"), b"{}").unwrap(),
        |bench| fs::write(bench.file("published.json"), b"\xff").unwrap(),
    ] {
        let bench = kept();
        damage(&bench);
        halts_with(&bench, &bench.open(), "checkpoint signed by this key");
    }
}

#[test]
fn without_its_checkpoint_or_key_a_ledger_signs_nothing() {
    let bench = kept();
    let hashes = fs::read(bench.file("level-0")).unwrap();
    fs::remove_file(bench.file("published.json")).unwrap();
    let keeper = bench.open();
    assert!(bench.halted(&keeper).contains("checkpoint signed by this key"));
    assert!(!bench.file("published.json").exists());
    assert_eq!(fs::read(bench.file("level-0")).unwrap(), hashes, "what could show a fork stays");

    let bench = kept();
    fs::remove_file(bench.file("key")).unwrap();
    let options = Options::default();
    let (store, handle) = (Arc::clone(&bench.store), bench.runtime.handle().clone());
    let lost = Keeper::open(&bench.ledger(), store, handle, &options).err().expect("refused");
    assert!(matches!(lost, OpenError::Key(KeyError::Lost { .. })), "{lost:?}");
    assert!(!bench.file("key").exists());
}

#[test]
fn a_log_that_was_cut_or_changed_halts_it() {
    let bench = kept();
    for (there, data) in [(599, "{\"n\":599}"), (600, "{\"n\":0}")] {
        let other = Bench { store: Arc::new(MemoryStore::new()), ..Bench::new() };
        other.append("a-1", 0, 599);
        if there == 600 {
            // The same event in name, with other data.
            let event = NewEvent {
                id: Uuid::from_u64_pair(3, 599),
                kind: "Counted".into(),
                recorded_at: Timestamp::UNIX_EPOCH,
                data: data.into(),
                metadata: b"{}".to_vec(),
            };
            let stream = StreamId::new("a-1").unwrap();
            let appended =
                other.store.append(&stream, Expected::Exactly(Version(599)), vec![event]);
            other.runtime.block_on(appended).unwrap();
        }
        let keeper = open(&bench.ledger(), Arc::clone(&other.store), &other.runtime);
        halts_with(&bench, &keeper, "the log does not hold a-1#600 as it stands in the ledger");
        drop(keeper);
        fs::remove_file(bench.file("halted")).unwrap();
    }
    // Back beside its own log it goes on.
    let keeper = bench.open();
    assert_eq!(checkpoint(&bench.reach(&keeper, 600)).root, bench.root());
}

#[test]
fn a_disk_that_fails_halts_it_until_an_operator_acts() {
    let bench = kept();
    let keeper = bench.open();
    bench.reach(&keeper, 600);
    // No file can take the place of a folder that is not empty.
    let (published, aside) = (bench.file("published.json"), bench.file("aside"));
    fs::rename(&published, &aside).unwrap();
    fs::create_dir(&published).unwrap();
    fs::write(published.join("in-the-way"), b"").unwrap();
    bench.append("a-1", 600, 5);
    assert!(bench.halted(&keeper).contains("a file of the ledger failed"));
    assert_eq!(keeper.published().borrow().as_ref().unwrap().size, 600, "the old one is served");
    bench.append("a-1", 605, 5);
    drop(keeper);

    fs::remove_dir_all(&published).unwrap();
    fs::rename(&aside, &published).unwrap();
    let keeper = bench.open();
    assert!(bench.halted(&keeper).contains("it had halted before: a file of the ledger failed"));
    drop(keeper);
    fs::remove_file(bench.file("halted")).unwrap();
    let keeper = bench.open();
    assert_eq!(checkpoint(&bench.reach(&keeper, 610)).root, bench.root());
}
