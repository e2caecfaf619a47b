//! A ledger that is published only once witnesses have cosigned it.

use std::fs::{self, OpenOptions};
use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::sync::Arc;

use axum::http::StatusCode;
use axum::response::IntoResponse as _;
use event_store::MemoryStore;
use keeper::{Keeper, OpenError, Options, PolicyError, Trouble, WitnessState};
use ledger::{Note, Policy, Submission};

use crate::bench::{Bench, checkpoint};
use crate::party::{Party, log, policy, size, somebody, witness_key};

impl Bench {
    /// A ledger whose key is known beforehand.
    fn known() -> Self {
        let bench = Self::new();
        bench.place_key();
        bench
    }

    fn place_key(&self) {
        fs::create_dir_all(self.ledger()).unwrap();
        let mut options = OpenOptions::new();
        let mut file =
            options.write(true).create_new(true).mode(0o600).open(self.file("key")).unwrap();
        file.write_all(log().reveal().as_bytes()).unwrap();
    }

    /// Waits until so many leaves are signed, published or not.
    fn signs(&self, keeper: &Keeper, size: u64) {
        let mut signed = keeper.signed();
        let reached = signed.wait_for(|one| one.as_ref().is_some_and(|one| one.size == size));
        drop(self.in_time(reached).unwrap());
    }

    /// Waits until a witness is as described, and says how it is.
    fn finds(
        &self,
        keeper: &Keeper,
        which: usize,
        like: fn(&WitnessState) -> bool,
    ) -> WitnessState {
        let mut witnesses = keeper.witnesses();
        let found = witnesses.wait_for(|one| one.states.get(which).is_some_and(like));
        self.in_time(found).unwrap().states[which].clone()
    }
}

fn published(keeper: &Keeper) -> u64 {
    keeper.published().borrow().as_ref().map_or(0, |one| one.size)
}

fn fails(state: &WitnessState) -> bool {
    matches!(state.trouble, Some(Trouble::Failing { .. }))
}

fn contradicts(state: &WitnessState) -> bool {
    state.contradicts()
}

fn three(bench: &Bench) -> [Party; 3] {
    ["court.invalid", "university.invalid", "press.invalid"].map(|name| Party::new(bench, name))
}

fn two_of(parties: &[Party; 3]) -> String {
    policy(2, &[0, 1, 2].map(|one: usize| (&parties[one].key, parties[one].address)))
}

/// Whether enough have cosigned, as an auditor judges it.
#[track_caller]
fn accepted(policy: &str, note: &Note) {
    policy.parse::<Policy>().unwrap().accept(note).unwrap();
}

#[test]
fn two_of_three_are_enough_one_is_not_and_who_comes_back_counts_again() {
    let bench = Bench::known();
    let mut parties = three(&bench);
    let policy = two_of(&parties);
    bench.append("a-1", 0, 300);
    let keeper = bench.open_with(&policy);
    accepted(&policy, &bench.reach(&keeper, 300));

    parties[0].stop(&bench);
    bench.append("a-1", 300, 300);
    accepted(&policy, &bench.reach(&keeper, 600));
    let gone = bench.finds(&keeper, 0, fails);
    assert!(gone.cosigned.is_some_and(|(size, _)| size == 300), "{gone:?}");

    parties[1].stop(&bench);
    bench.append("a-1", 600, 1);
    bench.signs(&keeper, 601);
    bench.finds(&keeper, 1, fails);
    bench.finds(&keeper, 2, |one| one.cosigned.is_some_and(|(size, _)| size == 601));
    assert_eq!(published(&keeper), 600, "pending");
    assert!(keeper.tile("tile/0/002.p/89".parse().unwrap()).unwrap().is_none(), "nor its tiles");
    assert!(keeper.tile("tile/0/002.p/88".parse().unwrap()).unwrap().is_some());
    assert!(!keeper.witnesses().borrow().contradicted);

    parties[1].start(&bench);
    accepted(&policy, &bench.reach(&keeper, 601));
    bench.append("a-1", 601, 50);
    accepted(&policy, &bench.reach(&keeper, 651));
}

