//! .xls of Excel 97 to 2003: every sheet, cell by cell.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use zeroize::Zeroizing;

use super::binary::{Record, Records, shared_texts, text};
use super::cells::{Book, Budget, Cell, Rows, Sheet};
use super::compound::{Compound, u16_at, u32_at};
use super::grid::{Grid, date, number};
use super::layout::{Area, Layout};
use crate::imports::BadFile;
use crate::imports::limits::{MAX_CELLS, MAX_SHEETS};

/// The kinds of records that are read, by their numbers in MS-XLS.
mod kind {
    pub const FORMULA: u16 = 0x0006;
    pub const END: u16 = 0x000a;
    pub const DATE_MODE: u16 = 0x0022;
    pub const LOCKED: u16 = 0x002f;
    pub const COLUMNS: u16 = 0x007d;
    pub const SHEET: u16 = 0x0085;
    pub const NUMBERS: u16 = 0x00bd;
    pub const RICH_TEXT: u16 = 0x00d6;
    pub const STYLE: u16 = 0x00e0;
    pub const MERGED: u16 = 0x00e5;
    pub const SHARED_TEXTS: u16 = 0x00fc;
    pub const SHARED_TEXT: u16 = 0x00fd;
    pub const NUMBER: u16 = 0x0203;
    pub const TEXT: u16 = 0x0204;
    pub const BOOL_OR_ERROR: u16 = 0x0205;
    pub const FORMULA_TEXT: u16 = 0x0207;
    pub const ROW: u16 = 0x0208;
    pub const SHORT_NUMBER: u16 = 0x027e;
    pub const FORMAT: u16 = 0x041e;
    pub const BEGIN: u16 = 0x0809;
}

/// The version of the format that Excel 97 brought; what is older is refused.
const BIFF_8: u16 = 0x0600;
/// The most records of all sheets together: sheets may lie over each other, and each is read.
const MAX_RECORDS: usize = 2 * MAX_CELLS;

/// What holds for the whole workbook.
#[derive(Default)]
struct Globals {
    is_1904: bool,
    sheets: Vec<Place>,
    texts: Vec<Zeroizing<String>>,
    /// Which formats show a number as a date or a time.
    dates: HashMap<u16, bool>,
    /// The format of each style.
    styles: Vec<u16>,
}

/// A sheet, and where in the stream it begins.
struct Place {
    name: Arc<str>,
    at: usize,
    hidden: bool,
    is_table: bool,
}

pub(super) fn read(bytes: &[u8]) -> Result<Book, BadFile> {
    let file = Compound::open(bytes).ok_or(BadFile::NotATable)?;
    if file.holds("EncryptedPackage") {
        return Err(BadFile::Locked);
    }
    let older = if file.holds("Book") { BadFile::OldWorkbook } else { BadFile::NotATable };
    let stream = Zeroizing::new(file.stream("Workbook").ok_or(older)?);
    let globals = Globals::read(&stream)?;
    if globals.sheets.len() > MAX_SHEETS {
        return Err(BadFile::TooManySheets);
    }
    let (mut rows, mut budget) = (Rows::default(), Budget::default());
    let (mut sheets, mut seen, mut records) = (Vec::new(), HashSet::new(), 0);
    for place in globals.sheets.iter().filter(|place| place.is_table) {
        if !seen.insert(place.at) {
            return Err(BadFile::NotATable);
        }
        let content = stream.get(place.at..).ok_or(BadFile::NotATable)?;
        let (grid, layout) = globals.sheet(content, &mut budget, &mut records)?;
        let rows = grid.into_rows(&layout, &mut rows, &mut budget)?;
        let (name, hidden_columns) = (Some(Arc::clone(&place.name)), layout.hidden_columns);
        sheets.push(Sheet { name, hidden: place.hidden, rows, hidden_columns, is_text: false });
    }
    if sheets.iter().all(|sheet| sheet.rows.is_empty()) {
        return Err(BadFile::Empty);
    }
    Ok(Book { sheets, read_as: None })
}

