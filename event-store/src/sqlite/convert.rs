//! Between SQLite's words and ours.

use std::sync::Arc;

use rusqlite::ErrorCode;
use rusqlite::types::FromSqlError;

use crate::{Shortage, StoreError, shortage_of};

/// A stored value that no writer of ours can have written.
#[derive(Debug, thiserror::Error)]
#[error("the event at position {position} has an impossible {column}")]
pub(super) struct BadRow {
    pub(super) position: i64,
    pub(super) column: &'static str,
}

impl From<BadRow> for StoreError {
    fn from(row: BadRow) -> Self {
        Self::Corrupt(Arc::new(row))
    }
}

/// Sorts an error of SQLite by what its reader can do about it.
pub(super) fn sql(error: rusqlite::Error) -> StoreError {
    let code = error.sqlite_error_code();
    let damaged = matches!(
        error,
        rusqlite::Error::InvalidColumnType(..)
            | rusqlite::Error::IntegralValueOutOfRange(..)
            | rusqlite::Error::FromSqlConversionFailure(..)
    );
    let shortage = shortage_of(&error);
    let source = Arc::new(error);
    match code {
        _ if shortage == Some(Shortage::Room) => StoreError::Full(source),
        _ if shortage == Some(Shortage::Means) => StoreError::Exhausted(source),
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => StoreError::Busy(source),
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => StoreError::Corrupt(source),
        _ if damaged => StoreError::Corrupt(source),
        _ => StoreError::Io(source),
    }
}

/// A value of the wrong type in a row.
pub(super) fn mistyped(
    position: i64,
    column: &'static str,
) -> impl FnOnce(FromSqlError) -> StoreError {
    move |_| BadRow { position, column }.into()
}

/// A count from a row; none of ours is below zero.
pub(super) fn from_sql(n: i64) -> u64 {
    u64::try_from(n).unwrap_or(0)
}

/// SQLite counts in `i64`; nothing stands beyond its end.
pub(super) fn to_sql(n: u64) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}
