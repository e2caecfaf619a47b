//! The workbook that goes back to whoever sent it: their sheets and values, and what became of every row beside it.

use std::collections::{BTreeMap, HashMap};

use papers::table::sheet_name;
use rust_xlsxwriter::{Format, Workbook, Worksheet, XlsxError};

use super::carry::{Imported, Outcome, RowOutcome};
use super::header::{self, Header};
use super::sheet::{Book, Cell, Row, Sheet};
use super::table::RESULTS;
use super::{BadFile, Kind, Note, RowProblem};

/// The columns of the sheet that says what was not read.
const HEADINGS: [(&str, u16); 5] =
    [("工作表", 14), ("行号", 8), ("列", 14), ("说明", 60), ("Note", 60)];
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
/// their own. What else is to be said of it stands in a sheet 导入说明. Its layout is not kept.
///
/// # Errors
/// See [`NotReturned`].
pub fn returned(kind: Kind, bytes: &[u8], imported: &Imported) -> Result<Vec<u8>, NotReturned> {
    let columns = kind.columns();
    let book = Book::read(bytes, &|rows| header::named(rows, columns))?;
    let mut told = Told::of(imported);
    let (mut workbook, mut names, mut shown) = (Workbook::new(), Vec::new(), None);
    for (order, sheet) in (0..).zip(&book.sheets) {
        let header = header::read(&sheet.rows, columns);
        // It is written anew.
        if header.is_err() && sheet.name.as_deref() == Some(RESULTS) {
            continue;
        }
        let page = add_sheet(&mut workbook, sheet.name.as_deref().unwrap_or("Sheet1"), &mut names)?;
        page.set_hidden(sheet.hidden);
        shown = shown.or_else(|| (!sheet.hidden).then_some(names.len() - 1));
        copy(page, sheet)?;
        if let Ok(header) = header {
            told.write_beside(page, kind, order, sheet, &header)?;
        }
    }
    let rest: Vec<_> = told.problems.into_values().flatten().collect();
    if !imported.notes.is_empty() || !rest.is_empty() {
        write_rest(add_sheet(&mut workbook, RESULTS, &mut names)?, &imported.notes, &rest)?;
    }
    // The active sheet is shown even where it is hidden, and the first one is unless told.
    workbook.worksheet_from_index(shown.unwrap_or(names.len() - 1))?.set_active(true);
    Ok(workbook.save_to_buffer()?)
}

fn add_sheet<'a>(
    workbook: &'a mut Workbook,
    name: &str,
    names: &mut Vec<String>,
) -> Result<&'a mut Worksheet, XlsxError> {
    let name = sheet_name(name, names);
    let page = workbook.add_worksheet().set_name(&name)?;
    names.push(name);
    Ok(page)
}

/// What is said of the rows, by sheet and row.
struct Told<'a> {
    outcomes: HashMap<(u16, u32), &'a RowOutcome>,
    /// Those that stand beside no row so far.
    problems: BTreeMap<(u16, u32), Vec<&'a RowProblem>>,
}

impl<'a> Told<'a> {
    fn of(imported: &'a Imported) -> Self {
        let at = |one: &'a RowOutcome| ((one.row.order(), one.row.row), one);
        let mut problems: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for problem in &imported.problems {
            problems.entry(problem.order()).or_default().push(problem);
        }
        Self { outcomes: imported.outcomes.iter().map(at).collect(), problems }
    }

    /// Writes what became of the rows of a sheet into columns of their own.
    fn write_beside(
        &mut self,
        page: &mut Worksheet,
        kind: Kind,
        order: u16,
        sheet: &Sheet,
        header: &Header,
    ) -> Result<(), XlsxError> {
        let Some(heading) = header.end.checked_sub(1).and_then(|end| sheet.rows.get(end)) else {
            return Ok(());
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
            let at = (order, row.number);
            let Some(outcome) = self.outcomes.get(&at) else { continue };
            if let Some(at) = number.filter(|_| !outcome.number.is_empty()) {
                page.write_string(index(row), column(at), &outcome.number)?;
            }
            let is_refused = outcome.outcome == Outcome::NotTaken;
            let problems = if is_refused { self.problems.remove(&at) } else { None };
            let said = said(outcome, &problems.unwrap_or_default());
            page.write_string(index(row), column(result), said)?;
        }
        Ok(())
    }
}

/// `变更：联系电话、技能`, or why a row was not taken.
fn said(outcome: &RowOutcome, problems: &[&RowProblem]) -> String {
    let zh = outcome.outcome.zh();
    match outcome.outcome {
        Outcome::Changed => format!("{zh}：{}", outcome.columns.join("、")),
        Outcome::NotTaken => {
            let reasons: Vec<&str> = problems.iter().map(|problem| &*problem.zh).collect();
            format!("{zh}：{}", reasons.join(" "))
        }
        Outcome::Added | Outcome::Unchanged => zh.to_owned(),
    }
}

/// Writes what has no place in a row.
fn write_rest(
    page: &mut Worksheet,
    notes: &[Note],
    problems: &[&RowProblem],
) -> Result<(), XlsxError> {
    let bold = Format::new().set_bold();
    for (place, (heading, width)) in (0..).zip(HEADINGS) {
        page.write_string_with_format(0, place, heading, &bold)?.set_column_width(place, width)?;
    }
    let problems = problems.iter().map(|problem| {
        let RowProblem { sheet, row, column, zh, en, .. } = problem;
        (sheet, row.to_string(), &**column, zh, en)
    });
    let notes = notes.iter().map(|Note { sheet, zh, en, .. }| (sheet, String::new(), "", zh, en));
    for (line, (sheet, row, column, zh, en)) in (1..).zip(problems.chain(notes)) {
        let sheet = sheet.as_deref().unwrap_or_default();
        page.write_row(line, 0, [sheet, &row, column, zh, en])?;
    }
    Ok(())
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
