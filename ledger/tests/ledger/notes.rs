use ledger::{
    BadCheckpoint, BadKey, BadNote, Checkpoint, Hash, KeyKind, Note, SigningKey, Unsigned,
    VerifyingKey,
};
use proptest::prelude::*;

pub fn log() -> SigningKey {
    SigningKey::new("example.invalid/yuanfa", KeyKind::Log, &[1; 32]).unwrap()
}

pub fn witness(number: u8) -> SigningKey {
    let name = format!("witness.invalid/w{number}");
    SigningKey::new(&name, KeyKind::Witness, &[100 + number; 32]).unwrap()
}

pub fn checkpoint(size: u64, root: Hash) -> Note {
    let origin = "example.invalid/yuanfa".into();
    Checkpoint { origin, size, root }.note().unwrap()
}

/// From the specification: a checkpoint with a log's signature and a witness's cosignature, whose keys it does not give.
const EXAMPLE: &str = "example.com/behind-the-sofa
20852163
CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
— witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==
";

/// The pair that the documentation of Go's note package shows.
#[test]
fn a_secret_key_is_written_as_others_write_it() {
    let secret = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
    let public = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
    let key: SigningKey = secret.parse().unwrap();
    assert_eq!(key.public().to_string(), public);
    assert_eq!(*key.reveal(), secret);
    let wrong = |text: &str| text.parse::<SigningKey>().unwrap_err();
    assert_eq!(wrong(public), BadKey::Form);
    assert_eq!(wrong(&secret.replace("c74f20a3", "c74f20a4")), BadKey::Id);
    assert_eq!(wrong(&secret.replace("PeterN", "PeterM")), BadKey::Id);
    assert_eq!(wrong("PRIVATE+KEY+a+00000000+AQ=="), BadKey::Form);
    assert_eq!(wrong("PRIVATE+KEY+a+00000000+"), BadKey::Form);
}

#[test]
fn the_example_of_the_specification_is_read_and_written_unchanged() {
    let note: Note = EXAMPLE.parse().unwrap();
    assert_eq!(note.to_string(), EXAMPLE);
    let stated = Checkpoint::of(&note).unwrap();
    assert_eq!((&*stated.origin, stated.size), ("example.com/behind-the-sofa", 20_852_163));
    assert_eq!(note.signatures().len(), 2);
    assert_eq!(note.signed_by(log().public()), Err(Unsigned::Absent));
}

/// The key of the Go checksum database, as everybody has it.
#[test]
fn a_key_that_others_made_is_read() {
    let text = "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8";
    let key: VerifyingKey = text.parse().unwrap();
    assert_eq!(
        (key.name(), key.kind(), key.to_string().as_str()),
        ("sum.golang.org", KeyKind::Log, text)
    );
    let wrong = |text: &str| text.parse::<VerifyingKey>().unwrap_err();
    assert_eq!(wrong(&text.replace("033de0ae", "033de0af")), BadKey::Id);
    assert_eq!(wrong(&text.replace("sum.", "som.")), BadKey::Id);
    assert_eq!(wrong(&text.replace("sum.", "sum ")), BadKey::Name);
    assert_eq!(wrong("sum.golang.org+033de0ae"), BadKey::Form);
    assert_eq!(wrong("a+00000000+BAQ="), BadKey::Point);
    assert_eq!(wrong("a+00000000+CQQ="), BadKey::Kind);
}

#[test]
fn a_signature_holds_for_its_text_and_its_key_alone() {
    let mut note = checkpoint(5, Hash([3; 32]));
    note.sign(&log());
    note.cosign(&witness(1), 1_700_000_000);
    assert_eq!(note.signed_by(log().public()), Ok(None));
    assert_eq!(note.signed_by(witness(1).public()), Ok(Some(1_700_000_000)));
    assert_eq!(note.signed_by(witness(2).public()), Err(Unsigned::Absent));
    let again: Note = note.to_string().parse().unwrap();
    assert_eq!(again, note);
    let larger: Note = note.to_string().replace("\n5\n", "\n6\n").parse().unwrap();
    assert_eq!(larger.signed_by(log().public()), Err(Unsigned::False));
    assert_eq!(larger.signed_by(witness(1).public()), Err(Unsigned::False));
    note.cosign(&witness(1), 1_700_000_060);
    assert_eq!(note.signatures().len(), 2, "one signature a key");
    assert_eq!(note.signed_by(witness(1).public()), Ok(Some(1_700_000_060)));
}

