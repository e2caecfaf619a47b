//! Rows of one table, held back from the database until a batch ends.

use std::any::Any;
use std::cmp::Ordering;
use std::collections::{BTreeSet, HashSet};
use std::ops::{Bound, RangeBounds};

use foldhash::fast::RandomState;
use indexmap::IndexMap;
use rusqlite::{Connection, Result};

use crate::engine::row::Row;

/// Flushes for which an untouched row stays in a cache that is too full.
const KEPT_FLUSHES: u32 = 2;

/// What is known of one key.
struct Slot<R> {
    row: Option<R>,
    /// The database does not say the same yet.
    dirty: bool,
    /// The database may hold a row under this key.
    stored: bool,
    /// How many flushes there had been when it was last asked for.
    touched: u32,
}

/// Rows of one table. Those that came at the same time lie side by side: most facts are about what is recent.
pub(crate) struct Cache<R: Row> {
    slots: IndexMap<R::Key, Slot<R>, RandomState>,
    /// Places of the dirty slots.
    dirty: Vec<usize>,
    /// How many rows were deleted since those that were never stored were last forgotten.
    deleted: usize,
    /// Rows that are only written, never looked at again.
    appended: Vec<R>,
    /// What is not here is not in the database either.
    complete: bool,
    flushes: u32,
    /// What walks need, once there was one.
    walked: Option<Walked<R::Key>>,
    sql: Sql,
}

/// What a table that is walked knows besides, until rows leave the memory.
struct Walked<K> {
    /// The keys of all slots, in order.
    order: BTreeSet<K>,
    /// Ranges of which every row that the database holds has a slot.
    loaded: HashSet<Range<K>, RandomState>,
}

type Range<K> = (Bound<K>, Bound<K>);

/// The statements of one table, written once.
struct Sql {
    all: String,
    key: String,
    select: String,
    replace: String,
    insert: String,
    delete: String,
}

impl Sql {
    fn of<R: Row>() -> Self {
        let columns: Vec<&str> = R::COLUMNS.iter().map(|column| column.name).collect();
        let values: Vec<String> = (1..=columns.len()).map(|at| format!("?{at}")).collect();
        let is_key: Vec<String> = columns
            .iter()
            .take(R::KEY_COLUMNS)
            .zip(1..)
            .map(|(name, at)| format!("{name} = ?{at}"))
            .collect();
        let (table, columns) = (R::TABLE, columns.join(", "));
        let (values, is_key) = (values.join(", "), is_key.join(" AND "));
        let key: Vec<&str> =
            R::COLUMNS.iter().take(R::KEY_COLUMNS).map(|column| column.name).collect();
        Self {
            all: format!("SELECT {columns} FROM {table}"),
            key: format!("({})", key.join(", ")),
            select: format!("SELECT {columns} FROM {table} WHERE {is_key}"),
            replace: format!("REPLACE INTO {table} ({columns}) VALUES ({values})"),
            insert: format!("INSERT INTO {table} ({columns}) VALUES ({values})"),
            delete: format!("DELETE FROM {table} WHERE {is_key}"),
        }
    }

    /// The rows of a range: the key of its start is bound first, that of its end behind it.
    fn range<K>(&self, (start, end): &Range<K>, key_columns: usize) -> String {
        let mut bound = 0;
        let mut side = |sign: &str| {
            let marks: Vec<String> =
                (1..=key_columns).map(|at| format!("?{}", bound + at)).collect();
            bound += key_columns;
            format!("{} {sign} ({})", self.key, marks.join(", "))
        };
        let start = match start {
            Bound::Included(_) => Some(side(">=")),
            Bound::Excluded(_) => Some(side(">")),
            Bound::Unbounded => None,
        };
        let end = match end {
            Bound::Included(_) => Some(side("<=")),
            Bound::Excluded(_) => Some(side("<")),
            Bound::Unbounded => None,
        };
        let conditions: Vec<String> = start.into_iter().chain(end).collect();
        let which = if conditions.is_empty() { "" } else { " WHERE " };
        format!("{}{which}{}", self.all, conditions.join(" AND "))
    }
}

impl<R: Row> Default for Cache<R> {
    fn default() -> Self {
        Self {
            slots: IndexMap::default(),
            dirty: Vec::new(),
            deleted: 0,
            appended: Vec::new(),
            complete: false,
            flushes: 0,
            walked: None,
            sql: Sql::of::<R>(),
        }
    }
}

impl<R: Row> Cache<R> {
    pub(crate) fn get(&mut self, conn: &Connection, key: &R::Key) -> Result<Option<&R>> {
        let place = self.load(conn, key)?;
        Ok(place.and_then(|place| self.slots[place].row.as_ref()))
    }

