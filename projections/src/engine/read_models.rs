//! The read database and the folds that fill it.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender};
use std::time::Duration;

use event_store::{EventStore, Position};
use rusqlite::{Connection, OpenFlags};
use tokio::runtime::Handle;

use crate::ProjectionError;
use crate::engine::feed::{self, Goal, Page};
use crate::engine::projection::ReadModel;
use crate::engine::rows::Tables;
use crate::engine::schema::{self, Folded};
use crate::engine::wanted::Wanted;

/// How far the work has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Position of the last fact folded.
    pub position: Position,
    /// Where the work ends.
    pub goal: Position,
    /// How many events were folded since the work began.
    pub events: u64,
}

/// Hears how far the work has come; `false` calls it off.
pub(crate) type Watch<'a> = &'a mut dyn FnMut(Progress) -> bool;

/// Sizes of the work.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Rows of one table that stay in memory after a flush.
    pub cached_rows: usize,
    /// Changed rows of one table that are written before the batch ends: a flush shorter than the feed's lead keeps
    /// all threads at work.
    pub dirty_rows: usize,
    /// Events folded between two commits while catching up. A new file is committed once.
    pub commit_events: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { cached_rows: 250_000, dirty_rows: 16_384, commit_events: 131_072 }
    }
}

/// What a database is kept for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Use {
    /// Read by others while it is written.
    Live,
    /// Read by nobody before it is finished: speed before safety.
    Building,
}

/// All read models in one database file, and the only connection that writes to it.
pub struct ReadModels {
    pub(crate) path: PathBuf,
    pub(crate) conn: Connection,
    pub(crate) models: Vec<Standing>,
    wanted: Wanted,
    pub(crate) limits: Limits,
    purpose: Use,
    uncommitted: u64,
    in_transaction: bool,
    /// A batch failed, and what the database holds was not read since.
    uncertain: bool,
    /// Positions are those of the log at hand.
    pub(crate) placed: bool,
}

/// One read model and how far it has come.
pub(crate) struct Standing {
    pub(crate) model: ReadModel,
    tables: Tables,
    pub(crate) at: Folded,
    /// Filled by another revision or from another history: stands still until it is rebuilt.
    pub(crate) stale: bool,
}

impl ReadModels {
    pub(crate) fn open_for(
        purpose: Use,
        path: &Path,
        models: &[ReadModel],
        limits: Limits,
    ) -> Result<Self, ProjectionError> {
        let conn = connect(purpose, path)?;
        schema::create_own_tables(&conn)?;
        let fresh = schema::is_empty(&conn)?;
        if fresh {
            let tx = conn.unchecked_transaction()?;
            for model in models {
                schema::create(&tx, model)?;
                if purpose == Use::Live {
                    schema::create_indexes(&tx, model)?;
                }
            }
            tx.commit()?;
        }
        let mut opened = Self::over(conn, path, models, limits)?;
        opened.purpose = purpose;
        Ok(opened)
    }

    /// Read models whose tables are there.
    pub(crate) fn over(
        conn: Connection,
        path: &Path,
        models: &[ReadModel],
        limits: Limits,
    ) -> Result<Self, ProjectionError> {
        let mut opened = Self {
            path: path.to_owned(),
            conn,
            models: models.iter().map(|&model| Standing::new(model)).collect(),
            wanted: Wanted::by(models.iter()),
            limits,
            purpose: Use::Live,
            uncommitted: 0,
            in_transaction: false,
            uncertain: false,
            placed: false,
        };
        opened.load_checkpoints()?;
        Ok(opened)
    }

    /// The read models that are kept up.
    pub(crate) fn read_models(&self) -> impl Iterator<Item = &ReadModel> + Clone {
        self.models.iter().filter(|standing| !standing.stale).map(|standing| &standing.model)
    }

    /// Position up to which every read model is filled; before the first run that of the log it was filled from.
    #[must_use]
    pub fn position(&self) -> Position {
        self.models.iter().map(|standing| standing.at.position).min().unwrap_or_default()
    }

