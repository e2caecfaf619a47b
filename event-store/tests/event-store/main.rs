//! The adapters that need nothing beside them keep the contract.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used)]

use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use event_store::contract::{self, StoreFactory};
use event_store::{EventStore, MemoryStore, SqliteOptions, SqliteStore};
use tempfile::TempDir;

/// Stores in memory.
struct MemoryFactory;

#[async_trait]
impl StoreFactory for MemoryFactory {
    async fn fresh(&self) -> Arc<dyn EventStore> {
        Arc::new(MemoryStore::new())
    }

    async fn reopen(&self, _store: Arc<dyn EventStore>) -> Option<Arc<dyn EventStore>> {
        None
    }
}

/// SQLite files, each in a folder of its own that goes with the factory.
#[derive(Default)]
struct SqliteFactory {
    folders: Mutex<Vec<TempDir>>,
}

impl SqliteFactory {
    fn open(path: PathBuf) -> Arc<dyn EventStore> {
        Arc::new(SqliteStore::open(path, SqliteOptions::default()).unwrap())
    }
}

#[async_trait]
impl StoreFactory for SqliteFactory {
    async fn fresh(&self) -> Arc<dyn EventStore> {
        let folder = TempDir::new().unwrap();
        let path = folder.path().join("log.sqlite");
        self.folders.lock().unwrap().push(folder);
        Self::open(path)
    }

    async fn reopen(&self, store: Arc<dyn EventStore>) -> Option<Arc<dyn EventStore>> {
        assert_eq!(Arc::strong_count(&store), 1, "somebody still uses the store");
        drop(store);
        let path = self.folders.lock().unwrap().last().unwrap().path().join("log.sqlite");
        Some(Self::open(path))
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn memory_keeps_the_contract() {
    contract::all(&MemoryFactory).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sqlite_keeps_the_contract() {
    contract::all(&SqliteFactory::default()).await;
}
