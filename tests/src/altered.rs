//! The service on a log that is not as it should be, for tests of the tests.
#![allow(missing_docs)]

use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use application::{App, SystemClock, files};

use async_trait::async_trait;
use event_store::{
    AppendError, Appended, EventStore, Expected, Health, NewEvent, Position, Recorded,
    SqliteOptions, SqliteStore, StoreError, StreamId, Version,
};
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;
use uuid::Uuid;

/// Names the alteration.
pub const VARIABLE: &str = "YUANFA_ALTERED_LOG";

/// Sound, but the write-ahead log is moved into the database again and again.
pub const BUSY: &str = "moves its pages all the time";
/// Every event gets an id of its own, so that no repetition is known.
pub const FORGETFUL: &str = "forgets what was done";
/// What failed is acknowledged.
pub const BOASTFUL: &str = "acknowledges what failed";
/// Who follows the whole log does not see every event.
pub const LEAKY: &str = "skips events in reading";

struct Altered {
    log: SqliteStore,
    how: String,
}

#[async_trait]
impl EventStore for Altered {
    async fn append(
        &self,
        stream: &StreamId,
        expected: Expected,
        mut events: Vec<NewEvent>,
    ) -> Result<Appended, AppendError> {
        if self.how == FORGETFUL {
            events.iter_mut().for_each(|event| event.id = Uuid::now_v7());
        }
        let count = events.len() as u64;
        match self.log.append(stream, expected, events).await {
            Err(AppendError::Halted(_) | AppendError::OutcomeUnknown(_))
                if self.how == BOASTFUL =>
            {
                Ok(Appended {
                    last_version: Version(expected.version().0 + count),
                    last_position: Position(self.log.watch_head().borrow().0 + count),
                    repeated: false,
                })
            }
            answer => answer,
        }
    }

    async fn read_stream(
        &self,
        stream: &StreamId,
        after: Version,
        limit: u32,
    ) -> Result<Vec<Recorded>, StoreError> {
        self.log.read_stream(stream, after, limit).await
    }

    async fn read_all(&self, mut after: Position, limit: u32) -> Result<Vec<Recorded>, StoreError> {
        loop {
            let mut page = self.log.read_all(after, limit).await?;
            let Some(last) = page.last().map(|last| last.position) else { return Ok(page) };
            page.retain(|event| self.how != LEAKY || event.kind != "AdministratorReported");
            if !page.is_empty() {
                return Ok(page);
            }
            after = last;
        }
    }

    async fn head(&self) -> Result<Position, StoreError> {
        self.log.head().await
    }

    fn watch_head(&self) -> watch::Receiver<Position> {
        self.log.watch_head()
    }

    fn health(&self) -> Health {
        self.log.health()
    }
}

/// Serves the folder that the last argument names until told to stop.
pub fn main(how: String) -> ExitCode {
    let data = std::env::args_os().next_back().map(PathBuf::from).unwrap_or_default();
    let served = tokio::runtime::Runtime::new()
        .map_err(Into::into)
        .and_then(|runtime| runtime.block_on(serve(&data, how)));
    match served {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error:?}");
            ExitCode::from(3)
        }
    }
}

async fn serve(data: &Path, how: String) -> Result<(), Box<dyn Error>> {
    let checkpoint_pages = if how == BUSY { 4 } else { SqliteOptions::default().checkpoint_pages };
    let options = SqliteOptions { checkpoint_pages, ..SqliteOptions::default() };
    let log = SqliteStore::open(data.join(files::LOG), options)?;
    let master = App::master_key(data)?;
    let store = Arc::new(Altered { log, how });
    let app = App::with_store(data, store, master, Arc::new(SystemClock::default())).await?;
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let mut told = signal(SignalKind::terminate())?;
    println!("http://{}", listener.local_addr()?);
    let stop = async move { told.recv().await.unwrap_or_default() };
    Ok(yuanfa::serve(Arc::new(app), listener, api::Options::default(), stop).await?)
}
