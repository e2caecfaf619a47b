//! `policy new`: a starter policy that `verify` takes.

use std::fs;

use ledger::{KeyKind, SigningKey};

use crate::fixture::{Answer, Folder, arg, run};

fn new(args: &[&str]) -> Answer {
    run(["replay", "--lang", "en", "policy", "new"].iter().chain(args).copied())
}

/// A data folder with a ledger, its key and its checkpoint in a file.
fn signed() -> (Folder, String) {
    let mut folder = Folder::new();
    let unit = r#"{"unit":"330225","name":"示例县","kind":"county"}"#;
    folder.tell("unit-330225", "UnitRegistered", unit, "2021-11-09T00:00:00Z", None);
    folder.project();
    let key = folder.sign("county.example.invalid");
    let kept = folder.path("audit.checkpoint");
    let policy = folder.path("first.txt");
    fs::write(&policy, format!("log {key}\nquorum none\n")).unwrap();
    folder.run(&["verify", "--policy", arg(&policy), "--keep", arg(&kept)]).exits(0);
    (folder, key)
}

#[test]
fn a_key_or_its_line_makes_a_policy_that_verify_takes() {
    let (folder, key) = signed();
    let (file, out) = (folder.path("key.txt"), folder.path("policy.txt"));
    fs::write(&file, format!("{key}\n")).unwrap();
    let checkpoint = folder.path("audit.checkpoint");
    new(&["--log", arg(&file), "--checkpoint", arg(&checkpoint), "--out", arg(&out)]).exits(0);
    let text = fs::read_to_string(&out).unwrap();
    assert!(text.contains(&format!("log {key}\n")) && text.ends_with("quorum none\n"), "{text}");
    assert!(
        text.contains(
            "Written from a checkpoint of the ledger county.example.invalid over 1 events"
        ),
        "{text}"
    );
    folder.run(&["verify", "--policy", arg(&out), "--checkpoint", arg(&checkpoint)]).exits(0);
    new(&["--log", arg(&file), "--out", arg(&out)]).exits(2).complains("is there already");
    let line = format!("log {key} https://county.example/ledger");
    new(&["--log", &line]).exits(0).says(&[&line, "quorum none"]);
}

#[test]
fn a_checkpoint_alone_leaves_the_key_to_be_filled_in() {
    let (folder, _) = signed();
    let checkpoint = folder.path("audit.checkpoint");
    let answer = new(&["--checkpoint", arg(&checkpoint)]).exits(0);
    let answer = answer.says(&["# log county.example.invalid+…\n", "quorum none\n"]);
    answer.complains("A checkpoint holds no key");
    new(&[]).exits(2);
}

#[test]
fn the_key_of_another_ledger_is_refused() {
    let (folder, _) = signed();
    let other = SigningKey::new("county.example.invalid", KeyKind::Log, &[9; 32]).unwrap();
    let other = format!("log {}", other.public());
    let checkpoint = folder.path("audit.checkpoint");
    new(&["--log", &other, "--checkpoint", arg(&checkpoint)]).exits(1).complains("has not signed");
    let nothing = folder.path("log.sqlite");
    new(&["--log", arg(&nothing)]).exits(2).complains("holds no ledger's key");
}

#[test]
fn witnesses_are_asked_for_by_most_of_them() {
    let key = |name: &str, seed| SigningKey::new(name, KeyKind::Witness, &[seed; 32]).unwrap();
    let log = SigningKey::new("county.example", KeyKind::Log, &[1; 32]).unwrap();
    let (log, court) = (format!("log {}", log.public()), key("court.example/w1", 2));
    let court = format!("court {}", court.public());
    let press = format!("press {} https://press.example/w1", key("press.example/w1", 3).public());
    let two = ["--log", &log, "--witness", &court, "--witness", &press];
    new(&two).exits(0).says(&["witness court ", "group enough 2 court press\nquorum enough\n"]);
    new(&[&two[..], &["--enough", "1"]].concat()).exits(0).says(&["group enough 1 court press"]);
    new(&[&two[..], &["--enough", "3"]].concat()).exits(2);
    new(&["--log", &log, "--witness", "court nokey"]).exits(2);
}
