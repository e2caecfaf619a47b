//! Reading rows by the names of their columns.

use domain::writing::{NoAnswer, Unwritable, Writing, no_answer};
use zeroize::Zeroizing;

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
    /// For each column, its place in a row, and what the file calls it.
    places: Vec<Option<(usize, &'static str)>>,
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
        let headings = headings(row);
        columns.iter().filter(|column| !matches!(place_of(&headings, column), Ok(None))).count()
    };
    let candidates = sheet.rows.iter().take(HEADER_WITHIN).enumerate();
    // `max_by_key` takes the last of equals; the first is the header.
    let best = candidates.rev().max_by_key(|(_, row)| named(row));
    let (index, row) = best.ok_or(BadFile::Empty)?;
    let mut missing = Vec::new();
    let mut places = Vec::with_capacity(columns.len());
    let headings = headings(row);
    for column in columns {
        let place = place_of(&headings, column)?;
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

/// The cells of a row as headers are compared: in one form, without white space and the star of a required column.
fn headings(row: &Row) -> Vec<String> {
    let heading = |cell: &Cell| match cell {
        Cell::Text(text) => {
            let written = Writing::Figure.normalise(text).unwrap_or_default().to_lowercase();
            written.chars().filter(|c| !c.is_whitespace() && *c != '*').collect()
        }
        Cell::Blank | Cell::LostDigits | Cell::FormulaError | Cell::TooLong => String::new(),
    };
    row.cells.iter().map(heading).collect()
}

/// Where a column stands, and by which of its names; its own goes before the others. A remark in brackets behind a name does
/// not count.
fn place_of(
    headings: &[String],
    column: &Column,
) -> Result<Option<(usize, &'static str)>, BadFile> {
    let bare = |heading: &str| heading.split_once('(').map(|(bare, _)| bare.to_owned());
    for names in [std::slice::from_ref(&column.name), column.also()] {
        for remarked in [false, true] {
            let name_of = |heading: &String| {
                let heading = if remarked { bare(heading)? } else { heading.clone() };
                names.iter().copied().find(|name| *name == heading)
            };
            let mut found = headings
                .iter()
                .enumerate()
                .filter_map(|(place, heading)| Some((place, name_of(heading)?)));
            if let Some(first) = found.next() {
                return match found.next() {
                    Some(_) => Err(BadFile::RepeatedColumn { column: column.name }),
                    None => Ok(Some(first)),
                };
            }
        }
    }
    Ok(None)
}

/// Names the columns of problems as the file names them.
pub(super) fn as_headed(
    sheet: &Sheet,
    columns: &'static [Column],
    problems: &mut [RowProblem],
) -> Result<(), BadFile> {
    let (header, _) = find_header(sheet, columns)?;
    for problem in problems {
        let at = columns.iter().position(|column| column.name == problem.column);
        if let Some((_, headed)) = at.and_then(|at| header.places[at]) {
            headed.clone_into(&mut problem.column);
        }
    }
    Ok(())
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
        let (column_read, cell) = self.cell(column)?;
        let parsed = match cell {
            Cell::Text(text) => read_text(column_read, text, parse),
            Cell::Blank => nothing(column_read, None),
            Cell::LostDigits => Err(lost_digits()),
            Cell::FormulaError => Err(formula_error()),
            Cell::TooLong => Err(too_long()),
        };
        parsed.unwrap_or_else(|reason| {
            self.refuse(column, reason);
            None
        })
    }

    /// Whether a cell holds nothing, or a word that is no answer.
    pub fn is_blank(&self, column: &'static str) -> bool {
        match self.cell(column) {
            Some((_, Cell::Text(text))) => {
                no_answer(text).is_some_and(|word| !word.points_elsewhere)
            }
            Some((_, cell)) => cell.is_blank(),
            None => true,
        }
    }

    fn cell(&self, column: &'static str) -> Option<(&'static Column, &Cell)> {
        let at = self.header.columns.iter().position(|known| known.name == column)?;
        let place = self.header.places[at].map(|(place, _)| place);
        let cell = place.and_then(|place| self.row.cells.get(place)).unwrap_or(&Cell::Blank);
        Some((&self.header.columns[at], cell))
    }

    /// How many problems were noted so far.
    pub fn refusals(&self) -> usize {
        self.problems.len()
    }

    /// Notes a problem with the row; it will not be taken.
    pub fn refuse(&mut self, column: &'static str, reason: Reason) {
        let at = self.header.columns.iter().position(|known| known.name == column);
        let headed = at.and_then(|at| self.header.places[at]).map_or(column, |(_, headed)| headed);
        self.problems.push(RowProblem::new(self.row.number, headed, reason));
    }
}

/// A cell in the one form of its column. Where numbers, dates and choices stand, 0 and 否 are answers, so that they are read first.
fn read_text<T, R: Into<Reason>>(
    column: &Column,
    text: &str,
    parse: impl FnOnce(&str) -> Result<T, R>,
) -> Result<Option<T>, Reason> {
    let writing = column.writing();
    let text = Zeroizing::new(writing.normalise(text).map_err(unwritable)?);
    if text.is_empty() {
        return nothing(column, None);
    }
    let word = no_answer(&text);
    match word {
        Some(_) if writing != Writing::Figure => nothing(column, word),
        Some(_) => parse(&text).map(Some).or_else(|_| nothing(column, word)),
        None => parse(&text).map(Some).map_err(Into::into),
    }
}

/// What a cell comes to that is blank, or holds a word that is no answer.
fn nothing<T>(column: &Column, word: Option<NoAnswer>) -> Result<Option<T>, Reason> {
    match word {
        Some(NoAnswer { word, points_elsewhere: true }) => Err(elsewhere(word)),
        Some(NoAnswer { word, .. }) if column.need == Need::Value => Err(no_word(word)),
        None if column.need == Need::Value => Err(blank()),
        Some(_) | None => Ok(None),
    }
}

fn unwritable(found: Unwritable) -> Reason {
    Reason::new(
        "row.characters",
        format!("单元格含有{}；请改用各处通用的文字。", found.zh()),
        format!("The cell holds {}; use text that is the same everywhere.", found.en()),
    )
}

fn no_word(word: &str) -> Reason {
    Reason::new(
        "row.no_answer",
        format!("“{word}”不是要填的内容；此列必填，请如实填写。"),
        format!("“{word}” is no answer; a value is required, give the real one."),
    )
}

fn elsewhere(word: &str) -> Reason {
    Reason::new(
        "row.elsewhere",
        format!("“{word}”指向别处；每行单独读取，请写出内容，没有的请留空。"),
        format!(
            "“{word}” points elsewhere; each row is read by itself: write it out, or leave it blank where there is none."
        ),
    )
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
