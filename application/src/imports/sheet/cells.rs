//! Rows of cells, as a person sees them.

use zeroize::Zeroizing;

use crate::imports::BadFile;
use crate::imports::limits::{MAX_CELL_CHARS, MAX_CELLS, MAX_COLUMNS, MAX_ROWS};

/// Rows that hold anything, top to bottom.
pub struct Sheet {
    pub rows: Vec<Row>,
}

/// A row and its number as Excel shows it.
pub struct Row {
    pub number: u32,
    pub cells: Vec<Cell>,
}

/// What a person sees in a cell. Wiped from memory when dropped.
pub enum Cell {
    Blank,
    Text(Zeroizing<String>),
    /// A number of 16 digits or more: a spreadsheet keeps 15 and writes zeros for the rest.
    LostDigits,
    /// `#REF!` and the like.
    FormulaError,
    /// More than [`MAX_CELL_CHARS`].
    TooLong,
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
        } else {
            Self::Text(Zeroizing::new(text.to_owned()))
        }
    }

    /// Whether nothing stands in it.
    pub fn is_blank(&self) -> bool {
        matches!(self, Self::Blank)
    }
}

/// `3.30225E+17`: what a spreadsheet writes into a CSV in place of a long number.
fn is_scientific(text: &str) -> bool {
    let Some((number, exponent)) = text.split_once(['E', 'e']) else { return false };
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    digits(&number.replacen('.', "", 1)) && exponent.strip_prefix('+').is_some_and(digits)
}

/// Collects rows under the limits.
#[derive(Default)]
pub struct Rows {
    rows: Vec<Row>,
    cells: usize,
}

impl Rows {
    /// Takes a row; blank ones are dropped, and blank cells at its end.
    pub fn push(&mut self, number: u32, mut cells: Vec<Cell>) -> Result<(), BadFile> {
        let length = cells.iter().rposition(|cell| !cell.is_blank()).map_or(0, |last| last + 1);
        cells.truncate(length);
        if length == 0 {
            return Ok(());
        }
        if length > MAX_COLUMNS {
            return Err(BadFile::TooManyColumns);
        }
        self.cells += length;
        if self.rows.len() == MAX_ROWS || self.cells > MAX_CELLS {
            return Err(BadFile::TooManyRows);
        }
        self.rows.push(Row { number, cells });
        Ok(())
    }

    /// The sheet of the rows taken.
    pub fn finish(self) -> Result<Sheet, BadFile> {
        if self.rows.is_empty() { Err(BadFile::Empty) } else { Ok(Sheet { rows: self.rows }) }
    }
}
