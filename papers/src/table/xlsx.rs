//! Tables as XLSX: one sheet with a header that stays in sight, a filter row, widths, and cells of their kind.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, IgnoreError, Workbook, Worksheet, XlsxError,
};

use super::cell::{Cell, county_time, yes};
use super::column::{Column, Kind, Wording};
use super::error::TableError;

/// The most rows of a sheet below its header.
const MOST_ROWS: u32 = 1_048_575;
/// The most characters of a cell.
const MOST_CHARACTERS: usize = 32_767;
/// What takes the place of the rest of a longer text.
const CUT: &str = "……（单元格容不下，全文见CSV cell is full, see the CSV）";
/// The most digits of a number that spreadsheets keep.
const MOST_DIGITS: u64 = 999_999_999_999_999;
/// More cells than these leave memory at once, for a file of the system's without a name.
const KEPT_CELLS: usize = 500_000;
/// The most of a sheet's name, as spreadsheets count.
const MOST_OF_A_NAME: usize = 31;
/// Rows from which widths are taken.
const MEASURED: usize = 200;
/// The narrowest and widest column that is set, in characters.
const WIDTHS: (usize, usize) = (6, 60);

/// Writes a workbook of one sheet.
///
/// # Errors
/// [`TableError::TooLong`] beyond what a sheet holds; [`TableError::Xlsx`] for want of memory or disk.
pub fn write(
    title: &str,
    at: Timestamp,
    columns: &[Column],
    wording: Wording,
    rows: impl IntoIterator<Item = Vec<Cell>>,
) -> Result<Vec<u8>, TableError> {
    let mut workbook = Workbook::new();
    let mut properties = DocProperties::new().set_title(title);
    if let Some(at) = excel(county_time(at)) {
        properties = properties.set_creation_datetime(&at);
    }
    workbook.set_properties(&properties);
    let mut rows = rows.into_iter();
    let first: Vec<Vec<Cell>> = rows.by_ref().take(MEASURED).collect();
    // What is short, as lists of people are, is on no disk before it goes out.
    let cells = rows.size_hint().1.map(|rows| (rows + first.len()) * columns.len());
    let sheet = if cells.is_some_and(|cells| cells <= KEPT_CELLS) {
        workbook.add_worksheet()
    } else {
        workbook.add_worksheet_with_constant_memory()?
    };
    sheet.set_name(sheet_name(title, &[]))?.set_freeze_panes(1, 0)?;
    let formats = Formats::new();
    for (place, column) in (0..).zip(columns) {
        sheet.set_column_width(place, width(column, usize::from(place), &first, wording))?;
        // What somebody types below stays text, too.
        if column.kind == Kind::Text {
            sheet.set_column_format(place, &formats.text)?;
        }
    }
    for (place, column) in (0..).zip(columns) {
        sheet.write_string_with_format(0, place, column.header(wording), &formats.header)?;
    }
    let mut written: u32 = 0;
    for cells in first.into_iter().chain(rows) {
        if written == MOST_ROWS {
            return Err(TableError::TooLong);
        }
        written += 1;
        for (place, cell) in (0..).zip(cells) {
            write_cell(sheet, (written, place), cell, wording, &formats)?;
        }
    }
    if let Some(last) = columns.len().checked_sub(1).and_then(|last| u16::try_from(last).ok()) {
        sheet.autofilter(0, 0, written, last)?;
        // Codes are texts of digits, and no mistake.
        sheet.ignore_error_range(0, 0, written, last, IgnoreError::NumberStoredAsText)?;
    }
    Ok(workbook.save_to_buffer()?)
}

struct Formats {
    header: Format,
    text: Format,
    hundredths: Format,
    share: Format,
    day: Format,
    moment: Format,
}

impl Formats {
    fn new() -> Self {
        let header = Format::new().set_bold().set_background_color(0xE8_EE_F7).set_text_wrap();
        let of = |format: &str| Format::new().set_num_format(format);
        Self {
            header: header.set_align(FormatAlign::Center).set_align(FormatAlign::VerticalCenter),
            text: of("@"),
            hundredths: of("0.00"),
            share: of("0.0%"),
            day: of("yyyy-mm-dd"),
            moment: of("yyyy-mm-dd hh:mm:ss"),
        }
    }
}

