//! The workbook that goes back to whoever sent it: their sheets and values, and what became of every row beside it.

use std::collections::HashMap;

use rust_xlsxwriter::{Format, Workbook, Worksheet, XlsxError};

use super::carry::{Imported, Outcome, RowOutcome};
use super::sheet::{Book, Cell, Row, Sheet};
use super::{BadFile, Kind, header};

/// The column of what became of a row.
const RESULT: &str = "导入结果";
/// The column of the number that a row of a roster goes by.
const NUMBER: &str = "志愿者编号";

/// Why no workbook goes back.
#[derive(Debug, thiserror::Error)]
pub enum NotReturned {
    /// The file is no such table.
    #[error(transparent)]
    File(#[from] BadFile),
    /// The workbook cannot be composed.
    #[error(transparent)]
    Workbook(#[from] XlsxError),
}

/// The file as a workbook, with the outcome of every row, and the number that each row of a roster goes by, in columns of
/// their own. Its layout is not kept.
///
/// # Errors
/// See [`NotReturned`].
pub fn returned(kind: Kind, bytes: &[u8], imported: &Imported) -> Result<Vec<u8>, NotReturned> {
    let columns = kind.columns();
    let book = Book::read(bytes, &|rows| header::named(rows, columns))?;
    let outcomes: HashMap<(u16, u32), &RowOutcome> =
        imported.outcomes.iter().map(|one| ((one.row.order(), one.row.row), one)).collect();
    let mut reasons: HashMap<(u16, u32), Vec<&str>> = HashMap::new();
    for problem in &imported.problems {
        reasons.entry(problem.order()).or_default().push(&problem.zh);
    }
    let mut workbook = Workbook::new();
    for (order, sheet) in (0..).zip(&book.sheets) {
        let page = workbook.add_worksheet();
        // What is no name to Excel stays behind: `Sheet1` does as well, and the facts are stored already.
        if let Some(name) = &sheet.name
            && page.set_name(&**name).is_err()
        {
            page.set_name(format!("Sheet{}", order + 1))?;
        }
        page.set_hidden(sheet.hidden);
        copy(page, sheet)?;
        let Ok(header) = header::read(&sheet.rows, columns) else { continue };
        let Some(heading) = header.end.checked_sub(1).and_then(|end| sheet.rows.get(end)) else {
            continue;
        };
        let mut next = sheet.rows.iter().map(|row| row.cells.len()).max().unwrap_or_default();
        let mut place = |name: &str| {
            let known = heading.cells.iter().position(|cell| cell.text() == Some(name));
            known.unwrap_or_else(|| {
                next += 1;
                next - 1
            })
        };
        let number = (kind == Kind::Roster).then(|| place(NUMBER));
        let result = place(RESULT);
        let bold = Format::new().set_bold();
        for (at, name) in number.map(|at| (at, NUMBER)).into_iter().chain([(result, RESULT)]) {
            page.write_string_with_format(index(heading), column(at), name, &bold)?;
        }
        for row in sheet.rows.iter().skip(header.end) {
            let Some(outcome) = outcomes.get(&(order, row.number)) else { continue };
            if let Some(at) = number.filter(|_| !outcome.number.is_empty()) {
                page.write_string(index(row), column(at), &outcome.number)?;
            }
            let reasons = reasons.get(&(order, row.number)).map(Vec::as_slice);
            page.write_string(index(row), column(result), said(outcome, reasons))?;
        }
    }
    // The active sheet is shown even where it is hidden, and the first one is unless told.
    if let Some(first) = book.sheets.iter().position(|sheet| !sheet.hidden) {
        workbook.worksheet_from_index(first)?.set_active(true);
    }
    Ok(workbook.save_to_buffer()?)
}

/// `变更：联系电话、技能`, or why a row was not taken.
fn said(outcome: &RowOutcome, reasons: Option<&[&str]>) -> String {
    let zh = outcome.outcome.zh();
    match outcome.outcome {
        Outcome::Changed => format!("{zh}：{}", outcome.columns.join("、")),
        Outcome::NotTaken => format!("{zh}：{}", reasons.unwrap_or_default().join(" ")),
        Outcome::Added | Outcome::Unchanged => zh.to_owned(),
    }
}

fn copy(page: &mut Worksheet, sheet: &Sheet) -> Result<(), XlsxError> {
    let text = Format::new().set_num_format("@");
    for row in &sheet.rows {
        if row.hidden {
            page.set_row_hidden(index(row))?;
        }
        for (at, cell) in row.cells.iter().enumerate() {
            let said = match cell {
                Cell::Blank | Cell::Merged(_) => continue,
                Cell::Text(said) => said.as_str(),
                // The digits and the result are gone from the file itself.
                Cell::LostDigits => "（数值，位数已丢失）",
                Cell::FormulaError => "（公式出错）",
                Cell::TooLong => "（过长）",
            };
            page.write_string_with_format(index(row), column(at), said, &text)?;
        }
    }
    Ok(())
}

fn index(row: &Row) -> u32 {
    row.number.saturating_sub(1)
}

fn column(at: usize) -> u16 {
    u16::try_from(at).unwrap_or(u16::MAX)
}
