use ledger::{Hash, Note, Policy, Unaccepted};

use crate::notes::{checkpoint, log, witness};

fn policy(rest: &str) -> Policy {
    let mut text =
        format!("# whom we trust\n\nlog {} https://yuanfa.invalid/ledger\n", log().public());
    for number in 1..=3 {
        text += &format!("witness w{number}\t{}\n", witness(number).public());
    }
    (text + rest).parse().unwrap()
}

fn seen_by(witnesses: &[u8]) -> Note {
    let mut note = checkpoint(5, Hash([3; 32]));
    note.sign(&log());
    witnesses.iter().for_each(|number| note.cosign(&witness(*number), 1_700_000_000));
    note
}

#[test]
fn enough_witnesses_make_a_checkpoint_accepted() {
    let two = policy("group all-of-them 2 w1 w2 w3\nquorum all-of-them\n");
    let accepted = two.accept(&seen_by(&[1, 3])).unwrap();
    assert_eq!(accepted.witnesses.keys().map(|name| &**name).collect::<Vec<_>>(), ["w1", "w3"]);
    assert_eq!(accepted.checkpoint.size, 5);
    let pending = |seen: &str| Err(Unaccepted::Pending { seen: seen.to_owned() });
    assert_eq!(two.accept(&seen_by(&[2])), pending("w2"));
    assert_eq!(two.accept(&seen_by(&[4, 5])), pending(""), "strangers do not count");
    assert!(policy("quorum none\n").accept(&seen_by(&[])).is_ok());
    assert!(policy("quorum w2\n").accept(&seen_by(&[1, 3])).is_err());
    let nested = policy("group some any w1 w2\ngroup both all some w3\nquorum both\n");
    assert!(nested.accept(&seen_by(&[2, 3])).is_ok());
    assert_eq!(nested.accept(&seen_by(&[1, 2])), pending("w1, w2"));
}

#[test]
fn a_log_must_have_signed_and_nobody_falsely() {
    let none = policy("quorum none\n");
    let mut unsigned = checkpoint(5, Hash([3; 32]));
    unsigned.cosign(&witness(1), 1);
    assert_eq!(none.accept(&unsigned), Err(Unaccepted::Log));
    let forged: Note = seen_by(&[1]).to_string().replace("\n5\n", "\n6\n").parse().unwrap();
    assert_eq!(none.accept(&forged), Err(Unaccepted::False("example.invalid/yuanfa".into())));
    let mut partly = checkpoint(6, Hash([3; 32]));
    partly.sign(&log());
    partly.add(seen_by(&[1]).signatures()[1].clone());
    assert_eq!(
        none.accept(&partly),
        Err(Unaccepted::False("w1".into())),
        "a witness saw another tree"
    );
}

/// A log's key is good for its own origin alone.
#[test]
fn a_trusted_key_does_not_speak_for_another_origin() {
    let other = "other.invalid/log\n5\nAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwM=\n";
    let mut note = Note::unsigned(other.to_owned()).unwrap();
    note.sign(&log());
    assert_eq!(policy("quorum none\n").accept(&note), Err(Unaccepted::Log));
}

#[test]
fn a_broken_policy_is_refused_with_its_line() {
    let (log, one) = (log().public().to_string(), witness(1).public().to_string());
    let refused = |text: &str| {
        let bad = text.parse::<Policy>().unwrap_err();
        (bad.line, bad.why.split([' ', ',']).next().unwrap().to_owned())
    };
    let line = |line, word: &str| (line, word.to_owned());
    assert_eq!(refused(""), line(1, "quorum"));
    assert_eq!(refused("quorum none\nquorum none"), line(2, "one"));
    assert_eq!(refused("quorum w1"), line(1, "a"));
    assert_eq!(refused(&format!("log {log}\nlog {log}\nquorum none")), line(2, "this"));
    assert_eq!(refused(&format!("log {one}\nquorum none")), line(1, "a"));
    assert_eq!(refused(&format!("witness none {one}\nquorum none")), line(1, "this"));
    assert_eq!(refused(&format!("witness w {one}\ngroup g 2 w\nquorum g")), line(2, "a"));
    assert_eq!(refused(&format!("witness w {one}\ngroup g any w w\nquorum g")), line(2, "a"));
    assert_eq!(refused("group g any\nquorum g"), line(1, "a"));
    assert_eq!(refused("witnes w\nquorum none"), line(1, "log"));
    assert_eq!(refused("quorum none\r\n"), line(1, "no"));
    assert_eq!(refused(&"\n".repeat(2_000)), line(1_001, "a"));
}

#[test]
fn a_policy_says_who_would_be_enough() {
    let two = policy("group two 2 w1 w2 w3\nquorum two\n");
    assert!(two.is_met_by(|name| name != "w2"));
    assert!(!two.is_met_by(|name| name == "w2"));
    assert!(policy("quorum none\n").is_met_by(|_| false));
}
