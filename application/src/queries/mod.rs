//! What one can ask: a file a read model. A query settles who may ask, what of it they may see, and the moment; it
//! returns rows, and whoever asked writes them out.

mod activities;
mod annexes;
mod audit;
mod bulletins;
mod comparisons;
mod imports;
mod issues;
mod meetings;
mod monthly_report;
mod notices;
mod people;
mod points_bank;
mod public;
mod quota;
mod reader;
mod resolutions;
mod rulebook;
mod services;
mod setup;
mod stations;
mod surveys;
mod units;
mod volunteers;
mod worklist;

use std::sync::Arc;

use domain::permission::{self, Act, Scope};
use domain::{Actor, Aggregate, UnitCode};
use event_store::{Position, Version};
use projections::{AsOf, Checkpoint, Page, PageRequest, QueryError, checkpoints};
use tokio::sync::watch;

use crate::{App, Error, files};
pub use annexes::{MeetingRecord, Named, Naming, Present, RegisterLine, Shown};
pub use notices::ShownNotice;
pub use people::{Fields, Person};
pub use public::{
    Board, FollowedIssue, FollowedObjection, GoesOnAs, Held, OnAgenda, PublicResolution,
};
pub use reader::Moment;
use reader::{Reader, Seen};
pub use rulebook::Rulebook;
pub use setup::KnownHolidays;
pub use stations::{BoardStation, Seats, Topic};
pub use units::{Division, Unit};
pub use worklist::Tasks;

/// Rows read at once for a list of all rows.
const STEP: u32 = 500;
/// The most rows in a list of all rows.
const MOST_ROWS: usize = 200_000;

/// How a list is wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    /// The moment that it is about.
    pub moment: Moment,
    /// Where the page before ended; none for the first page.
    pub cursor: Option<String>,
    /// How many rows.
    pub extent: Extent,
}

/// How many rows of a list are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// At most so many.
    Page(u32),
    /// All, up to 200 000.
    All,
}

/// One thing, and how far its stream had come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Versioned<T> {
    /// What the read models tell of it.
    pub row: T,
    /// The version on which a command may insist. None in the past, and while the read models are behind the stream.
    pub version: Option<Version>,
}

/// The questions that the read models answer.
pub struct Queries {
    app: Arc<App>,
    reader: Reader,
}

impl Queries {
    /// Asks the read models of a data folder, which a runner keeps up to `position`.
    #[must_use]
    pub fn new(app: Arc<App>, as_of: Arc<AsOf>, position: watch::Receiver<Position>) -> Self {
        let (store, clock) = (Arc::clone(&app.store), Arc::clone(&app.clock));
        let reader = Reader::new(app.data.join(files::READ), as_of, store, position, clock);
        Self { app, reader }
    }

    /// Position up to which the read models tell everything.
    #[must_use]
    pub fn position(&self) -> Position {
        self.reader.position()
    }

    /// How far each read model has come.
    ///
    /// # Errors
    /// When the read models cannot be queried.
    pub async fn checkpoints(&self) -> Result<Vec<Checkpoint>, Error> {
        self.reader.ask(Moment::Now, |seen| Ok(checkpoints(seen.rows)?)).await
    }

    /// Rows of a list.
    async fn list<T: Send + 'static>(
        &self,
        view: &View,
        query: impl Fn(&Seen<'_>, &PageRequest) -> Result<Page<T>, QueryError> + Send + 'static,
    ) -> Result<Page<T>, Error> {
        let View { moment, cursor, extent } = view.clone();
        let ask = move |seen: &Seen<'_>| match extent {
            Extent::Page(limit) => query(seen, &PageRequest { after: cursor, limit }),
            Extent::All => all(cursor, |page| query(seen, page)),
        };
        self.reader.ask(moment, ask).await
    }

    /// One thing, where it is there at the moment, with the version of its stream.
    async fn one<A: Aggregate, T: Send + 'static>(
        &self,
        key: &str,
        moment: Moment,
        query: impl FnOnce(&Seen<'_>) -> Result<Option<T>, QueryError> + Send + 'static,
    ) -> Result<Option<Versioned<T>>, Error> {
        self.reader.reach(moment).await?;
        let version = match moment {
            Moment::Past(_) => None,
            Moment::Now | Moment::Reached(_) => self.app.version_of::<A>(key).await?,
        };
        // Whoever insists on a version must have seen all that it holds.
        let shown = version.filter(|(_, position)| *position <= self.position());
        let version = shown.map(|(version, _)| version);
        let found = self.reader.ask_reached(moment, query).await?;
        Ok(found.map(|row| Versioned { row, version }))
    }

    /// The unit that a list is narrowed to: the one asked for, if the account may see it; without one the account's own,
    /// where the table of permissions gives it its subtree only; else none.
    ///
    /// # Errors
    /// [`Error::Forbidden`].
    fn narrowed(
        &self,
        actor: &Actor,
        act: Act,
        asked: Option<UnitCode>,
    ) -> Result<Option<UnitCode>, Error> {
        let narrowed = match permission::scope(actor.role, act) {
            Some(Scope::Subtree) => asked.or_else(|| actor.unit.clone()),
            Some(Scope::County | Scope::Own) | None => asked,
        };
        self.app.permit(actor, act, narrowed.as_ref(), None)?;
        Ok(narrowed)
    }

    /// Everybody may ask for what is so now. The past takes work to build, so it takes an account.
    fn known_for_past(asker: Option<&Actor>, moment: Moment) -> Result<(), Error> {
        match (asker, moment) {
            (None, Moment::Past(_)) => Err(Error::AccountForPast),
            (Some(_), _) | (None, Moment::Now | Moment::Reached(_)) => Ok(()),
        }
    }
}

/// All rows, page after page.
fn all<T>(
    cursor: Option<String>,
    query: impl Fn(&PageRequest) -> Result<Page<T>, QueryError>,
) -> Result<Page<T>, QueryError> {
    let mut found = query(&PageRequest { after: cursor, limit: STEP })?;
    while found.items.len() < MOST_ROWS {
        let Some(after) = found.next.take() else { break };
        let more = query(&PageRequest { after: Some(after), limit: STEP })?;
        found.items.extend(more.items);
        found.next = more.next;
    }
    Ok(found)
}

/// A list that comes whole, whatever page is asked for.
fn whole<T>(items: Vec<T>) -> Page<T> {
    Page { items, next: None }
}

/// A page of rows that are all at hand. The cursor counts them.
fn cut<T>(rows: Vec<T>, view: &View) -> Result<Page<T>, QueryError> {
    let begin = view.cursor.as_ref().map_or(Ok(0), |cursor| cursor.parse());
    let begin: usize = begin.map_err(|_| QueryError::BadCursor)?;
    if begin > rows.len() {
        return Err(QueryError::BadCursor);
    }
    let most = match view.extent {
        Extent::Page(limit) => limit as usize,
        Extent::All => MOST_ROWS,
    };
    let more = rows.len() - begin > most;
    let items = rows.into_iter().skip(begin).take(most).collect();
    Ok(Page { items, next: more.then(|| (begin + most).to_string()) })
}
