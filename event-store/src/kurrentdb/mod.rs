//! The log on KurrentDB (EventStoreDB): one node or a cluster, reached by its official client.
//!
//! Nothing above the port notices. What the client or the engine does differently is met here: [`link`] replaces a client
//! that lost its node, [`append`] resolves what became of a batch without an answer, [`read`] takes no broken answer for
//! an end, [`times`] keeps times from falling, [`log`] looks out for other nodes, [`frame`] keeps bytes as they are.

mod append;
mod frame;
mod link;
mod log;
mod read;
mod streams;
mod target;
mod threads;
mod times;
mod tls;
mod trouble;

use std::sync::Arc;

use ::kurrentdb::Error;
use async_trait::async_trait;
use tokio::sync::watch;

pub use link::KurrentOptions;
pub use target::KurrentTarget;

use crate::admission::{AppendBudget, check_batch};
use crate::{
    AppendError, Appended, EventStore, Expected, HaltReason, Health, NewEvent, OpenError, Position,
    Recorded, Refused, StoreError, StreamId, Version,
};
use link::Link;
use log::Log;
use streams::Streams;
use threads::Threads;

/// The log on KurrentDB. It brings its own threads, so that its futures run on any executor.
pub struct KurrentStore {
    threads: Threads,
    log: Arc<Log>,
    streams: Arc<Streams>,
    budget: AppendBudget,
    read_only: bool,
}

impl KurrentStore {
    /// Connects for reading and writing.
    ///
    /// # Errors
    /// [`OpenError::Refused`] for certificates or an account that cannot be, [`OpenError::Store`] when nobody answers.
    pub async fn open(target: &KurrentTarget, options: KurrentOptions) -> Result<Self, OpenError> {
        let store = Self::connect(target, options, false).await?;
        let log = Arc::clone(&store.log);
        store.threads.spawn(log.look_out())?;
        Ok(store)
    }

    /// Connects for an auditor: appends answer [`AppendError::Halted`] with [`HaltCause::ReadOnly`](crate::HaltCause::ReadOnly).
    /// [`watch_head`](EventStore::watch_head) stays at the head found now.
    ///
    /// # Errors
    /// As [`open`](Self::open).
    pub async fn open_read_only(
        target: &KurrentTarget,
        options: KurrentOptions,
    ) -> Result<Self, OpenError> {
        Self::connect(target, options, true).await
    }

    async fn connect(
        target: &KurrentTarget,
        options: KurrentOptions,
        read_only: bool,
    ) -> Result<Self, OpenError> {
        tls::check(target)?;
        let threads = Threads::start()?;
        let link = Link::new(target.clone(), options);
        let log = threads.run(Log::open(link)).await.map_err(denied)?;
        Ok(Self {
            threads,
            log: Arc::new(log),
            streams: Arc::default(),
            budget: AppendBudget::new(),
            read_only,
        })
    }
}

/// An account that may not read is a matter of the connection string.
fn denied(error: StoreError) -> OpenError {
    if let StoreError::Io(cause) = &error
        && matches!(cause.downcast_ref(), Some(Error::AccessDenied))
    {
        return Refused::Denied.into();
    }
    error.into()
}

#[async_trait]
impl EventStore for KurrentStore {
    async fn append(
        &self,
        stream: &StreamId,
        expected: Expected,
        events: Vec<NewEvent>,
    ) -> Result<Appended, AppendError> {
        let bytes = check_batch(&events)?;
        if self.read_only {
            return Err(AppendError::Halted(HaltReason::read_only()));
        }
        let reserved = self.budget.reserve(bytes).await?;
        let (log, slot, stream) =
            (Arc::clone(&self.log), self.streams.slot(stream), stream.clone());
        // A task of its own: it goes on when the caller goes away, so that what is known of the stream stays true.
        let task = self.threads.spawn(async move {
            let _reserved = reserved;
            let mut known = slot.lock().await;
            append::append(&log, &mut known, &stream, expected, &events).await
        })?;
        let lost = |died: tokio::task::JoinError| match died.is_cancelled() {
            true => StoreError::Closed,
            false => StoreError::Io(Arc::new(died)),
        };
        task.await.unwrap_or_else(|died| Err(AppendError::OutcomeUnknown(lost(died))))
    }

    async fn read_stream(
        &self,
        stream: &StreamId,
        after: Version,
        limit: u32,
    ) -> Result<Vec<Recorded>, StoreError> {
        let (log, streams, stream) =
            (Arc::clone(&self.log), Arc::clone(&self.streams), stream.clone());
        self.threads
            .run(async move {
                let events = read::stream(&log.link, &stream, after, limit).await?;
                let ids: Vec<_> = events.iter().map(|event| event.id).collect();
                streams.overhear(&stream, after, &ids);
                times::of_stream(&log.link, events).await
            })
            .await
    }

    async fn read_all(&self, after: Position, limit: u32) -> Result<Vec<Recorded>, StoreError> {
        let log = Arc::clone(&self.log);
        self.threads
            .run(async move {
                let events = log.page(after, limit).await?;
                times::of_log(&log.link, &log.ends, after, events).await
            })
            .await
    }

    async fn head(&self) -> Result<Position, StoreError> {
        let log = Arc::clone(&self.log);
        self.threads.run(async move { log.find_head().await }).await
    }

    fn watch_head(&self) -> watch::Receiver<Position> {
        self.log.watch()
    }

    fn health(&self) -> Health {
        match (self.read_only, self.log.link.trouble()) {
            (true, _) => Health::Halted(HaltReason::read_only()),
            (false, Some(trouble)) => Health::Unreachable(trouble),
            (false, None) => Health::Writing,
        }
    }
}