    /// The row for changing, if there is one.
    pub(crate) fn get_mut(&mut self, conn: &Connection, key: &R::Key) -> Result<Option<&mut R>> {
        let place = self.load(conn, key)?;
        let there = place.filter(|&place| self.slots[place].row.is_some());
        Ok(there.and_then(|place| self.change(place).as_mut()))
    }

    /// The row for changing, `new` where there was none.
    pub(crate) fn upsert(
        &mut self,
        conn: &Connection,
        key: &R::Key,
        new: impl FnOnce() -> R,
    ) -> Result<&mut R> {
        let known = self.load(conn, key)?;
        let place = known.unwrap_or_else(|| self.insert(key, None, false));
        Ok(self.change(place).get_or_insert_with(new))
    }

    pub(crate) fn put(&mut self, row: R) {
        let place = self.place(&row.key());
        *self.change(place) = Some(row);
    }

    pub(crate) fn delete(&mut self, key: &R::Key) {
        let place = self.place(key);
        *self.change(place) = None;
        self.deleted += 1;
    }

    pub(crate) fn append(&mut self, row: R) {
        self.appended.push(row);
    }

    /// The rows whose keys lie in a range, in the order of their keys. What the database holds of a range is loaded the first
    /// time that it is walked.
    pub(crate) fn range(
        &mut self,
        conn: &Connection,
        keys: impl RangeBounds<R::Key>,
    ) -> Result<impl DoubleEndedIterator<Item = &R>> {
        debug_assert!(self.appended.is_empty(), "rows that were appended are not walked");
        let keys = (keys.start_bound().cloned(), keys.end_bound().cloned());
        let known = self.walked.as_ref().is_some_and(|walked| walked.loaded.contains(&keys));
        let loaded =
            if known || self.complete { Vec::new() } else { self.load_range(conn, &keys)? };
        for row in loaded {
            let key = row.key();
            if !self.slots.contains_key(&key) {
                self.insert(&key, Some(row), true);
            }
        }
        let slots = &self.slots;
        let walked = self.walked.get_or_insert_with(|| Walked {
            order: slots.keys().cloned().collect(),
            loaded: HashSet::default(),
        });
        if !known && !self.complete {
            walked.loaded.insert(keys.clone());
        }
        Ok(walked.order.range(keys).filter_map(|key| slots.get(key)?.row.as_ref()))
    }

    fn load_range(&self, conn: &Connection, keys: &Range<R::Key>) -> Result<Vec<R>> {
        let mut statement = conn.prepare_cached(&self.sql.range(keys, R::KEY_COLUMNS))?;
        let mut first = 1;
        for side in [&keys.0, &keys.1] {
            if let Bound::Included(key) | Bound::Excluded(key) = side {
                R::bind_key(key, first, &mut statement)?;
                first += R::KEY_COLUMNS;
            }
        }
        let mut found = statement.raw_query();
        let mut rows = Vec::new();
        while let Some(row) = found.next()? {
            let row = R::read(row)?;
            debug_assert!(keys.contains(&row.key()), "SQLite orders keys as their types do");
            rows.push(row);
        }
        Ok(rows)
    }

    /// The place of a key of which something is known; none where there can be no row.
    fn load(&mut self, conn: &Connection, key: &R::Key) -> Result<Option<usize>> {
        if let Some(place) = self.find(key) {
            return Ok(Some(place));
        }
        if self.complete {
            return Ok(None);
        }
        let row = select::<R>(conn, &self.sql.select, key)?;
        let stored = row.is_some();
        Ok(Some(self.insert(key, row, stored)))
    }

    /// The place of a key about to be written, whatever the database holds.
    fn place(&mut self, key: &R::Key) -> usize {
        let stored = !self.complete;
        self.find(key).unwrap_or_else(|| self.insert(key, None, stored))
    }

    fn find(&mut self, key: &R::Key) -> Option<usize> {
        let (place, _, slot) = self.slots.get_full_mut(key)?;
        slot.touched = self.flushes;
        Some(place)
    }

    fn insert(&mut self, key: &R::Key, row: Option<R>, stored: bool) -> usize {
        let slot = Slot { row, dirty: false, stored, touched: self.flushes };
        if let Some(walked) = &mut self.walked {
            walked.order.insert(key.clone());
        }
        self.slots.insert_full(key.clone(), slot).0
    }

    /// What will be written.
    fn change(&mut self, place: usize) -> &mut Option<R> {
        let slot = &mut self.slots[place];
        if !slot.dirty {
            slot.dirty = true;
            self.dirty.push(place);
        }
        &mut slot.row
    }

    fn waiting(&self) -> usize {
        self.dirty.len() + self.appended.len()
    }