#[test]
fn a_restart_publishes_at_once_what_was_cosigned() {
    let bench = Bench::known();
    let mut parties = three(&bench);
    let policy = two_of(&parties);
    bench.append("a-1", 0, 10);
    let keeper = bench.open_with(&policy);
    let note = bench.reach(&keeper, 10);
    drop(keeper);
    parties.iter_mut().for_each(|party| party.stop(&bench));
    bench.append("a-1", 10, 10);
    let keeper = bench.open_with(&policy);
    bench.signs(&keeper, 20);
    assert_eq!(bench.reach(&keeper, 10).text(), note.text());
    let mut witnesses = keeper.witnesses();
    let cosigned = |one: &&WitnessState| one.cosigned.is_some_and(|(size, _)| size == 10);
    let known = witnesses.wait_for(|one| one.states.iter().filter(cosigned).count() >= 2);
    drop(bench.in_time(known).expect("who had cosigned is known"));
    drop(keeper);
    parties[1].start(&bench);
    parties[2].start(&bench);
    let keeper = bench.open_with(&policy);
    accepted(&policy, &bench.reach(&keeper, 20));
}

#[test]
fn who_lies_or_hangs_holds_up_nobody() {
    let bench = Bench::known();
    let parties = three(&bench);
    // It cosigns, but something else.
    let (liar, key) = (witness_key(7), witness_key(7).public().clone());
    let liar = Arc::new(liar);
    let lies = somebody(&bench, move |asked: Submission| {
        let mut other = checkpoint(&asked.checkpoint);
        other.size += 1;
        let signature = other.note().unwrap().cosignature(&liar, 1);
        async move { format!("{signature}\n").into_response() }
    });
    let hangs = somebody(&bench, |_| std::future::pending());
    let hanging = witness_key(8);
    let policy = policy(
        2,
        &[
            (&key, lies),
            (hanging.public(), hangs),
            (&parties[1].key, parties[1].address),
            (&parties[2].key, parties[2].address),
        ],
    );
    bench.append("a-1", 0, 300);
    let keeper = bench.open_with(&policy);
    accepted(&policy, &bench.reach(&keeper, 300));
    bench.append("a-1", 300, 300);
    accepted(&policy, &bench.reach(&keeper, 600));
    let liar = bench.finds(&keeper, 0, fails);
    assert_eq!(liar.cosigned, None);
    bench.finds(&keeper, 1, fails);
    assert!(!keeper.witnesses().borrow().contradicted);
}

#[test]
fn who_stands_elsewhere_is_asked_from_there() {
    let bench = Bench::known();
    let parties = three(&bench);
    let policy = two_of(&parties);
    bench.append("a-1", 0, 300);
    let keeper = bench.open_with(&policy);
    bench.reach(&keeper, 300);
    drop(keeper);
    // What was cosigned is lost here, and every witness stands at 300.
    fs::remove_file(bench.file("cosigned")).unwrap();
    bench.append("a-1", 300, 5);
    let keeper = bench.open_with(&policy);
    accepted(&policy, &bench.reach(&keeper, 305));
    for which in 0..3 {
        let found =
            bench.finds(&keeper, which, |one| one.cosigned.is_some_and(|(size, _)| size == 305));
        assert_eq!(found.trouble, None);
    }
}

#[test]
fn a_history_that_was_exchanged_is_not_cosigned_and_that_is_an_alarm() {
    let bench = Bench::known();
    let parties = three(&bench);
    let policy = two_of(&parties);
    bench.append("a-1", 0, 300);
    let keeper = bench.open_with(&policy);
    bench.reach(&keeper, 300);
    for which in 0..3 {
        bench.finds(&keeper, which, |one| one.cosigned.is_some_and(|(size, _)| size == 300));
    }
    drop(keeper);
    // The same key, and another history: as long, longer, and shorter than what was cosigned.
    for events in [300, 400, 200] {
        let other = Bench { store: Arc::new(MemoryStore::new()), ..Bench::known() };
        other.append("b-1", 0, events);
        let keeper = other.open_with(&policy);
        other.signs(&keeper, events);
        for which in 0..3 {
            other.finds(&keeper, which, contradicts);
        }
        assert!(keeper.witnesses().borrow().contradicted);
        assert_eq!(published(&keeper), 0, "nothing is published");
    }
}

