//! Another key: both sign once, then the old one is gone.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::sync::Arc;

use keeper::{Halt, Keeper, KeyError, OpenError, Options, RotateError, Rotation};
use ledger::{Note, VerifyingKey, consistency, verify_consistency};

use crate::bench::{Bench, Served, checkpoint};

impl Bench {
    fn rotation(&self, lost: bool) -> Result<Rotation, RotateError> {
        let (store, handle) = (Arc::clone(&self.store), self.runtime.handle().clone());
        Rotation::begin(&self.ledger(), store, handle, lost)
    }

    fn refuses(&self, in_force: &VerifyingKey) -> bool {
        let options = Options { in_force: vec![in_force.clone()], ..Options::default() };
        let (store, handle) = (Arc::clone(&self.store), self.runtime.handle().clone());
        let opened = Keeper::open(&self.ledger(), store, handle, &options);
        matches!(opened.err(), Some(OpenError::Key(KeyError::Outdated { .. })))
    }
}

/// A ledger of 300 events with its checkpoint and key, and nobody who keeps it.
fn kept() -> (Bench, Note, VerifyingKey) {
    let bench = Bench::new();
    bench.append("a-1", 0, 300);
    let keeper = bench.open();
    let note = bench.reach(&keeper, 300);
    let key = keeper.key().clone();
    (bench, note, key)
}

fn signers(note: &Note, keys: [&VerifyingKey; 2]) -> [bool; 2] {
    keys.map(|key| note.signed_by(key).is_ok())
}

#[test]
fn both_keys_sign_the_handover_and_then_the_new_one_alone() {
    let (bench, before, old) = kept();
    let rotation = bench.rotation(false).unwrap();
    let new = rotation.new_key().clone();
    assert_eq!((rotation.old_key(), new.name()), (Some(&old), old.name()));
    bench.append("a-1", 300, 1);
    let handover = rotation.finish().unwrap();
    assert_eq!(signers(&handover, [&old, &new]), [true, true]);
    assert_eq!(fs::read_to_string(bench.file("handover-301")).unwrap(), handover.to_string());
    assert!(!bench.file("key.next").exists());
    let mode = fs::metadata(bench.file("key")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);

    assert!(bench.refuses(&old));
    bench.append("a-1", 301, 100);
    let keeper = bench.open();
    assert_eq!(keeper.key(), &new);
    let after = bench.reach(&keeper, 401);
    assert_eq!(signers(&after, [&old, &new]), [false, true]);
    for one in [&before, &handover] {
        let (one, after) = (checkpoint(one), checkpoint(&after));
        let proof = consistency(&Served(&keeper, 401), one.size, 401).unwrap().unwrap();
        verify_consistency((one.size, one.root), (401, after.root), &proof).unwrap();
    }
    assert_eq!(checkpoint(&after).root, bench.root());
    let copied = bench.folder.path().join("copy");
    keeper::copy(&bench.ledger(), &copied).unwrap();
    assert_eq!(keeper::handovers_in(&copied).unwrap()[0].0, "handover-301");
    assert!(!copied.join("key").exists());
}

#[test]
fn a_key_prepared_ahead_is_the_one_that_comes_and_disturbs_nobody() {
    let (bench, _, old) = kept();
    let keeper = bench.open();
    let next = Rotation::prepare(&bench.ledger()).unwrap();
    assert_eq!(Rotation::prepare(&bench.ledger()).unwrap(), next);
    bench.append("a-1", 300, 1);
    let note = bench.reach(&keeper, 301);
    assert_eq!(signers(&note, [&old, &next]), [true, false]);
    assert!(matches!(bench.rotation(false), Err(RotateError::Folder { .. })), "it is kept");
    drop(keeper);
    assert_eq!(bench.rotation(false).unwrap().new_key(), &next);
}

#[test]
fn what_was_interrupted_is_repeated() {
    // After the log was told.
    let (bench, _, old) = kept();
    let rotation = bench.rotation(false).unwrap();
    let new = rotation.new_key().clone();
    bench.append("a-1", 300, 1);
    drop(rotation);
    assert!(bench.refuses(&new), "the old key signs nothing any more");
    // After the handover was signed, and before the new key was in place.
    let secrets = ["key", "key.next"].map(|file| (file, fs::read(bench.file(file)).unwrap()));
    bench.rotation(false).unwrap().finish().unwrap();
    for (file, secret) in secrets {
        fs::write(bench.file(file), secret).unwrap();
        fs::set_permissions(bench.file(file), fs::Permissions::from_mode(0o600)).unwrap();
    }
    assert!(bench.refuses(&new));
    let handover = bench.rotation(false).unwrap().finish().unwrap();
    assert_eq!(signers(&handover, [&old, &new]), [true, true]);
    assert_eq!(bench.open().key(), &new);
}

#[test]
fn a_lost_key_hands_nothing_over() {
    let (bench, before, old) = kept();
    fs::remove_file(bench.file("key")).unwrap();
    let refused = bench.rotation(false).err().unwrap();
    assert!(matches!(refused, RotateError::Key(KeyError::Lost { .. })), "{refused:?}");
    let rotation = bench.rotation(true).unwrap();
    assert_eq!((rotation.old_key(), rotation.new_key().name()), (None, old.name()));
    let new = rotation.new_key().clone();
    bench.append("a-1", 300, 1);
    let note = rotation.finish().unwrap();
    assert_eq!(signers(&note, [&old, &new]), [false, true]);
    let keeper = bench.open();
    bench.reach(&keeper, 301);
    let proof = consistency(&Served(&keeper, 301), 300, 301).unwrap().unwrap();
    let [before, after] = [&before, &note].map(|note| checkpoint(note).root);
    verify_consistency((300, before), (301, after), &proof).unwrap();
}

#[test]
fn nothing_is_handed_over_that_is_not_the_log() {
    let bench = Bench::new();
    fs::create_dir(bench.ledger()).unwrap();
    assert!(matches!(bench.rotation(false), Err(RotateError::Unsigned { .. })));

    let (bench, _, _) = kept();
    let other = Bench::new();
    other.append("a-1", 0, 299);
    let bench = Bench { store: other.store, ..bench };
    let refused = bench.rotation(false).err().unwrap();
    assert!(matches!(refused, RotateError::Halt(Halt::Log { .. })), "{refused:?}");

    let (bench, _, _) = kept();
    let mut hashes = fs::read(bench.file("level-0")).unwrap();
    hashes[77] ^= 1;
    fs::write(bench.file("level-0"), hashes).unwrap();
    let refused = bench.rotation(false).err().unwrap();
    assert!(matches!(refused, RotateError::Halt(Halt::Tiles { .. })), "{refused:?}");
}

#[test]
fn what_witnesses_have_seen_under_the_old_key_stays_the_beginning() {
    let (bench, before, _) = kept();
    fs::write(bench.file("cosigned"), before.to_string()).unwrap();
    let rotation = bench.rotation(false).unwrap();
    bench.append("a-1", 300, 1);
    rotation.finish().unwrap();
    bench.append("a-1", 301, 1);
    bench.reach(&bench.open(), 302);
}
