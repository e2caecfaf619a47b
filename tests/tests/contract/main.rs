//! Every adapter of the log keeps the one contract.
//!
//! This program needs nothing beside it. With `YUANFA_TEST_KURRENTDB=<connection string>` it also holds a real server or
//! cluster to the contract, in streams of its own.

mod faults;
mod security;

use tests::contract::{self, KurrentFactory, MemoryFactory, SqliteFactory};
use tests::kurrentdb::{Options, Server};

const GIVEN: &str = "YUANFA_TEST_KURRENTDB";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn memory_keeps_the_contract() {
    contract::all(&MemoryFactory).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sqlite_keeps_the_contract() {
    contract::all(&SqliteFactory::default()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn kurrentdb_keeps_the_contract() {
    let server = Server::start(Options::default()).await;
    contract::all(&KurrentFactory::new(&server.connection_string())).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_given_kurrentdb_keeps_the_contract() {
    match std::env::var(GIVEN) {
        Ok(connection) => contract::all(&KurrentFactory::new(&connection)).await,
        Err(_) => println!("{GIVEN} names no server: only the tests' own was held to the contract"),
    }
}
