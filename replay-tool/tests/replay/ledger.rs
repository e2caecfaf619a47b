//! `verify` against the ledger: whatever was changed is found, and where. Everything else that `verify` checks is left
//! sound where it can be, so that only the ledger tells.

use std::fs;
use std::os::unix::fs::FileExt as _;
use std::path::PathBuf;

use ledger::{KeyKind, Note, SigningKey};

use crate::fixture::{Folder, arg};
use crate::story::county;

/// A county with its ledger, as an auditor left it: checkpoint and policy kept elsewhere.
struct Audited {
    folder: Folder,
    checkpoint: PathBuf,
    policy: PathBuf,
}

impl Audited {
    fn of(folder: Folder) -> Self {
        Self::signed_as("example.invalid/log", folder)
    }

    fn signed_as(name: &str, mut folder: Folder) -> Self {
        let key = folder.sign(name);
        let (checkpoint, policy) = (folder.path("mine.checkpoint"), folder.path("mine.policy"));
        fs::write(&policy, format!("log {key}\nquorum none\n")).unwrap();
        folder.close();
        let answer = folder.run(&["verify", "--policy", arg(&policy), "--keep", arg(&checkpoint)]);
        answer.exits(0).says(&["agrees with 1 checkpoint", "nothing found"]);
        Self { folder, checkpoint, policy }
    }

    fn county() -> Self {
        Self::of(county())
    }

    fn verify(&self, more: &[&str]) -> crate::fixture::Answer {
        let mut args =
            vec!["verify", "--policy", arg(&self.policy), "--checkpoint", arg(&self.checkpoint)];
        args.extend(more);
        self.folder.run(&args)
    }

    #[track_caller]
    fn finds(&self, findings: &[&str]) {
        self.verify(&[]).exits(1).says(findings);
    }

    /// The log changed, read models made anew from it.
    fn tamper(&mut self, sql: &str) {
        self.folder.tamper(sql);
        fs::remove_file(self.folder.path("read.sqlite")).unwrap();
        self.folder.project_closed();
    }

    fn flip(&self, file: &str, at: u64) {
        flip(&self.folder.path(file), at);
    }
}

/// Changes one bit of a file.
fn flip(path: &PathBuf, at: u64) {
    let file = fs::File::options().read(true).write(true).open(path).unwrap();
    let mut byte = [0];
    file.read_exact_at(&mut byte, at).unwrap();
    file.write_all_at(&[byte[0] ^ 1], at).unwrap();
}

#[test]
fn a_history_as_it_was_signed_passes_also_when_it_grew() {
    let mut audited = Audited::county();
    audited.verify(&["--strict"]).exits(0).says(&["agrees with 2 checkpoint(s)"]);
    let mut folder = Folder::reopen(audited.folder);
    folder.tell(
        "unit-330225002",
        "UnitRegistered",
        r#"{"unit":"330225002","name":"丹西街道","kind":"town","parent":"330225"}"#,
        "2021-12-20T00:00:00Z",
        None,
    );
    folder.project();
    folder.sign("example.invalid/log");
    folder.close();
    audited.folder = folder;
    audited.verify(&[]).exits(0).says(&["22 events", "agrees with 2 checkpoint(s)"]);
}

#[test]
fn a_byte_changed_inside_an_event_is_named() {
    let says = "bytes of its id, kind, time, metadata or data were changed";
    for (sql, place) in [
        (
            "UPDATE events SET data = CAST(replace(CAST(data AS TEXT), '2021-11-12', '2021-11-13') AS BLOB) WHERE position = 10",
            "position 10 stream squad-330225001 event 3",
        ),
        (
            r#"UPDATE events SET metadata = CAST(replace(CAST(metadata AS TEXT), '"office"', '"offica"') AS BLOB) WHERE position = 2"#,
            "position 2 stream unit-330225001 event 1",
        ),
        (
            "UPDATE events SET recorded_at = recorded_at + 1 WHERE position = 13",
            "position 13 stream activity-",
        ),
        (
            "UPDATE events SET id = x'00000000000000000000000000000001' WHERE position = 21",
            "position 21 stream notice-squads-2021 event 4",
        ),
    ] {
        let mut audited = Audited::county();
        audited.tamper(sql);
        audited.finds(&[&format!("[ledger.leaf] {place}"), says, "[ledger.root]"]);
    }
}

