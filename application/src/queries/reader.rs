//! Asking the read models: now, or as of any moment.

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use domain::county_date;
use event_store::{EventStore, Position, StreamId, Version};
use jiff::Timestamp;
use jiff::civil::Date;
use projections::{AsOf, Fact, QueryError, Until, open_reader};
use rusqlite::Connection;
use tokio::runtime::Handle;
use tokio::sync::{Semaphore, watch};

use crate::{Clock, Error};

/// Questions about the present at once; more wait.
const NOW_AT_ONCE: usize = 8;
/// Questions about the past at once, each of which may fold a part of the log first; more wait.
const PAST_AT_ONCE: usize = 4;
/// Events of a stream read at once.
const HISTORY_PAGE: u32 = 512;
/// Steps of SQLite's machine between two looks at whether the asker still waits: some tens of microseconds.
const STEPS: i32 = 4_000;
/// How long a question waits for the read models to reach a position.
const PATIENCE: Duration = Duration::from_secs(5);

/// The moment that a question is about. It is given once and holds for all of the question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moment {
    /// Now, whatever the read models tell.
    Now,
    /// Now, once the read models have reached this position.
    Reached(Position),
    /// As the log was then, whatever happened later.
    Past(Timestamp),
}

/// What a query sees: the read models, and the moment at which they tell.
#[derive(Clone, Copy)]
pub struct Seen<'a> {
    /// The read models.
    pub rows: &'a Connection,
    /// The moment.
    pub at: Timestamp,
}

impl Seen<'_> {
    /// The county's day at the moment.
    #[must_use]
    pub fn today(&self) -> Date {
        county_date(self.at)
    }
}

/// Whoever waits for a query. Dropped with the wait, it interrupts the query.
#[derive(Default)]
struct Asker(Arc<AtomicBool>);

/// Whether the asker still waits.
struct Waits(Arc<AtomicBool>);

impl Asker {
    fn waits(&self) -> Waits {
        Waits(Arc::clone(&self.0))
    }
}

impl Drop for Asker {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

impl Waits {
    /// Runs a query, and ends it with an error of SQLite's once nobody waits for it.
    fn query<T>(
        self,
        rows: &mut Connection,
        query: impl FnOnce(&Connection) -> Result<T, QueryError>,
    ) -> Result<T, QueryError> {
        rows.progress_handler(STEPS, Some(move || self.0.load(Ordering::Relaxed)))?;
        let found = query(rows)?;
        rows.progress_handler(0, None::<fn() -> bool>)?;
        Ok(found)
    }
}

/// The read models, for many readers.
pub(super) struct Reader {
    path: PathBuf,
    idle: Arc<Mutex<Vec<Connection>>>,
    now: Arc<Semaphore>,
    past: Arc<Semaphore>,
    as_of: Arc<AsOf>,
    store: Arc<dyn EventStore>,
    position: watch::Receiver<Position>,
    clock: Arc<dyn Clock>,
}

impl Reader {
    /// Reads the database at `path`, which a runner keeps up to `position`.
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
    pub fn position(&self) -> Position {
        *self.position.borrow()
    }

    /// The moment itself.
    ///
    /// # Errors
    /// [`Error::NotPast`] for one that has not come.
    pub fn at(&self, moment: Moment) -> Result<Timestamp, Error> {
        let now = self.clock.now();
        match moment {
            Moment::Now | Moment::Reached(_) => Ok(now),
            Moment::Past(then) if then > now => Err(Error::NotPast),
            Moment::Past(then) => Ok(then),
        }
    }

    /// Asks at a moment. `query` runs where it may wait for the disk.
    ///
    /// # Errors
    /// [`Error::NotPast`], [`Error::Beyond`], [`Error::Behind`], or what the query says.
    pub async fn ask<T: Send + 'static>(
        &self,
        moment: Moment,
        query: impl FnOnce(&Seen<'_>) -> Result<T, QueryError> + Send + 'static,
    ) -> Result<T, Error> {
        self.reach(moment).await?;
        self.ask_reached(moment, query).await
    }

