//! The cells of a sheet by their place, until they are rows.

use std::collections::BTreeMap;

use calamine::{ExcelDateTime, ExcelDateTimeType};

use super::cells::{Budget, Cell, Row, Rows};
use super::layout::Layout;
use crate::imports::BadFile;
use crate::imports::limits::{MAX_CELLS, MAX_COLUMNS};

/// A spreadsheet keeps 15 digits of a number.
const EXACT_BELOW: f64 = 1e15;

/// The cells in which something stands.
#[derive(Default)]
pub(super) struct Grid(BTreeMap<u32, Vec<Cell>>);

impl Grid {
    /// Puts a cell into its place, both counted from 0; blank ones take none.
    pub fn put(
        &mut self,
        row: u32,
        column: u32,
        value: Cell,
        budget: &mut Budget,
    ) -> Result<(), BadFile> {
        if value.is_blank() {
            return Ok(());
        }
        put(self.0.entry(row).or_default(), column as usize, value, budget)
    }

    /// The rows, in which cells of merged areas are marked, but for the first of each.
    pub fn into_rows(
        mut self,
        layout: &Layout,
        rows: &mut Rows,
        budget: &mut Budget,
    ) -> Result<Vec<Row>, BadFile> {
        let mut steps = 0;
        for area in &layout.merged {
            let right = (area.right as usize).min(MAX_COLUMNS - 1);
            for (number, row) in self.0.range_mut(area.top..=area.bottom) {
                for column in area.left as usize..=right {
                    steps += 1;
                    let is_first = *number == area.top && column == area.left as usize;
                    if !is_first && row.get(column).is_none_or(Cell::is_blank) {
                        put(row, column, Cell::Merged(*area), budget)?;
                    }
                }
                // Areas that lie over each other, which no spreadsheet writes.
                if steps > 2 * MAX_CELLS {
                    return Err(BadFile::Inflated);
                }
            }
        }
        for (number, cells) in self.0 {
            rows.push(number.saturating_add(1), cells)?;
        }
        let mut taken = rows.take();
        for row in &mut taken {
            row.hidden = layout.hidden_rows.contains(&(row.number - 1));
        }
        Ok(taken)
    }
}

/// Puts a cell into a row, which grows as far as it has to.
fn put(
    row: &mut Vec<Cell>,
    column: usize,
    value: Cell,
    budget: &mut Budget,
) -> Result<(), BadFile> {
    if column >= MAX_COLUMNS {
        return Err(BadFile::TooManyColumns);
    }
    budget.spend((column + 1).saturating_sub(row.len()), &value)?;
    if row.len() <= column {
        row.resize_with(column + 1, || Cell::Blank);
    }
    row[column] = value;
    Ok(())
}

/// A number as a person sees it, if a spreadsheet has kept all its digits.
pub(super) fn number(number: f64) -> Cell {
    if number.is_finite() && number.abs() < EXACT_BELOW {
        Cell::from_text(&number.to_string())
    } else {
        Cell::LostDigits
    }
}

/// A number that is shown as a date: `2021-11-30`, with the time of day unless it is midnight.
pub(super) fn date(number: f64, is_1904: bool) -> Cell {
    moment(&ExcelDateTime::new(number, ExcelDateTimeType::DateTime, is_1904))
}

/// The same of a moment that is known to be one. Before the first day there is only a time, whichever day that is.
pub(super) fn moment(moment: &ExcelDateTime) -> Cell {
    let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
    let (date, time) =
        (format!("{year:04}-{month:02}-{day:02}"), format!("{hour:02}:{minute:02}:{second:02}"));
    Cell::from_text(&match (hour, minute, second) {
        _ if (0.0..1.0).contains(&moment.as_f64()) => time,
        (0, 0, 0) => date,
        _ => format!("{date} {time}"),
    })
}
