//! Everybody registered, for whoever compares them with a list.

use domain::{PersonId, UnitCode};
use rusqlite::Connection;

use super::states::{RealName, Status};
use crate::engine::column;
use crate::engine::query::QueryError;

/// Somebody registered, as far as a roster is held against them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Registered {
    /// 志愿者编号.
    pub volunteer: PersonId,
    /// 单位.
    pub unit: UnitCode,
    /// Whether they withdrew.
    pub withdrawn: bool,
    /// What rosters said before.
    pub real_name: RealName,
}

/// Everybody registered whose personal data is there, also who withdrew; by number.
///
/// # Errors
/// See [`QueryError`].
pub fn registered(conn: &Connection) -> Result<Vec<Registered>, QueryError> {
    let mut query = conn.prepare_cached(
        "SELECT volunteer, unit, status, real_name FROM volunteer_archive
         WHERE status <> 'erased' ORDER BY volunteer",
    )?;
    let people = query.query_map([], |row| {
        Ok(Registered {
            volunteer: column::read(row, 0)?,
            unit: column::read(row, 1)?,
            withdrawn: column::read::<Status>(row, 2)? == Status::Withdrawn,
            real_name: column::read(row, 3)?,
        })
    })?;
    Ok(people.collect::<Result<_, _>>()?)
}
