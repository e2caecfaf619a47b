//! Tables for spreadsheets: UTF-8 with a byte order mark, and no cell that a spreadsheet would take for a formula.

use std::io::{self, Write};

use serde::Serialize;
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::Value;

/// Without it, spreadsheets take a file for one of the system's old encoding.
const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// Why a table is not written.
#[derive(Debug, thiserror::Error)]
pub enum CsvError {
    /// Where it goes takes no more.
    #[error("the table could not be written")]
    Write(#[from] io::Error),
    /// The table has rows of different lengths.
    #[error(transparent)]
    Csv(#[from] csv::Error),
    /// A row has no JSON form.
    #[error("a row has no JSON form")]
    Json(#[from] serde_json::Error),
}

impl CsvError {
    /// What the system said where it was the writing that failed.
    #[must_use]
    pub fn io_error_kind(&self) -> Option<io::ErrorKind> {
        match self {
            Self::Write(error) => Some(error.kind()),
            Self::Csv(error) => {
                if let csv::ErrorKind::Io(error) = error.kind() {
                    Some(error.kind())
                } else {
                    None
                }
            }
            Self::Json(error) => error.io_error_kind(),
        }
    }
}

/// What stands in a cell.
#[derive(Debug, PartialEq, Eq)]
pub enum Cell {
    /// A text of any origin.
    Text(String),
    /// A number of the program's own.
    Figure(String),
}

/// Writes a table line by line.
pub struct Table<W: Write>(csv::Writer<W>);

impl<W: Write> Table<W> {
    /// Begins a table.
    ///
    /// # Errors
    /// [`CsvError::Write`].
    pub fn new(mut to: W) -> Result<Self, CsvError> {
        to.write_all(BYTE_ORDER_MARK)?;
        Ok(Self(csv::Writer::from_writer(to)))
    }

    /// Writes the names of the columns.
    ///
    /// # Errors
    /// See [`CsvError`].
    pub fn head(&mut self, names: impl IntoIterator<Item: AsRef<[u8]>>) -> Result<(), CsvError> {
        Ok(self.0.write_record(names)?)
    }

    /// Writes a row.
    ///
    /// # Errors
    /// See [`CsvError`].
    pub fn row(&mut self, cells: impl IntoIterator<Item = Cell>) -> Result<(), CsvError> {
        let cells = cells.into_iter().map(|cell| match cell {
            Cell::Text(text) => defused(text),
            Cell::Figure(figure) => figure,
        });
        Ok(self.0.write_record(cells)?)
    }

    /// Ends the table.
    ///
    /// # Errors
    /// [`CsvError::Write`].
    pub fn end(mut self) -> Result<(), CsvError> {
        Ok(self.0.flush()?)
    }
}

/// A table of rows: a column a field, in the order of the fields. Lists within a cell are JSON. Without rows it is empty.
///
/// # Errors
/// See [`CsvError`].
pub fn of_rows<T: Serialize>(rows: &[T]) -> Result<Vec<u8>, CsvError> {
    let mut written = Vec::new();
    let mut table = Table::new(&mut written)?;
    for (number, row) in rows.iter().enumerate() {
        let Ordered(fields) = serde_json::from_str(&serde_json::to_string(row)?)?;
        if number == 0 {
            table.head(fields.iter().map(|(name, _)| name))?;
        }
        table.row(fields.into_iter().map(|(_, value)| cell(value)))?;
    }
    table.end()?;
    Ok(written)
}

fn cell(value: Value) -> Cell {
    match value {
        Value::Null => Cell::Text(String::new()),
        Value::String(text) => Cell::Text(text),
        Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => {
            Cell::Figure(value.to_string())
        }
    }
}

/// A text that a spreadsheet would take for a formula gets an apostrophe.
fn defused(text: String) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text }
}

/// The fields of an object in their own order, which a map would lose.
struct Ordered(Vec<(String, Value)>);

impl<'de> Deserialize<'de> for Ordered {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Fields;
        impl<'de> Visitor<'de> for Fields {
            type Value = Ordered;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Ordered, A::Error> {
                let mut fields = Vec::new();
                while let Some(field) = map.next_entry()? {
                    fields.push(field);
                }
                Ok(Ordered(fields))
            }
        }
        deserializer.deserialize_map(Fields)
    }
}

#[cfg(test)]
mod tests;
