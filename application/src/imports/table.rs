//! From the sheets of a file to tables: where the header is, which rows below it are data, and what else is to be said. Whatever
//! is not read is named, in a note where it plainly is no data, and else in a problem.

use std::collections::HashMap;
use std::sync::Arc;

use super::bad_file::BadFile;
use super::column::{Column, Need};
use super::header::{self, Header};
use super::problems::{Note, RowProblem};
use super::row::SheetRow;
use super::sheet::{Area, Book, Cell, Row, Sheet};
use remarks::Remarks;
use rows::Meaning;
pub(super) use rows::is_sum;

mod reasons;
mod remarks;
mod rows;

/// The sheet of the templates that says what is accepted.
pub(super) const INSTRUCTIONS: &str = "填写说明";
/// The sheet of a workbook that went back which says what was not read.
pub(super) const RESULTS: &str = "导入说明";

/// A cell where a row ends before its column, or the column is not there.
const BLANK: &Cell = &Cell::Blank;

/// One sheet with a header and the rows of data below it.
pub(super) struct Table {
    order: u16,
    sheet: Option<Arc<str>>,
    columns: &'static [Column],
    header: Header,
    pub rows: Vec<Row>,
}

/// All tables of a file.
pub(super) struct Tables {
    pub tables: Vec<Table>,
    /// Sheets and rows that are not read although they may hold data.
    pub problems: Vec<RowProblem>,
    /// How many of the problems are rows.
    pub refused: u32,
    pub notes: Vec<Note>,
}

impl Table {
    /// Where the row of this number stands.
    pub fn at(&self, number: u32) -> SheetRow {
        SheetRow::new(self.order, self.sheet.clone(), number)
    }

    /// Which sheet of the file it is, from 0.
    pub fn order(&self) -> u16 {
        self.order
    }

    /// A column, and the cell of a row in it.
    pub fn cell<'a>(&self, row: &'a Row, column: &str) -> Option<(&'static Column, &'a Cell)> {
        let at = self.columns.iter().position(|known| known.name == column)?;
        let place = self.header.places[at].as_ref().map(|place| place.at);
        let cell = place.and_then(|place| row.cells.get(place)).unwrap_or(BLANK);
        Some((&self.columns[at], cell))
    }

    /// What the file calls a column.
    pub fn headed(&self, column: &str) -> Option<&'static str> {
        let at = self.columns.iter().position(|known| known.name == column)?;
        self.header.places[at].as_ref().map(|place| place.headed)
    }
}

impl Tables {
    /// Reads a file, whatever it is.
    ///
    /// # Errors
    /// When no sheet holds such a table.
    pub fn read(bytes: &[u8], columns: &'static [Column]) -> Result<Self, BadFile> {
        let Book { sheets, read_as } = Book::read(bytes, &|rows| header::named(rows, columns))?;
        let notes = read_as.map(remarks::read_as).into_iter().collect();
        let mut found = Self { tables: Vec::new(), problems: Vec::new(), refused: 0, notes };
        let mut fault = None;
        for (order, sheet) in (0..).zip(sheets) {
            let mut remarks = Remarks::of(&sheet);
            let bad = found.take(order, sheet, columns, &mut remarks);
            fault = fault.or(bad);
            found.notes.extend(remarks.finish());
        }
        if found.tables.is_empty() {
            let missing = header::read(&[], columns).err();
            return Err(fault.or(missing).unwrap_or(BadFile::Empty));
        }
        Ok(found)
    }

    /// Takes a sheet. Gives what is wrong with it as a table, if it looks like the one that is wanted.
    fn take(
        &mut self,
        order: u16,
        sheet: Sheet,
        columns: &'static [Column],
        remarks: &mut Remarks,
    ) -> Option<BadFile> {
        let Some(first) = sheet.rows.first() else {
            remarks.empty();
            return None;
        };
        let at = SheetRow::new(order, sheet.name.clone(), first.number);
        let refuse = |reason| self.problems.push(RowProblem::of_sheet(at, reason));
        match header::read(&sheet.rows, columns) {
            Ok(_) if sheet.hidden => {
                refuse(reasons::hidden());
                return Some(BadFile::HiddenSheet);
            }
            Ok(header) => self.read_rows(order, sheet, header, columns, remarks),
            Err(_) if matches!(sheet.name.as_deref(), Some(INSTRUCTIONS | RESULTS)) => {
                remarks.instructions();
            }
            Err(bad) if header::named(&sheet.rows, columns) > 1 => {
                refuse(reasons::not_the_table(&bad));
                return Some(bad);
            }
            Err(_) if !sheet.hidden && rows::look_like_a_table(&sheet.rows) => {
                refuse(reasons::no_header());
            }
            Err(_) => remarks.no_table(),
        }
        None
    }

