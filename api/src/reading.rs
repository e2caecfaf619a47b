//! Asking the read models: now, or as of any moment.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use application::Clock;
use axum::http::StatusCode;
use event_store::{EventStore, Position, StreamId, Version};
use jiff::Timestamp;
use projections::{AsOf, Fact, ProjectionError, QueryError, Until, open_reader};
use rusqlite::Connection;
use tokio::runtime::Handle;
use tokio::sync::{Semaphore, watch};

use super::problem::{Problem, failed};
use super::query::{View, bad_cursor, not_past};

/// Readings of the present at once; more wait.
const NOW_AT_ONCE: usize = 8;
/// Readings of the past at once, each of which may fold a part of the log first; more wait.
const PAST_AT_ONCE: usize = 4;
/// Events of a stream read at once.
const HISTORY_PAGE: u32 = 512;
/// How long a reading waits for the read models to reach a position.
const PATIENCE: Duration = Duration::from_secs(5);

/// The read models, for many readers.
pub struct Reads {
    path: PathBuf,
    idle: Arc<Mutex<Vec<Connection>>>,
    now: Arc<Semaphore>,
    past: Arc<Semaphore>,
    as_of: Arc<AsOf>,
    store: Arc<dyn EventStore>,
    position: watch::Receiver<Position>,
    clock: Arc<dyn Clock>,
}

impl Reads {
    /// Readers of the database at `path`, which a runner keeps up to `position`.
    #[must_use]
    pub fn new(
        path: PathBuf,
        as_of: Arc<AsOf>,
        store: Arc<dyn EventStore>,
        position: watch::Receiver<Position>,
        clock: Arc<dyn Clock>,
    ) -> Self {
        Self {
            path,
            idle: Arc::default(),
            now: Arc::new(Semaphore::new(NOW_AT_ONCE)),
            past: Arc::new(Semaphore::new(PAST_AT_ONCE)),
            as_of,
            store,
            position,
            clock,
        }
    }

    /// Position up to which the read models tell everything.
    #[must_use]
    pub fn position(&self) -> Position {
        *self.position.borrow()
    }

    /// Asks as the view wants it. `query` runs where it may wait for the disk; it is given the connection and
    /// the moment to which the answer refers, none meaning now.
    ///
    /// # Errors
    /// 400 for a moment that has not come; 503 when the read models do not reach the position asked for in time; what the
    /// query says.
    pub async fn ask<T: Send + 'static>(
        &self,
        view: &View,
        query: impl FnOnce(&Connection) -> Result<T, QueryError> + Send + 'static,
    ) -> Result<T, Problem> {
        match self.moment(view)? {
            Some(moment) => self.ask_past(moment, query).await,
            None => {
                self.reach(view.after_position).await?;
                self.ask_now(query).await
            }
        }
    }

    /// The moment that a view is about; none for now.
    fn moment(&self, view: &View) -> Result<Option<Timestamp>, Problem> {
        match view.as_of {
            Some(moment) if moment > self.clock.now() => Err(not_past()),
            asked => Ok(asked),
        }
    }

    /// Asks the read models once they tell of all that the log holds by now: for whoever knows of no position.
    ///
    /// # Errors
    /// 503 when they do not come there in time; what the query says.
    pub async fn ask_latest<T: Send + 'static>(
        &self,
        query: impl FnOnce(&Connection) -> Result<T, QueryError> + Send + 'static,
    ) -> Result<T, Problem> {
        self.reach(Some(self.store.head().await?)).await?;
        self.ask_now(query).await
    }

    /// Asks the read models as they are now.
    ///
    /// # Errors
    /// What the query says.
    pub async fn ask_now<T: Send + 'static>(
        &self,
        query: impl FnOnce(&Connection) -> Result<T, QueryError> + Send + 'static,
    ) -> Result<T, Problem> {
        let _place = self.now.acquire().await.map_err(|_| Problem::internal())?;
        let (idle, path) = (Arc::clone(&self.idle), self.path.clone());
        let asked = tokio::task::spawn_blocking(move || {
            let kept = idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
            let connection = match kept {
                Some(connection) => connection,
                None => open_reader(&path)?,
            };
            let found = query(&connection)?;
            // A connection whose query failed is not used again.
            idle.lock().unwrap_or_else(PoisonError::into_inner).push(connection);
            Ok::<_, QueryError>(found)
        });
        asked.await.map_err(|error| failed(&error))?.map_err(Problem::from)
    }

    /// What happened in a stream, as the view wants it: all, or what the log knew at a moment.
    ///
    /// # Errors
    /// 400 for a moment that has not come; what the store says.
    pub async fn history(&self, view: &View, stream: &StreamId) -> Result<Vec<Fact>, Problem> {
        self.facts_until(self.moment(view)?, stream).await
    }

    /// All that happened in a stream.
    ///
    /// # Errors
    /// What the store says.
    pub async fn facts(&self, stream: &StreamId) -> Result<Vec<Fact>, Problem> {
        self.facts_until(None, stream).await
    }

    async fn facts_until(
        &self,
        moment: Option<Timestamp>,
        stream: &StreamId,
    ) -> Result<Vec<Fact>, Problem> {
        let (mut history, mut after) = (Vec::new(), Version::NONE);
        loop {
            let page = self.store.read_stream(stream, after, HISTORY_PAGE).await?;
            let Some(last) = page.last() else { return Ok(history) };
            after = last.version;
            for recorded in &page {
                if moment.is_some_and(|moment| recorded.recorded_at > moment) {
                    return Ok(history);
                }
                history.push(Fact::read(recorded).map_err(|error| failed(&error))?);
            }
        }
    }

    async fn ask_past<T: Send + 'static>(
        &self,
        moment: Timestamp,
        query: impl FnOnce(&Connection) -> Result<T, QueryError> + Send + 'static,
    ) -> Result<T, Problem> {
        let place =
            Arc::clone(&self.past).acquire_owned().await.map_err(|_| Problem::internal())?;
        let (as_of, store, handle) =
            (Arc::clone(&self.as_of), Arc::clone(&self.store), Handle::current());
        let asked = tokio::task::spawn_blocking(move || {
            // Held until what is missing is folded, also when nobody waits for it any more.
            let _place = place;
            let (_, connection) = as_of.at(&*store, &handle, Until::Time(moment), &mut |_| {})?;
            Ok(query(&connection)?)
        });
        asked.await.map_err(|error| failed(&error))?
    }

    /// Waits until the read models have reached a position.
    async fn reach(&self, wanted: Option<Position>) -> Result<(), Problem> {
        let Some(wanted) = wanted else { return Ok(()) };
        let mut position = self.position.clone();
        let reached = position.wait_for(|position| *position >= wanted);
        match tokio::time::timeout(PATIENCE, reached).await {
            Ok(Ok(_)) => Ok(()),
            Ok(Err(_)) | Err(_) => Err(behind()),
        }
    }
}

fn behind() -> Problem {
    Problem::new(
        StatusCode::SERVICE_UNAVAILABLE,
        "read.behind",
        "查询数据尚未更新到所要求的位置，请稍后重试。",
        "The read models have not reached that position yet; try again shortly.",
    )
    .retry_after(1)
}

impl From<QueryError> for Problem {
    fn from(error: QueryError) -> Self {
        match error {
            QueryError::BadCursor => bad_cursor(),
            QueryError::Database(error) => failed(&error),
        }
    }
}

impl From<ProjectionError> for Problem {
    fn from(error: ProjectionError) -> Self {
        failed(&error)
    }
}
