//! A factory for each adapter at hand.

use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use event_store::{
    EventStore, KurrentOptions, KurrentStore, KurrentTarget, MemoryStore, SqliteOptions,
    SqliteStore,
};
use tempfile::TempDir;
use uuid::Uuid;

use super::StoreFactory;

/// Stores in memory.
#[derive(Default)]
pub struct MemoryFactory;

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
pub struct SqliteFactory {
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

/// Logs on a KurrentDB server, each with a prefix of its own.
pub struct KurrentFactory {
    connection: String,
    last: Mutex<Option<KurrentTarget>>,
}

impl KurrentFactory {
    /// On the server that a connection string without prefix names.
    pub fn new(connection: &str) -> Self {
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
