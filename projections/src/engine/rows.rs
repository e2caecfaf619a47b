//! What a fold writes to: rows, typed, held back until the batch ends.

use std::any::TypeId;
use std::ops::RangeBounds;

use rusqlite::Connection;

use crate::engine::cache::{AnyCache, Cache};
use crate::engine::row::Row;
use crate::engine::table::TableDef;

/// The rows of one projection's own tables during a batch.
///
/// A fold cannot fail: when the database does, the error is kept here, whatever comes after changes nothing, and
/// the batch is rolled back as a whole.
pub struct Rows<'a> {
    conn: &'a Connection,
    tables: &'a mut Tables,
}

/// Why a batch cannot be kept.
#[derive(Debug, thiserror::Error)]
pub enum RowsError {
    /// SQLite refused.
    #[error("the read database failed")]
    Database(#[from] rusqlite::Error),
    /// A fold used a table that its projection does not declare.
    #[error("the fold uses table {0}, which its projection does not declare")]
    Undeclared(&'static str),
}

impl RowsError {
    /// Whether room, memory or open files were lacking.
    #[must_use]
    pub fn is_shortage(&self) -> bool {
        matches!(self, Self::Database(error) if event_store::shortage_of(error).is_some())
    }
}

/// The caches of one projection's tables.
pub(crate) struct Tables {
    caches: Vec<(TypeId, Box<dyn AnyCache>)>,
    failed: Option<RowsError>,
}

impl Tables {
    pub(crate) fn new(tables: &[TableDef]) -> Self {
        let typed = |table: &TableDef| {
            let mut cache = (table.cache)();
            (cache.as_any().type_id(), cache)
        };
        Self { caches: tables.iter().map(typed).collect(), failed: None }
    }

    /// Says that the tables are empty.
    pub(crate) fn are_complete(&mut self) {
        self.caches.iter_mut().for_each(|(_, cache)| cache.is_complete());
    }

    pub(crate) fn rows<'a>(&'a mut self, conn: &'a Connection) -> Rows<'a> {
        Rows { conn, tables: self }
    }

    /// Writes the changed rows of each table that has more than `least` of them; each keeps about `most` in memory.
    pub(crate) fn flush(
        &mut self,
        conn: &Connection,
        least: usize,
        most: usize,
    ) -> Result<(), RowsError> {
        if let Some(error) = self.failed.take() {
            return Err(error);
        }
        let mut caches = self.caches.iter_mut();
        caches.try_for_each(|(_, cache)| Ok(cache.flush(conn, least, most)?))
    }

    /// Forgets what was not written, and the error.
    pub(crate) fn forget(&mut self) {
        self.failed = None;
        self.caches.iter_mut().for_each(|(_, cache)| cache.forget());
    }

    /// Does something with the cache of these rows, unless an error is kept; keeps the error it gives.
    fn with<'a, R: Row, T>(
        &'a mut self,
        act: impl FnOnce(&'a mut Cache<R>) -> rusqlite::Result<T>,
    ) -> Option<T> {
        let Self { caches, failed } = self;
        if failed.is_some() {
            return None;
        }
        let wanted = TypeId::of::<Cache<R>>();
        let cache = caches.iter_mut().find(|(kind, _)| *kind == wanted);
        let done = match cache.and_then(|(_, cache)| cache.as_any().downcast_mut::<Cache<R>>()) {
            Some(cache) => act(cache).map_err(RowsError::from),
            None => Err(RowsError::Undeclared(R::TABLE)),
        };
        done.map_err(|error| *failed = Some(error)).ok()
    }
}

impl Rows<'_> {
    /// The row under a key, as the facts so far have made it.
    pub fn get<R: Row>(&mut self, key: &R::Key) -> Option<&R> {
        self.tables.with::<R, _>(|cache| cache.get(self.conn, key)).flatten()
    }

    /// The rows whose keys lie in a range, in the order of their keys; of a table to which nothing is appended. A range that
    /// was walked before is in memory.
    pub fn range<R: Row>(
        &mut self,
        keys: impl RangeBounds<R::Key>,
    ) -> impl DoubleEndedIterator<Item = &R> {
        self.tables.with::<R, _>(|cache| cache.range(self.conn, keys)).into_iter().flatten()
    }

    /// Changes the row under a key. Gives what `change` gives; none when there is no such row.
    pub fn update<R: Row, T>(
        &mut self,
        key: &R::Key,
        change: impl FnOnce(&mut R) -> T,
    ) -> Option<T> {
        self.tables.with::<R, _>(|cache| cache.get_mut(self.conn, key)).flatten().map(change)
    }

    /// Changes the row under a key, after putting `new` there where there is none.
    pub fn upsert<R: Row>(
        &mut self,
        key: &R::Key,
        new: impl FnOnce() -> R,
        change: impl FnOnce(&mut R),
    ) {
        self.tables.with::<R, _>(|cache| cache.upsert(self.conn, key, new).map(change));
    }

    /// Puts a row under its key, in the place of one that may be there.
    pub fn put<R: Row>(&mut self, row: R) {
        self.tables.with::<R, _>(|cache| {
            cache.put(row);
            Ok(())
        });
    }

    /// Adds a row that no fold will look at again; there is none under its key.
    pub fn append<R: Row>(&mut self, row: R) {
        self.tables.with::<R, _>(|cache| {
            cache.append(row);
            Ok(())
        });
    }

    /// Removes the row under a key, if there is one.
    pub fn delete<R: Row>(&mut self, key: &R::Key) {
        self.tables.with::<R, _>(|cache| {
            cache.delete(key);
            Ok(())
        });
    }

    /// The error that was kept, once.
    pub(crate) fn failure(&mut self) -> Option<RowsError> {
        self.tables.failed.take()
    }
}

#[cfg(test)]
mod tests;