#[test]
fn every_field_of_every_event_is_bound() {
    let mut audited = Audited::county();
    for position in (1..=21).step_by(4) {
        for field in ["data", "metadata"] {
            let flip = |from: &str, to: &str| {
                format!(
                    "UPDATE events SET {field} = CAST(replace(CAST({field} AS TEXT), '{from}', '{to}') AS BLOB) WHERE position = {position}"
                )
            };
            audited.folder.tamper(&flip("{", "{ "));
            audited.finds(&[&format!("[ledger.leaf] position {position} ")]);
            audited.folder.tamper(&flip("{ ", "{"));
        }
    }
    audited.verify(&[]).exits(0);
}

#[test]
fn swapped_events_are_named() {
    let mut audited = Audited::county();
    audited.tamper(
        "UPDATE events SET position = -position WHERE position IN (3, 4);
         UPDATE events SET position = 7 + position WHERE position < 0;
         UPDATE events SET version = -version WHERE position IN (3, 4);
         UPDATE events SET version = 5 + version WHERE version < 0",
    );
    audited.finds(&["[ledger.leaf] position 3 stream unit-330225001 event 2", "bytes of its"]);
    let mut audited = Audited::county();
    audited.tamper(
        "UPDATE events SET position = -position WHERE position IN (7, 8);
         UPDATE events SET position = 15 + position WHERE position < 0",
    );
    audited.finds(&[
        "[ledger.leaf] position 7 stream squad-330225001 event 1",
        "the order was changed; the one that was stands at position 8 now, this one was leaf 7",
        "1 further events differ",
    ]);
}

#[test]
fn a_deleted_and_an_inserted_event_are_named() {
    let closing_up = |position: u32| {
        format!(
            "DELETE FROM events WHERE position = {position};
             UPDATE events SET position = -position WHERE position > {position};
             UPDATE events SET position = -position - 1 WHERE position < 0;
             UPDATE streams SET version = version - 1 WHERE name = 'volunteer-V3K7M9QX2TB4D'"
        )
    };
    let mut audited = Audited::county();
    audited.tamper(&closing_up(7));
    audited.finds(&[
        "[ledger.leaf] position 7 stream squad-330225001 event 1",
        "the one that was is gone, this one was leaf 7",
        "[ledger.cut]",
        "the log has 20: 1 missing",
    ]);
    let mut audited = Audited::county();
    audited.tamper(
        "UPDATE events SET position = -position - 1 WHERE position > 10;
         UPDATE events SET position = -position WHERE position < 0;
         INSERT INTO events SELECT 11, stream, 4, x'00000000000000000000000000000002', kind, recorded_at, data, metadata FROM events WHERE position = 10;
         UPDATE streams SET version = 4 WHERE name = 'squad-330225001'",
    );
    audited.finds(&[
        "[ledger.leaf] position 11 stream squad-330225001 event 4",
        "an event that was never signed was put in; the one that was stands at position 12 now",
    ]);
}

#[test]
fn a_tail_cut_off_with_all_its_traces_is_found() {
    let mut audited = Audited::county();
    audited.tamper(
        "DELETE FROM events WHERE position = 21;
         UPDATE streams SET version = 3 WHERE name = 'notice-squads-2021'",
    );
    audited.finds(&["[ledger.cut]", "signed over 21 events; the log has 20: 1 missing"]);
    fs::remove_dir_all(audited.folder.path("ledger")).unwrap();
    audited.finds(&["[ledger.cut] ", "mine.checkpoint was signed over 21 events"]);
}

/// Whoever runs the log has its key, and can sign anything. What the auditor kept says otherwise.
#[test]
fn a_forked_history_signed_afresh_is_found() {
    let mut audited = Audited::county();
    let (ledger, own) = (audited.folder.path("ledger"), audited.folder.path("own"));
    fs::create_dir(&own).unwrap();
    for file in fs::read_dir(&ledger).unwrap().map(Result::unwrap) {
        fs::copy(file.path(), own.join(file.file_name())).unwrap();
        if file.file_name() != "key" {
            fs::remove_file(file.path()).unwrap();
        }
    }
    audited.tamper(
        "UPDATE events SET data = CAST(replace(CAST(data AS TEXT), '150', '950') AS BLOB) WHERE kind LIKE 'Service%'",
    );
    let mut folder = Folder::reopen(audited.folder);
    folder.sign("example.invalid/log");
    folder.close();
    audited.folder = folder;
    // It agrees with itself in everything.
    let policy = arg(&audited.policy).to_owned();
    audited.folder.run(&["verify", "--policy", &policy]).exits(0);
    audited.finds(&["[ledger.root]", "are not those that", "mine.checkpoint was signed over"]);
    audited.verify(&["--ledger", arg(&own)]).exits(1).says(&[
        "[ledger.leaf] position 14 stream service-",
        "bytes of its",
        "[ledger.root]",
    ]);
}

