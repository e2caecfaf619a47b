//! What is SQLite's own: halting, locks, onlookers, immutability, backups. The contract is tested elsewhere.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::wildcard_enum_match_arm)]

mod backing_up;
mod closing;
mod grouping;
mod halting;
mod immutable;
mod opening;

use std::collections::VecDeque;
use std::io;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};

use jiff::Timestamp;
use tempfile::TempDir;
use uuid::Uuid;

use super::{FaultPoint, Faults, SqliteOptions, SqliteStore};
use crate::{Appended, EventStore, Expected, NewEvent, Position, StreamId, Version};

/// A folder for one log.
struct Place(TempDir);

impl Place {
    fn new() -> Self {
        Self(TempDir::new().unwrap())
    }

    fn path(&self) -> PathBuf {
        self.0.path().join("log.sqlite")
    }

    fn open(&self) -> SqliteStore {
        SqliteStore::open(self.path(), SqliteOptions::default()).unwrap()
    }

    fn open_with(&self, faults: &Arc<Script>) -> SqliteStore {
        let faults = Arc::clone(faults) as Arc<dyn Faults>;
        let options = SqliteOptions { faults: Some(faults), ..SqliteOptions::default() };
        SqliteStore::open(self.path(), options).unwrap()
    }
}

fn stream(name: &str) -> StreamId {
    StreamId::new(name).unwrap()
}

fn event() -> NewEvent {
    NewEvent {
        id: Uuid::new_v4(),
        kind: "noted".into(),
        recorded_at: Timestamp::UNIX_EPOCH,
        data: b"data".to_vec(),
        metadata: b"metadata".to_vec(),
    }
}

fn exactly(version: u64) -> Expected {
    Expected::Exactly(Version(version))
}

/// One event at the end of stream `name`, which has `version` events.
async fn add(store: &SqliteStore, name: &str, version: u64) -> Appended {
    store.append(&stream(name), exactly(version), vec![event()]).await.unwrap()
}

async fn count(store: &SqliteStore) -> usize {
    store.read_all(Position::START, 10_000).await.unwrap().len()
}

/// Fails at the named points, once each, in the given order; or lets the test hold the writer at a point.
#[derive(Default)]
struct Script {
    fail: Mutex<VecDeque<(FaultPoint, io::ErrorKind)>>,
    gate: Mutex<Option<Gate>>,
}

/// Where the writer is held, whom it tells, and whose word it waits for.
type Gate = (FaultPoint, Sender<()>, Receiver<()>);

impl Script {
    fn fail_next(&self, point: FaultPoint, kind: io::ErrorKind) {
        self.fail.lock().unwrap().push_back((point, kind));
    }

    /// The writer says when it is at `point`, then waits for a word.
    fn hold_at(&self, point: FaultPoint) -> (Receiver<()>, Sender<()>) {
        let (reached, arrival) = channel();
        let (release, word) = channel();
        *self.gate.lock().unwrap() = Some((point, reached, word));
        (arrival, release)
    }
}

impl Faults for Script {
    fn at(&self, point: FaultPoint) -> io::Result<()> {
        let gate = self.gate.lock().unwrap().take_if(|(at, ..)| *at == point);
        if let Some((_, reached, word)) = gate {
            reached.send(()).unwrap();
            word.recv().unwrap();
        }
        let next = self.fail.lock().unwrap().pop_front_if(|(at, _)| *at == point);
        next.map_or(Ok(()), |(_, kind)| Err(kind.into()))
    }
}
