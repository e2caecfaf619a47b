//! The harness finds what it is there to find: bugs that are planted below the program or around its log.

use fastrand::Rng;
use tests::altered;

use super::bench::Bench;
use super::fault::{Fault, Kind, Moment};
use super::life::Conditions;
use super::plan::{Doom, End, Plan};
use super::round;

/// Within so many rounds each is found.
const ROUNDS: u64 = 4;

/// A round that ends after some acknowledgements.
fn plan(seed: u64, empty: bool, end: End, conditions: Conditions) -> Plan {
    let after = Rng::with_seed(seed).usize(2..20);
    Plan { empty, dooms: vec![Doom { conditions, end, after: Some(after) }] }
}

/// Without the bug every round is in order; with it one says what is wrong.
async fn is_found(end: End, bug: Conditions, wrong: &[&str]) {
    let bench = Bench::new().await;
    // What follows from a log that was sound for long gives such followers away at once; here nothing does.
    let empty = bug.altered == Some(altered::LEAKY);
    let sound = Conditions { lie: None, altered: None, ..bug.clone() };
    for seed in 0..ROUNDS {
        let chance = (seed % 2 == 1).then_some(seed);
        let in_order = plan(seed, empty, end, Conditions { chance, ..sound.clone() });
        round::dispatch(&bench, &in_order).await.unwrap();
        let with_bug = plan(seed, empty, end, Conditions { chance, ..bug.clone() });
        if let Err(found) = round::dispatch(&bench, &with_bug).await {
            assert!(wrong.iter().any(|wrong| found.contains(wrong)), "{found}");
            println!("found in round {}: {found}", seed + 1);
            return;
        }
    }
    panic!("not found in {ROUNDS} rounds");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn commands_acknowledged_before_the_log_is_synced() {
    let bug = Conditions { lie: Some("log.sqlite-wal"), ..Conditions::default() };
    // The node's own file remembers the lost events too, and the service refuses to start beside it.
    is_found(End::Cut, bug, &["acknowledged Done", "another history than the log"]).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_checkpoint_signed_before_the_hashes_are_synced() {
    let bug = Conditions { lie: Some("ledger/level-*"), ..Conditions::default() };
    is_found(End::Cut, bug, &["the ledger was halted: false; it is halted: true"]).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_person_in_the_log_before_the_vault_is_synced() {
    let bug = Conditions { lie: Some("vault.sqlite-wal"), ..Conditions::default() };
    // The service finds it before it starts, where it has not been told what it had done already.
    let wrong = ["the vault does not hold", "it had been said", "this vault does not know"];
    is_found(End::Cut, bug, &wrong).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_log_that_does_not_know_a_command_again() {
    let bug = Conditions { altered: Some(altered::FORGETFUL), ..Conditions::default() };
    is_found(End::Kill, bug, &["torn, repeated or out of order", "it had been said"]).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_log_that_acknowledges_what_failed() {
    let at = "sync log.sqlite-wal";
    let fault = Fault { at, nth: 5, moment: Moment::Before, kind: Kind::Fail };
    let altered = Some(altered::BOASTFUL);
    let bug = Conditions { fault: Some(fault), altered, ..Conditions::default() };
    is_found(End::Cut, bug, &["not store.halted: Done", "acknowledged Done"]).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn followers_that_do_not_see_every_event() {
    let bug = Conditions { altered: Some(altered::LEAKY), ..Conditions::default() };
    is_found(End::Kill, bug, &["leaves of"]).await;
}