    /// A connection for queries; it sees committed batches only.
    #[must_use]
    pub fn connection(&self) -> &Connection {
        &self.conn
    }

    /// Folds the pages that come and commits after the last.
    pub(crate) fn fold_pages(
        &mut self,
        pages: Receiver<Result<Arc<Page>, ProjectionError>>,
        back: &Sender<Arc<Page>>,
        goal: &Goal,
        watch: Watch<'_>,
    ) -> Result<(), ProjectionError> {
        let mut events = 0;
        let done = pages.into_iter().try_for_each(|page| {
            let page = page?;
            events += self.fold(&page)?;
            if self.purpose == Use::Live && self.uncommitted >= self.limits.commit_events {
                self.commit()?;
            }
            // Who is done feeding frees nothing any more; the page is then freed here.
            drop(back.send(page));
            let at = Progress { position: self.position(), goal: goal.position, events };
            if watch(at) { Ok(()) } else { Err(ProjectionError::CalledOff) }
        });
        self.finish(done)
    }

    /// Folds one page on this thread and commits it: for the live log, where pages are small.
    pub(crate) fn step(
        &mut self,
        store: &dyn EventStore,
        handle: &Handle,
        goal: &Goal,
    ) -> Result<(), ProjectionError> {
        self.know_checkpoints()?;
        let page = feed::page(store, handle, self.position(), goal, &self.wanted);
        let folded = page.and_then(|page| self.fold(&page).map(drop));
        self.finish(folded)
    }

    /// Folds facts in order and commits them in one transaction.
    #[cfg(test)]
    pub(crate) fn run_batch(&mut self, facts: &[crate::Fact]) -> Result<(), ProjectionError> {
        let folded = self.fold(&Page::of_facts(facts, &self.wanted)).map(drop);
        self.finish(folded)
    }

    /// Commits after good work; after an error keeps nothing of the batch at hand.
    fn finish(&mut self, done: Result<(), ProjectionError>) -> Result<(), ProjectionError> {
        let done = done.and_then(|()| self.commit());
        // A file that is being built is thrown away as a whole.
        if done.is_err() && self.purpose == Use::Live {
            self.roll_back();
        }
        done
    }

    /// Folds a page; tells how many events it has.
    fn fold(&mut self, page: &Page) -> Result<u64, ProjectionError> {
        let events = page.events_after(Position::START);
        if events == 0 {
            return Ok(0);
        }
        if !self.in_transaction {
            self.know_checkpoints()?;
            self.conn.execute_batch("BEGIN IMMEDIATE")?;
            self.in_transaction = true;
        }
        self.uncommitted += events;
        let (conn, limits) = (&self.conn, &self.limits);
        self.models.iter_mut().filter(|standing| !standing.stale).try_for_each(|standing| {
            standing.fold(conn, page)?;
            standing.flush(conn, limits.dirty_rows, limits)
        })?;
        Ok(events)
    }

    fn commit(&mut self) -> Result<(), ProjectionError> {
        if !self.in_transaction {
            return Ok(());
        }
        for standing in self.models.iter_mut().filter(|standing| !standing.stale) {
            standing.flush(&self.conn, 0, &self.limits)?;
            schema::save_checkpoint(&self.conn, &standing.model, &standing.at)?;
        }
        self.conn.execute_batch("COMMIT")?;
        self.in_transaction = false;
        self.uncommitted = 0;
        Ok(())
    }

    /// Ends the transaction and forgets what is not in the database. Where that fails too, it is done before the next one.
    fn roll_back(&mut self) {
        self.models.iter_mut().for_each(|standing| standing.tables.forget());
        self.uncommitted = 0;
        self.in_transaction = false;
        self.uncertain = true;
        if let Err(error) = self.know_checkpoints() {
            tracing::error!(
                error = error.chain(),
                "a batch of read models could not be rolled back"
            );
        }
    }

