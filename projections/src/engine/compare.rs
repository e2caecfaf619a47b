//! Two read databases side by side: row by row, in the order of their keys, holding two rows at a time.

use std::collections::BTreeSet;

use rusqlite::types::Value;
use rusqlite::{Connection, Result};
use serde::Serialize;

/// One cell that is not the same, or a row or table that only one side has.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Difference {
    /// Which table.
    pub table: String,
    /// The row's key, its columns joined by `~`; empty where the whole table is meant.
    pub key: String,
    /// Which column; empty where the whole row or table is meant.
    pub column: String,
    /// What the left side has; none where it has nothing.
    pub left: Option<String>,
    /// What the right side has; none where it has nothing.
    pub right: Option<String>,
}

/// What differs between the read models of two databases, at most `most` of it. Checkpoints are not compared.
///
/// # Errors
/// What SQLite says.
pub fn compare(left: &Connection, right: &Connection, most: usize) -> Result<Vec<Difference>> {
    let (left_tables, right_tables) = (tables(left)?, tables(right)?);
    let mut found = Vec::new();
    for table in left_tables.union(&right_tables) {
        if found.len() >= most {
            break;
        }
        match (shape(left, table)?, shape(right, table)?) {
            (Some(shape), Some(other)) if shape == other => {
                compare_table(left, right, table, &shape, most, &mut found)?;
            }
            (one, other) => found.push(Difference {
                table: table.clone(),
                key: String::new(),
                column: String::new(),
                left: one.map(|shape| shape.columns.join(", ")),
                right: other.map(|shape| shape.columns.join(", ")),
            }),
        }
    }
    Ok(found)
}

/// Columns of a table, in order, and which of them make its key.
#[derive(PartialEq)]
struct Shape {
    columns: Vec<String>,
    key: Vec<usize>,
}

impl Shape {
    /// All columns, ordered by the key.
    fn query(&self, table: &str) -> String {
        let key: Vec<&str> = self.key.iter().map(|&at| self.columns[at].as_str()).collect();
        format!("SELECT {} FROM {table} ORDER BY {}", self.columns.join(", "), key.join(", "))
    }

    fn key_of(&self, row: &[Value]) -> Vec<Value> {
        self.key.iter().map(|&at| row[at].clone()).collect()
    }
}

/// The tables of the read models; of a connection to the past, the views that stand in for them.
fn tables(conn: &Connection) -> Result<BTreeSet<String>> {
    let mut query = conn.prepare(
        "WITH past AS (SELECT name FROM temp.sqlite_schema WHERE type = 'view'),
              now AS (SELECT name FROM main.sqlite_schema WHERE type = 'table' AND NOT EXISTS (SELECT 1 FROM past))
         SELECT name FROM (SELECT name FROM past UNION ALL SELECT name FROM now)
         WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name NOT LIKE '\\_%' ESCAPE '\\'",
    )?;
    query.query_map([], |row| row.get(0))?.collect()
}

fn shape(conn: &Connection, table: &str) -> Result<Option<Shape>> {
    // A view has the key of the table behind it.
    let mut query = conn.prepare(
        "SELECT shown.name, max(shown.pk, coalesce(stored.pk, 0)) FROM pragma_table_info(?1) AS shown
         LEFT JOIN pragma_table_info(?1 || '_version') AS stored ON stored.name = shown.name ORDER BY shown.cid",
    )?;
    let columns: Vec<(String, u32)> =
        query.query_map([table], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_>>()?;
    if columns.is_empty() {
        return Ok(None);
    }
    let mut key: Vec<(u32, usize)> = (0..)
        .zip(&columns)
        .filter(|(_, (_, part))| *part > 0)
        .map(|(at, (_, part))| (*part, at))
        .collect();
    key.sort_unstable();
    let mut key: Vec<usize> = key.into_iter().map(|(_, at)| at).collect();
    if key.is_empty() {
        key = (0..columns.len()).collect();
    }
    Ok(Some(Shape { columns: columns.into_iter().map(|(name, _)| name).collect(), key }))
}

fn compare_table(
    left: &Connection,
    right: &Connection,
    table: &str,
    shape: &Shape,
    most: usize,
    found: &mut Vec<Difference>,
) -> Result<()> {
    let query = shape.query(table);
    let (mut left, mut right) = (left.prepare(&query)?, right.prepare(&query)?);
    let (mut left, mut right) = (left.query([])?, right.query([])?);
    let width = shape.columns.len();
    let (mut one, mut other) = (next(&mut left, width)?, next(&mut right, width)?);
    while found.len() < most {
        let order = match (&one, &other) {
            (None, None) => break,
            (Some(_), None) => std::cmp::Ordering::Less,
            (None, Some(_)) => std::cmp::Ordering::Greater,
            (Some(one), Some(other)) => order(&shape.key_of(one), &shape.key_of(other)),
        };
        let differ = |row: &[Value], column: String, left, right| Difference {
            table: table.to_owned(),
            key: shape.key_of(row).iter().map(text).collect::<Vec<_>>().join("~"),
            column,
            left,
            right,
        };
        if order.is_lt() {
            if let Some(row) = &one {
                found.push(differ(row, String::new(), Some(line(row)), None));
            }
        } else if order.is_gt() {
            if let Some(row) = &other {
                found.push(differ(row, String::new(), None, Some(line(row))));
            }
        } else if let (Some(a), Some(b)) = (&one, &other) {
            for ((name, a_cell), b_cell) in shape.columns.iter().zip(a).zip(b) {
                if a_cell != b_cell {
                    found.push(differ(a, name.clone(), Some(text(a_cell)), Some(text(b_cell))));
                }
            }
        }
        if order.is_le() {
            one = next(&mut left, width)?;
        }
        if order.is_ge() {
            other = next(&mut right, width)?;
        }
    }
    found.truncate(most);
    Ok(())
}

fn next(rows: &mut rusqlite::Rows<'_>, width: usize) -> Result<Option<Vec<Value>>> {
    let Some(row) = rows.next()? else { return Ok(None) };
    (0..width).map(|at| row.get(at)).collect::<Result<_>>().map(Some)
}

/// SQLite's own order: NULL, numbers, text by its bytes, blobs.
fn order(one: &[Value], other: &[Value]) -> std::cmp::Ordering {
    fn rank(value: &Value) -> u8 {
        match value {
            Value::Null => 0,
            Value::Integer(_) | Value::Real(_) => 1,
            Value::Text(_) => 2,
            Value::Blob(_) => 3,
        }
    }
    let cells = one.iter().zip(other).map(|(one, other)| match (one, other) {
        (Value::Integer(one), Value::Integer(other)) => one.cmp(other),
        (Value::Real(one), Value::Real(other)) => one.total_cmp(other),
        (Value::Text(one), Value::Text(other)) => one.as_bytes().cmp(other.as_bytes()),
        (Value::Blob(one), Value::Blob(other)) => one.cmp(other),
        (one, other) => rank(one).cmp(&rank(other)),
    });
    cells.into_iter().find(|order| order.is_ne()).unwrap_or(std::cmp::Ordering::Equal)
}

fn line(row: &[Value]) -> String {
    row.iter().map(text).collect::<Vec<_>>().join(" | ")
}

fn text(value: &Value) -> String {
    match value {
        Value::Null => "NULL".into(),
        Value::Integer(number) => number.to_string(),
        Value::Real(number) => number.to_string(),
        Value::Text(text) => text.clone(),
        Value::Blob(bytes) => bytes.iter().map(|byte| format!("{byte:02x}")).collect(),
    }
}