    /// Takes the rows below a header: those of data, and what the others are.
    fn read_rows(
        &mut self,
        order: u16,
        mut sheet: Sheet,
        header: Header,
        columns: &'static [Column],
        remarks: &mut Remarks,
    ) {
        let origins = origins(&sheet.rows);
        let below = sheet.rows.split_off(header.end);
        remarks.above(sheet.rows.iter().take(header.above).map(|row| row.number));
        remarks.columns(&header, columns, &sheet.hidden_columns, &below);
        let usual_width = if sheet.is_text { rows::usual_width(&below) } else { usize::MAX };
        let widest = header.width.max(usual_width);
        let mut table = Table { order, sheet: sheet.name, columns, header, rows: Vec::new() };
        for mut row in below {
            for cell in &mut row.cells {
                // Nothing stands in the merged area.
                if matches!(cell, Cell::Merged(area) if !origins.contains_key(area)) {
                    *cell = Cell::Blank;
                }
            }
            let number = row.number;
            match rows::meaning(&row, &table.header, columns) {
                Meaning::Data if row.width > widest => {
                    self.refused += 1;
                    let reason = reasons::too_many_cells(row.width, widest);
                    self.problems.push(RowProblem::new(table.at(number), "", reason));
                }
                Meaning::Data => {
                    for column in fill_down(&mut row, &table.header, columns, &origins) {
                        remarks.filled_down(column, number);
                    }
                    if row.hidden {
                        remarks.hidden(number);
                    }
                    table.rows.push(row);
                }
                Meaning::HeaderAgain => remarks.header_again(number),
                Meaning::Remark => remarks.remark(number),
                Meaning::NoValue => remarks.no_value(number),
            }
        }
        remarks.read(table.rows.len());
        self.tables.push(table);
    }
}

/// The first cells of merged areas in which something stands.
fn origins(rows: &[Row]) -> HashMap<Area, Cell> {
    let mut origins = HashMap::new();
    for cell in rows.iter().flat_map(|row| &row.cells) {
        let Cell::Merged(area) = cell else { continue };
        if origins.contains_key(area) {
            continue;
        }
        let row = rows.binary_search_by_key(&(area.top + 1), |row| row.number).ok();
        let origin = row.and_then(|row| rows[row].cells.get(area.left as usize));
        if let Some(origin) = origin.filter(|origin| origin.is_filled()) {
            origins.insert(*area, origin.clone());
        }
    }
    origins
}

/// Gives a row what stands in merged cells of a column that may be filled down, and names those columns. The first column that
/// must have a value says which row it is, and is never the same in two.
fn fill_down(
    row: &mut Row,
    header: &Header,
    columns: &'static [Column],
    origins: &HashMap<Area, Cell>,
) -> Vec<&'static str> {
    let mut filled = Vec::new();
    let key = columns.iter().position(|column| column.need == Need::Value);
    for (at, (column, place)) in columns.iter().zip(&header.places).enumerate() {
        let is_filled_down = column.filled_down && Some(at) != key;
        let cell = place.as_ref().and_then(|place| row.cells.get_mut(place.at));
        let Some(cell) = cell.filter(|_| is_filled_down) else { continue };
        let Cell::Merged(area) = cell else { continue };
        let is_own = place.as_ref().is_some_and(|place| place.at == area.left as usize)
            && area.top + 1 > header.number;
        if let Some(origin) = origins.get(area).filter(|_| is_own) {
            *cell = origin.clone();
            filled.push(column.name);
        }
    }
    filled
}
