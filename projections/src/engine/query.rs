//! Reading rows page by page.

use domain::UnitCode;
use rusqlite::types::{ToSqlOutput, Value, ValueRef};
use rusqlite::{Connection, ToSql, params_from_iter};
use serde::Serialize;

use crate::engine::row::Row;

/// The most rows on a page.
pub const MAX_PAGE: u32 = 500;

/// Which page is asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PageRequest {
    /// The `next` of the page before; none for the first page.
    pub after: Option<String>,
    /// Rows wanted, at most [`MAX_PAGE`]; 0 means 100.
    pub limit: u32,
}

impl PageRequest {
    /// Rows to give.
    #[must_use]
    pub fn rows(&self) -> usize {
        let wanted = if self.limit == 0 { 100 } else { self.limit.min(MAX_PAGE) };
        wanted as usize
    }
}

/// One page of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Page<T> {
    /// The rows.
    pub items: Vec<T>,
    /// Asks for the page after this one; none when this is the last.
    pub next: Option<String>,
}

impl<T> Page<T> {
    /// The page with every row made into something else.
    pub fn map<U>(self, make: impl FnMut(T) -> U) -> Page<U> {
        Page { items: self.items.into_iter().map(make).collect(), next: self.next }
    }
}

/// Why a query has no answer.
#[derive(Debug, thiserror::Error)]
pub enum QueryError {
    /// The `after` is none that this list gave.
    #[error("`after` is not a cursor of this list")]
    BadCursor,
    /// The read database failed.
    #[error("the read database failed")]
    Database(#[from] rusqlite::Error),
}

/// Which way a list runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// Small first.
    Ascending,
    /// Large first, so the latest time.
    Descending,
}

/// A query for rows of one table. Column names are the program's own; what comes from outside is only ever bound.
pub struct Select<R: Row> {
    order: &'static [&'static str],
    direction: Direction,
    conditions: Vec<String>,
    values: Vec<Value>,
    rows: std::marker::PhantomData<R>,
}

impl<R: Row> Select<R> {
    /// All rows, in this order; the columns must together be unique and never NULL.
    #[must_use]
    pub fn ordered(order: &'static [&'static str], direction: Direction) -> Self {
        let (conditions, values) = (Vec::new(), Vec::new());
        Self { order, direction, conditions, values, rows: std::marker::PhantomData }
    }

    /// Only rows whose column compares so (`=`, `<`, `>=` …) with the value, where there is one.
    ///
    /// # Errors
    /// When the value has no form in SQLite.
    pub fn filter<T: ToSql>(
        mut self,
        column: &'static str,
        comparison: &'static str,
        value: Option<T>,
    ) -> Result<Self, QueryError> {
        if let Some(value) = value {
            self.values.push(owned(value.to_sql()?));
            self.conditions.push(format!("{column} {comparison} ?{}", self.values.len()));
        }
        Ok(self)
    }

    /// Only rows of which the condition is true, where there is one.
    #[must_use]
    pub fn filter_raw(mut self, condition: Option<&'static str>) -> Self {
        self.conditions.extend(condition.map(str::to_owned));
        self
    }

    /// Only rows whose column names the unit `root` or one below it, by parent or by attribution, where one is given.
    #[must_use]
    pub fn within(mut self, column: &'static str, root: Option<&UnitCode>) -> Self {
        if let Some(root) = root {
            self.values.push(Value::Text(root.to_string()));
            let units = units_within(self.values.len());
            self.conditions.push(format!("{column} IN ({units})"));
        }
        self
    }

    /// One page.
    ///
    /// # Errors
    /// [`QueryError::BadCursor`], or what SQLite says.
    pub fn page(mut self, conn: &Connection, asked: &PageRequest) -> Result<Page<R>, QueryError> {
        if let Some(after) = &asked.after {
            self.after(after)?;
        }
        let (sql, rows) = (self.sql(asked.rows() + 1), asked.rows());
        let mut statement = conn.prepare_cached(&sql)?;
        let mut found = statement.query(params_from_iter(&self.values))?;
        let mut page = Page { items: Vec::new(), next: None };
        let mut last = String::new();
        while let Some(row) = found.next()? {
            if page.items.len() == rows {
                page.next = Some(last);
                break;
            }
            last = self.cursor(row)?;
            page.items.push(R::read(row)?);
        }
        Ok(page)
    }

    fn after(&mut self, cursor: &str) -> Result<(), QueryError> {
        let parts: Vec<&str> = cursor.split('~').collect();
        if parts.len() != self.order.len() {
            return Err(QueryError::BadCursor);
        }
        let first = self.values.len() + 1;
        self.values.extend(parts.into_iter().map(|part| Value::Text(part.to_owned())));
        let marks: Vec<String> = (first..=self.values.len()).map(|at| format!("?{at}")).collect();
        let sign = if self.direction == Direction::Ascending { '>' } else { '<' };
        self.conditions.push(format!("({}) {sign} ({})", self.order.join(", "), marks.join(", ")));
        Ok(())
    }

    fn sql(&self, limit: usize) -> String {
        let columns: Vec<&str> = R::COLUMNS.iter().map(|column| column.name).collect();
        let all = if self.conditions.is_empty() {
            String::new()
        } else {
            format!(" WHERE {}", self.conditions.join(" AND "))
        };
        let way = if self.direction == Direction::Ascending { "" } else { " DESC" };
        let order: Vec<String> = self.order.iter().map(|name| format!("{name}{way}")).collect();
        format!(
            "SELECT {} FROM {}{all} ORDER BY {} LIMIT {limit}",
            columns.join(", "),
            R::TABLE,
            order.join(", ")
        )
    }

    fn cursor(&self, row: &rusqlite::Row<'_>) -> Result<String, QueryError> {
        let parts = self.order.iter().map(|&name| {
            Ok(match row.get_ref(name)? {
                ValueRef::Integer(number) => number.to_string(),
                ValueRef::Text(text) => String::from_utf8_lossy(text).into_owned(),
                ValueRef::Null | ValueRef::Real(_) | ValueRef::Blob(_) => String::new(),
            })
        });
        Ok(parts.collect::<Result<Vec<String>, rusqlite::Error>>()?.join("~"))
    }
}

/// A query for the unit that the `at`-th parameter names and all below it, in the tree that the quota keeps.
pub(crate) fn units_within(at: usize) -> String {
    let below = |name: &str, above: &str| {
        format!(
            "{name}(unit) AS (SELECT ?{at} UNION
             SELECT q.unit FROM quota_unit AS q JOIN {name} ON q.{above} = {name}.unit)"
        )
    };
    let (child, counted) = (below("child", "parent"), below("counted", "counts_towards"));
    format!(
        "WITH RECURSIVE {child}, {counted} SELECT unit FROM child UNION SELECT unit FROM counted"
    )
}

fn owned(value: ToSqlOutput<'_>) -> Value {
    match value {
        ToSqlOutput::Borrowed(value) => value.try_into().unwrap_or(Value::Null),
        ToSqlOutput::Owned(value) => value,
        _ => Value::Null,
    }
}

/// The row under a key.
///
/// # Errors
/// What SQLite says.
pub fn find<R: Row>(conn: &Connection, key: &R::Key) -> Result<Option<R>, QueryError> {
    Ok(crate::engine::cache::find(conn, key)?)
}
