use domain::{ActivityId, PersonId, UnitCode};
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension};

use super::{ByActivity, ByOrganiser, ByVolunteer, Outcome, ServiceRecord, State};
use crate::engine::column;
use crate::engine::query::{Direction, Page, PageRequest, QueryError, Select, find};

/// Which records a list shows.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Only this volunteer's.
    pub volunteer: Option<PersonId>,
    /// Only of this activity.
    pub activity: Option<ActivityId>,
    /// Only of this organiser.
    pub organiser: Option<UnitCode>,
    /// Only in this state.
    pub state: Option<State>,
    /// Only those recorded late, or only those in time.
    pub late: Option<bool>,
    /// Only those under dispute, or only the others.
    pub disputed: Option<bool>,
}

/// Records by volunteer and number.
///
/// # Errors
/// See [`QueryError`].
pub fn records(
    conn: &Connection,
    filter: &Filter,
    page: &PageRequest,
) -> Result<Page<ServiceRecord>, QueryError> {
    Select::<ServiceRecord>::ordered(&["volunteer", "record"], Direction::Ascending)
        .filter("volunteer", "=", filter.volunteer.map(|id| id.to_string()))?
        .filter("activity", "=", filter.activity.map(|id| id.to_string()))?
        .filter("organiser", "=", filter.organiser.as_ref().map(UnitCode::as_str))?
        .filter("state", "=", filter.state.map(State::as_str))?
        .filter("late", "=", filter.late)?
        .filter("disputed", "=", filter.disputed)?
        .page(conn, page)
}

/// One record.
///
/// # Errors
/// See [`QueryError`].
pub fn record(
    conn: &Connection,
    volunteer: PersonId,
    record: u32,
) -> Result<Option<ServiceRecord>, QueryError> {
    find(conn, &(volunteer, record))
}

/// Sums by organiser; only of one, where one is given.
///
/// # Errors
/// See [`QueryError`].
pub fn organisers(
    conn: &Connection,
    organiser: Option<&UnitCode>,
    page: &PageRequest,
) -> Result<Page<ByOrganiser>, QueryError> {
    Select::<ByOrganiser>::ordered(&["organiser"], Direction::Ascending)
        .filter("organiser", "=", organiser.map(UnitCode::as_str))?
        .page(conn, page)
}

/// Sums of one activity.
///
/// # Errors
/// See [`QueryError`].
pub fn activity(conn: &Connection, activity: ActivityId) -> Result<Option<ByActivity>, QueryError> {
    find(conn, &activity)
}

/// Sums of one volunteer.
///
/// # Errors
/// See [`QueryError`].
pub fn volunteer(
    conn: &Connection,
    volunteer: PersonId,
) -> Result<Option<ByVolunteer>, QueryError> {
    find(conn, &volunteer)
}

/// End of a volunteer's latest attested service.
///
/// # Errors
/// See [`QueryError`].
pub fn last_served(
    conn: &Connection,
    volunteer: PersonId,
) -> Result<Option<Timestamp>, QueryError> {
    let mut query = conn.prepare_cached(
        "SELECT max(ended_at) FROM service_record WHERE volunteer = ?1 AND state = 'attested'",
    )?;
    let found = query.query_row([volunteer.to_string()], |row| column::read(row, 0)).optional()?;
    Ok(found.flatten())
}

/// What came of an activity's attested services.
///
/// # Errors
/// See [`QueryError`].
pub fn outcomes(conn: &Connection, activity: ActivityId) -> Result<Vec<Outcome>, QueryError> {
    let page = Select::<Outcome>::ordered(&["what"], Direction::Ascending)
        .filter("activity", "=", Some(activity.to_string()))?
        .page(conn, &PageRequest::default())?;
    Ok(page.items.into_iter().filter(|outcome| outcome.count != 0).collect())
}
