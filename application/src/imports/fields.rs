//! Reading rows by the names of their columns.

use super::bad_file::BadFile;
use super::column::{Column, Need};
use super::limits::{MAX_CELL_CHARS, MAX_PROBLEMS};
use super::problems::{Reason, RowProblem};
use super::reading::{Numbered, Reading};
use super::sheet::{Cell, Row, Sheet};

/// How many rows from the top a header is looked for: above it people put a title.
const HEADER_WITHIN: usize = 5;

/// One row while it is read: gives cells by column name and notes what is wrong.
pub(super) struct Fields<'a> {
    header: &'a Header,
    row: &'a Row,
    problems: &'a mut Vec<RowProblem>,
}

struct Header {
    columns: &'static [Column],
    /// For each column, its place in a row.
    places: Vec<Option<usize>>,
}

/// Reads every row below the header. `read` gives `None` only where a problem was noted.
pub(super) fn read_rows<T>(
    sheet: &Sheet,
    columns: &'static [Column],
    mut read: impl FnMut(&mut Fields<'_>) -> Option<T>,
) -> Result<Reading<T>, BadFile> {
    let (header, below) = find_header(sheet, columns)?;
    let mut reading = Reading { rows: Vec::new(), problems: Vec::new(), total: 0 };
    for row in below {
        reading.total += 1;
        let mut fields = Fields { header: &header, row, problems: &mut reading.problems };
        let before = fields.refusals();
        let value = read(&mut fields);
        if let Some(value) = value.filter(|_| fields.refusals() == before) {
            reading.rows.push(Numbered { row: row.number, value });
        }
        if reading.problems.len() > MAX_PROBLEMS {
            return Err(BadFile::TooManyProblems);
        }
    }
    Ok(reading)
}

/// The row among the first few that names the most columns, and the rows below it.
fn find_header<'a>(
    sheet: &'a Sheet,
    columns: &'static [Column],
) -> Result<(Header, &'a [Row]), BadFile> {
    let named = |row: &Row| {
        columns.iter().filter(|column| places_of(row, column.name).next().is_some()).count()
    };
    let candidates = sheet.rows.iter().take(HEADER_WITHIN).enumerate();
    // `max_by_key` takes the last of equals; the first is the header.
    let best = candidates.rev().max_by_key(|(_, row)| named(row));
    let (index, row) = best.ok_or(BadFile::Empty)?;
    let mut missing = Vec::new();
    let mut places = Vec::with_capacity(columns.len());
    for column in columns {
        let mut found = places_of(row, column.name);
        let place = found.next();
        if found.next().is_some() {
            return Err(BadFile::RepeatedColumn { column: column.name });
        }
        if place.is_none() && column.need != Need::Nothing {
            missing.push(column.name);
        }
        places.push(place);
    }
    if missing.is_empty() {
        Ok((Header { columns, places }, &sheet.rows[index + 1..]))
    } else {
        Err(BadFile::missing(missing, columns))
    }
}

/// Where a column stands. White space and the star of a required column do not count.
fn places_of<'a>(row: &'a Row, name: &'a str) -> impl Iterator<Item = usize> + 'a {
    let is_named = move |cell: &Cell| match cell {
        Cell::Text(text) => {
            text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '*' | '＊')).eq(name.chars())
        }
        Cell::Blank | Cell::LostDigits | Cell::FormulaError | Cell::TooLong => false,
    };
    row.cells.iter().enumerate().filter(move |(_, cell)| is_named(cell)).map(|(place, _)| place)
}

impl Fields<'_> {
    /// The number of the row, as Excel shows it.
    pub fn row(&self) -> u32 {
        self.row.number
    }

    /// The value of a cell. `None` where it is blank or refused; a problem is noted where it is refused,
    /// or blank and required.
    pub fn read<T, R: Into<Reason>>(
        &mut self,
        column: &'static str,
        parse: impl FnOnce(&str) -> Result<T, R>,
    ) -> Option<T> {
        let at = self.header.columns.iter().position(|known| known.name == column)?;
        let cell = self.header.places[at]
            .and_then(|place| self.row.cells.get(place))
            .unwrap_or(&Cell::Blank);
        let parsed = match cell {
            Cell::Text(text) => parse(text).map(Some).map_err(Into::into),
            Cell::Blank if self.header.columns[at].need == Need::Value => Err(blank()),
            Cell::Blank => Ok(None),
            Cell::LostDigits => Err(lost_digits()),
            Cell::FormulaError => Err(formula_error()),
            Cell::TooLong => Err(too_long()),
        };
        parsed.unwrap_or_else(|reason| {
            self.refuse(column, reason);
            None
        })
    }

    /// How many problems were noted so far.
    pub fn refusals(&self) -> usize {
        self.problems.len()
    }

    /// Notes a problem with the row; it will not be taken.
    pub fn refuse(&mut self, column: &'static str, reason: Reason) {
        self.problems.push(RowProblem::new(self.row.number, column, reason));
    }
}

fn blank() -> Reason {
    Reason::new("row.blank", "此列必填。", "A value is required.")
}

fn lost_digits() -> Reason {
    Reason::new(
        "row.lost_digits",
        "单元格是数值，15位以后的数字已丢失；请先把该列设为文本格式，再重新填写。",
        "The cell is a number, and all digits after the 15th are lost; format the column as text and enter it again.",
    )
}

fn formula_error() -> Reason {
    Reason::new(
        "row.formula_error",
        "单元格是出错的公式；请填写内容。",
        "The cell is a formula with an error; enter the value.",
    )
}

fn too_long() -> Reason {
    Reason::new(
        "row.too_long",
        format!("单元格最多{MAX_CELL_CHARS}个字。"),
        format!("A cell has at most {MAX_CELL_CHARS} characters."),
    )
}
