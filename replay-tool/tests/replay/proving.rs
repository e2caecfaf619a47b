//! `prove` and `check`: what is proven is shown, what is not is refused, and nothing but the policy is needed.

use std::fs;
use std::path::PathBuf;

use ledger::{KeyKind, SigningKey};

use crate::fixture::{Answer, arg, run};
use crate::story::{county, signed};

/// The program as it is on a machine that has only this and the policy.
fn check(policy: &std::path::Path, proofs: &[&PathBuf]) -> Answer {
    let mut args = vec!["replay", "--lang", "en", "check", "--policy", arg(policy)];
    args.extend(proofs.iter().map(|path| arg(path)));
    run(args)
}

#[test]
fn a_notice_is_proven_and_checked_without_log_or_service() {
    let (folder, policy) = signed();
    let proof = folder.path("notice.tlog-proof");
    for what in ["notice-squads-2021", "squads-2021"] {
        folder.run(&["prove", what, "--out", arg(&proof)]).exits(0);
        check(&policy, &[&proof]).exits(0).says(&[
            "Proven.",
            "example.invalid/log, its checkpoint over 21 events, of which this is leaf 17",
            "event     1 of notice-squads-2021, NoticePublished",
            "小分队组建情况公示",
            "recorded  2021-12-09T10:00:00+08:00",
        ]);
    }
    let json = run(["replay", "check", "--format", "json", "--policy", arg(&policy), arg(&proof)]);
    assert_eq!(json.json()[0]["data"]["closes_on"], "2021-12-16");
    let printed = folder.run(&["prove", "notice-squads-2021", "--event", "4"]).exits(0);
    fs::write(&proof, printed.out).unwrap();
    check(&policy, &[&proof]).exits(0).says(&["event     4 of notice-squads-2021, NoticeClosed"]);
}

#[test]
fn scanned_pieces_in_any_order_are_the_proof() {
    let (folder, policy) = signed();
    let whole = folder.run(&["prove", "squads-2021"]).exits(0).out;
    let mut pieces = ledger::pieces(&whole, 300);
    assert!(pieces.len() > 2);
    pieces.reverse();
    let files: Vec<PathBuf> = (0..pieces.len()).map(|n| folder.path(&format!("{n}.txt"))).collect();
    for (file, piece) in files.iter().zip(&pieces) {
        fs::write(file, format!("{piece}\r\n")).unwrap();
    }
    check(&policy, &files.iter().collect::<Vec<_>>()).exits(0).says(&["Proven."]);
    let some: Vec<_> = files.iter().skip(1).collect();
    check(&policy, &some).exits(1).says(&["Not proven", "is missing"]);
}

#[test]
fn several_proofs_are_checked_one_by_one() {
    let (folder, policy) = signed();
    let both = folder.path("both");
    let one = folder.run(&["prove", "unit-330225"]).exits(0).out;
    let other = folder.run(&["prove", "squad-330225001", "--event", "2"]).exits(0).out;
    fs::write(&both, format!("{one}{other}")).unwrap();
    check(&policy, &[&both]).exits(0).says(&["UnitRegistered", "SquadApproved"]);
    fs::write(&both, format!("{one}{}", other.replacen("index 8", "index 7", 1))).unwrap();
    let answer = check(&policy, &[&both]).exits(1);
    assert!(!answer.out.contains("UnitRegistered"), "nothing of it is shown: {}", answer.out);
}

#[test]
fn no_byte_of_a_proof_can_be_changed() {
    let (folder, policy) = signed();
    let proof = folder.path("proof");
    let text = folder.run(&["prove", "squads-2021"]).exits(0).out.into_bytes();
    for at in (0..text.len()).step_by(11) {
        let mut changed = text.clone();
        changed[at] ^= 1;
        fs::write(&proof, changed).unwrap();
        check(&policy, &[&proof]).exits(1).says(&["Not proven"]);
    }
}

#[test]
fn whoever_is_not_trusted_proves_nothing() {
    let (folder, _) = signed();
    let (_other, policy) = signed();
    let proof = folder.path("proof");
    folder.run(&["prove", "squads-2021", "--out", arg(&proof)]).exits(0);
    check(&policy, &[&proof]).exits(1).says(&["no log of the policy has signed it"]);
    let mut folder = folder;
    let key = folder.sign("example.invalid/log");
    let witness = SigningKey::new("example.invalid/w", KeyKind::Witness, &[7; 32]).unwrap();
    let witness = witness.public();
    fs::write(&policy, format!("log {key}\nwitness w {witness}\nquorum w\n")).unwrap();
    check(&policy, &[&proof]).exits(1).says(&["pending: too few witnesses: none"]);
}

#[test]
fn what_the_checkpoint_does_not_cover_has_no_proof() {
    let (folder, _) = signed();
    let unit = r#"{"unit":"7","name":"某单位","kind":"county"}"#;
    folder.tell("unit-7", "UnitRegistered", unit, "2021-12-20T00:00:00Z", None);
    let answer = folder.run(&["prove", "unit-7"]).exits(1);
    assert!(
        answer.err.contains("covers") || answer.err.contains("does not cover"),
        "{}",
        answer.err
    );
    let answer = folder.run(&["prove", "nothing-like-it"]).exits(1);
    assert!(answer.err.contains("no such event or notice"), "{}", answer.err);
    let answer = county().run(&["prove", "squads-2021"]).exits(1);
    assert!(answer.err.contains("There is no ledger in"), "{}", answer.err);
}
