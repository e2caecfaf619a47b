//! 到期事项: what the scheduler has to do, read from tables of several read models.

use std::ops::RangeInclusive;

use domain::{
    ActivityId, IssueId, MeetingId, Month, NoticeId, PersonId, ResolutionId, SurveyId, UnitCode,
    start_of_day,
};
use jiff::civil::Date;
use rusqlite::Connection;

use super::meeting_calendar;
use crate::engine::column::{self, Column, utc};
use crate::engine::query::QueryError;

/// Notices with a stream of their own whose last day is before `today`, that no open objection holds and that wait for no
/// dismissed one to be taken further, at most `limit`.
///
/// # Errors
/// See [`QueryError`].
pub fn notices(conn: &Connection, today: Date, limit: u32) -> Result<Vec<NoticeId>, QueryError> {
    let sql = "SELECT notice FROM public_notice AS n
         WHERE status = 'open' AND closes_on < ?1 AND objections_open = 0 AND resolution IS NULL
           AND NOT EXISTS (SELECT 1 FROM notice_objection AS o
                           WHERE o.notice = n.notice AND o.escalate_until >= ?1)
         ORDER BY closes_on, notice LIMIT ?2";
    found(conn, sql, today, limit)
}

/// Volunteers with points whose last day of use is before `today`, at most `limit`.
///
/// # Errors
/// See [`QueryError`].
pub fn expiring_accounts(
    conn: &Connection,
    today: Date,
    limit: u32,
) -> Result<Vec<PersonId>, QueryError> {
    let sql = "SELECT account FROM points_account
         WHERE next_expiry < ?1 AND account <> 'issuer' ORDER BY next_expiry, account LIMIT ?2";
    found(conn, sql, today, limit)
}

/// Who is still checked in to an activity that nobody closed, although a whole day has passed since its announced end, at most
/// `limit`: work may go on past that, and is closed when it is done.
///
/// # Errors
/// See [`QueryError`].
pub fn presences_to_end(
    conn: &Connection,
    today: Date,
    limit: u32,
) -> Result<Vec<(ActivityId, PersonId)>, QueryError> {
    let sql = "SELECT p.activity, p.volunteer FROM activity_board AS a
         JOIN activity_participant AS p ON p.activity = a.activity
         WHERE a.state = 'running' AND a.ends_at < ?1
           AND p.checked_in_at IS NOT NULL AND p.checked_out_at IS NULL
         ORDER BY a.ends_at, p.activity, p.volunteer LIMIT ?2";
    let before = today.yesterday().unwrap_or(today);
    pairs(conn, sql, utc(start_of_day(before)), limit)
}

/// Issues without an answer whose last day for it is before `today`, where that is not on record yet, at most `limit`.
///
/// # Errors
/// See [`QueryError`].
pub fn issues_to_answer(
    conn: &Connection,
    today: Date,
    limit: u32,
) -> Result<Vec<IssueId>, QueryError> {
    let sql = "SELECT issue FROM issue_register
         WHERE answered_at IS NULL AND answer_due < ?1 AND answer_overdue = 0
         ORDER BY answer_due, issue LIMIT ?2";
    found(conn, sql, today, limit)
}

/// Issues that were passed on and are not replied to, whose last day for that is before `today`, where that is not on record
/// yet, at most `limit`.
///
/// # Errors
/// See [`QueryError`].
pub fn routings_to_miss(
    conn: &Connection,
    today: Date,
    limit: u32,
) -> Result<Vec<IssueId>, QueryError> {
    let sql = "SELECT issue FROM issue_register
         WHERE routing_due < ?1 AND routing_replied_at IS NULL AND routing_overdue = 0
         ORDER BY routing_due, issue LIMIT ?2";
    found(conn, sql, today, limit)
}

/// Open objections to resolutions whose last day for the answer is before `today`, where that is not on record yet, at
/// most `limit`: the resolution and the number of the objection.
///
/// # Errors
/// See [`QueryError`].
pub fn objections_overdue(
    conn: &Connection,
    today: Date,
    limit: u32,
) -> Result<Vec<(ResolutionId, u32)>, QueryError> {
    let sql = "SELECT o.resolution, o.objection
         FROM notice_objection AS o JOIN execution_ledger AS l ON l.resolution = o.resolution
         WHERE o.verdict IS NULL AND o.answer_due < ?1 AND o.overdue_since IS NOT o.answer_due
           AND l.stage <> 'withdrawn'
         ORDER BY o.answer_due, o.resolution, o.objection LIMIT ?2";
    pairs(conn, sql, today, limit)
}

/// Open objections to notices with a stream of their own, likewise: the notice and the number of the objection.
///
/// # Errors
/// See [`QueryError`].
pub fn notice_objections_overdue(
    conn: &Connection,
    today: Date,
    limit: u32,
) -> Result<Vec<(NoticeId, u32)>, QueryError> {
    let sql = "SELECT o.notice, o.objection
         FROM notice_objection AS o JOIN public_notice AS n ON n.notice = o.notice
         WHERE o.verdict IS NULL AND o.answer_due < ?1 AND o.overdue_since IS NOT o.answer_due
           AND n.resolution IS NULL AND n.status = 'open'
         ORDER BY o.answer_due, o.notice, o.objection LIMIT ?2";
    pairs(conn, sql, today, limit)
}

