//! CSV: UTF-8 with or without a byte order mark, parted by commas or tabs.

use csv::{ReaderBuilder, StringRecord, Terminator};
use zeroize::Zeroizing;

use super::cells::{Cell, Rows, Sheet};
use crate::imports::BadFile;

pub(super) fn read(bytes: &[u8]) -> Result<Sheet, BadFile> {
    let text = text_of(bytes)?;
    let first_line = text.lines().find(|line| !line.trim().is_empty()).ok_or(BadFile::Empty)?;
    let tabs = first_line.matches('\t').count() > first_line.matches(',').count();
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(if tabs { b'\t' } else { b',' })
        .terminator(Terminator::Any(b'\n'))
        .from_reader(text.as_bytes());
    let mut rows = Rows::default();
    let mut record = StringRecord::new();
    let mut number = 0_u64;
    let mut breaks_inside = 0; // line breaks within quotes, which begin no row
    while reader.read_record(&mut record).map_err(|_| BadFile::NotATable)? {
        breaks_inside += record.as_slice().matches('\n').count() as u64;
        // A quote left open takes in the break that ends the text; it still is a row of its own.
        number = reader.position().line().saturating_sub(1 + breaks_inside).max(number + 1);
        rows.push(
            u32::try_from(number).unwrap_or(u32::MAX),
            record.iter().map(Cell::from_text).collect(),
        )?;
    }
    rows.finish()
}

/// The text with every kind of line break as `\n`, one at its end, so that lines can be counted.
fn text_of(bytes: &[u8]) -> Result<Zeroizing<String>, BadFile> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
        return Err(BadFile::NotUtf8); // UTF-16
    }
    if bytes.contains(&0) {
        return Err(BadFile::NotATable);
    }
    let text = str::from_utf8(bytes).map_err(|_| BadFile::NotUtf8)?;
    let unified = Zeroizing::new(text.replace("\r\n", "\n"));
    let mut unified = Zeroizing::new(unified.replace('\r', "\n"));
    unified.push('\n');
    Ok(unified)
}
