//! XLSX: the first visible sheet, cell by cell, after what it unpacks to was measured.

use std::collections::BTreeMap;
use std::io::{self, Cursor, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{DataRef, ExcelDateTime, Reader, SheetType, SheetVisible, Xlsx};

use super::cells::{Cell, Rows, Sheet};
use super::parts::Part;
use crate::imports::BadFile;
use crate::imports::limits::{MAX_CELLS, MAX_COLUMNS};

/// The most entries of the archive; a workbook of one sheet has about ten.
const MAX_ENTRIES: usize = 1_000;
/// The most bytes that all sheets together unpack to: a roster of 200 000 people takes about 100 MiB.
const MAX_SHEET_BYTES: u64 = 160 << 20;
/// The most bytes that everything else unpacks to, above all the strings the cells refer to.
const MAX_OTHER_BYTES: u64 = 96 << 20;
/// A spreadsheet keeps 15 digits of a number.
const EXACT_BELOW: f64 = 1e15;

pub(super) fn read(bytes: &[u8]) -> Result<Sheet, BadFile> {
    measure(bytes)?;
    // The reader of the format is not ours; should a crafted file break it, only that file is lost.
    catch_unwind(AssertUnwindSafe(|| first_sheet(bytes))).unwrap_or(Err(BadFile::NotATable))
}

/// Unpacks everything into nothing: the sizes written in the archive, and the numbers written in its parts, are only claims.
fn measure(bytes: &[u8]) -> Result<(), BadFile> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|_| BadFile::NotATable)?;
    if archive.len() > MAX_ENTRIES {
        return Err(BadFile::Inflated);
    }
    let (mut sheets, mut others) = (0, 0);
    for index in 0..archive.len() {
        let entry = archive.by_index(index).map_err(|_| BadFile::NotATable)?;
        let name = entry.name().map(|name| name.to_ascii_lowercase()).unwrap_or_default();
        let (is_sheet, part) = (name.contains("worksheets/"), Part::named(&name));
        let (sum, limit) =
            if is_sheet { (&mut sheets, MAX_SHEET_BYTES) } else { (&mut others, MAX_OTHER_BYTES) };
        let most = limit + 1 - *sum;
        let mut rest = entry.take(most);
        if let Some(part) = part {
            part.check(&mut rest)?;
        }
        io::copy(&mut rest, &mut io::sink()).map_err(|_| BadFile::NotATable)?;
        *sum += most - rest.limit();
        if *sum > limit {
            return Err(BadFile::Inflated);
        }
    }
    Ok(())
}

fn first_sheet(bytes: &[u8]) -> Result<Sheet, BadFile> {
    let mut workbook = Xlsx::new(Cursor::new(bytes)).map_err(|_| BadFile::NotATable)?;
    let visible = workbook
        .sheets_metadata()
        .iter()
        .find(|sheet| sheet.typ == SheetType::WorkSheet && sheet.visible == SheetVisible::Visible);
    let name = visible.map(|sheet| sheet.name.clone()).ok_or(BadFile::Empty)?;
    let mut reader = workbook.worksheet_cells_reader(&name).map_err(|_| BadFile::NotATable)?;
    let mut grid: BTreeMap<u32, Vec<Cell>> = BTreeMap::new();
    let mut cells = 0;
    while let Some(cell) = reader.next_cell().map_err(|_| BadFile::NotATable)? {
        let (row, column) = cell.get_position();
        let value = cell_of(cell.get_value());
        if value.is_blank() {
            continue;
        }
        let column = usize::try_from(column).unwrap_or(MAX_COLUMNS);
        if column >= MAX_COLUMNS {
            return Err(BadFile::TooManyColumns);
        }
        let slots = grid.entry(row).or_default();
        cells += (column + 1).saturating_sub(slots.len());
        if cells > MAX_CELLS {
            return Err(BadFile::TooManyRows);
        }
        if slots.len() <= column {
            slots.resize_with(column + 1, || Cell::Blank);
        }
        slots[column] = value;
    }
    let mut rows = Rows::default();
    for (row, cells) in grid {
        rows.push(row.saturating_add(1), cells)?;
    }
    rows.finish()
}

fn cell_of(value: &DataRef<'_>) -> Cell {
    match value {
        DataRef::Empty => Cell::Blank,
        DataRef::Error(_) => Cell::FormulaError,
        DataRef::String(text) => Cell::from_text(text),
        DataRef::SharedString(text) => Cell::from_text(text),
        DataRef::Bool(yes) => Cell::from_text(if *yes { "TRUE" } else { "FALSE" }),
        DataRef::Int(number) if number.unsigned_abs() >= EXACT_BELOW as u64 => Cell::LostDigits,
        DataRef::Int(number) => Cell::from_text(&number.to_string()),
        DataRef::Float(number) => number_of(*number),
        DataRef::DateTime(moment) if moment.is_duration() => number_of(moment.as_f64()),
        DataRef::DateTime(moment) => Cell::from_text(&date_of(moment)),
        DataRef::DateTimeIso(text) => Cell::from_text(text.trim_end_matches("T00:00:00")),
        DataRef::DurationIso(text) => Cell::from_text(text),
    }
}

fn number_of(number: f64) -> Cell {
    if number.is_finite() && number.abs() < EXACT_BELOW {
        Cell::from_text(&number.to_string())
    } else {
        Cell::LostDigits
    }
}

/// `2021-11-30`, with the time of day unless it is midnight.
fn date_of(moment: &ExcelDateTime) -> String {
    let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
    let date = format!("{year:04}-{month:02}-{day:02}");
    match (hour, minute, second) {
        (0, 0, 0) => date,
        _ => format!("{date} {hour:02}:{minute:02}:{second:02}"),
    }
}
