//! Tables in text, parted by commas, semicolons, tabs or a like sign.

use zeroize::Zeroizing;

use super::cells::{Book, Cell, ReadAs, Row, Rows, Sheet};
use super::encoding::decode;
use super::records::{OpenQuote, Records};
use crate::imports::BadFile;

/// The records from which the separator is told, and the most bytes of them.
const LOOKED_AT: usize = 40;
const MOST_LOOKED_AT: usize = 128 << 10;
/// What parts the cells, most usual first.
const SEPARATORS: [char; 6] = [',', '\t', ';', '|', '，', '；'];

/// Reads a text. `named` says how many columns of the table the rows name: the separator is the sign that makes it the most.
pub(super) fn read(bytes: &[u8], named: &dyn Fn(&[Row]) -> usize) -> Result<Book, BadFile> {
    let (text, encoding) = decode(bytes)?;
    refuse_other_formats(&text)?;
    let text = Zeroizing::new(text.replace("\r\n", "\n"));
    let text = Zeroizing::new(text.replace('\r', "\n"));
    let (separator, text, lines_above) = match told_separator(&text) {
        Some((separator, below)) => (separator, below, 1),
        None => (best_separator(&text, named), text.as_str(), 0),
    };
    let fault = |OpenQuote(line)| BadFile::OpenQuote { line: line + lines_above };
    let width = width(text, separator);
    let mut rows = Rows::default();
    let mut records = Records::new(text, separator);
    while let Some(record) = records.read().map_err(fault)? {
        if record.swallows_rows(separator, width) {
            return Err(BadFile::RowsInACell { line: record.line + lines_above });
        }
        let row = u32::try_from(record.row).unwrap_or(u32::MAX);
        rows.push(row, record.cells.iter().map(|cell| Cell::from_text(cell)).collect())?;
    }
    let rows = rows.take();
    if rows.is_empty() {
        return Err(BadFile::Empty);
    }
    let sheets = vec![Sheet { rows, is_text: true, ..Sheet::default() }];
    Ok(Book { sheets, read_as: Some(ReadAs { encoding, separator }) })
}

/// Web pages and XML that spreadsheets open too, and documents.
fn refuse_other_formats(text: &str) -> Result<(), BadFile> {
    let begin: String = text.trim_start().chars().take(16).collect();
    let begin = begin.to_ascii_lowercase();
    if begin.starts_with('<') || begin.starts_with("mime-version:") {
        Err(BadFile::WebPage)
    } else if begin.starts_with("%pdf") || begin.starts_with("{\\rtf") {
        Err(BadFile::NotATable)
    } else {
        Ok(())
    }
}

/// The line `sep=;` that Excel understands and does not count, and what stands below it.
fn told_separator(text: &str) -> Option<(char, &str)> {
    let (line, below) = text.split_once('\n')?;
    let line = line.trim_matches('"').to_ascii_lowercase();
    let mut told = line.strip_prefix("sep=")?.chars();
    let separator = told.next().filter(|separator| SEPARATORS.contains(separator))?;
    told.as_str().trim().is_empty().then_some((separator, below))
}

fn best_separator(text: &str, named: &dyn Fn(&[Row]) -> usize) -> char {
    let score = |separator: &char| {
        let mut rows = Rows::default();
        let mut widest = 0;
        for record in first_records(text, *separator) {
            widest = widest.max(record.len());
            let cells = record.iter().map(|cell| Cell::from_text(cell)).collect();
            if rows.push(1, cells).is_err() {
                break;
            }
        }
        (named(&rows.take()), widest)
    };
    // `max_by_key` takes the last of equals.
    SEPARATORS.into_iter().rev().max_by_key(score).unwrap_or(SEPARATORS[0])
}

/// How many cells the widest of the first records has, those with a line break in a cell left out.
fn width(text: &str, separator: char) -> usize {
    let records = first_records(text, separator).into_iter();
    let whole = records.filter(|record| !record.iter().any(|cell| cell.contains('\n')));
    whole.map(|record| record.len()).max().unwrap_or(0)
}

fn first_records(text: &str, separator: char) -> Vec<Vec<Zeroizing<String>>> {
    let head = text.floor_char_boundary(MOST_LOOKED_AT);
    let mut records = Records::new(&text[..head], separator);
    let next = std::iter::from_fn(|| records.read().ok().flatten());
    next.take(LOOKED_AT).map(|record| record.cells).collect()
}
