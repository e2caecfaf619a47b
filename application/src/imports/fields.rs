//! Reading rows by the names of their columns.

use domain::writing::{NoAnswer, Unwritable, Writing, no_answer};
use zeroize::Zeroizing;

use super::bad_file::BadFile;
use super::column::{Column, Need};
use super::limits::{MAX_CELL_CHARS, MAX_PROBLEMS};
use super::problems::{Reason, RowProblem};
use super::reading::{Numbered, Reading};
use super::row::SheetRow;
use super::sheet::{Area, Cell, Row};
use super::table::{Table, Tables};

/// One row while it is read: gives cells by column name and notes what is wrong.
pub(super) struct Fields<'a> {
    table: &'a Table,
    row: &'a Row,
    problems: &'a mut Vec<RowProblem>,
}

/// Reads every row of every table in a file. `read` gives `None` only where a problem was noted.
pub(super) fn read_rows<T>(
    tables: &Tables,
    mut read: impl FnMut(&mut Fields<'_>) -> Option<T>,
) -> Result<Reading<T>, BadFile> {
    let (problems, notes) = (tables.problems.clone(), tables.notes.clone());
    let mut reading = Reading { rows: Vec::new(), problems, notes, total: tables.refused };
    for table in &tables.tables {
        for row in &table.rows {
            reading.total += 1;
            let mut fields = Fields { table, row, problems: &mut reading.problems };
            let before = fields.refusals();
            let value = read(&mut fields);
            if let Some(value) = value.filter(|_| fields.refusals() == before) {
                reading.rows.push(Numbered { row: fields.row(), value });
            }
            if reading.problems.len() > MAX_PROBLEMS {
                return Err(BadFile::TooManyProblems);
            }
        }
    }
    reading.problems.sort_by_key(RowProblem::order);
    Ok(reading)
}

/// Names the columns of problems as the file names them.
pub(super) fn as_headed(tables: &Tables, problems: &mut [RowProblem]) {
    for problem in problems {
        let (order, _) = problem.order();
        let table = tables.tables.iter().find(|table| table.order() == order);
        if let Some(headed) = table.and_then(|table| table.headed(&problem.column)) {
            headed.clone_into(&mut problem.column);
        }
    }
}

impl Fields<'_> {
    /// Where the row stands.
    pub fn row(&self) -> SheetRow {
        self.table.at(self.row.number)
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
            Cell::Merged(area) => Err(merged(*area)),
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
        self.table.cell(self.row, column)
    }

    /// How many problems were noted so far.
    pub fn refusals(&self) -> usize {
        self.problems.len()
    }

    /// Notes a problem with the row; it will not be taken.
    pub fn refuse(&mut self, column: &'static str, reason: Reason) {
        let headed = self.table.headed(column).unwrap_or(column);
        self.problems.push(RowProblem::new(self.row(), headed, reason));
    }
}

/// A cell in the one form of its column. Where numbers, dates and choices stand, 0 and 否 are answers, so that they are read first.
fn read_text<T, R: Into<Reason>>(
    column: &Column,
    text: &str,
    parse: impl FnOnce(&str) -> Result<T, R>,
) -> Result<Option<T>, Reason> {
    let writing = column.writing;
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

pub(super) fn blank() -> Reason {
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
        "单元格是出错或尚未计算的公式，或列宽不够只显示####；请填写内容。",
        "The cell is a formula with an error or without a result, or shows #### for want of width; enter the value.",
    )
}

fn merged(area: Area) -> Reason {
    Reason::new(
        "row.merged",
        format!("此格在合并单元格{area}之内，不能替每个人取用；请取消合并，逐行填写。"),
        format!(
            "The cell lies in the merged cells {area}, which are not taken for every row; unmerge them and fill in each row."
        ),
    )
}

fn too_long() -> Reason {
    Reason::new(
        "row.too_long",
        format!("单元格最多{MAX_CELL_CHARS}个字。"),
        format!("A cell has at most {MAX_CELL_CHARS} characters."),
    )
}
