//! What is safe to do about a ledger that has halted is done, and nothing else.

use std::fs;
use std::sync::Arc;

use event_store::{Expected, MemoryStore, NewEvent, StreamId, Version};
use jiff::Timestamp;
use keeper::{RepairError, Repaired, repair};
use uuid::Uuid;

use crate::bench::{Bench, checkpoint};

/// A ledger of 600 leaves that was closed, and five events that it does not cover.
fn kept() -> Bench {
    let bench = Bench::new();
    bench.append("a-1", 0, 600);
    let keeper = bench.open();
    bench.reach(&keeper, 600);
    drop(keeper);
    bench.append("a-1", 600, 5);
    bench
}

fn repaired(bench: &Bench) -> Result<Repaired, RepairError> {
    let handle = bench.runtime.handle().clone();
    repair(&bench.ledger(), &*bench.store, &handle, &mut |_, _| {})
}

#[test]
fn hashes_that_are_wrong_or_gone_are_made_anew_from_the_log() {
    for damage in [
        (|bench| flip(bench, "level-0", 5 * 32)) as fn(&Bench),
        |bench| flip(bench, "level-1", 32 + 5),
        |bench| fs::write(bench.file("level-0"), b"").unwrap(),
        |bench| fs::remove_file(bench.file("level-1")).unwrap(),
    ] {
        let bench = kept();
        damage(&bench);
        let keeper = bench.open();
        bench.halted(&keeper);
        drop(keeper);
        let done = repaired(&bench).unwrap();
        assert!(done.hashes_made_anew && done.had_halted.is_some(), "{done:?}");
        let keeper = bench.open();
        assert_eq!(checkpoint(&bench.reach(&keeper, 605)).root, bench.root());
    }
}

#[test]
fn what_halted_for_a_reason_that_is_gone_goes_on_as_it_was() {
    let bench = kept();
    fs::write(bench.file("halted"), "a file of the ledger failed\n").unwrap();
    let done = repaired(&bench).unwrap();
    let had_halted = Some("a file of the ledger failed".to_owned());
    assert_eq!(done, Repaired { signed: 600, hashes_made_anew: false, had_halted });
    assert!(!bench.file("halted").exists());
    let again = Repaired { signed: 600, hashes_made_anew: false, had_halted: None };
    assert_eq!(repaired(&bench).unwrap(), again);
    let keeper = bench.open();
    bench.reach(&keeper, 605);
}

#[test]
fn nothing_is_signed_over_a_log_that_was_cut_or_changed() {
    let bench = kept();
    fs::write(bench.file("halted"), "why\n").unwrap();
    let hashes = fs::read(bench.file("level-0")).unwrap();
    let cut = Bench { store: Arc::new(MemoryStore::new()), ..Bench::new() };
    cut.append("a-1", 0, 599);
    let changed = Bench { store: Arc::new(MemoryStore::new()), ..Bench::new() };
    let other = NewEvent {
        id: Uuid::from_u64_pair(3, 0),
        kind: "Counted".into(),
        recorded_at: Timestamp::UNIX_EPOCH,
        data: b"{\"n\":\"another\"}".to_vec(),
        metadata: b"{}".to_vec(),
    };
    let stream = StreamId::new("a-1").unwrap();
    let appended = changed.store.append(&stream, Expected::Exactly(Version(0)), vec![other]);
    changed.runtime.block_on(appended).unwrap();
    changed.append("a-1", 1, 604);
    for log in [&cut, &changed] {
        let handle = log.runtime.handle().clone();
        let refused = repair(&bench.ledger(), &*log.store, &handle, &mut |_, _| {}).unwrap_err();
        assert!(matches!(refused, RepairError::Diverged { size: 600 }), "{refused:?}");
        assert!(bench.file("halted").exists(), "it stays halted");
        assert_eq!(fs::read(bench.file("level-0")).unwrap(), hashes, "what shows the fork stays");
    }
}

#[test]
fn without_what_was_signed_or_its_key_nothing_is_repaired() {
    let bench = kept();
    let published = fs::read(bench.file("published.json")).unwrap();
    fs::remove_file(bench.file("published.json")).unwrap();
    assert!(matches!(repaired(&bench), Err(RepairError::Unsigned { .. })));
    flip_in(&published, &bench);
    assert!(matches!(repaired(&bench), Err(RepairError::Halt(_))));
    fs::write(bench.file("published.json"), &published).unwrap();
    fs::remove_file(bench.file("key")).unwrap();
    assert!(matches!(repaired(&bench), Err(RepairError::Key(_))));
}

#[test]
fn a_ledger_that_is_kept_at_the_moment_is_left_alone() {
    let bench = kept();
    let keeper = bench.open();
    bench.reach(&keeper, 605);
    assert!(matches!(repaired(&bench), Err(RepairError::Folder { .. })));
}

fn flip(bench: &Bench, file: &str, at: usize) {
    let mut bytes = fs::read(bench.file(file)).unwrap();
    bytes[at] ^= 1;
    fs::write(bench.file(file), bytes).unwrap();
}

fn flip_in(published: &[u8], bench: &Bench) {
    let mut bytes = published.to_vec();
    bytes[60] ^= 1;
    fs::write(bench.file("published.json"), bytes).unwrap();
}
