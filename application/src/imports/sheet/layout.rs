//! How a sheet of a workbook is laid out: what is merged, what is hidden, and which formulas were never calculated.

use std::borrow::Cow;
use std::collections::HashSet;
use std::fmt;

use quick_xml::events::{BytesStart, Event};

use crate::imports::BadFile;
use crate::imports::limits::{MAX_CELLS, MAX_COLUMNS};

/// The most merged areas and runs of hidden columns of one sheet.
const MAX_AREAS: usize = 100_000;

/// A rectangle of cells, counted from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Area {
    pub top: u32,
    pub left: u32,
    pub bottom: u32,
    pub right: u32,
}

/// As Excel writes it: `G3:G5`.
impl fmt::Display for Area {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (top, bottom) = (u64::from(self.top) + 1, u64::from(self.bottom) + 1);
        write!(f, "{}{top}:{}{bottom}", letters(self.left), letters(self.right))
    }
}

/// The letters of a column, counted from 0.
pub fn letters(column: u32) -> String {
    let mut rest = u64::from(column) + 1;
    let mut letters = Vec::new();
    while rest > 0 {
        rest -= 1;
        letters.push(char::from(b'A' + (rest % 26) as u8));
        rest /= 26;
    }
    letters.iter().rev().collect()
}

/// What the cells themselves do not say.
#[derive(Debug, Default)]
pub struct Layout {
    pub merged: Vec<Area>,
    /// Numbers of rows, counted from 0.
    pub hidden_rows: HashSet<u32>,
    /// First and last, counted from 0.
    pub hidden_columns: Vec<(usize, usize)>,
    /// Formulas without a result: a program wrote them, and nobody opened the workbook since.
    pub uncalculated: HashSet<(u32, u32)>,
}

impl Layout {
    /// Takes a merged area, unless it lies right of every column that a table may have: there it merges nothing, and would cost
    /// time for each row.
    pub fn merge(&mut self, area: Area) {
        if (area.left as usize) < MAX_COLUMNS {
            self.merged.push(area);
        }
    }

    /// Refuses one that says more than a table has room for.
    pub fn check(&self) -> Result<(), BadFile> {
        let Self { merged, hidden_rows, hidden_columns, uncalculated } = self;
        let fits = merged.len() <= MAX_AREAS
            && hidden_columns.len() <= MAX_AREAS
            && hidden_rows.len() + uncalculated.len() <= MAX_CELLS;
        if fits { Ok(()) } else { Err(BadFile::Inflated) }
    }
}

/// Reads a layout from the tags of a worksheet, one after the other.
#[derive(Debug, Default)]
pub struct LayoutReader {
    layout: Layout,
    /// The row and the cell that is open, both counted from 0, as the reader of the format counts them.
    row: u32,
    column: u32,
    formula: bool,
    result: bool,
    is_text: bool,
    in_value: bool,
}

impl LayoutReader {
    /// Takes the next piece of the part.
    pub fn take(&mut self, event: &Event<'_>) -> Result<(), BadFile> {
        match event {
            Event::Start(tag) => self.open(tag),
            Event::Empty(tag) => {
                self.open(tag)?;
                self.close(tag.local_name().as_ref());
                Ok(())
            }
            Event::End(tag) => {
                self.close(tag.local_name().as_ref());
                Ok(())
            }
            Event::Text(_) | Event::GeneralRef(_) | Event::CData(_) => {
                self.result |= self.in_value;
                Ok(())
            }
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) | Event::Eof => {
                Ok(())
            }
        }
    }

    /// What the part said.
    pub fn finish(self) -> Layout {
        self.layout
    }

    fn open(&mut self, tag: &BytesStart<'_>) -> Result<(), BadFile> {
        match tag.local_name().as_ref() {
            "row" => {
                if let Some(number) = attribute(tag, "r").and_then(|text| text.parse().ok()) {
                    self.row = u32::saturating_sub(number, 1);
                }
                if is_true(tag, "hidden") {
                    self.layout.hidden_rows.insert(self.row);
                }
            }
            "c" => {
                if let Some((row, column)) = attribute(tag, "r").and_then(|text| position(&text)) {
                    (self.row, self.column) = (row, column);
                }
                (self.formula, self.result, self.in_value) = (false, false, false);
                self.is_text = attribute(tag, "t").is_some_and(|kind| kind == "str");
            }
            "f" => self.formula = true,
            // A text that a formula gave may be an empty one.
            "v" => (self.in_value, self.result) = (true, self.is_text),
            "is" => self.result = true,
            "mergeCell" => {
                if let Some(area) = attribute(tag, "ref").and_then(|text| area(&text)) {
                    self.layout.merge(area);
                }
            }
            "col" if is_true(tag, "hidden") => {
                let number =
                    |name| attribute(tag, name).and_then(|text| text.parse::<usize>().ok());
                if let (Some(first @ 1..), Some(last)) = (number("min"), number("max")) {
                    self.layout.hidden_columns.push((first - 1, last.saturating_sub(1)));
                }
            }
            _ => {}
        }
        self.layout.check()
    }

    fn close(&mut self, name: &str) {
        match name {
            "row" => (self.row, self.column) = (self.row.saturating_add(1), 0),
            "v" => self.in_value = false,
            "c" => {
                if self.formula && !self.result {
                    self.layout.uncalculated.insert((self.row, self.column));
                }
                self.column = self.column.saturating_add(1);
            }
            _ => {}
        }
    }
}

fn attribute<'a>(tag: &'a BytesStart<'_>, name: &str) -> Option<Cow<'a, str>> {
    tag.try_get_attribute(name).ok().flatten().map(|attribute| attribute.value)
}

fn is_true(tag: &BytesStart<'_>, name: &str) -> bool {
    attribute(tag, name).is_some_and(|value| matches!(&*value, "1" | "true" | "on"))
}

/// `G3` as row and column, both counted from 0.
fn position(text: &str) -> Option<(u32, u32)> {
    let text = text.trim().replace('$', "");
    let digits = text.find(|c: char| c.is_ascii_digit())?;
    let (letters, row) = text.split_at(digits);
    let column = letters.bytes().try_fold(0_u32, |column, letter| {
        let value = u32::from(letter.to_ascii_uppercase().checked_sub(b'A')?);
        (value < 26).then_some(())?;
        column.checked_mul(26)?.checked_add(value + 1)
    })?;
    Some((row.parse::<u32>().ok()?.checked_sub(1)?, column.checked_sub(1)?))
}

/// `G3:G5`; none for a single cell.
fn area(text: &str) -> Option<Area> {
    let (first, last) = text.split_once(':')?;
    let ((top, left), (bottom, right)) = (position(first)?, position(last)?);
    (top <= bottom && left <= right).then_some(Area { top, left, bottom, right })
}