impl Globals {
    fn read(stream: &[u8]) -> Result<Self, BadFile> {
        let mut globals = Self::default();
        let mut records = Records::new(stream);
        let begin = records.next().filter(|record| record.kind == kind::BEGIN);
        match begin.and_then(|record| u16_at(record.data, 0)) {
            Some(BIFF_8) => {}
            Some(_) => return Err(BadFile::OldWorkbook),
            None => return Err(BadFile::NotATable),
        }
        while let Some(Record { kind, data }) = records.next() {
            match kind {
                kind::LOCKED => return Err(BadFile::Locked),
                kind::END => return Ok(globals),
                kind::DATE_MODE => globals.is_1904 = u16_at(data, 0) == Some(1),
                kind::SHEET => globals.sheets.push(place(data).ok_or(BadFile::NotATable)?),
                kind::SHARED_TEXTS => {
                    let texts = shared_texts(data, &mut records);
                    globals.texts = texts.ok_or(BadFile::NotATable)?;
                }
                kind::STYLE => globals.styles.push(u16_at(data, 2).unwrap_or(0)),
                kind::FORMAT => {
                    let format =
                        u16_at(data, 0).zip(data.get(2..).and_then(|rest| text(rest, false)));
                    globals.dates.extend(format.map(|(number, text)| (number, shows_date(&text))));
                }
                _ => {}
            }
        }
        Err(BadFile::NotATable)
    }

    /// The cells of a sheet, and how it is laid out.
    fn sheet(
        &self,
        content: &[u8],
        budget: &mut Budget,
        records: &mut usize,
    ) -> Result<(Grid, Layout), BadFile> {
        let (mut grid, mut layout) = (Grid::default(), Layout::default());
        // Charts within the sheet have a begin and an end of their own.
        let mut depth = 0_usize;
        let mut formula = None;
        for record in Records::new(content) {
            *records += 1;
            if *records > MAX_RECORDS {
                return Err(BadFile::Inflated);
            }
            match record.kind {
                kind::BEGIN => depth += 1,
                kind::END => depth = depth.saturating_sub(1),
                _ => {}
            }
            match depth {
                0 if record.kind == kind::END => return Ok((grid, layout)),
                0 => break,
                1 => {}
                _ => continue,
            }
            lay_out(record, &mut layout)?;
            let cells = self.cells(record, &mut formula).ok_or(BadFile::NotATable)?;
            for (row, column, value) in cells {
                grid.put(row, column, value, budget)?;
            }
        }
        // Its begin or its end is not there.
        Err(BadFile::NotATable)
    }

    /// The cells that a record holds; none where it is damaged. `formula` is the place of a formula whose text comes in another
    /// record.
    fn cells(
        &self,
        Record { kind, data }: Record<'_>,
        formula: &mut Option<(u32, u32)>,
    ) -> Option<Vec<(u32, u32, Cell)>> {
        let value = match kind {
            kind::SHARED_TEXT => Cell::from_text(self.texts.get(u32_at(data, 6)? as usize)?),
            kind::TEXT | kind::RICH_TEXT => Cell::from_text(&text(data.get(6..)?, false)?),
            kind::NUMBER => self.number(u16_at(data, 4)?, f64_at(data, 6)?),
            kind::NUMBERS => return self.numbers(data),
            kind::SHORT_NUMBER => self.number(u16_at(data, 4)?, short_number(u32_at(data, 6)?)),
            kind::BOOL_OR_ERROR => bool_or_error(*data.get(6)?, *data.get(7)? != 0),
            kind::FORMULA if is_text(data) => {
                *formula = Some(place_of(data)?);
                return Some(Vec::new());
            }
            kind::FORMULA => self.result(data)?,
            kind::FORMULA_TEXT => {
                let value = Cell::from_text(&text(data, false)?);
                let place = formula.take();
                return Some(place.map(|(row, column)| (row, column, value)).into_iter().collect());
            }
            _ => return Some(Vec::new()),
        };
        let (row, column) = place_of(data)?;
        Some(vec![(row, column, value)])
    }

    /// Several numbers in one row.
    fn numbers(&self, data: &[u8]) -> Option<Vec<(u32, u32, Cell)>> {
        let (row, first) = place_of(data)?;
        let numbers = data.get(4..)?.as_chunks::<6>().0.iter().zip(first..);
        let cell = |(one, column): (&[u8; 6], u32)| {
            let value = self.number(u16_at(one, 0)?, short_number(u32_at(one, 2)?));
            Some((row, column, value))
        };
        numbers.map(cell).collect()
    }

