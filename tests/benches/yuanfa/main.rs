//! Ratios measured in one run, because machines differ and are noisy.
//!
//! `cargo bench -p tests` runs all; `cargo bench -p tests -- rebuild|deliberation|as_of|ledger|memory|commands|follower|kurrentdb` one of them,
//! `deliberation 20000` with so many resolutions, `as_of 10000000` with so many events.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used)]

mod as_of;
mod commands;
mod deliberation;
mod follower;
mod ledger;
mod memory;
mod on_kurrentdb;
mod rebuild;

/// As in the programs that are measured.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const EVENTS: u64 = 1_000_000;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|one| one != "--bench").collect();
    if let Some(log) = memory::child_of(&arguments) {
        memory::rebuild_and_report(&log);
        return;
    }
    let wanted = |name: &str| arguments.is_empty() || arguments.iter().any(|one| one == name);
    if wanted("rebuild") {
        rebuild::run(EVENTS);
    }
    if wanted("deliberation") {
        deliberation::run(&arguments);
    }
    if wanted("as_of") {
        as_of::run(&arguments);
    }
    if wanted("ledger") {
        ledger::run();
    }
    if wanted("memory") {
        memory::run(&[100_000, EVENTS]);
    }
    if wanted("commands") {
        commands::run();
    }
    if wanted("follower") {
        follower::run();
    }
    if wanted("kurrentdb") {
        on_kurrentdb::run();
    }
}
