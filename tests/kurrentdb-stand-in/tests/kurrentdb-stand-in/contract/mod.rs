//! The adapter for KurrentDB keeps the contract of the log.

mod faults;
mod security;

use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use event_store::contract::{self, StoreFactory};
use event_store::{EventStore, KurrentOptions, KurrentStore, KurrentTarget};
use kurrentdb_stand_in::{Options, Server};
use uuid::Uuid;

/// Names a server or cluster that is held to the contract too, in streams of its own.
const GIVEN: &str = "YUANFA_TEST_KURRENTDB";

/// Logs on a KurrentDB server, each with a prefix of its own.
struct KurrentFactory {
    connection: String,
    last: Mutex<Option<KurrentTarget>>,
}

impl KurrentFactory {
    /// On the server that a connection string without prefix names.
    fn new(connection: &str) -> Self {
        Self { connection: connection.to_owned(), last: Mutex::default() }
    }

    async fn open(target: &KurrentTarget) -> Arc<dyn EventStore> {
        Arc::new(KurrentStore::open(target, KurrentOptions::default()).await.unwrap())
    }
}

#[async_trait]
impl StoreFactory for KurrentFactory {
    async fn fresh(&self) -> Arc<dyn EventStore> {
        let joint = if self.connection.contains('?') { '&' } else { '?' };
        let prefix = format!("contract-{}", Uuid::new_v4().simple());
        let target = format!("{}{joint}prefix={prefix}", self.connection);
        let target = KurrentTarget::parse(&target).unwrap();
        *self.last.lock().unwrap() = Some(target.clone());
        Self::open(&target).await
    }

    async fn reopen(&self, store: Arc<dyn EventStore>) -> Option<Arc<dyn EventStore>> {
        drop(store);
        let target = self.last.lock().unwrap().clone().unwrap();
        Some(Self::open(&target).await)
    }
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
        Err(_) => println!("{GIVEN} names no server: only the stand-in was held to the contract"),
    }
}