/// Resolutions in execution whose last day is before `today`, where that is not on record yet, at most `limit`.
///
/// # Errors
/// See [`QueryError`].
pub fn executions_overdue(
    conn: &Connection,
    today: Date,
    limit: u32,
) -> Result<Vec<ResolutionId>, QueryError> {
    let sql = "SELECT resolution FROM execution_ledger
         WHERE stage = 'executing' AND due < ?1 AND overdue_since IS NULL
         ORDER BY due, resolution LIMIT ?2";
    found(conn, sql, today, limit)
}

/// Resolutions whose period ended before `today` with no objection open, at most `limit`.
///
/// # Errors
/// See [`QueryError`].
pub fn resolution_notices_to_close(
    conn: &Connection,
    today: Date,
    limit: u32,
) -> Result<Vec<ResolutionId>, QueryError> {
    let sql = "SELECT resolution FROM execution_ledger
         WHERE stage = 'publicised' AND closes_on < ?1 AND objections_open = 0
         ORDER BY closes_on, resolution LIMIT ?2";
    found(conn, sql, today, limit)
}

/// Issues dealt with before a meeting, and the first council meeting of those called after that – none that was entered from
/// paper – when it was sealed without ratifying them and that is not on record yet, at most `limit`.
///
/// # Errors
/// See [`QueryError`].
pub fn ratifications_to_miss(
    conn: &Connection,
    today: Date,
    limit: u32,
) -> Result<Vec<(IssueId, MeetingId)>, QueryError> {
    let sql = "SELECT i.issue, m.meeting FROM issue_register AS i JOIN meeting AS m ON m.meeting = (
             SELECT n.meeting FROM meeting AS n
             WHERE n.station = i.station AND n.status = 'sealed' AND n.body = 'council'
               AND NOT n.backfilled AND n.convened_at > i.expedited_at AND n.held_on <= ?1
             ORDER BY n.starts_at, n.meeting LIMIT 1)
         WHERE i.expedited IS NOT NULL AND i.ratified_at IS NULL AND i.stage <> 'rejected'
           AND i.ratification_missed_by IS NOT m.meeting
           AND NOT EXISTS (
             SELECT 1 FROM meeting_topic AS t
             WHERE t.meeting = m.meeting AND t.issue = i.issue AND t.ratifies AND t.outcome = 'adopted')
         ORDER BY i.expedited_at, i.issue LIMIT ?2";
    pairs(conn, sql, today, limit)
}

/// Surveys whose last day is before `today`, at most `limit`.
///
/// # Errors
/// See [`QueryError`].
pub fn surveys_to_close(
    conn: &Connection,
    today: Date,
    limit: u32,
) -> Result<Vec<SurveyId>, QueryError> {
    let sql = "SELECT survey FROM survey_result
         WHERE closed_at IS NULL AND closes_on < ?1 ORDER BY closes_on, survey LIMIT ?2";
    found(conn, sql, today, limit)
}

/// Service records whose last day waits for the notice about the holidays of a year that is `known` now, at most `limit`.
///
/// # Errors
/// See [`QueryError`].
pub fn records_to_settle(
    conn: &Connection,
    known: RangeInclusive<i16>,
    limit: u32,
) -> Result<Vec<(PersonId, u32)>, QueryError> {
    let sql = "SELECT volunteer, record FROM service_provisional_due
         WHERE missing BETWEEN ?1 AND ?2 ORDER BY volunteer, record LIMIT ?3";
    let mut query = conn.prepare_cached(sql)?;
    let read = |row: &rusqlite::Row<'_>| Ok((column::read(row, 0)?, column::read(row, 1)?));
    let found = query.query_map((known.start(), known.end(), limit), read)?;
    Ok(found.collect::<Result<_, _>>()?)
}

/// Stations and the months that passed, with the days for the minutes, without a meeting, where that is not on record
/// yet, at most `limit`.
///
/// # Errors
/// See [`QueryError`].
pub fn stations_to_miss(
    conn: &Connection,
    today: Date,
    minutes_days: u8,
    limit: u32,
) -> Result<Vec<(UnitCode, Month)>, QueryError> {
    meeting_calendar::owed(conn, today, minutes_days, limit)
}

fn found<T: Column>(
    conn: &Connection,
    sql: &str,
    today: Date,
    limit: u32,
) -> Result<Vec<T>, QueryError> {
    let mut query = conn.prepare_cached(sql)?;
    let found = query.query_map((today.to_string(), limit), |row| column::read(row, 0))?;
    Ok(found.collect::<Result<_, _>>()?)
}

fn pairs<A: Column, B: Column>(
    conn: &Connection,
    sql: &str,
    before: impl ToString,
    limit: u32,
) -> Result<Vec<(A, B)>, QueryError> {
    let mut query = conn.prepare_cached(sql)?;
    let pair = |row: &rusqlite::Row<'_>| Ok((column::read(row, 0)?, column::read(row, 1)?));
    let found = query.query_map((before.to_string(), limit), pair)?;
    Ok(found.collect::<Result<_, _>>()?)
}

#[cfg(test)]
mod tests;
