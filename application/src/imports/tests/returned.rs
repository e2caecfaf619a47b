//! The workbook that goes back: her sheets, what became of her rows, and what was not read.

use std::io::{Cursor, Write as _};

use jiff::civil::date;
use rust_xlsxwriter::Workbook;

use super::sheets::{fill, note, problems, rows};
use crate::imports::sheet::{Book, Row, Sheet};
use crate::imports::{Imported, Kind, Reading, Register, returned, roster};

/// What goes back is read as it was: the same sheets, hidden ones hidden, the same rows.
#[test]
fn the_workbook_that_goes_back_has_her_sheets_and_rows() {
    let mut workbook = Workbook::new();
    workbook.add_worksheet().set_name("封面").unwrap().write(1, 1, "名册").unwrap();
    fill(workbook.add_worksheet().set_name("一队").unwrap(), 1, [1, 2]);
    fill(workbook.add_worksheet().set_name("旧表").unwrap().set_hidden(true), 0, [3]);
    let hidden_first = workbook.worksheet_from_index(0).unwrap().set_hidden(true);
    hidden_first.set_active(false);
    workbook.worksheet_from_index(1).unwrap().set_active(true);
    let bytes = workbook.save_to_buffer().unwrap();
    let back = returned(Kind::Roster, &bytes, &Imported::default()).unwrap();
    let seen = |bytes: &[u8]| {
        let sheets = Book::read(bytes, &|_| 0).unwrap().sheets;
        let sheet = |sheet: &Sheet| (sheet.name.clone(), sheet.hidden, sheet.rows.len());
        sheets.iter().map(sheet).collect::<Vec<_>>()
    };
    assert_eq!(seen(&back), seen(&bytes));
    assert_eq!(seen(&bytes).iter().map(|sheet| sheet.1).collect::<Vec<_>>(), [true, false, true]);
    let read = |bytes: &[u8]| roster::read(bytes, date(2021, 11, 10), &Register::default());
    let [before, after] = [&bytes, &back].map(|bytes| read(bytes).unwrap());
    assert_eq!(rows(&after), rows(&before));
    assert_eq!(problems(&after.problems), problems(&before.problems));
    assert!(note(&after.notes, "columns.unread").contains('O'));
}

/// What has no place in a row stands in a sheet of its own, and comes again to no harm.
#[test]
fn the_workbook_that_goes_back_says_what_was_not_read() {
    let mut workbook = Workbook::new();
    fill(workbook.add_worksheet().set_name("一队").unwrap(), 0, [1]);
    fill(workbook.add_worksheet().set_name("旧表").unwrap().set_hidden(true), 0, [2]);
    workbook.worksheet_from_index(0).unwrap().write(3, 0, "合计").unwrap();
    let bytes = workbook.save_to_buffer().unwrap();
    let told = |bytes: &[u8]| {
        let Reading { problems, notes, .. } =
            roster::read(bytes, date(2021, 11, 10), &Register::default()).unwrap();
        let imported = Imported { problems, notes, ..Imported::default() };
        returned(Kind::Roster, bytes, &imported).unwrap()
    };
    let back = told(&bytes);
    let again = told(&back);
    for back in [&back, &again] {
        let sheets = Book::read(back, &|_| 0).unwrap().sheets;
        let names: Vec<_> = sheets.iter().map(|sheet| sheet.name.as_deref().unwrap()).collect();
        assert_eq!(names, ["一队", "旧表", "导入说明"]);
        let cells = |row: &Row| -> Vec<String> {
            row.cells.iter().map(|cell| cell.text().unwrap_or_default().to_owned()).collect()
        };
        let told: Vec<_> = sheets[2].rows.iter().map(cells).collect();
        assert_eq!(told[0], ["工作表", "行号", "列", "说明", "Note"]);
        let hidden = told.iter().find(|row| row[0] == "旧表").unwrap();
        assert!(hidden[1] == "1" && hidden[3].contains("隐藏"), "{hidden:?}");
        assert!(told.iter().any(|row| row[0] == "一队" && row[3].contains("第4行是合计")));
    }
}

/// LibreOffice keeps names of sheets that Excel does not have.
#[test]
fn the_workbook_goes_back_whatever_its_sheets_are_called() {
    let mut workbook = Workbook::new();
    for (at, name) in ["A1", "A2", "A3"].into_iter().enumerate() {
        fill(workbook.add_worksheet().set_name(name).unwrap(), 0, [at as u32]);
    }
    let bytes = workbook.save_to_buffer().unwrap();
    let long = "示例县".repeat(12);
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..archive.len() {
        let entry = archive.by_index(index).unwrap();
        let name = entry.name().unwrap().into_owned();
        let content = std::io::read_to_string(entry).unwrap();
        let content = [("\"A1\"", &*long), ("\"A2\"", &long), ("\"A3\"", "3/4*")]
            .iter()
            .fold(content, |text, (from, to)| {
                text.replace(&format!("name={from}"), &format!("name=\"{to}\""))
            });
        writer.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(content.as_bytes()).unwrap();
    }
    let renamed = writer.finish().unwrap().into_inner();
    let back = returned(Kind::Roster, &renamed, &Imported::default()).unwrap();
    let sheets = Book::read(&back, &|_| 0).unwrap().sheets;
    let names: Vec<_> = sheets.iter().map(|sheet| sheet.name.as_deref().unwrap()).collect();
    let long: String = long.chars().take(31).collect();
    let second: String = long.chars().take(27).chain(" (2)".chars()).collect();
    assert_eq!(names, [&*long, &second, "34"]);
}