    /// Asks at a moment that the read models have reached.
    ///
    /// # Errors
    /// [`Error::NotPast`], or what the query says.
    pub async fn ask_reached<T: Send + 'static>(
        &self,
        moment: Moment,
        query: impl FnOnce(&Seen<'_>) -> Result<T, QueryError> + Send + 'static,
    ) -> Result<T, Error> {
        let at = self.at(moment)?;
        match moment {
            Moment::Past(_) => self.ask_past(at, query).await,
            Moment::Now | Moment::Reached(_) => self.ask_now(at, query).await,
        }
    }

    /// The moment at which the read models tell of all that the log holds by now: for whoever knows of no position.
    ///
    /// # Errors
    /// When the log cannot be read.
    pub async fn latest(&self) -> Result<Moment, Error> {
        Ok(Moment::Reached(self.store.head().await?))
    }

    async fn ask_now<T: Send + 'static>(
        &self,
        at: Timestamp,
        query: impl FnOnce(&Seen<'_>) -> Result<T, QueryError> + Send + 'static,
    ) -> Result<T, Error> {
        let place = Arc::clone(&self.now).acquire_owned().await.map_err(|_| Error::Closing)?;
        let (idle, path) = (Arc::clone(&self.idle), self.path.clone());
        let asker = Asker::default();
        let waits = asker.waits();
        let asked = tokio::task::spawn_blocking(move || {
            // Held until the query ends, also when nobody waits for it any more.
            let _place = place;
            let kept = idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
            let mut connection = match kept {
                Some(connection) => connection,
                None => open_reader(&path)?,
            };
            let found = waits.query(&mut connection, |rows| query(&Seen { rows, at }))?;
            // A connection whose query failed is not used again.
            idle.lock().unwrap_or_else(PoisonError::into_inner).push(connection);
            Ok::<_, QueryError>(found)
        });
        Ok(asked.await??)
    }

    async fn ask_past<T: Send + 'static>(
        &self,
        at: Timestamp,
        query: impl FnOnce(&Seen<'_>) -> Result<T, QueryError> + Send + 'static,
    ) -> Result<T, Error> {
        let place = Arc::clone(&self.past).acquire_owned().await.map_err(|_| Error::Closing)?;
        let (as_of, store, handle) =
            (Arc::clone(&self.as_of), Arc::clone(&self.store), Handle::current());
        let asker = Asker::default();
        let waits = asker.waits();
        let asked = tokio::task::spawn_blocking(move || {
            // Held until what is missing is folded, also when nobody waits for it any more.
            let _place = place;
            let (_, mut connection) = as_of.at(&*store, &handle, Until::Time(at), &mut |_| {})?;
            Ok(waits.query(&mut connection, |rows| query(&Seen { rows, at }))?)
        });
        asked.await?
    }

    /// What happened in a stream: all, or what the log knew at a moment.
    ///
    /// # Errors
    /// [`Error::NotPast`], or what the store says.
    pub async fn history(&self, moment: Moment, stream: &StreamId) -> Result<Vec<Fact>, Error> {
        let until = match moment {
            Moment::Past(_) => Some(self.at(moment)?),
            Moment::Now | Moment::Reached(_) => None,
        };
        let (mut history, mut after) = (Vec::new(), Version::NONE);
        loop {
            let page = self.store.read_stream(stream, after, HISTORY_PAGE).await?;
            let Some(last) = page.last() else { return Ok(history) };
            after = last.version;
            for recorded in &page {
                if until.is_some_and(|until| recorded.recorded_at > until) {
                    return Ok(history);
                }
                history.push(Fact::read(recorded)?);
            }
        }
    }

    /// Waits until the read models have reached the moment.
    ///
    /// # Errors
    /// [`Error::Beyond`] when the log itself has not; [`Error::Behind`] when they do not come there in time.
    pub async fn reach(&self, moment: Moment) -> Result<(), Error> {
        let wanted = match moment {
            Moment::Now | Moment::Past(_) => return Ok(()),
            Moment::Reached(wanted) => wanted,
        };
        if self.position() < wanted && self.store.head().await? < wanted {
            return Err(Error::Beyond);
        }
        let mut position = self.position.clone();
        let reached = position.wait_for(|position| *position >= wanted);
        match tokio::time::timeout(PATIENCE, reached).await {
            Ok(Ok(_)) => Ok(()),
            Ok(Err(_)) | Err(_) => Err(Error::Behind),
        }
    }
}

#[cfg(test)]
mod tests;