#[test]
fn one_who_contradicts_alone_is_no_alarm_for_all() {
    let bench = Bench::known();
    let parties = three(&bench);
    let key = witness_key(7);
    let ahead = somebody(&bench, |_| async { size(1_000_000) });
    let policy = policy(
        2,
        &[
            (key.public(), ahead),
            (&parties[1].key, parties[1].address),
            (&parties[2].key, parties[2].address),
        ],
    );
    bench.append("a-1", 0, 3);
    let keeper = bench.open_with(&policy);
    accepted(&policy, &bench.reach(&keeper, 3));
    let state = bench.finds(&keeper, 0, contradicts);
    // It may have been asked over the empty tree already.
    let Some(Trouble::Contradicts { reason }) = state.trouble else { unreachable!() };
    assert!(reason.starts_with("it has seen 1000000 leaves, "), "{reason}");
    assert!(!keeper.witnesses().borrow().contradicted);
}

#[test]
fn answers_that_say_nothing_are_failures() {
    let bench = Bench::known();
    let key = witness_key(7);
    bench.append("a-1", 0, 3);
    for answer in [
        (|asked| size(asked + 1)) as fn(u64) -> axum::response::Response,
        |_| StatusCode::CONFLICT.into_response(),
        |_| (StatusCode::OK, vec![b'x'; 1 << 20]).into_response(),
        |_| StatusCode::INTERNAL_SERVER_ERROR.into_response(),
        |_| (StatusCode::FOUND, [("location", "/")]).into_response(),
    ] {
        let address = somebody(&bench, move |asked| async move { answer(asked.old) });
        let keeper = bench.open_with(&policy(1, &[(key.public(), address)]));
        let state = bench.finds(&keeper, 0, fails);
        assert_eq!((published(&keeper), state.cosigned), (0, None));
    }
}

#[test]
fn a_policy_without_a_quorum_publishes_what_is_signed() {
    let bench = Bench::known();
    let parties = three(&bench);
    let policy = two_of(&parties).replace("quorum enough", "quorum none");
    bench.append("a-1", 0, 3);
    let keeper = bench.open_with(&policy);
    bench.reach(&keeper, 3);
    bench.finds(&keeper, 1, |one| one.cosigned.is_some());
    let everybody = |note: &Note| parties.iter().all(|party| note.signed_by(&party.key).is_ok());
    let mut published = keeper.published();
    let cosigned =
        published.wait_for(|one| everybody(&one.as_ref().unwrap().note.parse().unwrap()));
    drop(bench.in_time(cosigned).unwrap());
}

#[test]
fn a_policy_that_cannot_be_followed_is_refused() {
    let bench = Bench::known();
    let open = |policy: &str| {
        let (store, handle) = (Arc::clone(&bench.store), bench.runtime.handle().clone());
        let policy = Some(policy.parse().unwrap());
        let options = Options { policy, ..Options::default() };
        Keeper::open(&bench.ledger(), store, handle, &options).err().expect("refused")
    };
    let address = "127.0.0.1:1".parse().unwrap();
    let good = policy(1, &[(witness_key(7).public(), address)]);
    let error = open(good.split_once('\n').unwrap().1);
    assert!(
        matches!(&error, OpenError::Policy(PolicyError::Log { key }) if **key == *log().public()),
        "{error:?}"
    );
    for address in ["", "ftp://127.0.0.1", "file:///etc/passwd"] {
        let error = open(&good.replace("http://127.0.0.1:1", address));
        assert!(matches!(error, OpenError::Policy(PolicyError::Address { .. })), "{error:?}");
    }
}

#[test]
fn what_was_cosigned_and_is_not_the_beginning_halts_it() {
    let bench = Bench::known();
    let parties = three(&bench);
    let policy = two_of(&parties);
    bench.append("a-1", 0, 10);
    drop({
        let keeper = bench.open_with(&policy);
        bench.reach(&keeper, 10);
        keeper
    });
    let cosigned = fs::read(bench.file("cosigned")).unwrap();
    let shorter = Bench { store: Arc::new(MemoryStore::new()), ..Bench::known() };
    shorter.append("a-1", 0, 9);
    let keeper = shorter.open();
    shorter.reach(&keeper, 9);
    drop(keeper);
    for bytes in [&cosigned[..], b"", b"\xff"] {
        fs::write(shorter.file("cosigned"), bytes).unwrap();
        let keeper = shorter.open_with(&policy);
        assert!(shorter.halted(&keeper).contains("the witnesses have cosigned"));
        drop(keeper);
        fs::remove_file(shorter.file("halted")).unwrap();
    }
}
