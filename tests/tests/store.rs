//! Every adapter of the log keeps the one contract.

use tests::contract::{self, MemoryFactory, SqliteFactory};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn memory_keeps_the_contract() {
    contract::all(&MemoryFactory).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sqlite_keeps_the_contract() {
    contract::all(&SqliteFactory::default()).await;
}