fn write_cell(
    sheet: &mut Worksheet,
    (row, place): (u32, u16),
    cell: Cell,
    wording: Wording,
    formats: &Formats,
) -> Result<(), XlsxError> {
    let number = |number: i64| (number.unsigned_abs() <= MOST_DIGITS).then_some(number as f64);
    let (value, whole, format) = match &cell {
        Cell::Blank => return Ok(()),
        Cell::Whole(value) => (number(*value), 1.0, None),
        Cell::Hundredths(value) => (number(*value), 100.0, Some(&formats.hundredths)),
        Cell::PerMille(value) => (number(*value), 1000.0, Some(&formats.share)),
        Cell::Day(day) => {
            (serial(day.to_datetime(jiff::civil::Time::midnight())), 1.0, Some(&formats.day))
        }
        Cell::Moment(at) => (serial(county_time(*at)), 1.0, Some(&formats.moment)),
        Cell::YesNo(it_is) => {
            return sheet.write_string(row, place, yes(*it_is, wording)).map(drop);
        }
        Cell::Word(word) => return sheet.write_string(row, place, word.shown(wording)).map(drop),
        Cell::Text(_) => (None, 1.0, None),
    };
    match (value, format) {
        (Some(value), Some(format)) => {
            sheet.write_number_with_format(row, place, value / whole, format)?;
        }
        (Some(value), None) => {
            sheet.write_number(row, place, value / whole)?;
        }
        (None, _) => {
            let text = fitted(cell.into_text(wording));
            sheet.write_string_with_format(row, place, text, &formats.text)?;
        }
    }
    Ok(())
}

/// Spreadsheets know no days before 1900; those are written as text.
fn excel(at: DateTime) -> Option<ExcelDateTime> {
    let (date, time): (Date, _) = (at.date(), at.time());
    let year = u16::try_from(date.year()).ok().filter(|year| *year >= 1900)?;
    let day = ExcelDateTime::from_ymd(year, date.month().unsigned_abs(), date.day().unsigned_abs());
    let (hour, minute) = (time.hour().unsigned_abs(), time.minute().unsigned_abs());
    day.ok()?.and_hms(u16::from(hour), minute, f64::from(time.second())).ok()
}

fn serial(at: DateTime) -> Option<f64> {
    excel(at).map(|at| at.to_excel())
}

fn fitted(text: String) -> String {
    if text.chars().count() <= MOST_CHARACTERS {
        return text;
    }
    let kept = MOST_CHARACTERS - CUT.chars().count();
    text.chars().take(kept).chain(CUT.chars()).collect()
}

/// The name of a sheet as every spreadsheet has it: at most 31 characters, some of which it never holds, and not that of another,
/// whatever its case.
#[must_use]
pub fn sheet_name(title: &str, taken: &[String]) -> String {
    let fits = |c: &char| !c.is_control() && !r"[]:*?/\".contains(*c);
    let plain: String = title.trim().chars().filter(fits).collect();
    let plain = cut(plain.trim_matches('\''), MOST_OF_A_NAME);
    let plain = if plain.is_empty() { "Sheet1".to_owned() } else { plain };
    let is_free = |name: &String| {
        let name = name.to_lowercase();
        taken.iter().all(|taken| taken.to_lowercase() != name)
    };
    let numbered = (2..).map(|number: u32| {
        let end = format!(" ({number})");
        cut(&plain, MOST_OF_A_NAME - end.len()) + &end
    });
    std::iter::once(plain.clone()).chain(numbered).find(is_free).unwrap_or_default()
}

/// The begin of a text, in units of UTF-16.
fn cut(text: &str, most: usize) -> String {
    let mut units = 0;
    let begin = text.chars().take_while(|c| {
        units += c.len_utf16();
        units <= most
    });
    begin.collect::<String>().trim_end_matches('\'').to_owned()
}

/// As wide as the header and the first rows need, within bounds. A Chinese character is two wide.
fn width(column: &Column, place: usize, rows: &[Vec<Cell>], wording: Wording) -> f64 {
    let wide = |text: &str| text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum::<usize>();
    let cells = rows.iter().filter_map(|row| row.get(place)).cloned();
    let widest = cells.map(|cell| wide(&cell.into_text(wording))).max().unwrap_or(0);
    // The arrow of the filter takes room beside the header.
    let needed = widest.max(wide(column.header(wording)) + 2) + 2;
    u32::try_from(needed.clamp(WIDTHS.0, WIDTHS.1)).map_or(0.0, f64::from)
}