#[test]
fn the_same_seed_makes_other_keys_for_logs_and_witnesses() {
    let key = |kind| SigningKey::new("example.invalid/k", kind, &[5; 32]).unwrap();
    let (log, witness) = (key(KeyKind::Log), key(KeyKind::Witness));
    assert_ne!(log.public().id(), witness.public().id());
    assert!(log.public().is_same_key(witness.public()));
    assert!(!format!("{log:?}").contains("BQUF"), "the seed does not show");
}

#[test]
fn what_is_no_note_is_refused() {
    let refused = |text: &str| text.parse::<Note>().unwrap_err();
    assert_eq!(refused("text\n"), BadNote::Form);
    assert_eq!(refused("text\n\n— name c2ln"), BadNote::Form);
    assert_eq!(refused("text\n\nname c2lnbmF0dXJl\n"), BadNote::Signature);
    assert_eq!(refused("text\n\n— name\n"), BadNote::Signature);
    assert_eq!(refused("text\n\n— name AAAA\n"), BadNote::Signature);
    assert_eq!(refused("text\n\n— na+me c2lnbmF0dXJl\n"), BadNote::Signature);
    assert_eq!(refused("te\rxt\n\n— name c2lnbmF0dXJl\n"), BadNote::Control);
    assert_eq!(refused(&"x".repeat(70_000)), BadNote::TooLong);
    let many = format!("text\n\n{}", "— name c2lnbmF0dXJl\n".repeat(65));
    assert_eq!(refused(&many), BadNote::Signatures);
    assert!(Note::unsigned("no newline".to_owned()).is_none());
}

#[test]
fn what_is_no_checkpoint_is_refused() {
    let root = Hash([1; 32]);
    assert!(format!("origin\n7\n{root}\n").parse::<Checkpoint>().is_ok());
    assert!(format!("origin\n7\n{root}\nextension\n").parse::<Checkpoint>().is_ok());
    for text in [
        format!("origin\n07\n{root}\n"),
        format!("origin\n+7\n{root}\n"),
        format!("\n7\n{root}\n"),
        format!("origin\n7\n{root}"),
        format!("origin\n7\n{root}\n\n"),
        "origin\n7\nAAAA\n".to_owned(),
        "origin\n7\n".to_owned(),
    ] {
        assert_eq!(text.parse::<Checkpoint>(), Err(BadCheckpoint), "{text}");
    }
}

proptest! {
    #[test]
    fn no_text_makes_the_readers_panic(text in "(?s).{0,400}") {
        let _ = text.parse::<Note>();
        let _ = text.parse::<VerifyingKey>();
        let _ = text.parse::<Checkpoint>();
        let _ = text.parse::<ledger::Policy>();
        let _ = text.parse::<ledger::Bundle>();
        let _ = text.parse::<ledger::Tile>();
    }

    #[test]
    fn a_flipped_bit_of_a_signed_note_never_passes(at in any::<prop::sample::Index>(), bit in 0..7u8) {
        let mut note = checkpoint(5, Hash([3; 32]));
        note.sign(&log());
        let mut bytes = note.to_string().into_bytes();
        let at = at.index(bytes.len());
        bytes[at] ^= 1 << bit;
        let changed = String::from_utf8(bytes).ok().and_then(|text| text.parse::<Note>().ok());
        if let Some(changed) = changed {
            prop_assert!(changed.signed_by(log().public()).is_err());
        }
    }
}
