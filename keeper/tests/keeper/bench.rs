//! A log, a ledger's folder, and what a reader of checkpoint and tiles can check.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use event_store::{EventStore, Expected, MemoryStore, NewEvent, Position, StreamId, Version};
use jiff::Timestamp;
use keeper::{Health, Keeper, Options, leaf};
use ledger::{Checkpoint, Hash, Nodes, Note, Tile, Tree};
use tempfile::TempDir;
use tokio::runtime::Runtime;
use uuid::Uuid;

/// A time that nothing here takes, however slow the machine's disk.
pub const PATIENCE: Duration = Duration::from_secs(120);

pub struct Bench {
    pub runtime: Runtime,
    pub store: Arc<dyn EventStore>,
    pub folder: TempDir,
}

impl Bench {
    pub fn new() -> Self {
        let store = Arc::new(MemoryStore::new());
        Self { runtime: Runtime::new().unwrap(), store, folder: tempfile::tempdir().unwrap() }
    }

    pub fn ledger(&self) -> PathBuf {
        self.folder.path().join("ledger")
    }

    pub fn file(&self, name: &str) -> PathBuf {
        self.ledger().join(name)
    }

    /// Appends so many events to one stream, from the number of those that are there on.
    pub fn append(&self, stream: &str, there: u64, events: u64) {
        let stream = StreamId::new(stream).unwrap();
        for first in (there..there + events).step_by(500) {
            let batch = first..(first + 500).min(there + events);
            let batch = batch.map(|n| NewEvent {
                id: Uuid::from_u64_pair(stream.as_str().len() as u64, n),
                kind: "Counted".into(),
                recorded_at: Timestamp::UNIX_EPOCH,
                data: format!("{{\"n\":{n}}}").into(),
                metadata: b"{}".to_vec(),
            });
            let expected = Expected::Exactly(Version(first));
            let done = self.store.append(&stream, expected, batch.collect());
            self.runtime.block_on(done).unwrap();
        }
    }

    pub fn open(&self) -> Keeper {
        open(&self.ledger(), Arc::clone(&self.store), &self.runtime)
    }

    /// Opens it with a policy.
    pub fn open_with(&self, policy: &str) -> Keeper {
        let (store, handle) = (Arc::clone(&self.store), self.runtime.handle().clone());
        let policy = Some(policy.parse().unwrap());
        let options = Options { policy, ..options() };
        Keeper::open(&self.ledger(), store, handle, &options).unwrap()
    }

    /// The checkpoint of so many leaves, once it is published.
    pub fn reach(&self, keeper: &Keeper, size: u64) -> Note {
        let mut published = keeper.published();
        let reached = published.wait_for(|one| one.as_ref().is_some_and(|one| one.size == size));
        let one = self.in_time(reached).expect("it follows").clone().unwrap();
        let note: Note = one.note.parse().unwrap();
        note.signed_by(keeper.key()).unwrap();
        note
    }

    /// What comes of it, in time.
    pub fn in_time<T>(&self, what: impl Future<Output = T>) -> T {
        let done = async { tokio::time::timeout(PATIENCE, what).await };
        self.runtime.block_on(done).expect("in time")
    }

    /// Why it halted, once it has.
    pub fn halted(&self, keeper: &Keeper) -> String {
        let mut published = keeper.published();
        let ended = async { while published.changed().await.is_ok() {} };
        self.in_time(ended);
        match keeper.health() {
            Health::Halted { reason } => reason,
            health @ (Health::Following | Health::Waiting { .. } | Health::Stopped { .. }) => {
                panic!("{health:?}")
            }
        }
    }

    /// The root over all that the log holds.
    pub fn root(&self) -> Hash {
        let mut tree = Tree::default();
        let mut after = Position::START;
        loop {
            let page = self.runtime.block_on(self.store.read_all(after, 1000)).unwrap();
            let Some(last) = page.last() else { return tree.root() };
            after = last.position;
            page.iter().for_each(|event| tree.append(leaf(event), |_, _, _| ()));
        }
    }
}

pub fn open(folder: &Path, store: Arc<dyn EventStore>, runtime: &Runtime) -> Keeper {
    Keeper::open(folder, store, runtime.handle().clone(), &options()).unwrap()
}

fn options() -> Options {
    let origin = Some("county.example.invalid".into());
    Options { origin, interval: Duration::from_millis(1), ..Options::default() }
}

pub fn checkpoint(note: &Note) -> Checkpoint {
    Checkpoint::of(note).unwrap()
}

/// The hashes of a published tree, as somebody has them who asks for tiles only.
pub struct Served<'a>(pub &'a Keeper, pub u64);

impl Nodes for Served<'_> {
    type Error = io::Error;

    fn node(&self, level: u8, index: u64) -> io::Result<Hash> {
        let (tile, range) = Tile::below(level, index, self.1).unwrap();
        let bytes = self.0.tile(tile)?.expect("a tile of the published tree");
        let below: Vec<Hash> = bytes.as_chunks().0[range].iter().copied().map(Hash).collect();
        Ok(Hash::over(&below).unwrap())
    }
}
