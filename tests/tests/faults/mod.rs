//! The real service on a disk that fails: whatever was acknowledged is there, once and in order, and everything that follows
//! from the log says the same as the log.

mod bench;
mod bugs;
mod commands;
mod fault;
mod hearing;
mod judge;
mod life;
mod plan;
mod points;
mod recovery;
mod round;
mod survey;
mod witness;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::time::Duration;

use bench::Bench;
use fault::{Fault, Kind};
use futures::stream::{self, StreamExt as _};
use plan::Plan;
use points::POINTS;
use round::Outcome;

/// Longer than this nothing here takes.
const PATIENCE: Duration = Duration::from_secs(120);

/// Rounds unless `YUANFA_FAULT_ROUNDS` says how many.
const ROUNDS: u64 = 40;

/// What came of many rounds.
#[derive(Default)]
struct Tally {
    acknowledged: usize,
    halted: usize,
    struck: BTreeMap<Kind, usize>,
    points: BTreeSet<&'static str>,
    found: Vec<u64>,
}

impl Tally {
    fn add(&mut self, outcome: Outcome) {
        self.acknowledged += outcome.acknowledged;
        self.halted += usize::from(outcome.halted);
        for fault in outcome.struck {
            *self.struck.entry(fault.kind).or_default() += 1;
            self.points.insert(fault.at);
        }
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { acknowledged, halted, struck, points, .. } = self;
        let (points, all) = (points.len(), POINTS.len());
        write!(
            f,
            "{acknowledged} commands acknowledged; faults that came: {struck:?}, at {points} of {all} points; \
             {halted} ledgers halted"
        )
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_acknowledged_is_there_and_all_that_follows_from_it() {
    let bench = &Bench::new().await;
    let (first, rounds) = (number("YUANFA_FAULT_SEED", 0), number("YUANFA_FAULT_ROUNDS", ROUNDS));
    let dispatch = |seed| async move {
        let plan = Plan::of(seed);
        (seed, round::dispatch(bench, &plan).await.map_err(|found| format!("{plan}: {found}")))
    };
    let mut tally = Tally::default();
    let mut outcomes = stream::iter(first..first + rounds).map(dispatch).buffer_unordered(2);
    while let Some((seed, outcome)) = outcomes.next().await {
        match outcome {
            Ok(outcome) => tally.add(outcome),
            Err(found) => {
                println!("YUANFA_FAULT_SEED={seed} YUANFA_FAULT_ROUNDS=1: {found}");
                tally.found.push(seed);
            }
        }
    }
    println!("{rounds} rounds from seed {first}: {tally}");
    assert_eq!(tally.found, [0; 0], "seeds of rounds in which something was wrong");
    let missed = POINTS.iter().map(|point| point.0).filter(|at| !tally.points.contains(at));
    if rounds >= Fault::all(POINTS).count() as u64 {
        assert_eq!(missed.collect::<Vec<_>>(), [""; 0], "points at which no fault came");
    }
}

fn number(variable: &str, otherwise: u64) -> u64 {
    std::env::var(variable).map_or(otherwise, |number| number.parse().unwrap())
}
