//! Rows of cells, as a person sees them.

use std::fmt;
use std::sync::Arc;

use zeroize::Zeroizing;

use super::layout::Area;
use crate::imports::BadFile;
use crate::imports::limits::{MAX_CELL_CHARS, MAX_CELLS, MAX_COLUMNS, MAX_ROWS, MAX_TEXT_BYTES};

/// All that a file holds.
pub struct Book {
    /// In the order of the file; at least one.
    pub sheets: Vec<Sheet>,
    /// What kind of file it is, where whoever sent it may wonder.
    pub read_as: Option<ReadAs>,
}

/// How a file of text was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReadAs {
    /// `UTF-8`, `UTF-16` or `GB18030`.
    pub encoding: &'static str,
    /// `,`, `;` or a tab.
    pub separator: char,
}

/// One sheet, or a whole file of text.
#[derive(Default)]
pub struct Sheet {
    /// None in a file of text.
    pub name: Option<Arc<str>>,
    /// Whether the sheet itself is hidden.
    pub hidden: bool,
    /// Rows that hold anything, top to bottom.
    pub rows: Vec<Row>,
    /// Columns that are hidden, as first and last, from 0.
    pub hidden_columns: Vec<(usize, usize)>,
    /// Whether a separator too many moves the cells of a row.
    pub is_text: bool,
}

/// A row and its number as Excel shows it.
pub struct Row {
    pub number: u32,
    pub hidden: bool,
    /// How many cells it had, blank ones at its end included.
    pub width: usize,
    pub cells: Vec<Cell>,
}

/// What a person sees in a cell. Wiped from memory when dropped.
#[derive(Clone, PartialEq, Eq)]
pub enum Cell {
    Blank,
    Text(Zeroizing<String>),
    /// A number of 16 digits or more: a spreadsheet keeps 15 and writes zeros for the rest.
    LostDigits,
    /// `#REF!` and the like, a formula that was never calculated, and `####` in place of what was too wide.
    FormulaError,
    /// More than [`MAX_CELL_CHARS`].
    TooLong,
    /// Lies in this merged area, whose content stands in its first cell.
    Merged(Area),
}

impl Cell {
    /// The cell of a text.
    pub fn from_text(text: &str) -> Self {
        let text =
            text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}'));
        if text.is_empty() {
            Self::Blank
        } else if text.chars().nth(MAX_CELL_CHARS).is_some() {
            Self::TooLong
        } else if is_scientific(text) {
            Self::LostDigits
        } else if is_error(text) {
            Self::FormulaError
        } else {
            Self::Text(Zeroizing::new(text.to_owned()))
        }
    }

    /// Whether nothing stands in it, nor was meant to.
    pub fn is_blank(&self) -> bool {
        matches!(self, Self::Blank)
    }

    /// Whether something stands in it.
    pub fn is_filled(&self) -> bool {
        !matches!(self, Self::Blank | Self::Merged(_))
    }

    /// What stands in it, where that can be read.
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Blank
            | Self::LostDigits
            | Self::FormulaError
            | Self::TooLong
            | Self::Merged(_) => None,
        }
    }
}

/// Shows nothing that stands in the cell.
impl fmt::Debug for Cell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Blank => "Blank",
            Self::Text(_) => "Text",
            Self::LostDigits => "LostDigits",
            Self::FormulaError => "FormulaError",
            Self::TooLong => "TooLong",
            Self::Merged(_) => "Merged",
        })
    }
}

/// `3.30225E+17`: what a spreadsheet writes into a CSV in place of a long number.
fn is_scientific(text: &str) -> bool {
    let Some((number, exponent)) = text.split_once(['E', 'e']) else { return false };
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    digits(&number.replacen('.', "", 1)) && exponent.strip_prefix('+').is_some_and(digits)
}

/// What a spreadsheet writes into a CSV in place of a result, or of what its column was too narrow for.
fn is_error(text: &str) -> bool {
    const ERRORS: [&str; 9] =
        ["#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!", "#SPILL!", "#CALC!"];
    let hashes = text.len() >= 3 && text.bytes().all(|byte| byte == b'#');
    hashes || ERRORS.iter().any(|error| error.eq_ignore_ascii_case(text))
}

/// What the cells of a workbook may take. Many cells may refer to one long text, and each holds a copy of it.
#[derive(Default)]
pub struct Budget {
    cells: usize,
    bytes: usize,
}

impl Budget {
    /// Takes so many cells more, of which one holds this.
    pub fn spend(&mut self, cells: usize, value: &Cell) -> Result<(), BadFile> {
        self.cells += cells;
        self.bytes += value.text().map_or(0, str::len);
        if self.cells > MAX_CELLS || self.bytes > MAX_TEXT_BYTES {
            return Err(BadFile::TooManyRows);
        }
        Ok(())
    }
}

/// Collects the rows of a file, sheet after sheet, under the limits.
#[derive(Default)]
pub struct Rows {
    rows: Vec<Row>,
    taken: usize,
    cells: usize,
}

impl Rows {
    /// Takes a row; one in which nothing stands is dropped, and blank cells at its end.
    pub fn push(&mut self, number: u32, mut cells: Vec<Cell>) -> Result<(), BadFile> {
        let width = cells.len();
        let length = cells.iter().rposition(|cell| !cell.is_blank()).map_or(0, |last| last + 1);
        cells.truncate(length);
        if !cells.iter().any(Cell::is_filled) {
            return Ok(());
        }
        if length > MAX_COLUMNS {
            return Err(BadFile::TooManyColumns);
        }
        self.cells += length;
        self.taken += 1;
        if self.taken > MAX_ROWS || self.cells > MAX_CELLS {
            return Err(BadFile::TooManyRows);
        }
        self.rows.push(Row { number, hidden: false, width, cells });
        Ok(())
    }

    /// The rows taken since the last sheet.
    pub fn take(&mut self) -> Vec<Row> {
        std::mem::take(&mut self.rows)
    }
}
