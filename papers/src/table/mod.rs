//! Tables for spreadsheets: one writer for CSV and XLSX, whoever asks. A table is columns, each with a key, a Chinese and
//! an English header and the kind of its cells, and rows of cells.

mod cell;
mod column;
mod csv;
mod error;
mod xlsx;

use jiff::Timestamp;
use serde::Serialize;

pub use cell::{Cell, Shown, county_time, yes};
pub use column::{Column, Kind, Word, Wording, columns_of};
pub use csv::{defused, texts};
pub use error::TableError;
pub use xlsx::sheet_name;

/// The file in which a table stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// CSV.
    Csv,
    /// A workbook.
    Xlsx,
}

impl Form {
    /// Its media type.
    #[must_use]
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        }
    }

    /// How its name ends, without the dot.
    #[must_use]
    pub fn extension(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
        }
    }
}

/// A table without its rows.
#[derive(Debug, Clone)]
pub struct Table {
    /// 表名: the name of its sheet.
    pub title: String,
    /// The moment that it is about, or at which it is made.
    pub at: Timestamp,
    /// For whom it is written.
    pub wording: Wording,
    /// Its columns.
    pub columns: Vec<Column>,
}

impl Table {
    /// The file with these rows, each of as many cells as there are columns. Its header is there without rows, too.
    ///
    /// # Errors
    /// See [`TableError`].
    pub fn file(
        &self,
        form: Form,
        rows: impl IntoIterator<Item = Vec<Cell>>,
    ) -> Result<Vec<u8>, TableError> {
        match form {
            Form::Csv => {
                let mut written = Vec::new();
                csv::write(&mut written, &self.columns, self.wording, rows)?;
                Ok(written)
            }
            Form::Xlsx => xlsx::write(&self.title, self.at, &self.columns, self.wording, rows),
        }
    }

    /// The file with these rows; the keys of the columns say where a cell stands in a row's JSON.
    ///
    /// # Errors
    /// See [`TableError`].
    pub fn file_of<T: Serialize>(&self, form: Form, rows: &[T]) -> Result<Vec<u8>, TableError> {
        let mut failed = None;
        let cells = rows.iter().map_while(|row| {
            let row = serde_json::to_value(row).map_err(|error| failed = Some(error)).ok()?;
            Some(self.columns.iter().map(|column| Cell::of(column, &row, self.wording)).collect())
        });
        let written = self.file(form, cells)?;
        failed.map_or(Ok(written), |error| Err(error.into()))
    }
}

#[cfg(test)]
mod tests;
