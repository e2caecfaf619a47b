//! 到期事项: what the scheduler has to do, read from tables of several read models.

use domain::{NoticeId, PersonId};
use jiff::civil::Date;
use rusqlite::Connection;

use crate::column;
use crate::query::QueryError;

/// Notices with a stream of their own whose last day is before `today` and that no open objection holds, at most `limit`.
///
/// # Errors
/// See [`QueryError`].
pub fn notices(conn: &Connection, today: Date, limit: u32) -> Result<Vec<NoticeId>, QueryError> {
    let mut query = conn.prepare_cached(
        "SELECT notice FROM public_notice
         WHERE status = 'open' AND closes_on < ?1 AND objections_open = 0 AND resolution IS NULL
         ORDER BY closes_on, notice LIMIT ?2",
    )?;
    let found = query.query_map((today.to_string(), limit), |row| column::read(row, 0))?;
    Ok(found.collect::<Result<_, _>>()?)
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
    let mut query = conn.prepare_cached(
        "SELECT account FROM points_account
         WHERE next_expiry < ?1 AND account <> 'issuer' ORDER BY next_expiry, account LIMIT ?2",
    )?;
    let found = query.query_map((today.to_string(), limit), |row| column::read(row, 0))?;
    Ok(found.collect::<Result<_, _>>()?)
}