    /// Reads the checkpoints again after a batch that failed.
    pub(crate) fn know_checkpoints(&mut self) -> Result<(), ProjectionError> {
        if !self.uncertain {
            return Ok(());
        }
        // After some errors SQLite has rolled back by itself.
        if !self.conn.is_autocommit() {
            self.conn.execute_batch("ROLLBACK")?;
        }
        self.load_checkpoints()?;
        self.uncertain = false;
        Ok(())
    }

    pub(crate) fn load_checkpoints(&mut self) -> Result<(), ProjectionError> {
        let known = schema::checkpoints(&self.conn)?;
        for standing in &mut self.models {
            let own = known.iter().find(|line| line.projection == standing.model.name);
            let current = own
                .filter(|line| line.revision == standing.model.revision && line.folded.is_placed());
            standing.stale = current.is_none();
            standing.at = current.map(|line| line.folded.clone()).unwrap_or_default();
            if !standing.stale && standing.at.position == Position::START {
                standing.tables.are_complete();
            }
        }
        Ok(())
    }
}

impl Standing {
    fn new(model: ReadModel) -> Self {
        let tables = Tables::new(model.tables);
        Self { model, tables, at: Folded::default(), stale: false }
    }

    /// Writes the changed rows of each table that has more than `least` of them.
    fn flush(
        &mut self,
        conn: &Connection,
        least: usize,
        limits: &Limits,
    ) -> Result<(), ProjectionError> {
        let (projection, position) = (self.model.name, self.at.position);
        let flushed = self.tables.flush(conn, least, limits.cached_rows);
        flushed.map_err(|source| ProjectionError::Rows { projection, position, source })
    }

    /// Folds what the page holds after the last event seen.
    fn fold(&mut self, conn: &Connection, page: &Page) -> Result<(), ProjectionError> {
        let seen = self.at.position;
        let (Some(end), Some((recorded_at, last))) = (page.end(), &page.last) else {
            return Ok(());
        };
        if end <= seen {
            return Ok(());
        }
        let mut rows = self.tables.rows(conn);
        let new = page.facts.iter().filter(|fact| fact.position > seen);
        for fact in new.filter(|fact| self.model.reads.contains(&fact.event.category())) {
            (self.model.apply)(fact, &mut rows);
            if let Some(source) = rows.failure() {
                let projection = self.model.name;
                return Err(ProjectionError::Rows { projection, position: fact.position, source });
            }
        }
        self.at = Folded {
            position: end,
            events: self.at.events + page.events_after(seen),
            recorded_at: Some(*recorded_at),
            last: Some(last.clone()),
        };
        Ok(())
    }
}

pub(crate) fn connect(purpose: Use, path: &Path) -> Result<Connection, ProjectionError> {
    let conn = Connection::open(path)?;
    conn.busy_timeout(Duration::from_secs(10))?;
    conn.set_prepared_statement_cache_capacity(128);
    conn.execute_batch(match purpose {
        // Derived data: a commit lost with the power is folded again.
        Use::Live => {
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -32000;"
        }
        // A file that breaks while it is built is thrown away.
        Use::Building => {
            "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE;
             PRAGMA cache_size = -64000; PRAGMA temp_store = MEMORY; PRAGMA threads = 2;"
        }
    })?;
    Ok(conn)
}

/// A connection that only reads a read database.
///
/// # Errors
/// What SQLite says.
pub fn open_reader(path: &Path) -> Result<Connection, rusqlite::Error> {
    let conn = Connection::open_with_flags(
        path,
        OpenFlags::SQLITE_OPEN_READ_ONLY
            | OpenFlags::SQLITE_OPEN_NO_MUTEX
            | OpenFlags::SQLITE_OPEN_URI,
    )?;
    conn.busy_timeout(Duration::from_secs(5))?;
    conn.set_prepared_statement_cache_capacity(128);
    Ok(conn)
}
