//! Rows of one table, held back from the database until a batch ends.

use std::any::Any;

use hashbrown::HashMap;
use hashbrown::hash_map::EntryRef;
use rusqlite::{Connection, Result};

use crate::table::Row;

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

impl<R: Row> Slot<R> {
    /// The row for changing; the key is noted among those that changed.
    fn change(&mut self, key: &R::Key, dirty: &mut Vec<R::Key>) -> &mut Option<R> {
        if !self.dirty {
            self.dirty = true;
            dirty.push(key.clone());
        }
        &mut self.row
    }
}

/// What is known of a key, and the keys that changed.
type Loaded<'a, R> = (Option<&'a mut Slot<R>>, &'a mut Vec<<R as Row>::Key>);

/// Rows of one table.
pub(crate) struct Cache<R: Row> {
    slots: HashMap<R::Key, Slot<R>>,
    /// Keys of the dirty slots.
    dirty: Vec<R::Key>,
    /// Rows that are only written, never looked at again.
    appended: Vec<R>,
    /// What is not here is not in the database either.
    complete: bool,
    flushes: u32,
    sql: Sql,
}

/// The statements of one table, written once.
struct Sql {
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
        Self {
            select: format!("SELECT {columns} FROM {table} WHERE {is_key}"),
            replace: format!("REPLACE INTO {table} ({columns}) VALUES ({values})"),
            insert: format!("INSERT INTO {table} ({columns}) VALUES ({values})"),
            delete: format!("DELETE FROM {table} WHERE {is_key}"),
        }
    }
}

impl<R: Row> Default for Cache<R> {
    fn default() -> Self {
        Self {
            slots: HashMap::default(),
            dirty: Vec::new(),
            appended: Vec::new(),
            complete: false,
            flushes: 0,
            sql: Sql::of::<R>(),
        }
    }
}

impl<R: Row> Cache<R> {
    pub(crate) fn get(&mut self, conn: &Connection, key: &R::Key) -> Result<Option<&R>> {
        Ok(self.load(conn, key)?.0.and_then(|slot| slot.row.as_ref()))
    }

    /// The row for changing, if there is one.
    pub(crate) fn get_mut(&mut self, conn: &Connection, key: &R::Key) -> Result<Option<&mut R>> {
        let (slot, dirty) = self.load(conn, key)?;
        let there = slot.filter(|slot| slot.row.is_some());
        Ok(there.and_then(|slot| slot.change(key, dirty).as_mut()))
    }

    /// The row for changing, `new` where there was none.
    pub(crate) fn upsert(
        &mut self,
        conn: &Connection,
        key: &R::Key,
        new: impl FnOnce() -> R,
    ) -> Result<&mut R> {
        self.load(conn, key)?;
        Ok(self.changing(key).get_or_insert_with(new))
    }

    pub(crate) fn put(&mut self, row: R) {
        let key = row.key();
        *self.changing(&key) = Some(row);
    }

    pub(crate) fn delete(&mut self, key: &R::Key) {
        *self.changing(key) = None;
    }

    pub(crate) fn append(&mut self, row: R) {
        self.appended.push(row);
    }

    /// What is known of a key, and where to note that it changes; nothing is known of a row that cannot be there.
    fn load(&mut self, conn: &Connection, key: &R::Key) -> Result<Loaded<'_, R>> {
        let touched = self.flushes;
        let slot = match self.slots.entry_ref(key) {
            EntryRef::Occupied(known) => {
                let slot = known.into_mut();
                slot.touched = touched;
                Some(slot)
            }
            EntryRef::Vacant(_) if self.complete => None,
            EntryRef::Vacant(place) => {
                let row = select::<R>(conn, &self.sql.select, key)?;
                let stored = row.is_some();
                let slot = Slot { row, dirty: false, stored, touched };
                Some(place.insert_with_key(key.clone(), slot))
            }
        };
        Ok((slot, &mut self.dirty))
    }

    /// What will be written under a key.
    fn changing(&mut self, key: &R::Key) -> &mut Option<R> {
        let (touched, stored) = (self.flushes, !self.complete);
        let slot = match self.slots.entry_ref(key) {
            EntryRef::Occupied(known) => known.into_mut(),
            EntryRef::Vacant(place) => {
                let unknown = Slot { row: None, dirty: false, stored, touched };
                place.insert_with_key(key.clone(), unknown)
            }
        };
        slot.touched = touched;
        slot.change(key, &mut self.dirty)
    }

    fn write(&mut self, conn: &Connection) -> Result<()> {
        // Neighbours in the table are written one after the other.
        self.dirty.sort_unstable();
        let mut replace = conn.prepare_cached(&self.sql.replace)?;
        for key in self.dirty.drain(..) {
            let Some(slot) = self.slots.get_mut(&key) else { continue };
            slot.dirty = false;
            match &slot.row {
                Some(row) => {
                    row.bind(&mut replace)?;
                    replace.raw_execute()?;
                    slot.stored = true;
                }
                None if slot.stored => {
                    remove::<R>(conn, &self.sql.delete, &key)?;
                    slot.stored = false;
                }
                None => {}
            }
            if self.complete && slot.row.is_none() {
                self.slots.remove(&key);
            }
        }
        Ok(())
    }

    fn write_appended(&mut self, conn: &Connection) -> Result<()> {
        self.appended.sort_by_cached_key(Row::key);
        let mut add = conn.prepare_cached(&self.sql.insert)?;
        for row in self.appended.drain(..) {
            row.bind(&mut add)?;
            add.raw_execute()?;
        }
        Ok(())
    }
}

/// A cache, whatever its rows are.
pub(crate) trait AnyCache: Send {
    /// For finding the typed cache again.
    fn as_any(&mut self) -> &mut dyn Any;
    /// Says that the table is empty, so that what is not here need not be looked for.
    fn is_complete(&mut self);
    /// How many rows wait to be written.
    fn dirty(&self) -> usize;
    /// Writes what changed; afterwards keeps about `most` rows at most.
    fn flush(&mut self, conn: &Connection, most: usize) -> Result<()>;
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

    fn dirty(&self) -> usize {
        self.dirty.len() + self.appended.len()
    }

    fn flush(&mut self, conn: &Connection, most: usize) -> Result<()> {
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
        }
        Ok(())
    }

    fn forget(&mut self) {
        *self = Self::default();
    }
}

fn select<R: Row>(conn: &Connection, sql: &str, key: &R::Key) -> Result<Option<R>> {
    let mut statement = conn.prepare_cached(sql)?;
    R::bind_key(key, &mut statement)?;
    let mut found = statement.raw_query();
    found.next()?.map(R::read).transpose()
}

fn remove<R: Row>(conn: &Connection, sql: &str, key: &R::Key) -> Result<()> {
    let mut statement = conn.prepare_cached(sql)?;
    R::bind_key(key, &mut statement)?;
    statement.raw_execute().map(drop)
}

/// The row under a key, as the database has it.
///
/// # Errors
/// What SQLite says.
pub(crate) fn find<R: Row>(conn: &Connection, key: &R::Key) -> Result<Option<R>> {
    select(conn, &Sql::of::<R>().select, key)
}
