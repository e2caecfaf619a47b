//! Reading rows by the names of their columns.

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
    columns: &'static [Column],
    table: &'a Table,
    row: &'a Row,
    problems: &'a mut Vec<RowProblem>,
}

/// Reads every row of every table in a file. `read` gives `None` only where a problem was noted.
pub(super) fn read_rows<T>(
    bytes: &[u8],
    columns: &'static [Column],
    mut read: impl FnMut(&mut Fields<'_>) -> Option<T>,
) -> Result<Reading<T>, BadFile> {
    let Tables { tables, problems, refused, notes } = Tables::read(bytes, columns)?;
    let mut reading = Reading { rows: Vec::new(), problems, notes, total: refused };
    for table in &tables {
        for row in &table.rows {
            reading.total += 1;
            let problems = &mut reading.problems;
            let mut fields = Fields { columns, table, row, problems };
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
        let at = self.columns.iter().position(|known| known.name == column)?;
        let cell = self.table.cell(self.row, at);
        let parsed = match cell {
            Cell::Text(text) => parse(text).map(Some).map_err(Into::into),
            Cell::Blank if self.columns[at].need == Need::Value => Err(blank()),
            Cell::Blank => Ok(None),
            Cell::Merged(area) => Err(merged(*area)),
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
        self.problems.push(RowProblem::new(self.row(), column, reason));
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