#[test]
fn a_changed_hash_of_the_ledger_is_told_from_a_changed_event() {
    let audited = Audited::county();
    audited.flip("ledger/level-0", 32 * 5 + 7);
    audited.finds(&["[ledger.tile] Hash 5 (from 0) of the ledger's file level-0"]);
    audited.flip("ledger/level-0", 32 * 5 + 7);
    fs::File::options()
        .write(true)
        .open(audited.folder.path("ledger/level-0"))
        .unwrap()
        .set_len(32 * 20)
        .unwrap();
    audited.finds(&["[ledger.tile] Hash 20 (from 0) of the ledger's file level-0 is missing"]);
}

#[test]
fn a_changed_inner_hash_is_named() {
    let folder = Folder::new();
    for unit in 1..=300 {
        let (stream, data) = (
            format!("unit-{unit}"),
            format!(r#"{{"unit":"{unit}","name":"某单位","kind":"county"}}"#),
        );
        folder.tell(&stream, "UnitRegistered", &data, "2021-11-09T00:00:00Z", None);
    }
    folder.project();
    let audited = Audited::of(folder);
    audited.flip("ledger/level-1", 31);
    audited.finds(&["[ledger.tile] Hash 0 (from 0) of the ledger's file level-1"]);
}

#[test]
fn no_byte_of_a_checkpoint_can_be_changed() {
    let audited = Audited::county();
    for file in ["mine.checkpoint", "ledger/published.json"] {
        let bytes = fs::read(audited.folder.path(file)).unwrap();
        for at in (0..bytes.len() as u64).step_by(7) {
            audited.flip(file, at);
            let blank = bytes[at as usize].is_ascii_whitespace() && file.ends_with("json");
            let answer = audited.verify(&[]);
            let found = answer.code == 1 && answer.out.contains("[ledger.");
            assert!(found || blank, "{file}, byte {at}:\n{}", answer.out);
            audited.flip(file, at);
        }
    }
    audited.verify(&[]).exits(0);
}

#[test]
fn another_ledgers_checkpoint_and_a_policy_of_others_are_refused() {
    let audited = Audited::county();
    let other = Audited::signed_as("example.invalid/other", county());
    let foreign = arg(&other.checkpoint).to_owned();
    audited.verify(&["--checkpoint", &foreign]).exits(1).says(&[
        "[ledger.origin]",
        "[ledger.signature]",
        "no log of the policy has signed it",
    ]);
    let without = ["verify", "--checkpoint", arg(&audited.checkpoint)];
    audited.folder.run(&without).exits(0).says(&["note [ledger.unchecked]"]);
    fs::write(audited.folder.path("bad.policy"), "log nonsense\n").unwrap();
    let bad = audited.folder.path("bad.policy");
    let answer = audited.folder.run(&["verify", "--policy", arg(&bad)]).exits(2);
    assert!(answer.err.contains("line 1"), "{}", answer.err);
    let gone = audited.folder.path("gone");
    let answer = audited.folder.run(&["verify", "--checkpoint", arg(&gone)]).exits(3);
    assert!(answer.err.contains("cannot be read"), "{}", answer.err);
}

#[test]
fn without_a_ledger_that_is_said() {
    let folder = county();
    folder.run(&["verify"]).exits(0).says(&["note [ledger.absent]"]);
    let kept = folder.path("kept");
    let answer = folder.run(&["verify", "--keep", arg(&kept)]).exits(2);
    assert!(answer.err.contains("none to keep") && !kept.exists(), "{}", answer.err);
}

/// The newest checkpoint may wait for its witnesses while another one stands there that has them.
#[test]
fn what_witnesses_have_cosigned_is_checked_and_what_waits_for_them_may_wait() {
    let mut audited = Audited::county();
    let witness = SigningKey::new("example.invalid/w", KeyKind::Witness, &[7; 32]).unwrap();
    let log = fs::read_to_string(&audited.policy).unwrap().replace("quorum none\n", "");
    let policy = format!("{log}witness w {}\nquorum w\n", witness.public());
    fs::write(&audited.policy, policy).unwrap();
    let mine: Note = fs::read_to_string(&audited.checkpoint).unwrap().parse().unwrap();
    audited.verify(&[]).exits(1).says(&["[ledger.signature]", "too few witnesses: none"]);
    let mut cosigned = mine.clone();
    cosigned.cosign(&witness, 1_700_000_000);
    for file in [audited.checkpoint.clone(), audited.folder.path("ledger/cosigned")] {
        fs::write(file, cosigned.to_string()).unwrap();
    }
    let mut folder = Folder::reopen(audited.folder);
    let unit = r#"{"unit":"7","name":"某单位","kind":"county"}"#;
    folder.tell("unit-7", "UnitRegistered", unit, "2021-12-20T00:00:00Z", None);
    folder.project();
    folder.sign("example.invalid/log");
    folder.close();
    audited.folder = folder;
    audited.verify(&[]).exits(0).says(&["agrees with 3 checkpoint(s), witnessed by w"]);
    audited.flip("ledger/cosigned", 30);
    audited.finds(&["[ledger."]);
}

#[test]
fn another_key_is_told_of_and_the_old_one_signs_nothing_any_more() {
    let audited = Audited::county();
    let (mine, policy) = (audited.checkpoint.clone(), audited.policy.clone());
    let mut folder = Folder::reopen(audited.folder);
    let old: SigningKey = fs::read_to_string(folder.path("ledger/key")).unwrap().parse().unwrap();
    let new = folder.rotate();
    folder.close();
    let verify = |folder: &Folder, checkpoint: &PathBuf, policy: &PathBuf| {
        folder.run(&["verify", "--policy", arg(policy), "--checkpoint", arg(checkpoint)])
    };
    let needs = format!("a policy needs the line: log {new}");
    verify(&folder, &mine, &policy).exits(0).says(&["position 22", &needs]);

    let mut folder = folder.reopen();
    folder.tell(
        "unit-330225001",
        "HeadcountDeclared",
        r#"{"headcount":9}"#,
        "2021-12-22T00:00:00Z",
        None,
    );
    folder.project();
    folder.sign("example.invalid/log");
    folder.close();
    let answer = verify(&folder, &mine, &policy);
    answer.exits(1).says(&["published.json: the policy does not accept it", &needs]);
    let lines = fs::read_to_string(&policy).unwrap();
    fs::write(&policy, format!("log {new}\n{lines}")).unwrap();
    verify(&folder, &mine, &policy).exits(0).says(&["agrees with 3 checkpoint"]);
    let only_new = folder.path("new.policy");
    fs::write(&only_new, format!("log {new}\nquorum none\n")).unwrap();
    folder.run(&["verify", "--policy", arg(&only_new)]).exits(0).says(&["nothing found"]);

    // Whoever has stolen the old key signs with it what is all true.
    let kept = folder.path("stolen");
    let published = keeper::published_in(&folder.path("ledger")).unwrap().unwrap();
    let published: Note = published.parse().unwrap();
    let mut stolen = ledger::Checkpoint::of(&published).unwrap().note().unwrap();
    stolen.sign(&old);
    fs::write(&kept, stolen.to_string()).unwrap();
    verify(&folder, &kept, &policy).exits(1).says(&[
        "[ledger.key]",
        "but not by the key in force there",
        &new,
    ]);
}

#[test]
fn a_handover_that_was_touched_is_found() {
    let audited = Audited::county();
    let mut folder = Folder::reopen(audited.folder);
    folder.rotate();
    folder.close();
    for at in [3, 30, 60, 100, 200, 300] {
        flip(&folder.path("ledger/handover-22"), at);
        let answer = folder.run(&["verify", "--policy", arg(&audited.policy)]);
        answer.exits(1).says(&["handover-22"]);
        flip(&folder.path("ledger/handover-22"), at);
    }
    folder.run(&["verify", "--policy", arg(&audited.policy)]).exits(0);
}
