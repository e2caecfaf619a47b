//! Tables as CSV: UTF-8 with a byte order mark, lines that end as Windows ends them, and no text that a spreadsheet would
//! take for a formula.

use std::borrow::Cow;
use std::io::Write;

use csv::{Terminator, WriterBuilder};

use super::cell::{Cell, Shown};
use super::column::{Column, Wording};
use super::error::TableError;

/// Without it, spreadsheets take a file for one of the system's old encoding.
const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// Writes a table row by row. The header is there even where no row follows.
///
/// # Errors
/// See [`TableError`].
pub fn write(
    mut to: impl Write,
    columns: &[Column],
    wording: Wording,
    rows: impl IntoIterator<Item = Vec<Cell>>,
) -> Result<(), TableError> {
    to.write_all(BYTE_ORDER_MARK)?;
    let mut lines = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(to);
    lines.write_record(columns.iter().map(|column| column.header(wording)))?;
    for row in rows {
        let cells = row.into_iter().map(|cell| match cell.shown(wording) {
            Shown::Text(text) => defused(&text).into_owned(),
            Shown::Own(text) => text,
        });
        lines.write_record(cells)?;
    }
    Ok(lines.flush()?)
}

/// The same of texts alone, whose columns have one name.
///
/// # Errors
/// See [`TableError`].
pub fn texts<const COLUMNS: usize>(
    header: [&str; COLUMNS],
    rows: impl IntoIterator<Item = [String; COLUMNS]>,
) -> Result<Vec<u8>, TableError> {
    let mut written = BYTE_ORDER_MARK.to_vec();
    let mut lines = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(&mut written);
    lines.write_record(header)?;
    for row in rows {
        lines.write_record(row.iter().map(|text| defused(text).into_owned()))?;
    }
    lines.flush()?;
    drop(lines);
    Ok(written)
}

/// A text that a spreadsheet would take for a formula gets an apostrophe. Spreadsheets pass over blanks and invisible
/// marks at the beginning, and Chinese ones take full-width signs for their narrow ones.
#[must_use]
pub fn defused(text: &str) -> Cow<'_, str> {
    let begins_line = text.starts_with(['\t', '\r', '\n']);
    let rest = text.trim_start_matches(|c: char| c.is_whitespace() || is_invisible(c));
    let is_formula = rest.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
    if begins_line || is_formula { format!("'{text}").into() } else { text.into() }
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\0'..='\u{1f}' | '\u{7f}' | '\u{ad}' | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}