    /// The result of a formula that is no text; none where it is damaged.
    fn result(&self, data: &[u8]) -> Option<Cell> {
        if u16_at(data, 12)? != 0xffff {
            return Some(self.number(u16_at(data, 4)?, f64_at(data, 6)?));
        }
        Some(match *data.get(6)? {
            1 => bool_or_error(*data.get(8)?, false),
            2 => Cell::FormulaError,
            _ => Cell::Blank,
        })
    }

    fn number(&self, style: u16, value: f64) -> Cell {
        let format = self.styles.get(usize::from(style)).copied().unwrap_or(0);
        // Those that every workbook has: dates and times, and those of East Asia.
        let built_in = matches!(format, 14..=22 | 27..=36 | 45 | 47 | 50..=58);
        if self.dates.get(&format).copied().unwrap_or(built_in) {
            date(value, self.is_1904)
        } else {
            number(value)
        }
    }
}

/// The row and the column of a record's first cell.
fn place_of(data: &[u8]) -> Option<(u32, u32)> {
    u16_at(data, 0).zip(u16_at(data, 2)).map(|(row, column)| (row.into(), column.into()))
}

fn place(data: &[u8]) -> Option<Place> {
    let name = text(data.get(6..)?, true)?;
    let (state, sort) = (*data.get(4)?, *data.get(5)?);
    Some(Place {
        name: Arc::from(name.as_str()),
        at: u32_at(data, 0)? as usize,
        hidden: state & 3 != 0,
        is_table: sort == 0,
    })
}

fn lay_out(Record { kind, data }: Record<'_>, layout: &mut Layout) -> Result<(), BadFile> {
    match kind {
        kind::ROW if u16_at(data, 12).is_some_and(|flags| flags & 0x20 != 0) => {
            layout.hidden_rows.extend(u16_at(data, 0).map(u32::from));
        }
        kind::COLUMNS if u16_at(data, 8).is_some_and(|flags| flags & 1 != 0) => {
            let columns = u16_at(data, 0).zip(u16_at(data, 2));
            layout.hidden_columns.extend(columns.map(|(first, last)| (first.into(), last.into())));
        }
        kind::MERGED => {
            let areas = data.get(2..).unwrap_or_default().as_chunks::<8>().0;
            for area in areas {
                let side = |at| u16_at(area, at).map_or(0, u32::from);
                let area = Area { top: side(0), bottom: side(2), left: side(4), right: side(6) };
                if area.top <= area.bottom && area.left <= area.right {
                    layout.merge(area);
                }
            }
        }
        _ => {}
    }
    layout.check()
}

/// Whether a formula's result is a text, which the next record holds.
fn is_text(data: &[u8]) -> bool {
    u16_at(data, 12) == Some(0xffff) && data.get(6) == Some(&0)
}

fn bool_or_error(value: u8, is_error: bool) -> Cell {
    match (is_error, value) {
        (true, _) => Cell::FormulaError,
        (false, 0) => Cell::from_text("FALSE"),
        (false, _) => Cell::from_text("TRUE"),
    }
}

fn f64_at(data: &[u8], at: usize) -> Option<f64> {
    data.get(at..)?.first_chunk().map(|bytes| f64::from_le_bytes(*bytes))
}

/// A number in four bytes: the upper half of a float or a whole number, either perhaps in hundredths.
fn short_number(bits: u32) -> f64 {
    let value = if bits & 2 != 0 {
        f64::from(bits.cast_signed() >> 2)
    } else {
        f64::from_bits(u64::from(bits & !3) << 32)
    };
    if bits & 1 != 0 { value / 100.0 } else { value }
}

/// Whether a format shows days or times of a day: it has a year, a day, an hour or a second outside of quotes, brackets and escapes.
fn shows_date(format: &str) -> bool {
    let mut characters = format.chars();
    while let Some(c) = characters.next() {
        match c {
            '"' => drop(characters.by_ref().find(|c| *c == '"')),
            '[' => drop(characters.by_ref().find(|c| *c == ']')),
            '\\' | '_' | '*' => drop(characters.next()),
            'y' | 'Y' | 'd' | 'D' | 'h' | 'H' | 's' | 'S' => return true,
            _ => {}
        }
    }
    false
}