    /// Forgets keys under which there is no row, neither here nor in the database.
    fn forget_gone(&mut self) {
        self.slots.retain(|_, slot| slot.row.is_some() || slot.stored);
        if let Some(walked) = &mut self.walked {
            walked.order.retain(|key| self.slots.contains_key(key));
        }
        self.dirty.clear();
        let dirty = self.slots.values().enumerate().filter(|(_, slot)| slot.dirty);
        self.dirty.extend(dirty.map(|(place, _)| place));
        self.deleted = 0;
    }

    /// Neighbours in the table are written one after the other.
    fn write(&mut self, conn: &Connection) -> Result<()> {
        let slots = &mut self.slots;
        let key = |place: usize| slots.get_index(place).map(|(key, _)| key);
        sort(&mut self.dirty, &|one, other| key(one).cmp(&key(other)));
        let mut replace = conn.prepare_cached(&self.sql.replace)?;
        for place in self.dirty.drain(..) {
            let Some((key, slot)) = slots.get_index_mut(place) else { continue };
            slot.dirty = false;
            match &slot.row {
                Some(row) => {
                    row.bind(&mut replace)?;
                    replace.raw_execute()?;
                    slot.stored = true;
                }
                None if slot.stored => {
                    remove::<R>(conn, &self.sql.delete, key)?;
                    slot.stored = false;
                }
                None => {}
            }
        }
        Ok(())
    }

    fn write_appended(&mut self, conn: &Connection) -> Result<()> {
        let keys: Vec<_> = self.appended.iter().map(Row::key).collect();
        let mut places: Vec<_> = (0..keys.len()).collect();
        sort(&mut places, &|one, other| keys[one].cmp(&keys[other]));
        let mut add = conn.prepare_cached(&self.sql.insert)?;
        for place in places {
            self.appended[place].bind(&mut add)?;
            add.raw_execute()?;
        }
        self.appended.clear();
        Ok(())
    }
}

/// Sorts places by what stands there. All tables share one sort: a copy for each would be a megabyte of code.
fn sort(places: &mut [usize], compare: &dyn Fn(usize, usize) -> Ordering) {
    places.sort_unstable_by(|one, other| compare(*one, *other));
}

/// A cache, whatever its rows are.
pub(crate) trait AnyCache: Send {
    /// For finding the typed cache again.
    fn as_any(&mut self) -> &mut dyn Any;
    /// Says that the table is empty, so that what is not here need not be looked for.
    fn is_complete(&mut self);
    /// Writes what changed if that is more than `least` rows; afterwards keeps about `most` rows at most.
    fn flush(&mut self, conn: &Connection, least: usize, most: usize) -> Result<()>;
    /// Forgets everything, also what was not written.
    fn forget(&mut self);
}

impl<R: Row> AnyCache for Cache<R> {
    fn as_any(&mut self) -> &mut dyn Any {
        self
    }

    fn is_complete(&mut self) {
        self.complete = true;
    }

    fn flush(&mut self, conn: &Connection, least: usize, most: usize) -> Result<()> {
        if self.waiting() <= least {
            return Ok(());
        }
        // Each deletion pays for a few slots that are looked at.
        if self.deleted > self.slots.len() / 8 {
            self.forget_gone();
            if self.waiting() <= least / 2 {
                return Ok(());
            }
        }
        if !self.dirty.is_empty() {
            self.write(conn)?;
        }
        if !self.appended.is_empty() {
            self.write_appended(conn)?;
            self.complete = false;
        }
        self.flushes += 1;
        if self.slots.len() > most {
            let now = self.flushes;
            self.slots.retain(|_, slot| slot.touched + KEPT_FLUSHES >= now);
            if self.slots.len() > most {
                self.slots.clear();
            }
            self.complete = false;
            self.walked = None;
        }
        Ok(())
    }

    fn forget(&mut self) {
        *self = Self::default();
    }
}

fn select<R: Row>(conn: &Connection, sql: &str, key: &R::Key) -> Result<Option<R>> {
    let mut statement = conn.prepare_cached(sql)?;
    R::bind_key(key, 1, &mut statement)?;
    let mut found = statement.raw_query();
    found.next()?.map(R::read).transpose()
}

fn remove<R: Row>(conn: &Connection, sql: &str, key: &R::Key) -> Result<()> {
    let mut statement = conn.prepare_cached(sql)?;
    R::bind_key(key, 1, &mut statement)?;
    statement.raw_execute().map(drop)
}

/// The row under a key, as the database has it.
///
/// # Errors
/// What SQLite says.
pub(crate) fn find<R: Row>(conn: &Connection, key: &R::Key) -> Result<Option<R>> {
    select(conn, &Sql::of::<R>().select, key)
}
