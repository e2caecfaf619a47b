//! A table as text, whatever file it came in: recognised by its first bytes, never by its name.

mod delimited;
mod workbook;

use zeroize::Zeroizing;

use super::BadFile;

/// The largest file taken.
pub const MAX_FILE_BYTES: usize = 20 << 20;
/// The most rows that hold anything, header included.
pub const MAX_ROWS: usize = 200_000;
/// The most columns.
pub const MAX_COLUMNS: usize = 64;
/// The most characters of one cell.
pub const MAX_CELL_CHARS: usize = 2_000;
/// The most cells, counted up to the last one of each row: what a full roster of 200 000 would take.
const MAX_CELLS: usize = 4_000_000;

/// Rows that hold anything, top to bottom.
pub(super) struct Sheet {
    pub rows: Vec<Row>,
}

/// A row and its number as Excel shows it.
pub(super) struct Row {
    pub number: u32,
    pub cells: Vec<Cell>,
}

/// What a person sees in a cell. Wiped from memory when dropped.
pub(super) enum Cell {
    Blank,
    Text(Zeroizing<String>),
    /// A number of 16 digits or more: a spreadsheet keeps 15 and writes zeros for the rest.
    LostDigits,
    /// `#REF!` and the like.
    FormulaError,
    /// More than [`MAX_CELL_CHARS`].
    TooLong,
}

impl Sheet {
    /// Reads XLSX, or CSV in UTF-8 with comma or tab. Of a workbook, the first visible sheet.
    pub fn read(bytes: &[u8]) -> Result<Self, BadFile> {
        if bytes.len() > MAX_FILE_BYTES {
            return Err(BadFile::TooLarge);
        }
        match bytes {
            [b'P', b'K', 3, 4, ..] => workbook::read(bytes),
            [0xd0, 0xcf, 0x11, 0xe0, ..] => Err(BadFile::OldOrLocked),
            _ => delimited::read(bytes),
        }
    }
}

impl Cell {
    fn from_text(text: &str) -> Self {
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

    fn is_blank(&self) -> bool {
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
struct Rows {
    rows: Vec<Row>,
    cells: usize,
}

impl Rows {
    /// Takes a row; blank ones are dropped, and blank cells at its end.
    fn push(&mut self, number: u32, mut cells: Vec<Cell>) -> Result<(), BadFile> {
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

    fn finish(self) -> Result<Sheet, BadFile> {
        if self.rows.is_empty() { Err(BadFile::Empty) } else { Ok(Sheet { rows: self.rows }) }
    }
}

#[cfg(test)]
mod tests;
