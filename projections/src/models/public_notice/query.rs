use domain::{NoticeId, ResolutionId, UnitCode};
use rusqlite::Connection;

use super::rows::{Notice, Objection, ObjectionText, Posting, Resolution, Status, SubjectKind};
use crate::engine::query::{Direction, Page, PageRequest, QueryError, Select, find};

/// Which notices a list shows.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Only those published by this unit or one below it.
    pub within: Option<UnitCode>,
    /// Only about this.
    pub subject: Option<SubjectKind>,
    /// Only those that stand so.
    pub status: Option<Status>,
    /// Only those of this resolution and of its completions.
    pub resolution: Option<ResolutionId>,
}

/// Notices, the latest number first.
///
/// # Errors
/// See [`QueryError`].
pub fn board(
    conn: &Connection,
    filter: &Filter,
    page: &PageRequest,
) -> Result<Page<Notice>, QueryError> {
    Select::<Notice>::ordered(&["year", "serial"], Direction::Descending)
        .within("unit", filter.within.as_ref())
        .filter("subject", "=", filter.subject.map(SubjectKind::as_str))?
        .filter("status", "=", filter.status.map(Status::as_str))?
        .filter("resolution", "=", filter.resolution.map(|id| id.to_string()))?
        .page(conn, page)
}

/// Notices, the latest number first; only those of a status, where one is given.
///
/// # Errors
/// See [`QueryError`].
pub fn list(
    conn: &Connection,
    status: Option<Status>,
    page: &PageRequest,
) -> Result<Page<Notice>, QueryError> {
    board(conn, &Filter { status, ..Filter::default() }, page)
}

/// One notice.
///
/// # Errors
/// See [`QueryError`].
pub fn get(conn: &Connection, notice: &NoticeId) -> Result<Option<Notice>, QueryError> {
    find(conn, notice)
}

/// How the objections to a notice were dealt with.
///
/// # Errors
/// See [`QueryError`].
pub fn objections(
    conn: &Connection,
    notice: &NoticeId,
    page: &PageRequest,
) -> Result<Page<Objection>, QueryError> {
    Select::<Objection>::ordered(&["objection"], Direction::Ascending)
        .filter("notice", "=", Some(notice.as_str()))?
        .page(conn, page)
}

/// How one objection to a notice was dealt with.
///
/// # Errors
/// See [`QueryError`].
pub fn objection(
    conn: &Connection,
    notice: &NoticeId,
    objection: u32,
) -> Result<Option<Objection>, QueryError> {
    find(conn, &(notice.clone(), objection))
}

/// The boards on which a notice hung, with the digests of their photographs.
///
/// # Errors
/// See [`QueryError`].
pub fn postings(
    conn: &Connection,
    notice: &NoticeId,
    page: &PageRequest,
) -> Result<Page<Posting>, QueryError> {
    Select::<Posting>::ordered(&["version", "n"], Direction::Ascending)
        .filter("notice", "=", Some(notice.as_str()))?
        .page(conn, page)
}

/// How one objection to a resolution was dealt with.
///
/// # Errors
/// See [`QueryError`].
pub fn objection_to(
    conn: &Connection,
    resolution: ResolutionId,
    objection: u32,
) -> Result<Option<Objection>, QueryError> {
    let periods = find::<Resolution>(conn, &resolution)?.map_or(0, |known| known.periods);
    for period in (1..=periods).rev() {
        let found =
            find::<Objection>(conn, &(NoticeId::resolution(resolution, period), objection))?;
        if found.is_some() {
            return Ok(found);
        }
    }
    Ok(None)
}

/// What an objection says and the answer to it. Not for the public.
///
/// # Errors
/// See [`QueryError`].
pub fn objection_text(
    conn: &Connection,
    notice: &NoticeId,
    objection: u32,
) -> Result<Option<ObjectionText>, QueryError> {
    find(conn, &(notice.clone(), objection))
}
